//! The usual headings of columns in audit trackers, in English, German, French and Spanish. For each heading, this
//! module gives the plan's key that it most likely means.

use std::{collections::HashMap, sync::LazyLock};

/// The keys of a plan, each with the phrases that suggest it in a heading. If a heading contains several phrases, the
/// longest phrase is used.
const HEADERS: [(&str, &str); 20] = [
    (
        "id",
        "id|no|number|num|nr|ref|reference|code|rec no|rec|rec id|recommendation no|recommendation number|recommendation id\
         |recommendation ref|recommendation reference|finding id|finding no|finding number|finding reference number|reference number|poam id|issue id|issue no|item no\
         |item|audit num|audit no|action no|serial|serial no|#\
         |nummer|lfd nr|nr der empfehlung|empfehlungsnr|n°|n °|n° recommandation|n° de recommandation|n° de la recommandation\
         |numéro|réf|référence|n° de recomendación|número|núm|referencia|código",
    ),
    (
        "title",
        "title|short title|titles short|weakness name|heading|subject|finding title|issue title|recommendation title|name\
         |titel|bezeichnung|titre|intitulé|objet|título|asunto",
    ),
    (
        "text",
        "recommendation|recommendations|recommendation text|text|description|weakness description|finding|findings\
         |observation|issue|audit finding|text of the audit finding|weakness|audit recommendation|recommended action\
         |empfehlung|empfehlungen|feststellung|beschreibung|recommandation|recommandations|constat|recomendación\
         |recomendaciones|hallazgo|descripción",
    ),
    (
        "response_text",
        "response|management response|agreed action|agreed actions|management action|corrective action|planned corrective action\
         |corrective action plan|remediation plan|overall remediation plan|action plan|management comment|management comments\
         |agreed management action|response text|government response|gov response|planned action|response comments|action|actions|proposed action\
         |maßnahme|massnahme|maßnahmen|massnahmen|stellungnahme|mesure|mesures|réponse|plan d action\
         |respuesta|medida|medidas|plan de acción|acción|acciones",
    ),
    (
        "timescale",
        "due|due date|target date|target|deadline|timescale|timeline|scheduled completion date|completion date|implementation date\
         |implementation dates|implementation date s|target completion date|original|original date|original due date|original target date|agreed date|date due\
         |delivery timeline|delivery timeline original text|planned completion date|expected completion date|by when|agreed timescale|delivery date\
         |termin|frist|fällig|fällig am|fälligkeit|zieltermin|bis wann|échéance|date d échéance|date limite|date prévue|délai\
         |plazo|vencimiento|fecha de vencimiento|fecha límite|fecha prevista",
    ),
    (
        "revised",
        "revised|revised date|revised due date|revised target date|revised deadline|revised timescale|new date|new due date\
         |extended date|extension date|current due date|revised completion date|delivery timeline revised target date\
         |neuer termin|neue frist|verlängert bis|nouvelle échéance|échéance révisée|nueva fecha|fecha revisada",
    ),
    (
        "owner",
        "owner|owners|responsible|responsible officer|responsible person|responsible persons|responsible party|responsible manager\
         |responsible owner|lead|lead officer|agency|department|point of contact|assigned to|action owner|accountable|accountable officer\
         |lead department|primary owner|co owners|ownership primary owner|ownership co owners|responsibility|directorate|officer\
         |verantwortlich|verantwortliche|verantwortlicher|verantwortliche person|zuständig|zuständigkeit|abteilung\
         |responsable|responsables|pilote|encargado|unidad responsable",
    ),
    (
        "priority",
        "priority|risk rating|severity|rating|grade|criticality|importance|risk level|risk\
         |priorität|risiko|priorité|risque|prioridad|riesgo",
    ),
    (
        "area",
        "area|theme|chapter|category|service|section|audit title|audit|report|report title|audit name|group|domain|function\
         |bereich|kapitel|prüfung|domaine|chapitre|thème|área|capítulo|ámbito",
    ),
    (
        "status",
        "status|state|progress status|implementation status|current status|overall status|overall status status|action status\
         |stand|umsetzungsstand|statut|état|état d avancement|estado",
    ),
    ("outlook", "rag|rag status|outlook"),
    (
        "on",
        "status date|last updated|last update|date updated|update date|updated|as at|as of|date of status|overall status last updated\
         |date of update|date completed|completed on|closed date|date closed|actual completion date\
         |stand vom|erledigt am|aktualisiert am|mise à jour|date de mise à jour|date du statut|última actualización\
         |fecha de actualización|fecha del estado",
    ),
    (
        "note",
        "comment|comments|progress|progress update|update|updates|notes|note|remarks|latest update|status comments|progress notes\
         |progress comments|status update|narrative|overall status summary|position|current position\
         |bemerkung|bemerkungen|kommentar|anmerkung|sachstand|commentaire|commentaires|remarque|remarques|comentario\
         |comentarios|observaciones|avance",
    ),
    (
        "evidence",
        "evidence|supporting documents|supporting document|link|links|documents|nachweis|nachweise|justificatif|justificatifs|evidencia|evidencias",
    ),
    (
        "date",
        "date raised|issued|date issued|report date|original detection date|date of report|audit date|date identified|raised|date\
         |datum|fecha",
    ),
    (
        "reason",
        "reason|reason for extension|reason for delay|reason for revision|delay reason|begründung|motif|motivo",
    ),
    (
        "verified",
        "verified|verification|validated|validation|audit validation|follow up result|verification result\
         |geprüft|vérifié|verificado",
    ),
    ("verified_by", "verified by|validated by|tested by"),
    ("verified_on", "verified on|date verified|validated on|verification date|date validated"),
    ("review", "review date|next review|review"),
];

