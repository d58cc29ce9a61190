//! The committee paper as typed data: words that are the clerk's, and facts that answer a [`Question`]. Pure.

mod answer;
mod appendix;
mod builder;
mod burnup;
mod chart;
mod head;
mod marks;
mod question;
mod recommendations;
mod render;
mod source;
mod supporting_information;
mod tables;
mod timeline;
mod verify;
mod words;

use crate::{model::printable, output::words::capitalised};
pub use answer::Answer;
pub use builder::write;
pub use burnup::drawn as days_drawn;
use chart::Chart;
use head::digest;
pub use head::{Head, Origin};
pub use marks::{Broken, Mark, Marks, read, read_html, read_markdown};
pub use question::{NotAQuestion, Question};
pub use render::{html, markdown};
pub use source::{Source, Span};
pub use verify::{days_known, differences, losses};

/// A paper, ready to be laid out.
pub struct Report {
    pub head: Head,
    pub title: Line,
    /// The words above it: of which meeting it is, and what it is about.
    pub contents: Line,
    /// Report, date, by.
    pub header: Vec<(&'static str, Line)>,
    pub parts: Vec<Part>,
}

impl Report {
    /// Gives each fact its number, and the head what proves that none is lost or in another's place.
    fn number(&mut self) {
        let mut questions = Vec::new();
        for (position, fact) in self.facts().into_iter().enumerate() {
            fact.number = position + 1;
            questions.push(fact.question.to_string());
        }
        self.head.facts = questions.len();
        self.head.digest = digest(questions.iter().map(String::as_str));
    }

    /// The questions of its facts in the order of their numbers.
    pub fn questions(&mut self) -> Vec<String> {
        self.facts().into_iter().map(|fact| fact.question.to_string()).collect()
    }

    /// Its facts in the order in which both layouts have them.
    fn facts(&mut self) -> Vec<&mut Fact> {
        let header = self.header.iter_mut().map(|(_, value)| value);
        let lines = [&mut self.title, &mut self.contents].into_iter().chain(header);
        let parts = self.parts.iter_mut().flat_map(|part| {
            part.heading.facts().chain(part.blocks.iter_mut().flat_map(Block::facts))
        });
        lines.flat_map(Line::facts).chain(parts).collect()
    }

    /// The words at the end: what the figures come from, and how they are verified.
    pub fn provenance(&self) -> Line {
        let origins = self.head.origins.iter().map(|Origin { path, commit, .. }| match commit {
            Some(commit) => {
                format!("{} at commit {}", printable(path), commit.get(..10).unwrap_or(commit))
            }
            None => format!("{}, not committed", printable(path)),
        });
        let origins = words::list(&origins.collect::<Vec<_>>());
        let verify = match self.head.is_draft() {
            true => "",
            false => " plan report --verify derives them again.",
        };
        line![format!("The figures and quotations in this paper come from {origins}.{verify}")]
    }
}

/// A part of a paper under a heading.
pub struct Part {
    pub heading: Line,
    /// It begins on a page of its own.
    pub on_new_page: bool,
    pub blocks: Vec<Block>,
}

/// What a part consists of.
pub enum Block {
    Heading(Line),
    Subheading(Line),
    Paragraph(Line),
    /// A paragraph with its number.
    Numbered(usize, Line),
    /// The numbered items of a list.
    Items(Vec<Line>),
    /// Items without numbers.
    Bullets(Vec<Line>),
    /// Quoted text with its own paragraphs and lists.
    Quoted(Fact),
    Table(Table),
    Chart(Chart),
}

impl Block {
    fn facts(&mut self) -> Vec<&mut Fact> {
        match self {
            Self::Heading(line)
            | Self::Subheading(line)
            | Self::Paragraph(line)
            | Self::Numbered(_, line) => line.facts().collect(),
            Self::Items(lines) | Self::Bullets(lines) => {
                lines.iter_mut().flat_map(Line::facts).collect()
            }
            Self::Quoted(fact) => vec![fact],
            Self::Table(Table { caption, rows, .. }) => {
                caption.facts().chain(rows.iter_mut().flatten().flat_map(Line::facts)).collect()
            }
            Self::Chart(_) => Vec::new(),
        }
    }
}

pub struct Table {
    pub caption: Line,
    pub columns: Vec<Column>,
    /// The first cell of a row names it.
    pub rows: Vec<Vec<Line>>,
}

pub struct Column {
    pub heading: String,
    pub is_number: bool,
}

/// Words and facts on one line.
#[derive(Debug, Clone, Default)]
pub struct Line(pub Vec<Piece>);

#[derive(Debug, Clone)]
pub enum Piece {
    Words(String),
    /// The one word that a committee must not miss.
    Strong(String),
    Fact(Fact),
}

/// A figure or quoted words, with the question they answer.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its place in the paper, counted from 1.
    number: usize,
    pub question: Question,
    /// As it is printed.
    pub shown: String,
}

impl Fact {
    pub fn new(question: Question, shown: String) -> Self {
        Self { number: 0, question, shown }
    }
}

impl Line {
    fn facts(&mut self) -> impl Iterator<Item = &mut Fact> {
        self.0.iter_mut().filter_map(|piece| match piece {
            Piece::Fact(fact) => Some(fact),
            Piece::Words(_) | Piece::Strong(_) => None,
        })
    }

    /// The line with more at its end.
    #[must_use]
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// The line as a sentence begins.
    #[must_use]
    pub fn capital(mut self) -> Self {
        let (Piece::Words(first) | Piece::Strong(first) | Piece::Fact(Fact { shown: first, .. })) =
            match self.0.first_mut() {
                Some(piece) => piece,
                None => return self,
            };
        *first = capitalised(first);
        self
    }
}

impl From<&str> for Line {
    fn from(words: &str) -> Self {
        Self(vec![Piece::Words(words.to_owned())])
    }
}

impl From<String> for Line {
    fn from(words: String) -> Self {
        Self(vec![Piece::Words(words)])
    }
}

impl From<Fact> for Line {
    fn from(fact: Fact) -> Self {
        Self(vec![Piece::Fact(fact)])
    }
}

/// A line of parts: words, facts, lines.
macro_rules! line {
    ($($part:expr),* $(,)?) => { $crate::report::Line::default()$(.and($part))* };
}
use line;
