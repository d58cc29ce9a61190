//! Decides which entries may be added to a plan, and returns the changes that add them.

use std::collections::{HashMap, HashSet};

use super::{Change, Changes, Refusal, Remark, Standings, each, readable, refuse};
use crate::{
    model::{
        Day, Id, Keyword, Owner, Plan, Position, ProgressEntry, Recommendation, Status, Verdict,
        Verification, nearest, printable, seen_on,
    },
    plan_diff::Entry,
};

/// A plan that is about to be changed, with the day of the change.
pub struct Editor<'p> {
    pub(super) plan: &'p Plan,
    pub(super) today: Day,
    pub(super) items: HashMap<&'p str, Position>,
    pub(super) standings: Standings<'p>,
}

impl<'p> Editor<'p> {
    pub fn new(plan: &'p Plan, today: Day) -> Self {
        let items = plan.positions().map(|item| (plan.item(item).id().as_str(), item)).collect();
        Self { plan, today, items, standings: Standings::of(plan) }
    }

    /// Returns the day on which the plan was published.
    pub fn published(&self) -> Day {
        self.plan.date
    }

    /// Returns the position of the recommendation or action `id`.
    ///
    /// # Errors
    /// Fails if the plan has no such id.
    pub fn item(&self, id: &Id) -> Result<Position, Refusal> {
        self.items.get(id.as_str()).copied().ok_or_else(|| unknown_id(self.plan, id.as_str()))
    }

    /// Returns the list of owners in the plan, and the names of the owners in the item `id`.
    ///
    /// # Errors
    /// Fails if the plan has no such id.
    pub fn owners(&self, id: &Id) -> Result<(&'p [Owner], &'p [String]), Refusal> {
        Ok((&self.plan.owners, self.plan.item(self.item(id)?).own_owners()))
    }

