//! Computes the standing of a recommendation and its actions on a day, from their entries.

use std::sync::Arc;

use super::{
    super::{
        Action, Day, ItemRef, Outlook, Period, Plan, ProgressEntry, Recommendation, Response,
        Revision, Status, Term, Timescale, Verdict, agreed_on,
        entries::{numbered_on, seen_on},
        unanswered,
    },
    Finish, Lateness, RecommendationStanding, Stale, Standing, Timing,
};

impl Plan {
    /// Returns the standings on `day` of all recommendations that were made on or before `day`, in the plan's order.
    /// Later actions and entries are ignored.
    pub fn standing_on(&self, day: Day) -> Vec<RecommendationStanding> {
        let as_of = AsOf::new(self, day);
        let recommendations = self.recommendations.iter().enumerate();
        recommendations
            .filter(|(_, recommendation)| !recommendation.item().is_later_than(day))
            .map(|(index, recommendation)| as_of.known(index, recommendation))
            .collect()
    }

    /// Returns the standing on `day` of the recommendation at `index`, even if it was made after `day`.
    pub fn standing_on_for(&self, day: Day, index: usize) -> RecommendationStanding {
        AsOf::new(self, day).known(index, &self.recommendations[index])
    }

    /// Returns the standings on `day` of all recommendations that were made after `day`, or that have an action that
    /// was added after `day`. The standings include these actions.
    pub fn made_later_than(&self, day: Day) -> Vec<RecommendationStanding> {
        let as_of = AsOf::new(self, day);
        let recommendations = self.recommendations.iter().enumerate();
        recommendations
            .filter(|(_, found)| found.items().any(|item| item.is_later_than(day)))
            .map(|(index, found)| as_of.recommendation(index, found, 0..found.actions.len()))
            .collect()
    }
}

/// The as-of day, and the other values on which the standings of a recommendation and its actions depend.
#[derive(Clone, Copy)]
struct AsOf {
    day: Day,
    /// The date of the plan.
    published: Day,
    /// True if the recommendation was rejected and no work was done on it.
    rejected: bool,
    /// The index of the revision that set the current timescale of the recommendation.
    whole_revision: Option<usize>,
    due_soon_days: u32,
    grace_days: u32,
    closure_needs_verification: bool,
    last_meeting: Option<Period>,
}

impl AsOf {
    fn new(plan: &Plan, day: Day) -> Self {
        Self {
            day,
            published: plan.date,
            rejected: false,
            whole_revision: None,
            due_soon_days: plan.policy.due_soon_days,
            grace_days: plan.policy.grace_days,
            closure_needs_verification: plan.policy.closure_needs_verification,
            last_meeting: plan.last_meeting(day).map(|meeting| meeting.date),
        }
    }

    /// Returns the standing of a recommendation as it was on the as-of day, without later actions.
    fn known(self, index: usize, recommendation: &Arc<Recommendation>) -> RecommendationStanding {
        let Some(known) = recommendation.as_of(self.day) else {
            return self.recommendation(index, recommendation, 0..recommendation.actions.len());
        };
        let actions = recommendation.actions.iter().enumerate();
        let positions = actions.filter(|(_, action)| action.is_there_on(self.day));
        self.recommendation(index, &known.into(), positions.map(|(position, _)| position))
    }

    /// Returns the standing of a recommendation with all its actions. `positions` has the index of each action among
    /// all actions of the recommendation in the plan.
    fn recommendation(
        self,
        index: usize,
        recommendation: &Arc<Recommendation>,
        positions: impl Iterator<Item = usize>,
    ) -> RecommendationStanding {
        let is_done =
            |entry: &ProgressEntry| entry.status.is_some_and(|status| status != Status::NotStarted);
        let rejected = recommendation.response == Response::Rejected
            && !recommendation.entries_on(self.day).any(is_done);
        let whole_revision = self.revision(&recommendation.revisions);
        let as_of = Self { rejected, whole_revision, ..self };
        let actions = positions.enumerate().map(|(number, position)| {
            let item = recommendation.item_of(&recommendation.actions[number]);
            let status = as_of.last_status(item);
            let finish = as_of.finish(item, status);
            let standing = as_of.standing(recommendation, Some(number), status, finish, &[]);
            Standing { position: Some(position), ..standing }
        });
        as_of.with_actions(index, recommendation, actions.collect())
    }

