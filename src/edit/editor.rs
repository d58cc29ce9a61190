//! Decides which changes may be made to the entries of a plan, and returns them as data.

use std::collections::{HashMap, HashSet};

use super::{Change, Refusal, Remark, Standings, Target, readable, refuse};
use crate::model::{
    Day, Id, Keyword, Plan, Recommendation, Standing, Status, Verdict, Verification, nearest,
};

/// A plan that is about to be changed on a day.
pub struct Editor<'p> {
    pub(super) plan: &'p Plan,
    today: Day,
    pub(super) targets: HashMap<&'p str, Target>,
    pub(super) standings: Standings<'p>,
}

impl<'p> Editor<'p> {
    pub fn new(plan: &'p Plan, today: Day) -> Self {
        let mut targets = HashMap::new();
        for (index, recommendation) in plan.recommendations.iter().enumerate() {
            targets.insert(recommendation.id.as_str(), Target::Recommendation(index));
            for (number, action) in recommendation.actions.iter().enumerate() {
                targets.insert(action.id.as_str(), Target::Action(index, number));
            }
        }
        Self { plan, today, targets, standings: Standings::of(plan) }
    }

    /// What `id` stands for.
    ///
    /// # Errors
    /// The plan has no such id.
    pub fn target(&self, id: &Id) -> Result<Target, Refusal> {
        let target = self.targets.get(id.as_str()).copied();
        target.ok_or_else(|| unknown_id(self.plan, id))
    }

