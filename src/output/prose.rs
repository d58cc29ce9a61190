//! Text in lines: wrapped to a screen, or cut to so many columns.

use unicode_width::UnicodeWidthStr;

use super::Screen;
use crate::model::paragraphs;

/// Lines longer than this are hard to read, however wide the screen is.
pub const READING_WIDTH: usize = 110;
/// However narrow the screen is, a line has room for so many columns of words.
const LEAST_WORDS: usize = 24;

/// Wraps every paragraph of `text` to the screen, `first` before its first line and `rest` before
/// the others. Lines break at spaces, never at the hyphens of a date or an id.
pub fn wrap(text: &str, screen: Screen, first: &str, rest: &str) -> String {
    let width = screen.width.unwrap_or(READING_WIDTH).max(rest.width() + LEAST_WORDS);
    let options =
        textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
    let mut wrapped = String::new();
    for (index, paragraph) in paragraphs(text).iter().enumerate() {
        let options = options
            .clone()
            .initial_indent(if index == 0 { first } else { rest })
            .subsequent_indent(rest);
        for line in textwrap::wrap(paragraph, options) {
            wrapped.push_str(line.trim_end());
            wrapped.push('\n');
        }
    }
    wrapped
}
