//! Dates of three numbers, whose order is not always known.

use super::super::{Day, NotAPeriod, Period};

/// The days that three numbers may be; none where they are no date.
///
/// # Errors
/// The calendar does not have it in either order.
pub fn numeric(written: [&str; 3]) -> Result<Vec<Period>, NotAPeriod> {
    let [Ok(one), Ok(other), Ok(year)] = written.map(str::parse::<u32>) else {
        return Ok(Vec::new());
    };
    let year = match written[2].len() {
        2 => 2000 + year,
        4 => year,
        _ => return Ok(Vec::new()),
    };
    match (Period::build(year, other, Some(one)), Period::build(year, one, Some(other))) {
        (Ok(first), Ok(second)) if first != second => Ok(vec![first, second]),
        (Ok(period), _) | (_, Ok(period)) => Ok(vec![period]),
        (Err(reason), Err(_)) if (1..=12).contains(&other) => Err(reason),
        (_, Err(reason)) => Err(reason),
    }
}

/// The days that a date like `19/11/2020` may be.
pub fn numeric_days(written: &str) -> Vec<Day> {
    let parts: Vec<&str> = written.split(['/', '.']).collect();
    let periods = <[&str; 3]>::try_from(parts).ok().and_then(|parts| numeric(parts).ok());
    periods.into_iter().flatten().map(Period::last_day).collect()
}
