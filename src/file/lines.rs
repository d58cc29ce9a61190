//! The lines of a text, to turn bytes into lines and columns.

use std::ops::Range;

/// Where each line of a text begins, to turn bytes into lines and columns.
pub struct Lines<'s> {
    text: &'s str,
    starts: Vec<usize>,
}

/// A line and column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub line: usize,
    pub column: usize,
}

impl<'s> Lines<'s> {
    pub fn of(text: &'s str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Where the byte `offset` stands.
    pub fn line(&self, offset: usize) -> Line {
        let index = self.index(offset);
        let before = &self.text[self.starts[index]..self.floor(offset)];
        Line { line: index + 1, column: before.chars().count() + 1 }
    }

    /// The text of the lines that `span` touches, and where in the whole text it begins.
    pub fn around(&self, span: Range<usize>) -> (usize, &'s str) {
        let start = self.starts[self.index(span.start)];
        let last = self.index(span.end.max(span.start));
        let end = self.starts.get(last + 1).copied().unwrap_or(self.text.len());
        (start, self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }
}
