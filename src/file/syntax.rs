//! Converts the errors of the TOML parser to findings that have clear messages and exact positions.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use toml::de::{DeTable, DeValue, Error};

use super::{
    pieces::Piece,
    tables::RECORDS,
    tree::{Tree, visit},
};
use crate::{
    checks::{Finding, MOST_FAULTS},
    model::{NotAPeriod, Period, Rule, numeric_days},
};

fn is_key(name: &str) -> bool {
    RECORDS.iter().flat_map(|record| record.keys).any(|key| key.name == name)
}

/// The message of the TOML parser about a key that is defined twice.
const DUPLICATE: &str = "duplicate key";
/// The beginning of the temporary name that replaces the second definition of a key. No real key begins with these
/// words.
const RENAMED: &str = "defined again at ";

/// Parses a piece of a plan's text. Returns the parsed values, and the syntax errors as findings.
pub fn parse(piece: Piece<'_>) -> (Tree<'_>, Vec<Finding>) {
    let (tree, mut errors) = Tree::parse(piece);
    let place = |error: &Error| error.span().unwrap_or(piece.text.len()..piece.text.len());
    // An error at the very end of a piece that was cut off is only a result of the cutting.
    errors.retain(|error| !piece.is_cut_off || place(error).end < piece.text.len());
    let found = findings(&tree, &mut errors);
    (tree, found)
}

/// Converts the errors of the TOML parser to findings. An error is left out if it is a mere consequence of another
/// error.
fn findings(tree: &Tree<'_>, errors: &mut Vec<Error>) -> Vec<Finding> {
    let mut found = numbers_out_of_range(tree);
    if errors.is_empty() {
        return found;
    }
    let ends: HashSet<usize> = errors
        .iter()
        .filter(|error| error.message().starts_with("invalid multi-line"))
        .filter_map(|error| Some(error.span()?.start))
        .collect();
    if let Some(open) = unclosed(tree, &ends) {
        let quotes = tree.raw(open.start..open.start + 3);
        let finding = Finding::new(
            Rule::Syntax,
            tree.bytes(open.start..open.start + 3),
            "quoted text has no closing quote",
        )
        .label("opens here")
        .help(format!("close the text with {quotes}"));
        return vec![finding];
    }
    errors.sort_by_key(|error| error.span().map_or(usize::MAX, |span| span.start));
    errors.truncate(MOST_FAULTS + 1);
    let firsts = first_definitions(tree, errors);
    let mut by_place: BTreeMap<(usize, usize), Finding> = BTreeMap::new();
    for error in errors.iter() {
        let finding = finding(tree, error, &firsts);
        let bytes = finding.at.bytes();
        by_place.entry((bytes.start, bytes.end)).or_insert(finding);
    }
    found.extend(by_place.into_values());
    found
}

fn finding(tree: &Tree<'_>, error: &Error, firsts: &Firsts) -> Finding {
    let end = tree.piece.text.len();
    let span = error.span().unwrap_or(end..end);
    let raw = tree.raw(span.clone());
    let (title, expected) = match error.message().split_once(", expected ") {
        Some((title, expected)) => (title, Some(expected)),
        None => (error.message(), None),
    };
    let at = tree.bytes(span.clone());
    match title {
        "string values must be quoted" => unquoted(at, raw),
        "invalid basic string" | "invalid literal string" if ends_curly(tree, span.start) => {
            Finding::new(Rule::Syntax, at, "text cannot end with a curly quote")
                .label("this must be a straight quote")
                .help("write straight quotes: `\"…\"`")
        }
        DUPLICATE => duplicate(tree, span, firsts),
        title if title.starts_with("cannot extend value") => {
            let title = format!("`{raw}` already has a value, so nothing can be added below it");
            Finding::new(Rule::DuplicateKey, at, title)
        }
        title if title.starts_with("cannot recurse") => {
            Finding::new(Rule::Syntax, at, "the value is nested too deeply")
        }
        title
            if raw.starts_with(|first: char| first.is_ascii_digit())
                && title.starts_with("invalid date") =>
        {
            bad_date(at, raw, title)
        }
        title => {
            let finding = Finding::new(Rule::Syntax, at, title);
            match expected {
                Some(expected) => finding.label(format!("expected {expected}")),
                None => finding,
            }
        }
    }
}

/// Returns the finding about a missing value, a text without quotes, or a text in curly quotes.
fn unquoted(at: Range<usize>, raw: &str) -> Finding {
    if raw.is_empty() {
        return Finding::new(Rule::Syntax, at, "a value is missing")
            .help("write a value here, or delete the key");
    }
    if raw.starts_with(CURLY) {
        let text = raw.trim_matches(CURLY);
        return Finding::new(Rule::Syntax, at, "text is in curly quotes")
            .label("not a value")
            .help(format!("write straight quotes: `\"{text}\"`"));
    }
    Finding::new(Rule::Syntax, at, "text is not in quotes")
        .label("not a value")
        .help(written_date(raw).unwrap_or_else(|| "write text in quotes: `\"…\"`".to_owned()))
}

/// The curly quotes that word processors write instead of straight quotes.
const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];

/// Checks whether the part of the line before the position `at` ends with a curly quote.
fn ends_curly(tree: &Tree<'_>, at: usize) -> bool {
    let line = tree.raw(0..at).rsplit('\n').next().unwrap_or_default();
    line.trim_end_matches([' ', ',', '}', ']', '\t']).ends_with(CURLY)
}

/// Returns a help text with the correct notation of a date such as `19/11/2020`, or `None` if `raw` is not a date.
fn written_date(raw: &str) -> Option<String> {
    match numeric_days(raw).as_slice() {
        [day] => Some(format!("write the day as {day}")),
        [one, other] => Some(format!("write the day that is meant: {one} or {other}")),
        _ => None,
    }
}

