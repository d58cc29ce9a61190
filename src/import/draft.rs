//! A draft of a recommendation or an action, built from the rows of a file.

use super::{account::RowPlace, reading::MappedWord, target::Of};
use crate::model::{
    Action, Dated, Day, Id, ItemRef, Key, KeyValue, Keyword, ProgressEntry, Recommendation, Record,
    Revision, Status, Term, Timescale, Verdict, Verification,
};

/// A draft of a recommendation or an action, built from the rows of a file. For an action, `record` has only the keys
/// that an action can have.
#[derive(Debug, Clone)]
pub struct Draft {
    pub place: RowPlace,
    /// The id of the item, exactly as written in the file.
    pub given_id: String,
    /// For an action: the id of its recommendation, exactly as written in the row. Empty if the row does not give it.
    pub given_whole: String,
    pub record: Recommendation,
    /// The entries in the row that describes the item itself. There is at most one entry of each kind.
    pub latest: Latest,
    /// The entries of the item that have rows of their own in the file.
    pub entries: Latest,
    /// The names of the keys for which the file has a value.
    pub said: Vec<&'static str>,
    pub actions: Vec<Draft>,
    /// True if the item is in the plan and has no row of its own in the file.
    pub is_known: bool,
    day: Day,
}

/// The entries of an item that were read from the file.
#[derive(Debug, Clone, Default)]
pub struct Latest {
    pub progress: Vec<ProgressEntry>,
    pub revisions: Vec<Revision>,
    pub verification: Vec<Verification>,
    /// The kinds of entries for which the file gives a date.
    pub dated: Vec<Of>,
    /// The status as written in the file, if the file does not use the plan's own word for this status.
    pub words: Option<String>,
    /// The status that the file gives for the item.
    pub status: Option<Status>,
    /// True if the file gives the result of a verification.
    pub has_result: bool,
}

impl Draft {
    /// Creates an empty draft. An entry without a date in the file gets the date `day`.
    pub fn new(place: RowPlace, day: Day) -> Self {
        Self {
            place,
            given_id: String::new(),
            given_whole: String::new(),
            record: Recommendation::default(),
            latest: Latest::default(),
            entries: Latest::default(),
            said: Vec::new(),
            actions: Vec::new(),
            is_known: false,
            day,
        }
    }

    /// Creates a draft for an item of the plan. The draft has only the id and the text of the item.
    pub fn known(item: ItemRef<'_>, place: RowPlace, day: Day) -> Self {
        let record = Recommendation::new(item.id().clone(), item.text().to_owned());
        let given_id = item.id().to_string();
        Self { record, given_id, is_known: true, ..Self::new(place, day) }
    }

