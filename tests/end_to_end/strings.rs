//! Tests tests/strings.txt, which lists every phrase in the program's source for review, and checks for forbidden
//! words. The help of commands is in docs/cli.md, and the help of keys in docs/file-format.md.

use std::{env, fmt::Write, fs, path::Path};

const SNAPSHOT: &str = "tests/strings.txt";

/// Words that the vocabulary replaces, each with its replacement.
const REPLACED: [(&str, &str); 27] = [
    ("a careful reader", "warning"),
    ("as first agreed", "original"),
    ("asked for", "requested"),
    ("at hand", "present"),
    ("by itself", "already"),
    ("brought before", "escalated"),
    ("deadline in force", "present due date"),
    ("deadlines", "due dates"),
    ("first date", "original due date"),
    ("found a place", "was placed"),
    ("found no place", "could not be placed"),
    ("hardly meant", "implausible"),
    ("heard of since", "no update since"),
    ("is no valid", "is not a valid"),
    ("looked at", "reviewed"),
    ("newly late", "newly overdue"),
    ("other way round", "reversed"),
    ("remarked on", "warned about"),
    ("silent since", "no update since"),
    ("stands twice", "is defined twice"),
    ("take it out", "remove it"),
    ("the deadline", "the due date"),
    ("the paper", "the report"),
    ("this paper", "this report"),
    ("told from", "based on"),
    ("took back", "undid"),
    ("whatever", "any"),
];

/// Files with words that the program reads and never prints.
const READ: [&str; 4] = [
    "src/import/knowledge.rs",
    "src/import/suggest/words.rs",
    "src/model/reading/languages.rs",
    "src/report/verify/words.rs",
];

/// The function after the words that `src/model/reading/wording.rs` reads.
const AFTER_READ: &str = "pub fn meaning(";

/// Returns the contents of the string literals in a source file, without its tests and comments.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let source = source.split_once(AFTER_READ).map_or(source, |(_, rest)| rest);
    let mut found = Vec::new();
    for line in joined(source) {
        let mut rest = line.as_str();
        while let Some((before, from)) = rest.split_once('"') {
            let mut escaped = false;
            let end = from.find(|sign| {
                let ends = sign == '"' && !escaped;
                escaped = sign == '\\' && !escaped;
                ends
            });
            let Some(end) = end else { break };
            if !before.ends_with("says(") {
                found.push(from[..end].replace("\\\"", "\"").replace("\\n", "\n"));
            }
            rest = &from[end + 1..];
        }
    }
    found
}

/// Returns the lines of a source file without comments. A string that continues on the next line is joined.
fn joined(source: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in source.lines() {
        if !is_open && (line.trim_start().starts_with("//") || line.contains("reason = \"")) {
            continue;
        }
        let line = line.replace("'\"'", "' '");
        let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
        match lines.last_mut() {
            Some(last) if is_open && last.ends_with('\\') => {
                last.pop();
                last.push_str(line.trim_start());
            }
            Some(last) if is_open => {
                last.push_str("\\n");
                last.push_str(&line);
            }
            _ => lines.push(line),
        }
        is_open ^= quotes % 2 == 1;
    }
    lines
}

/// Checks whether a text has at least two words, so that it is written for people.
fn is_phrase(text: &str) -> bool {
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    text.split([' ', '\n']).filter(is_word).count() > 1
}

/// Returns each source file with its phrases.
fn phrases() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = glob::glob(&format!("{}/src/**/*.rs", root.display())).unwrap();
    let is_of_program = |name: &str| {
        !name.contains("tests") && !name.ends_with("testing.rs") && !READ.contains(&name)
    };
    files
        .map(|path| path.unwrap())
        .map(|path| (path.strip_prefix(root).unwrap().display().to_string(), path))
        .filter(|(name, _)| is_of_program(name))
        .map(|(name, path)| (name, literals(&fs::read_to_string(path).unwrap())))
        .map(|(name, found)| (name, found.into_iter().filter(|text| is_phrase(text)).collect()))
        .filter(|(_, found): &(_, Vec<_>)| !found.is_empty())
        .collect()
}

#[test]
fn every_phrase_of_the_program_is_in_the_list_that_was_read() {
    let mut now = String::new();
    for (name, found) in phrases() {
        writeln!(now, "## {name}\n\n{}\n", found.join("\n")).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SNAPSHOT);
    if env::var_os("STRINGS").is_some_and(|wish| wish == "overwrite") {
        fs::write(&path, &now).unwrap();
    }
    let read = fs::read_to_string(&path).unwrap_or_default();
    let new = now.lines().find(|line| !read.lines().any(|known| known == *line));
    assert!(
        now == read,
        "{SNAPSHOT} is stale, as in {new:?}. Read the phrases that changed, then: \
         STRINGS=overwrite cargo test --test end_to_end strings"
    );
}

/// The documents, each with its lines.
fn documents() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = glob::glob(&format!("{}/docs/*.md", root.display())).unwrap();
    let pages = pages.map(|path| path.unwrap()).chain([root.join("README.md")]);
    let lines =
        |path: &Path| fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
    pages.map(|path| (path.display().to_string(), lines(&path))).collect()
}

#[test]
fn no_phrase_and_no_document_has_a_word_that_the_vocabulary_replaces() {
    for (name, found) in phrases().into_iter().chain(documents()) {
        for phrase in found {
            for (word, better) in REPLACED {
                assert!(!phrase.contains(word), "{name}: {word} is {better} here: {phrase}");
            }
        }
    }
}
