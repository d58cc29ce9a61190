//! Words on one line, in pieces that a renderer prints each in its own way.

use anstyle::Style;

use super::{
    ABSENT,
    style::{DONE, LATE, PLAIN, STRONG, push_painted},
    text::{capitalised, width},
};
use crate::model::to_single_line;

/// Words on one line.
#[derive(Debug, Clone, Default)]
pub struct Line(pub Vec<Piece>);

/// A part of a line.
#[derive(Debug, Clone)]
pub enum Piece {
    Words(String),
    /// The one word that nobody must miss.
    Strong(String),
    /// Words in a style, which supports them where there are colours.
    Styled(Style, String),
    /// Words that only the earlier of two versions has.
    Gone(String),
    /// Words that only the later of two versions has.
    New(String),
    Datum(Datum),
}

/// A fact as it is printed: a figure, a date, a name or a quotation.
#[derive(Debug, Clone)]
pub struct Datum {
    pub shown: String,
    /// The class of its words on a page of HTML.
    pub class: Option<&'static str>,
}

impl Datum {
    /// Words, or a dash where there are none.
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
    /// Words in a style.
    pub fn styled(style: Style, words: impl Into<String>) -> Self {
        Self(vec![Piece::Styled(style, words.into())])
    }

    /// The one word that nobody must miss.
    pub fn strong(words: &str) -> Self {
        Self(vec![Piece::Strong(words.to_owned())])
    }

    /// The line with more at its end.
    #[must_use]
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// The same words in one style.
    #[must_use]
    pub fn in_style(&self, style: Style) -> Self {
        Self::styled(style, self.plain())
    }

    /// The style that all of it has.
    pub fn only_style(&self) -> Option<Style> {
        match self.0.as_slice() {
            [Piece::Styled(style, _)] => Some(*style),
            _ => None,
        }
    }

    /// The line as a sentence begins.
    #[must_use]
    pub fn capital(mut self) -> Self {
        let (Piece::Words(first)
        | Piece::Strong(first)
        | Piece::Styled(_, first)
        | Piece::Gone(first)
        | Piece::New(first)
        | Piece::Datum(Datum { shown: first, .. })) = match self.0.first_mut() {
            Some(piece) => piece,
            None => return self,
        };
        *first = capitalised(first);
        self
    }

    /// Says whether a dot of colour stands before a word of it on paper.
    pub fn has_dot(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Datum(Datum { class: Some(_), .. })))
    }

    /// Its columns on a screen.
    pub fn width(&self) -> usize {
        self.0.iter().map(Piece::width).sum()
    }

    /// The words on a screen, without styles.
    pub fn plain(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, piece| {
            piece.push(&mut text, |text, _, words| text.push_str(words));
            text
        })
    }

    /// Writes the words for a screen, with their styles.
    pub fn push_painted(&self, text: &mut String) {
        for piece in &self.0 {
            piece.push(text, push_painted);
        }
    }

    /// The words for a screen, with their styles.
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
        }
    }

    /// Writes the words as `push` does, with marks around what differs: `[-two-]{+three+}`.
    fn push(&self, text: &mut String, push: fn(&mut String, Style, &str)) {
        match self {
            Self::Words(words) => push(text, PLAIN, words),
            Self::Strong(words) => push(text, STRONG, words),
            Self::Styled(style, words) => push(text, *style, words),
            Self::Datum(datum) => push(text, PLAIN, &to_single_line(&datum.shown)),
            Self::Gone(words) => push(text, LATE, &format!("[-{words}-]")),
            Self::New(words) => push(text, DONE, &format!("{{+{words}+}}")),
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
