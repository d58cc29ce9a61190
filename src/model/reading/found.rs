//! A date in the wording of a timescale, with the periods that the date may mean.

use chrono::Datelike;

use super::super::Period;

const PART: &str = "part of a year, without a clear end";
const FISCAL: &str = "the end of a fiscal year differs between organisations";

/// A date in the wording of a timescale, with its possible meanings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The periods that the date may mean, the most likely first; empty if a part of the date, such as the year, is
    /// missing.
    pub periods: Vec<Period>,
    /// The reason why the meaning of the date is unclear; empty if the meaning is clear.
    pub why: &'static str,
    /// The length in months of the time that the date names, such as 3 for a quarter; 0 for a day.
    pub months: u32,
}

/// A year, or the second year of a pair such as `2023/24`. The second field is true for a pair: `2024` is read as
/// (2024, false), and `2023/24` as (2024, true).
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

    /// Limits the date to a part of its period, as in `early 2025`. The new date has several possible periods, because
    /// a part such as `early` has no exact end.
    pub fn part(self, part: Part) -> Self {
        let [whole] = self.periods[..] else { return self };
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

/// Returns the number of months between January of year 0 and the last month of the period.
fn month_count(period: Period) -> u32 {
    let last = period.last_day();
    last.year().unsigned_abs() * 12 + last.month0()
}

/// Returns the month that is this number of months after January of year 0.
fn month_of(months: u32) -> Option<Period> {
    Period::build(months / 12, months % 12 + 1, None).ok()
}

/// Returns the date for one or more parts of a year, such as `Q2` or `June/July`. `units` has a pair for each part: its
/// length in months, and the number of its last month.
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
                why = "a winter spans two years";
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

/// Returns the date for a fiscal year that ends in `year`, or for a part of this fiscal year. `months` is the length of
/// the year or the part. `before` is the number of months between its end and the end of the fiscal year. The date has
/// several possible periods, because fiscal years end in different months.
pub fn fiscal_year(year: u32, months: u32, before: u32) -> Found {
    let ends = [3, 6, 9, 12].map(|month| (year * 12 + month - 1).saturating_sub(before));
    Found::several(ends.iter().filter_map(|end| month_of(*end)).collect(), FISCAL, months)
}