    /// Checks whether the draft has no values from the file.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
            && self.given_id.is_empty()
            && self.record.extra.is_empty()
            && self.latest.is_empty()
    }

    fn progress(&mut self) -> &mut ProgressEntry {
        let on = self.day;
        let entry = ProgressEntry {
            on,
            recorded: None,
            status: None,
            outlook: None,
            by: None,
            note: None,
            evidence: Vec::new(),
        };
        first(&mut self.latest.progress, entry)
    }

    fn revision(&mut self) -> &mut Revision {
        let on = self.day;
        let to = Timescale::unreadable();
        let entry = Revision { on, recorded: None, to, reason: None, by: None, decision: None };
        first(&mut self.latest.revisions, entry)
    }

    fn verification(&mut self) -> &mut Verification {
        let on = self.day;
        let entry = Verification {
            on,
            recorded: None,
            by: String::new(),
            result: Verdict::Verified,
            note: None,
            evidence: Vec::new(),
        };
        first(&mut self.latest.verification, entry)
    }

    /// Returns the value of `key`, or `None` if it has no value. `of` says whether the key belongs to the item or to an
    /// entry of the item.
    pub fn value(&self, of: Of, key: &Key) -> Option<KeyValue<'_>> {
        match of {
            Of::Item => self.record.value(key),
            Of::Progress => self.latest.progress.first()?.value(key),
            Of::Revision => self.latest.revisions.first()?.value(key),
            Of::Verification => self.latest.verification.first()?.value(key),
        }
    }

    /// Sets the value of `key`. `of` says whether the key belongs to the item or to an entry of the item.
    pub fn set(&mut self, of: Of, key: &'static Key, value: KeyValue<'_>) {
        let value = Some(value);
        let is_set = match of {
            Of::Item => {
                self.said.push(key.name);
                self.record.set(key, value)
            }
            Of::Progress => self.progress().set(key, value),
            Of::Revision => self.revision().set(key, value),
            Of::Verification => self.verification().set(key, value),
        };
        debug_assert!(is_set.is_some(), "not a valid value for {key}");
        if key.name == "on" {
            self.latest.dated.push(of);
        }
    }

    /// Sets a key, such as `status`, to `word`. The kind of the word determines the key. `told` is the text in the file
    /// that means this word.
    pub fn set_word(&mut self, word: MappedWord, told: &str) {
        match word {
            MappedWord::Status(status) => {
                self.progress().status = Some(status);
                self.latest.status = Some(status);
                let is_plain = told.to_lowercase().replace([' ', '_'], "-") == status.word();
                self.latest.words = (!is_plain).then(|| told.to_owned());
            }
            MappedWord::Outlook(outlook) => self.progress().outlook = Some(outlook),
            MappedWord::Response(response) => {
                self.said.push("response");
                self.record.response = response;
            }
            MappedWord::Verdict(result) => {
                self.verification().result = result;
                self.latest.has_result = true;
            }
        }
    }

    /// Completes the entries in `latest`. Their key `by` is set to the value `by`, but a verification keeps the person
    /// whom the file names. If the status in the file is not one of the plan's words, its wording becomes a note.
    /// Entries without content are removed.
    pub fn settle(&mut self, by: &str) {
        let words = self.latest.words.take();
        if let Some(entry) = self.latest.progress.first_mut() {
            let note = words.into_iter().chain(entry.note.take()).collect::<Vec<_>>();
            entry.note = (!note.is_empty()).then(|| note.join("\n\n"));
            if let Some(status) = entry.status {
                let owes_note = status.needs_note() && entry.note.is_none();
                entry.note =
                    entry.note.take().or_else(|| owes_note.then(|| status.word().to_owned()));
                entry.outlook = entry.outlook.filter(|_| !status.has_ended());
            }
            entry.by = Some(by.to_owned());
        }
        let is_dated = self.latest.dated.contains(&Of::Progress);
        self.latest.progress.retain(|entry| {
            let is_news =
                entry.status.is_some_and(|status| status != Status::NotStarted || is_dated);
            is_news || entry.outlook.is_some() || entry.note.is_some() || !entry.evidence.is_empty()
        });
        self.latest.revisions.retain(|revision| !revision.to.wording.is_empty());
        for revision in &mut self.latest.revisions {
            revision.by = Some(by.to_owned());
        }
        let has_result = self.latest.has_result;
        self.latest.verification.retain(|_| has_result);
        for entry in &mut self.latest.verification {
            if entry.by.is_empty() {
                by.clone_into(&mut entry.by);
            }
            if entry.result == Verdict::Refused && entry.note.is_none() {
                entry.note = Some("refused".to_owned());
            }
        }
    }

    /// Removes a revision that only says that the work is done. Returns the text of this revision, or `None` if there
    /// is no such revision.
    pub fn take_finished_revision(&mut self) -> Option<String> {
        let is_finished = |revision: &Revision| {
            matches!(revision.to.term, Term::Complete | Term::InPlaceSince(_))
        };
        let at = self.latest.revisions.iter().position(is_finished)?;
        Some(self.latest.revisions.remove(at).to.wording)
    }

    /// Returns the dates of all entries of the draft.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        [&self.latest, &self.entries].into_iter().flat_map(|entries| {
            let progress = entries.progress.iter().map(Dated::on);
            let revisions = entries.revisions.iter().map(Dated::on);
            progress
                .chain(revisions)
                .chain(entries.verification.iter().map(Dated::on))
                .collect::<Vec<_>>()
        })
    }

    /// Turns the draft into a recommendation with its entries and actions.
    pub fn finished(self) -> Recommendation {
        let Self { mut record, latest, entries, actions, .. } = self;
        record.progress = in_order(entries.progress, latest.progress);
        record.revisions = in_order(entries.revisions, latest.revisions);
        record.verification = in_order(entries.verification, latest.verification);
        record.actions = actions.into_iter().map(Self::finished).map(action).collect();
        let of_actions = record.actions.iter().flat_map(|action| &action.progress);
        let told = of_actions.filter(|entry| entry.status.is_some());
        if let Some(first) = told.map(Dated::known_from).min() {
            // Once an action has a status, the actions determine the status of the recommendation. A later status of
            // the recommendation itself therefore becomes a note.
            for entry in record.progress.iter_mut().filter(|entry| entry.known_from() > first) {
                if let Some(status) = entry.status.take()
                    && entry.note.is_none()
                {
                    entry.note = Some(status.word().to_owned());
                }
            }
        }
        record
    }
}

