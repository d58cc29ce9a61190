//! Wraps text for a screen, or cuts text to a number of columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Screen;
use super::screen::READING_WIDTH;
use crate::model::{Paragraph, items, to_single_line};

/// The minimum width of wrapped text, in columns, even on a very narrow screen.
const LEAST_WORDS: usize = 24;
/// The additional indentation of each level of a nested list, in columns.
const INDENT: usize = 2;
/// The number of levels of nested lists that are indented. Items of deeper levels are not indented further.
const MOST_DEPTH: usize = 4;

/// Wraps each paragraph of `text` to the width of the screen. The first line begins with `first`, the other lines with
/// `rest`.
pub fn wrap(text: &str, screen: Screen, first: &str, rest: &str) -> String {
    let width = screen.width.unwrap_or(READING_WIDTH).max(rest.width() + LEAST_WORDS);
    let mut wrapped = String::new();
    let items = items(text);
    let is_list = items.len() > 1;
    for (index, item) in items.iter().enumerate() {
        let Paragraph { words, marker, .. } = item;
        let before = if index == 0 { first } else { rest };
        let indent = " ".repeat(INDENT * item.depth.min(MOST_DEPTH));
        let hang = if is_list && *marker > 0 { words[..*marker].width() + 1 } else { 0 };
        let hang = " ".repeat(hang);
        let (begin, hanging) = (format!("{before}{indent}"), format!("{rest}{indent}{hang}"));
        let options = at_spaces(width).initial_indent(&begin).subsequent_indent(&hanging);
        let options = options.break_words(!words.contains("://"));
        for line in textwrap::wrap(words, options) {
            wrapped.push_str(line.trim_end());
            wrapped.push('\n');
        }
    }
    wrapped
}

/// Returns options that wrap lines at spaces only. Lines are not broken at hyphens, because dates and ids contain
/// hyphens.
pub fn at_spaces<'i>(width: usize) -> textwrap::Options<'i> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// Returns a text as one line of at most `width` columns. If the line must be cut, it ends with `rest`, such as `…`.
pub fn cut(text: &str, width: usize, rest: &str) -> String {
    let text = to_single_line(text);
    if self::width(&text) <= width { text } else { begun(&text, width, rest) }
}

/// Cuts a line that is wider than `width` columns. The cut line ends with `rest`, such as `…`.
pub fn begun(line: &str, width: usize, rest: &str) -> String {
    /// A word that is not the first is cut only if it is wider than `width` and if more than this number of columns
    /// remains for it. Otherwise, the word is left out.
    const LEAST_LETTERS: usize = 2;
    let room = width.saturating_sub(self::width(rest));
    let (mut end, mut taken) = (0, 0);
    for (index, word) in line.split(' ').enumerate() {
        let gap = usize::from(index > 0);
        let of_word = self::width(word);
        if taken + gap + of_word > room {
            let is_begun = of_word > width && room > taken + gap + LEAST_LETTERS;
            let words = if end == 0 || is_begun { letters(line, room) } else { &line[..end] };
            return format!("{words}{rest}");
        }
        end += gap + word.len();
        taken += gap + of_word;
    }
    format!("{line}{rest}")
}

/// Returns `first` followed by `text`, in at most `width` columns. If both are too wide together, `text` is cut and
/// ends with `rest`.
pub fn cut_after(first: &str, text: &str, width: usize, rest: &str) -> String {
    format!("{first}{}", cut(text, width.saturating_sub(first.width()), rest))
}

/// Returns as many characters from the beginning of a text as fit into `room` columns.
pub fn letters(text: &str, room: usize) -> &str {
    let mut taken = 0;
    let fits = |(_, letter): &(usize, char)| {
        taken += letter.width().unwrap_or(0);
        taken <= room
    };
    let last = text.char_indices().take_while(fits).last();
    &text[..last.map_or(0, |(at, letter)| at + letter.len_utf8())]
}

/// Returns the width of a text on a screen, in columns.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) { text.len() } else { text.width() }
}

/// Returns the text with a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{cut, cut_after};

    #[test]
    fn a_text_is_cut_at_a_whole_word_unless_the_first_is_too_long() {
        assert_eq!(cut("Ensure that mechanisms", 22, "…"), "Ensure that mechanisms");
        assert_eq!(cut("Ensure that mechanisms", 21, "…"), "Ensure that…");
        assert_eq!(cut("Ensure that mechanisms", 12, "…"), "Ensure that…");
        assert_eq!(cut("Ensure that mechanisms", 11, "…"), "Ensure…");
        assert_eq!(cut("Ensure that\nmechanisms", 14, "..."), "Ensure that...");
        assert_eq!(cut("Ensure that", 4, "…"), "Ens…");
        assert_eq!(cut("See https://example.org/minutes", 12, "…"), "See https:/…");
        assert_eq!(cut("See the https://example.org", 11, "…"), "See the…");
        assert_eq!(cut("漢字とかな", 6, "…"), "漢字…");
        assert_eq!(cut_after("1 ", "漢字とかな", 8, "…"), "1 漢字…");
    }
}
