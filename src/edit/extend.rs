//! Decides which due dates may be extended, which extensions may be requested, and which requests may be decided.

use super::{Change, Changes, Editor, Refusal, Remark, readable, refuse};
use crate::{
    model::{
        Day, Decision, Id, Position, Revision, Standing, Term, Timescale, agreed_on, example_month,
    },
    plan_diff::Entry,
};

impl Editor<'_> {
    /// Returns the changes that extend the due dates of the items `ids` to `to`. With `Decision::Requested`, the
    /// changes only request this extension.
    ///
    /// # Errors
    /// Fails if an item has ended, if a request is pending, or if `to` is not later than the current due date.
    pub fn extend(
        &self,
        ids: &[Id],
        to: &Timescale,
        decision: Option<Decision>,
        remark: &Remark,
    ) -> Changes {
        remark.check()?;
        let mut changes = Vec::new();
        for (id, item) in self.items(ids)? {
            let (is_open, request) = self.request(item, remark.on);
            if !is_open {
                return refuse(
                    format!("{id} has ended and cannot be extended"),
                    format!(
                        "if the work is not done, reopen it first: plan mark {id} in-progress --note WHY"
                    ),
                );
            }
            if let Some(request) = request {
                return refuse(
                    format!("{id}: a request for an extension to {} is pending", request.wording),
                    format!(
                        "record the decision, `agree` or `refuse`: plan decide {id} agree --by WHO"
                    ),
                );
            }
            self.is_later(id, item, to, remark.on)?;
            self.is_first_of_its_time(id, item, decision, remark.on)?;
            changes.push(self.revision(item, to.clone(), decision, remark)?);
        }
        Ok(changes)
    }

    /// Returns the changes that record a decision on the requested extension of each item of `ids`. If `to` is given,
    /// this timescale is agreed instead of the requested one.
    ///
    /// # Errors
    /// Fails if an item has no extension to decide on, if the decider is not named, or if `to` is not later than the
    /// current due date.
    pub fn decide(
        &self,
        ids: &[Id],
        answer: Decision,
        to: Option<&Timescale>,
        remark: &Remark,
    ) -> Changes {
        remark.check()?;
        readable("--by", [&remark.by.clone().unwrap_or_default()])?;
        let mut changes = Vec::new();
        for (id, item) in self.items(ids)? {
            let (is_open, request) = self.request(item, remark.on);
            let Some(request) = request.or_else(|| self.undecided(item, answer, remark.on)) else {
                let why = if is_open { "" } else { ", because the work has ended" };
                let month = example_month(remark.on);
                let request = format!(
                    "; make a request with: plan extend {id} {month} --request --reason WHY"
                );
                return refuse(
                    format!("{id}: no request is pending{why}"),
                    "list pending requests with `plan list --waiting`".to_owned()
                        + if is_open { &request } else { "" },
                );
            };
            if let Some(to) = to {
                self.is_later(id, item, to, remark.on)?;
            }
            let to = to.cloned().unwrap_or(request);
            changes.push(self.revision(item, to, Some(answer), remark)?);
        }
        Ok(changes)
    }

    /// Returns an error if the new revision is a request or decision and the item already has one with a later date.
    /// The new revision has the date `on`.
    fn is_first_of_its_time(
        &self,
        id: &Id,
        item: Position,
        decision: Option<Decision>,
        on: Day,
    ) -> Result<(), Refusal> {
        let revisions = self.plan.item(item).revisions().iter();
        let later = revisions.filter(|known| known.decision.is_some() && known.on > on);
        match later.map(|known| known.on).min().filter(|_| decision.is_some()) {
            None => Ok(()),
            Some(later) => refuse(
                format!("{id}: the plan already has a request or decision dated {later}"),
                format!(
                    "a request made before that date can only be recorded as a note: plan note {id} \"…\" --on {on}"
                ),
            ),
        }
    }

    /// Returns two values. The first is true if the item is open on the day `on`; the second is the timescale of the
    /// request that is pending on this day.
    fn request(&self, (index, action): Position, on: Day) -> (bool, Option<Timescale>) {
        let whole = self.standings.on(on, index);
        let standing = whole.of(action);
        let request = standing.and_then(Standing::open_request).map(|request| request.to.clone());
        (standing.is_some_and(Standing::is_open), request)
    }

    /// Returns the timescale of the last extension if this extension was made without a decision and `answer` now
    /// agrees to it. Returns `None` otherwise.
    fn undecided(&self, item: Position, answer: Decision, on: Day) -> Option<Timescale> {
        let (_, last) = agreed_on(self.plan.item(item).revisions(), on).last()?;
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
        let recorded = self.recorded(item, remark.on, self.newest(item))?;
        let (reason, by) = (remark.note.clone(), remark.by.clone());
        let revision = Revision { on: remark.on, recorded, to, reason, by, decision };
        Ok(Change::entry(item, Entry::Revision(revision)))
    }

    /// Returns an error if the timescale `to` is not later than the due date that applies on the day `on`.
    fn is_later(&self, id: &Id, item: Position, to: &Timescale, on: Day) -> Result<(), Refusal> {
        if matches!(to.term, Term::Complete | Term::InPlaceSince(_)) {
            return refuse(
                format!("`{}` is not a new due date", to.wording),
                "extend to a date or `Ongoing`; record finished work with `plan mark`",
            );
        }
        let whole = self.standings.on(on, item.0);
        let present = whole.of(item.1).and_then(Standing::timescale);
        let present = present.and_then(|present| present.term.deadline());
        if let (Some(present), Some(new)) = (present, to.term.deadline())
            && new.last_day() <= present.last_day()
        {
            return refuse(
                format!("{id}: {} is not later than the current due date, {present}", to.wording),
                "give a later date",
            );
        }
        Ok(())
    }
}
