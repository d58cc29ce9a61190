//! The time axis of the timeline: positions of days, and the dates above the bars.

use chrono::Datelike;

use super::drawing::{LEFT, RIGHT};
use crate::{
    doc::scale,
    model::{Day, days_between},
    query::Timeline,
};

/// The maximum number of dates above the bars. More dates would overlap.
const MOST_TICKS: i64 = 8;

/// The time axis, which converts days to x positions.
pub struct TimeAxis {
    pub from: Day,
    pub to: Day,
}

impl TimeAxis {
    pub fn new(timeline: &Timeline<'_>) -> Self {
        Self { from: timeline.from, to: timeline.to }
    }

    /// Returns the x position of a day. A day outside the axis gets the position of the nearer end of the axis.
    pub fn x(&self, day: Day) -> f64 {
        let all = days_between(self.from, self.to).max(1) as f64;
        let days = days_between(self.from, day).clamp(0, all as i64) as f64;
        ((LEFT + (RIGHT - LEFT) * days / all) * 10.0).round() / 10.0
    }

    /// Returns a part of a bar: its fill, its x position and its length. If `to` is `None`, the part extends to the
    /// right end of the axis.
    pub fn stroke<'f>(&self, fill: &'f str, from: Day, to: Option<Day>) -> (&'f str, f64, f64) {
        let (from, to) = (self.x(from), to.map_or(RIGHT, |to| self.x(to)));
        (fill, from, (to - from).max(1.0))
    }

    /// Returns the x position and the text of each date on the axis, such as `Jun 2003`.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let months = days_between(self.from, self.to) / 30;
        let step = scale::step(|step| months / i64::from(step) < MOST_TICKS);
        let months = scale::month(self.from)..=scale::month(self.to);
        let days = months.filter(|month| month.is_multiple_of(step)).filter_map(scale::first_day);
        let days = days.filter(|day| *day >= self.from);
        days.map(|day| (self.x(day), tick(day, step))).collect()
    }
}

/// Returns the text of a date on the axis: `Jun 2003`, or `2003` if the axis shows whole years.
fn tick(day: Day, step: u32) -> String {
    if step.is_multiple_of(12) { day.year().to_string() } else { day.format("%b %Y").to_string() }
}
