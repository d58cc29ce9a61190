//! The timeline as shapes: where each bar, mark, month and meeting stands on a drawing of fixed width.

use chrono::{Datelike, Months};

use super::words;
use crate::{
    model::{Day, days_between},
    query::{Bar, MarkKind, StrokeKind, Timeline},
};

/// A drawing has no more lines than this, so that it fits on a page.
const MOST_LINES: usize = 36;
/// The width of a drawing, and where its time begins and ends.
const WIDTH: f64 = 720.0;
const LEFT: f64 = 210.0;
const RIGHT: f64 = 690.0;
const TOP: f64 = 28.0;
const LINE: f64 = 22.0;
/// So many letters fit before the bars.
const LETTERS: usize = 30;
/// No more dates than this stand above the bars.
const MOST_TICKS: u32 = 10;

/// A timeline, or a part of a long one, ready to be drawn.
pub struct TimelineChart {
    /// Which of several it is, from 1.
    pub number: usize,
    pub description: String,
    pub width: f64,
    pub height: f64,
    pub top: f64,
    /// Where the bars end.
    pub bottom: f64,
    pub ticks: Vec<Point>,
    pub meetings: Vec<Point>,
    pub as_of: Point,
    pub lines: Vec<TimelineLine>,
}

/// A place in time and its words.
pub struct Point {
    pub x: f64,
    pub words: String,
}

