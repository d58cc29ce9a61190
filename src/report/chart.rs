//! Charts of a paper as figures.

use std::cmp::Reverse;

use askama::Template;

use super::words::plural;
use crate::{
    doc::{Figure, FigureBar, Key, Picture},
    output::BurnupPicture,
};

/// The fills of bars. Neighbours differ in lightness too.
pub const DONE: &str = "#1d5c37";
pub const AGREED: &str = "#5f7285";
pub const MOVING: &str = "#4d8fc4";
pub const LATE: &str = "#b3261e";
const WAITING: &str = "#c9ccd1";
const DROPPED: &str = "#8a7f99";
/// No more slipped dates are drawn.
const MOST_SLIPS: usize = 30;
/// The longest bar.
const LENGTH: f64 = 600.0;

/// The parts of one bar.
#[derive(Template)]
#[template(path = "bar.svg")]
struct Segments {
    parts: Vec<Segment>,
}

struct Segment {
    fill: &'static str,
    from: f64,
    length: f64,
}

/// How many recommendations of a group are how far.
pub struct Progress {
    pub name: String,
    pub complete: usize,
    pub in_progress: usize,
    /// Without an end, and nobody has reported on it.
    pub ongoing: usize,
    pub not_started: usize,
    /// Superseded, not pursued, rejected.
    pub other: usize,
}

/// How far one date slipped, in days from the date first agreed.
pub struct Slippage {
    pub name: String,
    pub moved: i64,
    /// Past the date in force.
    pub late: i64,
}

/// The progress of groups.
pub fn progress(groups: &[Progress]) -> Figure {
    let total = |group: &Progress| {
        group.complete + group.in_progress + group.ongoing + group.not_started + group.other
    };
    let most = groups.iter().map(total).max().unwrap_or(0) as f64;
    let of = |group: &Progress| {
        let parts = [
            (DONE, group.complete, "complete"),
            (MOVING, group.in_progress, "in progress"),
            (MOVING, group.ongoing, "ongoing"),
            (WAITING, group.not_started, "not started"),
            (DROPPED, group.other, "not to be done"),
        ];
        let parts = parts.into_iter().filter(|(_, count, _)| *count > 0);
        let parts =
            parts.map(|(fill, count, word)| (fill, count as f64, format!("{count} {word}")));
        bar(group.name.clone(), parts, most)
    };
    let is_ongoing = groups.iter().any(|group| group.ongoing > 0);
    let moving = if is_ongoing { "in progress or ongoing" } else { "in progress" };
    let mut legend = vec![
        Key::fill(DONE, "complete"),
        Key::fill(MOVING, moving),
        Key::fill(WAITING, "not started"),
    ];
    if groups.iter().any(|group| group.other > 0) {
        legend.push(Key::fill(DROPPED, "superseded, not pursued or rejected"));
    }
    let bars = groups.iter().map(of).collect();
    figure("Progress, a bar for each", legend, bars, None)
}

/// How far dates slipped, the worst first.
pub fn slippage(mut rows: Vec<Slippage>) -> Figure {
    let days_in_all = |row: &Slippage| row.moved + row.late;
    rows.sort_by_key(|row| Reverse(days_in_all(row)));
    let note = left_out(rows.len().saturating_sub(MOST_SLIPS));
    rows.truncate(MOST_SLIPS);
    let most = rows.first().map_or(0, days_in_all) as f64;
    let days =
        |count: i64| format!("{count} {}", plural(count.unsigned_abs() as usize, "day", "days"));
    let of = |row: &Slippage| {
        let parts = [
            (WAITING, row.moved, format!("moved {}", days(row.moved))),
            (LATE, row.late, format!("{} late", days(row.late))),
        ];
        let parts = parts.into_iter().filter(|(_, count, _)| *count > 0);
        let parts = parts.map(|(fill, count, words)| (fill, count as f64, words));
        bar(row.name.clone(), parts, most)
    };
    let legend =
        vec![Key::fill(WAITING, "the date was moved"), Key::fill(LATE, "past the date in force")];
    let bars = rows.iter().map(of).collect();
    figure("Days from the date first agreed", legend, bars, note)
}

/// How many more the table has.
pub fn left_out(count: usize) -> Option<String> {
    let verb = plural(count, "stands", "stand");
    (count > 0).then(|| format!("{count} more {verb} only in the table below."))
}

fn figure(
    caption: &'static str,
    legend: Vec<Key>,
    bars: Vec<FigureBar>,
    note: Option<String>,
) -> Figure {
    Figure { caption, legend, bars, picture: None, note }
}

/// The chart of progress over time.
pub fn burnup(picture: &BurnupPicture) -> Figure {
    let picture = Picture {
        description: picture.description(),
        width: picture.width() as f64,
        height: picture.height() as f64,
        svg: picture.to_string(),
    };
    let caption = "Progress over time";
    Figure { caption, legend: Vec::new(), bars: Vec::new(), picture: Some(picture), note: None }
}

/// Parts one after another: a fill, a count and its words. `most` fills the whole length.
fn bar(
    name: String,
    parts: impl Iterator<Item = (&'static str, f64, String)>,
    most: f64,
) -> FigureBar {
    let scale = |count: f64| (count / most * LENGTH * 10.0).round() / 10.0;
    let mut from = 0.0;
    let (mut segments, mut words) = (Vec::new(), Vec::new());
    for (fill, count, word) in parts {
        segments.push(Segment { fill, from: scale(from), length: scale(count) });
        words.push(word);
        from += count;
    }
    let svg = Segments { parts: segments }.to_string();
    FigureBar { name, words: words.join(", "), svg }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_slips_are_drawn_first_and_few_and_the_others_are_counted() {
        let slip = |days: i64| Slippage { name: days.to_string(), moved: days, late: 2 * days };
        let drawn = |count| slippage((1..=count).map(slip).collect());
        let few = drawn(30);
        assert_eq!((few.bars.len(), few.note), (30, None));
        let many = drawn(2000);
        assert_eq!(many.bars.len(), 30);
        assert_eq!(many.bars[0].name, "2000");
        assert_eq!(many.bars[29].name, "1971");
        assert_eq!(many.note.unwrap(), "1970 more stand only in the table below.");
    }
}
