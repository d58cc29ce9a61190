//! Days, months and periods as reports write them. A month stays a month: no day is ever invented for it.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};

/// A calendar day.
pub type Day = NaiveDate;

/// A whole calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The month's first day: chrono has no month of a year of its own.
    first: Day,
}

impl Month {
    /// `None` when there is no such month: `month` runs from 1 to 12, `year` from 1 to 9999.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first = Day::from_ymd_opt(year, month, 1)?;
        (1..=9999).contains(&year).then_some(Self { first })
    }

    /// The month that `day` is in.
    pub fn of(day: Day) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    pub fn first_day(self) -> Day {
        self.first
    }

    pub fn last_day(self) -> Day {
        (self.first + Months::new(1)).pred_opt().unwrap_or(self.first)
    }

    /// The first letters of its name: `Dec`.
    pub fn short(self) -> String {
        self.name().chars().take(3).collect()
    }

    fn name(self) -> &'static str {
        chrono::Month::try_from(self.first.month() as u8).map_or("", |month| month.name())
    }
}

/// A month as reports print it: `December 2003`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:04}", self.name(), self.first.year())
    }
}

/// A day or a whole month: a deadline, a meeting, the time since when something has been in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    Day(Day),
    Month(Month),
}

impl Period {
    pub fn first_day(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(month) => month.first_day(),
        }
    }

    /// The last day that still belongs to the period; it is over on the day after.
    pub fn last_day(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(month) => month.last_day(),
        }
    }

    /// Whether every day of `other` belongs to the period.
    pub fn contains(self, other: Self) -> bool {
        other.first_day() >= self.first_day() && other.last_day() <= self.last_day()
    }

    /// Whether the period is over on `day`.
    pub fn has_passed(self, day: Day) -> bool {
        self.last_day() < day
    }

    /// Reads `2003-12`, `December 2003`, `Dec 2003`, `2003-12-31`, `31 December 2003`, in any case.
    ///
    /// # Errors
    /// What is wrong: not a date at all, or a date the calendar does not have.
    pub fn parse(wording: &str) -> Result<Self, NotAPeriod> {
        let wording = wording.trim();
        match wording.as_bytes() {
            [_, _, _, _, b'-', ..] => Self::parse_numbers(wording.as_bytes()),
            _ => Self::parse_words(wording),
        }
    }

    fn parse_words(wording: &str) -> Result<Self, NotAPeriod> {
        let mut words = wording.split_whitespace().rev();
        let (Some(year), Some(month), day, None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(NotAPeriod::Unrecognised);
        };
        let day = day.map(|day| number(day.as_bytes(), 1..=2)).transpose()?;
        let month = chrono::Month::from_str(month)
            .map_err(|_| NotAPeriod::Unrecognised)?
            .number_from_month();
        Self::build(number(year.as_bytes(), 4..=4)?, month, day)
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

    fn build(year: u32, month: u32, day: Option<u32>) -> Result<Self, NotAPeriod> {
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

/// A whole number of `digits` digits and nothing else: no sign, no spaces.
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

/// A day as `2003-12-31`, a month as `December 2003`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(month) => month.fmt(f),
        }
    }
}

impl Period {
    /// The form machines sort: `2003-12-31` or `2003-12`.
    pub fn iso(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month(month) => month.first_day().format("%Y-%m").to_string(),
        }
    }
}

/// Why some wording is not a [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAPeriod {
    Unrecognised,
    NoSuchMonth { year: i32, month: u32 },
    NoSuchDay { month: Month, day: u32 },
}

impl fmt::Display for NotAPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unrecognised => f.write_str("not a date"),
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

/// A length of time as people type it: `30d`, `2w`, `3m`, `1y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Days(u32),
    Months(u32),
}

impl Length {
    /// `None` unless `text` is a whole number and one of `d`, `w`, `m`, `y`.
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

    /// The day this long after `day`; `None` beyond the calendar.
    pub fn after(self, day: Day) -> Option<Day> {
        match self {
            Self::Days(days) => day.checked_add_days(chrono::Days::new(days.into())),
            Self::Months(months) => day.checked_add_months(Months::new(months)),
        }
    }

