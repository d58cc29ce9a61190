//! Quoted text in paragraphs and items.

use super::escape::escape;
use crate::model::paragraphs;

/// A paragraph or an item of quoted text.
pub struct Quote {
    pub is_item: bool,
    /// It begins a run of items, or ends one.
    pub is_first: bool,
    pub is_last: bool,
    pub words: String,
}

/// Quoted text in paragraphs and items.
pub fn quotes(text: &str) -> Vec<Quote> {
    let paragraphs = paragraphs(text);
    let items: Vec<Option<&str>> = paragraphs.iter().map(|words| item(words)).collect();
    let is_item = |index: Option<usize>| {
        index.and_then(|index| items.get(index)).is_some_and(Option::is_some)
    };
    let quote = |(index, words): (usize, &String)| Quote {
        is_item: items[index].is_some(),
        is_first: !is_item(index.checked_sub(1)),
        is_last: !is_item(Some(index + 1)),
        words: items[index].unwrap_or(words).to_owned(),
    };
    paragraphs.iter().enumerate().map(quote).collect()
}

/// The words of an item of a list.
fn item(paragraph: &str) -> Option<&str> {
    let dashed = || paragraph.strip_prefix("- ").or_else(|| paragraph.strip_prefix("* "));
    paragraph.strip_prefix('•').or_else(dashed).map(str::trim_start)
}

impl Quote {
    /// In Markdown: what would begin a list or a rule is shown as it is.
    pub fn markdown(&self) -> String {
        let escaped = escape(&self.words);
        let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after = escaped[digits..].chars().next();
        match after {
            Some('.' | ')') if digits > 0 => {
                format!("{}\\{}", &escaped[..digits], &escaped[digits..])
            }
            Some('+' | '-' | '=') if digits == 0 => format!("\\{escaped}"),
            _ => escaped,
        }
    }
}