impl Latest {
    pub fn is_empty(&self) -> bool {
        self.progress.is_empty() && self.revisions.is_empty() && self.verification.is_empty()
    }

    /// Adds the entries in `more` to these entries.
    pub fn extend(&mut self, more: Self) {
        self.progress.extend(more.progress);
        self.revisions.extend(more.revisions);
        self.verification.extend(more.verification);
    }
}

fn first<T>(entries: &mut Vec<T>, entry: T) -> &mut T {
    if entries.is_empty() {
        entries.push(entry);
    }
    &mut entries[0]
}

/// Joins two lists of entries, and sorts them by the day on which each entry became known.
fn in_order<T: Dated>(mut entries: Vec<T>, latest: Vec<T>) -> Vec<T> {
    entries.extend(latest);
    entries.sort_by_key(Dated::known_from);
    entries
}

/// Makes an action from a recommendation. The recommendation must have only the keys that an action can have.
pub fn action(from: Recommendation) -> Action {
    Action {
        id: from.id,
        reference: from.reference,
        date: from.date,
        owner: from.owner,
        text: from.text,
        timescale: from.timescale,
        revisions: from.revisions,
        progress: from.progress,
        amendments: Vec::new(),
        extra: from.extra,
    }
}

/// Makes an id from a text: a hyphen replaces each character that an id cannot contain. Returns `None` if the result is
/// not a valid id.
pub fn id_of(words: &str) -> Option<Id> {
    if let Ok(id) = Id::parse(words) {
        return Some(id);
    }
    let mut made = String::new();
    for letter in words.chars() {
        let is_allowed = letter.is_alphanumeric() || ".-_:()/".contains(letter);
        if is_allowed && (letter.is_alphanumeric() || !made.is_empty()) {
            made.push(letter);
        } else if !made.is_empty() && !made.ends_with('-') {
            made.push('-');
        }
    }
    Id::parse(made.trim_end_matches('-')).ok()
}

#[cfg(test)]
mod tests {
    use super::id_of;

    #[test]
    fn an_id_is_made_of_the_words_that_a_row_gives() {
        for (words, id) in [
            ("5.10", Some("5.10")),
            ("Rec 5", Some("Rec-5")),
            ("#12", Some("12")),
            ("AC-2 (1)", Some("AC-2-(1)")),
            ("FK21-084A, part 2", Some("FK21-084A-part-2")),
            ("–", None),
        ] {
            assert_eq!(id_of(words).as_ref().map(|id| id.as_str()), id, "{words}");
        }
    }
}
