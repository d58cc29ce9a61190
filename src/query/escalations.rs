//! The items for the committee: requests for a decision, escalated items, and the RAG colours.

use super::{Portfolio, Row};
use crate::model::{Cause, Colour, Decision, Revision, seen_on};

impl Portfolio {
    /// Returns the recommendations and actions with a request for an extension that awaits a decision, the most urgent
    /// first.
    pub fn waiting(&self) -> Vec<Row<'_>> {
        let all = self.recommendations().flat_map(Row::all);
        let mut rows: Vec<_> = all.filter(|row| row.request().is_some()).collect();
        rows.sort_by_cached_key(Row::need);
        rows
    }

    /// Returns the escalated recommendations, the most urgent first.
    pub fn escalated(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<_> =
            self.recommendations().filter(|row| !row.escalation().is_empty()).collect();
        rows.sort_by_cached_key(Row::need);
        rows
    }
}

impl<'v> Row<'v> {
    /// Returns the row's own request for an extension that awaits a decision.
    pub fn request(&self) -> Option<&'v Revision> {
        self.own.open_request()
    }

    /// Checks whether `revision` is a request for an extension that lapsed without a decision.
    pub fn has_lapsed(&self, revision: &Revision) -> bool {
        let known = seen_on(self.item().revisions(), self.view.as_of);
        let mut later = known.skip_while(|known| !std::ptr::eq(*known, revision));
        let is_known = later.next().is_some();
        let waits = self.request().is_some_and(|request| std::ptr::eq(request, revision));
        let next = later.find_map(|later| later.decision);
        revision.decision == Some(Decision::Requested)
            && is_known
            && !waits
            && !next.is_some_and(Decision::is_answer)
    }

    /// Returns the reasons why a recommendation is escalated. The list is empty if it is not escalated, or if the row
    /// is an action.
    pub fn escalation(&self) -> Vec<Cause> {
        self.as_whole().map_or_else(Vec::new, |whole| self.view.plan.escalation(whole))
    }

    /// Returns the RAG colour of a recommendation, if the plan defines colours.
    pub fn colour(&self) -> Option<Colour> {
        self.view.plan.colour(self.as_whole()?)
    }
}
