//! Writes conflict markers, and reads the versions (ours, base and theirs) from a text with conflict markers.

use std::collections::BTreeSet;

use crate::{checks::Finding, file::Lines};

const OURS: &str = "<<<<<<< ";
const BASE: &str = "|||||||";
const PARTED: &str = "=======";
const THEIRS: &str = ">>>>>>> ";

/// Returns the three versions of a passage, separated by conflict markers. Each version must consist of whole lines.
pub fn around(ours: &str, base: &str, theirs: &str) -> String {
    format!("{OURS}ours\n{ours}{BASE} base\n{base}{PARTED}\n{theirs}{THEIRS}theirs\n")
}

/// Checks whether the text contains a conflict that git or this program left.
pub fn is_marked(text: &str) -> bool {
    text.lines().any(|line| line.starts_with(OURS))
        && text.lines().any(|line| line.starts_with(THEIRS))
}

/// Checks whether a line is a conflict marker.
pub fn is_mark(line: &str) -> bool {
    line == PARTED || [OURS, BASE, THEIRS].iter().any(|mark| line.starts_with(mark))
}

/// Returns the merged text with conflict markers around the lines of each error. Between the markers, these lines
/// appear in each version whose own text has them. Lines that neither ours nor theirs has appear in both.
pub fn around_faults(text: &str, faults: &[Finding], [ours, base, theirs]: [&str; 3]) -> String {
    let places = Lines::of(text);
    let faulty = faults.iter().flat_map(|fault| {
        let bytes = fault.at.bytes();
        let last = bytes.end.max(bytes.start + 1) - 1;
        places.line(bytes.start).line..=places.line(last).line
    });
    let faulty: BTreeSet<usize> = faulty.collect();
    let mut marked = String::new();
    let mut block = String::new();
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if !faulty.contains(&number) {
            marked.push_str(line);
            continue;
        }
        block.push_str(line);
        if !faulty.contains(&(number + 1)) {
            let is_new = ![ours, theirs].iter().any(|side| side.contains(&block));
            let on = |side: &str| match is_new || side.contains(&block) {
                true => block.as_str(),
                false => "",
            };
            let old = if base.contains(&block) { block.as_str() } else { "" };
            marked.push_str(&around(on(ours), old, on(theirs)));
            block.clear();
        }
    }
    marked
}

/// The three versions that a text with conflict markers contains.
#[derive(Debug, PartialEq, Eq)]
pub struct Versions {
    pub ours: String,
    /// The text of the base, or `None` if the conflict markers do not show the base.
    pub base: Option<String>,
    pub theirs: String,
}

/// Returns the three versions in a text with conflict markers, or `None` if a conflict has no end.
pub fn versions(text: &str) -> Option<Versions> {
    let (mut ours, mut base, mut theirs) = (String::new(), String::new(), String::new());
    let (mut place, mut has_base) = (MarkerSide::Outside, true);
    for line in text.split_inclusive('\n') {
        let mark = line.trim_end_matches(['\r', '\n']);
        let next = match place {
            MarkerSide::Outside if mark.starts_with(OURS) => Some(MarkerSide::Ours),
            MarkerSide::Ours if mark == BASE || mark.starts_with("||||||| ") => {
                Some(MarkerSide::Base)
            }
            MarkerSide::Ours | MarkerSide::Base if mark == PARTED => Some(MarkerSide::Theirs),
            MarkerSide::Theirs if mark.starts_with(THEIRS) => Some(MarkerSide::Outside),
            _ => None,
        };
        has_base &= (place, next) != (MarkerSide::Ours, Some(MarkerSide::Theirs));
        if let Some(next) = next {
            place = next;
            continue;
        }
        for (side, version) in [
            (MarkerSide::Ours, &mut ours),
            (MarkerSide::Base, &mut base),
            (MarkerSide::Theirs, &mut theirs),
        ] {
            if place == side || place == MarkerSide::Outside {
                version.push_str(line);
            }
        }
    }
    (place == MarkerSide::Outside).then_some(Versions {
        ours,
        base: has_base.then_some(base),
        theirs,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkerSide {
    Outside,
    Ours,
    Base,
    Theirs,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_between_marks_are_found_again() {
        let text = format!("a\n{}b\n{}", around("1\n", "0\n", "2\n"), around("", "x\n", ""));
        let versions = versions(&text).unwrap();
        assert_eq!(versions.ours, "a\n1\nb\n");
        assert_eq!(versions.base.as_deref(), Some("a\n0\nb\nx\n"));
        assert_eq!(versions.theirs, "a\n2\nb\n");
    }

    #[test]
    fn marks_without_a_base_or_without_an_end_are_not_taken_for_more() {
        let text = "<<<<<<< HEAD\r\n1\r\n=======\r\n2\r\n>>>>>>> x\r\n";
        assert_eq!(versions(text).unwrap().base, None);
        assert_eq!(versions("<<<<<<< HEAD\n1\n=======\n2\n"), None);
    }
}
