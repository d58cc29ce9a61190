//! Changes to a plan as data: decided here, where they may be refused, and carried out elsewhere.

use std::collections::{HashMap, HashSet};

use super::{
    Action, Day, Id, Meeting, Period, Plan, ProgressEntry, Recommendation, Response, Revision,
    Status, Term, Text, Timescale, Verdict, Verification, Word, is_forbidden, paragraphs,
    same_person,
};

/// One thing appended to one list of the plan. Positions are those of the plan it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<'s> {
    Progress {
        target: (usize, usize),
        entry: ProgressEntry<'s>,
    },
    Revision {
        target: Target,
        revision: Revision<'s>,
    },
    Verification {
        target: usize,
        entry: Verification<'s>,
    },
    Recommendation(Recommendation<'s>),
    Action {
        target: usize,
        action: Action<'s>,
    },
    Meeting(Meeting<'s>),
}

/// What an id stands for: the position of a recommendation, or of an action in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Recommendation(usize),
    Action(usize, usize),
}

impl Target {
    /// The position of the recommendation it is, or belongs to.
    pub fn recommendation(self) -> usize {
        match self {
            Self::Recommendation(index) | Self::Action(index, _) => index,
        }
    }
}

/// Why a change may not be made, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    pub help: Option<String>,
}

fn refuse<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal {
        message: message.into(),
        help: Some(help.into()),
    })
}

/// What is said with an entry.
#[derive(Debug, Clone)]
pub struct Said {
    /// When it was true.
    pub on: Day,
    pub by: Option<String>,
    pub note: Option<String>,
    pub evidence: Vec<String>,
}

impl Said {
    fn check(&self) -> Result<(), Refusal> {
        let named = [("--by", &self.by), ("--note", &self.note)];
        for (flag, words) in named {
            if let Some(words) = words {
                readable(flag, words)?;
            }
        }
        self.evidence
            .iter()
            .try_for_each(|evidence| readable("--evidence", evidence))
    }

    fn entry(&self, status: Status) -> ProgressEntry<'static> {
        ProgressEntry {
            on: self.on,
            status,
            by: self.by.clone().map(Text::Owned),
            note: self.note.clone().map(Text::Owned),
            evidence: self.evidence.iter().cloned().map(Text::Owned).collect(),
        }
    }
}

/// Text that a plan may hold: it says something, and steers no terminal.
fn readable(what: &str, words: &str) -> Result<(), Refusal> {
    if paragraphs(words).is_empty() {
        return refuse(format!("{what} is empty"), "say something, or leave it out");
    }
    match words.chars().find(|letter| is_forbidden(*letter)) {
        None => Ok(()),
        Some(letter) => refuse(
            format!("control character U+{:04X} in {what}", u32::from(letter)),
            "remove it: text is words and line breaks",
        ),
    }
}

/// A plan about to be changed: who asks, and on which day.
pub struct Desk<'p> {
    plan: &'p Plan<'p>,
    today: Day,
    targets: HashMap<&'p str, Target>,
}

impl<'p> Desk<'p> {
    pub fn new(plan: &'p Plan<'p>, today: Day) -> Self {
        let mut targets = HashMap::new();
        for (index, of) in plan.recommendations.iter().enumerate() {
            targets.insert(of.id.as_str(), Target::Recommendation(index));
            for (number, action) in of.actions.iter().enumerate() {
                targets.insert(action.id.as_str(), Target::Action(index, number));
            }
        }
        Self {
            plan,
            today,
            targets,
        }
    }

    /// What `id` stands for.
    ///
    /// # Errors
    /// The plan has no such id.
    pub fn target(&self, id: &Id<'_>) -> Result<Target, Refusal> {
        let target = self.targets.get(id.as_str()).copied();
        target.ok_or_else(|| self.plan.unknown_id(id))
    }

