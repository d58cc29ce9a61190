//! Text of the plan: what may stand in it, and how it is put on one line.

use memchr::memchr2_iter;

/// Says whether `character` may not stand in a plan's text: controls other than white space, which would
/// steer a terminal, and the marks that reorder text so that it was changed from what it says.
pub fn is_forbidden(character: char) -> bool {
    let white = matches!(character, '\n' | '\r' | '\t');
    let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && !white) || reorders
}

/// The first character of `text` that is forbidden.
pub fn first_forbidden(text: &str) -> Option<char> {
    // Nearly every text has none, and bytes are looked at faster than characters: many at once, for none ends it.
    let bytes = text.as_bytes();
    let is_control =
        |byte: u8| byte == 0x7f || byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t');
    let has_control = bytes.iter().fold(false, |any, byte| any | is_control(*byte));
    // All others begin with one of two bytes: U+0080 to U+009F, and those that reorder.
    let mut others = memchr2_iter(0xc2, 0xe2, bytes).map(|at| &bytes[at..]);
    let is_other = |rest: &[u8]| {
        matches!(
            rest,
            [0xc2, 0x80..=0x9f, ..] | [0xe2, 0x80, 0xaa..=0xae, ..] | [0xe2, 0x81, 0xa6..=0xa9, ..]
        )
    };
    if !has_control && !others.any(is_other) {
        return None;
    }
    text.chars().find(|character| is_forbidden(*character))
}

/// The text on one line: every run of white space becomes one space.
pub fn to_single_line(text: &str) -> String {
    if is_single_line(text) {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Says whether single spaces are the only white space. It may say no of a text with letters that are not ASCII.
fn is_single_line(text: &str) -> bool {
    let mut before = b' ';
    let is_plain = text.bytes().fold(true, |all, byte| {
        let is_white = byte < b' ' || byte == b' ' && before == b' ';
        // The white space that is not ASCII begins with one of these.
        let may_be_white = matches!(byte, 0xc2 | 0xe1..=0xe3);
        before = byte;
        all & !is_white & !may_be_white
    });
    is_plain && before != b' '
}

/// `1 day`, `164 days`.
pub fn counted(count: impl TryInto<u64>, one: &str, many: &str) -> String {
    let count: u64 = count.try_into().unwrap_or(u64::MAX);
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `one`, `one, or two`, `one, two, or three`: the parts may hold an “or” of their own.
pub fn either(parts: impl IntoIterator<Item = String>) -> String {
    let mut parts: Vec<String> = parts.into_iter().collect();
    match (parts.pop(), parts.join(", ")) {
        (None, _) => String::new(),
        (Some(last), first) if first.is_empty() => last,
        (Some(last), first) => format!("{first}, or {last}"),
    }
}

/// The letters and digits of texts in lower case, with a hyphen between two words; `most` letters of them.
pub fn hyphenated<'t>(texts: impl IntoIterator<Item = &'t str>, most: usize) -> String {
    let words =
        texts.into_iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("-").chars().take(most).collect()
}

/// Text from outside, made safe to print on one line: no control reaches a terminal.
pub fn printable(text: &str) -> String {
    to_single_line(text).replace(is_forbidden, "\u{fffd}")
}

/// A word of a command as a shell reads it. Lines of a text become one; the spaces in a name stay.
pub fn shell_word(word: &str) -> String {
    let word = match word.contains(['\n', '\r', '\t']) {
        true => printable(word),
        false => word.replace(is_forbidden, "\u{fffd}"),
    };
    let is_plain = |character: char| character.is_alphanumeric() || "_-./,=@%+".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word;
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Says whether two names mean the same person: case and spacing do not count.
pub fn same_person(one: &str, other: &str) -> bool {
    to_single_line(one).to_lowercase() == to_single_line(other).to_lowercase()
}

/// The words of a name without accents, signs and capitals; `&` is a word, and an article is none.
pub fn plain_words(name: &str) -> String {
    let name = searchable(&name.replace('&', " and "));
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty() && *word != "the").collect::<Vec<_>>().join(" ")
}

/// The text as it is searched: in lower case, on one line, without accents, apostrophes and quotes, and with spaces
/// for hyphens and dashes.
pub fn searchable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => plain.push(letter),
            '\'' | '"' | '`' | '´' | '‘'..='‟' | '′' | '″' | '«' | '»' | '‹' | '›' | 'ʼ' =>
                {}
            // Accents that follow their letter, and what nobody sees.
            '\u{300}'..='\u{36f}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'
            | '\u{feff}' => {}
            '-' | '‐'..='―' | '−' | '\u{2043}' => plain.push(' '),
            _ if letter.is_ascii() => plain.push(letter),
            _ => match ACCENTED.iter().find(|(_, accented)| accented.contains(letter)) {
                Some((base, _)) => plain.push_str(base),
                None => plain.push(letter),
            },
        }
    }
    to_single_line(&plain)
}