    fn with_actions(
        &self,
        index: usize,
        recommendation: &Arc<Recommendation>,
        actions: Vec<Standing>,
    ) -> RecommendationStanding {
        let whole = recommendation.item();
        let by_itself = self.is_by_itself(recommendation);
        let by_entries = self.by_entries(recommendation);
        let finish = if by_itself {
            self.finish(whole, by_entries)
        } else {
            let finishes = actions.iter().filter_map(|action| action.finish);
            let last = finishes.max_by_key(|finish| finish.last_day());
            last.or_else(|| self.published_finish(whole))
        };
        let reopened = self.is_reopened(recommendation, by_entries);
        let status = if reopened { Status::InProgress } else { by_entries };
        let finish = finish.filter(|_| status.has_ended());
        let own = self.standing(recommendation, None, status, finish, &actions);
        RecommendationStanding { index, own, by_itself, by_entries, reopened, actions }
    }

    /// Returns the standing of the action with the index `action` or, if `action` is `None`, of the recommendation. For
    /// a recommendation, `actions` has the standings of its actions; for an action, `actions` is empty.
    fn standing(
        &self,
        recommendation: &Arc<Recommendation>,
        action: Option<usize>,
        status: Status,
        finish: Option<Finish>,
        actions: &[Standing],
    ) -> Standing {
        let item = ItemRef {
            recommendation,
            action: action.map(|number| &recommendation.actions[number]),
        };
        let mut standing = Standing {
            recommendation: Arc::clone(recommendation),
            action,
            position: None,
            status,
            rejected: self.rejected,
            closed: self.is_closed(item, status),
            finish,
            timing: None,
            outlook: None,
            lateness: None,
            deciding: None,
            pressing: None,
            revision: self.revision(item.revisions()),
            whole_revision: self.whole_revision,
            request: self.request(item),
            stale: None,
        };
        let measured_to = finish.map_or(self.day, Finish::last_day);
        let lateness = lateness(item.original_timescale(), standing.timescale(), measured_to);
        standing.lateness = lateness;
        standing.pressing = self.pressing(lateness, actions).filter(|_| finish.is_none());
        standing.deciding = standing.pressing.map_or(lateness, |index| actions[index].lateness);
        let timing = self.timing(status, standing.deciding);
        standing.timing = timing.filter(|_| !item.is_later_than(self.day));
        let outlooks = actions.iter().filter_map(|action| action.outlook);
        let worst = outlooks.chain(self.outlook(&standing)).max();
        standing.outlook = worst.filter(|_| !status.has_ended());
        standing.stale = self.stale(&standing);
        standing
    }

    /// Returns the latest status in the item's progress entries. If no entry has a status, the status follows from the
    /// published timescale.
    fn last_status(&self, item: ItemRef<'_>) -> Status {
        let known = seen_on(item.progress(), self.day).rev().find_map(|entry| entry.status);
        known.unwrap_or_else(|| self.published_status(item))
    }

    /// Returns the status that a recommendation would have without its verifications. The status follows from the
    /// entries of the recommendation and from its actions.
    fn by_entries(&self, recommendation: &Recommendation) -> Status {
        let status =
            |action: &Action| (self.last_status(recommendation.item_of(action)), action.date);
        let mut actions = recommendation.actions_on(self.day).map(status);
        if !self.is_by_itself(recommendation) {
            return by_actions(actions.map(|(status, _)| status));
        }
        let own = self.last_status(recommendation.item());
        let last = seen_on(&recommendation.progress, self.day).rev();
        let last = last.filter(|entry| entry.status.is_some()).map(|entry| entry.on).next();
        let is_added = |date: Option<Day>| date.is_some() && date >= last;
        let is_reopened =
            own.has_ended() && actions.any(|(status, date)| is_added(date) && !status.has_ended());
        if is_reopened { Status::InProgress } else { own }
    }

    fn has_ended(&self, item: ItemRef<'_>) -> bool {
        if item.action.is_some() {
            return self.last_status(item).has_ended();
        }
        let by_entries = self.by_entries(item.recommendation);
        by_entries.has_ended() && !self.is_reopened(item.recommendation, by_entries)
    }

    /// Checks whether the recommendation is open again because its latest verification failed. A later entry with the
    /// status complete ends the recommendation again.
    fn is_reopened(&self, recommendation: &Recommendation, by_entries: Status) -> bool {
        let refused = recommendation.refusal_on(self.day);
        by_entries.has_ended()
            && refused.is_some_and(|refused| {
                let completes = |entry: &ProgressEntry| {
                    entry.status == Some(Status::Complete) && entry.on > refused
                };
                !recommendation.entries_on(self.day).any(completes)
            })
    }

