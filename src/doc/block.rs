//! The blocks of a document.

use super::{Figure, Line, Table};

/// A document as a list of blocks.
#[derive(Default)]
pub struct Doc(pub Vec<Block>);

/// A part of a document that begins on a new line, such as a paragraph or a table.
pub enum Block {
    /// A heading and its level, counted from 1.
    Heading(usize, Line),
    Paragraph(Line),
    /// A line that is never wrapped. It is shown on a screen only.
    Line(Line),
    /// A text that may have several paragraphs.
    Text(String),
    /// A text with a label to its left. The fields are the label, the indentation of the text on a screen in columns,
    /// and the text.
    Hanging(Line, usize, Line),
    Details(Vec<Detail>),
    /// A paragraph and its number.
    Numbered(usize, Line),
    /// The items of a numbered list.
    Items(Vec<Line>),
    /// The items of a bullet list.
    Bullets(Vec<Line>),
    /// A quotation that may have several paragraphs and lists.
    Quoted(String),
    Table(Table),
    /// A picture. The table after the picture has the same content, for screens and for readers who cannot see the
    /// picture.
    Figure(Figure),
    /// An empty line on a screen. On paper, blocks are separated without it.
    Gap,
    /// A horizontal line across the whole screen.
    Rule,
    /// Lines with a fixed layout, which are printed exactly as they are.
    Drawing(String),
    /// A block that is shown on one medium only.
    On(Medium, Box<Block>),
}

/// The medium on which a document is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Screen,
    /// Files to be read or printed: Markdown, HTML and Word.
    Paper,
}

/// A detail of an item: its name, its text, an explanation, and the dated entries that it comes from.
pub struct Detail {
    /// The name of the detail. It is empty if the previous detail has the same name.
    pub name: &'static str,
    pub words: Line,
    pub notes: Vec<String>,
    pub entries: Vec<String>,
    /// The medium on which alone the detail is shown. `None` if it is shown on both.
    pub only_on: Option<Medium>,
}

impl Doc {
    pub fn heading(&mut self, level: usize, words: impl Into<Line>) {
        self.0.push(Block::Heading(level, words.into()));
    }

    pub fn say(&mut self, words: impl Into<Line>) {
        self.0.push(Block::Paragraph(words.into()));
    }

    /// Adds a line that is never wrapped. It is shown on a screen only.
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

    /// Creates a detail for each text, all with the same name.
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
