//! Decides which changes may be made to the entries of a plan, and returns them as data.

use std::collections::{HashMap, HashSet};

use super::{Change, Refusal, Remark, Standings, readable, refuse};
use crate::{
    model::{
        Day, Id, Keyword, Plan, Position, Recommendation, Status, Verdict, Verification, nearest,
    },
    plan_diff::Entry,
};

/// A plan that is about to be changed on a day.
pub struct Editor<'p> {
    pub(super) plan: &'p Plan,
    today: Day,
    pub(super) items: HashMap<&'p str, Position>,
    pub(super) standings: Standings<'p>,
}

impl<'p> Editor<'p> {
    pub fn new(plan: &'p Plan, today: Day) -> Self {
        let items = plan.positions().map(|item| (plan.item(item).id().as_str(), item)).collect();
        Self { plan, today, items, standings: Standings::of(plan) }
    }

    /// The recommendation or action that `id` is of.
    ///
    /// # Errors
    /// The plan has no such id.
    pub fn item(&self, id: &Id) -> Result<Position, Refusal> {
        self.items.get(id.as_str()).copied().ok_or_else(|| unknown_id(self.plan, id))
    }

    /// The items that `ids` are of, each once.
    pub(super) fn items<'i>(&self, ids: &'i [Id]) -> Result<Vec<(&'i Id, Position)>, Refusal> {
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            items.push((id, self.item(id)?));
        }
        let mut known = HashSet::new();
        items.retain(|(_, item)| known.insert(*item));
        Ok(items)
    }

    pub(super) fn recommendation(&self, (index, _): Position) -> &'p Recommendation {
        &self.plan.recommendations[index]
    }

    /// The position of an item that must be a recommendation: `why` says so, and `help` what may be done to it.
    pub(super) fn whole(&self, item: Position, why: &str, help: &str) -> Result<usize, Refusal> {
        match item {
            (index, None) => Ok(index),
            _ => refuse(
                format!("{} is an action{why}", self.id(item)),
                format!("{help} {}", self.recommendation(item).id),
            ),
        }
    }

    /// Appends `status` to everything that is meant. What has it already is left alone, unless the user gave a note,
    /// evidence or a name, or a verification refused the work.
    ///
    /// # Errors
    /// The first reason against it. Then nothing is changed.
    pub fn mark(
        &self,
        ids: &[Id],
        status: Status,
        remark: &Remark,
    ) -> Result<Vec<Change>, Refusal> {
        remark.check()?;
        let mut changes = Vec::new();
        for item in self.meant(ids, Some(status))? {
            let present = self.present(item, remark)?;
            let refused = self.recommendation(item).refusal_on(Day::MAX);
            let is_news =
                status == Status::Complete && self.standings.on(Day::MAX, item.0).reopened;
            if present == status && !is_news && remark.is_silent() {
                continue;
            }
            if let Some(refused) = refused.filter(|refused| is_news && remark.on <= *refused) {
                return refuse(
                    format!("{}: a verification refused it on {refused}", self.id(item)),
                    "what completes it is dated later: give the day with `--on DATE`",
                );
            }
            self.may_mark(item, present, status, remark)?;
            changes.push(Change::entry(item, remark.entry(status)));
        }
        Ok(changes)
    }

    /// Appends a note to everything that is meant, and keeps its status.
    ///
    /// # Errors
    /// As for [`Editor::mark`].
    pub fn note(&self, ids: &[Id], remark: &Remark) -> Result<Vec<Change>, Refusal> {
        remark.check()?;
        let items = self.meant(ids, None)?.into_iter();
        items
            .map(|item| {
                let present = self.present(item, remark)?;
                self.may_judge(item, present, remark)?;
                Ok(Change::entry(item, remark.entry(present)))
            })
            .collect()
    }

    /// What `ids` stand for in a change of progress, each once. A recommendation's id means its actions that
    /// have not ended, or itself where it has no actions. `status` is the one that is to be recorded.
    fn meant(&self, ids: &[Id], status: Option<Status>) -> Result<Vec<Position>, Refusal> {
        let mut meant = Vec::new();
        for id in ids {
            match self.item(id)? {
                (index, None) => meant.extend(self.actions_meant(id, index, status)?),
                action => meant.push(action),
            }
        }
        let mut known = HashSet::new();
        meant.retain(|item| known.insert(*item));
        Ok(meant)
    }

    fn actions_meant(
        &self,
        id: &Id,
        index: usize,
        status: Option<Status>,
    ) -> Result<Vec<Position>, Refusal> {
        let standing = self.standings.on(Day::MAX, index);
        let actions = &standing.actions;
        let where_status = |holds: &dyn Fn(Status) -> bool| -> Vec<Position> {
            let actions = actions.iter().filter(|action| holds(action.status));
            actions.map(|action| (index, action.action())).collect()
        };
        // The first entry of an action would take the word from the whole: a note is not meant to.
        if actions.is_empty() || (standing.by_itself && status.is_none()) {
            return Ok(vec![(index, None)]);
        }
        let open = where_status(&|status| !status.has_ended());
        if !open.is_empty() {
            return Ok(open);
        }
        // All have ended. A refusal opens what was complete; otherwise only the same status may be repeated.
        if standing.reopened {
            return Ok(where_status(&|status| status == Status::Complete));
        }
        if actions.iter().all(|action| Some(action.status) == status) {
            return Ok(where_status(&|_| true));
        }
        refuse(
            format!("every action of recommendation {id} has ended"),
            format!("name the action that is meant, as in {}", actions[0].item().id()),
        )
    }

    pub(super) fn id(&self, item: Position) -> &'p Id {
        self.plan.item(item).id()
    }

    /// The status when the entry is made, if an entry may be made then.
    fn present(&self, item: Position, remark: &Remark) -> Result<Status, Refusal> {
        // Entries of the whole come before those of its actions.
        let lists = [&self.recommendation(item).progress, self.plan.item(item).progress()];
        let last = lists.into_iter().filter_map(|list| list.last()).map(|entry| entry.on).max();
        self.dated(self.id(item).as_str(), remark.on, last)?;
        Ok(self.standings.status(remark.on, item))
    }

    /// Whether an entry may be dated `on`, after one dated `last`.
    pub(super) fn dated(&self, id: &str, on: Day, last: Option<Day>) -> Result<(), Refusal> {
        if let Some(last) = last
            && on < last
        {
            return refuse(
                format!("{id}: {on} is before the last entry, of {last}"),
                format!("entries are kept oldest first: give `--on {last}` or a later day"),
            );
        }
        if on > self.today && !self.plan.policy.future_entries {
            return refuse(
                format!("{id}: {on} is in the future"),
                "record it when it has happened, or set `future_entries = true` under `[policy]`",
            );
        }
        Ok(())
    }

    /// The status that a new one is compared with: a refused verification opened what was complete.
    fn before(&self, item: Position, present: Status, on: Day) -> Status {
        match present {
            Status::Complete if self.standings.on(on, item.0).reopened => Status::InProgress,
            present => present,
        }
    }

    /// Whether work of this status has an outlook, where one is given.
    fn may_judge(&self, item: Position, status: Status, remark: &Remark) -> Result<(), Refusal> {
        if status.has_ended() && remark.outlook.is_some() {
            return refuse(
                format!("{}: `{}` work has no outlook", self.id(item), status.word()),
                "leave `--outlook` out",
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
                format!("{id}: this plan asks for evidence of completion"),
                "name it with `--evidence PATH`, as often as needed",
            );
        }
        self.may_judge(item, status, remark)?;
        let what = if status.needs_note() {
            format!("`{}`", status.word())
        } else if status.stage() < self.before(item, present, remark.on).stage() {
            format!("from `{}` back to `{}`", present.word(), status.word())
        } else {
            return Ok(());
        };
        match remark.note {
            Some(_) => Ok(()),
            None => refuse(format!("{id}: {what} needs a note that says why"), "add `--note TEXT`"),
        }
    }

    /// Appends what somebody independent found to each recommendation of `ids`.
    ///
    /// # Errors
    /// It is not complete, or whoever verifies it owns one of its actions, or a refusal has no note.
    pub fn verify(
        &self,
        ids: &[Id],
        result: Verdict,
        remark: &Remark,
    ) -> Result<Vec<Change>, Refusal> {
        remark.check()?;
        let by = remark.by.clone().unwrap_or_default();
        readable("--by", [&by])?;
        if result == Verdict::Refused && remark.note.is_none() {
            return refuse("a refusal needs a note that says why", "add `--note TEXT`");
        }
        let mut changes = Vec::new();
        for (id, item) in self.items(ids)? {
            self.may_verify(id, item, &by, remark.on)?;
            let entry = Verification {
                on: remark.on,
                by: by.clone(),
                result,
                note: remark.note.clone(),
                evidence: remark.evidence.clone(),
            };
            changes.push(Change::entry(item, Entry::Verification(entry)));
        }
        Ok(changes)
    }

    fn may_verify(&self, id: &Id, item: Position, by: &str, on: Day) -> Result<(), Refusal> {
        let why = ": verification is of a whole recommendation";
        let index = self.whole(item, why, "verify recommendation")?;
        let recommendation = self.recommendation(item);
        self.dated(id.as_str(), on, recommendation.verification.last().map(|entry| entry.on))?;
        let standing = self.standings.on(on, index);
        if standing.own.status != Status::Complete && !standing.reopened {
            return refuse(
                format!(
                    "recommendation {id} is `{}` on {on}, not complete",
                    standing.own.status.word()
                ),
                format!("mark it complete first: plan mark {id} complete"),
            );
        }
        independent(id, recommendation, by)
    }
}

/// Whether somebody may verify a recommendation.
pub fn independent(id: &Id, recommendation: &Recommendation, by: &str) -> Result<(), Refusal> {
    if recommendation.is_owner(by) {
        return refuse(
            format!(
                "{by} owns, or owned, recommendation {id} or one of its actions and cannot verify it"
            ),
            "verification is by somebody independent",
        );
    }
    Ok(())
}

/// The refusal of an id that the plan does not have.
pub fn unknown_id(plan: &Plan, id: &Id) -> Refusal {
    let meant = nearest(id.as_str(), plan.ids().map(Id::as_str));
    Refusal {
        message: format!("there is no recommendation or action `{id}`"),
        help: Some(meant.map_or_else(
            || "`plan list` shows every id".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        )),
    }
}
