//! The actions that make a recommendation overdue or at risk, and the latest update of a recommendation.

use super::Row;
use crate::model::{Day, Decision, ProgressEntry, Verdict, seen_on};

impl<'v> Row<'v> {
    /// Returns the action whose due date determines the row's timing. If no action determines it, returns the row
    /// itself.
    pub fn pressing_row(&self) -> Row<'v> {
        let own = self.own.pressing.map_or(self.own, |index| &self.whole.actions[index]);
        Row { own, ..*self }
    }

    /// Returns the open actions for which the row waits. For an overdue row, these are its overdue actions; for a row
    /// at risk, the actions with the outlook of the row; and for any other row, all its open actions. If there are
    /// none, returns the row itself.
    pub fn behind(&self) -> Vec<Row<'v>> {
        let is_behind = |action: &Row<'v>| {
            if self.is_overdue() {
                action.is_overdue()
            } else if self.is_at_risk() {
                action.own.outlook == self.own.outlook
            } else {
                true
            }
        };
        let open = self.all().skip(1).filter(|action| action.is_open() && is_behind(action));
        let behind: Vec<_> = open.collect();
        if behind.is_empty() { vec![*self] } else { behind }
    }

    /// Returns the latest remark on the open work: a note, the reason for a new timescale, or the note of a failed
    /// verification.
    pub fn last_word(&self) -> Option<&'v str> {
        let as_of = self.view.as_of;
        let behind = self.behind();
        let rows = behind.iter().filter(|row| row.is_action()).chain([self]);
        let mut words: Vec<(Day, &'v str)> = rows.flat_map(Row::words_of_its_own).collect();
        let refusals = seen_on(self.item().verification(), as_of);
        let refusals = refusals.filter(|entry| entry.result == Verdict::Refused);
        words.extend(refusals.filter_map(|entry| Some((entry.on, entry.note.as_deref()?))));
        words.into_iter().max_by_key(|(on, _)| *on).map(|(_, words)| words)
    }

    /// Returns the latest progress entry of the row and its actions. If several entries have the same date, an entry
    /// with a note is preferred.
    pub fn latest_update(&self) -> Option<&'v ProgressEntry> {
        let as_of = self.view.as_of;
        let entries = self.all().flat_map(|row| seen_on(row.item().progress(), as_of));
        entries.max_by_key(|entry| (entry.on, entry.note.is_some()))
    }

    /// Returns the notes and reasons in the row's own entries, with their dates.
    fn words_of_its_own(&self) -> Vec<(Day, &'v str)> {
        let as_of = self.view.as_of;
        let notes = seen_on(self.item().progress(), as_of);
        let notes = notes.filter_map(|entry| Some((entry.on, entry.note.as_deref()?)));
        let revisions = seen_on(self.item().revisions(), as_of);
        // The reasons of decisions are left out, because they do not come from the owner.
        let own = revisions.filter(|revision| !revision.decision.is_some_and(Decision::is_answer));
        let reasons = own.filter_map(|revision| Some((revision.on, revision.reason.as_deref()?)));
        reasons.chain(notes).collect()
    }

    /// Checks whether the row is open and its due date has passed by no more than the plan's days of grace.
    pub fn is_in_grace(&self) -> bool {
        self.is_open() && !self.is_overdue() && self.days_late().is_some_and(|days| days > 0)
    }
}
