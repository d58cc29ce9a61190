//! The words of a plan that the values in audit trackers most likely mean.

use crate::model::{Keyword, Outlook, Response, Status, Verdict, word_meant};

/// Phrases in the cells of audit trackers, each with the status that it means. If a cell contains several phrases, the
/// longest phrase counts.
const STATUS: [(&str, &str); 44] = [
    ("not started", "not-started"),
    ("not yet started", "not-started"),
    ("not implemented", "not-started"),
    ("not yet implemented", "not-started"),
    ("pending", "not-started"),
    ("open", "in-progress"),
    ("planned", "not-started"),
    ("to do", "not-started"),
    ("started", "in-progress"),
    ("in progress", "in-progress"),
    ("in process", "in-progress"),
    ("ongoing", "in-progress"),
    ("on going", "in-progress"),
    ("underway", "in-progress"),
    ("under way", "in-progress"),
    ("partial", "in-progress"),
    ("partially", "in-progress"),
    ("partly", "in-progress"),
    ("partially implemented", "in-progress"),
    ("partially complete", "in-progress"),
    ("partially completed", "in-progress"),
    ("partly implemented", "in-progress"),
    ("overdue", "in-progress"),
    ("on track", "in-progress on-track"),
    ("on target", "in-progress on-track"),
    ("at risk", "in-progress at-risk"),
    ("off track", "in-progress off-track"),
    ("delayed", "in-progress off-track"),
    ("behind schedule", "in-progress off-track"),
    ("complete", "complete"),
    ("completed", "complete"),
    ("implemented", "complete"),
    ("fully implemented", "complete"),
    ("done", "complete"),
    ("closed", "complete"),
    ("finished", "complete"),
    ("resolved", "complete"),
    ("delivered", "complete"),
    ("abandoned", "not-pursued"),
    ("cancelled", "not-pursued"),
    ("withdrawn", "not-pursued"),
    ("no longer applicable", "not-pursued"),
    ("superseded", "superseded"),
    ("risk accepted", "not-pursued"),
];
const OUTLOOK: [(&str, &str); 9] = [
    ("green", "on-track"),
    ("on track", "on-track"),
    ("amber", "at-risk"),
    ("yellow", "at-risk"),
    ("at risk", "at-risk"),
    ("risk", "at-risk"),
    ("red", "off-track"),
    ("off track", "off-track"),
    ("delayed", "off-track"),
];
const RESPONSE: [(&str, &str); 16] = [
    ("agree", "accepted"),
    ("agreed", "accepted"),
    ("accept", "accepted"),
    ("accepted", "accepted"),
    ("yes", "accepted"),
    ("partially agree", "partially-accepted"),
    ("partially agreed", "partially-accepted"),
    ("partially accepted", "partially-accepted"),
    ("partly agreed", "partially-accepted"),
    ("accepted in part", "partially-accepted"),
    ("disagree", "rejected"),
    ("disagreed", "rejected"),
    ("not agreed", "rejected"),
    ("not accepted", "rejected"),
    ("rejected", "rejected"),
    ("no response", "awaited"),
];
const VERIFIED: [(&str, &str); 7] = [
    ("yes", "verified"),
    ("verified", "verified"),
    ("validated", "verified"),
    ("confirmed", "verified"),
    ("not verified", "refused"),
    ("failed", "refused"),
    ("refused", "refused"),
];
/// Values that mean the same as an empty cell.
const NOTHING: [&str; 6] = ["n/a", "na", "-", "–", "none", "not applicable"];
/// Words that may reverse the meaning of a phrase. A value that contains such a word beside the phrase is not
/// understood.
const DENIALS: [&str; 4] = ["not", "no", "never", "nothing"];
/// The usual names of priorities, from the highest to the lowest priority.
const RANKS: [&str; 20] = [
    "critical",
    "very high",
    "extreme",
    "urgent",
    "fundamental",
    "high",
    "major",
    "essential",
    "significant",
    "priority 1",
    "medium",
    "moderate",
    "important",
    "merits attention",
    "minor",
    "low",
    "desirable",
    "advisory",
    "very low",
    "none",
];

/// Returns the word that a value most likely means for this key, or `None` if no word is likely. The word is empty if
/// the value means the same as an empty cell.
pub fn likely(value: &str, key: &str) -> Option<&'static str> {
    let plain = value.to_lowercase().replace(['_', '-'], " ");
    if NOTHING.contains(&value.to_lowercase().as_str()) {
        return Some("");
    }
    let (phrases, words): (&[_], Vec<&'static str>) = match key {
        "status" => (&STATUS, Status::words()),
        "outlook" => (&OUTLOOK, Outlook::words()),
        "response" => (&RESPONSE, Response::words()),
        _ => (&VERIFIED, Verdict::words()),
    };
    if let Some(word) = word_meant(value, words.iter().copied()) {
        return words.into_iter().find(|known| *known == word);
    }
    let spaced: String =
        plain.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let text = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    let has = |(phrase, _): &&(&'static str, &'static str)| text.contains(&format!(" {phrase} "));
    let (phrase, word) = phrases.iter().filter(has).max_by_key(|(phrase, _)| phrase.len())?;
    let rest = text.replace(phrase, " ");
    let is_denied = rest.split_whitespace().any(|word| DENIALS.contains(&word));
    (!is_denied).then_some(*word)
}

/// Returns a sort key for a priority. Sorting by this key puts the highest priority first.
pub fn rank(priority: &str) -> (usize, String) {
    let plain = priority.to_lowercase();
    let rank = RANKS.iter().position(|known| plain == *known);
    let rank = rank.or_else(|| RANKS.iter().position(|known| plain.contains(known)));
    (rank.unwrap_or(RANKS.len() / 2), plain)
}

#[cfg(test)]
mod tests {
    use super::{likely, rank};

    #[test]
    fn values_of_trackers_mean_words_and_doubtful_ones_none() {
        for (value, key, word) in [
            ("Corrective action in progress", "status", Some("in-progress")),
            ("Corrective action complete", "status", Some("complete")),
            ("Corrective action is not required", "status", None),
            ("Partially Implemented", "status", Some("in-progress")),
            ("Not Implemented", "status", Some("not-started")),
            ("N/A", "status", Some("")),
            ("ON_TRACK", "status", Some("in-progress on-track")),
            ("nearly", "status", None),
            ("abandoned", "status", Some("not-pursued")),
            ("Agreed With", "response", Some("accepted")),
            ("Disagreed With", "response", Some("rejected")),
            ("Partially Agreed With", "response", Some("partially-accepted")),
            ("Not Addressed", "response", None),
        ] {
            assert_eq!(likely(value, key), word, "{value}");
        }
    }

    #[test]
    fn priorities_are_sorted_from_the_highest() {
        let mut found = ["Low", "High", "Medium", "Very High"];
        found.sort_by_key(|value| rank(value));
        assert_eq!(found, ["Very High", "High", "Medium", "Low"]);
        let mut found = ["3", "1", "2"];
        found.sort_by_key(|value| rank(value));
        assert_eq!(found, ["1", "2", "3"]);
    }
}
