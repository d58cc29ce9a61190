//! Compares the entries in the row of an item with the item's entries in the plan, and finds the new entries.

use super::{Update, says_same};
use crate::{
    import::{draft::Draft, target::Of},
    model::{
        Day, ItemRef, Position, ProgressEntry, Revision, Status, Verification, same_person, spoken,
        to_single_line,
    },
    plan_diff::Entry,
};

impl Update<'_, '_> {
    /// Adds the entries in the row of an item to the changes, if they are new to the plan.
    pub(super) fn latest(&mut self, at: Position, item: ItemRef<'_>, draft: &Draft) {
        let is_dated = |of: Of| draft.latest.dated.contains(&of);
        match draft.latest.progress.first() {
            Some(new) => self.progress(at, item, draft, new, is_dated(Of::Progress)),
            None => {
                let told = draft.latest.status.filter(|told| *told == Status::NotStarted);
                if told.is_some() {
                    self.report_old(at, item, draft, Status::NotStarted);
                }
            }
        }
        if let Some(new) = draft.latest.revisions.first() {
            self.revision(at, item, draft, new, is_dated(Of::Revision));
        }
        if let Some(new) = draft.latest.verification.first() {
            self.verification(at, item, draft, new);
        }
    }

    /// Reports a difference if the item has progress entries in the plan, and its status there is not `told`, the
    /// status in the file.
    pub(super) fn report_old(
        &mut self,
        at: Position,
        item: ItemRef<'_>,
        draft: &Draft,
        told: Status,
    ) {
        let present = self.standings.status(Day::MAX, at);
        if present != told && !item.progress().is_empty() {
            let (plan, file) = (spoken(present), spoken(told));
            self.differs(
                item,
                draft,
                "status",
                plan,
                file,
                "the file has nothing new, and the plan has later entries",
            );
        }
    }

    pub(super) fn progress(
        &mut self,
        at: Position,
        item: ItemRef<'_>,
        draft: &Draft,
        new: &ProgressEntry,
        is_dated: bool,
    ) {
        let entries = item.progress();
        let by_source =
            |entry: &ProgressEntry| entry.by.as_deref().is_some_and(|by| same_person(by, &self.by));
        let last = entries.iter().rposition(by_source);
        let imported = last.map(|index| &entries[index]);
        let own = &entries[last.map_or(0, |index| index + 1)..];
        let is_same = imported
            .is_some_and(|last| says_same(&ProgressEntry { on: new.on, ..last.clone() }, new));
        let is_newer = is_dated && imported.is_none_or(|last| new.on > last.on);
        let present = self.standings.status(Day::MAX, at);
        let has_own = own.iter().any(|entry| entry.status.is_some());
        if is_same && !is_newer {
            if let Some(status) = new.status.filter(|_| has_own) {
                self.report_old(at, item, draft, status);
            }
            return;
        }
        let is_silent = new.note.is_none() && new.outlook.is_none();
        let is_known = new.status.is_none_or(|status| status == present) && !own.is_empty();
        if imported.is_none() && is_silent && is_known {
            return;
        }
        // The plan's own entries take precedence over a status in the file, unless the file gives a later date.
        let is_later = is_dated && own.iter().all(|entry| new.on > entry.on);
        let goes_back = new.status.is_some_and(|status| {
            status.stage() < present.stage() || (present.has_ended() && status != present)
        });
        let is_old = imported.is_none_or(|last| is_dated && new.on <= last.on);
        if has_own && !is_later && (goes_back || is_old) {
            let (plan, file) = (spoken(present), new.status.map_or_else(String::new, spoken));
            if plan != file {
                let why = "no date in the file shows that this status is later than the latest entry in the plan";
                self.differs(item, draft, "status", plan, file, why);
            }
            return;
        }
        let mut entry = new.clone();
        if goes_back && entry.note.is_none() {
            entry.note = Some(format!("{} says so.", self.by));
        }
        self.append(at, Entry::Progress(entry));
    }

    pub(super) fn revision(
        &mut self,
        at: Position,
        item: ItemRef<'_>,
        draft: &Draft,
        new: &Revision,
        is_dated: bool,
    ) {
        let revisions = item.revisions();
        let by_source =
            |entry: &Revision| entry.by.as_deref().is_some_and(|by| same_person(by, &self.by));
        let last = revisions.iter().rposition(by_source);
        let in_force =
            self.standings.on(Day::MAX, at.0).of(at.1).and_then(|own| own.timescale().cloned());
        let is_known = last.is_some_and(|index| revisions[index].to == new.to)
            || in_force.as_ref() == Some(&new.to)
            || (last.is_none() && item.original_timescale() == Some(&new.to));
        if is_known {
            return;
        }
        let own = &revisions[last.map_or(0, |index| index + 1)..];
        let newest = own.iter().map(|entry| entry.on).max();
        if newest.is_some_and(|newest| !is_dated || new.on <= newest) {
            let plan =
                in_force.map_or_else(String::new, |in_force| to_single_line(&in_force.words()));
            let file = to_single_line(&new.to.words());
            let why = "no date in the file shows that this revision is later than the latest revision in the plan";
            return self.differs(item, draft, "revised", plan, file, why);
        }
        if self.standings.status(Day::MAX, at).has_ended() {
            let file = to_single_line(&new.to.words());
            return self.differs(item, draft, "revised", String::new(), file, "the work has ended");
        }
        self.append(at, Entry::Revision(new.clone()));
    }

    pub(super) fn verification(
        &mut self,
        at: Position,
        item: ItemRef<'_>,
        draft: &Draft,
        new: &Verification,
    ) {
        let is_known =
            |known: &Verification| known.result == new.result && same_person(&known.by, &new.by);
        if item.verification().last().is_some_and(is_known) || at.1.is_some() {
            return;
        }
        let present = self.standings.status(Day::MAX, at);
        let will_be = self.entries.iter().any(|(item, entry)| {
            *item == at
                && matches!(entry, Entry::Progress(entry) if entry.status == Some(Status::Complete))
        });
        if present != Status::Complete && !will_be {
            let plan = spoken(present);
            let file = spoken(new.result);
            return self.differs(
                item,
                draft,
                "verified",
                plan,
                file,
                "the recommendation is not complete in the plan",
            );
        }
        self.append(at, Entry::Verification(new.clone()));
    }
}
