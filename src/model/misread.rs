//! Text that was decoded with the wrong character encoding, and its correction.

/// A word of a text that was decoded with the wrong encoding, and its correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The wrongly decoded word, as it is in the text.
    pub word: String,
    /// The corrected word; `None` if some characters of the word are lost.
    pub right: Option<String>,
}

/// The characters with which a wrongly decoded character begins.
const BEGINS: [char; 6] = ['Â', 'Ã', 'Ä', 'Å', 'â', 'ï'];

/// Returns the first wrongly decoded word of a text; `None` if there is none. A word is wrongly decoded if it is UTF-8
/// that was decoded as Windows-1252, or if it contains the replacement character U+FFFD.
pub fn misread(text: &str) -> Option<Misread> {
    if text.is_ascii() {
        return None;
    }
    let is_wrong = |word: &&str| {
        word.contains('\u{fffd}') || word.contains(BEGINS) && rightly_read(word).is_some()
    };
    let spaces = |letter: char| letter.is_whitespace() && letter != '\u{a0}' && letter != '\u{85}';
    let word = text.split(spaces).find(is_wrong)?;
    let right = rightly_read(word).filter(|right| !right.contains('\u{fffd}'));
    Some(Misread { word: word.to_owned(), right })
}

/// Returns the correction of a wrongly decoded text; `None` if the text was decoded correctly.
fn rightly_read(text: &str) -> Option<String> {
    let mut right = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_changed = false;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            'Â' | 'Ã' | 'Ä' | 'Å' => 2,
            'â' | 'ï' => 3,
            _ => 1,
        };
        let bytes: Option<Vec<u8>> = rest.chars().take(length).map(windows_1252).collect();
        let meant = bytes.filter(|bytes| bytes.len() == length && length > 1);
        let meant = meant.and_then(|bytes| String::from_utf8(bytes).ok());
        // After a capital letter, `Ã”` may be correct text, as in “AMANHÃ”, but `Ã©` is always wrong.
        let is_capital = right.ends_with(char::is_uppercase) && rest.chars().nth(1) != Some('©');
        match meant.filter(|_| !(length == 2 && is_capital)) {
            Some(meant) => {
                right.push_str(&meant);
                is_changed = true;
                rest = &rest[rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at)..];
            }
            None => {
                right.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    is_changed.then_some(right)
}

/// Returns the byte that stands for a character in Windows-1252; `None` if no byte does. Five bytes are unused in
/// Windows-1252. Here, they stand for control characters, as in browsers.
fn windows_1252(letter: char) -> Option<u8> {
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let place = FROM_80.chars().position(|known| known == letter);
    let byte = place.map_or(u32::from(letter), |place| 0x80 + place as u32);
    u8::try_from(byte).ok()
}

#[cfg(test)]
mod tests {
    use super::misread;

    #[test]
    fn text_that_was_read_in_the_wrong_encoding_is_told_with_what_it_should_be() {
        let right = |text| misread(text).map(|found| found.right.unwrap_or_default());
        assert_eq!(right("the councilâ€™s plan â€“ stage"), Some("council’s".to_owned()));
        assert_eq!(right("a â€œcriticalâ€\u{9d} path"), Some("“critical”".to_owned()));
        assert_eq!(right("a dÃ©jÃ\u{a0} b"), Some("déjà".to_owned()));
        assert_eq!(right("Â£5 and Ã‰cole"), Some("£5".to_owned()));
        assert_eq!(right("council\u{fffd}s"), Some(String::new()));
        assert_eq!(right("councilï¿½s"), Some(String::new()));
    }

    #[test]
    fn text_of_other_languages_is_not_taken_for_wrongly_read() {
        for text in
            ["« déjà »", "“AMANHÃ”", "naïve – it’s", "Ängström, Åland", "pâté", "«\u{a0}à\u{a0}»"]
        {
            assert_eq!(misread(text), None, "{text}");
        }
    }
}
