//! The remark that a user gives with an entry: the date, the person, the outlook, a note and the evidence.

use super::{Refusal, readable};
use crate::model::{Day, Outlook, ProgressEntry, Status, Verification};

/// The details that a user gives with an entry, such as the date and a note.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The date of the entry.
    pub on: Day,
    pub by: Option<String>,
    /// The outlook: the user's judgement whether the item will be on time.
    pub outlook: Option<Outlook>,
    /// The name of the note in error messages, such as `--note` or `--reason`.
    pub note_flag: &'static str,
    pub note: Option<String>,
    pub evidence: Vec<String>,
}

impl Remark {
    /// Checks that the texts of the remark can be written to a plan.
    ///
    /// # Errors
    /// Fails if a text is empty or contains a control character.
    pub fn check(&self) -> Result<(), Refusal> {
        readable("--by", &self.by)?;
        readable(self.note_flag, &self.note)?;
        readable("--evidence", &self.evidence)
    }

    /// Checks whether the remark has nothing but a date.
    pub fn is_silent(&self) -> bool {
        self.note.is_none()
            && self.evidence.is_empty()
            && self.by.is_none()
            && self.outlook.is_none()
    }

    /// Checks whether the existing verification `known` already has all values of this remark.
    pub fn repeats(&self, known: &Verification) -> bool {
        self.by.as_ref() == Some(&known.by)
            && (self.note.is_none() || self.note == known.note)
            && (self.evidence.is_empty() || self.evidence == known.evidence)
    }

    /// Creates a progress entry from the remark. `recorded` is the day of recording, which is given only for a
    /// backdated entry.
    pub fn entry(&self, status: Option<Status>, recorded: Option<Day>) -> ProgressEntry {
        ProgressEntry {
            on: self.on,
            recorded,
            status,
            outlook: self.outlook,
            by: self.by.clone(),
            note: self.note.clone(),
            evidence: self.evidence.clone(),
        }
    }
}
