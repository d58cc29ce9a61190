//! Reads the dates in the wording of a timescale: days, months, parts of years and years in many forms.

use super::{
    super::{NotAPeriod, Period},
    found::{Found, Part, YearOrSpan, fiscal_year, of_year},
    numeric::{DayOrder, numeric},
    words::Word,
};

pub const NO_YEAR: &str = "the year is missing";
const EITHER: &str = "could be either of two days";
/// The signs that may separate the parts of a date.
const JOINTS: [char; 5] = [',', '-', '/', '\'', '.'];

/// A list of words, with the index `at` of the word that is read next.
#[derive(Clone, Copy)]
struct Cursor<'w> {
    words: &'w [Word],
    at: usize,
}

/// Reads the date at the beginning of `words`. Returns the date and its number of words; `None` if `words` do not begin
/// with a date.
///
/// # Errors
/// Fails if the date does not exist.
pub fn date_at(words: &[Word], order: DayOrder) -> Option<Result<(Found, usize), NotAPeriod>> {
    let cursor = Cursor { words, at: 0 };
    let with_part = cursor.part_of();
    let (part, start) = with_part.map_or((None, cursor), |(part, rest)| (Some(part), rest));
    let found = start
        .iso()
        .or_else(|| start.numbers(order))
        .or_else(|| start.day_and_month())
        .or_else(|| start.units_of_year())
        .or_else(|| start.year_alone())?;
    Some(
        found.map(|(found, end)| {
            (if let Some(part) = part { found.part(part) } else { found }, end.at)
        }),
    )
}

type DateReading<'w> = Option<Result<(Found, Cursor<'w>), NotAPeriod>>;

impl<'w> Cursor<'w> {
    fn take<T>(&mut self, is_wanted: impl Fn(&Word) -> Option<T>) -> Option<T> {
        let found = is_wanted(self.words.get(self.at)?)?;
        self.at += 1;
        Some(found)
    }

    /// Skips all linking words, such as `of`, and all signs that are in the list `signs`. Returns the cursor after
    /// them.
    fn skip(mut self, signs: &[char]) -> Self {
        let joins = |word: &Word| match word {
            Word::Link => Some(()),
            Word::Sign(sign) => signs.contains(sign).then_some(()),
            _ => None,
        };
        while self.take(joins).is_some() {}
        self
    }

