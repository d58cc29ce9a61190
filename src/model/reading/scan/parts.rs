//! Parts of a year: seasons, quarters, halves, and fiscal years, which end when their organisation says.

use super::{super::super::Period, FISCAL_WORDS, Found, Mention, SPANS, Scan, is_ordinal_end};

const FISCAL: &str = "a fiscal year ends when its organisation says";

impl Scan {
    /// `FY24`, `FY 2023/24`.
    pub(super) fn fiscal_year(&self, at: usize) -> Found {
        let year = self.word(at).filter(|word| FISCAL_WORDS.contains(word));
        let year = year.and_then(|_| self.year_of_part(at + 1));
        Ok(year.map(|(year, end)| (fiscal(year, 0), end - at)))
    }

    /// A season, a quarter or a half of a year.
    pub(super) fn part_of_year(&self, at: usize) -> Found {
        let Some(word) = self.word(at) else {
            return Ok(self.ordinal_quarter(at));
        };
        let season = match word {
            "spring" => Some(5),
            "summer" => Some(8),
            "autumn" | "fall" => Some(11),
            "winter" => return Ok(self.winter(at)),
            _ => None,
        };
        if let (Some(month), Some((year, end))) = (season, self.year_after(at + 1)) {
            return Ok(end_of(year, month, end - at));
        }
        let part = match (word, self.number(at + 1, 1..=1)) {
            ("q", Some(quarter @ 1..=4)) => Some(quarter * 3),
            ("h", Some(half @ 1..=2)) => Some(half * 6),
            _ => None,
        };
        if let Some(found) = part.and_then(|month| self.part(month, at, at + 2)) {
            return Ok(Some(found));
        }
        Ok(self.ordinal_quarter(at))
    }

    /// `second quarter of 2024`, `1st half of 2024`, `4Q24`.
    fn ordinal_quarter(&self, at: usize) -> Option<(Mention, usize)> {
        let names = ["first", "second", "third", "fourth"];
        let name = self.word(at).and_then(|word| names.iter().position(|name| *name == word));
        let (number, next) = match (name, self.number(at, 1..=1)) {
            (Some(position), _) => (u32::try_from(position).ok()? + 1, at + 1),
            (None, Some(number)) if self.word(at + 1).is_some_and(is_ordinal_end) => {
                (number, at + 2)
            }
            (None, Some(number)) => (number, at + 1),
            _ => return None,
        };
        let month = match (self.word(next)?, number) {
            ("quarter" | "q", 1..=4) => number * 3,
            ("half", 1..=2) => number * 6,
            _ => return None,
        };
        self.part(month, at, next + 1)
    }

    /// A part of a year that ends with a month; of a fiscal year nobody knows here with which.
    fn part(&self, month: u32, start: usize, mut at: usize) -> Option<(Mention, usize)> {
        let is_filler =
            |word| matches!(word, "of" | "the" | "year") || FISCAL_WORDS.contains(&word);
        while self.is_sign(at, &['/']) || self.word(at).is_some_and(is_filler) {
            at += 1;
        }
        let (year, end) = self.year_of_part(at)?;
        let is_span = end > self.past_filler(at) + 1;
        if is_span || self.has(FISCAL_WORDS) {
            return Some((fiscal(year, 12 - month), end - start));
        }
        end_of(year, month, end - start)
    }

    /// `2024`; `2023/24`, of which the last counts; `24` where it cannot be anything else.
    fn year_of_part(&self, at: usize) -> Option<(u32, usize)> {
        let at = self.past_filler(at);
        let year = |at| {
            let short = || Some(2000 + self.number(at, 2..=2)?);
            self.number(at, 4..=4).or_else(short)
        };
        let before = at.checked_sub(1)?;
        let is_short = self.number(at, 4..=4).is_none();
        let may_be_short = self.is_sign(before, &['/', '-', '\'', '’'])
            || self.word(before).is_some_and(|word| word == "q" || FISCAL_WORDS.contains(&word));
        let first = year(at).filter(|_| !is_short || may_be_short)?;
        let next = year(at + 2).filter(|next| self.is_sign(at + 1, SPANS) && *next == first + 1);
        Some(next.map_or((first, at + 1), |next| (next, at + 3)))
    }

    /// A winter lies in two years: `Winter 2025/26` says which, `Winter 2025` does not.
    fn winter(&self, at: usize) -> Option<(Mention, usize)> {
        let (year, end) = self.year_after(at + 1)?;
        if self.is_sign(end, SPANS) && self.number(end + 1, 2..=4).is_some() {
            return end_of(year + 1, 2, end + 2 - at);
        }
        let ends = [(year, 2), (year, 12), (year + 1, 2)];
        let periods =
            ends.iter().filter_map(|(year, month)| Period::build(*year, *month, None).ok());
        let mention = Mention::unclear("a winter lies in two years", periods.collect());
        Some((mention, end - at))
    }
}

/// The month that a part of a year ends with.
pub(super) fn end_of(year: u32, month: u32, length: usize) -> Option<(Mention, usize)> {
    Some((Mention::clear(Period::build(year, month, None).ok()?), length))
}

/// A fiscal year that ends in this calendar year, at the ends that are usual, or a part of it that ends so many
/// months before.
pub(super) fn fiscal(year: u32, before: u32) -> Mention {
    let ends = [3, 6, 9, 12].map(|month| (year * 12 + month - 1).saturating_sub(before));
    let build = |months: &u32| Period::build(months / 12, months % 12 + 1, None).ok();
    let periods = ends.iter().filter_map(build);
    Mention::unclear(FISCAL, periods.collect())
}