/// The keys of a progress entry, each with the phrases that suggest it in the headings of a list of updates.
const OF_UPDATES: [(&str, &str); 6] = [
    ("on", "date|on|day|when|updated"),
    ("status", "status|state"),
    ("note", "note|text|title|description|comment|comments|update|body|summary"),
    ("by", "by|author|who|updated by"),
    ("evidence", "evidence|links url|link|url|links"),
    ("outlook", "outlook|rag|rag status"),
];

/// The maximum number of words in a phrase of these lists.
const MOST_WORDS: usize = 5;

/// A map from each phrase of a list to its position in the list and the key that the phrase suggests.
type Phrases = HashMap<&'static str, (usize, &'static str)>;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| phrases(&HEADERS));
static PHRASES_OF_UPDATES: LazyLock<Phrases> = LazyLock::new(|| phrases(&OF_UPDATES));

/// The words that may stand at the beginning of a row with totals.
const TOTALS: &str = "total|totals|grand total|overall total|subtotal|sub total|sub-total|sum|summe|gesamt|gesamtsumme\
     |zwischensumme|insgesamt|total général|sous-total|total general|suma|totale|totaal";

/// Checks whether a text names a row with totals, as `Total` and `Grand total: 12` do.
pub fn is_total(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut rests = TOTALS.split('|').filter_map(|known| text.strip_prefix(known));
    rests.any(|rest| !rest.contains(char::is_alphabetic))
}

/// If a heading suggests a key of the plan, returns this key and the phrase in the heading that suggests it.
pub fn guess(header: &str) -> Option<(&'static str, &'static str)> {
    of(&PHRASES, header)
}

/// If a heading in a list of updates suggests a key of a progress entry, returns this key and the phrase that suggests
/// it.
pub fn guess_of_update(header: &str) -> Option<(&'static str, &'static str)> {
    of(&PHRASES_OF_UPDATES, header)
}

