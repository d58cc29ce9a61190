//! The words of a plan that the values in audit trackers most likely mean.

use crate::model::{Keyword, Outlook, Response, Status, Verdict, word_meant};

/// The words of a plan, each with the phrases that mean it in the cells of audit trackers. If a cell contains several
/// phrases, the longest phrase is used.
type Phrases = &'static [(&'static str, &'static str)];

const STATUS: Phrases = &[
    (
        "not-started",
        "not started|not yet started|not implemented|not yet implemented|pending|planned|to do|nicht begonnen|nicht umgesetzt\
         |noch nicht umgesetzt|offen|geplant|non commencé|non commencée|non démarré|à faire|en attente|prévu|pendiente\
         |no iniciado|no iniciada|sin iniciar|no implementada",
    ),
    (
        "in-progress",
        "open|started|progress|in progress|in process|ongoing|on going|underway|under way|partial|partially|partly\
         |partially implemented|partially complete|partially completed|partly implemented|overdue|in arbeit|in bearbeitung\
         |in umsetzung|begonnen|laufend|teilweise|teilweise umgesetzt|teilweise erledigt|überfällig|en cours|partiellement\
         |partiellement mise en œuvre|en curso|en proceso|en progreso|parcialmente|parcialmente implementada",
    ),
    ("in-progress on-track", "on track|on target|im plan|im zeitplan"),
    ("in-progress at-risk", "at risk|gefährdet"),
    (
        "in-progress off-track",
        "off track|delayed|behind schedule|verzögert|in verzug|en retard|retrasado|retrasada|atrasado|atrasada",
    ),
    (
        "complete",
        "complete|completed|implemented|fully implemented|done|closed|finished|resolved|delivered|erledigt|umgesetzt\
         |abgeschlossen|terminé|terminée|achevé|achevée|réalisé|réalisée|clos|clôturé|clôturée|mise en œuvre|completado\
         |completada|terminado|terminada|implementado|implementada|cerrado|cerrada|cumplido|cumplida|finalizado|finalizada",
    ),
    (
        "not-pursued",
        "abandoned|cancelled|withdrawn|no longer applicable|risk accepted|entfallen|zurückgezogen|abandonné|abandonnée|annulé\
         |annulée|sans objet|cancelado|cancelada|anulado|anulada",
    ),
    ("superseded", "superseded|ersetzt"),
];
const OUTLOOK: Phrases = &[
    ("on-track", "green|on track|grün|im plan|vert|verde"),
    ("at-risk", "amber|yellow|at risk|risk|gelb|gefährdet|orange|jaune|ámbar|amarillo"),
    ("off-track", "red|off track|delayed|rot|verzögert|rouge|rojo"),
];
const RESPONSE: Phrases = &[
    (
        "accepted",
        "agree|agreed|accept|accepted|yes|akzeptiert|angenommen|zugestimmt|acceptée|accepté|aceptada|aceptado",
    ),
    (
        "partially-accepted",
        "partially agree|partially agreed|partially accepted|partly agreed|accepted in part|teilweise akzeptiert\
         |teilweise angenommen|partiellement acceptée|parcialmente aceptada",
    ),
    (
        "rejected",
        "disagree|disagreed|not agreed|not accepted|rejected|abgelehnt|refusée|rejetée|rechazada",
    ),
    ("awaited", "no response"),
];
const VERIFIED: Phrases = &[
    (
        "verified",
        "yes|verified|validated|confirmed|bestätigt|geprüft|vérifié|vérifiée|verificado|verificada",
    ),
    ("refused", "not verified|failed|refused"),
];
/// Values that mean the same as an empty cell.
const NOTHING: [&str; 6] = ["n/a", "na", "-", "–", "none", "not applicable"];
/// Words that may reverse the meaning of a phrase. If a value contains such a word in addition to the phrase, the
/// program does not guess what the value means.
const DENIALS: [&str; 11] =
    ["not", "no", "never", "nothing", "nicht", "kein", "keine", "non", "pas", "ne", "sin"];
/// The usual names of priorities, from the highest to the lowest priority.
const RANKS: &str = "critical|kritisch|critique|crítico|crítica|very high|sehr hoch|très élevé|muy alta|extreme|urgent\
     |fundamental|high|hoch|élevé|haute|alta|alto|major|essential|significant|priority 1|medium|mittel|moyen|media|medio\
     |moderate|important|merits attention|minor|low|niedrig|gering|faible|basse|baja|bajo|desirable|advisory|very low|sehr niedrig|none";

/// Returns the word that a value most likely means for this key, or `None` if no word is likely. The word is empty if
/// the value means the same as an empty cell.
pub fn likely(value: &str, key: &str) -> Option<&'static str> {
    let plain = value.to_lowercase().replace(['_', '-'], " ");
    if NOTHING.contains(&value.to_lowercase().as_str()) {
        return Some("");
    }
    let (phrases, words): (Phrases, Vec<&'static str>) = match key {
        "status" => (STATUS, Status::words()),
        "outlook" => (OUTLOOK, Outlook::words()),
        "response" => (RESPONSE, Response::words()),
        _ => (VERIFIED, Verdict::words()),
    };
    if let Some(word) = word_meant(value, words.iter().copied()) {
        return words.into_iter().find(|known| *known == word);
    }
    let spaced: String =
        plain.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let text = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    let pairs = phrases
        .iter()
        .flat_map(|(word, phrases)| phrases.split('|').map(move |phrase| (phrase, *word)));
    let has = |(phrase, _): &(&str, &str)| text.contains(&format!(" {phrase} "));
    let (phrase, word) = pairs.filter(has).max_by_key(|(phrase, _)| phrase.len())?;
    let rest = text.replace(phrase, " ");
    let is_denied = rest.split_whitespace().any(|word| DENIALS.contains(&word));
    (!is_denied).then_some(word)
}

/// Returns a sort key for a priority. Sorting by this key puts the highest priority first.
pub fn rank(priority: &str) -> (usize, String) {
    let plain = priority.to_lowercase();
    let ranks = || RANKS.split('|');
    let rank = ranks().position(|known| plain == known);
    let rank = rank.or_else(|| ranks().position(|known| plain.contains(known)));
    (rank.unwrap_or(ranks().count() / 2), plain)
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
