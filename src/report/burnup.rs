//! The days of a paper's burn-up.

use std::collections::BTreeSet;

use chrono::{Datelike, Months};

use crate::{
    model::{Day, Month, days_between},
    query::sampled_days,
};

/// No more days are asked about than this, besides the first and the last.
const MOST_DAYS: i64 = 12;

/// So many days are drawn.
const DRAWN: usize = 60;

/// The days of the picture; those of the table are among them.
pub fn drawn(from: Day, to: Day) -> BTreeSet<Day> {
    sampled_days(from, to, DRAWN).into_iter().chain(days(from, to)).collect()
}

/// The days of the table: the first day, the ends of months between, and the last day. Of a long time only every so many months count.
pub fn days(from: Day, to: Day) -> Vec<Day> {
    let months = days_between(from, to) / 30;
    let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].into_iter();
    let step = steps.clone().find(|step| months / step <= MOST_DAYS).unwrap_or(12_000);
    let step = u32::try_from(step).unwrap_or(1);
    let mut days = vec![from];
    let mut month = Month::of(from);
    while month.last_day() < to {
        let number = month.first_day().year().unsigned_abs() * 12 + month.first_day().month();
        if number.is_multiple_of(step) && month.last_day() > from {
            days.push(month.last_day());
        }
        let Some(next) = month.first_day().checked_add_months(Months::new(1)) else {
            break;
        };
        month = Month::of(next);
    }
    if from < to {
        days.push(to);
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: &str, to: &str) -> Vec<String> {
        let days = days(from.parse().unwrap(), to.parse().unwrap());
        days.iter().map(Day::to_string).collect()
    }

    #[test]
    fn the_days_of_a_burn_up_are_month_ends_and_few() {
        assert_eq!(
            between("2003-05-08", "2003-07-15"),
            ["2003-05-08", "2003-05-31", "2003-06-30", "2003-07-15"]
        );
        assert_eq!(between("2003-05-31", "2003-05-31"), ["2003-05-31"]);
        assert!(between("2003-05-08", "2026-11-25").len() < 16);
        assert!(between("1003-05-08", "2026-11-25").len() < 16);
    }
}
