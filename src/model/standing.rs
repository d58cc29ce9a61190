//! How a recommendation or an action stands on a day: its progress, its timing, and why. Computed, never stored.

mod compute;

use std::sync::Arc;

use super::{
    Action, Day, Id, ItemRef, Outlook, Period, Recommendation, Response, Revision, Status, Term,
    Timescale, days_between, keyword::vocabulary,
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

/// When work ended, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// An entry of that day reported it.
    Reported(Day),
    /// The published timescale says it.
    Published(Period),
}

impl Finish {
    pub fn period(self) -> Period {
        match self {
            Self::Reported(day) => Period::Day(day),
            Self::Published(period) => period,
        }
    }

    pub fn last_day(self) -> Day {
        self.period().last_day()
    }
}

/// The days between a deadline and the day that counts (the finish of finished work, else the as-of
/// day), against the deadline first agreed and the one in force. Positive is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// The deadline first agreed; `None` when a date was only agreed later.
    pub original: Option<Period>,
    /// The last agreed one.
    pub in_force: Period,
    /// The day both are measured to.
    pub measured_to: Day,
}

impl Lateness {
    /// Days past the deadline in force; zero or less is in time.
    pub fn days(&self) -> i64 {
        days_between(self.in_force.last_day(), self.measured_to)
    }

    /// Days past the deadline first agreed.
    pub fn days_against_original(&self) -> Option<i64> {
        self.original.map(|original| days_between(original.last_day(), self.measured_to))
    }
}

/// Nothing has been heard since before the last meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// The day of the latest word on it.
    pub last_word: Day,
    /// The last meeting held.
    pub meeting: Period,
}

/// How one action stands.
#[derive(Debug, Clone)]
pub struct ActionStanding {
    recommendation: Arc<Recommendation>,
    /// Its position among its recommendation's actions.
    pub index: usize,
    pub status: Status,
    /// When it ended, for work that has.
    pub finish: Option<Finish>,
    /// `None` where the question does not arise: given up, rejected, or finished without a deadline.
    pub timing: Option<Timing>,
    /// Somebody's judgement of open work, where its deadline is ahead.
    pub outlook: Option<Outlook>,
    pub lateness: Option<Lateness>,
    /// The position of its own revision that is in force.
    pub revision: Option<usize>,
    /// The position of its own request that waits for a decision.
    pub request: Option<usize>,
    /// The position of its recommendation's revision that is in force.
    whole_revision: Option<usize>,
    pub stale: Option<Stale>,
}

impl ActionStanding {
    pub fn action(&self) -> &Action {
        &self.recommendation.actions[self.index]
    }

    fn item(&self) -> ItemRef<'_> {
        self.recommendation.item_of(self.action())
    }

    /// Whether it has a timescale of its own, and not its recommendation's.
    pub fn has_own_timescale(&self) -> bool {
        self.revision.is_some() || self.action().timescale.is_some()
    }

    /// How many times its own timescale was revised.
    pub fn extensions(&self) -> usize {
        extensions(self.item(), self.revision)
    }

    /// The timescale in force, its own or its recommendation's.
    pub fn timescale(&self) -> Option<&Timescale> {
        let whole = || in_force(self.recommendation.item(), self.whole_revision);
        in_force(self.item(), self.revision).or_else(whole)
    }
}

/// How many times an agreed date was moved, up to the revision at a position. The first date is no move.
pub fn extensions(work: ItemRef<'_>, in_force: Option<usize>) -> usize {
    let known = &work.revisions()[..in_force.map_or(0, |index| index + 1)];
    let agreed = known.iter().filter(|revision| revision.is_agreed()).count();
    let is_first = Term::of(work.original_timescale()) == Term::ToBeAgreed;
    agreed.saturating_sub(usize::from(is_first))
}

/// The timescale of its own that the revision at a position agreed, or without one the original.
fn in_force(work: ItemRef<'_>, revision: Option<usize>) -> Option<&Timescale> {
    let revised = revision.and_then(|revision| work.revisions().get(revision));
    revised.map(|revision| &revision.to).or(work.own_timescale())
}

