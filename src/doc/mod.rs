//! A document for people, built once and printed on a screen, in Markdown and in HTML. It knows nothing of plans.

mod block;
mod figure;
pub mod html;
mod line;
pub mod markdown;
mod quote;
pub mod scale;
mod screen;
pub mod style;
mod table;
pub mod text;

pub use block::{Block, Detail, Doc, Medium};
pub use figure::{Figure, FigureBar, Key, Picture};
pub use line::{Line, Marked, Piece};
pub use screen::{DAY, Screen};
pub use table::{Column, Fit, Table};

/// Stands where there is nothing to tell.
pub const ABSENT: &str = "–";

pub fn absent() -> String {
    ABSENT.to_owned()
}
