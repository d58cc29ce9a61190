//! The standing of an item (a recommendation or an action) on a day, called the as-of day: its progress, its timing,
//! and the reasons for both. The standing is computed, never stored.

mod compute;

use std::sync::Arc;

use super::{
    Day, Id, ItemRef, Outlook, Period, Recommendation, Revision, Status, Term, Timescale,
    agreed_on, days_between, keyword::vocabulary, numbered_on, ratified,
};

vocabulary! {
    /// The timing of an item in relation to its due date. The first four values are for open items, the last two for
    /// ended items.
    Timing {
        NotDue = "not-due",
        DueSoon = "due-soon",
        Overdue = "overdue",
        Undated = "undated",
        OnTime = "on-time",
        Late = "late",
    }
}

/// The date on which an item ended, and the source of this date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// The date of the progress entry that ended the item.
    Reported(Day),
    /// The date that follows from the published timescale, such as the date in `In place since January 2003`.
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

/// The original and the current due date of an item, and the day with which both dates are compared. This day is the
/// day on which the item ended or, for an open item, the as-of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// The original due date; `None` if the original timescale had no date.
    pub original: Option<Period>,
    /// The current due date.
    pub in_force: Period,
    /// The day that is compared with both due dates.
    pub measured_to: Day,
}

impl Lateness {
    /// Returns the number of days past the current due date; 0 or less means that the item is not late.
    pub fn days(self) -> i64 {
        days_between(self.in_force.last_day(), self.measured_to)
    }

    /// Returns the number of days past the original due date; `None` if the item had no original due date.
    pub fn days_against_original(self) -> Option<i64> {
        self.original.map(|original| days_between(original.last_day(), self.measured_to))
    }
}

/// Two dates for an item that had no update since the last meeting: the date of the item's latest update, and the date
/// of this meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// The date of the latest update.
    pub last_word: Day,
    /// The date of the last meeting.
    pub meeting: Period,
}

/// The standing of a recommendation or an action on the as-of day.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The recommendation as it was on the as-of day. For an action, this is the recommendation to which the action
    /// belongs.
    recommendation: Arc<Recommendation>,
    /// The index of the action among the actions that existed on the as-of day; `None` for a recommendation.
    action: Option<usize>,
    /// The index of the action among all actions of the recommendation in the plan, including the actions that were
    /// added after the as-of day; `None` for a recommendation.
    position: Option<usize>,
    /// The status of the item. The status of a recommendation also depends on its actions and verifications.
    pub status: Status,
    /// True if management rejected the recommendation and no work was done on it.
    pub rejected: bool,
    /// True if the item was rejected, or if it has ended and no required verification is missing.
    pub closed: bool,
    /// The date on which the item ended; `None` if it has not ended.
    pub finish: Option<Finish>,
    /// The timing in relation to the due date; `None` if no timing applies, for example to a rejected item.
    pub timing: Option<Timing>,
    /// The worst current outlook of the item and its actions, if there is any.
    pub outlook: Option<Outlook>,
    /// The lateness in relation to the item's own due date. The due dates of its actions are ignored.
    pub lateness: Option<Lateness>,
    /// The lateness from which the timing is computed: the lateness of the action with the index `pressing` or, if
    /// there is no such action, the item's own lateness.
    pub deciding: Option<Lateness>,
    /// The index of the open action whose due date is used for the timing because this date is earlier than the item's
    /// own due date. `None` if the item's own due date is used.
    pub pressing: Option<usize>,
    /// The index, among the item's own revisions, of the revision that set the current timescale; `None` if no revision
    /// of the item changed the timescale.
    pub revision: Option<usize>,
    /// The index, among the recommendation's revisions, of the revision that set the recommendation's current
    /// timescale.
    whole_revision: Option<usize>,
    /// The index, among the item's own revisions, of the request for an extension that awaits a decision.
    pub request: Option<usize>,
    pub stale: Option<Stale>,
}

