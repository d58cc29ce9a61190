//! The shapes of words that have a likely meaning: numbers, seasons, quarters, halves, fiscal years, lengths of time.

use chrono::Datelike;

use super::{
    super::{Length, NotAPeriod, Period, Term, Year, calendar::is_ordinal_end},
    Due, NotATimescale,
    numeric::numeric,
};

/// Words that change nothing.
const FILLERS: [&str; 8] = ["by", "the", "end", "of", "in", "during", "within", ","];
const FISCAL: [&str; 5] = ["fy", "sfy", "ffy", "fiscal", "financial"];
/// Words after a length of time that counts from the plan.
const OF_PLAN: [&str; 8] =
    ["publication", "publishing", "plan", "report", "this", "now", "from", "after"];
const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

/// What words that are not read may mean.
pub fn meaning(wording: &str) -> NotATimescale {
    let all = words(wording);
    let has = |word: &str| all.iter().any(|known| known == word);
    let is_fiscal = FISCAL.iter().any(|word| has(word));
    let is_needed = |word: &&str| {
        let is_of_fiscal = is_fiscal && (*word == "year" || FISCAL.contains(word));
        !FILLERS.contains(word) && !is_of_fiscal
    };
    let words: Vec<&str> = all.iter().map(String::as_str).filter(is_needed).collect();
    if let Some(found) = part_of_year(&words, is_fiscal).or_else(|| length_or_term(&words)) {
        return found;
    }
    let (as_written, in_words) =
        (Period::parse_or_year(wording), Period::parse_or_year(&words.join(" ")));
    match (numbers(&words), as_written, in_words) {
        (Ok(Some(found)), ..) => found,
        (_, _, Ok(Period::Year(year))) if has("by") && !has("end") => {
            let before = Year::new(year.first_day().year() - 1);
            let periods = before.into_iter().chain([year]).map(Period::Year).collect();
            NotATimescale::Ambiguous { why: "before that year, or by its end", periods }
        }
        (_, _, Ok(period)) => by(period),
        (Err(reason), ..) => NotATimescale::Impossible(reason),
        (_, Err(reason), _) if reason != NotAPeriod::Unrecognised => {
            NotATimescale::Impossible(reason)
        }
        _ => NotATimescale::Unknown { why: "not a date" },
    }
}

fn likely(term: Term) -> NotATimescale {
    NotATimescale::Likely(Due::Term(term))
}

fn by(period: Period) -> NotATimescale {
    likely(Term::By(period))
}

/// The words in lower case, numbers as figures, and each sign. A change between letters and digits parts them.
fn words(wording: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for letter in wording.trim_end_matches('.').chars() {
        let goes_on = letter.is_ascii_digit() && before.is_ascii_digit()
            || letter.is_alphabetic() && before.is_alphabetic();
        match words.last_mut().filter(|_| goes_on) {
            Some(word) => word.extend(letter.to_lowercase()),
            None if letter.is_whitespace() => {}
            None => words.push(letter.to_lowercase().collect()),
        }
        before = letter;
    }
    let place = |names: &[&str], word: &str| names.iter().position(|name| *name == word);
    for word in &mut words {
        if let Some(place) = place(&NUMBERS, word).or_else(|| place(&ORDINALS, word)) {
            *word = (place + 1).to_string();
        }
    }
    words.retain(|word| !is_ordinal_end(word));
    words
}

/// Dates of numbers: `30/06/2023`, `06/2023`.
fn numbers(words: &[&str]) -> Result<Option<NotATimescale>, NotAPeriod> {
    let periods = match words {
        [one, "/" | "." | "-", other, "/" | "." | "-", year] if one.len() <= 2 => {
            numeric([one, other, year])?
        }
        [month, "/" | "." | "-", year] if month.len() <= 2 && year.len() == 4 => {
            let (Ok(month), Ok(year)) = (month.parse(), year.parse()) else {
                return Ok(None);
            };
            Period::build(year, month, None).into_iter().collect()
        }
        _ => Vec::new(),
    };
    Ok(match periods[..] {
        [] => None,
        [period] => Some(by(period)),
        _ => Some(NotATimescale::Ambiguous { why: "may be either day", periods }),
    })
}

