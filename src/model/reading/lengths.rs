//! Reads lengths of time that count from the date of the plan, such as `within six months`.

use chrono::Datelike;

use super::{
    super::{Length, Period, Year},
    Due, NotATimescale,
    words::{Word, is_in},
};

/// The words that may appear beside a length of time that counts from the plan's date.
const OF_PLAN: &str = "publication publishing published plan report this now from after following within in next \
    final date issue issuance audit by time end over a an about approximately approx no later than maximum";

/// Proposes meanings for a wording that has a length of time but no date. Returns `None` if the wording has no length
/// of time. `rest` holds the words and numbers of the wording as text, without words such as `of` and `the`.
pub fn from_lengths(words: &[Word], rest: &[String]) -> Option<NotATimescale> {
    let (lengths, used) = (0..words.len()).find_map(|at| lengths_at(&words[at..]))?;
    let others = rest.iter().filter(|word| !is_in(OF_PLAN, word) && !used.contains(word)).count();
    if others > 0 {
        return Some(NotATimescale::Unknown { why: "a length of time from an unknown date" });
    }
    let why = match (&lengths[..], used.iter().any(|word| is_working(word))) {
        ([length], false) => return Some(NotATimescale::Likely(Due::AfterPlan(*length))),
        (_, false) => "could be either of two lengths of time",
        (_, true) => "counted in working days, so the date depends on public holidays",
    };
    let dues = lengths.into_iter().map(Due::AfterPlan).collect();
    Some(NotATimescale::Ambiguous { why, dues })
}

fn is_working(word: &str) -> bool {
    matches!(word, "working" | "business")
}

/// Reads one or two lengths of time at the beginning of `words`, such as `6-9 months`. Returns the lengths and the
/// words that were read.
fn lengths_at(words: &[Word]) -> Option<(Vec<Length>, Vec<String>)> {
    let mut used = Vec::new();
    let mut counts = Vec::new();
    for word in words.iter().take(8) {
        match word {
            Word::Number(count, _) if *count < 1000 => {
                used.push(count.to_string());
                counts.push(*count);
            }
            Word::Other(article) if counts.is_empty() && matches!(article.as_str(), "a" | "an") => {
                counts.push(1);
            }
            Word::Other(other)
                if !counts.is_empty()
                    && (is_working(other)
                        || matches!(other.as_str(), "to" | "or" | "calendar")) =>
            {
                used.push(other.clone());
            }
            Word::Sign('(' | ')' | '-' | '/') if !counts.is_empty() => {}
            Word::Other(unit) if !counts.is_empty() => {
                let is_working = used.iter().any(|word| is_working(word));
                used.push(unit.clone());
                // In `six (6) months`, the second number only repeats the first, so it is dropped.
                counts.dedup();
                let lengths: Option<Vec<Length>> =
                    counts.iter().map(|count| length(*count, unit, is_working)).collect();
                return lengths.filter(|lengths| lengths.len() <= 2).map(|lengths| (lengths, used));
            }
            _ => return None,
        }
    }
    None
}

fn length(count: u32, unit: &str, is_working: bool) -> Option<Length> {
    Some(match unit {
        "day" | "days" if is_working => Length::Days(count.div_ceil(5) * 7),
        "day" | "days" => Length::Days(count),
        "week" | "weeks" | "wks" => Length::Days(7 * count),
        "month" | "months" | "mths" => Length::Months(count),
        "year" | "years" | "yrs" => Length::Months(12 * count),
        _ => return None,
    })
}

/// Returns the day before a day, the month before a month, or the year before a year.
pub fn previous(period: Period) -> Option<Period> {
    let before = period.first_day().pred_opt()?;
    match period {
        Period::Day(_) => Some(Period::Day(before)),
        Period::Month(_) => {
            Period::build(before.year().try_into().ok()?, before.month(), None).ok()
        }
        Period::Year(_) => Year::new(before.year()).map(Period::Year),
    }
}
