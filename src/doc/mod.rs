//! A document for people, and what it is printed with: styles, wrapping, tables, Markdown.

pub mod markdown;
pub mod style;
pub mod table;
pub mod text;

/// The screen that output is laid out for.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Its columns. `None` means that the output goes to no screen, and nothing is cut.
    pub width: Option<usize>,
}

/// Stands where there is nothing to tell.
pub const ABSENT: &str = "–";

pub fn absent() -> String {
    ABSENT.to_owned()
}
