//! The usual headings of columns in audit trackers, and the plan's key that each heading most likely means.

/// The keys of a plan, each with phrases that suggest it in a heading. If a heading contains several phrases, the
/// longest phrase counts.
const HEADERS: [(&str, &str); 20] = [
    (
        "id",
        "id|no|number|num|nr|ref|reference|code|rec no|rec|rec id|recommendation no|recommendation number|recommendation id\
         |recommendation ref|recommendation reference|finding id|finding no|finding number|finding reference number|reference number|poam id|issue id|issue no|item no\
         |item|audit num|audit no|action no|serial|serial no|#",
    ),
    (
        "title",
        "title|short title|titles short|weakness name|heading|subject|finding title|issue title|recommendation title|name",
    ),
    (
        "text",
        "recommendation|recommendations|recommendation text|text|description|weakness description|finding|findings\
         |observation|issue|audit finding|text of the audit finding|weakness|audit recommendation|recommended action",
    ),
    (
        "response_text",
        "response|management response|agreed action|agreed actions|management action|corrective action|planned corrective action\
         |corrective action plan|remediation plan|overall remediation plan|action plan|management comment|management comments\
         |agreed management action|response text|government response|gov response|planned action|response comments|action|actions|proposed action",
    ),
    (
        "timescale",
        "due|due date|target date|target|deadline|timescale|timeline|scheduled completion date|completion date|implementation date\
         |implementation dates|implementation date s|target completion date|original|original date|original due date|original target date|agreed date|date due\
         |delivery timeline|delivery timeline original text|planned completion date|expected completion date|by when|agreed timescale|delivery date",
    ),
    (
        "revised",
        "revised|revised date|revised due date|revised target date|revised deadline|revised timescale|new date|new due date\
         |extended date|extension date|current due date|revised completion date|delivery timeline revised target date",
    ),
    (
        "owner",
        "owner|owners|responsible|responsible officer|responsible person|responsible persons|responsible party|responsible manager\
         |responsible owner|lead|lead officer|agency|department|point of contact|assigned to|action owner|accountable|accountable officer\
         |lead department|primary owner|co owners|ownership primary owner|ownership co owners|responsibility|directorate|officer",
    ),
    (
        "priority",
        "priority|risk rating|severity|rating|grade|criticality|importance|risk level|risk",
    ),
    (
        "area",
        "area|theme|chapter|category|service|section|audit title|audit|report|report title|audit name|group|domain|function",
    ),
    (
        "status",
        "status|state|progress status|implementation status|current status|overall status|overall status status|action status",
    ),
    ("outlook", "rag|rag status|outlook"),
    (
        "on",
        "status date|last updated|last update|date updated|update date|updated|as at|as of|date of status|overall status last updated\
         |date of update|date completed|completed on|closed date|date closed|actual completion date",
    ),
    (
        "note",
        "comment|comments|progress|progress update|update|updates|notes|note|remarks|latest update|status comments|progress notes\
         |progress comments|status update|narrative|overall status summary|position|current position",
    ),
    ("evidence", "evidence|supporting documents|supporting document|link|links|documents"),
    (
        "date",
        "date raised|issued|date issued|report date|original detection date|date of report|audit date|date identified|raised|date",
    ),
    ("reason", "reason|reason for extension|reason for delay|reason for revision|delay reason"),
    (
        "verified",
        "verified|verification|validated|validation|audit validation|follow up result|verification result",
    ),
    ("verified_by", "verified by|validated by|tested by"),
    ("verified_on", "verified on|date verified|validated on|verification date|date validated"),
    ("review", "review date|next review|review"),
];

/// The keys of a progress entry, each with phrases that suggest it in the heading of a list of updates.
const OF_UPDATES: [(&str, &str); 6] = [
    ("on", "date|on|day|when|updated"),
    ("status", "status|state"),
    ("note", "note|text|title|description|comment|comments|update|body|summary"),
    ("by", "by|author|who|updated by"),
    ("evidence", "evidence|links url|link|url|links"),
    ("outlook", "outlook|rag|rag status"),
];

/// If a heading suggests a key of the plan, returns this key and the phrase in the heading that suggests it.
pub fn guess(header: &str) -> Option<(&'static str, &'static str)> {
    of(&HEADERS, header)
}

/// If a heading in a list of updates suggests a key of a progress entry, returns this key and the phrase that suggests
/// it.
pub fn guess_of_update(header: &str) -> Option<(&'static str, &'static str)> {
    of(&OF_UPDATES, header)
}

fn of(
    known: &[(&'static str, &'static str)],
    header: &str,
) -> Option<(&'static str, &'static str)> {
    let words = format!(" {} ", words(header));
    let phrases = known.iter().flat_map(|(key, phrases)| {
        phrases.split('|').map(str::trim).map(move |phrase| (*key, phrase))
    });
    let has = |(_, phrase): &(&str, &str)| {
        let whole = format!(" {phrase} ");
        // A single word is reliable only at the end of a heading or before `of`, as in `Status of the action`.
        match phrase.contains(' ') {
            true => words.contains(&whole),
            false if phrase.len() > 4 => {
                words.ends_with(&whole) || words.contains(&format!("{whole}of "))
            }
            false => words.ends_with(&whole) && words.split_whitespace().count() <= 3,
        }
    };
    phrases.filter(has).max_by_key(|(_, phrase)| phrase.len())
}

/// Returns a heading in lower case, with spaces between its words: `dueDate` and `due_date` become `due date`.
fn words(header: &str) -> String {
    let mut words = String::new();
    let mut previous = ' ';
    for letter in header.chars() {
        match letter {
            '#' => words.push('#'),
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
    use super::guess;

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