/// Letters, and those that are searched as they are: with accents, joined, or of another form.
const ACCENTED: [(&str, &str); 38] = [
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặª"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
    ("g", "ĝğġģǧ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıǐịỉ"),
    ("ij", "ĳ"),
    ("j", "ĵ"),
    ("k", "ķĸ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉŋ"),
    ("o", "òóôõöøōŏőǒơọỏốồổỗộớờởỡợº"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšșſ"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųǔưụủứừửữự"),
    ("w", "ŵẁẃẅ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżž"),
    ("ff", "ﬀ"),
    ("fi", "ﬁ"),
    ("fl", "ﬂ"),
    ("ffi", "ﬃ"),
    ("ffl", "ﬄ"),
    ("...", "…"),
    ("α", "ά"),
    ("ε", "έ"),
    ("η", "ή"),
    ("ι", "ίϊΐ"),
    ("ο", "ό"),
    ("υ", "ύϋΰ"),
    ("ω", "ώ"),
    ("σ", "ς"),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(crate::testing::cases(512))]

        #[test]
        fn a_text_is_on_one_line_whether_it_was_before_or_not(
            text in "[a-c’é \n\u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{205f}\u{3000}]{0,12}",
        ) {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(to_single_line(&text), words.join(" "));
        }
    }

    #[test]
    fn every_forbidden_character_is_found_and_no_other() {
        for character in '\0'..=char::MAX {
            let found = first_forbidden(&format!("a “{character}”"));
            assert_eq!(found, is_forbidden(character).then_some(character), "{character:?}");
        }
    }

    #[test]
    fn a_search_does_not_look_at_accents_quotes_hyphens_and_line_ends() {
        for (text, typed) in [
            ("The Board’s register", "board's register"),
            ("a named and\n  independent officer", "named and independent"),
            ("naïve cafe\u{301}, Łódź, Straße", "NAIVE café, lodz, strasse"),
            ("the “critical” path", "\"critical\" path"),
            ("a risk\u{2011}based plan – stage 1", "risk-based plan - stage 1"),
            ("the ﬁnal co\u{ad}operation", "final cooperation"),
            ("Ἀθήνα, Αθήνα", "αθηνα"),
            ("037/23 and AC-2(1)", "ac-2(1)"),
        ] {
            assert!(searchable(text).contains(&searchable(typed)), "{text} {typed}");
        }
        assert!(!searchable("net worked").contains(&searchable("networked")));
    }

    #[test]
    fn folding_keeps_every_word_and_no_line_break() {
        assert_eq!(to_single_line(" a\u{a0} b\r\n\tc "), "a b c");
    }

    #[test]
    fn names_are_compared_without_what_writers_vary() {
        for name in
            ["Head of Treasury", "head of  treasury", "The Head of Treasury.", "Héad of Treasury"]
        {
            assert_eq!(plain_words(name), "head of treasury", "{name}");
        }
        assert_eq!(plain_words("Law & Order"), plain_words("Law and Order"));
    }
}
