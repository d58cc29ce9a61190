//! The blocks of a document.

use super::{Figure, Line, Table};

/// A document, block after block.
#[derive(Default)]
pub struct Doc(pub Vec<Block>);

/// A part of a document that begins on a line of its own.
pub enum Block {
    /// A heading and its level, counted from 1.
    Heading(usize, Line),
    Paragraph(Line),
    /// A line that is never wrapped, on a screen only.
    Line(Line),
    /// Text with its own paragraphs.
    Text(String),
    /// Words after others that hang out to the left of them; how far they are set in on a screen.
    Hanging(Line, usize, Line),
    Details(Vec<Detail>),
    /// A paragraph with its number.
    Numbered(usize, Line),
    /// The numbered items of a list.
    Items(Vec<Line>),
    /// Items without numbers.
    Bullets(Vec<Line>),
    /// Quoted text with its own paragraphs and lists.
    Quoted(String),
    Table(Table),
    /// A picture; the table that follows it says the same in words and numbers.
    Figure(Figure),
    /// An empty line on a screen. On paper all blocks stand apart.
    Gap,
    /// A line across the screen.
    Rule,
    /// Lines that are laid out already.
    Drawing(String),
    /// A block that only one medium shows.
    On(Medium, Box<Block>),
}

/// The surface that a document is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Screen,
    /// Markdown and HTML.
    Paper,
}

/// A fact with its name, what explains it, and the dated entries that tell of it.
pub struct Detail {
    /// Empty where it is another fact of the name before.
    pub name: &'static str,
    pub words: Line,
    pub notes: Vec<String>,
    pub entries: Vec<String>,
    /// The only medium that shows it.
    pub only_on: Option<Medium>,
}

impl Doc {
    pub fn heading(&mut self, level: usize, words: impl Into<Line>) {
        self.0.push(Block::Heading(level, words.into()));
    }

    pub fn say(&mut self, words: impl Into<Line>) {
        self.0.push(Block::Paragraph(words.into()));
    }

    /// A line that is never wrapped, on a screen only.
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

    /// Details that share a name.
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