    /// The day this long before `day`; `None` beyond the calendar.
    pub fn before(self, day: Day) -> Option<Day> {
        match self {
            Self::Days(days) => day.checked_sub_days(chrono::Days::new(days.into())),
            Self::Months(months) => day.checked_sub_months(Months::new(months)),
        }
    }
}

/// A date as people type it: a period, `today`, `yesterday`, `+30d`, `-2w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Period(Period),
    Today,
    Yesterday,
    In(Length),
    Ago(Length),
}

impl When {
    /// # Errors
    /// The text is none of the forms, or names a date the calendar does not have.
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

    /// The period meant, when today is `today`; `None` beyond the calendar.
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

/// Days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Day, to: Day) -> i64 {
    to.signed_duration_since(from).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_ends_on_its_last_day_whatever_its_length() {
        let last = |wording| Period::parse(wording).unwrap().last_day();
        assert_eq!(last("June 2003"), day("2003-06-30"));
        assert_eq!(last("December 2003"), day("2003-12-31"));
        assert_eq!(last("February 2003"), day("2003-02-28"));
        assert_eq!(last("February 2004"), day("2004-02-29"));
        assert_eq!(last("February 1900"), day("1900-02-28"));
        assert_eq!(last("December 9999"), day("9999-12-31"));
    }

    #[test]
    fn a_period_has_passed_only_on_the_day_after_its_last() {
        let month = Period::parse("2003-12").unwrap();
        assert!(!month.has_passed(day("2003-12-31")));
        assert!(month.has_passed(day("2004-01-01")));
        let leap_day = Period::parse("29 February 2004").unwrap();
        assert!(!leap_day.has_passed(day("2004-02-29")));
        assert!(leap_day.has_passed(day("2004-03-01")));
    }

    #[test]
    fn days_and_months_are_read_in_every_accepted_form_and_any_case() {
        let month = Period::Month(Month::new(2003, 12).unwrap());
        for wording in ["December 2003", "dec 2003", "DECEMBER  2003", "2003-12"] {
            assert_eq!(Period::parse(wording), Ok(month), "{wording}");
        }
        let last = Period::Day(day("2003-12-31"));
        for wording in ["2003-12-31", "31 December 2003", "31 dec 2003"] {
            assert_eq!(Period::parse(wording), Ok(last), "{wording}");
        }
    }

    #[test]
    fn dates_the_calendar_does_not_have_are_told_apart_from_nonsense() {
        let message = |wording| Period::parse(wording).unwrap_err().to_string();
        assert_eq!(message("31 June 2003"), "there is no day 31 in June 2003, which has 30 days");
        assert_eq!(message("2003-02-29"), "there is no day 29 in February 2003, which has 28 days");
        assert_eq!(message("2003-13"), "there is no month 13");
        assert_eq!(message("0000-01"), "there is no year 0");
        for nonsense in ["soon", "2003", "6/30/23", "2003-6", "+200-01", "1 1 2003", ""] {
            assert_eq!(message(nonsense), "not a date", "{nonsense}");
        }
    }

    #[test]
    fn typed_dates_are_read_against_today() {
        let on = |text| When::parse(text).unwrap().on(day("2003-05-08")).unwrap();
        assert_eq!(on("today"), Period::Day(day("2003-05-08")));
        assert_eq!(on("yesterday"), Period::Day(day("2003-05-07")));
        assert_eq!(on("+30d"), Period::Day(day("2003-06-07")));
        assert_eq!(on("-2w"), Period::Day(day("2003-04-24")));
        assert_eq!(on("December 2003").last_day(), day("2003-12-31"));
        assert!(When::parse("tomorrowish").is_err());
        assert!(When::parse("+é").is_err());
    }

    #[test]
    fn lengths_count_days_weeks_months_and_years() {
        let from = day("2003-11-30");
        let after = |text| Length::parse(text).unwrap().after(from).unwrap();
        assert_eq!(after("30d"), day("2003-12-30"));
        assert_eq!(after("2w"), day("2003-12-14"));
        assert_eq!(after("3m"), day("2004-02-29"));
        assert_eq!(after("1y"), day("2004-11-30"));
        for nonsense in ["d", "30", "-3d", "3 d", "3h", "é", ""] {
            assert_eq!(Length::parse(nonsense), None, "{nonsense}");
        }
    }
}