    /// Reads a number. The number of its digits must be in the range `digits`.
    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        self.take(|word| match word {
            Word::Number(value, count) => digits.contains(count).then_some(*value),
            _ => None,
        })
    }

    fn month(&mut self) -> Option<u32> {
        self.take(|word| if let Word::Month(month) = word { Some(*month) } else { None })
    }

    fn sign(&mut self, signs: &[char]) -> Option<char> {
        self.take(|word| match word {
            Word::Sign(sign) => signs.contains(sign).then_some(*sign),
            _ => None,
        })
    }

    fn word(&mut self, words: &[&str]) -> Option<()> {
        self.take(|word| match word {
            Word::Other(other) => words.contains(&other.as_str()).then_some(()),
            _ => None,
        })
    }

    /// Reads the words that name a part of a period, such as `early`, `mid-` or `beginning of`. Returns the part and
    /// the cursor after the words.
    fn part_of(mut self) -> Option<(Part, Self)> {
        let before = self;
        let mut last = None;
        loop {
            let is = |cursor: &mut Self, words: &[&str]| cursor.word(words).is_some();
            let part = match () {
                () if is(&mut self, &["early"]) => Part::Early,
                () if is(&mut self, &["mid", "middle"]) => Part::Mid,
                () if is(&mut self, &["late"]) => Part::Late,
                () if is(&mut self, &["beginning", "start"]) => {
                    let is_followed = matches!(self.words.get(self.at), Some(Word::Link));
                    if !is_followed {
                        self = before;
                        break;
                    }
                    Part::Early
                }
                () => break,
            };
            last = Some(part);
            self = self.skip(&['-', '/', ',']);
            // Only the last part is used: `late` in `mid to late 2025`.
            while self.word(&["to", "or", "in"]).is_some() {
                self = self.skip(&['-']);
            }
        }
        last.map(|part| (part, self))
    }

    /// Reads a date that begins with the year: `2025-06-30`, `2025/6/30` or `2025/06`.
    fn iso(mut self) -> DateReading<'w> {
        let year = self.number(4..=4)?;
        let sign = self.sign(&['-', '/', '.'])?;
        let month = self.number(1..=2)?;
        let mut after = self;
        let day = after.sign(&[sign]).and_then(|_| after.number(1..=2));
        match day {
            Some(day) => {
                Some(Period::build(year, month, Some(day)).map(|day| (Found::one(day, 0), after)))
            }
            // A text such as `2023-24` means two years, not a month.
            None if month == (year + 1) % 100 => None,
            None => {
                Some(Period::build(year, month, None).map(|month| (Found::one(month, 1), self)))
            }
        }
    }

    /// Reads a date in numbers that ends with the year: `30/06/2023`, `30.6.23` or `06/2023`.
    fn numbers(mut self, order: DayOrder) -> DateReading<'w> {
        let one = self.number(1..=2)?;
        let sign = self.sign(&['/', '.', '-'])?;
        if let Some(year) = self.number(4..=4) {
            return Some(Period::build(year, one, None).map(|month| (Found::one(month, 1), self)));
        }
        let other = self.number(1..=2)?;
        self.sign(&[sign])?;
        let year = self.year_of_date()?;
        Some(numeric([one, other, year], order).map(|periods| {
            let why = if periods.len() > 1 { EITHER } else { "" };
            (Found::several(periods, why, 0), self)
        }))
    }

    /// Reads a year of four or two digits, such as `2025` or `25`.
    fn year_of_date(&mut self) -> Option<u32> {
        self.number(4..=4).or_else(|| self.number(2..=2).map(|year| 2000 + year))
    }

    /// Reads a day with the name of its month: `31 Dec 25`, `August, 31, 2031` or `30 June`.
    fn day_and_month(self) -> DateReading<'w> {
        let mut cursor = self;
        let first = cursor.number(1..=2);
        cursor = cursor.skip(if first.is_some() { &['-', '/'] } else { &[] });
        let month = cursor.month()?;
        let mut after = cursor.skip(&JOINTS);
        let day = match first {
            Some(day) => day,
            None => after.number(1..=2)?,
        };
        let is_month_first = first.is_none();
        let mut end = if is_month_first { after.skip(&JOINTS) } else { after };
        let year = end.year_of_date();
        match (year, is_month_first) {
            (Some(year), _) => {
                Some(Period::build(year, month, Some(day)).map(|day| (Found::one(day, 0), end)))
            }
            (None, false) => Some(Ok((Found::several(Vec::new(), NO_YEAR, 0), cursor))),
            (None, true) => Some(cursor.short_year(month, day).map(|found| (found, after))),
        }
    }

    /// Returns the date for a month that is followed by a number of one or two digits, as in `June 25`. The number may
    /// be a year, or it may be a day (and then the year is missing).
    fn short_year(self, month: u32, number: u32) -> Result<Found, NotAPeriod> {
        let sign = match self.words.get(self.at) {
            Some(Word::Sign(sign)) => *sign,
            _ => ' ',
        };
        let period = Period::build(2000 + number, month, None)?;
        let is_day = Period::build(2000, month, Some(number)).is_ok();
        Ok(match (sign, number) {
            ('\'', _) => Found::one(period, 1),
            _ if !is_day => Found::one(period, 1),
            ('-', _) | (_, 20..30) => {
                Found::several(vec![period], "perhaps a day without a year", 1)
            }
            _ => Found::several(Vec::new(), NO_YEAR, 0),
        })
    }

    /// Reads a year with one or more of its parts: `June 2031`, `June/July 2031`, `2031-Q2` or `second half of FY31`. A
    /// part is a month, a season, a quarter or a half-year.
    fn units_of_year(self) -> DateReading<'w> {
        let mut first = self;
        if let Some(year) = first.year()
            && let Some((unit, end)) = first.skip(&JOINTS).unit().filter(|(unit, _)| unit.0 < 12)
        {
            return Some(Ok((of_year(&[unit], year, first.is_fiscal())?, end)));
        }
        let (unit, mut cursor) = self.unit()?;
        let mut units = vec![unit];
        loop {
            let (is_range, next) = cursor.between_units();
            let Some((unit, end)) = next.unit() else { break };
            if is_range {
                units.clear();
            }
            units.push(unit);
            cursor = end;
        }
        let mut cursor = cursor.skip(&JOINTS);
        let mut is_fiscal = false;
        while cursor.take(|word| is_of_fiscal(word).then_some(())).is_some() {
            is_fiscal = true;
            cursor = cursor.skip(&[]);
        }
        let year = cursor.year()?;
        Some(Ok((of_year(&units, year, is_fiscal)?, cursor)))
    }

    fn is_fiscal(self) -> bool {
        self.words.contains(&Word::Fiscal)
    }

    /// Skips the word or sign between two parts of a year, such as `or` or `/`. The first result is true if this word
    /// or sign means a range, as in `June to August`. The second result is the cursor after the word or sign.
    fn between_units(mut self) -> (bool, Self) {
        let is_range =
            self.sign(&['-']).is_some() || self.word(&["to", "until", "through"]).is_some();
        if !is_range && self.sign(&['/']).is_none() {
            let _ = self.word(&["or", "and"]);
        }
        (is_range, self)
    }

    /// Reads a month, a season, a quarter or a half-year. The first result is a pair: the length in months, and the
    /// number of the last month. The second result is the cursor after the words that were read.
    fn unit(self) -> Option<((u32, u32), Self)> {
        let mut cursor = self;
        let unit = cursor.take(|word| match word {
            Word::Month(month) => Some((1, *month)),
            Word::Season(month) => Some((if *month == 2 { 4 } else { 3 }, *month)),
            _ => None,
        });
        if let Some(unit) = unit {
            return Some((unit, cursor));
        }
        let part = |cursor: &mut Self| {
            cursor.take(|word| if let Word::Part(months) = word { Some(*months) } else { None })
        };
        let (months, count) = match part(&mut cursor) {
            Some(months) => (months, cursor.number(1..=1)?),
            None => {
                let count = cursor.number(1..=1)?;
                cursor = cursor.skip(&['-', '.']);
                (part(&mut cursor)?, count)
            }
        };
        (1..=12 / months).contains(&count).then_some(((months, months * count), cursor))
    }

    /// Reads a year or a pair of years: `2024`, `24`, `2023/24` or `2023-2024`.
    fn year(&mut self) -> Option<YearOrSpan> {
        let first = self.year_of_date()?;
        let mut next = *self;
        if next.sign(&['/', '-']).is_some()
            && let Some(second) = next.year_of_date()
            && second == first + 1
        {
            *self = next;
            return Some((second, true));
        }
        Some((first, false))
    }

    /// Reads a calendar year or a fiscal year: `2031`, `FY31`, `2030/31`, `financial year 2031` or `the year 2031-32`.
    fn year_alone(self) -> DateReading<'w> {
        let mut cursor = self;
        let fiscal = |cursor: &mut Self| {
            let before = cursor.at;
            while cursor.take(|word| is_of_fiscal(word).then_some(())).is_some() {
                *cursor = cursor.skip(&[]);
            }
            cursor.words[before..cursor.at].contains(&Word::Fiscal)
        };
        let is_before = fiscal(&mut cursor);
        let digits = cursor.words.get(cursor.at).cloned();
        let (year, is_span) = cursor.year()?;
        let mut after = cursor.skip(&[]);
        if !is_before && fiscal(&mut after) {
            return Some(Ok((fiscal_year(year, 12, 0), after)));
        }
        match (is_before || is_span, digits) {
            (true, _) => Some(Ok((fiscal_year(year, 12, 0), cursor))),
            (false, Some(Word::Number(_, 4))) => {
                let period = i32::try_from(year).ok().and_then(super::super::Year::new);
                Some(Ok((Found::one(Period::Year(period?), 12), cursor)))
            }
            _ => None,
        }
    }
}

fn is_of_fiscal(word: &Word) -> bool {
    match word {
        Word::Fiscal => true,
        Word::Other(other) => matches!(other.as_str(), "year" | "yr"),
        _ => false,
    }
}
