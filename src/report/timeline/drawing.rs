//! A drawing of the timeline: its lines, its symbols and its legend.

use askama::Template;

use crate::doc::{Figure, Key, Picture};

/// The fill colours of the bars. The colours differ not only in hue but also in lightness.
pub const DONE: &str = "#1d5c37";
pub const AGREED: &str = "#5f7285";
pub const MOVING: &str = "#4d8fc4";
pub const LATE: &str = "#b3261e";
/// The dimensions of a drawing in pixels: the width, the left and right end of the time axis, the top margin, and the
/// height of a line.
pub const WIDTH: f64 = 720.0;
pub const LEFT: f64 = 210.0;
pub const RIGHT: f64 = 690.0;
pub const TOP: f64 = 28.0;
pub const LINE: f64 = 22.0;
/// The maximum number of meetings that are drawn as lines. If there are more meetings, no lines are drawn, because they
/// would hide the bars.
const MOST_MEETING_LINES: usize = 40;

/// A drawing of a timeline, or of a part of a long timeline.
#[derive(Template)]
#[template(path = "timeline.svg")]
pub struct TimelinePicture {
    pub description: String,
    pub as_of_words: String,
    /// The y position of the lower end of the bars.
    pub bottom: f64,
    /// The x position and the text of each date above the bars.
    pub ticks: Vec<(f64, String)>,
    pub meetings: Vec<f64>,
    pub as_of: f64,
    pub lines: Vec<TimelineLine>,
    /// A sentence with the number of items that are not drawn.
    pub note: Option<String>,
    /// True if each bar stands for an area, and not for a recommendation.
    pub is_by_area: bool,
}

/// A line of the drawing: a heading with the name of an area, or the name and the bar of an item or area.
#[derive(Default)]
pub struct TimelineLine {
    pub y: f64,
    pub words: String,
    pub is_heading: bool,
    /// The parts of the bar, each with its fill colour, x position and length.
    pub strokes: Vec<(&'static str, f64, f64)>,
    /// The marks on the bar, each with its symbol, x position and y position.
    pub marks: Vec<(&'static str, f64, f64)>,
    /// The x position and the words of the text that replaces an empty bar.
    pub beside: Option<(f64, String)>,
}

/// The SVG shape of a symbol around the point 0, 0, and its meaning in the legend.
pub type Symbol = (&'static str, &'static str);

pub const DEADLINE: Symbol = (r##"<path fill="#1b1b1b" d="M0-6L6 0L0 6L-6 0Z"/>"##, "due date");
pub const ORIGINAL: Symbol = (
    r##"<path fill="#fff" stroke="#1b1b1b" stroke-width="1.2" d="M0-5L5 0L0 5L-5 0Z"/>"##,
    "original due date",
);
pub const REVISED: Symbol = (
    r##"<path fill="#fff" stroke="#1b1b1b" stroke-width="1.2" d="M0-3L3 0L0 3L-3 0Z"/>"##,
    "due date of an earlier extension",
);
pub const REVIEW: Symbol =
    (r##"<circle fill="#fff" stroke="#1b1b1b" stroke-width="1.2" r="4"/>"##, "review due");
pub const REQUESTED: Symbol = (
    r##"<path fill="#fff" stroke="#4d8fc4" stroke-width="1.5" stroke-dasharray="2 1.5" d="M0-6L6 0L0 6L-6 0Z"/>"##,
    "requested due date",
);
pub const COMPLETE: Symbol =
    (r##"<path fill="none" stroke="#1b1b1b" stroke-width="2.5" d="M-5 1L-1 5L6-4"/>"##, "complete");
pub const ENDED: Symbol = (
    r##"<path fill="none" stroke="#1b1b1b" stroke-width="2.5" d="M-4-4L4 4M4-4L-4 4"/>"##,
    "superseded or not pursued",
);
pub const ENDLESS: Symbol = (r##"<path fill="#1b1b1b" d="M-3-6L6 0L-3 6Z"/>"##, "ongoing");
pub const MEETING: &str = r##"<path fill="#1b1b1b" d="M0-5L5 4H-5Z"/>"##;
const AS_OF: &str = r##"<path stroke="#b3261e" stroke-width="1.5" d="M0-7V7"/>"##;

impl TimelinePicture {
    /// Returns the legend, which explains the colours and symbols in the drawing.
    pub fn legend(&self) -> Vec<Key> {
        let strokes = || self.lines.iter().flat_map(|line| &line.strokes);
        let marks = || self.lines.iter().flat_map(|line| &line.marks);
        let (agreed, late) = match self.is_by_area {
            true => ("until the last due date", "after the first missed due date"),
            false => ("until the original due date", "overdue"),
        };
        let done = "until the original due date (work complete)";
        let fills = [(AGREED, agreed), (DONE, done), (MOVING, "extended"), (LATE, late)];
        let fills = fills.into_iter().filter(|(fill, _)| strokes().any(|(one, ..)| one == fill));
        let symbols = [DEADLINE, ORIGINAL, REVISED, REVIEW, REQUESTED, COMPLETE, ENDED, ENDLESS];
        let symbols =
            symbols.into_iter().filter(|(shape, _)| marks().any(|(one, ..)| one == shape));
        let meeting = self.meetings.first().map(|_| Key::new(MEETING, "meeting"));
        fills
            .map(|(fill, words)| Key::fill(fill, words))
            .chain(symbols.map(|(shape, words)| Key::new(shape, words)))
            .chain(meeting)
            .chain([Key::new(AS_OF, format!("as of {}", self.as_of_words))])
            .collect()
    }

    /// Returns the x positions of the lines for meetings. There are none if there are too many meetings.
    fn meeting_lines(&self) -> &[f64] {
        if self.meetings.len() > MOST_MEETING_LINES { &[] } else { &self.meetings }
    }

    pub fn height(&self) -> f64 {
        self.bottom + LINE
    }

    pub fn figure(self) -> Figure {
        let (svg, height) = (self.to_string(), self.height());
        let legend = self.legend();
        let picture = Picture { description: self.description, width: WIDTH, height, svg };
        Figure { caption: "Timeline", legend, picture, note: self.note }
    }
}
