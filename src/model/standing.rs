//! How a recommendation or an action stands on a day: its progress, its timing, and why. Computed, never stored.

use super::{
    Action, Day, Id, Period, Plan, ProgressEntry, Recommendation, Status, Term, Timescale, Verdict,
    days_between, progress::seen_on, word::vocabulary,
};

vocabulary! {
    /// Is it in time? Open work is one of the first four, finished work one of the last two.
    Timing {
        NotDue = "not-due",
        DueSoon = "due-soon",
        Overdue = "overdue",
        Undated = "undated",
        OnTime = "on-time",
        Late = "late",
    }
}

/// When work ended, and since when that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// An entry of that day said so.
    Reported(Day),
    /// The published timescale said so.
    Published(Period),
}

impl Finish {
    pub fn last_day(self) -> Day {
        match self {
            Self::Reported(day) => day,
            Self::Published(period) => period.last_day(),
        }
    }
}

/// Whose deadline it is that decides a recommendation's timing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose<'p> {
    Own,
    Action(&'p Id<'p>),
}

/// The days between a deadline and the day that counts (the finish of finished work, else the day
/// asked about), against the deadline first agreed and the one in force. Positive is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lateness<'p> {
    pub whose: Whose<'p>,
    /// The deadline first agreed; `None` when a date was only agreed later.
    pub original: Option<Period>,
    /// The last agreed one.
    pub in_force: Period,
    /// The day both are measured to.
    pub measured_to: Day,
}

impl Lateness<'_> {
    /// Days past the deadline in force; zero or less is in time.
    pub fn days(&self) -> i64 {
        days_between(self.in_force.last_day(), self.measured_to)
    }

    /// Days past the deadline first agreed.
    pub fn days_against_original(&self) -> Option<i64> {
        self.original
            .map(|original| days_between(original.last_day(), self.measured_to))
    }
}

/// Nothing has been heard since before the last meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// The latest word on it.
    pub last_word: Day,
    /// The last meeting held.
    pub meeting: Period,
}

/// How one action stands.
#[derive(Debug, Clone)]
pub struct ActionStanding<'p> {
    /// Its position among its recommendation's actions.
    pub index: usize,
    pub action: &'p Action<'p>,
    pub status: Status,
    /// When it ended, for work that has.
    pub finish: Option<Finish>,
    /// `None` where the question does not arise: given up, rejected, or finished without a deadline.
    pub timing: Option<Timing>,
    pub lateness: Option<Lateness<'p>>,
    /// The timescale in force, its own or its recommendation's.
    pub timescale: Option<&'p Timescale<'p>>,
    pub stale: Option<Stale>,
}

/// How one recommendation stands.
#[derive(Debug, Clone)]
pub struct RecommendationStanding<'p> {
    /// Its position in the plan.
    pub index: usize,
    pub recommendation: &'p Recommendation<'p>,
    pub progress: Status,
    /// The latest verification refused it, so it is open again.
    pub reopened: bool,
    pub finish: Option<Finish>,
    pub timing: Option<Timing>,
    pub lateness: Option<Lateness<'p>>,
    /// The timescale in force.
    pub timescale: Option<&'p Timescale<'p>>,
    pub stale: Option<Stale>,
    /// Nothing more is to be done, and where the plan asks for it that was verified.
    pub closed: bool,
    pub actions: Vec<ActionStanding<'p>>,
}

impl<'p> RecommendationStanding<'p> {
    /// The actions whose deadline has passed while they have not ended.
    pub fn late_actions(&self) -> impl Iterator<Item = &ActionStanding<'p>> {
        self.actions
            .iter()
            .filter(|action| action.timing == Some(Timing::Overdue))
    }

    /// Whether it is complete and, for want of a verification, not closed.
    pub fn is_unverified(&self) -> bool {
        self.progress == Status::Complete && !self.closed
    }

    /// Actions that are complete.
    pub fn complete_actions(&self) -> usize {
        self.actions
            .iter()
            .filter(|action| action.status == Status::Complete)
            .count()
    }
}

