//! Comments, which are words of a side too: those that a merge would drop are kept as lines of their own.

use std::collections::HashSet;

use toml_parser::{Source, lexer::TokenKind};

/// The comments that a side wrote and that `merged` does not have, a line each.
pub fn missing(base: &str, sides: [&str; 2], merged: &str) -> String {
    let mut known: HashSet<&str> = of_text(base).chain(of_text(merged)).collect();
    let sides = sides.into_iter().flat_map(of_text);
    sides.filter(|comment| known.insert(comment)).map(|comment| format!("{comment}\n")).collect()
}

fn of_text(text: &str) -> impl Iterator<Item = &str> {
    let comments = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
    comments.map(|token| text[token.span().start()..token.span().end()].trim_end())
}