    /// Returns the ids, each with the position of its item. An item that is named twice is returned once.
    ///
    /// # Errors
    /// Fails if the plan lacks one of the ids.
    pub fn items<'i>(&self, ids: &'i [Id]) -> Result<Vec<(&'i Id, Position)>, Refusal> {
        let mut items = each(ids.iter().map(|id| Ok((id, self.item(id)?))))?;
        let mut known = HashSet::new();
        items.retain(|(_, item)| known.insert(*item));
        Ok(items)
    }

    pub(super) fn recommendation(&self, (index, _): Position) -> &'p Recommendation {
        &self.plan.recommendations[index]
    }

    /// Returns the index of a recommendation. If `item` is an action, fails with the reason `why` and the advice
    /// `help`.
    pub(super) fn whole(&self, item: Position, why: &str, help: &str) -> Result<usize, Refusal> {
        match item {
            (index, None) => Ok(index),
            _ => refuse(
                format!("{} is an action{why}", self.id(item)),
                format!("{help} {}", self.recommendation(item).id),
            ),
        }
    }

    /// Returns the changes that record `status` for the items `ids`. An entry that would only repeat the present status
    /// is left out.
    ///
    /// # Errors
    /// Fails if one of the items may not get the status.
    pub fn mark(&self, ids: &[Id], status: Status, remark: &Remark) -> Changes {
        remark.check()?;
        let mut changes = Vec::new();
        for item in self.meant(ids, status)? {
            let recorded = self.recorded(item, remark.on, self.newest(item))?;
            let present = self.standings.status(remark.on, item);
            let refused = self.recommendation(item).refusal_on(Day::MAX);
            let is_news =
                status == Status::Complete && self.standings.on(Day::MAX, item.0).reopened;
            if present == status && !is_news && remark.is_silent() {
                continue;
            }
            if let Some(refused) = refused.filter(|refused| is_news && remark.on <= *refused) {
                return refuse(
                    format!(
                        "{}: the completion must be dated after the verification that failed on {refused}",
                        self.id(item)
                    ),
                    "give a later date for the completion: `--on DATE`",
                );
            }
            let entry = remark.entry(Some(status), recorded);
            if !is_news && self.is_repeated(item, &entry) {
                continue;
            }
            self.may_mark(item, present, status, remark)?;
            changes.push(Change::entry(item, Entry::Progress(entry)));
        }
        Ok(changes)
    }

    /// Returns the changes that append a progress entry without a status to each item of `ids`.
    ///
    /// # Errors
    /// Fails if the plan lacks one of the ids, or if an item may not get the entry.
    pub fn note(&self, ids: &[Id], remark: &Remark) -> Changes {
        remark.check()?;
        let mut changes = Vec::new();
        for (_, item) in self.items(ids)? {
            let recorded = self.recorded(item, remark.on, self.newest(item))?;
            self.may_judge(item, self.standings.status(remark.on, item), remark)?;
            let entry = remark.entry(None, recorded);
            if !self.is_repeated(item, &entry) {
                changes.push(Change::entry(item, Entry::Progress(entry)));
            }
        }
        Ok(changes)
    }

    /// Checks whether a new entry only repeats the previous entry. Returns false if an open status is repeated on
    /// another day, because such an entry confirms that nothing changed.
    fn is_repeated(&self, item: Position, entry: &ProgressEntry) -> bool {
        let on = entry.on;
        let mut known = seen_on(self.plan.item(item).progress(), on).rev();
        let last = match entry.status {
            Some(_) => known.find(|known| known.status.is_some()),
            None => known.next(),
        };
        last.is_some_and(|last| {
            let again = ProgressEntry { on, recorded: entry.recorded, ..last.clone() };
            again == *entry && (last.on == on || entry.status.is_some_and(Status::has_ended))
        })
    }

    /// Returns the items that get the status `status`. For the id of a recommendation with actions, these are its open
    /// actions.
    fn meant(&self, ids: &[Id], status: Status) -> Result<Vec<Position>, Refusal> {
        let meant = each(ids.iter().map(|id| match self.item(id)? {
            (index, None) => self.actions_meant(id, index, status),
            action => Ok(vec![action]),
        }))?;
        let mut meant = meant.concat();
        let mut known = HashSet::new();
        meant.retain(|item| known.insert(*item));
        Ok(meant)
    }

    fn actions_meant(
        &self,
        id: &Id,
        index: usize,
        status: Status,
    ) -> Result<Vec<Position>, Refusal> {
        let standing = self.standings.on(Day::MAX, index);
        let actions = &standing.actions;
        let where_status = |holds: &dyn Fn(Status) -> bool| -> Vec<Position> {
            let actions = actions.iter().filter(|action| holds(action.status));
            actions.map(|action| (index, action.position())).collect()
        };
        if actions.is_empty() {
            return Ok(vec![(index, None)]);
        }
        let open = where_status(&|status| !status.has_ended());
        if !open.is_empty() {
            return Ok(open);
        }
        // At this point, all actions have ended. If a verification failed, the complete actions are open again and get
        // the status. Otherwise, only a status that all actions already have is accepted.
        if standing.reopened {
            return Ok(where_status(&|status| status == Status::Complete));
        }
        if actions.iter().all(|action| action.status == status) {
            return Ok(where_status(&|_| true));
        }
        refuse(
            format!("every action of recommendation {id} has ended"),
            format!("name one of its actions, as in {}", actions[0].item().id()),
        )
    }

    pub(super) fn id(&self, item: Position) -> &'p Id {
        self.plan.item(item).id()
    }

    /// Returns the date of the latest entry of an item. For an action, the entries that give a status to its
    /// recommendation are included.
    pub(super) fn newest(&self, item: Position) -> Option<Day> {
        let whole = self.recommendation(item).progress.iter();
        let whole = whole.filter(|entry| entry.status.is_some()).map(|entry| entry.on).max();
        whole.max(self.plan.item(item).newest_entry())
    }

    /// Returns the day of recording that a new entry must state. If the date of the new entry is not earlier than
    /// `newest`, the date of the latest entry, returns `None`: the entry need not state this day.
    pub(super) fn recorded(
        &self,
        item: Position,
        on: Day,
        newest: Option<Day>,
    ) -> Result<Option<Day>, Refusal> {
        self.dated(self.id(item).as_str(), on)?;
        if newest.is_none_or(|newest| on >= newest) {
            return Ok(None);
        }
        let known = self.plan.newest_known().filter(|_| !self.plan.policy.future_entries);
        Ok([Some(self.today), known, self.plan.newest_recorded()].into_iter().max().flatten())
    }

    /// Returns an error if the date `on` is in the future, unless the policy allows future entries.
    pub(super) fn dated(&self, id: &str, on: Day) -> Result<(), Refusal> {
        if on > self.today && !self.plan.policy.future_entries {
            return refuse(
                format!("{id}: {on} is in the future"),
                "record an event only after it has happened, or set `future_entries = true` under `[policy]`",
            );
        }
        Ok(())
    }

    /// Returns an error if the remark gives an outlook although the status `status` means that the work has ended.
    fn may_judge(&self, item: Position, status: Status, remark: &Remark) -> Result<(), Refusal> {
        if status.has_ended() && remark.outlook.is_some() {
            return refuse(
                format!("{}: work that is `{}` has no outlook", self.id(item), status.word()),
                "leave out `--outlook`",
            );
        }
        Ok(())
    }

    fn may_mark(
        &self,
        item: Position,
        present: Status,
        status: Status,
        remark: &Remark,
    ) -> Result<(), Refusal> {
        let id = self.id(item);
        if status == Status::Complete
            && self.plan.policy.completion_needs_evidence
            && remark.evidence.is_empty()
        {
            return refuse(
                format!("{id}: the policy requires evidence of completion"),
                "add `--evidence PATH`",
            );
        }
        self.may_judge(item, status, remark)?;
        // After a failed verification, a complete item counts as in progress.
        let before = match present {
            Status::Complete if self.standings.on(remark.on, item.0).reopened => Status::InProgress,
            present => present,
        };
        let what = if status.needs_note() {
            format!("`{}`", status.word())
        } else if status.stage() < before.stage() {
            format!("the step from `{}` back to `{}`", present.word(), status.word())
        } else {
            return Ok(());
        };
        match remark.note {
            Some(_) => Ok(()),
            None => refuse(format!("{id}: {what} needs a note that says why"), "add `--note TEXT`"),
        }
    }

    /// Returns the changes that append a verification to each recommendation of `ids`.
    ///
    /// # Errors
    /// Fails if a recommendation is not complete, if the verifier is an owner of the recommendation or of one of its
    /// actions, or if a failed verification has no note.
    pub fn verify(&self, ids: &[Id], result: Verdict, remark: &Remark) -> Changes {
        remark.check()?;
        let by = remark.by.clone().unwrap_or_default();
        readable("--by", [&by])?;
        if result == Verdict::Refused && remark.note.is_none() {
            return refuse("a failed verification needs a note that says why", "add `--note TEXT`");
        }
        let mut changes = Vec::new();
        for (id, item) in self.items(ids)? {
            self.may_verify(id, item, &by, remark.on)?;
            if self.is_known(item, result, remark) {
                continue;
            }
            let entry = Verification {
                on: remark.on,
                recorded: self.recorded(item, remark.on, self.newest(item))?,
                by: by.clone(),
                result,
                note: remark.note.clone(),
                evidence: remark.evidence.clone(),
            };
            changes.push(Change::entry(item, Entry::Verification(entry)));
        }
        Ok(changes)
    }

    /// Checks whether a new verification only repeats the latest verification.
    fn is_known(&self, item: Position, result: Verdict, remark: &Remark) -> bool {
        let recommendation = self.recommendation(item);
        let counts = match result {
            Verdict::Verified => recommendation.is_verified_on(remark.on),
            Verdict::Refused => self.standings.on(remark.on, item.0).reopened,
        };
        recommendation
            .verification_on(remark.on)
            .is_some_and(|last| counts && last.result == result && remark.repeats(last))
    }

    fn may_verify(&self, id: &Id, item: Position, by: &str, on: Day) -> Result<(), Refusal> {
        let why = ", and only a whole recommendation can be verified";
        let index = self.whole(item, why, "verify recommendation")?;
        let recommendation = self.recommendation(item);
        self.dated(id.as_str(), on)?;
        let standing = self.standings.on(on, index);
        if standing.own.status != Status::Complete && !standing.reopened {
            return refuse(
                format!(
                    "recommendation {id} is `{}` on {on}, not complete",
                    standing.own.status.word()
                ),
                format!("mark the recommendation complete first: plan mark {id} complete"),
            );
        }
        self.independent(id, recommendation, by)
    }

    /// Returns an error if the person `by` is or was an owner of the recommendation or of its actions.
    pub fn independent(&self, id: &Id, whole: &Recommendation, by: &str) -> Result<(), Refusal> {
        if self.plan.is_owned_by(whole, by) {
            return refuse(
                format!(
                    "{by} cannot verify recommendation {id}: {by} is or was an owner of the work"
                ),
                "ask somebody independent to verify the work",
            );
        }
        Ok(())
    }
}

/// Returns the error for an id that does not exist in the plan. The help text proposes a similar id, if there is one.
pub fn unknown_id(plan: &Plan, id: &str) -> Refusal {
    let known = || plan.ids().map(Id::as_str);
    // The user may have typed the name of a plan and a slash before the id.
    let mut after_slashes = id.match_indices('/').map(|(at, _)| &id[at + 1..]);
    let meant = after_slashes.find(|rest| known().any(|known| known == *rest));
    let meant = meant.or_else(|| nearest(id, known()));
    let message = format!("there is no recommendation or action `{}`", printable(id));
    match meant {
        Some(meant) => Refusal::new(message, format!("did you mean `{meant}`?")),
        None => Refusal::new(message, "list every id with `plan list`"),
    }
}
