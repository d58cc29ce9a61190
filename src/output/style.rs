//! Colours: they support what the words say and never carry it. Only the sixteen a user's theme defines.

use anstyle::{AnsiColor, Style};

use crate::{
    model::{Colour, Timing},
    query::{Progress, Row},
};

pub const ERROR: Style = AnsiColor::Red.on_default().bold();
pub const HELP: Style = AnsiColor::Cyan.on_default().bold();
pub const STRONG: Style = Style::new().bold();
pub const FAINT: Style = Style::new().dimmed();
pub const DONE: Style = AnsiColor::Green.on_default();
pub const MOVING: Style = AnsiColor::Blue.on_default();
pub const LATE: Style = AnsiColor::Red.on_default().bold();
pub const SOON: Style = AnsiColor::Yellow.on_default();
pub const STALE: Style = AnsiColor::Magenta.on_default();
pub const PLAIN: Style = Style::new();

/// `text` in `style`.
pub fn paint(style: Style, text: &str) -> String {
    if style == PLAIN || text.is_empty() {
        text.to_owned()
    } else {
        format!("{style}{text}{style:#}")
    }
}

/// Every line of `text` in `style`.
pub fn paint_lines(style: Style, text: &str) -> String {
    text.lines().map(|line| format!("{}\n", paint(style, line))).collect()
}

/// The style of a row's timing.
pub fn of_timing(row: &Row<'_>) -> Style {
    match row.timing() {
        Some(Timing::Overdue) => LATE,
        _ if row.is_at_risk() => SOON,
        Some(Timing::DueSoon) => SOON,
        Some(Timing::OnTime) => DONE,
        Some(Timing::Undated) if row.stale().is_some() || row.has_no_date() => STALE,
        Some(Timing::Late | Timing::NotDue | Timing::Undated) | None => PLAIN,
    }
}

/// The style of a colour; its word stands beside it.
pub fn of_colour(colour: Colour) -> Style {
    match colour {
        Colour::Red => LATE,
        Colour::Amber => SOON,
        Colour::Green => DONE,
    }
}

/// The style of a row's progress.
pub fn of_progress(row: &Row<'_>) -> Style {
    match row.progress() {
        Progress::Complete => DONE,
        Progress::InProgress => MOVING,
        Progress::Superseded | Progress::NotPursued | Progress::Rejected => FAINT,
        Progress::NotStarted => PLAIN,
    }
}