impl<'p> Plan<'p> {
    /// How every recommendation stands on `day`, in the plan's order. Entries after `day` are not seen.
    pub fn standing_on(&'p self, day: Day) -> Vec<RecommendationStanding<'p>> {
        let asked = self.asked(day);
        self.recommendations
            .iter()
            .enumerate()
            .map(|(index, recommendation)| asked.recommendation(index, recommendation))
            .collect()
    }

    /// How the recommendation at `index` stands on `day`.
    pub fn standing_on_for(&'p self, day: Day, index: usize) -> RecommendationStanding<'p> {
        self.asked(day)
            .recommendation(index, &self.recommendations[index])
    }

    /// What the standing of each recommendation on `day` depends on besides itself.
    pub fn asked(&self, day: Day) -> Asked {
        Asked {
            day,
            published: self.date,
            due_soon_days: self.policy.due_soon_days,
            grace_days: self.policy.grace_days,
            closure_needs_verification: self.policy.closure_needs_verification,
            last_meeting: self.last_meeting(day).map(|meeting| meeting.date),
        }
    }
}

/// What a standing depends on besides the recommendation itself.
pub struct Asked {
    day: Day,
    published: Day,
    due_soon_days: u32,
    grace_days: u32,
    closure_needs_verification: bool,
    last_meeting: Option<Period>,
}

/// A timescale first agreed and the one in force.
struct Agreed<'p> {
    original: Option<&'p Timescale<'p>>,
    in_force: Option<&'p Timescale<'p>>,
}

impl<'p> Agreed<'p> {
    fn lateness(&self, whose: Whose<'p>, measured_to: Day) -> Option<Lateness<'p>> {
        Some(Lateness {
            whose,
            original: self.original.and_then(|agreed| agreed.term.deadline()),
            in_force: self.in_force?.term.deadline()?,
            measured_to,
        })
    }
}

impl Asked {
    /// How a recommendation, at this position of the plan, stands.
    pub fn recommendation<'p>(
        &self,
        index: usize,
        of: &'p Recommendation<'p>,
    ) -> RecommendationStanding<'p> {
        let agreed = Agreed {
            original: of.timescale.as_ref(),
            in_force: self.in_force(&of.revisions, of.timescale.as_ref()),
        };
        let actions: Vec<_> = of
            .actions
            .iter()
            .enumerate()
            .map(|(index, action)| self.action(index, action, of, &agreed))
            .collect();
        let by_actions = self.progress(of, &actions);
        let reopened = by_actions.has_ended() && of.is_refused_on(self.day);
        let progress = if reopened {
            Status::InProgress
        } else {
            by_actions
        };
        let finish = progress
            .has_ended()
            .then(|| self.last_finish(&actions, agreed.original))
            .flatten();
        let lateness = self.recommendation_lateness(&agreed, &actions, finish);
        let timing = self.timing(of.is_rejected(), progress, lateness.as_ref());
        RecommendationStanding {
            index,
            recommendation: of,
            progress,
            reopened,
            finish,
            timing,
            lateness,
            timescale: agreed.in_force,
            stale: self.stale(timing, self.last_word(of)),
            closed: self.is_closed(of, progress),
            actions,
        }
    }

