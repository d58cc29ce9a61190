//! Words on one line, in pieces that a renderer prints each in its own way.

use anstyle::Style;

use super::{
    style::{DONE, LATE, PLAIN, push_painted},
    text::width,
};

/// Words on one line.
#[derive(Debug, Clone, Default)]
pub struct Line(pub Vec<Piece>);

/// A part of a line.
#[derive(Debug, Clone)]
pub enum Piece {
    Words(String),
    /// Words in a style, which supports them where there are colours.
    Styled(Style, String),
    /// Words that only the earlier of two versions has.
    Gone(String),
    /// Words that only the later of two versions has.
    New(String),
}

impl Line {
    /// Words in a style.
    pub fn styled(style: Style, words: impl Into<String>) -> Self {
        Self(vec![Piece::Styled(style, words.into())])
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
            Self::Words(words) | Self::Styled(_, words) => width(words),
            Self::Gone(words) | Self::New(words) => width(words) + 4,
        }
    }

    /// Writes the words as `push` does, with marks around what differs: `[-two-]{+three+}`.
    fn push(&self, text: &mut String, push: fn(&mut String, Style, &str)) {
        match self {
            Self::Words(words) => push(text, PLAIN, words),
            Self::Styled(style, words) => push(text, *style, words),
            Self::Gone(words) => push(text, LATE, &format!("[-{words}-]")),
            Self::New(words) => push(text, DONE, &format!("{{+{words}+}}")),
        }
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