fn bad_date(at: Range<usize>, raw: &str, title: &str) -> Finding {
    match Period::parse(raw) {
        Ok(_) => Finding::new(Rule::BadDate, at, "a month is not in quotes")
            .label("only a full date, with a day, can be written without quotes")
            .help(format!("write the month in quotes: `\"{raw}\"`")),
        Err(NotAPeriod::Unrecognised) => Finding::new(Rule::BadDate, at, title),
        Err(reason) => Finding::new(Rule::BadDate, at, reason.to_string()),
    }
}

/// The first definitions of TOML keys that are defined twice. The map leads from the position at which the second
/// definition begins to the position of the first definition.
type Firsts = HashMap<usize, Range<usize>>;

/// Returns the finding about a key that is defined twice. `second` is the position of the second definition.
fn duplicate(tree: &Tree<'_>, second: Range<usize>, firsts: &Firsts) -> Finding {
    let title = format!("`{}` is defined twice", name(tree.raw(second.clone())));
    let first = firsts.get(&second.start).map(|first| tree.bytes(first.clone()));
    Finding::new(Rule::DuplicateKey, tree.bytes(second), title)
        .label("defined again here")
        .help("delete one of the two: each key may be defined only once in a table")
        .all_related(first.map(|first| (first, "first defined here")))
}

/// Returns a key without the quotes around it.
fn name(raw: &str) -> &str {
    raw.trim_matches(['"', '\''])
}

/// Finds the first definition of each key that is defined twice. The parser reports only the second definition, so the
/// piece is parsed again with the second keys renamed.
fn first_definitions(tree: &Tree<'_>, errors: &[Error]) -> Firsts {
    let duplicates = errors.iter().filter(|error| error.message() == DUPLICATE);
    let seconds: BTreeMap<usize, Range<usize>> =
        duplicates.filter_map(Error::span).map(|span| (span.start, span)).collect();
    let mut firsts = Firsts::new();
    if seconds.is_empty() {
        return firsts;
    }
    let mut renamed = String::with_capacity(tree.piece.text.len() + 16 * seconds.len());
    // The new names are longer, so the text after them moves. Each pair is the position after a renamed key in the
    // changed text, and the position after this key in the original piece.
    let mut ends = vec![(0, 0)];
    for second in seconds.values() {
        let (_, copied) = ends[ends.len() - 1];
        renamed.push_str(tree.raw(copied..second.start));
        renamed.push_str(&format!("\"{RENAMED}{}\"", second.start));
        ends.push((renamed.len(), second.end));
    }
    let (_, copied) = ends[ends.len() - 1];
    renamed.push_str(tree.raw(copied..tree.piece.text.len()));
    let in_piece = |at: usize| {
        let (there, here) = ends[ends.partition_point(|(there, _)| *there <= at) - 1];
        at - there + here
    };
    let (root, _) = DeTable::parse_recoverable(&renamed);
    let mut note_firsts = |table: &DeTable<'_>| {
        for key in table.keys() {
            let second = key.get_ref().strip_prefix(RENAMED).and_then(|at| at.parse().ok());
            if let Some(second) = second.and_then(|at: usize| seconds.get(&at))
                && let Some((first, _)) = table.get_key_value(name(tree.raw(second.clone())))
            {
                let first = first.span();
                firsts.insert(second.start, in_piece(first.start)..in_piece(first.end));
            }
        }
    };
    note_firsts(root.get_ref());
    visit(root.get_ref(), &mut |value| {
        value.get_ref().as_table().into_iter().for_each(&mut note_firsts)
    });
    firsts
}

/// Returns the position of a multi-line string that was probably not closed. This is the first string that contains a
/// header or a key of a plan. If there is none, it is the first string that ends at a position in `ends`, where the
/// parser found an error.
fn unclosed(tree: &Tree<'_>, ends: &HashSet<usize>) -> Option<Range<usize>> {
    let mut texts = Vec::new();
    tree.visit(&mut |value| {
        let raw = tree.raw(value.span());
        if value.get_ref().is_str() && (raw.starts_with("\"\"\"") || raw.starts_with("'''")) {
            texts.push(value.span());
        }
    });
    texts.sort_by_key(|span| span.start);
    let swallows = |span: &&Range<usize>| {
        let inside = tree.raw((*span).clone());
        inside.lines().skip(1).any(is_line_of_a_plan)
    };
    let swallowing = texts.iter().find(swallows);
    swallowing.or_else(|| texts.iter().find(|span| ends.contains(&span.end))).cloned()
}

fn is_line_of_a_plan(line: &str) -> bool {
    let line = line.trim();
    let header = line.trim_start_matches('[').trim_end_matches(']');
    if line.starts_with('[') && line.ends_with(']') {
        let first = header.split('.').next().unwrap_or("").trim();
        return is_key(first);
    }
    let key = line.split_once('=').map(|(key, _)| key.trim());
    key.is_some_and(is_key)
}

/// Returns findings about numbers that the TOML parser accepts although they do not fit into 64 bits.
fn numbers_out_of_range(tree: &Tree<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    tree.visit(&mut |value| {
        if found.len() <= MOST_FAULTS && !is_in_range(value.get_ref()) {
            let at = tree.bytes(value.span());
            found.push(Finding::new(Rule::Syntax, at, "the number is out of range"));
        }
    });
    found
}

fn is_in_range(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).is_ok(),
        DeValue::Float(number) => {
            let written = number.as_str();
            let is_finite = written.parse().is_ok_and(f64::is_finite);
            is_finite || written.contains("inf") || written.contains("nan")
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests;
