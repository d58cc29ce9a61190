//! Finds the words of a passage that carry facts: numbers, dates, quotations, negations, states and units.

use crate::model::Period;

/// Returns the normal form of a text for comparisons, without typographic variants of quotation marks, dashes and
/// spaces.
pub fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '‘' | '’' | '‚' | '‛' | '′' => normal.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => normal.push('"'),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => normal.push('-'),
            '…' => normal.push_str("..."),
            ' ' | '\n' | '\r' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}' => {
                if !normal.ends_with(' ') && !normal.is_empty() {
                    normal.push(' ');
                }
            }
            other => normal.push(other),
        }
    }
    normal.truncate(normal.trim_end_matches(' ').len());
    normal
}

/// Returns a normalised text in which all dates have the same form.
pub fn with_plain_dates(text: &str) -> String {
    if !text.contains(|letter: char| letter.is_ascii_digit()) {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split(' ').collect();
    let mut plain: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        match date(&words[at..]) {
            Some((date, taken)) => {
                let (first, last) = (words[at], words[at + taken - 1]);
                let before = &first[..first.len() - first.trim_start_matches(is_edge).len()];
                let after = &last[last.trim_end_matches(is_edge).len()..];
                plain.push(format!("{before}{date}{after}"));
                at += taken;
            }
            None => {
                plain.push(words[at].to_owned());
                at += 1;
            }
        }
    }
    plain.join(" ")
}

/// A fact in a text: a single word, or a date or a quotation that may have several words.
#[derive(Debug, Clone)]
pub struct Telling {
    /// The key for comparisons. Words with the same meaning, such as `7` and `seven`, have the same key.
    key: String,
    pub shown: String,
}

impl PartialEq for Telling {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Telling {
    fn new(key: impl Into<String>, shown: &str) -> Self {
        Self { key: key.into(), shown: shown.to_owned() }
    }
}

/// Returns the words of a normalised text that carry facts, in order.
pub fn telling(text: &str) -> Vec<Telling> {
    let parts: Vec<&str> = text.split('"').collect();
    let pairs = (parts.len() - 1) / 2;
    let mut told = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        match index % 2 == 1 && index <= pairs * 2 {
            true => told.push(Telling::new(format!("“{}”", part.trim()), part.trim())),
            false => told_by(part, &mut told),
        }
    }
    told
}

fn told_by(part: &str, told: &mut Vec<Telling>) {
    let words: Vec<&str> = part.split(' ').filter(|word| !word.is_empty()).collect();
    let core = |at: usize| {
        words.get(at).map_or_else(String::new, |word| word.trim_matches(is_edge).to_lowercase())
    };
    let mut at = 0;
    while at < words.len() {
        let two = format!("{} {}", core(at), core(at + 1));
        if let Some((date, taken)) = date(&words[at..]) {
            told.push(Telling::new(date, &words[at..at + taken].join(" ")));
            at += taken;
        } else if PAIRS.contains(&&*two) {
            told.push(Telling::new(two.clone(), &two));
            at += 2;
        } else {
            word(words[at], told);
            at += 1;
        }
    }
}

/// Adds the facts in a single word to `told`.
fn word(raw: &str, told: &mut Vec<Telling>) {
    let core = raw.trim_matches(is_edge);
    let lower = core.to_lowercase();
    if core.chars().any(char::is_numeric) {
        return number(raw.trim_start_matches(['(', '[', '\'']), &lower, told);
    }
    for part in lower.split(['-', '/']) {
        let part = part.trim_matches(is_edge);
        if part.ends_with("n't") || part == "cannot" {
            told.push(Telling::new("not", part));
        } else if let Some(key) = known(part) {
            told.push(Telling::new(key, core));
        }
    }
}

/// Adds a word that contains a digit to `told`: a number with its sign and unit, or an id.
fn number(raw: &str, core: &str, told: &mut Vec<Telling>) {
    let is_unit = |letter: char| letter.is_alphabetic() || letter == '%' || letter == '-';
    let digits = core.trim_end_matches(is_unit);
    let unit = core[digits.len()..].trim_start_matches('-');
    let is_plain = digits.chars().all(|letter| letter.is_ascii_digit() || ".,".contains(letter));
    if !is_plain {
        return told.push(Telling::new(core, core));
    }
    let has_thousands = digits.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if has_thousands { digits.replace(',', "") } else { digits.to_owned() };
    let sign = if raw.starts_with('-') { "-" } else { "" };
    let shown = format!("{sign}{digits}");
    match plain.trim_start_matches('0') {
        "" if sign.is_empty() => told.push(Telling::new("no", &shown)),
        _ => told.push(Telling::new(format!("{sign}{plain}"), &shown)),
    }
    if !matches!(unit, "" | "st" | "nd" | "rd" | "th") {
        told.push(Telling::new(known(unit).unwrap_or_else(|| unit.to_owned()), unit));
    }
}

