//! The burn-up as shapes: all, complete and overdue recommendations on days of a period.

use chrono::{Datelike, Months};

use super::{timeline::Point, words};
use crate::{
    model::{Day, Month, days_between},
    query::Tally,
};

/// No more days are asked about than this, besides the first and the last.
const MOST_DAYS: i64 = 12;
/// The width of a drawing, and the edges of the chart in it.
const WIDTH: f64 = 720.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 690.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 200.0;

/// A burn-up, ready to be drawn.
pub struct BurnupChart {
    pub width: f64,
    pub height: f64,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub description: String,
    /// Heights with their numbers.
    pub levels: Vec<(f64, usize)>,
    pub ticks: Vec<Point>,
    /// A class and the path of its line.
    pub lines: Vec<(&'static str, String)>,
}

/// The words for the lines, by their class.
pub const LINES: [(&str, &str); 3] =
    [("line-all", "all"), ("line-done", "complete"), ("line-late", "overdue")];

/// The first day, the ends of months between, and the last day. Of a long time only every so many months count.
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

/// The drawing of the tallies, in the order of time.
pub fn chart(tallies: &[(Day, Tally)]) -> Option<BurnupChart> {
    let ((first, _), (last, _)) = (tallies.first()?, tallies.last()?);
    let most = tallies.iter().map(|(_, tally)| tally.total).max()?.max(1);
    let time = days_between(*first, *last).max(1) as f64;
    let round = |place: f64| (place * 10.0).round() / 10.0;
    let x = |day: Day| round(LEFT + (RIGHT - LEFT) * days_between(*first, day) as f64 / time);
    let y = |count: usize| round(BOTTOM - (BOTTOM - TOP) * count as f64 / most as f64);
    let path = |count: fn(&Tally) -> usize| {
        let points = tallies.iter().map(|(day, tally)| format!("{} {}", x(*day), y(count(tally))));
        format!("M{}", points.collect::<Vec<_>>().join("L"))
    };
    let shown = tallies.iter().enumerate().filter(|(index, _)| index.is_multiple_of(3));
    let mut levels = vec![0, most / 2, most];
    levels.dedup();
    Some(BurnupChart {
        width: WIDTH,
        height: BOTTOM + 24.0,
        left: LEFT,
        right: RIGHT,
        top: TOP,
        bottom: BOTTOM,
        description: format!(
            "From {} to {}; the table below has the same numbers.",
            words::date((*first).into()),
            words::date((*last).into())
        ),
        levels: levels.into_iter().map(|level| (y(level), level)).collect(),
        ticks: shown
            .map(|(_, (day, _))| Point { x: x(*day), words: day.format("%b %Y").to_string() })
            .collect(),
        lines: vec![
            ("line-all", path(|tally| tally.total)),
            ("line-done", path(|tally| tally.complete)),
            ("line-late", path(|tally| tally.overdue)),
        ],
    })
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
