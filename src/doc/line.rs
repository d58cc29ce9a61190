//! Words on one line, in pieces that a renderer prints each in its own way.

use anstyle::Style;

use super::{
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
    Marked(Marked),
}

/// A figure or quoted words that a reader of the document can ask about.
#[derive(Debug, Clone)]
pub struct Marked {
    /// Its place in the document, counted from 1.
    pub number: usize,
    pub question: String,
    /// As it is printed.
    pub shown: String,
    /// The class of its words on a page of HTML.
    pub class: Option<&'static str>,
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
        | Piece::Marked(Marked { shown: first, .. })) = match self.0.first_mut() {
            Some(piece) => piece,
            None => return self,
        };
        *first = capitalised(first);
        self
    }

    pub fn marked(&mut self) -> impl Iterator<Item = &mut Marked> {
        self.0.iter_mut().filter_map(|piece| match piece {
            Piece::Marked(marked) => Some(marked),
            _ => None,
        })
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
            Self::Marked(marked) => width(&marked.shown),
            Self::Gone(words) | Self::New(words) => width(words) + 4,
        }
    }

    /// Writes the words as `push` does, with marks around what differs: `[-two-]{+three+}`.
    fn push(&self, text: &mut String, push: fn(&mut String, Style, &str)) {
        match self {
            Self::Words(words) => push(text, PLAIN, words),
            Self::Strong(words) => push(text, STRONG, words),
            Self::Styled(style, words) => push(text, *style, words),
            Self::Marked(marked) => push(text, PLAIN, &to_single_line(&marked.shown)),
            Self::Gone(words) => push(text, LATE, &format!("[-{words}-]")),
            Self::New(words) => push(text, DONE, &format!("{{+{words}+}}")),
        }
    }
}

impl From<Marked> for Line {
    fn from(marked: Marked) -> Self {
        Self(vec![Piece::Marked(marked)])
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
