//! The burn-up chart of the report, and the days that the chart and its table show.

use std::collections::BTreeSet;

use crate::{
    doc::{Figure, Picture, scale},
    model::{Day, days_between},
    output::BurnupPicture,
    query::sampled_days,
};

/// The maximum number of days in the burn-up table, apart from the first and the last day.
const MOST_DAYS: i64 = 3;

/// The number of evenly spaced days in the burn-up chart. The chart also shows the days of the burn-up table.
const DRAWN: usize = 60;

/// Builds the burn-up chart as a figure of the report.
pub fn figure(picture: &BurnupPicture) -> Figure {
    let picture = Picture {
        description: picture.description(),
        width: picture.width() as f64,
        height: picture.height() as f64,
        svg: picture.to_string(),
    };
    Figure { caption: "Progress over time", legend: Vec::new(), picture, note: None }
}

/// Returns the days that the burn-up chart shows, which include all days of the table below the chart.
pub fn drawn(from: Day, to: Day) -> BTreeSet<Day> {
    sampled_days(from, to, DRAWN).into_iter().chain(days(from, to)).collect()
}

/// Returns the days that the burn-up table shows: the first day, some ends of months, and the last day.
pub fn days(from: Day, to: Day) -> Vec<Day> {
    let months = days_between(from, to) / 30;
    let step = scale::step(|step| months / i64::from(step) <= MOST_DAYS);
    let months = scale::month(from) + 1..=scale::month(to) + 1;
    let months = months.filter(|month| month.is_multiple_of(step));
    let ends = months.filter_map(scale::first_day).filter_map(|day| day.pred_opt());
    let ends = ends.filter(|end| from < *end && *end < to);
    let last = (from < to).then_some(to);
    std::iter::once(from).chain(ends).chain(last).collect()
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