/// Returns the key of a word without digits that states a number, quantity, negation, state or unit. Returns `None` for
/// any other word.
fn known(word: &str) -> Option<String> {
    if let Some(number) = NUMBERS.split(' ').position(|number| number == word) {
        return Some(if number == 0 { "no".to_owned() } else { number.to_string() });
    }
    let is_form = |forms: &&&str| forms.split(' ').any(|form| form == word);
    let form = FORMS.iter().find(is_form).and_then(|forms| forms.split(' ').next());
    let other = || OTHERS.split(' ').find(|other| *other == word);
    let stem = || STEMS.split(' ').find(|stem| word.starts_with(stem));
    form.or_else(other).or_else(stem).map(str::to_owned)
}

/// The states and units that consist of two words.
const PAIRS: [&str; 4] = ["in progress", "on track", "off track", "per cent"];
/// The words for the numbers from 0 to 20.
const NUMBERS: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
                       fifteen sixteen seventeen eighteen nineteen twenty";
/// The words for other numbers, for quantities and for negations.
const OTHERS: &str = "thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen once \
                      twice second third fourth fifth sixth seventh eighth ninth tenth half quarter both all most \
                      some few several many every only everything everybody not never without neither nor nobody \
                      nothing unable";
/// The word forms of states, units and similar words. All words in a string have the same meaning.
const FORMS: [&str; 24] = [
    "no none nil",
    "late later",
    "early earlier",
    "open opened opens opening",
    "close closed closes closing",
    "agree agreed agrees",
    "start started starts",
    "begin began begun",
    "decide decides decided decision decisions",
    "add added adds",
    "done",
    "undone unstarted",
    "live",
    "due",
    "risk",
    "red",
    "amber",
    "green",
    "day days",
    "week weeks",
    "month months",
    "year years",
    "hour hours",
    "% percent",
];
/// The beginnings of words that express a state.
const STEMS: &str = "complet incomplete finish unfinished overdue refus verif unverif independent approv reject \
                     request pending exten ongoing supersed pursue escalat withdr accept unaccept fail delay cancel \
                     abandon postpone suspend defer implement reopen disagree ratif undated undecided unowned stall \
                     drop £ pound";

/// Checks whether a character is punctuation that may stand before or after a word.
fn is_edge(letter: char) -> bool {
    !letter.is_alphanumeric() && !"%£$€".contains(letter)
}

/// Reads the date at the beginning of `words`. Returns the date in its normal form, and the number of words in the
/// date.
fn date(words: &[&str]) -> Option<(String, usize)> {
    let core = |index: usize| words.get(index).map_or("", |word| word.trim_matches(is_edge));
    // Punctuation may follow only the last word of a date.
    let is_joined = |count: usize| {
        words[1..count].iter().all(|word| word.starts_with(char::is_alphanumeric))
            && words[..count - 1]
                .iter()
                .all(|word| word.trim_end_matches([',', '.']).ends_with(char::is_alphanumeric))
    };
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|c| c.is_ascii_digit());
    if let Some(date) = in_digits(core(0)) {
        return Some((date, 1));
    }
    for count in [3, 2] {
        if words.len() < count || !is_year(core(count - 1)) || !is_joined(count) {
            continue;
        }
        let mut text = (0..count).map(core).collect::<Vec<_>>();
        for word in &mut text[..count - 1] {
            *word = word.trim_end_matches('.');
        }
        let has_month = text.iter().any(|word| word.starts_with(char::is_alphabetic));
        let joined = text.join(" ");
        let comma = text[..count - 1].join(" ") + ", " + text[count - 1];
        if let Some(period) =
            [joined, comma].iter().find_map(|text| Period::parse(text).ok()).filter(|_| has_month)
        {
            return Some((period.iso(), count));
        }
    }
    None
}

/// Reads a date that is written in digits: `2003-11-30`, `30/11/2003` or `30.11.2003`.
fn in_digits(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    if !parts.iter().all(is_number) {
        return None;
    }
    let day = |year: &str, month: &str, day: &str| {
        let text = format!("{year}-{month:0>2}-{day:0>2}");
        Period::parse(&text).ok().map(Period::iso)
    };
    match parts[..] {
        [year, month] if year.len() == 4 && month.len() == 2 && word.contains('-') => {
            Period::parse(word).ok().map(Period::iso)
        }
        [year, of, on] if year.len() == 4 => day(year, of, on),
        [on, of, year] if year.len() == 4 => day(year, of, on).or_else(|| day(year, on, of)),
        _ => None,
    }
}

/// Checks whether a fact, such as a name or a quotation, occurs in a text at least `times` times.
pub fn stands(fact: &str, text: &str, times: usize) -> bool {
    let count = |fact: &str| {
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let found = text.match_indices(fact).filter(|(at, _)| {
            let (before, after) =
                (text[..*at].chars().next_back(), text[at + fact.len()..].chars().next());
            let goes_on_before = is_letter(before) && is_letter(fact.chars().next());
            let goes_on_after = is_letter(after) && is_letter(fact.chars().next_back());
            !goes_on_before && !goes_on_after
        });
        found.count()
    };
    let mut letters = fact.chars();
    let first = letters.next();
    let with = |first: String| format!("{first}{}", letters.as_str());
    let other = first.map_or_else(String::new, |first| match first.is_uppercase() {
        true => with(first.to_lowercase().collect()),
        false => with(first.to_uppercase().collect()),
    });
    count(fact) + if other == fact { 0 } else { count(&other) } >= times
}
