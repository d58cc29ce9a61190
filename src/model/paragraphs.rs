//! Splits a text into paragraphs and list items.

use super::to_single_line;

/// The characters that always mark a list item at the beginning of a line. The last character is the bullet that word
/// processors write.
const BULLETS: &str = "•*-◦▪▫‣⁃●○■□·∙➢✓\u{f0b7}";
/// The characters that mark a list item at the beginning of a line only if the line does not continue a sentence.
const DASHES: &str = "–—+";

/// A paragraph or a list item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The text on one line. The text of a list item begins with its marker.
    pub words: String,
    /// The length of the list item's marker in bytes; 0 for a paragraph.
    pub marker: usize,
    /// The number of list items that enclose this list item; 0 for a paragraph.
    pub depth: usize,
}

impl Paragraph {
    /// Returns the text of a list item without its bullet. Returns `None` for a paragraph, and for a list item whose
    /// marker is a number or a letter.
    pub fn after_bullet(&self) -> Option<&str> {
        let bullet =
            self.words.chars().next().filter(|letter| self.marker > 0 && is_bullet(*letter));
        bullet.map(|bullet| self.words[bullet.len_utf8()..].trim_start())
    }
}

/// Checks whether a character can be the bullet of a list item.
pub fn is_bullet(letter: char) -> bool {
    BULLETS.contains(letter) || DASHES.contains(letter)
}

/// Returns the paragraphs of a text, each on one line. A blank line or a list item begins a new paragraph.
pub fn paragraphs(text: &str) -> Vec<String> {
    items(text).into_iter().map(|paragraph| paragraph.words).collect()
}

/// Returns the paragraphs and the list items of a text.
pub fn items(text: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    // The last list item and the items that enclose it, each with its indentation and the style of its marker.
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let words = to_single_line(line);
        let marker = Marker::of(&words).filter(|marker| {
            let ends = |last: &Paragraph| last.words.ends_with(['.', ':', ';', '!', '?']);
            let is_parted = !goes_on || found.last().is_none_or(ends);
            marker.is_sure || is_parted || marker.has_others(text)
        });
        match (marker, found.last_mut()) {
            _ if words.is_empty() => {}
            (None, Some(last)) if goes_on => {
                last.words.push(' ');
                last.words.push_str(&words);
            }
            (None, _) => {
                open.clear();
                found.push(Paragraph { words, ..Paragraph::default() });
            }
            (Some(marker), _) => {
                let depth = enter(&mut open, line.len() - line.trim_start().len(), marker.style);
                found.push(Paragraph { words, marker: marker.length, depth });
            }
        }
        goes_on = !line.trim().is_empty();
    }
    found
}

/// Adds a list item to `open`, the list of enclosing items, and returns the depth of the new item. The new item is
/// enclosed by items with less indentation, and by items with the same indentation but another marker.
fn enter(open: &mut Vec<(usize, String)>, indent: usize, style: String) -> usize {
    open.retain(|(before, _)| *before <= indent);
    let same = open.iter().position(|(before, known)| *before == indent && *known == style);
    open.truncate(same.unwrap_or(open.len()));
    open.push((indent, style));
    open.len() - 1
}

/// The bullet, number or letter that marks a list item at the beginning of a line.
struct Marker {
    /// The length of the marker in bytes.
    length: usize,
    /// The style of the marker, such as `0.` for `12.` and `(a)` for `(b)`.
    style: String,
    /// True if a line that begins with this marker is always a list item.
    is_sure: bool,
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let first = line.chars().next()?;
        if BULLETS.contains(first) {
            return Some(Self {
                length: first.len_utf8(),
                style: first.to_string(),
                is_sure: true,
            });
        }
        let word = line.split(' ').next()?;
        let is_dash = DASHES.contains(first) && word.len() == first.len_utf8();
        let style = if is_dash { word.to_owned() } else { style(word)? };
        Some(Self { length: word.len(), style, is_sure: false })
    }

    /// Checks whether at least two lines of the text begin with a marker of this style.
    fn has_others(&self, text: &str) -> bool {
        let words = |line: &str| line.split_whitespace().next().map(str::to_owned);
        let is_such =
            |word: &String| *word == self.style || style(word) == Some(self.style.clone());
        text.lines().filter_map(words).filter(is_such).nth(1).is_some()
    }
}

