//! From a view to text: pure functions, one file an output. Styles are always written; the stream drops them.

pub mod changes;
pub mod csv;
pub mod faults;
pub mod json;
pub mod list;
pub mod markdown;
pub mod show;
pub mod status;
mod style;
mod table;
mod words;

use crate::model::{fold, is_forbidden, vocabulary};

pub use style::{ERROR, HELP};

vocabulary! {
    /// How an answer is printed.
    Format {
        Table = "table",
        Json = "json",
        Csv = "csv",
        Markdown = "markdown",
    }
}

/// What output is laid out for.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Columns.
    pub width: usize,
}

/// Text from outside, made safe to print on one line: no control reaches a terminal.
pub fn printable(text: &str) -> String {
    fold(text).replace(is_forbidden, "\u{fffd}")
}
