//! Merges the comments of both sides. Comments that a side added are kept, and comments that a side deleted are
//! removed.

use std::collections::HashMap;

use toml_parser::{Source, lexer::TokenKind};

/// Merges the blank lines and comments before a passage. The result is the text of our side, but with the comments that
/// their side added and without those that their side deleted.
pub fn settled(base: &str, ours: &str, theirs: &str) -> String {
    if base == ours || ours == theirs {
        return theirs.to_owned();
    }
    let mut dropped: Vec<&str> = of_text(base).collect();
    for kept in of_text(theirs) {
        dropped.iter().position(|comment| *comment == kept).map(|at| dropped.swap_remove(at));
    }
    let mut kept = String::new();
    for line in ours.split_inclusive('\n') {
        match dropped.iter().position(|comment| *comment == line.trim()) {
            Some(at) => drop(dropped.swap_remove(at)),
            None => kept.push_str(line),
        }
    }
    let missing = missing(base, [ours, theirs], &kept);
    // The text `kept` may end with the indentation of the next list element. Missing comments are inserted before this
    // indentation.
    let end = kept.rfind('\n').map_or(0, |at| at + 1);
    let indent = kept.split_off(end);
    kept.extend(missing.lines().map(|comment| format!("{indent}{comment}\n")));
    kept + &indent
}

/// Returns the comments that a merge of both sides must contain but that are missing in `merged`, one per line.
pub fn missing(base: &str, [ours, theirs]: [&str; 2], merged: &str) -> String {
    let mut counts: HashMap<&str, [usize; 4]> = HashMap::new();
    for (version, text) in [base, ours, theirs, merged].into_iter().enumerate() {
        for comment in of_text(text) {
            counts.entry(comment).or_default()[version] += 1;
        }
    }
    let sides = of_text(ours).chain(of_text(theirs));
    let missing = sides.filter(|comment| {
        let Some([base, ours, theirs, merged]) = counts.get_mut(comment) else { return false };
        // If no side deleted the comment, the merge keeps as many copies as the side that has more of them, because
        // both sides may have added the same comment.
        let left = match *ours.min(theirs) >= *base {
            true => *ours.max(theirs),
            false => (*ours + *theirs).saturating_sub(*base),
        };
        let is_missing = *merged < left;
        *merged += usize::from(is_missing);
        is_missing
    });
    missing.map(|comment| format!("{comment}\n")).collect()
}

/// Merges a text before or after the content of a passage. Returns `theirs` if only their side changed this text, and
/// `ours` otherwise.
pub fn around<'s>(base: Option<&str>, ours: &'s str, theirs: &'s str) -> &'s str {
    let is_line = |text: &str| text.ends_with('\n');
    if base == Some(ours) && is_line(ours) == is_line(theirs) { theirs } else { ours }
}

pub fn of_text(text: &str) -> impl Iterator<Item = &str> {
    let comments = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
    comments.map(|token| text[token.span().start()..token.span().end()].trim_end())
}