fn phrases(list: &[(&'static str, &'static str)]) -> Phrases {
    let split = |(key, phrases): &(&'static str, &'static str)| {
        let key = *key;
        phrases.split('|').map(move |phrase| (phrase.trim(), key))
    };
    let all = list.iter().flat_map(split).enumerate();
    all.map(|(position, (phrase, key))| (phrase, (position, key))).collect()
}

/// Returns the key that the longest known phrase in the heading suggests, and this phrase.
fn of(known: &Phrases, header: &str) -> Option<(&'static str, &'static str)> {
    let header = words(header);
    let begins: Vec<usize> =
        std::iter::once(0).chain(header.match_indices(' ').map(|(at, _)| at + 1)).collect();
    let count = begins.len();
    let end = |index: usize| begins.get(index).map_or(header.len(), |begin| begin - 1);
    let mut best: Option<(usize, usize, (&str, &str))> = None;
    for first in 0..count {
        for after in first + 1..=count.min(first + MOST_WORDS) {
            let phrase = &header[begins[first]..end(after)];
            let Some((phrase, (position, key))) = known.get_key_value(phrase) else { continue };
            let is_last = after == count;
            // A single word is reliable only at the end of a heading or before `of`, as in `Status of the action`.
            let counts = match after - first {
                1 if phrase.len() > 4 => is_last || header[end(after)..].starts_with(" of "),
                1 => is_last && count <= 3,
                _ => true,
            };
            if counts {
                best = best.max(Some((phrase.len(), *position, (*key, *phrase))));
            }
        }
    }
    best.map(|(.., found)| found)
}

/// Returns a heading in lower case, with spaces between its words: `dueDate` and `due_date` become `due date`.
fn words(header: &str) -> String {
    let mut words = String::new();
    let mut previous = ' ';
    for letter in header.chars() {
        match letter {
            '#' => words.push('#'),
            '°' | 'º' => words.push('°'),
            _ if !letter.is_alphanumeric() => words.push(' '),
            _ => {
                if letter.is_uppercase() && previous.is_lowercase() {
                    words.push(' ');
                }
                words.extend(letter.to_lowercase());
            }
        }
        previous = letter;
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{HEADERS, OF_UPDATES, guess, guess_of_update};

    #[test]
    fn each_phrase_of_the_lists_means_a_key_as_a_heading() {
        for (_, phrases) in HEADERS {
            for phrase in phrases.split('|') {
                assert_eq!(guess(phrase).map(|(_, found)| found), Some(phrase.trim()));
            }
        }
        for (_, phrases) in OF_UPDATES {
            for phrase in phrases.split('|') {
                assert_eq!(guess_of_update(phrase).map(|(_, found)| found), Some(phrase.trim()));
            }
        }
    }

    #[test]
    fn headers_of_trackers_mean_keys() {
        for (header, key) in [
            ("Audit Finding Reference Number", "id"),
            ("POAM ID", "id"),
            ("Rec. No.", "id"),
            ("Weakness Name", "title"),
            ("Weakness Description", "text"),
            ("Point of Contact", "owner"),
            ("Overall Remediation Plan", "response_text"),
            ("Original Detection Date", "date"),
            ("Scheduled Completion Date", "timescale"),
            ("Status Date", "on"),
            ("Original Risk Rating", "priority"),
            ("deliveryTimeline", "timescale"),
            ("govResponse", "response_text"),
            ("lastUpdate", "on"),
            ("overall_status.status", "status"),
            ("delivery_timeline.revised_target_date", "revised"),
            ("titles.short", "title"),
            ("Responsible officer", "owner"),
            ("Revised date", "revised"),
            ("audit_num", "id"),
        ] {
            assert_eq!(guess(header).map(|(key, _)| key), Some(key), "{header}");
        }
        for header in [
            "Agency Contact",
            "Auto-Approve",
            "Vendor Dependence",
            "scope.sectors",
            "False Positive",
        ] {
            assert_eq!(guess(header), None, "{header}");
        }
    }
}
