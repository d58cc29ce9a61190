//! A date that was found among words: the periods that it may be.

use chrono::Datelike;

use super::super::Period;

const PART: &str = "only a part of that time, without its end";
const FISCAL: &str = "a fiscal year ends when its organisation says";

/// A date among words, and what it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In the order of likelihood; none where a part of the date is missing.
    pub periods: Vec<Period>,
    /// Says why there are several, or none.
    pub why: &'static str,
    /// The months that it lasts; none for a day.
    pub months: u32,
}

/// A year, and whether it is the second of two: `2024`, `2023/24`.
pub type YearOrSpan = (u32, bool);

/// A part of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Early,
    Mid,
    Late,
}

impl Found {
    pub fn one(period: Period, months: u32) -> Self {
        Self { periods: vec![period], why: "", months }
    }

    pub fn several(periods: Vec<Period>, why: &'static str, months: u32) -> Self {
        Self { periods, why, months }
    }

    /// The first, middle or last part of it, which may end in several months.
    pub fn part(self, part: Part) -> Self {
        let [whole] = self.periods[..] else {
            return self;
        };
        let end = month_count(whole);
        let in_month = |day: u32| {
            let (year, month) = (end / 12, end % 12 + 1);
            Period::build(year, month, Some(day)).ok()
        };
        let start = (end + 1).saturating_sub(self.months);
        let periods: Vec<Period> = match (self.months, part) {
            (0, _) => return self,
            (1, Part::Early) => in_month(10).into_iter().chain([whole]).collect(),
            (1, Part::Mid) => in_month(15).into_iter().chain([whole]).collect(),
            (1, Part::Late) => return self,
            (months, part) => {
                let first = match part {
                    Part::Early => (months / 4).saturating_sub(1),
                    Part::Mid => months / 2 - 1,
                    Part::Late => months - 2,
                };
                [first, first + 1].iter().filter_map(|month| month_of(start + month)).collect()
            }
        };
        Self { periods, why: PART, ..self }
    }
}

/// The months from year 0 to the one in which a period ends.
fn month_count(period: Period) -> u32 {
    let last = period.last_day();
    last.year().unsigned_abs() * 12 + last.month0()
}

/// The month that so many months after year 0 begins.
fn month_of(months: u32) -> Option<Period> {
    Period::build(months / 12, months % 12 + 1, None).ok()
}

/// Units of a year: what they may end in.
pub fn of_year(
    units: &[(u32, u32)],
    (year, is_span): YearOrSpan,
    is_fiscal: bool,
) -> Option<Found> {
    let mut periods = Vec::new();
    let mut why = "";
    for (months, end) in units {
        match (months, end) {
            // A winter lies in two years.
            (4, _) if !is_span && !is_fiscal => {
                let ends = [(year, 2), (year, 12), (year + 1, 2)];
                why = "a winter lies in two years";
                periods.extend(
                    ends.iter().filter_map(|(year, month)| Period::build(*year, *month, None).ok()),
                );
            }
            (3 | 6, end) if (is_span || is_fiscal) && *end % months == 0 => {
                return Some(fiscal_year(year, *months, 12 - end));
            }
            _ => periods.push(Period::build(year, *end, None).ok()?),
        }
    }
    if periods.len() > 1 && why.is_empty() {
        why = "names several dates";
    }
    Some(Found { periods, why, months: units.first()?.0.min(3) })
}

/// A fiscal year that ends in this calendar year, at the ends that are usual, or a part of it that ends so many
/// months before.
pub fn fiscal_year(year: u32, months: u32, before: u32) -> Found {
    let ends = [3, 6, 9, 12].map(|month| (year * 12 + month - 1).saturating_sub(before));
    Found::several(ends.iter().filter_map(|end| month_of(*end)).collect(), FISCAL, months)
}
