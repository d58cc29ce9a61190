//! The SVG format: charts for a web page or a report.

use askama::Template as _;
use chrono::Days;

use super::{
    Answer, AnswerKind, Burnup, Format,
    burnup::{BurnupPart, PARTS, parts_with},
    printable,
};
use crate::{
    model::{Day, days_between, to_single_line},
    query::{Point, Tally},
};

/// The format `svg`, for charts.
pub static FORMAT: Format = Format {
    name: "svg",
    kinds: &[AnswerKind::Burnup],
    endings: &["svg"],
    columns: |_| Some(DAYS),
    text: |answer, _| match answer {
        Answer::Burnup(burnup) => Some(picture(burnup)),
        _ => None,
    },
    ..Format::NOTHING
};

/// The maximum number of days that a chart shows.
const DAYS: usize = 180;
const WIDTH: i64 = 720;
/// The distance between two lines of text, in pixels.
const LINE: i64 = 16;
/// The edges of the chart within the picture, in pixels.
const LEFT: i64 = 48;
const RIGHT: i64 = 704;
const TOP: i64 = 64;
const BOTTOM: i64 = 192;
/// The fills for the parts of the chart. The parts can be distinguished even in black and white.
const FILLS: [&str; 4] = ["#1f6f4a", "url(#overdue)", "#cfd8dc", "#eceff1"];

