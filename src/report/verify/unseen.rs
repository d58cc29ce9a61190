//! Finds characters that are invisible or change the look of other characters.

/// Describes the first character in a text that is invisible or changes the look of other characters.
pub fn unseen(text: &str) -> Option<String> {
    let mut before = ' ';
    for letter in text.chars() {
        if let Some(reason) = oddity(before, letter) {
            return Some(format!("{reason} (U+{:04X})", u32::from(letter)));
        }
        before = letter;
    }
    None
}

fn oddity(before: char, letter: char) -> Option<&'static str> {
    let is_common_space =
        matches!(letter, ' ' | '\n' | '\r' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    if letter.is_ascii_graphic() || is_common_space {
        return None;
    }
    match letter {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            Some("a character that changes the writing direction")
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffc}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{10ffff}' => Some("an invisible character"),
        '\u{334}'..='\u{338}' | '\u{20d0}'..='\u{20f0}' => {
            Some("a mark drawn over another character")
        }
        _ if letter.is_control() || letter.is_whitespace() => {
            Some("an unusual space or control character")
        }
        _ if unicode_width::UnicodeWidthChar::width(letter) == Some(0)
            && !before.is_alphabetic() =>
        {
            Some("an accent over a digit or a symbol")
        }
        _ => None,
    }
}