    /// Returns the index of the last revision that was agreed on or before the as-of day.
    fn revision(&self, revisions: &[Revision]) -> Option<usize> {
        agreed_on(revisions, self.day).last().map(|(index, _)| index)
    }

    /// Returns the index of the item's request for an extension that awaits a decision. A request lapses if the item
    /// ends before the decision.
    fn request(&self, item: ItemRef<'_>) -> Option<usize> {
        let (position, request) = unanswered(numbered_on(item.revisions(), self.day))?;
        let since = request.on;
        let recommendation = item.recommendation;
        let verifications = seen_on(&recommendation.verification, self.day);
        let entries = recommendation.entries_on(self.day).map(|entry| entry.on);
        let days = entries.chain(verifications.map(|entry| entry.on)).chain([since]);
        let mut later = days.filter(|day| *day >= since);
        let has_lapsed = later.any(|day| Self { day, ..*self }.has_ended(item));
        (!self.rejected && !has_lapsed).then_some(position)
    }

    /// Returns the status that follows from the published timescale of an item, for an item whose progress entries give
    /// no status.
    fn published_status(&self, item: ItemRef<'_>) -> Status {
        let Some(term) = published_term(item).filter(|_| !self.rejected) else {
            return Status::NotStarted;
        };
        let known = match term {
            Term::By(_) | Term::Ongoing | Term::ToBeAgreed => true,
            Term::Complete => item.made_on(self.published) <= self.day,
            Term::InPlaceSince(since) => since.first_day() <= self.day,
        };
        if known { term.first_status() } else { Status::NotStarted }
    }

    /// Checks whether the progress of a recommendation comes from its own entries, not from its actions.
    fn is_by_itself(&self, recommendation: &Recommendation) -> bool {
        let actions = || recommendation.actions_on(self.day);
        let tells = |entry: &ProgressEntry| entry.status.is_some() && entry.on <= self.day;
        let has_entry = |action: &Action| action.progress.iter().any(tells);
        let has_own = recommendation.progress.iter().any(tells)
            || (actions().all(|action| action.date.is_some())
                && self.published_status(recommendation.item()).has_ended());
        actions().next().is_none() || (has_own && !actions().any(has_entry))
    }

    /// Returns the date on which an item with this status ended. This is the date of the entry that set the status, not
    /// of the later entries that only repeat it. If the status was repeated after a failed verification, this is the
    /// date of the first repetition after the verification. If no entry has the status, the date follows from the
    /// published timescale.
    fn finish(&self, item: ItemRef<'_>, status: Status) -> Option<Finish> {
        if !status.has_ended() {
            return None;
        }
        let known = seen_on(item.progress(), self.day).rev();
        let known = known.filter_map(|entry| Some((entry.status?, entry.on)));
        let run = known.take_while(|(known, _)| *known == status);
        let run: Vec<Day> = run.map(|(_, on)| on).collect();
        let mut verifications = seen_on(&item.recommendation.verification, self.day).rev();
        let refused = verifications.find(|entry| entry.result == Verdict::Refused);
        let anew = run.iter().rev().find(|on| refused.is_some_and(|refused| **on > refused.on));
        let reported = anew.or(run.last()).map(|on| Finish::Reported(*on));
        reported.or_else(|| self.published_finish(item))
    }

    fn published_finish(&self, item: ItemRef<'_>) -> Option<Finish> {
        match published_term(item)? {
            Term::Complete => Some(Finish::Published(Period::Day(item.made_on(self.published)))),
            Term::InPlaceSince(since) => Some(Finish::Published(since)),
            Term::By(_) | Term::Ongoing | Term::ToBeAgreed => None,
        }
    }

    /// Returns the index of the open action with the earliest due date. Returns `None` if this date is not before the
    /// recommendation's own due date, or if the recommendation is already overdue by its own due date.
    fn pressing(&self, own: Option<Lateness>, actions: &[Standing]) -> Option<usize> {
        if own.is_some_and(|own| own.days() > i64::from(self.grace_days)) {
            return None;
        }
        let unended = actions.iter().filter(|action| !action.status.has_ended());
        let deadlines = unended
            .filter_map(|action| Some((action.lateness?.in_force.last_day(), action.action?)));
        let (earliest, index) = deadlines.min()?;
        own.is_none_or(|own| earliest < own.in_force.last_day()).then_some(index)
    }

