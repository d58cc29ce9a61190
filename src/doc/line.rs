//! Text on one line. It consists of pieces that each output format prints in its own way.

use anstyle::Style;

use super::{
    ABSENT,
    style::{DONE, LATE, PLAIN, STRONG, push_painted},
    text::{capitalised, width},
};
use crate::model::to_single_line;

/// Text on one line.
#[derive(Debug, Clone, Default)]
pub struct Line(pub Vec<Piece>);

/// A piece of a line, which has the same look throughout.
#[derive(Debug, Clone)]
pub enum Piece {
    Words(String),
    /// Emphasised text.
    Strong(String),
    /// Text in a style. Its meaning never depends on the style, because some outputs have no colours.
    Styled(Style, String),
    /// Text that only the earlier of two versions has.
    Gone(String),
    /// Text that only the later of two versions has.
    New(String),
    Datum(Datum),
    /// A line break in a cell of a table; a space where a cell has only one line.
    Break,
}

/// A value printed in the text: a figure, a date, a name or a quotation.
#[derive(Debug, Clone)]
pub struct Datum {
    pub shown: String,
    /// The CSS class that the text gets on an HTML page.
    pub class: Option<&'static str>,
}

impl Datum {
    /// Creates a value that prints a text. If the text is empty, the value prints a dash.
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

    /// Returns the same text in one style.
    #[must_use]
    pub fn in_style(&self, style: Style) -> Self {
        Self::styled(style, self.plain())
    }

    /// Returns the style of the line, if the whole line has the same style.
    pub fn only_style(&self) -> Option<Style> {
        match self.0.as_slice() {
            [Piece::Styled(style, _)] => Some(*style),
            _ => None,
        }
    }

    /// Returns the line with its first letter as a capital.
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

    /// Checks whether paper output prints a coloured dot before a word of the line.
    pub fn has_dot(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Datum(Datum { class: Some(_), .. })))
    }

    /// Returns the width of the line on a screen, in columns.
    pub fn width(&self) -> usize {
        self.0.iter().map(Piece::width).sum()
    }

    /// Returns the text of the line for a screen, without styles.
    pub fn plain(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, piece| {
            piece.push(&mut text, |text, _, words| text.push_str(words));
            text
        })
    }

    /// Appends the text of the line for a screen, with its styles, to `text`.
    pub fn push_painted(&self, text: &mut String) {
        for piece in &self.0 {
            piece.push(text, push_painted);
        }
    }

    /// Returns the text of the line for a screen, with its styles.
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

    /// Appends the piece to `text` by means of the function `push`. Text that only one of two versions has gets marks,
    /// as in `[-two-]{+three+}`.
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
