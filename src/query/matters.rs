//! What a committee has before it: what waits for its decision, what is escalated, and the colours.

use super::{Portfolio, Row};
use crate::model::{Cause, Colour, Revision};

impl Portfolio {
    /// The recommendations and actions with a request that waits for a decision, what wants attention most first.
    pub fn waiting(&self) -> Vec<Row<'_>> {
        let all = self.recommendations().flat_map(|row| std::iter::once(row).chain(row.actions()));
        let mut rows: Vec<_> = all.filter(|row| row.request().is_some()).collect();
        rows.sort_by_key(Row::need);
        rows
    }

    /// The recommendations that are brought before the committee, what wants attention most first.
    pub fn escalated(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<_> =
            self.recommendations().filter(|row| !row.escalation().is_empty()).collect();
        rows.sort_by_key(Row::need);
        rows
    }
}

impl<'v> Row<'v> {
    /// The later timescale that was asked for and waits for a decision.
    pub fn request(&self) -> Option<&'v Revision> {
        let position = match self.action {
            Some(standing) => standing.request,
            None => self.recommendation.request,
        };
        self.revisions().get(position?)
    }

    /// Why a recommendation is brought before the committee; of an action never.
    pub fn escalation(&self) -> Vec<Cause> {
        let plan = &self.view.plan;
        if self.action.is_some() { Vec::new() } else { plan.escalation(self.recommendation) }
    }

    /// The colour of a recommendation, where the plan says what colours mean.
    pub fn colour(&self) -> Option<Colour> {
        self.view.plan.colour(self.recommendation).filter(|_| self.action.is_none())
    }
}