    fn action<'p>(
        &self,
        index: usize,
        action: &'p Action<'p>,
        of: &'p Recommendation<'p>,
        recommended: &Agreed<'p>,
    ) -> ActionStanding<'p> {
        let original = action.timescale.as_ref().or(recommended.original);
        let own = self.in_force(&action.revisions, action.timescale.as_ref());
        let agreed = Agreed {
            original,
            in_force: own.or(recommended.in_force),
        };
        let seen = seen_on(&action.progress, self.day);
        let published = self.published_status(original);
        let status = seen.last().map_or(published, |entry| entry.status);
        let finish = self.action_finish(status, seen, original);
        let measured_to = finish.map_or(self.day, Finish::last_day);
        let lateness = agreed.lateness(Whose::Action(&action.id), measured_to);
        let timing = self.timing(of.is_rejected(), status, lateness.as_ref());
        let last_word = seen.last().map_or(self.published, |entry| entry.on);
        ActionStanding {
            index,
            action,
            status,
            finish,
            timing,
            lateness,
            timescale: agreed.in_force,
            stale: self.stale(timing, last_word.max(self.published)),
        }
    }

    /// The last timescale agreed by the day asked about.
    fn in_force<'p>(
        &self,
        revisions: &'p [super::Revision<'p>],
        original: Option<&'p Timescale<'p>>,
    ) -> Option<&'p Timescale<'p>> {
        seen_on(revisions, self.day)
            .last()
            .map(|revision| &revision.to)
            .or(original)
    }

    /// Where work stands by its published timescale alone, before any entry.
    fn published_status(&self, timescale: Option<&Timescale<'_>>) -> Status {
        let Some(term) = timescale.map(|timescale| timescale.term) else {
            return Status::NotStarted;
        };
        let known = match term {
            Term::By(_) | Term::Ongoing => true,
            Term::Complete => self.published <= self.day,
            Term::InPlaceSince(since) => since.first_day() <= self.day,
        };
        if known {
            term.first_status()
        } else {
            Status::NotStarted
        }
    }

    fn progress(&self, of: &Recommendation<'_>, actions: &[ActionStanding<'_>]) -> Status {
        let all = |status| actions.iter().all(|action| action.status == status);
        let any = |status| actions.iter().any(|action| action.status == status);
        if actions.is_empty() {
            self.published_status(of.timescale.as_ref())
        } else if actions.iter().all(|action| action.status.has_ended()) {
            match () {
                () if any(Status::Complete) => Status::Complete,
                () if all(Status::Superseded) => Status::Superseded,
                () => Status::NotPursued,
            }
        } else if all(Status::NotStarted) {
            Status::NotStarted
        } else {
            Status::InProgress
        }
    }

    /// The first day of the run of entries with the status it ended in, or what was published.
    fn action_finish(
        &self,
        status: Status,
        seen: &[ProgressEntry<'_>],
        original: Option<&Timescale<'_>>,
    ) -> Option<Finish> {
        if !status.has_ended() {
            return None;
        }
        let reported = seen
            .iter()
            .rev()
            .take_while(|entry| entry.status == status)
            .last()
            .map(|entry| Finish::Reported(entry.on));
        reported.or_else(|| self.published_finish(original))
    }

    fn published_finish(&self, original: Option<&Timescale<'_>>) -> Option<Finish> {
        match original?.term {
            Term::Complete => Some(Finish::Published(Period::Day(self.published))),
            Term::InPlaceSince(since) => Some(Finish::Published(since)),
            Term::By(_) | Term::Ongoing => None,
        }
    }

    fn last_finish(
        &self,
        actions: &[ActionStanding<'_>],
        original: Option<&Timescale<'_>>,
    ) -> Option<Finish> {
        actions
            .iter()
            .filter_map(|action| action.finish)
            .max_by_key(|finish| finish.last_day())
            .or_else(|| self.published_finish(original))
    }

    /// Finished work is measured against its own deadline. Open work is measured against the
    /// earliest of its own deadline and those of its actions that have not ended.
    fn recommendation_lateness<'p>(
        &self,
        agreed: &Agreed<'p>,
        actions: &[ActionStanding<'p>],
        finish: Option<Finish>,
    ) -> Option<Lateness<'p>> {
        let own = agreed.lateness(Whose::Own, finish.map_or(self.day, Finish::last_day));
        if finish.is_some() {
            return own;
        }
        let of_actions = actions
            .iter()
            .filter(|action| !action.status.has_ended())
            .filter_map(|action| action.lateness.clone());
        // `min_by_key` keeps the first of equals: its own deadline before an action's.
        own.into_iter()
            .chain(of_actions)
            .min_by_key(|lateness| lateness.in_force.last_day())
    }

    fn timing(
        &self,
        rejected: bool,
        status: Status,
        lateness: Option<&Lateness<'_>>,
    ) -> Option<Timing> {
        if rejected || status.needs_note() {
            return None;
        }
        let days = lateness.map(Lateness::days);
        match (status.has_ended(), days) {
            (true, None) => None,
            (true, Some(days)) if days > 0 => Some(Timing::Late),
            (true, Some(_)) => Some(Timing::OnTime),
            (false, None) => Some(Timing::Undated),
            (false, Some(days)) if days > i64::from(self.grace_days) => Some(Timing::Overdue),
            (false, Some(days)) if -days <= i64::from(self.due_soon_days) => Some(Timing::DueSoon),
            (false, Some(_)) => Some(Timing::NotDue),
        }
    }

    fn is_closed(&self, of: &Recommendation<'_>, progress: Status) -> bool {
        let verified = || {
            let verification = of.verification_on(self.day);
            verification.is_some_and(|entry| entry.result == Verdict::Verified)
        };
        match progress {
            _ if of.is_rejected() => true,
            Status::Complete => !self.closure_needs_verification || verified(),
            ended => ended.has_ended(),
        }
    }

    fn last_word(&self, of: &Recommendation<'_>) -> Day {
        let entries = of
            .actions
            .iter()
            .filter_map(|action| seen_on(&action.progress, self.day).last())
            .map(|entry| entry.on);
        let verified = of
            .verification_on(self.day)
            .map(|verification| verification.on);
        entries
            .chain(verified)
            .max()
            .map_or(self.published, |word| word.max(self.published))
    }

    fn stale(&self, timing: Option<Timing>, last_word: Day) -> Option<Stale> {
        let meeting = self.last_meeting?;
        let unheard = timing == Some(Timing::Undated) && last_word < meeting.first_day();
        unheard.then_some(Stale { last_word, meeting })
    }
}

#[cfg(test)]
#[path = "standing_tests.rs"]
mod tests;
