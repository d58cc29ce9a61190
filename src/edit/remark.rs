//! The remark that a user gives with an entry: the day, who, a note, the evidence.

use super::{Refusal, readable};
use crate::model::{Day, Outlook, ProgressEntry, Status, Verification};

/// The remark that a user gives with an entry.
#[derive(Debug, Clone)]
pub struct Remark {
    /// When it was true.
    pub on: Day,
    pub by: Option<String>,
    /// True if it will be in time.
    pub outlook: Option<Outlook>,
    /// How the command line calls the note: `--note`, `--reason`.
    pub note_flag: &'static str,
    pub note: Option<String>,
    pub evidence: Vec<String>,
}

impl Remark {
    /// # Errors
    /// One of its texts is empty, or holds a control character.
    pub fn check(&self) -> Result<(), Refusal> {
        readable("--by", &self.by)?;
        readable(self.note_flag, &self.note)?;
        readable("--evidence", &self.evidence)
    }

    /// Says whether there is nothing to record but a status.
    pub fn is_silent(&self) -> bool {
        self.note.is_none()
            && self.evidence.is_empty()
            && self.by.is_none()
            && self.outlook.is_none()
    }

    /// Says whether a verification has all that it says.
    pub fn repeats(&self, known: &Verification) -> bool {
        self.by.as_ref() == Some(&known.by)
            && (self.note.is_none() || self.note == known.note)
            && (self.evidence.is_empty() || self.evidence == known.evidence)
    }

    /// An entry of it; one without a status is an update. `recorded` is the day of recording, where it carries one.
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
