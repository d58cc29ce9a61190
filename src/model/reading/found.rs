//! A date found in a wording, with the periods that it may mean.

use chrono::Datelike;

use super::super::Period;

const PART: &str = "part of a year, without a clear end";
const FISCAL: &str = "the end of a fiscal year differs between organisations";

/// A date in a wording, with its possible meanings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The possible periods, the most likely first; empty if a part of the date is missing.
    pub periods: Vec<Period>,
    /// The reason why there are several periods or none.
    pub why: &'static str,
    /// The length of the period in months; 0 for a day.
    pub months: u32,
}

/// A year, and true if the year is the second of a pair: `2024` is (2024, false), `2023/24` is (2024, true).
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

    /// Returns the given part of the period. The part may end in one of several months.
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

/// Returns the number of months from year 0 to the month in which a period ends.
fn month_count(period: Period) -> u32 {
    let last = period.last_day();
    last.year().unsigned_abs() * 12 + last.month0()
}

/// Returns the month that is this number of months after the beginning of year 0.
fn month_of(months: u32) -> Option<Period> {
    Period::build(months / 12, months % 12 + 1, None).ok()
}

/// Returns the periods in which units of a year, such as quarters, may end.
pub fn of_year(
    units: &[(u32, u32)],
    (year, is_span): YearOrSpan,
    is_fiscal: bool,
) -> Option<Found> {
    let mut periods = Vec::new();
    let mut why = "";
    for (months, end) in units {
        match (months, end) {
            // A winter extends over two years.
            (4, _) if !is_span && !is_fiscal => {
                let ends = [(year, 2), (year, 12), (year + 1, 2)];
                why = "a winter is in two years";
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

/// Returns the usual ends of a fiscal year that ends in the calendar year `year`, each moved back by `before` months
/// for a part of the fiscal year.
pub fn fiscal_year(year: u32, months: u32, before: u32) -> Found {
    let ends = [3, 6, 9, 12].map(|month| (year * 12 + month - 1).saturating_sub(before));
    Found::several(ends.iter().filter_map(|end| month_of(*end)).collect(), FISCAL, months)
}
