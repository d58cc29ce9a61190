//! The styles of table cells, which depend on the timing, the progress or the RAG colour of a row.

use anstyle::Style;

use crate::{
    doc::style::{DONE, FAINT, LATE, MOVING, PLAIN, SOON, STALE},
    model::{Colour, Timing},
    query::{Progress, Row},
};

/// Returns the style for the cell with the timing of a row.
pub fn of_timing(row: &Row<'_>) -> Style {
    match row.own.timing {
        Some(Timing::Overdue) => LATE,
        _ if row.is_at_risk() => SOON,
        Some(Timing::DueSoon) => SOON,
        Some(Timing::OnTime) => DONE,
        Some(Timing::Undated) if row.own.stale.is_some() || row.has_no_date() => STALE,
        Some(Timing::Late | Timing::NotDue | Timing::Undated) | None => PLAIN,
    }
}

/// Returns the style for a RAG colour (red, amber or green).
pub fn of_colour(colour: Colour) -> Style {
    match colour {
        Colour::Red => LATE,
        Colour::Amber => SOON,
        Colour::Green => DONE,
    }
}

/// Returns the style for the cell with the progress of a row.
pub fn of_progress(row: &Row<'_>) -> Style {
    match row.progress() {
        Progress::Complete => DONE,
        Progress::InProgress => MOVING,
        Progress::Superseded | Progress::NotPursued | Progress::Rejected => FAINT,
        Progress::NotStarted => PLAIN,
    }
}
