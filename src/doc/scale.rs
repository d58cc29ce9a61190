//! The division of a time axis into months and years.

use chrono::Datelike;

use crate::model::Day;

/// The possible distances between two adjacent ticks of a time axis, in months.
const STEPS: [u32; 15] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 24_000];

/// Returns the smallest distance in `STEPS` for which `fits` returns true. If there is no such distance, returns the
/// largest distance.
pub fn step(fits: impl Fn(u32) -> bool) -> u32 {
    STEPS.into_iter().find(|step| fits(*step)).unwrap_or(STEPS[STEPS.len() - 1])
}

/// Returns the number of the month that contains a day. The months are counted from January of the year 0.
pub fn month(day: Day) -> u32 {
    u32::try_from(day.year()).unwrap_or(0) * 12 + day.month0()
}

/// Returns the first day of the month with the number `month`. The months are counted from January of the year 0.
/// Returns `None` if the calendar has no such day.
pub fn first_day(month: u32) -> Option<Day> {
    Day::from_ymd_opt(i32::try_from(month / 12).ok()?, month % 12 + 1, 1)
}
