//! The content of a Word file as a reader sees it.

use super::look::Hiding;

/// The content of a Word file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct WordFile {
    pub passages: Vec<Passage>,
    pub pictures: Vec<Shown>,
    pub hidden: Vec<Hidden>,
    /// The title and the description in the document properties.
    pub title: Option<String>,
    pub description: Option<String>,
}

/// A passage of a Word file.
#[derive(Debug, PartialEq, Eq)]
pub enum Passage {
    /// A paragraph: the name of its style in lower case, and its text on one line.
    Paragraph(String, String),
    /// A table: its rows of cells, with the headings first.
    Table(Vec<Vec<String>>),
    /// A footnote, a header or a footer.
    Margin(String),
}

/// A picture of the document.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The number of passages before the picture.
    pub after: usize,
    /// The description.
    pub words: String,
    /// The ids of the relations to its files.
    pub(super) relations: Vec<String>,
    /// The content of the PNG, or of another file with the picture's dots.
    pub dots: Vec<u8>,
    pub svg: Option<String>,
}

/// Content that a reader does not see.
#[derive(Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The number of passages before the content.
    pub after: usize,
    pub why: Hiding,
    pub words: String,
}
