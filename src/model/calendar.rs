//! Dates as reports write them: days, months and years. A date that is only a month is never turned into a day.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};

/// A calendar day.
pub type Day = NaiveDate;

/// A whole calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Day,
}

impl Month {
    /// Creates a month. Returns `None` if `month` is outside 1 to 12, or `year` is outside 1 to 9999.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first = Day::from_ymd_opt(year, month, 1)?;
        (1..=9999).contains(&year).then_some(Self { first })
    }

    /// Returns the month that contains `day`.
    pub fn of(day: Day) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    pub fn first_day(self) -> Day {
        self.first
    }

    pub fn last_day(self) -> Day {
        (self.first + Months::new(1)).pred_opt().unwrap_or(self.first)
    }

    /// Returns the first three letters of the month's name, such as `Dec`.
    pub fn short(self) -> String {
        self.name().chars().take(3).collect()
    }

    fn name(self) -> &'static str {
        chrono::Month::try_from(self.first.month() as u8).map_or("", |month| month.name())
    }
}

/// Formats a month as reports print it: `December 2003`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:04}", self.name(), self.first.year())
    }
}

/// A whole calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year {
    first: Day,
}

impl Year {
    /// Creates a year. Returns `None` if `year` is outside 1 to 9999.
    pub fn new(year: i32) -> Option<Self> {
        Some(Self { first: Month::new(year, 1)?.first_day() })
    }

    pub fn first_day(self) -> Day {
        self.first
    }

    pub fn last_day(self) -> Day {
        (self.first + Months::new(12)).pred_opt().unwrap_or(self.first)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.first.year())
    }
}

/// A date as a plan writes it: a day, a month or a year. The date of a meeting or a review can only be a day or a
/// month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    Day(Day),
    Month(Month),
    Year(Year),
}

impl Period {
    pub fn first_day(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(month) => month.first_day(),
            Self::Year(year) => year.first_day(),
        }
    }

    /// Returns the last day of the period.
    pub fn last_day(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(month) => month.last_day(),
            Self::Year(year) => year.last_day(),
        }
    }

    /// Checks whether every day of `other` is in the period.
    pub fn contains(self, other: Self) -> bool {
        other.first_day() >= self.first_day() && other.last_day() <= self.last_day()
    }

    /// Checks whether the last day of the period is before `day`.
    pub fn has_passed(self, day: Day) -> bool {
        self.last_day() < day
    }

    /// Reads a day or a month in one of these forms, in upper or lower case: `2003-12`, `December 2003`, `Dec. 2003`,
    /// `2003-12-31`, `31st December 2003`, `December 31, 2003`.
    ///
    /// # Errors
    /// Fails if the text is not a date, is only a year, or is a date that does not exist.
    pub fn parse(wording: &str) -> Result<Self, NotAPeriod> {
        match Self::parse_or_year(wording)? {
            Self::Year(year) => Err(NotAPeriod::WholeYear(year)),
            period => Ok(period),
        }
    }

    /// Reads a day, a month or a year: a text that [`Period::parse`] accepts, or a year such as `2003`.
    ///
    /// # Errors
    /// Fails if the text is not a date, or is a date that does not exist.
    pub fn parse_or_year(wording: &str) -> Result<Self, NotAPeriod> {
        let wording = wording.trim();
        match wording.as_bytes() {
            [_, _, _, _, b'-', ..] => Self::parse_numbers(wording.as_bytes()),
            _ => Self::parse_words(wording),
        }
    }

    fn parse_words(wording: &str) -> Result<Self, NotAPeriod> {
        // Without the added space, `31,2003` in `December 31,2003` would be read as one word.
        let parted = wording.replacen(',', ", ", 1);
        let words: Vec<&str> = parted.split_whitespace().collect();
        let starts_with_digit = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
        let (day, month, year) = match words.as_slice() {
            [year] => (None, None, year),
            [month, year] => (None, Some(month), year),
            [day, month, year] if starts_with_digit(day) => (Some(*day), Some(month), year),
            [month, day, year] => (Some(day.strip_suffix(',').unwrap_or(day)), Some(month), year),
            _ => return Err(NotAPeriod::Unrecognised),
        };
        let year = number(year.as_bytes(), 4..=4)?;
        let Some(month) = month else {
            let year = i32::try_from(year).ok().and_then(Year::new);
            return year.map(Self::Year).ok_or(NotAPeriod::NoSuchMonth { year: 0, month: 1 });
        };
        let month = month_number(month).ok_or(NotAPeriod::Unrecognised)?;
        let day = day.map(|day| number(cardinal(day).as_bytes(), 1..=2)).transpose()?;
        Self::build(year, month, day)
    }

    fn parse_numbers(wording: &[u8]) -> Result<Self, NotAPeriod> {
        let (year, month, day) = match wording {
            [year @ .., b'-', m1, m2] if year.len() == 4 => (year, [*m1, *m2], None),
            [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
                (year, [*m1, *m2], Some(number(&[*d1, *d2], 2..=2)?))
            }
            _ => return Err(NotAPeriod::Unrecognised),
        };
        Self::build(number(year, 4..=4)?, number(&month, 2..=2)?, day)
    }

    /// Creates a day or, if `day` is `None`, a month.
    ///
    /// # Errors
    /// Fails if the date does not exist.
    pub(super) fn build(year: u32, month: u32, day: Option<u32>) -> Result<Self, NotAPeriod> {
        let year = i32::try_from(year).map_err(|_| NotAPeriod::Unrecognised)?;
        if let Some(day) = day.and_then(|day| Day::from_ymd_opt(year, month, day))
            && year > 0
        {
            return Ok(Self::Day(day));
        }
        let month = Month::new(year, month).ok_or(NotAPeriod::NoSuchMonth { year, month })?;
        match day {
            None => Ok(Self::Month(month)),
            Some(day) => Err(NotAPeriod::NoSuchDay { month, day }),
        }
    }
}

