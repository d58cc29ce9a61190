//! The content of a Word file: visible text and pictures, and hidden content.

use super::look::Hiding;

/// The visible and the hidden content of a Word file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct WordFile {
    pub passages: Vec<Passage>,
    pub pictures: Vec<Shown>,
    pub hidden: Vec<Hidden>,
    /// The title in the document properties.
    pub title: Option<String>,
    /// The description in the document properties.
    pub description: Option<String>,
}

/// A passage of a Word file: a paragraph, a table, or a line from a note, header or footer.
#[derive(Debug, PartialEq, Eq)]
pub enum Passage {
    /// A paragraph: the name of its style in lower case, and its text on one line.
    Paragraph(String, String),
    /// A table as rows of cells. The first row has the headings.
    Table(Vec<Vec<String>>),
    /// A line of text from a footnote, endnote, header or footer.
    Margin(String),
}

/// A picture in a Word file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The number of passages before the picture.
    pub after: usize,
    /// The description of the picture.
    pub words: String,
    /// The ids by which the document refers to the picture's files.
    pub(super) relations: Vec<String>,
    /// The bytes of the picture's bitmap file, which is usually a PNG.
    pub dots: Vec<u8>,
    pub svg: Option<String>,
}

/// Content of a Word file that a reader does not see.
#[derive(Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The number of passages before the hidden content.
    pub after: usize,
    pub why: Hiding,
    pub words: String,
}
