//! The text of a plan in parts that can be read side by side: its head, and runs of recommendations.

use memchr::memmem::Finder;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'s> {
    pub text: &'s str,
    /// Where it begins in the whole.
    pub start: usize,
}

/// What comes before the first recommendation, and the recommendations.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts<'s> {
    pub head: Part<'s>,
    pub runs: Vec<Part<'s>>,
}

/// The header of a recommendation, on a line of its own.
const HEADER: &str = "\n[[recommendation]]";

/// Cuts `source` before the first recommendation and then before others, so that each run is at least
/// `least` bytes long. `None` where no recommendation has the usual header.
///
/// A line that looks like a header may stand inside a text of several lines. Then the part before it
/// ends within that text: parsed by itself it is in error, and tells that the cut was none.
pub fn cut(source: &str, least: usize) -> Option<Parts<'_>> {
    let header = Finder::new(HEADER);
    let next = |from: usize| {
        let rest = source.as_bytes().get(from..)?;
        header.find(rest).map(|at| from + at + 1)
    };
    let part = |start: usize, end: usize| Part {
        text: &source[start..end],
        start,
    };
    let first = next(0)?;
    let mut runs = Vec::new();
    let mut start = first;
    while let Some(end) = next(start + least) {
        runs.push(part(start, end));
        start = end;
    }
    runs.push(part(start, source.len()));
    let head = part(0, first);
    Some(Parts { head, runs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_the_whole_and_each_run_begins_with_a_header() {
        let source = "[plan]\n\n[[recommendation]]\nid = 1\n[[recommendation]]\n[[recommendation]]";
        for least in [0, 1, 20, 40, 1000] {
            let parts = cut(source, least).unwrap();
            let mut whole = parts.head.text.to_owned();
            for run in &parts.runs {
                assert_eq!(run.start, whole.len());
                assert!(run.text.starts_with("[[recommendation]]"));
                whole.push_str(run.text);
            }
            assert_eq!(whole, source);
        }
        assert_eq!(cut(source, 0).unwrap().runs.len(), 3);
        assert_eq!(cut(source, 1000).unwrap().runs.len(), 1);
        assert_eq!(cut("[plan]\n[[ recommendation ]]\n", 0), None);
    }
}
