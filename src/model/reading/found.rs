//! A date found in a wording, with the periods that it may mean.

use chrono::Datelike;

use super::super::Period;

const PART: &str = "part of a year, without a clear end";
const FISCAL: &str = "the end of a fiscal year differs between organisations";

/// A date in a wording, with its possible meanings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The periods that the date may mean, the most likely first; empty if a part of the date, such as the year, is
    /// missing.
    pub periods: Vec<Period>,
    /// The reason why the date means several periods or none; empty if it means one.
    pub why: &'static str,
    /// The length of the named time in months, such as 3 for a quarter; 0 for a day.
    pub months: u32,
}

/// A year, with true if it is the second year of a pair: `2024` is read as (2024, false), and `2023/24` as (2024,
/// true).
pub type YearOrSpan = (u32, bool);

/// A part of a period: its beginning, middle or end.
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

    /// Returns the date for only a part of its period, as in `early 2025`. The new date has several possible periods,
    /// because the end of such a part is not exact.
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

/// Returns the number of months from the beginning of year 0 to the month in which the period ends.
fn month_count(period: Period) -> u32 {
    let last = period.last_day();
    last.year().unsigned_abs() * 12 + last.month0()
}

/// Returns the month that begins this number of months after the beginning of year 0.
fn month_of(months: u32) -> Option<Period> {
    Period::build(months / 12, months % 12 + 1, None).ok()
}

/// Returns the date for units of a year, such as `Q2` or `June/July`. Its periods are the months in which the units may
/// end. In `units`, each unit is given by its length in months and the number of its last month.
pub fn of_year(
    units: &[(u32, u32)],
    (year, is_span): YearOrSpan,
    is_fiscal: bool,
) -> Option<Found> {
    let mut periods = Vec::new();
    let mut why = "";
    for (months, end) in units {
        match (months, end) {
            // A winter spans two calendar years, so “winter 2025” may end in 2025 or in February 2026.
            (4, _) if !is_span && !is_fiscal => {
                let ends = [(year, 2), (year, 12), (year + 1, 2)];
                why = "a winter falls in two years";
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
        why = "several dates";
    }
    Some(Found { periods, why, months: units.first()?.0.min(3) })
}

/// Returns the date for a fiscal year that ends in the calendar year `year`, or for a part of it, with the usual last
/// months of such a year as its periods. If the part ends `before` months earlier than the fiscal year, each of these
/// months is moved back as far.
pub fn fiscal_year(year: u32, months: u32, before: u32) -> Found {
    let ends = [3, 6, 9, 12].map(|month| (year * 12 + month - 1).saturating_sub(before));
    Found::several(ends.iter().filter_map(|end| month_of(*end)).collect(), FISCAL, months)
}