/// The name of an area, or a recommendation with its bar.
pub struct TimelineLine {
    pub y: f64,
    pub words: String,
    pub is_heading: bool,
    /// A class, where it begins, and how long it is.
    pub strokes: Vec<(&'static str, f64, f64)>,
    /// A symbol and where it stands.
    pub marks: Vec<(&'static str, f64)>,
}

/// The words for strokes and marks, by their class or symbol.
pub const STROKES: [(&str, &str); 3] =
    [("done", "as first agreed"), ("moving", "extended"), ("late", "past its date")];
pub const MARKS: [(&str, &str); 5] = [
    ("deadline", "date in force"),
    ("original", "date first agreed"),
    ("revised", "later date that was moved again"),
    ("complete", "complete"),
    ("ended", "superseded or not pursued"),
];

/// The timeline in drawings that fit on a page each.
pub fn charts(timeline: &Timeline<'_>) -> Vec<TimelineChart> {
    let scale = Scale::new(timeline);
    let mut entries: Vec<(Option<String>, &Bar<'_>)> = Vec::new();
    for lane in &timeline.lanes {
        let mut title = lane.area.map(|area| area.title.clone()).or(lane.plan.map(str::to_owned));
        entries.extend(lane.bars.iter().map(|bar| (title.take(), bar)));
    }
    let parts = parts(&entries).into_iter().enumerate();
    parts.map(|(index, part)| chart(index + 1, part, timeline, &scale)).collect()
}

/// Bars that fit on a page together; the name of an area takes a line of its own.
fn parts<T>(mut entries: &[(Option<String>, T)]) -> Vec<&[(Option<String>, T)]> {
    let mut parts = Vec::new();
    while !entries.is_empty() {
        let lines = entries.iter().scan(0, |lines, (title, _)| {
            *lines += 1 + usize::from(title.is_some());
            Some(*lines)
        });
        let (part, rest) = entries.split_at(lines.take_while(|lines| *lines <= MOST_LINES).count());
        parts.push(part);
        entries = rest;
    }
    parts
}

fn chart(
    number: usize,
    entries: &[(Option<String>, &Bar<'_>)],
    timeline: &Timeline<'_>,
    scale: &Scale,
) -> TimelineChart {
    let mut lines = Vec::new();
    let mut y = TOP + LINE;
    for (title, bar) in entries {
        if let Some(title) = title {
            lines.push(TimelineLine {
                y,
                words: title.clone(),
                is_heading: true,
                strokes: Vec::new(),
                marks: Vec::new(),
            });
            y += LINE;
        }
        lines.push(line(bar, y, scale));
        y += LINE;
    }
    let bottom = y - LINE / 2.0;
    let point = |day: Day, words: String| Point { x: scale.x(day), words };
    let meetings = timeline.meetings.iter().map(|held| {
        let date = held.meeting.date;
        point(date.last_day(), words::date(date))
    });
    let as_of = point(timeline.as_of, words::date(timeline.as_of.into()));
    let (from, to) = (words::date(timeline.from.into()), words::date(timeline.to.into()));
    TimelineChart {
        number,
        description: format!("Bars from {from} to {to}; the table below has the same dates."),
        width: WIDTH,
        height: bottom + 2.0 * LINE,
        top: TOP,
        bottom,
        ticks: scale.ticks(),
        meetings: meetings.collect(),
        as_of,
        lines,
    }
}

fn line(bar: &Bar<'_>, y: f64, scale: &Scale) -> TimelineLine {
    let strokes = bar.strokes.iter().map(|stroke| {
        let class = match stroke.kind {
            StrokeKind::Agreed => "done",
            StrokeKind::Extended => "moving",
            StrokeKind::Overdue => "late",
        };
        let (from, to) = (scale.x(stroke.from), stroke.to.map_or(RIGHT, |to| scale.x(to)));
        (class, from, (to - from).max(1.0))
    });
    let marks = bar.marks.iter().map(|mark| {
        let symbol = match mark.kind {
            MarkKind::RevisedDeadline => "revised",
            MarkKind::OriginalDeadline => "original",
            MarkKind::Deadline => "deadline",
            MarkKind::Ended => "ended",
            MarkKind::Complete => "complete",
        };
        (symbol, scale.x(mark.at.last_day()))
    });
    TimelineLine {
        y,
        words: words::cut(&format!("{} {}", bar.row.shown_id(), bar.row.name()), LETTERS),
        is_heading: false,
        strokes: strokes.collect(),
        marks: marks.collect(),
    }
}

/// Where days stand.
struct Scale {
    from: Day,
    to: Day,
}

impl Scale {
    fn new(timeline: &Timeline<'_>) -> Self {
        Self { from: timeline.from, to: timeline.to }
    }

    /// Where the end of a day stands; what is before the drawing stands at its edge.
    fn x(&self, day: Day) -> f64 {
        let all = days_between(self.from, self.to).max(1) as f64;
        let days = days_between(self.from, day).clamp(0, all as i64) as f64;
        ((LEFT + (RIGHT - LEFT) * days / all) * 10.0).round() / 10.0
    }

    /// The first days of months, quarters or years, as many as there is room for.
    fn ticks(&self) -> Vec<Point> {
        let months = days_between(self.from, self.to) / 30;
        let step = [1, 2, 3, 6, 12, 24, 60, 120, 600].into_iter();
        let step = step.clone().find(|step| months / i64::from(*step) < i64::from(MOST_TICKS));
        let step = step.unwrap_or(1200);
        let mut day = self.from.with_day(1).unwrap_or(self.from);
        let mut ticks = Vec::new();
        while day <= self.to {
            let number = day.year().unsigned_abs() * 12 + day.month0();
            if number.is_multiple_of(step) && day >= self.from {
                ticks.push(Point { x: self.x(day), words: tick(day, step) });
            }
            let Some(next) = day.checked_add_months(Months::new(1)) else {
                break;
            };
            day = next;
        }
        ticks
    }
}

/// `Jun 2003`; of whole years `2003`.
fn tick(day: Day, step: u32) -> String {
    if step.is_multiple_of(12) { day.year().to_string() } else { day.format("%b %Y").to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_fits_on_a_page_with_the_names_of_its_areas() {
        let entry = |index: usize| (index.is_multiple_of(2).then(|| "Area".to_owned()), index);
        let entries: Vec<(Option<String>, usize)> = (0..50).map(entry).collect();
        let parts = parts(&entries);
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        assert_eq!(lengths, [24, 24, 2]);
        assert_eq!(parts.concat(), entries);
    }
}
