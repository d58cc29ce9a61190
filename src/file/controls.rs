//! Finds forbidden characters, such as control characters, in a value of the plan file. A value can contain such a
//! character directly or as an escape, for example `\u001b`.

use std::ops::Range;

use crate::model::is_forbidden;

/// Returns the position of the first forbidden character in `raw`, if there is one. The text `raw` is a value as it is
/// written in the plan file.
pub fn find(raw: &str) -> Option<Range<usize>> {
    let escapes = !raw.starts_with('\'');
    let mut characters = raw.char_indices();
    while let Some((at, character)) = characters.next() {
        if is_forbidden(character) {
            return Some(at..at + character.len_utf8());
        }
        if escapes && character == '\\' {
            let (_, letter) = characters.next()?;
            let escaped = unescape(letter, characters.as_str());
            if let Some((_, length)) = escaped.filter(|(meant, _)| is_forbidden(*meant)) {
                return Some(at..at + 2 + length);
            }
        }
    }
    None
}

/// Decodes an escape that begins with `\` and the character `letter`. The text after these characters is `rest`.
/// Returns the character that the escape means, and the number of bytes that the escape takes from `rest`. Returns
/// `None` if the escape is invalid or means a harmless character.
fn unescape(letter: char, rest: &str) -> Option<(char, usize)> {
    let digits = match letter {
        'b' => return Some(('\u{8}', 0)),
        'f' => return Some(('\u{c}', 0)),
        'e' => return Some(('\u{1b}', 0)),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let code = u32::from_str_radix(rest.get(..digits)?, 16).ok()?;
    Some((char::from_u32(code)?, digits))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn escapes_are_found_where_they_are_written() {
        assert_eq!(find(r#""a\u001b[31m""#), Some(2..8));
        assert_eq!(find(r#""a\e[31m""#), Some(2..4));
        assert_eq!(find(r#""a\U0000009Bm""#), Some(2..12));
        assert_eq!(find("\"a\u{9b}m\""), Some(2..4));
        assert_eq!(find("'a\u{202e}m'"), Some(2..5));
    }

    #[test]
    fn what_only_looks_like_an_escape_is_left_alone() {
        assert_eq!(find(r#""a\\u001b""#), None);
        assert_eq!(find(r"'a\u001b'"), None);
        assert_eq!(find("\"\"\"a\n\tb\r\n\"\"\""), None);
    }
}
