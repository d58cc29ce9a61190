//! Dates of three numbers, whose order is not always known.

use super::{
    super::{Day, NotAPeriod, Period},
    scan::Mention,
};

/// A date of three numbers, whose order is not known.
pub fn numeric(written: &[&str; 3]) -> Result<Option<Mention>, NotAPeriod> {
    let [one, other, year] = *written;
    let (Ok(one), Ok(other), Ok(year)) = (one.parse(), other.parse(), year.parse::<u32>()) else {
        return Ok(None);
    };
    let year = match written[2].len() {
        2 => 2000 + year,
        4 => year,
        _ => return Ok(None),
    };
    let (day_first, month_first) =
        (Period::build(year, other, Some(one)), Period::build(year, one, Some(other)));
    Ok(Some(match (day_first, month_first) {
        (Ok(first), Ok(second)) if first != second => {
            Mention::unclear("may be either day", vec![first, second])
        }
        (Ok(period), _) | (_, Ok(period)) => Mention::clear(period),
        (Err(reason), Err(_)) if (1..=12).contains(&other) => return Err(reason),
        (_, Err(reason)) => return Err(reason),
    }))
}

/// The days that a date like `19/11/2020` may be.
pub fn numeric_days(written: &str) -> Vec<Day> {
    let parts: Vec<&str> = written.split(['/', '.']).collect();
    let Ok(parts) = <[&str; 3]>::try_from(parts) else {
        return Vec::new();
    };
    let mention = numeric(&parts).ok().flatten();
    mention.into_iter().flat_map(|mention| mention.periods).map(Period::last_day).collect()
}
