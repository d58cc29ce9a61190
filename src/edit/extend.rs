//! Decides which deadlines may be moved, asked to be moved, and decided on.

use super::{Change, Editor, Refusal, Remark, readable, refuse};
use crate::{
    model::{Day, Decision, Id, Position, Revision, Term, Timescale, agreed_on},
    plan_diff::Entry,
};

impl Editor<'_> {
    /// Appends a later timescale to each of `ids`, or with `Decision::Requested` the request for it.
    ///
    /// # Errors
    /// It has ended, a request waits, or the timescale is no later than the one in force, or is no deadline at all.
    pub fn extend(
        &self,
        ids: &[Id],
        to: &Timescale,
        decision: Option<Decision>,
        remark: &Remark,
    ) -> Result<Vec<Change>, Refusal> {
        remark.check()?;
        let mut changes = Vec::new();
        for (id, item) in self.items(ids)? {
            let (is_open, request) = self.request(item);
            if !is_open {
                return refuse(
                    format!("{id} has ended: there is nothing to extend"),
                    "reopen it first, if it is not done: plan mark ID in-progress --note WHY",
                );
            }
            if let Some(request) = request {
                return refuse(
                    format!("{id}: a request for {} waits for a decision", request.wording),
                    format!("record what was decided: plan decide {id} agree|refuse --by WHO"),
                );
            }
            self.is_later(id, item, to)?;
            changes.push(self.revision(item, to.clone(), decision, remark)?);
        }
        Ok(changes)
    }

    /// Appends the decision on the request that waits on each of `ids`, or on an extension that was made without one. `to` is another date that is agreed to.
    ///
    /// # Errors
    /// No request waits, or nobody is named who decided, or the other date is no later than the one in force.
    pub fn decide(
        &self,
        ids: &[Id],
        answer: Decision,
        to: Option<&Timescale>,
        remark: &Remark,
    ) -> Result<Vec<Change>, Refusal> {
        remark.check()?;
        readable("--by", [&remark.by.clone().unwrap_or_default()])?;
        let mut changes = Vec::new();
        for (id, item) in self.items(ids)? {
            let (is_open, request) = self.request(item);
            let Some(request) = request.or_else(|| self.undecided(item, answer)) else {
                let why = if is_open { "" } else { ", for it has ended" };
                return refuse(
                    format!("{id}: no request waits for a decision{why}"),
                    "`plan list --waiting` shows what does; a request is made with `plan extend ID TIMESCALE --request --reason WHY`",
                );
            };
            if let Some(to) = to {
                self.is_later(id, item, to)?;
            }
            let to = to.cloned().unwrap_or(request);
            changes.push(self.revision(item, to, Some(answer), remark)?);
        }
        Ok(changes)
    }

    /// True for an open item, and the timescale of its request that waits for a decision.
    fn request(&self, (index, action): Position) -> (bool, Option<Timescale>) {
        let whole = self.standings.on(Day::MAX, index);
        let standing = whole.of(action);
        (standing.is_open(), standing.open_request().map(|request| request.to.clone()))
    }

    /// The timescale of the extension that was made last and without a decision, which an agreement ratifies.
    fn undecided(&self, item: Position, answer: Decision) -> Option<Timescale> {
        let (_, last) = agreed_on(self.plan.item(item).revisions(), Day::MAX).last()?;
        let is_ratified = answer == Decision::Agreed && last.decision.is_none();
        is_ratified.then(|| last.to.clone())
    }

    fn revision(
        &self,
        item: Position,
        to: Timescale,
        decision: Option<Decision>,
        remark: &Remark,
    ) -> Result<Change, Refusal> {
        let last = self.plan.item(item).revisions().last().map(|revision| revision.on);
        self.dated(self.id(item).as_str(), remark.on, last)?;
        let (reason, by) = (remark.note.clone(), remark.by.clone());
        let revision = Revision { on: remark.on, to, reason, by, decision };
        Ok(Change::entry(item, Entry::Revision(revision)))
    }

    /// Whether the deadline in force may be moved to `to`.
    fn is_later(&self, id: &Id, item: Position, to: &Timescale) -> Result<(), Refusal> {
        if matches!(to.term, Term::Complete | Term::InPlaceSince(_)) {
            return refuse(
                format!("`{}` is no new deadline", to.wording),
                "extend to a date or `Ongoing`; say that work is done with `plan mark`",
            );
        }
        let whole = self.standings.on(Day::MAX, item.0);
        let present = whole.of(item.1).timescale().and_then(|present| present.term.deadline());
        if let (Some(present), Some(new)) = (present, to.term.deadline())
            && new.last_day() <= present.last_day()
        {
            return refuse(
                format!("{id}: {} is no later than the deadline in force, {present}", to.wording),
                "an extension is later than what it extends",
            );
        }
        Ok(())
    }
}
