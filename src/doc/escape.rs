//! Escapes text for Markdown by means of backslashes, and replaces characters that XML forbids.

use crate::model::{is_forbidden, to_single_line};

/// Replaces each character that XML forbids by the replacement character U+FFFD.
pub fn clean(text: &str) -> String {
    let may_not = |letter| is_forbidden(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.replace(may_not, "\u{fffd}")
}

/// Escapes a text for Markdown, and joins its lines to one line.
pub fn escape(text: &str) -> String {
    escape_letters(&to_single_line(text))
}

/// Escapes a text for Markdown, and keeps its white space. Only characters that could begin markup are escaped, because
/// a needless backslash would break a web address.
pub fn escape_letters(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let is_of_reference = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
    let (mut before, mut is_address) = (' ', false);
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        let next = rest.chars().next().unwrap_or(' ');
        is_address = !letter.is_whitespace() && (is_address || rest.starts_with("://"));
        let is_in_word = before.is_alphanumeric() || is_address && before == '/';
        let is_special = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '$' => true,
            // A `_` inside a word does not begin markup. Neither does a `~` after a slash in a web address.
            '_' => !(is_in_word && next.is_alphanumeric()),
            '~' => !(is_address && before == '/' && next.is_alphanumeric()),
            '#' => !is_address,
            '&' if is_address => rest.trim_start_matches(is_of_reference).starts_with(';'),
            '&' => is_of_reference(next),
            _ => false,
        };
        if is_special {
            escaped.push('\\');
        }
        escaped.push(letter);
        before = letter;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::escape;

    #[test]
    fn an_address_and_a_name_stay_whole() {
        for text in [
            "https://example.org/minutes_2003_06.pdf",
            "https://example.org/~clerk/_new/page?a=1&copy=2#part_2",
            "minutes_2003_06.pdf",
        ] {
            assert_eq!(escape(text), text);
        }
        assert_eq!(escape("_so_ #1 R&D"), r"\_so\_ \#1 R\&D");
        assert_eq!(escape("https://example.org/?a=&lt;"), r"https://example.org/?a=\&lt;");
        assert_eq!(escape("https://example.org #1"), r"https://example.org \#1");
    }

    proptest! {
        #![proptest_config(crate::testing::cases(512))]

        #[test]
        fn nothing_becomes_markup(text in "(https://|__|~~|/_|/~|&lt;|[ab_~#&;:/.*(é-]| ){0,24}") {
            let text = format!("x {text} x");
            let markdown = escape(&text);
            let options = Options::ENABLE_TABLES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_MATH;
            let mut shown = String::new();
            for event in Parser::new_ext(&markdown, options) {
                match event {
                    Event::Text(words) => shown.push_str(&words),
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                    other => prop_assert!(false, "{markdown}: {other:?}"),
                }
            }
            prop_assert_eq!(shown, crate::model::to_single_line(&text));
        }
    }
}