/// A season, a quarter or a half of a year, or a fiscal year.
fn part_of_year(words: &[&str], is_fiscal: bool) -> Option<NotATimescale> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|number| (1..=4).contains(number));
    let season = |month, rest: &[&str]| match year(rest)? {
        (year, false) if rest[0].len() == 4 => Some(by(month_of(year, month)?)),
        _ => None,
    };
    let (months, count, rest) = match words {
        ["spring", rest @ ..] => return season(5, rest),
        ["summer", rest @ ..] => return season(8, rest),
        ["autumn" | "fall", rest @ ..] => return season(11, rest),
        ["winter", rest @ ..] => return winter(rest),
        ["q" | "quarter", count, rest @ ..]
        | [count, "q" | "quarter", rest @ ..]
        | [rest @ .., "q" | "quarter", count]
            if let Some(count) = number(count) =>
        {
            (3, count, rest)
        }
        ["h" | "half", count, rest @ ..] | [count, "h" | "half", rest @ ..]
            if let Some(count @ 1..=2) = number(count) =>
        {
            (6, count, rest)
        }
        _ => (12, 1, words),
    };
    let rest = rest.strip_prefix(&["/"]).unwrap_or(rest);
    let month = months * count;
    match year(rest)? {
        (year, is_span) if is_span || is_fiscal => Some(fiscal(year, 12 - month)),
        (year, false) if months < 12 => Some(by(month_of(year, month)?)),
        _ => None,
    }
}

/// The year that these words are, and whether it is the second of two: `2024`, `24`, `2023/24`.
fn year(words: &[&str]) -> Option<(u32, bool)> {
    let whole = |text: &str| match text.len() {
        2 => Some(2000 + text.parse::<u32>().ok()?),
        4 => text.parse().ok(),
        _ => None,
    };
    match words {
        [year] => Some((whole(year)?, false)),
        [first, "/" | "-" | "–", next] => {
            let next = whole(next).filter(|next| next.checked_sub(1) == whole(first));
            Some((next?, true))
        }
        _ => None,
    }
}

fn month_of(year: u32, month: u32) -> Option<Period> {
    Period::build(year, month, None).ok()
}

/// A winter lies in two years: `Winter 2025/26` says which, `Winter 2025` does not.
fn winter(rest: &[&str]) -> Option<NotATimescale> {
    let (year, is_span) = year(rest).filter(|_| rest[0].len() == 4)?;
    if is_span {
        return Some(by(month_of(year, 2)?));
    }
    let ends = [(year, 2), (year, 12), (year + 1, 2)];
    let periods = ends.iter().filter_map(|(year, month)| month_of(*year, *month)).collect();
    Some(NotATimescale::Ambiguous { why: "a winter lies in two years", periods })
}

/// A fiscal year that ends in this calendar year, at the ends that are usual, or a part of it that ends so many
/// months before.
fn fiscal(year: u32, before: u32) -> NotATimescale {
    let ends = [3, 6, 9, 12].map(|month| (year * 12 + month - 1).saturating_sub(before));
    let periods = ends.iter().filter_map(|months| month_of(months / 12, months % 12 + 1));
    let why = "a fiscal year ends when its organisation says";
    NotATimescale::Ambiguous { why, periods: periods.collect() }
}

/// A length of time since the plan, as in `within six months`, or other words for a term.
fn length_or_term(words: &[&str]) -> Option<NotATimescale> {
    let (count, unit, rest) = match words {
        ["immediately" | "immediate"] => ("0", "days", &[][..]),
        ["continuous"] | ["on", "going"] => return Some(likely(Term::Ongoing)),
        ["to", "be", "confirmed" | "determined" | "decided"]
        | ["not", "applicable"]
        | ["n", ".", "a"]
        | ["-" | "–" | "—"] => return Some(likely(Term::ToBeAgreed)),
        // The figure says the word again: `six (6) months`.
        [count, "(", _, ")", unit, rest @ ..] | [count, unit, rest @ ..] => (*count, *unit, rest),
        _ => return None,
    };
    let count: u32 = count.parse().ok().filter(|count| *count < 1000)?;
    let length = match unit {
        "day" | "days" => Length::Days(count),
        "week" | "weeks" => Length::Days(7 * count),
        "month" | "months" => Length::Months(count),
        "year" | "years" => Length::Months(12 * count),
        _ => return None,
    };
    Some(match rest.iter().all(|word| OF_PLAN.contains(word)) {
        true => NotATimescale::Likely(Due::AfterPlan(length)),
        false => NotATimescale::Unknown { why: "counts from something that has no date here" },
    })
}