/// How one recommendation stands.
#[derive(Debug, Clone)]
pub struct RecommendationStanding {
    /// Its position in the plan.
    pub index: usize,
    pub recommendation: Arc<Recommendation>,
    /// As it was known on the day.
    pub response: Response,
    /// Management rejected it and nobody did anything all the same.
    pub rejected: bool,
    /// Its own entries tell its progress, and not its actions.
    pub by_itself: bool,
    pub progress: Status,
    /// The progress by its entries alone, whatever a verification found.
    pub by_entries: Status,
    /// The latest verification refused it and nothing completed it since, so it is open again.
    pub reopened: bool,
    pub finish: Option<Finish>,
    pub timing: Option<Timing>,
    /// The worst of its open actions, or its own.
    pub outlook: Option<Outlook>,
    /// Against its own deadline, before and after it is finished.
    pub lateness: Option<Lateness>,
    /// The position of the unended action whose earlier deadline decides the timing. `None` where its own
    /// deadline does, or has passed too.
    pub pressing: Option<usize>,
    /// The position of the revision that is in force.
    pub revision: Option<usize>,
    /// The position of the request that waits for a decision.
    pub request: Option<usize>,
    pub stale: Option<Stale>,
    /// Nothing more is to be done, and where the plan asks for it that was verified.
    pub closed: bool,
    pub actions: Vec<ActionStanding>,
}

impl RecommendationStanding {
    /// The requests that wait for a decision, its own and those of its actions, by their ids.
    pub fn requests(&self) -> impl Iterator<Item = (&Id, &Revision)> {
        let whole = &self.recommendation;
        let own = self.request.map(|index| (&whole.id, &whole.revisions[index]));
        let of_actions = self.actions.iter().filter_map(|standing| {
            let action = standing.action();
            Some((&action.id, &action.revisions[standing.request?]))
        });
        own.into_iter().chain(of_actions)
    }

    /// The timescale in force.
    pub fn timescale(&self) -> Option<&Timescale> {
        in_force(self.recommendation.item(), self.revision)
    }

    /// How many times its timescale was revised.
    pub fn extensions(&self) -> usize {
        extensions(self.recommendation.item(), self.revision)
    }

    /// The actions whose deadline has passed while they have not ended.
    pub fn late_actions(&self) -> impl Iterator<Item = &ActionStanding> {
        let actions = self.actions.iter();
        actions.filter(|action| action.timing == Some(Timing::Overdue))
    }

    /// Whether it is complete and, for want of a verification, not closed.
    pub fn is_unverified(&self) -> bool {
        self.progress == Status::Complete && !self.closed
    }

    /// Whether more is to be done.
    pub fn is_open(&self) -> bool {
        !self.rejected && !self.progress.has_ended()
    }

    /// The lateness that decides the timing: its own, or that of the pressing action.
    pub fn deciding(&self) -> Option<&Lateness> {
        match self.pressing {
            Some(index) => self.actions[index].lateness.as_ref(),
            None => self.lateness.as_ref(),
        }
    }

    /// The most days that it or one of its actions is late, of work that is overdue.
    pub fn days_overdue(&self) -> Option<i64> {
        let actions = self.late_actions().filter_map(|action| action.lateness.as_ref());
        let late = actions.chain(self.deciding()).map(Lateness::days).max();
        late.filter(|_| self.timing == Some(Timing::Overdue))
    }

    /// How much of it is done: the share of its actions that are complete, without those that were given up or
    /// superseded.
    pub fn percent_done(&self) -> u32 {
        let dropped = self.actions.iter().filter(|action| action.status.needs_note()).count();
        let (done, all) = match self.actions.len() - dropped {
            0 => (usize::from(self.progress == Status::Complete), 1),
            all => (self.complete_actions(), all),
        };
        u32::try_from(done * 100 / all).unwrap_or(100)
    }

    /// How many of its actions are complete.
    pub fn complete_actions(&self) -> usize {
        let actions = self.actions.iter();
        actions.filter(|action| action.status == Status::Complete).count()
    }
}

#[cfg(test)]
mod tests;
