//! How a recommendation or an action stands on a day: its progress, its timing, and why. Computed, never stored.

mod compute;

use std::sync::Arc;

use super::{
    Day, Id, ItemRef, Outlook, Period, Recommendation, Revision, Status, Term, Timescale,
    agreed_on, days_between, keyword::vocabulary, numbered_on, ratified,
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
    /// The date of the last meeting.
    pub meeting: Period,
}

/// How a recommendation or an action stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// As it was on the day.
    recommendation: Arc<Recommendation>,
    /// The position of the action that it is of, among those there were on the day.
    action: Option<usize>,
    /// The position of that action in the plan.
    position: Option<usize>,
    /// Of a recommendation, its entries and those of its actions tell it, and a verification that refused it.
    pub status: Status,
    /// Management rejected the recommendation and nobody did anything all the same.
    pub rejected: bool,
    /// Nothing more is to be done, and where the plan asks for it that was verified.
    pub closed: bool,
    /// When it ended, for work that has.
    pub finish: Option<Finish>,
    /// `None` where the question does not arise: given up, rejected, or finished without a deadline.
    pub timing: Option<Timing>,
    /// Somebody's judgement of open work, where its deadline is ahead; the worst of it and its actions.
    pub outlook: Option<Outlook>,
    /// Against its own deadline, before and after it is finished.
    pub lateness: Option<Lateness>,
    /// The lateness that decides the timing: its own, or that of the pressing action.
    pub deciding: Option<Lateness>,
    /// The position of the unended action whose earlier deadline decides the timing. `None` where its own
    /// deadline does, or has passed too.
    pub pressing: Option<usize>,
    /// The position of its own revision that is in force.
    pub revision: Option<usize>,
    /// The position of its recommendation's revision that is in force.
    whole_revision: Option<usize>,
    /// The position of its own request that waits for a decision.
    pub request: Option<usize>,
    pub stale: Option<Stale>,
}

impl Standing {
    /// Its keys in the plan.
    pub fn item(&self) -> ItemRef<'_> {
        let action = self.action.map(|number| &self.recommendation.actions[number]);
        ItemRef { recommendation: &self.recommendation, action }
    }

    /// The position in the plan of the action that it is of.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// Says whether more is to be done.
    pub fn is_open(&self) -> bool {
        !self.rejected && !self.status.has_ended()
    }

    /// Says whether it is a recommendation, or an action whose timescale is not its recommendation's.
    pub fn has_own_timescale(&self) -> bool {
        self.action.is_none() || self.revision.is_some() || self.item().own_timescale().is_some()
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

    /// The timescales that were agreed one after another: the first one first, the one in force last.
    pub fn timescales(&self) -> impl Iterator<Item = &Timescale> {
        let (revisions, last) = self.agreed_in(self.has_own_timescale());
        let day = last.map(|last| revisions[last].on);
        let agreed = day.into_iter().flat_map(|day| agreed_on(revisions, day));
        let first = self.item().original_timescale();
        first.into_iter().chain(agreed.map(|(_, revision)| &revision.to))
    }

    /// The revisions of its own, or of its recommendation, and the position of the one that is in force.
    fn agreed_in(&self, own: bool) -> (&[Revision], Option<usize>) {
        match own {
            true => (self.item().revisions(), self.revision),
            false => (self.recommendation.revisions.as_slice(), self.whole_revision),
        }
    }

    /// The revision that its timescale in force was agreed by.
    fn set_by(&self) -> Option<&Revision> {
        let (revisions, last) = self.agreed_in(self.has_own_timescale());
        last.map(|last| &revisions[last])
    }

    /// Its own request that waits for a decision.
    pub fn open_request(&self) -> Option<&Revision> {
        self.request.map(|index| &self.item().revisions()[index])
    }
}

/// How many times an agreed date was moved, up to the revision at a position. The first date is no move.
pub fn extensions(item: ItemRef<'_>, in_force: Option<usize>) -> usize {
    let revisions = item.revisions();
    let counts = |(position, revision): &(usize, &Revision)| {
        revision.is_agreed() && ratified(revisions, *position).is_none()
    };
    let agreed = in_force.map_or(0, |position| {
        let before = numbered_on(revisions, Day::MAX).before(position);
        before.chain([(position, &revisions[position])]).filter(counts).count()
    });
    let is_first = Term::of(item.original_timescale()) == Term::ToBeAgreed;
    agreed.saturating_sub(usize::from(is_first))
}

/// The timescale of its own that the revision at a position agreed, or without one the original.
fn in_force(item: ItemRef<'_>, revision: Option<usize>) -> Option<&Timescale> {
    let revised = revision.and_then(|revision| item.revisions().get(revision));
    revised.map(|revision| &revision.to).or(item.own_timescale())
}

/// How one recommendation stands, with its actions.
#[derive(Debug, Clone)]
pub struct RecommendationStanding {
    /// Its position in the plan.
    pub index: usize,
    pub own: Standing,
    /// Its own entries tell its progress, and not its actions.
    pub by_itself: bool,
    /// The progress by its entries alone, whatever a verification found.
    pub by_entries: Status,
    /// The latest verification refused it and nothing completed it since, so it is open again.
    pub reopened: bool,
    pub actions: Vec<Standing>,
}

impl RecommendationStanding {
    /// The recommendation as it was on the day.
    pub fn recommendation(&self) -> &Recommendation {
        &self.own.recommendation
    }

    /// Its own standing, then those of its actions.
    pub fn all(&self) -> impl Iterator<Item = &Standing> {
        std::iter::once(&self.own).chain(&self.actions)
    }

    /// Its own standing, or that of its action at a position in the plan, where it was added by then.
    pub fn of(&self, action: Option<usize>) -> Option<&Standing> {
        self.all().find(|standing| standing.position == action)
    }

    /// The requests that wait for a decision, its own and those of its actions, by their ids.
    pub fn requests(&self) -> impl Iterator<Item = (&Id, &Revision)> {
        self.all().filter_map(|standing| Some((standing.item().id(), standing.open_request()?)))
    }

    /// The actions whose deadline has passed while they have not ended.
    pub fn late_actions(&self) -> impl Iterator<Item = &Standing> {
        let actions = self.actions.iter();
        actions.filter(|action| action.timing == Some(Timing::Overdue))
    }

    /// Says whether it is complete and, for want of a verification, not closed.
    pub fn is_unverified(&self) -> bool {
        self.own.status == Status::Complete && !self.own.closed
    }

    /// The most days that it or one of its actions is late, of work that is overdue.
    pub fn days_overdue(&self) -> Option<i64> {
        let actions = self.late_actions().filter_map(|action| action.lateness.as_ref());
        let late = actions.chain(&self.own.deciding).map(Lateness::days).max();
        late.filter(|_| self.own.timing == Some(Timing::Overdue))
    }

    /// How much of it is done: the share of its actions that are complete, without those that were given up or
    /// superseded.
    pub fn percent_done(&self) -> u32 {
        let dropped = self.actions.iter().filter(|action| action.status.needs_note()).count();
        let (done, all) = match self.actions.len() - dropped {
            0 => (usize::from(self.own.status == Status::Complete), 1),
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
