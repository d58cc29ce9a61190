//! Decides what an owner's answer adds to an item: an entry, a request for a later timescale, or both.

use super::{Change, Editor, Refusal, Remark, refuse};
use crate::model::{
    Day, Decision, Id, Outlook, Position, ProgressEntry, Record, Revision, Status, Timescale,
};

/// The answer of an owner on one item.
#[derive(Debug, Clone)]
pub struct OwnerUpdate {
    pub id: Id,
    pub by: String,
    pub status: Option<Status>,
    /// The day on which it was so; without it, the day on which it is recorded.
    pub on: Option<Day>,
    pub outlook: Option<Outlook>,
    pub note: Option<String>,
    pub evidence: Vec<String>,
    /// The later timescale that is asked for, and why.
    pub extension: Option<Timescale>,
    pub reason: Option<String>,
    /// The day on which the owner was asked. An answer of that day or later is not recorded again.
    pub asked: Day,
}

impl Editor<'_> {
    /// The changes that an answer asks for; none where the plan has it already.
    ///
    /// # Errors
    /// See [`Editor::mark`], [`Editor::note`] and [`Editor::extend`].
    pub fn update(&self, update: &OwnerUpdate) -> Result<Vec<Change>, Refusal> {
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
                    format!("{} has actions, which have its status", update.id),
                    "say it of its actions",
                );
            }
            Some(status) => self.mark(ids, status, &remark)?,
            None => self.note(ids, &remark)?,
        };
        changes.extend(self.request_of(item, update, remark)?);
        Ok(changes)
    }

    /// The request for a later timescale in an answer, unless the plan has it already.
    fn request_of(
        &self,
        item: Position,
        update: &OwnerUpdate,
        remark: Remark,
    ) -> Result<Vec<Change>, Refusal> {
        let refuse = |why: &str, help: &str| refuse(format!("{}: {why}", update.id), help);
        let to = match (&update.extension, &update.reason) {
            (None, None) => return Ok(Vec::new()),
            (None, Some(_)) => {
                let why = "there is a reason, and no extension is requested";
                return refuse(why, "name the later date");
            }
            (Some(_), None) => return refuse("an extension needs a reason", "say why"),
            (Some(to), Some(_)) => to,
        };
        if update.status.is_some_and(Status::has_ended) {
            let help = "leave the status or the extension out";
            return refuse("work that has ended needs no extension", help);
        }
        if self.has_request(item, to, update) {
            return Ok(Vec::new());
        }
        let (note_flag, note) = ("the reason", update.reason.clone());
        let remark = Remark { outlook: None, note_flag, note, evidence: Vec::new(), ..remark };
        self.extend(std::slice::from_ref(&update.id), to, Some(Decision::Requested), &remark)
    }

    /// Says whether an item has an entry that says the same since the owner was asked.
    fn has_entry(&self, item: Position, entry: &ProgressEntry, update: &OwnerUpdate) -> bool {
        self.plan.item(item).progress().iter().any(|known| {
            let again = ProgressEntry { on: known.on, recorded: known.recorded, ..entry.clone() };
            again.values() == known.values() && update.is_of(known.on)
        })
    }

    /// Says whether an item has a request that says the same since the owner was asked.
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
    /// Says whether an entry of this day can be the one that the answer became.
    fn is_of(&self, on: Day) -> bool {
        self.on.map_or(on >= self.asked, |day| day == on)
    }
}
