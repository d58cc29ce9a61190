//! The rules that make a standing of a recommendation, its entries and a day.

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
    /// How every recommendation that was made by `day` stands on it, in the plan's order. Entries after `day`
    /// do not count.
    pub fn standing_on(&self, day: Day) -> Vec<RecommendationStanding> {
        let as_of = AsOf::new(self, day);
        let recommendations = self.recommendations.iter().enumerate();
        recommendations
            .filter(|(_, recommendation)| !recommendation.is_later_than(day))
            .map(|(index, recommendation)| as_of.recommendation(index, recommendation))
            .collect()
    }

    /// How the recommendation at `index` stands on `day`, whether it was made by then or not.
    pub fn standing_on_for(&self, day: Day, index: usize) -> RecommendationStanding {
        AsOf::new(self, day).recommendation(index, &self.recommendations[index])
    }
}

/// What a standing depends on besides the entries of the recommendation.
#[derive(Clone, Copy)]
struct AsOf {
    day: Day,
    /// The day of the plan, or of the recommendation, whichever is later.
    published: Day,
    /// The recommendation was rejected and nobody did anything all the same.
    rejected: bool,
    /// It was not yet made.
    later: bool,
    /// The position of its revision that is in force.
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
            later: false,
            whole_revision: None,
            due_soon_days: plan.policy.due_soon_days,
            grace_days: plan.policy.grace_days,
            closure_needs_verification: plan.policy.closure_needs_verification,
            last_meeting: plan.last_meeting(day).map(|meeting| meeting.date),
        }
    }

    fn recommendation(
        self,
        index: usize,
        recommendation: &Arc<Recommendation>,
    ) -> RecommendationStanding {
        let response = recommendation.response_by(self.day);
        let is_done =
            |entry: &ProgressEntry| entry.status.is_some_and(|status| status != Status::NotStarted);
        let published = recommendation.made_on(self.published);
        let rejected =
            response == Response::Rejected && !recommendation.entries_on(self.day).any(is_done);
        let later = recommendation.is_later_than(self.day);
        let whole_revision = self.revision(&recommendation.revisions);
        let as_of = Self { published, rejected, later, whole_revision, ..self };
        as_of.with_actions(index, recommendation, response)
    }

    fn with_actions(
        &self,
        index: usize,
        recommendation: &Arc<Recommendation>,
        response: Response,
    ) -> RecommendationStanding {
        let whole = recommendation.item();
        let numbers = 0..recommendation.actions.len();
        let actions: Vec<Standing> =
            numbers.map(|number| self.action(recommendation, number)).collect();
        let by_itself = self.is_by_itself(recommendation);
        let by_entries = if by_itself {
            self.last_status(whole)
        } else {
            by_actions(actions.iter().map(|action| action.status))
        };
        let finish = if by_itself {
            self.finish(whole, by_entries)
        } else {
            let finishes = actions.iter().filter_map(|action| action.finish);
            let last = finishes.max_by_key(|finish| finish.last_day());
            last.or_else(|| self.published_finish(whole.original_timescale()))
        };
        let reopened = self.is_reopened(recommendation, by_entries);
        let status = if reopened { Status::InProgress } else { by_entries };
        let finish = finish.filter(|_| status.has_ended());
        let own = self.standing(recommendation, None, status, finish, &actions);
        RecommendationStanding { index, own, response, by_itself, by_entries, reopened, actions }
    }

    fn action(&self, recommendation: &Arc<Recommendation>, number: usize) -> Standing {
        let item = recommendation.item_of(&recommendation.actions[number]);
        let status = self.last_status(item);
        let finish = self.finish(item, status);
        self.standing(recommendation, Some(number), status, finish, &[])
    }

    /// The standing of a recommendation with these actions, or of one of its actions.
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
        standing.timing = self.timing(status, standing.deciding.as_ref());
        let outlooks = actions.iter().filter_map(|action| action.outlook);
        let worst = outlooks.chain(self.outlook(&standing)).max();
        standing.outlook = worst.filter(|_| !status.has_ended());
        standing.stale = self.stale(&standing);
        standing
    }

    /// The status that its own entries tell, or without one its timescale.
    fn last_status(&self, item: ItemRef<'_>) -> Status {
        let known = seen_on(item.progress(), self.day).rev().find_map(|entry| entry.status);
        known.unwrap_or_else(|| self.published_status(item.original_timescale()))
    }

    fn has_ended(&self, item: ItemRef<'_>) -> bool {
        let recommendation = item.recommendation;
        if item.action.is_some() {
            return self.last_status(item).has_ended();
        }
        let by_entries = if self.is_by_itself(recommendation) {
            self.last_status(item)
        } else {
            let actions = recommendation.actions.iter();
            by_actions(actions.map(|action| self.last_status(recommendation.item_of(action))))
        };
        by_entries.has_ended() && !self.is_reopened(recommendation, by_entries)
    }

    /// Whether a verification refused what the entries say has ended, and nothing completed it since.
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

    /// The position of the last revision agreed by the as-of day.
    fn revision(&self, revisions: &[Revision]) -> Option<usize> {
        agreed_on(revisions, self.day).last().map(|(index, _)| index)
    }

    /// The position of the request that waits for a decision. It lapses when the work ends.
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

    /// Where work stands by its published timescale alone, before any entry.
    fn published_status(&self, timescale: Option<&Timescale>) -> Status {
        let Some(term) = timescale.filter(|_| !self.rejected).map(|timescale| timescale.term)
        else {
            return Status::NotStarted;
        };
        let known = match term {
            Term::By(_) | Term::Ongoing | Term::ToBeAgreed => true,
            Term::Complete => self.published <= self.day,
            Term::InPlaceSince(since) => since.first_day() <= self.day,
        };
        if known { term.first_status() } else { Status::NotStarted }
    }

    /// Whether its own entries tell the progress of a recommendation: without actions, and until an action has an
    /// entry.
    fn is_by_itself(&self, recommendation: &Recommendation) -> bool {
        let tells = |entry: &ProgressEntry| entry.status.is_some() && entry.on <= self.day;
        let has_entry = |action: &Action| action.progress.iter().any(tells);
        recommendation.actions.is_empty()
            || (recommendation.progress.iter().any(tells)
                && !recommendation.actions.iter().any(has_entry))
    }

    /// The first day of the run of its own entries with the status it ended in, or what was published. After a
    /// refusal the run begins anew.
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
        reported.or_else(|| self.published_finish(item.original_timescale()))
    }

    fn published_finish(&self, original: Option<&Timescale>) -> Option<Finish> {
        match original?.term {
            Term::Complete => Some(Finish::Published(Period::Day(self.published))),
            Term::InPlaceSince(since) => Some(Finish::Published(since)),
            Term::By(_) | Term::Ongoing | Term::ToBeAgreed => None,
        }
    }

    /// The unended action whose deadline comes before the recommendation's own, which has not passed.
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

    /// The last outlook that its own entries give, where it is open, its deadline is ahead, and the outlook is not
    /// older than the revision that set the deadline.
    fn outlook(&self, standing: &Standing) -> Option<Outlook> {
        let is_ahead = |lateness: &Lateness| standing.is_open() && lateness.days() <= 0;
        standing.lateness.filter(is_ahead)?;
        let item = standing.item();
        // What told its progress before its actions did counts no more; an update on it does.
        let counts = item.action.is_some() || self.is_by_itself(item.recommendation);
        let mut entries = seen_on(item.progress(), self.day).rev();
        let (on, outlook) = entries.find_map(|entry| {
            let outlook = entry.outlook.filter(|_| counts || entry.status.is_none());
            Some((entry.on, outlook?))
        })?;
        standing.set_by().is_none_or(|revision| revision.on <= on).then_some(outlook)
    }

    fn timing(&self, status: Status, lateness: Option<&Lateness>) -> Option<Timing> {
        if self.rejected || self.later || status.needs_note() {
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

    /// The day of the latest entry on it, or of its publication.
    fn last_word(&self, item: ItemRef<'_>) -> Day {
        let recommendation = item.recommendation;
        let last = match item.action {
            Some(action) => seen_on(&action.progress, self.day).next_back().map(|entry| entry.on),
            None => {
                let entries = recommendation.entries_on(self.day).map(|entry| entry.on);
                let verification = recommendation.verification_on(self.day).map(|entry| entry.on);
                entries.chain(verification).max()
            }
        };
        last.map_or(self.published, |word| word.max(self.published))
    }

    /// Only work without an end goes silent; what has no date yet is remarked on as that.
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

/// What the progress of all actions amounts to.
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
