//! Text of the plan: what may stand in it, and how it is folded into lines.

use std::borrow::Cow;

/// Text of the plan, borrowed from the file wherever it stands there as it is.
pub type Text<'s> = Cow<'s, str>;

/// Whether `character` may not stand in a plan's text: controls other than white space, which would
/// steer a terminal, and the marks that reorder text so that it reads differently from what it says.
pub fn is_forbidden(character: char) -> bool {
    let white = matches!(character, '\n' | '\r' | '\t');
    let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && !white) || reorders
}

/// Whether any character of `text` is forbidden.
pub fn has_forbidden(text: &str) -> bool {
    let kinds = kinds_of_bytes(text);
    kinds & CONTROL != 0 || (kinds & MAY_BEGIN_MARK != 0 && has_mark(text))
}

/// A control character of seven bits other than white space.
pub const CONTROL: u8 = 1;
pub const BACKSLASH: u8 = 2;
pub const CARRIAGE_RETURN: u8 = 4;
/// What a control of eight bits, or a mark that reorders text, begins with.
pub const MAY_BEGIN_MARK: u8 = 8;

/// Which kinds of bytes there are in `text`. Every byte is looked at, without a branch and sixteen abreast; the
/// last sixteen may overlap those before them.
pub fn kinds_of_bytes(text: &str) -> u8 {
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk::<ABREAST>() else {
        let kinds = bytes.iter().map(|byte| KINDS[usize::from(*byte)]);
        return kinds.fold(0, |found, kind| found | kind);
    };
    let mut found = [0; ABREAST];
    let chunks = bytes.chunks_exact(ABREAST);
    for chunk in chunks.chain([last.as_slice()]) {
        for (found, byte) in found.iter_mut().zip(chunk) {
            *found |= kind(*byte);
        }
    }
    found.iter().fold(0, |all, found| all | found)
}

const ABREAST: usize = 16;

/// The kind of every byte, for text too short to be looked at sixteen abreast.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        kinds[byte] = kind(byte as u8);
        byte += 1;
    }
    kinds
};

const fn kind(byte: u8) -> u8 {
    let control = (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) | (byte == 0x7f);
    let mark = (byte == 0xc2) | (byte == 0xe2);
    (control as u8)
        | (((byte == b'\\') as u8) << 1)
        | (((byte == b'\r') as u8) << 2)
        | ((mark as u8) << 3)
}

/// Whether there is a control of eight bits, or a mark that reorders text, in `text`.
pub fn has_mark(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(0xc2, 0xe2, bytes).any(|at| {
        matches!(
            &bytes[at..],
            [0xc2, 0x80..=0x9f, ..] | [0xe2, 0x80, 0xaa..=0xae, ..] | [0xe2, 0x81, 0xa6..=0xa9, ..]
        )
    })
}

/// The beginning of the text on one line, at least `letters` of it where it has as many.
pub fn fold_beginning(text: &str, letters: usize) -> String {
    let mut folded = String::with_capacity(letters + 16);
    let mut count = 0;
    for word in text.split_whitespace() {
        if count > letters {
            break;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
        count += word.chars().count() + 1;
    }
    folded
}

/// The text on one line: every run of white space becomes one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The text's paragraphs, each on one line: they are parted by blank lines, and a bullet begins one.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines() {
        let line = fold(line);
        let begins = line.is_empty() || line.starts_with(['•', '-', '*']);
        match paragraphs.last_mut() {
            Some(last) if !begins && !last.is_empty() => {
                last.push(' ');
                last.push_str(&line);
            }
            Some(last) if last.is_empty() => *last = line,
            _ => paragraphs.push(line),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_quick_look_finds_what_a_look_at_every_character_finds() {
        for character in '\0'..='\u{ffff}' {
            for text in [format!("{character}"), format!("ab€{character}’cd")] {
                let found = super::has_forbidden(&text);
                assert_eq!(found, super::is_forbidden(character), "{character:?}");
            }
        }
    }

    #[test]
    fn a_character_is_found_wherever_it_stands_in_a_text_of_any_length() {
        for length in 0..70 {
            for at in 0..length {
                let text = format!("{}\u{7f}{}", "a".repeat(at), "b".repeat(length - at - 1));
                assert!(super::has_forbidden(&text), "{at} of {length}");
            }
            assert!(!super::has_forbidden(&"a".repeat(length)), "{length}");
        }
    }

    use super::*;

    #[test]
    fn lines_of_a_paragraph_join_and_bullets_stand_alone() {
        let text = "One\ntwo.\n\nThree:\n• four\n  five\n• six\n";
        assert_eq!(
            paragraphs(text),
            ["One two.", "Three:", "• four five", "• six"]
        );
    }

    #[test]
    fn folding_keeps_every_word_and_no_line_break() {
        assert_eq!(fold(" a\u{a0} b\r\n\tc "), "a b c");
    }
}
