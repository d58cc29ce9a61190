//! The wording of a committee report: numbers, dates, lists and shares.

use chrono::Datelike;

use crate::{doc::text, model::Period};

const NUMBERS: [&str; 13] = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// Returns a number for use inside a sentence, such as `none`, `seven` or `13`.
pub fn number(count: usize) -> String {
    NUMBERS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// Returns a number for use before a noun: `no recommendations`, `nine recommendations`.
pub fn number_before_noun(count: usize) -> String {
    if count == 0 { "no".to_owned() } else { number(count) }
}

/// Returns a text such as `action{s} {is|are} late` in the singular if the count is 1, and else in the plural.
pub fn plural(count: usize, text: &str) -> String {
    let mut parts = text.split(['{', '}']);
    let mut words = parts.next().unwrap_or_default().to_owned();
    while let (Some(choice), Some(rest)) = (parts.next(), parts.next()) {
        let (one, many) = choice.split_once('|').unwrap_or(("", choice));
        words = words + if count == 1 { one } else { many } + rest;
    }
    words
}

/// Returns a text such as `{is|are} late` in the singular if the count is 0 or 1: `none is`, `one is`, `two are`.
pub fn verb(count: usize, text: &str) -> String {
    plural(count.max(1), text)
}

/// Formats a date, such as `8 May 2003` or `December 2003`.
pub fn date(period: Period) -> String {
    match period {
        Period::Day(day) => format!("{} {} {:04}", day.day(), day.format("%B"), day.year()),
        Period::Month(_) | Period::Year(_) => period.to_string(),
    }
}

/// Joins words into a list, such as `1, 2 and 5`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Returns the first words of a text, up to a display width of 60.
pub fn short(text: &str) -> String {
    cut(text, 60)
}

/// Returns the first words of a text, up to a display width of `most`. The sign `…` replaces the rest of the text.
pub fn cut(text: &str, most: usize) -> String {
    let words = text::cut(text, most, "…");
    match words.strip_suffix('…') {
        Some(words) => format!("{}…", words.trim_end_matches([',', ';', '.', ':'])),
        None => words,
    }
}

/// Returns the share of `count` in `total` as a rounded percentage, such as `25 %` or `under 1 %`. Returns `–` if one
/// of the numbers is 0.
pub fn share(count: usize, total: usize) -> String {
    match (count, total) {
        (0, _) | (_, 0) => "–".to_owned(),
        (count, total) if count == total => "100 %".to_owned(),
        (count, total) => match (count * 200 + total) / (total * 2) {
            0 => "under 1 %".to_owned(),
            100 => "over 99 %".to_owned(),
            percent => format!("{percent} %"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_up_to_twelve_are_words() {
        assert_eq!(number(9), "nine");
        assert_eq!(number(12), "twelve");
        assert_eq!(number(13), "13");
        assert_eq!(number_before_noun(0), "no");
    }

    #[test]
    fn a_text_has_the_form_for_its_number() {
        let text = "recommendation{s} {is|are} {overdue}";
        assert_eq!(plural(1, text), "recommendation is ");
        assert_eq!(plural(0, text), "recommendations are overdue");
        assert_eq!(verb(0, text), verb(1, text));
    }

    #[test]
    fn a_share_never_rounds_something_to_nothing_or_most_to_all() {
        assert_eq!(share(3, 9), "33 %");
        assert_eq!(share(0, 9), "–");
        assert_eq!(share(0, 0), "–");
        assert_eq!(share(9, 9), "100 %");
        assert_eq!(share(1, 1000), "under 1 %");
        assert_eq!(share(999, 1000), "over 99 %");
    }

    #[test]
    fn a_long_text_is_cut_at_a_whole_word() {
        assert_eq!(
            short("Ensure that mechanisms are\nin place."),
            "Ensure that mechanisms are in place."
        );
        let long =
            "Integrate Best Value principles into day-to-day processes to ensure that it is so.";
        assert_eq!(short(long), "Integrate Best Value principles into day-to-day processes…");
        assert_eq!(short(&"é".repeat(70)), format!("{}…", "é".repeat(59)));
    }

    #[test]
    fn dates_and_lists_read_as_people_write_them() {
        assert_eq!(date(Period::parse("2003-05-08").unwrap()), "8 May 2003");
        assert_eq!(date(Period::parse("2003-11").unwrap()), "November 2003");
        let ids = |ids: &[&str]| list(&ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        assert_eq!(ids(&["2"]), "2");
        assert_eq!(ids(&["2", "7", "9"]), "2, 7 and 9");
    }
}