    /// What each of `ids` stands for, each once.
    fn targets<'i, 's>(&self, ids: &'i [Id<'s>]) -> Result<Vec<(&'i Id<'s>, Target)>, Refusal> {
        let mut seen = HashSet::new();
        let mut targets = Vec::with_capacity(ids.len());
        for id in ids {
            let target = self.target(id)?;
            if seen.insert(target) {
                targets.push((id, target));
            }
        }
        Ok(targets)
    }

    fn of(&self, target: Target) -> &'p Recommendation<'p> {
        &self.plan.recommendations[target.recommendation()]
    }

    fn action(&self, (index, number): (usize, usize)) -> &'p Action<'p> {
        &self.plan.recommendations[index].actions[number]
    }

    /// Appends `status` to every action meant. What already has it, with nothing more said, is left alone.
    ///
    /// # Errors
    /// The first reason why it may not be done; then none of it may.
    pub fn mark(
        &self,
        ids: &[Id<'_>],
        status: Status,
        said: &Said,
    ) -> Result<Vec<Change<'static>>, Refusal> {
        said.check()?;
        let nothing_said = said.note.is_none() && said.evidence.is_empty() && said.by.is_none();
        let mut changes = Vec::new();
        for target in self.meant(ids, |present| present != status)? {
            let present = self.present(target, said)?;
            if present == status && nothing_said {
                continue;
            }
            self.may_mark(target, present, status, said)?;
            let entry = said.entry(status);
            changes.push(Change::Progress { target, entry });
        }
        Ok(changes)
    }

    /// Appends a note to every action meant, its status as it was.
    ///
    /// # Errors
    /// As for [`Desk::mark`].
    pub fn note(&self, ids: &[Id<'_>], said: &Said) -> Result<Vec<Change<'static>>, Refusal> {
        said.check()?;
        let targets = self.meant(ids, |_| true)?;
        targets
            .into_iter()
            .map(|target| {
                let entry = said.entry(self.present(target, said)?);
                Ok(Change::Progress { target, entry })
            })
            .collect()
    }

    /// The actions that `ids` stand for, each once: a recommendation's id means its actions that
    /// have not ended. `unsatisfied` says whether an ended one would have to change.
    fn meant(
        &self,
        ids: &[Id<'_>],
        unsatisfied: impl Fn(Status) -> bool,
    ) -> Result<Vec<(usize, usize)>, Refusal> {
        let mut meant = Vec::new();
        for id in ids {
            match self.target(id)? {
                Target::Action(index, number) => meant.push((index, number)),
                Target::Recommendation(index) => {
                    let actions = &self.plan.standing_on_for(Day::MAX, index).actions;
                    let open = |(_, action): &(usize, &super::ActionStanding<'_>)| {
                        !action.status.has_ended()
                    };
                    let found: Vec<_> = actions.iter().enumerate().filter(open).collect();
                    if found.is_empty() && actions.is_empty() {
                        return refuse(
                            format!("recommendation {id} has no actions"),
                            format!("add one first: plan add action {id} --text TEXT"),
                        );
                    }
                    if found.is_empty() && actions.iter().any(|action| unsatisfied(action.status)) {
                        return refuse(
                            format!("every action of recommendation {id} has ended"),
                            format!(
                                "name the action that is meant, as in {}",
                                actions[0].action.id
                            ),
                        );
                    }
                    meant.extend(found.into_iter().map(|(number, _)| (index, number)));
                }
            }
        }
        let mut seen = HashSet::new();
        meant.retain(|target| seen.insert(*target));
        Ok(meant)
    }

    /// The status of an action when the entry is made, if an entry may be made then.
    fn present(&self, target: (usize, usize), said: &Said) -> Result<Status, Refusal> {
        let of = &self.plan.recommendations[target.0];
        let action = self.action(target);
        if of.is_rejected() {
            return refuse(
                format!(
                    "management rejected recommendation {}: there is no progress on it",
                    of.id
                ),
                "change its `response` first, if that was decided",
            );
        }
        let id = action.id.as_str();
        self.dated(id, said.on, action.progress.last().map(|entry| entry.on))?;
        let standing = &self.plan.standing_on_for(said.on, target.0).actions[target.1];
        Ok(standing.status)
    }

    /// Whether an entry may be dated `on`, after one dated `last`.
    fn dated(&self, id: &str, on: Day, last: Option<Day>) -> Result<(), Refusal> {
        if let Some(last) = last
            && on < last
        {
            return refuse(
                format!("{id}: {on} is before the last entry, of {last}"),
                format!("entries are kept oldest first: say `--on {last}` or later"),
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

    fn may_mark(
        &self,
        target: (usize, usize),
        present: Status,
        status: Status,
        said: &Said,
    ) -> Result<(), Refusal> {
        let id = &self.action(target).id;
        if status == Status::Complete
            && self.plan.policy.completion_needs_evidence
            && said.evidence.is_empty()
        {
            return refuse(
                format!("{id}: this plan asks for evidence of completion"),
                "say where it is: `--evidence PATH`, as often as needed",
            );
        }
        if status.needs_note() && said.note.is_none() {
            return refuse(
                format!("{id}: `{}` needs a note that says why", status.word()),
                "say it with `--note TEXT`",
            );
        }
        if status.stage() < present.stage() && said.note.is_none() {
            return refuse(
                format!(
                    "{id}: from `{}` back to `{}` needs a note that says why",
                    present.word(),
                    status.word()
                ),
                "say it with `--note TEXT`",
            );
        }
        Ok(())
    }

    /// Appends a later timescale to each of `ids`.
    ///
    /// # Errors
    /// It has ended, or the timescale is no later than the one in force, or is no deadline at all.
    pub fn extend(
        &self,
        ids: &[Id<'_>],
        to: &Timescale<'static>,
        said: &Said,
    ) -> Result<Vec<Change<'static>>, Refusal> {
        said.check()?;
        let mut changes = Vec::new();
        for (id, target) in self.targets(ids)? {
            self.may_extend(id, target, to, said.on)?;
            let revision = Revision {
                on: said.on,
                to: to.clone(),
                reason: said.note.clone().map(Text::Owned),
                by: said.by.clone().map(Text::Owned),
            };
            changes.push(Change::Revision { target, revision });
        }
        Ok(changes)
    }

    fn may_extend(
        &self,
        id: &Id<'_>,
        target: Target,
        to: &Timescale<'_>,
        on: Day,
    ) -> Result<(), Refusal> {
        let of = self.of(target);
        let standing = self.plan.standing_on_for(Day::MAX, target.recommendation());
        let (revisions, ended, timescale) = match target {
            Target::Recommendation(_) => (
                &of.revisions,
                of.is_rejected() || standing.progress.has_ended(),
                standing.timescale,
            ),
            Target::Action(_, number) => {
                let action = &standing.actions[number];
                let ended = of.is_rejected() || action.status.has_ended();
                (&action.action.revisions, ended, action.timescale)
            }
        };
        if ended {
            return refuse(
                format!("{id} has ended: there is nothing to extend"),
                "reopen it first, if it is not done: plan mark ID in-progress --note WHY",
            );
        }
        if matches!(to.term, Term::Complete | Term::InPlaceSince(_)) {
            return refuse(
                format!("`{}` is no new deadline", to.wording),
                "extend to a date or `Ongoing`; say that work is done with `plan mark`",
            );
        }
        let present = timescale.and_then(|present| present.term.deadline());
        if let (Some(present), Some(new)) = (present, to.term.deadline())
            && new.last_day() <= present.last_day()
        {
            return refuse(
                format!(
                    "{id}: {} is no later than the deadline in force, {present}",
                    to.wording
                ),
                "an extension is later than what it extends",
            );
        }
        self.dated(
            id.as_str(),
            on,
            revisions.last().map(|revision| revision.on),
        )
    }

    /// Appends what somebody independent found to each recommendation of `ids`.
    ///
    /// # Errors
    /// It is not complete, or whoever verifies it owns one of its actions, or a refusal has no note.
    pub fn verify(
        &self,
        ids: &[Id<'_>],
        by: &str,
        result: Verdict,
        said: &Said,
    ) -> Result<Vec<Change<'static>>, Refusal> {
        said.check()?;
        readable("--by", by)?;
        if result == Verdict::Refused && said.note.is_none() {
            return refuse(
                "a refusal needs a note that says why",
                "say it with `--note TEXT`",
            );
        }
        let mut changes = Vec::new();
        for (id, target) in self.targets(ids)? {
            let index = self.may_verify(id, target, by, said.on)?;
            let entry = Verification {
                on: said.on,
                by: Text::Owned(by.to_owned()),
                result,
                note: said.note.clone().map(Text::Owned),
                evidence: said.evidence.iter().cloned().map(Text::Owned).collect(),
            };
            changes.push(Change::Verification {
                target: index,
                entry,
            });
        }
        Ok(changes)
    }

    fn may_verify(&self, id: &Id<'_>, target: Target, by: &str, on: Day) -> Result<usize, Refusal> {
        let of = self.of(target);
        let Target::Recommendation(index) = target else {
            return refuse(
                format!("{id} is an action: verification is of a whole recommendation"),
                format!("verify recommendation {}", of.id),
            );
        };
        self.dated(
            id.as_str(),
            on,
            of.verification.last().map(|entry| entry.on),
        )?;
        let standing = self.plan.standing_on_for(on, index);
        if standing.progress != Status::Complete && !standing.reopened {
            return refuse(
                format!(
                    "recommendation {id} is `{}` on {on}, not complete",
                    standing.progress.word()
                ),
                format!("mark it complete first: plan mark {id} complete"),
            );
        }
        let own = of.owners().into_iter().find(|owner| same_person(owner, by));
        if let Some(owner) = own {
            return refuse(
                format!("{owner} owns an action of recommendation {id} and cannot verify it"),
                "verification is by somebody independent",
            );
        }
        Ok(index)
    }

    /// Adds a recommendation with the next free id, unless one is given.
    ///
    /// # Errors
    /// The id is taken, or the area or priority is not the plan's.
    pub fn add_recommendation(&self, new: NewRecommendation) -> Result<Change<'static>, Refusal> {
        readable("--text", &new.text)?;
        let id = match new.id {
            Some(id) => id,
            None => self.next_recommendation_id()?,
        };
        self.free(&id)?;
        if let Some(area) = &new.area
            && self.plan.area(area).is_none()
        {
            let known = self.plan.areas.iter().map(|area| area.id.as_ref());
            return refuse(
                format!("the plan has no area `{area}`"),
                super::rules::one_of("area", area, known),
            );
        }
        if let Some(priority) = &new.priority {
            let known = || self.plan.policy.priorities.iter().map(AsRef::as_ref);
            if !known().any(|known: &str| known == priority) {
                return refuse(
                    format!("the plan has no priority `{priority}`"),
                    super::rules::one_of("priority", priority, known()),
                );
            }
        }
        Ok(Change::Recommendation(Recommendation {
            id,
            area: new.area.map(Text::Owned),
            priority: new.priority.map(Text::Owned),
            text: Text::Owned(new.text),
            response: Response::Accepted,
            response_text: None,
            timescale: Some(new.timescale),
            review: None,
            revisions: Vec::new(),
            verification: Vec::new(),
            actions: Vec::new(),
        }))
    }

    fn free(&self, id: &Id<'_>) -> Result<(), Refusal> {
        if self.targets.contains_key(id.as_str()) {
            return refuse(
                format!("the id `{id}` is taken"),
                "leave `--id` out for the next free one",
            );
        }
        Ok(())
    }

    fn next_recommendation_id(&self) -> Result<Id<'static>, Refusal> {
        let numbers = self
            .plan
            .recommendations
            .iter()
            .map(|of| of.id.as_str().parse::<u64>().ok());
        let Some(highest) = numbers.collect::<Option<Vec<u64>>>() else {
            return refuse(
                "the plan's ids are not plain numbers, so the next one is not known",
                "say it with `--id ID`",
            );
        };
        let next = highest.into_iter().max().unwrap_or(0).saturating_add(1);
        Ok(Id::parse(next.to_string()).unwrap_or_else(|_| Id::unreadable()))
    }

    /// Adds an action with the next free id to the recommendation `id`.
    ///
    /// # Errors
    /// There is no such recommendation.
    pub fn add_action(
        &self,
        id: &Id<'_>,
        text: String,
        owner: Option<String>,
        timescale: Option<Timescale<'static>>,
    ) -> Result<Change<'static>, Refusal> {
        readable("--text", &text)?;
        if let Some(owner) = &owner {
            readable("--owner", owner)?;
        }
        let Target::Recommendation(index) = self.target(id)? else {
            return refuse(
                format!("{id} is an action, and actions have no actions"),
                format!("name its recommendation: {}", self.of(self.target(id)?).id),
            );
        };
        let next = self.plan.recommendations[index].next_action_id();
        let id = Id::parse(next).unwrap_or_else(|_| Id::unreadable());
        self.free(&id)?;
        let action = Action {
            id,
            owner: owner.map(Text::Owned),
            text: Text::Owned(text),
            timescale,
            revisions: Vec::new(),
            progress: Vec::new(),
        };
        Ok(Change::Action {
            target: index,
            action,
        })
    }

    /// Adds a meeting.
    ///
    /// # Errors
    /// The plan has one then.
    pub fn add_meeting(
        &self,
        date: Period,
        title: Option<String>,
    ) -> Result<Change<'static>, Refusal> {
        if let Some(title) = &title {
            readable("--title", title)?;
        }
        if self
            .plan
            .meetings
            .iter()
            .any(|meeting| meeting.date == date)
        {
            return refuse(
                format!("the plan has a meeting on {date}"),
                "a date stands once",
            );
        }
        let title = title.map(Text::Owned);
        Ok(Change::Meeting(Meeting { date, title }))
    }
}

/// What a new recommendation says.
pub struct NewRecommendation {
    pub id: Option<Id<'static>>,
    pub area: Option<String>,
    pub priority: Option<String>,
    pub text: String,
    pub timescale: Timescale<'static>,
}

impl<'s> Plan<'s> {
    /// What to say of an id that the plan does not have.
    pub fn unknown_id(&self, id: &Id<'_>) -> Refusal {
        let meant = super::nearest(id.as_str(), self.ids().map(Id::as_str));
        Refusal {
            message: format!("there is no recommendation or action `{id}`"),
            help: Some(meant.map_or_else(
                || "`plan list` shows every id".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            )),
        }
    }

    /// The plan with `change` made.
    pub fn apply(&mut self, change: Change<'s>) {
        match change {
            Change::Progress {
                target: (index, number),
                entry,
            } => {
                self.recommendations[index].actions[number]
                    .progress
                    .push(entry);
            }
            Change::Revision {
                target: Target::Recommendation(index),
                revision,
            } => {
                self.recommendations[index].revisions.push(revision);
            }
            Change::Revision {
                target: Target::Action(index, number),
                revision,
            } => {
                self.recommendations[index].actions[number]
                    .revisions
                    .push(revision);
            }
            Change::Verification { target, entry } => {
                self.recommendations[target].verification.push(entry);
            }
            Change::Recommendation(recommendation) => self.recommendations.push(recommendation),
            Change::Action { target, action } => self.recommendations[target].actions.push(action),
            Change::Meeting(meeting) => self.meetings.push(meeting),
        }
    }
}
