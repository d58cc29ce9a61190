//! Converts positions in a text, given in bytes, to lines and columns.

use std::ops::Range;

/// The distance, in bytes, between two neighbouring positions for which the number of preceding characters is stored.
/// The stored numbers speed up the search for a column in a long line.
const STRIDE: usize = 1024;

/// A text and the positions at which its lines begin. It converts positions in bytes to lines and columns.
pub struct Lines<'s> {
    text: &'s str,
    starts: Vec<usize>,
    /// The number of characters before each position that is a multiple of [`STRIDE`] bytes.
    counts: Vec<usize>,
}

/// A line and a column, both counted from 1. The column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub line: usize,
    pub column: usize,
}

/// The part of a line around a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excerpt<'s> {
    pub text: &'s str,
    /// The requested position, in bytes from the beginning of `text`.
    pub at: usize,
    /// True if the beginning of the line was cut off.
    pub cut_before: bool,
    /// True if the end of the line was cut off.
    pub cut_after: bool,
}

impl<'s> Lines<'s> {
    pub fn of(text: &'s str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(breaks.map(|at| at + 1)).collect();
        let strides = text.as_bytes().chunks(STRIDE).scan(0, |count, stride| {
            let before = *count;
            *count += characters(stride);
            Some(before)
        });
        Self { text, starts, counts: strides.collect() }
    }

    /// Returns the line and column of the position `offset`, given in bytes.
    pub fn line(&self, offset: usize) -> Line {
        let index = self.index(offset);
        let column = self.count(self.floor(offset)) - self.count(self.starts[index]) + 1;
        Line { line: index + 1, column }
    }

    /// Returns an excerpt of the line at the position `offset`, with at most `before` characters before the position
    /// and at most `after` characters from the position on.
    pub fn excerpt(&self, offset: usize, before: usize, after: usize) -> Excerpt<'s> {
        let index = self.index(offset);
        let begins = self.starts[index];
        let ends = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        let line = self.text[begins..ends].trim_end_matches(['\n', '\r']);
        let (left, right) =
            line.split_at(self.floor(offset).clamp(begins, begins + line.len()) - begins);
        let start = left.char_indices().rev().take(before).last().map_or(left.len(), |(at, _)| at);
        let end = right.char_indices().nth(after).map_or(line.len(), |(at, _)| left.len() + at);
        Excerpt {
            text: &line[start..end],
            at: left.len() - start,
            cut_before: start > 0,
            cut_after: end < line.len(),
        }
    }

    /// Returns the number of characters before the position `offset`, which must be the beginning of a character.
    fn count(&self, offset: usize) -> usize {
        let stride = (offset / STRIDE).min(self.counts.len().saturating_sub(1));
        let counted = self.counts.get(stride).copied().unwrap_or(0);
        counted + characters(&self.text.as_bytes()[stride * STRIDE..offset])
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }
}

/// Extends the range `span` to whole lines, including their line breaks.
pub fn whole_lines(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    start..end
}

/// Returns the number of characters that begin in `bytes`.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_the_number_of_characters_before_it_in_a_line_of_any_length() {
        let text = format!("é\n{}=\r\nx", "aé€😀".repeat(1000));
        let lines = Lines::of(&text);
        let expect = |offset: usize| {
            let begins = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let line = text[..begins].matches('\n').count() + 1;
            Line { line, column: text[begins..offset].chars().count() + 1 }
        };
        for (offset, _) in text.char_indices() {
            assert_eq!(lines.line(offset), expect(offset), "{offset}");
        }
        assert_eq!(lines.line(text.len()), expect(text.len()));
        assert_eq!(lines.line(text.len() + 9), expect(text.len()));
        assert_eq!(Lines::of("").line(0), Line { line: 1, column: 1 });
    }

    #[test]
    fn an_excerpt_is_cut_on_both_sides_at_whole_characters() {
        let text = "ab\néééé=éééé\r\nc";
        let lines = Lines::of(text);
        let excerpt = |before, after| lines.excerpt(text.find('=').unwrap(), before, after);
        let (at, cut_before, cut_after) = (4, true, true);
        assert_eq!(excerpt(2, 3), Excerpt { text: "éé=éé", at, cut_before, cut_after });
        let (at, cut_before, cut_after) = (8, false, false);
        assert_eq!(excerpt(9, 9), Excerpt { text: "éééé=éééé", at, cut_before, cut_after });
        assert_eq!(lines.excerpt(text.find('\n').unwrap(), 9, 9).at, 2);
    }
}
