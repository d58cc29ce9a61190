//! The blocks of a document, such as headings, paragraphs and tables.

use super::{Figure, Line, Table};

/// A document as a list of blocks.
#[derive(Default)]
pub struct Doc(pub Vec<Block>);

/// A part of a document that begins on a new line, such as a paragraph or a table.
pub enum Block {
    /// A heading. The number is its level; level 1 is the title of the document.
    Heading(usize, Line),
    Paragraph(Line),
    /// A line that is shown on a screen only, and is never wrapped.
    Line(Line),
    /// A text that may have several paragraphs.
    Text(String),
    /// A label, a number of columns and a text. A screen shows the label to the left of the text, and indents the
    /// wrapped lines of the text by this number of columns. A file shows only the text.
    Hanging(Line, usize, Line),
    Details(Vec<Detail>),
    /// A paragraph with a number before it.
    Numbered(usize, Line),
    /// The items of a numbered list.
    Items(Vec<Line>),
    /// The items of a bullet list.
    Bullets(Vec<Line>),
    /// A quotation. It may have several paragraphs and lists.
    Quoted(String),
    Table(Table),
    /// A picture of facts that a table in the document also shows.
    Figure(Figure),
    /// An empty line, which is shown on a screen only.
    Gap,
    /// A horizontal line across the whole screen.
    Rule,
    /// Lines that a screen shows exactly as they are.
    Drawing(String),
    /// A block that is shown on one medium only.
    On(Medium, Box<Block>),
}

/// The medium on which a document is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Screen,
    /// A file in Markdown, HTML or Word format.
    Paper,
}

/// A named fact, such as the owner or the due date, with explanatory notes and dated entries.
pub struct Detail {
    /// The name of the detail, or an empty text if the detail has the same name as the detail before it.
    pub name: &'static str,
    pub words: Line,
    pub notes: Vec<String>,
    pub entries: Vec<String>,
    /// The only medium that shows the detail. `None` if both media show the detail.
    pub only_on: Option<Medium>,
}

impl Doc {
    pub fn heading(&mut self, level: usize, words: impl Into<Line>) {
        self.0.push(Block::Heading(level, words.into()));
    }

    pub fn say(&mut self, words: impl Into<Line>) {
        self.0.push(Block::Paragraph(words.into()));
    }

    /// Adds a line that is shown on a screen only, and is never wrapped.
    pub fn line(&mut self, words: impl Into<Line>) {
        self.0.push(Block::Line(words.into()));
    }

    pub fn gap(&mut self) {
        self.0.push(Block::Gap);
    }

    pub fn table(&mut self, table: Table) {
        self.0.push(Block::Table(table));
    }

    pub fn on(&mut self, medium: Medium, block: Block) {
        self.0.push(Block::On(medium, Box::new(block)));
    }
}

impl Detail {
    pub fn new(name: &'static str, words: impl Into<Line>) -> Self {
        let words = words.into();
        Self { name, words, notes: Vec::new(), entries: Vec::new(), only_on: None }
    }

    /// Creates a detail for each of the texts. Only the first detail gets the name; the others get an empty name.
    pub fn several(name: &'static str, words: impl IntoIterator<Item = String>) -> Vec<Self> {
        let names = std::iter::once(name).chain(std::iter::repeat(""));
        names.zip(words).map(|(name, words)| Self::new(name, words)).collect()
    }

    #[must_use]
    pub fn explained(self, notes: impl IntoIterator<Item = String>) -> Self {
        Self { notes: notes.into_iter().collect(), ..self }
    }

    #[must_use]
    pub fn with_entries(self, entries: impl IntoIterator<Item = String>) -> Self {
        Self { entries: entries.into_iter().collect(), ..self }
    }

    #[must_use]
    pub fn only_on(self, medium: Medium) -> Self {
        Self { only_on: Some(medium), ..self }
    }
}