/// Returns the number of the month with this name. The name may be shortened to three letters or to `Sept`, with or
/// without a full stop.
fn month_number(name: &str) -> Option<u32> {
    let name = name.strip_suffix('.').filter(|short| short.len() <= 4).unwrap_or(name);
    if name.eq_ignore_ascii_case("sept") {
        return Some(9);
    }
    chrono::Month::from_str(name).ok().map(|month| month.number_from_month())
}

/// Returns a day of the month, such as `31st`, without the ending `st`, `nd`, `rd` or `th`.
fn cardinal(day: &str) -> &str {
    match day.split_at_checked(day.len().saturating_sub(2)) {
        Some((number, end))
            if ["st", "nd", "rd", "th"].iter().any(|known| end.eq_ignore_ascii_case(known)) =>
        {
            number
        }
        _ => day,
    }
}

/// Reads a whole number. The number of its digits must be in the range `digits`.
fn number(text: &[u8], digits: std::ops::RangeInclusive<usize>) -> Result<u32, NotAPeriod> {
    if digits.contains(&text.len()) && text.iter().all(u8::is_ascii_digit) {
        Ok(text.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    } else {
        Err(NotAPeriod::Unrecognised)
    }
}

impl From<Day> for Period {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

/// Formats a day as `2003-12-31`, a month as `December 2003`, and a year as `2003`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(month) => month.fmt(f),
            Self::Year(year) => year.fmt(f),
        }
    }
}

impl Period {
    /// Returns the period in ISO form: `2003-12-31`, `2003-12` or `2003`.
    pub fn iso(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month(month) => month.first_day().format("%Y-%m").to_string(),
            Self::Year(year) => year.to_string(),
        }
    }
}

/// The reason why a text cannot be read as a [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAPeriod {
    Unrecognised,
    /// The text is a year, but a day or a month is required.
    WholeYear(Year),
    NoSuchMonth {
        year: i32,
        month: u32,
    },
    NoSuchDay {
        month: Month,
        day: u32,
    },
}

