//! Cuts the text of a plan into pieces, which can be parsed one by one or in parallel.

use std::{iter, ops::Range, sync::Arc};

use memchr::memmem;

/// The name of the list of recommendations in a plan file. Each recommendation becomes a separate piece of the text.
pub const LIST: &str = "recommendation";
const HEADER: &str = "[[recommendation]]";
/// The keys at the top level of a plan besides `recommendation`.
pub const OTHERS: [&str; 5] = ["plan", "policy", "area", "owner", "meeting"];

/// A piece of a plan's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'s> {
    pub text: &'s str,
    /// The position in the whole text at which the piece begins, in bytes.
    start: usize,
    /// The beginnings of the parts from which the piece was joined. Empty if the piece was not joined from parts.
    pub(super) joints: &'s [Joint],
    /// True if this is only the first part of a longer piece.
    pub is_cut_off: bool,
}

/// The beginning of one part in a text that was joined from several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Joint {
    /// The position at which the part begins in the joined text, in bytes.
    at: usize,
    /// The position at which the part begins in the original text, in bytes.
    start: usize,
}

impl<'s> Piece<'s> {
    /// Returns the whole text as a single piece.
    pub fn whole(text: &'s str) -> Self {
        Self { text, start: 0, joints: &[], is_cut_off: false }
    }

    /// Returns the beginning of the piece, with at most `length` bytes. The beginning ends at the end of a line, if
    /// possible.
    pub fn beginning(self, length: usize) -> Self {
        let text = &self.text[..self.text.floor_char_boundary(length)];
        let end = text.rfind('\n').filter(|end| end * 2 > length).unwrap_or(text.len());
        Self { text: &text[..end], is_cut_off: true, ..self }
    }

    /// Converts a range of bytes in the piece to a range in the whole text.
    pub fn bytes(&self, span: Range<usize>) -> Range<usize> {
        let offset = |at: usize| match self.joints.partition_point(|joint| joint.at <= at) {
            0 => self.start,
            passed => self.joints[passed - 1].start - self.joints[passed - 1].at,
        };
        let last = span.end.saturating_sub(1).max(span.start);
        span.start + offset(span.start)..span.end + offset(last)
    }

    pub fn is_in_one_part(&self, span: &Range<usize>) -> bool {
        let part = |at: usize| self.joints.partition_point(|joint| joint.at <= at);
        span.is_empty() || part(span.start) == part(span.end - 1)
    }
}

/// The division of a plan's text into pieces. Each recommendation is one piece. The rest of the text is one more piece,
/// the head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// The position of each recommendation's piece, in bytes. Empty if the whole text is the head.
    recommendations: Vec<Range<usize>>,
    /// The text of the head. `None` if the head is simply the beginning of the plan's text.
    joined: Option<Joined>,
}

/// The head: the tables before, between and after the recommendations, joined into one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Joined {
    text: Arc<str>,
    joints: Vec<Joint>,
}

impl Pieces {
    /// Cuts the text of a plan before each line that begins with `[[recommendation]]`, and before the next line that
    /// begins another top-level table. A cut inside a multi-line string is wrong, but is noticed only when the pieces
    /// are parsed.
    pub fn cut(source: &str) -> Self {
        let mut recommendations: Vec<Range<usize>> = Vec::new();
        let mut is_open = false;
        for at in line_starts_with_bracket(source) {
            let line = &source[at..];
            let begins = line.starts_with(HEADER);
            if is_open && (begins || is_other_header(line)) {
                if let Some(open) = recommendations.last_mut() {
                    open.end = at;
                }
                is_open = false;
            }
            if begins {
                recommendations.push(at..source.len());
                is_open = true;
            }
        }
        let joined = Joined::of(source, &recommendations);
        Self { recommendations, joined }
    }

    /// Returns the pieces of a text that is not cut: the whole text is the head.
    pub fn whole() -> Self {
        Self::default()
    }

    pub fn is_whole(&self) -> bool {
        self.recommendations.is_empty()
    }

    /// Checks whether a cut lies inside a multi-line string.
    pub fn cut_a_text(&self, source: &str) -> bool {
        let mut starts = self.recommendations.iter().map(|bytes| bytes.start).peekable();
        toml_parser::Source::new(source).lex().any(|token| {
            while starts.next_if(|start| *start <= token.span().start()).is_some() {}
            starts.peek().is_some_and(|start| *start < token.span().end())
        })
    }

    /// Returns the head, which is the whole text except the recommendations.
    pub fn head<'s>(&'s self, source: &'s str) -> Piece<'s> {
        if let Some(joined) = &self.joined {
            return Piece { joints: &joined.joints, ..Piece::whole(&joined.text) };
        }
        let end = self.recommendations.first().map_or(source.len(), |first| first.start);
        Piece::whole(&source[..end])
    }

    /// Returns the piece with the recommendation at the index `index`, if there is one.
    pub fn recommendation<'s>(&self, source: &'s str, index: usize) -> Option<Piece<'s>> {
        let bytes = self.recommendations.get(index)?;
        Some(Piece { start: bytes.start, ..Piece::whole(&source[bytes.clone()]) })
    }

    /// Returns the pieces of all recommendations.
    pub fn recommendations<'s>(&self, source: &'s str) -> Vec<Piece<'s>> {
        let indices = 0..self.recommendations.len();
        indices.filter_map(|index| self.recommendation(source, index)).collect()
    }
}

/// Returns the positions of all lines that begin with `[`.
fn line_starts_with_bracket(source: &str) -> impl Iterator<Item = usize> {
    let first = source.starts_with('[').then_some(0);
    first.into_iter().chain(memmem::find_iter(source.as_bytes(), "\n[").map(|at| at + 1))
}

fn is_other_header(line: &str) -> bool {
    let path = line.trim_start_matches('[');
    OTHERS.iter().any(|key| path.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', ']'])))
}

impl Joined {
    /// Joins all parts of the text that are outside the recommendations. Returns `None` if no such part comes after a
    /// recommendation.
    fn of(source: &str, recommendations: &[Range<usize>]) -> Option<Self> {
        let mut text = String::new();
        let mut joints = Vec::new();
        let mut start = 0;
        let end = source.len()..source.len();
        for gap in recommendations.iter().cloned().chain(iter::once(end)) {
            if start < gap.start {
                joints.push(Joint { at: text.len(), start });
                text.push_str(&source[start..gap.start]);
            }
            start = gap.end;
        }
        let is_before = |joint: &Joint| joint.start == 0;
        (!joints.iter().all(is_before)).then(|| Self { text: text.into(), joints })
    }
}
