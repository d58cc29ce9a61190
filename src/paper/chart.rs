//! Charts as shapes on a line of a hundred: where each part of a bar begins, and how long it is.

use super::{ProgressBar, SlippageBar, words::plural};

/// A chart, ready to be drawn.
pub struct Drawing {
    pub caption: &'static str,
    /// The parts that bars have: a class and its word.
    pub legend: Vec<(&'static str, &'static str)>,
    pub bars: Vec<Bar>,
}

/// One bar, with its words before and after it.
pub struct Bar {
    pub name: String,
    pub words: String,
    pub parts: Vec<Segment>,
}

pub struct Segment {
    pub class: &'static str,
    pub from: f64,
    pub length: f64,
}

/// The progress of groups.
pub fn progress(bars: &[ProgressBar]) -> Drawing {
    let most = bars.iter().map(ProgressBar::total).max().unwrap_or(0);
    let legend = [
        ("done", "complete"),
        ("moving", "in progress"),
        ("waiting", "not started"),
        ("dropped", "superseded, not pursued or rejected"),
    ];
    let has_dropped = bars.iter().any(|bar| bar.other > 0);
    Drawing {
        caption: "Progress, a bar for each",
        legend: legend.into_iter().take(if has_dropped { 4 } else { 3 }).collect(),
        bars: bars.iter().map(|bar| bar.drawing(most)).collect(),
    }
}

/// How far dates slipped.
pub fn slippage(bars: &[SlippageBar]) -> Drawing {
    let most = bars.iter().map(|bar| bar.moved + bar.late).max().unwrap_or(0);
    Drawing {
        caption: "Days from the date first agreed",
        legend: vec![("waiting", "the date was moved"), ("late", "past the date in force")],
        bars: bars.iter().map(|bar| bar.drawing(most)).collect(),
    }
}

impl ProgressBar {
    fn total(&self) -> usize {
        self.complete + self.in_progress + self.not_started + self.other
    }

    fn drawing(&self, most: usize) -> Bar {
        let parts = [
            ("done", self.complete, "complete"),
            ("moving", self.in_progress, "in progress"),
            ("waiting", self.not_started, "not started"),
            ("dropped", self.other, "not to be done"),
        ];
        let there = parts.into_iter().filter(|(_, count, _)| *count > 0);
        let words = there.clone().map(|(_, count, word)| format!("{count} {word}"));
        Bar {
            name: self.name.clone(),
            words: words.collect::<Vec<_>>().join(", "),
            parts: segments(there.map(|(class, count, _)| (class, count as f64)), most as f64),
        }
    }
}

impl SlippageBar {
    fn drawing(&self, most: i64) -> Bar {
        let days = |count: i64| plural(usize::try_from(count).unwrap_or(2), "day", "days");
        let parts = [("waiting", self.moved, "moved"), ("late", self.late, "late")];
        let there = parts.into_iter().filter(|(_, count, _)| *count > 0);
        let words = there.clone().map(|(_, count, word)| match word {
            "moved" => format!("moved {count} {}", days(count)),
            _ => format!("{count} {} late", days(count)),
        });
        Bar {
            name: format!("Recommendation {}", self.name),
            words: words.collect::<Vec<_>>().join(", "),
            parts: segments(there.map(|(class, count, _)| (class, count as f64)), most as f64),
        }
    }
}

/// Parts one after another, on a line of a hundred where the longest bar takes it all.
fn segments(parts: impl Iterator<Item = (&'static str, f64)>, most: f64) -> Vec<Segment> {
    let scale = |count: f64| if most > 0.0 { (count / most * 1000.0).round() / 10.0 } else { 0.0 };
    let mut from = 0.0;
    parts
        .map(|(class, count)| {
            let segment = Segment { class, from: scale(from), length: scale(count) };
            from += count;
            segment
        })
        .collect()
}
