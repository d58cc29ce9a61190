//! A line of text that consists of pieces, such as plain text or a date. Each output format prints the pieces in its
//! own way.

use anstyle::Style;

use super::{
    ABSENT,
    style::{DONE, LATE, PLAIN, STRONG, push_painted},
    text::{capitalised, width},
};
use crate::model::to_single_line;

/// A line of text, as a list of pieces.
#[derive(Debug, Clone, Default)]
pub struct Line(pub Vec<Piece>);

/// A piece of a line. All text of the piece has the same look.
#[derive(Debug, Clone)]
pub enum Piece {
    Words(String),
    /// Emphasised text.
    Strong(String),
    /// Text in a style, such as a colour. Some output formats print the text without the style.
    Styled(Style, String),
    /// Deleted text in a comparison of two versions.
    Gone(String),
    /// Added text in a comparison of two versions.
    New(String),
    Datum(Datum),
    /// A line break in a table cell. If an output format does not allow several lines in a cell, a space is printed
    /// instead.
    Break,
}

/// A value in the text, such as a number, a date, a name or a quotation.
#[derive(Debug, Clone)]
pub struct Datum {
    pub shown: String,
    /// The CSS class that the value gets on an HTML page.
    pub class: Option<&'static str>,
}

impl Datum {
    /// Creates a value that shows a text. If the text is empty, the value shows a dash.
    pub fn new(shown: impl Into<String>) -> Self {
        let shown: String = shown.into();
        let shown = if shown.trim().is_empty() { ABSENT.to_owned() } else { shown };
        Self { shown, class: None }
    }

    pub fn optional(shown: Option<impl Into<String>>) -> Self {
        shown.map_or_else(Self::default, Self::new)
    }

    pub fn is_absent(&self) -> bool {
        self.shown == ABSENT
    }
}

impl Default for Datum {
    fn default() -> Self {
        Self::new("")
    }
}

impl Line {
    /// Creates a line of text in one style.
    pub fn styled(style: Style, words: impl Into<String>) -> Self {
        Self(vec![Piece::Styled(style, words.into())])
    }

    /// Creates a line of emphasised text.
    pub fn strong(words: &str) -> Self {
        Self(vec![Piece::Strong(words.to_owned())])
    }

    /// Returns the line with `more` at its end.
    #[must_use]
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// Returns a line with the same text, all of it in the style `style`.
    #[must_use]
    pub fn in_style(&self, style: Style) -> Self {
        Self::styled(style, self.plain())
    }

    /// Returns the style of a line that consists of one styled piece. Returns `None` for any other line.
    pub fn only_style(&self) -> Option<Style> {
        match self.0.as_slice() {
            [Piece::Styled(style, _)] => Some(*style),
            _ => None,
        }
    }

    /// Returns the line with a capital first letter.
    #[must_use]
    pub fn capital(mut self) -> Self {
        if let Some(
            Piece::Words(first)
            | Piece::Strong(first)
            | Piece::Styled(_, first)
            | Piece::Gone(first)
            | Piece::New(first)
            | Piece::Datum(Datum { shown: first, .. }),
        ) = self.0.first_mut()
        {
            *first = capitalised(first);
        }
        self
    }

    /// Checks whether the line may get a coloured dot in a Word file. Only a value with a CSS class can get such a dot.
    pub fn has_dot(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Datum(Datum { class: Some(_), .. })))
    }

    /// Returns the width of the line on a screen, in columns.
    pub fn width(&self) -> usize {
        self.0.iter().map(Piece::width).sum()
    }

    /// Returns the text of the line, without styles.
    pub fn plain(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, piece| {
            piece.push(&mut text, |text, _, words| text.push_str(words));
            text
        })
    }

    /// Appends the text of the line to `text`, with the escape codes of its styles.
    pub fn push_painted(&self, text: &mut String) {
        for piece in &self.0 {
            piece.push(text, push_painted);
        }
    }

    /// Returns the text of the line, with the escape codes of its styles.
    pub fn painted(&self) -> String {
        let mut text = String::new();
        self.push_painted(&mut text);
        text
    }
}

impl Piece {
    fn width(&self) -> usize {
        match self {
            Self::Words(words) | Self::Strong(words) | Self::Styled(_, words) => width(words),
            Self::Datum(datum) => width(&datum.shown),
            Self::Gone(words) | Self::New(words) => width(words) + 4,
            Self::Break => 1,
        }
    }

    /// Appends the piece to `text` with the function `push`. Deleted and added texts are marked, as in
    /// `[-two-]{+three+}`.
    fn push(&self, text: &mut String, push: fn(&mut String, Style, &str)) {
        match self {
            Self::Words(words) => push(text, PLAIN, words),
            Self::Strong(words) => push(text, STRONG, words),
            Self::Styled(style, words) => push(text, *style, words),
            Self::Datum(datum) => push(text, PLAIN, &to_single_line(&datum.shown)),
            Self::Gone(words) => push(text, LATE, &format!("[-{words}-]")),
            Self::New(words) => push(text, DONE, &format!("{{+{words}+}}")),
            Self::Break => text.push(' '),
        }
    }
}

impl From<Datum> for Line {
    fn from(datum: Datum) -> Self {
        Self(vec![Piece::Datum(datum)])
    }
}

impl From<&str> for Line {
    fn from(words: &str) -> Self {
        Self::from(words.to_owned())
    }
}

impl From<String> for Line {
    fn from(words: String) -> Self {
        Self(vec![Piece::Words(words)])
    }
}
