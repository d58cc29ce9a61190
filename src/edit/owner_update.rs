//! Decides which entries follow from an owner's answer about an item: a progress entry, a request for an extension, or
//! both.

use super::{Changes, Editor, Remark, refuse};
use crate::model::{
    Day, Decision, Id, Outlook, Position, ProgressEntry, Record, Revision, Status, Timescale,
};

/// The answer of an owner about one item.
#[derive(Debug, Clone)]
pub struct OwnerUpdate {
    pub id: Id,
    pub by: String,
    pub status: Option<Status>,
    /// The date of the answer. `None` means the day on which the answer is recorded.
    pub on: Option<Day>,
    pub outlook: Option<Outlook>,
    pub note: Option<String>,
    pub evidence: Vec<String>,
    /// The later timescale that the owner requests.
    pub extension: Option<Timescale>,
    pub reason: Option<String>,
    /// The day on which the owner was asked. An answer without a date is not recorded again if the plan already has an
    /// equal entry from this day or later.
    pub asked: Day,
}

impl Editor<'_> {
    /// Returns the changes that record an owner's answer. The list is empty if the plan already contains the answer.
    ///
    /// # Errors
    /// Fails if [`Editor::mark`], [`Editor::note`] or [`Editor::extend`] refuses a change.
    pub fn update(&self, update: &OwnerUpdate) -> Changes {
        let item = self.item(&update.id)?;
        let ids = std::slice::from_ref(&update.id);
        let remark = Remark {
            on: update.on.unwrap_or(self.today),
            by: Some(update.by.clone()),
            outlook: update.outlook,
            note_flag: "the note",
            note: update.note.clone(),
            evidence: update.evidence.clone(),
        };
        let has_actions = item.1.is_none() && !self.recommendation(item).actions.is_empty();
        let is_silent = Remark { by: None, ..remark.clone() }.is_silent();
        let entry = remark.entry(update.status, None);
        let mut changes = match update.status {
            None if is_silent => Vec::new(),
            _ if self.has_entry(item, &entry, update) => Vec::new(),
            Some(_) if has_actions => {
                return refuse(
                    format!("{} takes its status from its actions", update.id),
                    "give the actions a status instead",
                );
            }
            Some(status) => self.mark(ids, status, &remark)?,
            None => self.note(ids, &remark)?,
        };
        changes.extend(self.request_of(item, update, remark)?);
        Ok(changes)
    }

    /// Returns a list with the change that records the owner's request for an extension. The list is empty if the
    /// answer requests no extension, or if the plan already has the request.
    fn request_of(&self, item: Position, update: &OwnerUpdate, remark: Remark) -> Changes {
        let refuse = |why: &str, help: &str| refuse(format!("{}: {why}", update.id), help);
        let to = match (&update.extension, &update.reason) {
            (None, None) => return Ok(Vec::new()),
            (None, Some(_)) => {
                let why = "a reason is given, but no extension has been requested";
                return refuse(why, "give the requested due date");
            }
            (Some(_), None) => return refuse("an extension needs a reason", "give the reason"),
            (Some(to), Some(_)) => to,
        };
        if update.status.is_some_and(Status::has_ended) {
            let help = "leave out the status or the extension";
            return refuse("work that has ended needs no extension", help);
        }
        if self.has_request(item, to, update) {
            return Ok(Vec::new());
        }
        let (note_flag, note) = ("the reason", update.reason.clone());
        let remark = Remark { outlook: None, note_flag, note, evidence: Vec::new(), ..remark };
        self.extend(std::slice::from_ref(&update.id), to, Some(Decision::Requested), &remark)
    }

    /// Checks whether the item already has a progress entry that is equal to `entry` and may come from the answer
    /// `update`.
    fn has_entry(&self, item: Position, entry: &ProgressEntry, update: &OwnerUpdate) -> bool {
        self.plan.item(item).progress().iter().any(|known| {
            let again = ProgressEntry { on: known.on, recorded: known.recorded, ..entry.clone() };
            again.values() == known.values() && update.is_of(known.on)
        })
    }

    /// Checks whether the item already has a request that is equal to the request in the answer `update` and may come
    /// from this answer. The requested timescale is `to`.
    fn has_request(&self, item: Position, to: &Timescale, update: &OwnerUpdate) -> bool {
        self.plan.item(item).revisions().iter().any(|known| {
            let again = Revision {
                to: to.clone(),
                reason: update.reason.clone(),
                by: Some(update.by.clone()),
                decision: Some(Decision::Requested),
                ..known.clone()
            };
            again.values() == known.values() && update.is_of(known.on)
        })
    }
}

impl OwnerUpdate {
    /// Checks whether an entry with the date `on` may come from this answer.
    fn is_of(&self, on: Day) -> bool {
        self.on.map_or(on >= self.asked, |day| day == on)
    }
}
