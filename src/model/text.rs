//! Text of the plan: what may stand in it, and how it is folded into lines.

/// Whether `character` may not stand in a plan's text: controls other than white space, which would
/// steer a terminal, and the marks that reorder text so that it reads differently from what it says.
pub fn is_forbidden(character: char) -> bool {
    let white = matches!(character, '\n' | '\r' | '\t');
    let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && !white) || reorders
}

/// The first character of `text` that is forbidden.
pub fn first_forbidden(text: &str) -> Option<char> {
    // Nearly every text is plain, and all bytes are looked at faster than characters: many at once, for none ends it.
    if text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~' | b'\n')) {
        return None;
    }
    text.chars().find(|character| is_forbidden(*character))
}

/// The text on one line: every run of white space becomes one space.
pub fn to_single_line(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
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

/// Text from outside, made safe to print on one line: no control reaches a terminal.
pub fn printable(text: &str) -> String {
    to_single_line(text).replace(is_forbidden, "\u{fffd}")
}

/// Whether two names mean the same person: case and spacing do not count.
pub fn same_person(one: &str, other: &str) -> bool {
    to_single_line(one).to_lowercase() == to_single_line(other).to_lowercase()
}

/// The text's paragraphs, each on one line: they are parted by blank lines, and a bullet begins one.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines() {
        let line = to_single_line(line);
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
    use super::*;

    #[test]
    fn lines_of_a_paragraph_join_and_bullets_stand_alone() {
        let text = "One\ntwo.\n\nThree:\n• four\n  five\n• six\n";
        assert_eq!(paragraphs(text), ["One two.", "Three:", "• four five", "• six"]);
    }

    #[test]
    fn folding_keeps_every_word_and_no_line_break() {
        assert_eq!(to_single_line(" a\u{a0} b\r\n\tc "), "a b c");
    }
}
