//! The timeline as a picture: where each bar, mark, month and meeting stands on a drawing of fixed width.

use askama::Template;
use chrono::{Datelike, Months};

use super::{
    chart::{DONE, Key, LATE, MOVING},
    words,
};
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

/// A timeline, or a part of a long one.
#[derive(Template)]
#[template(path = "timeline.svg")]
pub struct TimelinePicture {
    pub description: String,
    as_of_words: String,
    /// Where the bars end.
    bottom: f64,
    /// Places in time and their words.
    ticks: Vec<(f64, String)>,
    meetings: Vec<f64>,
    as_of: f64,
    lines: Vec<TimelineLine>,
}

/// The name of an area, or a recommendation with its bar.
struct TimelineLine {
    y: f64,
    words: String,
    is_heading: bool,
    /// A fill, where it begins, and how long it is.
    strokes: Vec<(&'static str, f64, f64)>,
    /// A symbol and where it stands.
    marks: Vec<(&'static str, f64, f64)>,
}

/// A symbol around the point 0, 0, and its words.
type Symbol = (&'static str, &'static str);

const DEADLINE: Symbol = (r##"<path fill="#1b1b1b" d="M0-6L6 0L0 6L-6 0Z"/>"##, "date in force");
const ORIGINAL: Symbol = (
    r##"<path fill="#fff" stroke="#1b1b1b" stroke-width="1.2" d="M0-5L5 0L0 5L-5 0Z"/>"##,
    "date first agreed",
);
const REVISED: Symbol = (
    r##"<path fill="#fff" stroke="#1b1b1b" stroke-width="1.2" d="M0-3L3 0L0 3L-3 0Z"/>"##,
    "later date that was moved again",
);
const REQUESTED: Symbol = (
    r##"<path fill="#fff" stroke="#4d8fc4" stroke-width="1.5" stroke-dasharray="2 1.5" d="M0-6L6 0L0 6L-6 0Z"/>"##,
    "date requested",
);
const COMPLETE: Symbol =
    (r##"<path fill="none" stroke="#1b1b1b" stroke-width="2.5" d="M-5 1L-1 5L6-4"/>"##, "complete");
const ENDED: Symbol = (
    r##"<path fill="none" stroke="#1b1b1b" stroke-width="2.5" d="M-4-4L4 4M4-4L-4 4"/>"##,
    "superseded or not pursued",
);
const MEETING: &str = r##"<path stroke="#1b1b1b" stroke-dasharray="3 3" d="M0-7V7"/>"##;
const AS_OF: &str = r##"<path stroke="#b3261e" stroke-width="1.5" d="M0-7V7"/>"##;

impl TimelinePicture {
    /// What is drawn, and what it means.
    pub fn legend(&self) -> Vec<Key> {
        let strokes = [(DONE, "as first agreed"), (MOVING, "extended"), (LATE, "past its date")];
        let strokes = strokes.map(|(fill, words)| Key::fill(fill, words));
        let symbols = [DEADLINE, ORIGINAL, REVISED, REQUESTED, COMPLETE, ENDED];
        let symbols = symbols.map(|(shape, words)| Key::new(shape, words));
        let as_of = Key::new(AS_OF, format!("as of {}", self.as_of_words));
        strokes.into_iter().chain(symbols).chain([Key::new(MEETING, "meeting"), as_of]).collect()
    }

    pub fn width(&self) -> f64 {
        WIDTH
    }

    pub fn height(&self) -> f64 {
        self.bottom + LINE
    }
}

/// The timeline in drawings that fit on a page each.
pub fn pictures(timeline: &Timeline<'_>) -> Vec<TimelinePicture> {
    let scale = Scale::new(timeline);
    let mut entries: Vec<(Option<String>, &Bar<'_>)> = Vec::new();
    for lane in &timeline.lanes {
        let mut title = lane.area.map(|area| area.title.clone()).or(lane.plan.map(str::to_owned));
        entries.extend(lane.bars.iter().map(|bar| (title.take(), bar)));
    }
    parts(&entries).into_iter().map(|part| picture(part, timeline, &scale)).collect()
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

fn picture(
    entries: &[(Option<String>, &Bar<'_>)],
    timeline: &Timeline<'_>,
    scale: &Scale,
) -> TimelinePicture {
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
    let meetings = timeline.meetings.iter().map(|held| scale.x(held.meeting.date.last_day()));
    let (from, to) = (words::date(timeline.from.into()), words::date(timeline.to.into()));
    TimelinePicture {
        description: format!(
            "Timeline: bars from {from} to {to}; the table below has the same dates."
        ),
        as_of_words: words::date(timeline.as_of.into()),
        bottom: y - LINE / 2.0,
        ticks: scale.ticks(),
        meetings: meetings.collect(),
        as_of: scale.x(timeline.as_of),
        lines,
    }
}

fn line(bar: &Bar<'_>, y: f64, scale: &Scale) -> TimelineLine {
    let strokes = bar.strokes.iter().map(|stroke| {
        let fill = match stroke.kind {
            StrokeKind::Agreed => DONE,
            StrokeKind::Extended => MOVING,
            StrokeKind::Overdue => LATE,
        };
        let (from, to) = (scale.x(stroke.from), stroke.to.map_or(RIGHT, |to| scale.x(to)));
        (fill, from, (to - from).max(1.0))
    });
    let marks = bar.marks.iter().map(|mark| {
        let on_bar = y - 4.5;
        // What became of it stands above the bar, so that it hides no date.
        let ((symbol, _), y) = match mark.kind {
            MarkKind::RevisedDeadline => (REVISED, on_bar),
            MarkKind::OriginalDeadline => (ORIGINAL, on_bar),
            MarkKind::Deadline => (DEADLINE, on_bar),
            MarkKind::RequestedDeadline => (REQUESTED, on_bar),
            MarkKind::Ended => (ENDED, on_bar - 8.0),
            MarkKind::Complete => (COMPLETE, on_bar - 8.0),
        };
        (symbol, scale.x(mark.at.last_day()), y)
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
    fn ticks(&self) -> Vec<(f64, String)> {
        let months = days_between(self.from, self.to) / 30;
        let step = [1, 2, 3, 6, 12, 24, 60, 120, 600].into_iter();
        let step = step.clone().find(|step| months / i64::from(*step) < i64::from(MOST_TICKS));
        let step = step.unwrap_or(1200);
        let mut day = self.from.with_day(1).unwrap_or(self.from);
        let mut ticks = Vec::new();
        while day <= self.to {
            let number = day.year().unsigned_abs() * 12 + day.month0();
            if number.is_multiple_of(step) && day >= self.from {
                ticks.push((self.x(day), tick(day, step)));
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
