//! Documents that are printed on a screen, in Markdown, in HTML or as a Word file. This module knows nothing about
//! plans.

mod block;
pub mod docx;
pub mod escape;
mod figure;
pub mod html;
mod line;
pub mod markdown;
mod quote;
pub mod scale;
pub mod screen;
pub mod style;
mod table;
mod terminal;
pub mod text;

pub use block::{Block, Detail, Doc, Medium};
pub use figure::{Figure, Key, Picture};
pub use line::{Datum, Line, Piece};
pub use quote::quotes;
pub use screen::Screen;
pub use table::{Column, Fit, Table};
pub use terminal::DAY;

/// The sign that stands for a missing value.
pub const ABSENT: &str = "–";

pub fn absent() -> String {
    ABSENT.to_owned()
}