/// Returns the style of a marker with a number or letter: `0.` for `12.`, `(a)` for `(b)` and `(iv)`, `0.0` for `1.2`.
/// Returns `None` if `word` is not a marker.
fn style(word: &str) -> Option<String> {
    const DIGITS: usize = 3;
    if !word.ends_with(|last: char| last.is_ascii_digit() || matches!(last, ')' | '.')) {
        return None;
    }
    let core = word.strip_prefix('(').unwrap_or(word);
    let ended = core.strip_suffix(')').or_else(|| core.strip_suffix('.').filter(|_| core == word));
    if core != word && !word.ends_with(')') {
        return None;
    }
    let parts: Vec<&str> = ended.unwrap_or(core).split('.').collect();
    let (last, before) = parts.split_last()?;
    let is_number = |part: &str| {
        (1..=DIGITS).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit())
    };
    let letters = last.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let number = &last[..last.len() - letters.len()];
    let is_roman =
        letters.len() <= "xviii".len() && letters.bytes().all(|letter| b"ivxIVX".contains(&letter));
    let is_letter =
        letters.len() == 1 && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
    let is_marker = before.iter().all(|part| is_number(part))
        && (number.is_empty() || is_number(number))
        && (is_roman || is_letter)
        && !last.is_empty()
        && (ended.is_some() || !before.is_empty() && letters.is_empty());
    is_marker.then(|| {
        let mut style = String::new();
        for letter in word.chars() {
            let kind = match letter {
                '0'..='9' => '0',
                'a'..='z' => 'a',
                'A'..='Z' => 'A',
                other => other,
            };
            if !style.ends_with(kind) {
                style.push(kind);
            }
        }
        style
    })
}

#[cfg(test)]
mod tests {
    use super::{items, paragraphs};

    /// Returns the items of a text as lines, each indented by its depth.
    fn drawn(text: &str) -> Vec<String> {
        let drawn = items(text).into_iter();
        drawn.map(|item| format!("{}{}", "  ".repeat(item.depth), item.words)).collect()
    }

    #[test]
    fn lines_of_a_paragraph_join_and_bullets_stand_alone() {
        let text = "One\ntwo.\n\nThree:\n• four\n  five\n• six\n";
        assert_eq!(paragraphs(text), ["One two.", "Three:", "• four five", "• six"]);
        assert_eq!(paragraphs("-One\n-Two\n*Three"), ["-One", "-Two", "*Three"]);
    }

    #[test]
    fn every_usual_marker_begins_an_item() {
        for (one, other) in [
            ("1.", "2."),
            ("9)", "10)"),
            ("(1)", "(2)"),
            ("1.1", "1.2"),
            ("1.1.", "1.2."),
            ("(a)", "(b)"),
            ("a)", "b)"),
            ("a.", "b."),
            ("A.", "B."),
            ("i)", "ii)"),
            ("(iii)", "(iv)"),
            ("IX.", "X."),
            ("1a)", "1b)"),
            ("–", "–"),
            ("—", "—"),
            ("◦", "◦"),
            ("▪", "▪"),
            ("\u{f0b7}", "\u{f0b7}"),
        ] {
            let text = format!("The board will\n{one} publish a\n   register\n{other} review it");
            let items = [format!("{one} publish a register"), format!("{other} review it")];
            assert_eq!(paragraphs(&text), [&["The board will".to_owned()][..], &items].concat());
        }
    }

    #[test]
    fn words_and_numbers_of_a_sentence_begin_no_item() {
        for sentence in [
            "as it was agreed in\n2003. The board",
            "as section 3\n(b) of the Act has it",
            "as recommendation\n3. The others",
            "a cost of\n3.5 million",
            "the plan\n– and the board –\nis new",
            "was told by\nA. Smith of it",
            "sent to the\ncivil) or other",
            "a\n(see below) or\n(as above) it",
            "in the\nnext) and\nlast)",
        ] {
            assert_eq!(paragraphs(sentence), [sentence.replace('\n', " ")]);
        }
    }

    #[test]
    fn an_item_stands_in_the_one_that_is_indented_less_or_has_another_marker() {
        let by_space = "• one\n  • two\n    • three\n  • four\n• five\n\nsix";
        let by_marker = "1. one\n(a) two\n(b) three\n– four\n– five\n(c) six\n2. seven";
        assert_eq!(
            drawn(by_space),
            ["• one", "  • two", "    • three", "  • four", "• five", "six"]
        );
        let nested =
            ["1. one", "  (a) two", "  (b) three", "– four", "– five", "  (c) six", "2. seven"];
        assert_eq!(drawn(by_marker), nested.map(|item| item.replace('–', "    –")));
    }
}
