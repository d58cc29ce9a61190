//! Splits the wording of a timescale into words, numbers and signs such as `/`, and translates the words into English.

use super::languages::{in_english, plain};

/// A word, a number or a sign in the wording of a timescale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// A number, with the count of its digits.
    Number(u32, usize),
    Month(u32),
    /// A season, given by the number of its last month, such as 2 for winter.
    Season(u32),
    /// A quarter or a half-year, given by its length in months.
    Part(u32),
    Fiscal,
    /// A word that only links other words: `of`, `the`, `de`.
    Link,
    Sign(char),
    Other(String),
}

/// A wording, split into its words.
pub struct Words {
    pub list: Vec<Word>,
    /// True if any word is from a language in which a date such as `3/4/2025` begins with the day.
    pub is_day_first: bool,
}

const MONTHS: &str =
    "january february march april may june july august september october november december";
const NUMBERS: &str = "one two three four five six seven eight nine ten eleven twelve";
const ORDINALS: &str = "first second third fourth fifth sixth";
/// The endings of ordinal numbers in all known languages, such as `th` in `5th`.
const ORDINAL_ENDS: [&str; 13] =
    ["st", "nd", "rd", "th", "e", "er", "ere", "eme", "º", "ª", "de", "ste", "o"];
const FISCAL: [&str; 6] = ["fy", "sfy", "ffy", "fiscal", "financial", "exercice"];

/// A piece of a wording: adjacent letters, adjacent digits, or a single sign such as `/`.
struct WordPiece {
    text: String,
    /// True if no space is between this piece and the piece before it.
    is_joined: bool,
}

/// Splits a wording into words. Full stops are dropped, except between two numbers.
pub fn words(wording: &str) -> Words {
    let pieces = pieces(wording);
    let mut words = Words { list: Vec::with_capacity(pieces.len()), is_day_first: false };
    for (at, piece) in pieces.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &pieces[before]);
        let next = pieces.get(at + 1);
        let is_number = |piece: Option<&WordPiece>| piece.is_some_and(WordPiece::is_number);
        if piece.text == "." && !(is_number(before) && is_number(next)) {
            continue;
        }
        let after_number = piece.is_joined && is_number(before);
        if after_number && ORDINAL_ENDS.contains(&piece.text.as_str()) {
            continue;
        }
        let before_number = is_number(next) && next.is_some_and(|next| next.is_joined);
        let (word, is_foreign) = word(&piece.text, after_number || before_number);
        words.is_day_first |= is_foreign;
        words.list.push(word);
    }
    words
}

impl WordPiece {
    fn is_number(&self) -> bool {
        self.text.starts_with(|first: char| first.is_ascii_digit())
    }
}

/// Splits a wording into pieces, in lower case. A new piece begins at a space or a sign, between a letter and a digit,
/// and before a capital letter within a word.
fn pieces(wording: &str) -> Vec<WordPiece> {
    let mut pieces: Vec<WordPiece> = Vec::new();
    let mut before = ' ';
    for letter in wording.chars().filter(|letter| plain(*letter).next().is_some()) {
        let is_of_word = letter.is_alphabetic()
            && before.is_alphabetic()
            && !(before.is_lowercase() && letter.is_uppercase());
        let goes_on = is_of_word || letter.is_ascii_digit() && before.is_ascii_digit();
        match pieces.last_mut().filter(|_| goes_on) {
            Some(piece) => piece.text.extend(plain(letter)),
            None if letter.is_whitespace() => {}
            None => {
                let is_joined = !before.is_whitespace();
                pieces.push(WordPiece { text: plain(letter).collect(), is_joined });
            }
        }
        before = letter;
    }
    pieces
}

/// Returns the word for a piece. The second result is true if the piece is from a language that writes the day before
/// the month. A letter such as `q` or `h` means a quarter or a half-year only if `beside_number` is true.
fn word(piece: &str, beside_number: bool) -> (Word, bool) {
    if piece.starts_with(|first: char| first.is_ascii_digit()) {
        let other = || Word::Other(piece.to_owned());
        return (
            piece.parse().map_or_else(|_| other(), |value| Word::Number(value, piece.len())),
            false,
        );
    }
    if let Some(number) = place_of(piece, NUMBERS).or_else(|| place_of(piece, ORDINALS)) {
        return (Word::Number(number, 1), false);
    }
    match piece {
        "q" | "t" | "k" if beside_number => return (Word::Part(3), piece != "q"),
        "h" | "s" | "hj" if beside_number => return (Word::Part(6), piece != "h"),
        _ => {}
    }
    let mut letters = piece.chars();
    if let (Some(sign), None) = (letters.next(), letters.next())
        && !sign.is_alphanumeric()
    {
        let sign = match sign {
            '–' | '—' | '‐' | '‑' | '−' => '-',
            '’' | '‘' | '`' | '´' => '\'',
            sign => sign,
        };
        return (Word::Sign(sign), false);
    }
    let english = in_english(piece);
    let word = of_english(english.unwrap_or(piece));
    let is_foreign = english.is_some() && word != Word::Link;
    (word, is_foreign)
}

fn of_english(word: &str) -> Word {
    let is_short = |name: &str| word.len() >= 3 && name.starts_with(word) && word.len() <= 4;
    if let Some(month) = MONTHS.split(' ').position(|name| name == word || is_short(name)) {
        return Word::Month(month as u32 + 1);
    }
    match word {
        "spring" => Word::Season(5),
        "summer" => Word::Season(8),
        "autumn" | "fall" => Word::Season(11),
        "winter" => Word::Season(2),
        "q" | "quarter" | "qtr" => Word::Part(3),
        "h" | "half" => Word::Part(6),
        "of" | "the" => Word::Link,
        word if FISCAL.contains(&word) => Word::Fiscal,
        word => match place_of(word, ORDINALS) {
            Some(number) => Word::Number(number, 1),
            None => Word::Other(word.to_owned()),
        },
    }
}

/// Returns the place of a word in a list of words, counted from 1.
fn place_of(word: &str, list: &str) -> Option<u32> {
    list.split(' ').zip(1..).find(|(known, _)| *known == word).map(|(_, place)| place)
}

/// Checks whether a word is in a list of words, which are separated by white space.
pub fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}
