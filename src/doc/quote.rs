//! Splits quoted text into paragraphs and list items.

use super::escape::escape;
use crate::model::{Paragraph, items};

/// A paragraph or a bullet item of a quoted text. A list item that begins with a number or a letter is treated as a
/// paragraph.
pub struct Quote {
    pub is_item: bool,
    /// True if no bullet item comes directly before this paragraph or item.
    pub is_first: bool,
    pub is_last: bool,
    /// The depth of the item in nested lists. An item of the outermost list has the depth 0.
    pub depth: usize,
    pub words: String,
}

/// Splits quoted text into paragraphs and list items.
pub fn quotes(text: &str) -> Vec<Quote> {
    let items = items(text);
    let is_item = |index: Option<usize>| {
        let item = index.and_then(|index| items.get(index));
        item.is_some_and(|item| item.after_bullet().is_some())
    };
    let mut outer = 0;
    let quote = |(index, item): (usize, &Paragraph)| {
        let is_first = !is_item(index.checked_sub(1));
        if is_first {
            outer = item.depth;
        }
        Quote {
            is_item: is_item(Some(index)),
            is_first,
            is_last: !is_item(Some(index + 1)),
            depth: item.depth.saturating_sub(outer),
            words: item.after_bullet().unwrap_or(&item.words).to_owned(),
        }
    };
    items.iter().enumerate().map(quote).collect()
}

impl Quote {
    /// Returns the text as Markdown. If the text begins like a list item or other markup, this beginning is escaped.
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