/// A burn-up chart as an SVG picture.
#[derive(askama::Template)]
#[template(path = "burnup.svg")]
pub struct BurnupPicture {
    title: String,
    heading: String,
    /// A sentence with the latest numbers of recommendations.
    summary: String,
    /// The outline of each part of the chart, as an SVG path, and the fill of this part.
    areas: Vec<(String, &'static str)>,
    levels: Vec<(i64, usize)>,
    /// The dates below the chart. Each has an x position, a text anchor and a text.
    days: Vec<(i64, &'static str, String)>,
    legend: Vec<(i64, &'static str, String)>,
    /// The sentences about days without counts, each with its y position.
    gaps: Vec<(i64, String)>,
}

fn picture(burnup: &Burnup<'_>) -> anyhow::Result<String> {
    let (title, heading) = (&burnup.view.plan.title, burnup.heading());
    let picture = BurnupPicture::new(title, &heading, &burnup.points, &burnup.gaps_in_words());
    Ok(picture.render()? + "\n")
}

impl BurnupPicture {
    /// Creates the picture from `points`, which are the days with their counts, oldest first.
    pub fn new(title: &str, heading: &str, points: &[Point], gaps: &[String]) -> Self {
        let text = |text: &str| printable(&to_single_line(text));
        let axes = Axes::new(points);
        let known = points.iter().rev().find_map(|point| Some((point.day, point.tally?)));
        let (day, newest) = known.unwrap_or_default();
        let Tally { total, complete, overdue, .. } = newest;
        let areas = PARTS.iter().zip(FILLS).enumerate().flat_map(|(index, (_, fill))| {
            let runs = points.split(|point| point.tally.is_none());
            runs.filter_map(|run| area(&axes, run, index))
                .map(|path| (path, fill))
                .collect::<Vec<_>>()
        });
        Self {
            title: text(title),
            heading: text(heading),
            summary: format!("On {day}: {complete} of {total} complete, {overdue} overdue."),
            areas: areas.collect(),
            levels: axes.levels(),
            days: axes.days(),
            legend: legend(newest),
            gaps: (BOTTOM + 3 * LINE..)
                .step_by(LINE as usize)
                .zip(gaps.iter().map(|gap| text(gap)))
                .collect(),
        }
    }

    /// Returns a description of the picture in words.
    pub fn description(&self) -> String {
        let gaps: String = self.gaps.iter().map(|(_, gap)| format!(" {gap}")).collect();
        format!("{}. {}{gaps}", self.heading, self.summary)
    }

    pub fn width(&self) -> i64 {
        WIDTH
    }

    pub fn height(&self) -> i64 {
        BOTTOM + LINE * (3 + self.gaps.len() as i64)
    }
}

/// The axes of the chart, which convert days and numbers of recommendations to positions.
struct Axes {
    from: Day,
    to: Day,
    most: usize,
}

impl Axes {
    fn new(points: &[Point]) -> Self {
        let most = points.iter().filter_map(|point| point.tally).map(|tally| tally.total).max();
        let day = |point: Option<&Point>| point.map(|point| point.day).unwrap_or_default();
        Self {
            from: day(points.first()),
            to: day(points.last()),
            most: most.unwrap_or_default().max(1),
        }
    }

    /// Returns the x position of the beginning of a day.
    fn x(&self, day: Day) -> i64 {
        let span = days_between(self.from, self.to) + 1;
        LEFT + (RIGHT - LEFT) * days_between(self.from, day) / span
    }

    fn y(&self, count: usize) -> i64 {
        BOTTOM - (BOTTOM - TOP) * count as i64 / self.most as i64
    }

    /// Returns the numbers beside the chart, each with its y position.
    fn levels(&self) -> Vec<(i64, usize)> {
        let mut counts = vec![0, self.most.div_ceil(2), self.most];
        counts.dedup();
        counts.into_iter().map(|count| (self.y(count), count)).collect()
    }

    /// Returns the first, the middle and the last day for the labels below the chart, with their positions.
    fn days(&self) -> Vec<(i64, &'static str, String)> {
        let half = days_between(self.from, self.to) as u64 / 2;
        let days =
            [(self.from, "start"), (self.from + Days::new(half), "middle"), (self.to, "end")];
        // In a short period, the dates would overlap, so some of them are left out.
        let apart = days.into_iter().filter(|(day, anchor)| match *anchor {
            "start" => true,
            "middle" => half >= 2,
            _ => *day != self.from,
        });
        apart.map(|(day, anchor)| (self.x(day), anchor, day.to_string())).collect()
    }
}

/// Returns the outline of one part of the chart as an SVG path; `None` if the part is empty. `run` is a series of days
/// without a gap.
fn area(axes: &Axes, run: &[Point], part: usize) -> Option<String> {
    // The count of a day is drawn up to the next day in `run`. The last count is drawn for one day.
    let ends = run.iter().skip(1).map(|point| point.day).chain([run.last()?.day + Days::new(1)]);
    let steps = run.iter().zip(ends).filter_map(|(point, end)| {
        let tally = point.tally?;
        let count = |part: &BurnupPart| (part.count)(&tally);
        let below: usize = PARTS[..part].iter().map(count).sum();
        let above = below + count(&PARTS[part]);
        Some(([axes.x(point.day), axes.x(end)], axes.y(below), axes.y(above)))
    });
    let steps: Vec<([i64; 2], i64, i64)> = steps.collect();
    if steps.iter().all(|(_, below, above)| below == above) {
        return None;
    }
    let top = steps.iter().flat_map(|([from, to], _, y)| [(from, y), (to, y)]);
    let bottom = steps.iter().rev().flat_map(|([from, to], y, _)| [(to, y), (from, y)]);
    let corners = top.chain(bottom).map(|(x, y)| format!("{x} {y}"));
    Some(format!("M{}Z", corners.collect::<Vec<_>>().join("L")))
}

/// Returns the entries of the legend. Each has an x position, a fill, and the name of a part with its latest count.
fn legend(tally: Tally) -> Vec<(i64, &'static str, String)> {
    let mut x = LEFT;
    let entry = |(part, fill): (&BurnupPart, &'static str)| {
        let words = format!("{} {}", (part.count)(&tally), part.name);
        let at = x;
        x += 40 + 7 * words.len() as i64;
        (at, fill, words)
    };
    parts_with(&tally).zip(FILLS).map(entry).collect()
}
