//! Text of the plan: its allowed characters, and its conversion for output, comparison and search.

use memchr::memchr2_iter;

/// Checks whether a character is forbidden in a plan's text. All control characters except tabs and line breaks are
/// forbidden, because they could control a terminal. Marks that reorder text are forbidden, because they could hide the
/// true text.
pub fn is_forbidden(character: char) -> bool {
    let white = matches!(character, '\n' | '\r' | '\t');
    let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && !white) || reorders
}

/// Returns the first forbidden character of `text`; `None` if it has none.
pub fn first_forbidden(text: &str) -> Option<char> {
    // Most texts have no forbidden character. The loop has no early exit, so that the compiler can check many bytes at
    // once.
    let bytes = text.as_bytes();
    let is_control =
        |byte: u8| byte == 0x7f || byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t');
    let has_control = bytes.iter().fold(false, |any, byte| any | is_control(*byte));
    // In UTF-8, the other forbidden characters (U+0080 to U+009F and the marks that reorder text) begin with the byte
    // C2 or E2.
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

/// Returns the text on one line. Every run of white space becomes one space.
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

/// Checks whether the text is on one line, with single spaces between words. For a text that is not ASCII, the check
/// may wrongly return false.
fn is_single_line(text: &str) -> bool {
    let mut before = b' ';
    let is_plain = text.bytes().fold(true, |all, byte| {
        let is_white = byte < b' ' || byte == b' ' && before == b' ';
        // In UTF-8, white space outside ASCII begins with one of these bytes.
        let may_be_white = matches!(byte, 0xc2 | 0xe1..=0xe3);
        before = byte;
        all & !is_white & !may_be_white
    });
    is_plain && before != b' '
}

/// Returns a number with its noun in the singular or plural: `1 day`, `164 days`.
pub fn counted(count: impl TryInto<u64>, one: &str, many: &str) -> String {
    let count: u64 = count.try_into().unwrap_or(u64::MAX);
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Joins the parts as `one`, `one, or two`, or `one, two, or three`. The comma before “or” helps because a part may
/// contain “or” itself.
pub fn either(parts: impl IntoIterator<Item = String>) -> String {
    let mut parts: Vec<String> = parts.into_iter().collect();
    match (parts.pop(), parts.join(", ")) {
        (None, _) => String::new(),
        (Some(last), first) if first.is_empty() => last,
        (Some(last), first) => format!("{first}, or {last}"),
    }
}

/// Returns all words of the texts in lower case, joined by hyphens. The result is cut off after `most` characters.
pub fn hyphenated<'t>(texts: impl IntoIterator<Item = &'t str>, most: usize) -> String {
    let words =
        texts.into_iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("-").chars().take(most).collect()
}

/// Checks whether a spreadsheet would read a text as a formula.
pub fn is_formula(text: &str) -> bool {
    // Spreadsheets in East Asian languages also read the full-width signs as formulas.
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Returns the text in a form that is safe to print: on one line, with control characters replaced.
pub fn printable(text: &str) -> String {
    to_single_line(text).replace(is_forbidden, "\u{fffd}")
}

/// Returns a word of a command, quoted for the shell if needed. A word with line breaks or tabs is put on one line.
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

/// Checks whether two names mean the same person. Case and spacing are ignored.
pub fn same_person(one: &str, other: &str) -> bool {
    to_single_line(one).to_lowercase() == to_single_line(other).to_lowercase()
}

/// Returns the words of a name in lower case without accents and punctuation. `&` becomes `and`, and `the` is dropped.
pub fn plain_words(name: &str) -> String {
    let name = searchable(&name.replace('&', " and "));
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty() && *word != "the").collect::<Vec<_>>().join(" ")
}

/// Returns the text in the form in which it is searched: on one line, in lower case, without accents, apostrophes and
/// quotes. Hyphens and dashes become spaces.
pub fn searchable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => plain.push(letter),
            '\'' | '"' | '`' | '´' | '‘'..='‟' | '′' | '″' | '«' | '»' | '‹' | '›' | 'ʼ' =>
                {}
            // Combining accents and invisible characters are dropped.
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

/// Plain letters, each with its variants: accented letters, ligatures and other forms.
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
