//! Text in lines: wrapped to a screen, or cut to so many columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Screen;
use super::screen::READING_WIDTH;
use crate::model::{paragraphs, to_single_line};

/// However narrow the screen is, a line has room for so many columns of words.
const LEAST_WORDS: usize = 24;

/// Wraps every paragraph of `text` to the screen, `first` before its first line and `rest` before
/// the others.
pub fn wrap(text: &str, screen: Screen, first: &str, rest: &str) -> String {
    let width = screen.width.unwrap_or(READING_WIDTH).max(rest.width() + LEAST_WORDS);
    let mut wrapped = String::new();
    for (index, paragraph) in paragraphs(text).iter().enumerate() {
        let options = at_spaces(width)
            .initial_indent(if index == 0 { first } else { rest })
            .subsequent_indent(rest);
        for line in textwrap::wrap(paragraph, options) {
            wrapped.push_str(line.trim_end());
            wrapped.push('\n');
        }
    }
    wrapped
}

/// Lines of this width that break at spaces, never at the hyphens of a date or an id.
pub fn at_spaces<'i>(width: usize) -> textwrap::Options<'i> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// The text on one line of at most `width` columns: whole words, and `rest` for those that are left out. Only a
/// first word that is too long is cut itself.
pub fn cut(text: &str, width: usize, rest: &str) -> String {
    let text = to_single_line(text);
    if text.width() <= width {
        return text;
    }
    let room = width.saturating_sub(rest.width());
    let ends = text.match_indices(' ').map(|(at, _)| &text[..at]);
    let whole = ends.take_while(|words| words.width() <= room).last();
    let begun = whole.unwrap_or_else(|| letters(&text, room));
    format!("{begun}{rest}")
}

/// `first` whole, and after it the text cut so that both take at most `width` columns.
pub fn cut_after(first: &str, text: &str, width: usize, rest: &str) -> String {
    format!("{first}{}", cut(text, width.saturating_sub(first.width()), rest))
}

/// The first letters of a text, in so many columns.
pub fn letters(text: &str, room: usize) -> &str {
    let mut taken = 0;
    let fits = |(_, letter): &(usize, char)| {
        taken += letter.width().unwrap_or(0);
        taken <= room
    };
    let last = text.char_indices().take_while(fits).last();
    &text[..last.map_or(0, |(at, letter)| at + letter.len_utf8())]
}

/// The columns that a text takes on a screen.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) { text.len() } else { text.width() }
}

/// The text with a capital letter at its beginning.
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
        assert_eq!(cut("漢字とかな", 6, "…"), "漢字…");
        assert_eq!(cut_after("1 ", "漢字とかな", 8, "…"), "1 漢字…");
    }
}
