//! Lays a paper out in Markdown or as one page of HTML.

use askama::Template;

use super::{
    Block, Column, Fact, Line, Piece, Report, Table,
    chart::Chart,
    question::{ItemField, Question},
};
use crate::{
    doc::markdown,
    model::{Colour, Keyword as _, paragraphs, to_single_line},
};

/// What a draft says of itself.
const DRAFT: &str = "The plan as it stands here is not committed to git, so the figures in this paper cannot be verified.";

/// The paper in Markdown.
///
/// # Errors
/// The template fails.
pub fn markdown(report: &Report) -> anyhow::Result<String> {
    Ok(Markdown { report }.render()? + "\n")
}

/// The paper as one page of HTML that needs nothing else.
///
/// # Errors
/// The template fails.
pub fn html(report: &Report) -> anyhow::Result<String> {
    Ok(Html { report }.render()? + "\n")
}

#[derive(Template)]
#[template(path = "report.md", escape = "none")]
struct Markdown<'p> {
    report: &'p Report,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Html<'p> {
    report: &'p Report,
}

/// A paragraph or an item of quoted text.
struct Quote {
    is_item: bool,
    /// It begins a run of items, or ends one.
    is_first: bool,
    is_last: bool,
    words: String,
}

/// Quoted text in paragraphs and items.
fn quotes(text: &str) -> Vec<Quote> {
    let paragraphs = paragraphs(text);
    let items: Vec<Option<&str>> = paragraphs.iter().map(|words| item(words)).collect();
    let is_item = |index: Option<usize>| {
        index.and_then(|index| items.get(index)).is_some_and(Option::is_some)
    };
    let quote = |(index, words): (usize, &String)| Quote {
        is_item: items[index].is_some(),
        is_first: !is_item(index.checked_sub(1)),
        is_last: !is_item(Some(index + 1)),
        words: items[index].unwrap_or(words).to_owned(),
    };
    paragraphs.iter().enumerate().map(quote).collect()
}

/// The words of an item of a list.
fn item(paragraph: &str) -> Option<&str> {
    let dashed = || paragraph.strip_prefix("- ").or_else(|| paragraph.strip_prefix("* "));
    paragraph.strip_prefix('•').or_else(dashed).map(str::trim_start)
}

impl Fact {
    /// The class of a colour's word.
    fn colour(&self) -> Option<&str> {
        let is_colour = matches!(&self.question, Question::Item(_, ItemField::Colour));
        Some(self.shown.as_str()).filter(|word| is_colour && Colour::from_word(word).is_some())
    }

    /// The words on one line.
    fn words(&self) -> String {
        to_single_line(&self.shown)
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes(&self.shown)
    }
}

impl Line {
    /// The words without marks.
    fn plain(&self) -> String {
        let words = self.0.iter().map(|piece| match piece {
            Piece::Words(words) | Piece::Strong(words) => words.clone(),
            Piece::Fact(fact) => fact.words(),
        });
        words.collect()
    }

    /// Whether it fills several lines of a table's cell.
    fn is_long(&self) -> bool {
        const LETTERS: usize = 80;
        self.plain().chars().count() > LETTERS
    }

    fn markdown(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Words(words) => markdown::escape_letters(words),
            Piece::Strong(words) => format!("**{}**", markdown::escape_letters(words)),
            Piece::Fact(Fact { number, question, shown }) => {
                let shown = markdown::escape(shown);
                format!("<span data-plan=\"{number} {question}\">{shown}</span>")
            }
        });
        pieces.collect()
    }
}

impl Quote {
    /// In Markdown: what would begin a list or a rule is shown as it is.
    fn markdown(&self) -> String {
        let escaped = markdown::escape(&self.words);
        let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after = escaped[digits..].chars().next();
        match after {
            Some('.' | ')') if digits > 0 => {
                format!("{}\\{}", &escaped[..digits], &escaped[digits..])
            }
            Some('+' | '-' | '=') if digits == 0 => format!("\\{escaped}"),
            _ => escaped,
        }
    }
}

impl Table {
    /// Whether it stands on one page of paper.
    fn is_short(&self) -> bool {
        const ROWS: usize = 8;
        self.rows.len() <= ROWS
    }

    /// The cells of a row with their columns.
    fn cells<'t>(&'t self, row: &'t [Line]) -> impl Iterator<Item = (&'t Column, &'t Line)> {
        self.columns.iter().zip(row)
    }
}

impl Column {
    fn rule(&self) -> &'static str {
        if self.is_number { "---:" } else { "---" }
    }
}