    /// Returns the latest outlook in the item's own entries. Returns `None` if the item is not open, if its due date
    /// has passed, or if the outlook is older than the revision that set the due date.
    fn outlook(&self, standing: &Standing) -> Option<Outlook> {
        let is_ahead = |lateness: &Lateness| standing.is_open() && lateness.days() <= 0;
        standing.lateness.filter(is_ahead)?;
        let item = standing.item();
        // If the progress of a recommendation comes from its actions, the outlook in one of the recommendation's own
        // entries is used only if this entry has no status.
        let counts = item.action.is_some() || self.is_by_itself(item.recommendation);
        let mut entries = seen_on(item.progress(), self.day).rev();
        let (on, outlook) = entries.find_map(|entry| {
            let outlook = entry.outlook.filter(|_| counts || entry.status.is_none());
            Some((entry.on, outlook?))
        })?;
        standing.set_by().is_none_or(|revision| revision.on <= on).then_some(outlook)
    }

    fn timing(&self, status: Status, lateness: Option<Lateness>) -> Option<Timing> {
        if self.rejected || status.needs_note() {
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

    fn is_closed(&self, item: ItemRef<'_>, status: Status) -> bool {
        let must_be_verified = item.action.is_none() && self.closure_needs_verification;
        match status {
            _ if self.rejected => true,
            Status::Complete if must_be_verified => item.recommendation.is_verified_on(self.day),
            status => status.has_ended(),
        }
    }

    /// Returns the date of the item's latest update, or else the day on which the item was made. An update is a
    /// progress entry; for a recommendation, a verification or a new action is also an update.
    fn last_word(&self, item: ItemRef<'_>) -> Day {
        let recommendation = item.recommendation;
        let last = match item.action {
            Some(action) => seen_on(&action.progress, self.day).next_back().map(|entry| entry.on),
            None => {
                let entries = recommendation.entries_on(self.day).map(|entry| entry.on);
                let verification = recommendation.verification_on(self.day).map(|entry| entry.on);
                let added = recommendation.actions_on(self.day).filter_map(|action| action.date);
                entries.chain(verification).chain(added).max()
            }
        };
        let made = item.made_on(self.published);
        last.map_or(made, |word| word.max(made))
    }

    /// Returns a [`Stale`] if the item is open, has the timescale `Ongoing`, and had no update since the last meeting.
    fn stale(&self, standing: &Standing) -> Option<Stale> {
        let meeting = self.last_meeting?;
        let is_endless = standing.timing == Some(Timing::Undated)
            && Term::of(standing.timescale()) == Term::Ongoing;
        if !is_endless {
            return None;
        }
        let last_word = self.last_word(standing.item());
        (last_word < meeting.first_day()).then_some(Stale { last_word, meeting })
    }
}

/// Returns the meaning of the item's own published timescale or, if it has none, of the recommendation's published
/// timescale. A recommendation's timescale that says that the work is done does not apply to an action that was added
/// later. The result is `None` for such an action without a timescale of its own.
fn published_term(item: ItemRef<'_>) -> Option<Term> {
    let is_added = item.action.is_some_and(|action| action.date.is_some());
    let whole = item.recommendation.timescale.as_ref().map(|timescale| timescale.term);
    let whole = whole.filter(|term| !is_added || !term.first_status().has_ended());
    item.own_timescale().map(|timescale| timescale.term).or(whole)
}

fn lateness(
    original: Option<&Timescale>,
    in_force: Option<&Timescale>,
    measured_to: Day,
) -> Option<Lateness> {
    Some(Lateness {
        original: original.and_then(|agreed| agreed.term.deadline()),
        in_force: in_force?.term.deadline()?,
        measured_to,
    })
}

/// Computes the status of a recommendation from the statuses of its actions.
fn by_actions(statuses: impl Iterator<Item = Status> + Clone) -> Status {
    let all = |wanted| statuses.clone().all(|status| status == wanted);
    if statuses.clone().all(Status::has_ended) {
        match () {
            () if statuses.clone().any(|status| status == Status::Complete) => Status::Complete,
            () if all(Status::Superseded) => Status::Superseded,
            () => Status::NotPursued,
        }
    } else if all(Status::NotStarted) {
        Status::NotStarted
    } else {
        Status::InProgress
    }
}