    /// What each of `ids` stands for, each once.
    pub(super) fn targets<'i>(&self, ids: &'i [Id]) -> Result<Vec<(&'i Id, Target)>, Refusal> {
        let mut known = HashSet::new();
        let mut targets = Vec::with_capacity(ids.len());
        for id in ids {
            let target = self.target(id)?;
            if known.insert(target) {
                targets.push((id, target));
            }
        }
        Ok(targets)
    }

    pub(super) fn recommendation(&self, target: Target) -> &'p Recommendation {
        &self.plan.recommendations[target.recommendation()]
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
        for target in self.meant(ids, Some(status))? {
            let present = self.present(target, remark)?;
            let refused = self.recommendation(target).refusal_on(Day::MAX);
            let is_news = status == Status::Complete && self.is_reopened(target);
            if present == status && !is_news && remark.is_silent() {
                continue;
            }
            if let Some(refused) = refused.filter(|refused| is_news && remark.on <= *refused) {
                return refuse(
                    format!("{}: a verification refused it on {refused}", self.id(target)),
                    "what completes it is dated later: give the day with `--on DATE`",
                );
            }
            self.may_mark(target, present, status, remark)?;
            changes.push(Change::Progress { target, entry: remark.entry(status) });
        }
        Ok(changes)
    }

    /// Appends a note to everything that is meant, and keeps its status.
    ///
    /// # Errors
    /// As for [`Editor::mark`].
    pub fn note(&self, ids: &[Id], remark: &Remark) -> Result<Vec<Change>, Refusal> {
        remark.check()?;
        let targets = self.meant(ids, None)?.into_iter();
        targets
            .map(|target| {
                let present = self.present(target, remark)?;
                self.may_judge(target, present, remark)?;
                Ok(Change::Progress { target, entry: remark.entry(present) })
            })
            .collect()
    }

    /// What `ids` stand for in a change of progress, each once. A recommendation's id means its actions that
    /// have not ended, or itself where it has no actions. `status` is the one that is to be recorded.
    fn meant(&self, ids: &[Id], status: Option<Status>) -> Result<Vec<Target>, Refusal> {
        let mut meant = Vec::new();
        for id in ids {
            match self.target(id)? {
                Target::Recommendation(index) => {
                    meant.extend(self.actions_meant(id, index, status)?)
                }
                action => meant.push(action),
            }
        }
        let mut known = HashSet::new();
        meant.retain(|target| known.insert(*target));
        Ok(meant)
    }

    fn actions_meant(
        &self,
        id: &Id,
        index: usize,
        status: Option<Status>,
    ) -> Result<Vec<Target>, Refusal> {
        let standing = self.standings.on(Day::MAX, index);
        let actions = &standing.actions;
        let where_status = |holds: &dyn Fn(Status) -> bool| -> Vec<Target> {
            let actions = actions.iter().filter(|action| holds(action.status));
            let numbers = actions.filter_map(Standing::action);
            numbers.map(|number| Target::Action(index, number)).collect()
        };
        // The first entry of an action would take the word from the whole: a note is not meant to.
        if actions.is_empty() || (standing.by_itself && status.is_none()) {
            return Ok(vec![Target::Recommendation(index)]);
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

    /// Whether a verification refused the recommendation and nothing has completed it since.
    fn is_reopened(&self, target: Target) -> bool {
        self.standings.on(Day::MAX, target.recommendation()).reopened
    }

    pub(super) fn id(&self, target: Target) -> &'p Id {
        target.id(self.plan)
    }

    /// The status when the entry is made, if an entry may be made then.
    fn present(&self, target: Target, remark: &Remark) -> Result<Status, Refusal> {
        let recommendation = self.recommendation(target);
        // Entries of the whole come before those of its actions.
        let own = recommendation.progress.as_slice();
        let entries = match target {
            Target::Recommendation(_) => own,
            Target::Action(_, number) => &recommendation.actions[number].progress,
        };
        let last = entries.last().into_iter().chain(own.last()).map(|entry| entry.on).max();
        self.dated(self.id(target).as_str(), remark.on, last)?;
        let standing = self.standings.on(remark.on, target.recommendation());
        Ok(match target {
            Target::Recommendation(_) => standing.by_entries,
            Target::Action(_, number) => standing.actions[number].status,
        })
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

    /// Whether work of this status has an outlook, where one is given.
    fn may_judge(&self, target: Target, status: Status, remark: &Remark) -> Result<(), Refusal> {
        if status.has_ended() && remark.outlook.is_some() {
            return refuse(
                format!("{}: `{}` work has no outlook", self.id(target), status.word()),
                "leave `--outlook` out",
            );
        }
        Ok(())
    }

    fn may_mark(
        &self,
        target: Target,
        present: Status,
        status: Status,
        remark: &Remark,
    ) -> Result<(), Refusal> {
        let id = self.id(target);
        if status == Status::Complete
            && self.plan.policy.completion_needs_evidence
            && remark.evidence.is_empty()
        {
            return refuse(
                format!("{id}: this plan asks for evidence of completion"),
                "name it with `--evidence PATH`, as often as needed",
            );
        }
        self.may_judge(target, status, remark)?;
        if status.needs_note() && remark.note.is_none() {
            return refuse(
                format!("{id}: `{}` needs a note that says why", status.word()),
                "add `--note TEXT`",
            );
        }
        if status.stage() < present.stage() && remark.note.is_none() {
            return refuse(
                format!(
                    "{id}: from `{}` back to `{}` needs a note that says why",
                    present.word(),
                    status.word()
                ),
                "add `--note TEXT`",
            );
        }
        Ok(())
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
        for (id, target) in self.targets(ids)? {
            let index = self.may_verify(id, target, &by, remark.on)?;
            let entry = Verification {
                on: remark.on,
                by: by.clone(),
                result,
                note: remark.note.clone(),
                evidence: remark.evidence.clone(),
            };
            changes.push(Change::Verification { target: index, entry });
        }
        Ok(changes)
    }

    fn may_verify(&self, id: &Id, target: Target, by: &str, on: Day) -> Result<usize, Refusal> {
        let recommendation = self.recommendation(target);
        let Target::Recommendation(index) = target else {
            return refuse(
                format!("{id} is an action: verification is of a whole recommendation"),
                format!("verify recommendation {}", recommendation.id),
            );
        };
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
        if recommendation.is_owner(by) {
            return refuse(
                format!(
                    "{by} owns, or owned, recommendation {id} or one of its actions and cannot verify it"
                ),
                "verification is by somebody independent",
            );
        }
        Ok(index)
    }
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
