//! Text on one line, in pieces that each renderer prints in its own way.

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

/// A piece of a line, with the way in which it is shown.
#[derive(Debug, Clone)]
pub enum Piece {
    Words(String),
    /// Emphasised text.
    Strong(String),
    /// Text in a style. The style only supports the text, because some outputs have no colours.
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
    /// The CSS class of the text on an HTML page.
    pub class: Option<&'static str>,
}

impl Datum {
    /// Creates a value from text, or a dash if the text is empty.
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

    /// Returns the style, if the whole line has the same style.
    pub fn only_style(&self) -> Option<Style> {
        match self.0.as_slice() {
            [Piece::Styled(style, _)] => Some(*style),
            _ => None,
        }
    }

    /// Returns the line with a capital at its beginning.
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

    /// Checks whether a coloured dot is printed before a word of the line on paper.
    pub fn has_dot(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Datum(Datum { class: Some(_), .. })))
    }

    /// Returns the width on a screen in columns.
    pub fn width(&self) -> usize {
        self.0.iter().map(Piece::width).sum()
    }

    /// Returns the text for a screen, without styles.
    pub fn plain(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, piece| {
            piece.push(&mut text, |text, _, words| text.push_str(words));
            text
        })
    }

    /// Writes the text for a screen, with its styles.
    pub fn push_painted(&self, text: &mut String) {
        for piece in &self.0 {
            piece.push(text, push_painted);
        }
    }

    /// Returns the text for a screen, with its styles.
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

    /// Writes the piece with the function `push`. Text that differs between versions gets marks: `[-two-]{+three+}`.
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