impl fmt::Display for NotAPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unrecognised => f.write_str("not a date"),
            Self::WholeYear(year) => {
                write!(f, "{year} is only a year; a day or a month is needed")
            }
            Self::NoSuchMonth { year: 0, .. } => f.write_str("there is no year 0"),
            Self::NoSuchMonth { month, .. } => write!(f, "there is no month {month}"),
            Self::NoSuchDay { month, day } => write!(
                f,
                "there is no day {day} in {month}, which has {} days",
                month.last_day().day()
            ),
        }
    }
}

/// A length of time as the user types it: `30d`, `2w`, `3m`, `1y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Days(u32),
    Months(u32),
}

impl Length {
    /// Reads a length of time: a whole number followed by `d`, `w`, `m` or `y`. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let unit = text.chars().last()?;
        let count: u32 = number(text.strip_suffix(unit)?.as_bytes(), 1..=5).ok()?;
        match unit {
            'd' => Some(Self::Days(count)),
            'w' => Some(Self::Days(count.checked_mul(7)?)),
            'm' => Some(Self::Months(count)),
            'y' => Some(Self::Months(count.checked_mul(12)?)),
            _ => None,
        }
    }

    /// Returns the day that is this length of time after `day`; `None` if the result is too far in the future.
    pub fn after(self, day: Day) -> Option<Day> {
        match self {
            Self::Days(days) => day.checked_add_days(chrono::Days::new(days.into())),
            Self::Months(months) => day.checked_add_months(Months::new(months)),
        }
    }

    /// Returns the day that is this length of time before `day`; `None` if the result is too far in the past.
    pub fn before(self, day: Day) -> Option<Day> {
        match self {
            Self::Days(days) => day.checked_sub_days(chrono::Days::new(days.into())),
            Self::Months(months) => day.checked_sub_months(Months::new(months)),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(1) => f.write_str("1 day"),
            Self::Days(days) => write!(f, "{days} days"),
            Self::Months(1) => f.write_str("1 month"),
            Self::Months(months) => write!(f, "{months} months"),
        }
    }
}

/// A date as the user types it: a day or a month, `today`, `yesterday`, `+30d` (in 30 days) or `-2w` (two weeks ago).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Period(Period),
    Today,
    Yesterday,
    In(Length),
    Ago(Length),
}

impl When {
    /// Reads a date as the user types it.
    ///
    /// # Errors
    /// Fails if the text cannot be read as a [`When`], or if the date does not exist.
    pub fn parse(text: &str) -> Result<Self, NotAPeriod> {
        let length = |text| Length::parse(text).ok_or(NotAPeriod::Unrecognised);
        match text {
            "today" => Ok(Self::Today),
            "yesterday" => Ok(Self::Yesterday),
            _ => match text.as_bytes() {
                [b'+', ..] => Ok(Self::In(length(&text[1..])?)),
                [b'-', ..] => Ok(Self::Ago(length(&text[1..])?)),
                _ => Period::parse(text).map(Self::Period),
            },
        }
    }

    /// Returns the day or the month that the user means if the current day is `today`. Returns `None` if the result is
    /// too far in the past or the future.
    pub fn on(self, today: Day) -> Option<Period> {
        match self {
            Self::Period(period) => Some(period),
            Self::Today => Some(Period::Day(today)),
            Self::Yesterday => today.pred_opt().map(Period::Day),
            Self::In(length) => length.after(today).map(Period::Day),
            Self::Ago(length) => length.before(today).map(Period::Day),
        }
    }
}

/// Returns an example of a month for help texts, such as `2003-12`. The month is three months after `day`.
pub fn example_month(day: Day) -> String {
    Period::Month(Month::of(Length::Months(3).after(day).unwrap_or(day))).iso()
}

/// Returns the number of days from `from` to `to`; negative if `to` is earlier.
pub fn days_between(from: Day, to: Day) -> i64 {
    to.signed_duration_since(from).num_days()
}

#[cfg(test)]
mod tests;
