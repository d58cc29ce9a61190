//! The matters before a committee: requests for its decision, escalated items, and the colours.

use super::{Portfolio, Row};
use crate::model::{Cause, Colour, Decision, Revision, seen_on};

impl Portfolio {
    /// The recommendations and actions with a request that waits for a decision, what wants attention most first.
    pub fn waiting(&self) -> Vec<Row<'_>> {
        let all = self.recommendations().flat_map(Row::all);
        let mut rows: Vec<_> = all.filter(|row| row.request().is_some()).collect();
        rows.sort_by_cached_key(Row::need);
        rows
    }

    /// The recommendations that are brought before the committee, what wants attention most first.
    pub fn escalated(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<_> =
            self.recommendations().filter(|row| !row.escalation().is_empty()).collect();
        rows.sort_by_cached_key(Row::need);
        rows
    }
}

impl<'v> Row<'v> {
    /// The later timescale that was asked for and waits for a decision.
    pub fn request(&self) -> Option<&'v Revision> {
        self.own.open_request()
    }

    /// Says whether a revision of its own is a request that lapsed: the work ended before anybody decided.
    pub fn has_lapsed(&self, revision: &Revision) -> bool {
        let known = seen_on(self.revisions(), self.view.as_of);
        let mut later = known.skip_while(|known| !std::ptr::eq(*known, revision));
        let is_known = later.next().is_some();
        let waits = self.request().is_some_and(|request| std::ptr::eq(request, revision));
        let next = later.find_map(|later| later.decision);
        revision.decision == Some(Decision::Requested)
            && is_known
            && !waits
            && !next.is_some_and(Decision::is_answer)
    }

    /// Why a recommendation is brought before the committee; of an action never.
    pub fn escalation(&self) -> Vec<Cause> {
        self.as_whole().map_or_else(Vec::new, |whole| self.view.plan.escalation(whole))
    }

    /// The colour of a recommendation, where the plan says what colours mean.
    pub fn colour(&self) -> Option<Colour> {
        self.view.plan.colour(self.as_whole()?)
    }
}