impl Standing {
    /// Returns the item as it was on the as-of day.
    pub fn item(&self) -> ItemRef<'_> {
        let action = self.action.map(|number| &self.recommendation.actions[number]);
        ItemRef { recommendation: &self.recommendation, action }
    }

    /// Returns the index of the action among all actions of its recommendation in the plan; `None` for a
    /// recommendation.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// Checks whether the item is neither ended nor rejected.
    pub fn is_open(&self) -> bool {
        !self.rejected && !self.status.has_ended()
    }

    /// Checks whether the item is a recommendation, or an action with its own timescale.
    pub fn has_own_timescale(&self) -> bool {
        self.action.is_none() || self.revision.is_some() || self.item().own_timescale().is_some()
    }

    /// Returns how many times the item's own due date was extended.
    pub fn extensions(&self) -> usize {
        extensions(self.item(), self.revision)
    }

    /// Returns the current timescale: the item's own timescale, or else the timescale of its recommendation.
    pub fn timescale(&self) -> Option<&Timescale> {
        let whole = || in_force(self.recommendation.item(), self.whole_revision);
        in_force(self.item(), self.revision).or_else(whole)
    }

    /// Returns the agreed timescales in order, from the original to the current one.
    pub fn timescales(&self) -> impl Iterator<Item = &Timescale> {
        let (revisions, last) = self.agreed_in();
        let day = last.map(|last| revisions[last].on);
        let agreed = day.into_iter().flat_map(|day| agreed_on(revisions, day));
        let first = self.item().original_timescale();
        first.into_iter().chain(agreed.map(|(_, revision)| &revision.to))
    }

    /// Returns the list of revisions that applies to the item: the item's own list or, if the item has no timescale of
    /// its own, the list of its recommendation. Also returns the index of the revision that set the current timescale.
    fn agreed_in(&self) -> (&[Revision], Option<usize>) {
        match self.has_own_timescale() {
            true => (self.item().revisions(), self.revision),
            false => (self.recommendation.revisions.as_slice(), self.whole_revision),
        }
    }

    /// Returns the revision that set the current timescale, if any.
    fn set_by(&self) -> Option<&Revision> {
        let (revisions, last) = self.agreed_in();
        last.map(|last| &revisions[last])
    }

    /// Returns the item's own request for an extension that awaits a decision, if there is one.
    pub fn open_request(&self) -> Option<&Revision> {
        self.request.map(|index| &self.item().revisions()[index])
    }
}

/// Returns how many times the item's due date was extended, up to and including the revision at index `in_force`. A
/// revision that only approves an earlier extension is not counted. If no date was agreed at first, the revision that
/// sets the first date is not counted either.
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

/// Returns the timescale in the item's revision at index `revision`. If `revision` is `None`, returns the item's own
/// original timescale.
fn in_force(item: ItemRef<'_>, revision: Option<usize>) -> Option<&Timescale> {
    let revised = revision.and_then(|revision| item.revisions().get(revision));
    revised.map(|revision| &revision.to).or(item.own_timescale())
}

/// The standing of a recommendation, together with the standings of its actions.
#[derive(Debug, Clone)]
pub struct RecommendationStanding {
    /// The index of the recommendation in the plan.
    pub index: usize,
    pub own: Standing,
    /// True if the progress of the recommendation comes from its own entries, not from its actions.
    pub by_itself: bool,
    /// The status that the recommendation would have without its verifications.
    pub by_entries: Status,
    /// True if the latest verification failed, so that the recommendation is open again.
    pub reopened: bool,
    pub actions: Vec<Standing>,
}

impl RecommendationStanding {
    /// Returns the recommendation as it was on the as-of day.
    pub fn recommendation(&self) -> &Recommendation {
        &self.own.recommendation
    }

    /// Returns the standing of the recommendation, followed by the standings of its actions.
    pub fn all(&self) -> impl Iterator<Item = &Standing> {
        std::iter::once(&self.own).chain(&self.actions)
    }

    /// Returns the standing of the action with the index `action` among all actions of the recommendation in the plan;
    /// `None` if this action was added after the as-of day. If `action` is `None`, returns the standing of the
    /// recommendation.
    pub fn of(&self, action: Option<usize>) -> Option<&Standing> {
        self.all().find(|standing| standing.position == action)
    }

    /// Returns the requests for an extension that await a decision, each with the id of its recommendation or action.
    pub fn requests(&self) -> impl Iterator<Item = (&Id, &Revision)> {
        self.all().filter_map(|standing| Some((standing.item().id(), standing.open_request()?)))
    }

    /// Returns the standings of the overdue actions.
    pub fn late_actions(&self) -> impl Iterator<Item = &Standing> {
        let actions = self.actions.iter();
        actions.filter(|action| action.timing == Some(Timing::Overdue))
    }

    /// Checks whether the recommendation is complete but not closed, because a required verification is missing.
    pub fn is_unverified(&self) -> bool {
        self.own.status == Status::Complete && !self.own.closed
    }

    /// Returns the highest number of days by which the recommendation or one of its actions is overdue. Returns `None`
    /// if the recommendation is not overdue.
    pub fn days_overdue(&self) -> Option<i64> {
        let actions = self.late_actions().filter_map(|action| action.lateness);
        let late = actions.chain(self.own.deciding).map(Lateness::days).max();
        late.filter(|_| self.own.timing == Some(Timing::Overdue))
    }

    /// Returns the percentage of the actions that are complete. Abandoned and superseded actions are ignored. If no
    /// other actions exist, the result is 100 for a complete recommendation, else 0.
    pub fn percent_done(&self) -> u32 {
        let dropped = self.actions.iter().filter(|action| action.status.needs_note()).count();
        let (done, all) = match self.actions.len() - dropped {
            0 => (usize::from(self.own.status == Status::Complete), 1),
            all => (self.complete_actions(), all),
        };
        u32::try_from(done * 100 / all).unwrap_or(100)
    }

    /// Returns the number of complete actions.
    pub fn complete_actions(&self) -> usize {
        let actions = self.actions.iter();
        actions.filter(|action| action.status == Status::Complete).count()
    }
}

#[cfg(test)]
mod tests;
