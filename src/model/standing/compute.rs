//! The rules that make a standing of a recommendation, its entries and a day.

use std::sync::Arc;

use super::{
    super::{
        Action, Day, Outlook, Period, Plan, ProgressEntry, Recommendation, Response, Revision,
        Status, Term, Timescale, Verdict, agreed_on, entries::seen_on, unanswered,
    },
    ActionStanding, Finish, Lateness, RecommendationStanding, Stale, Timing, in_force,
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
        let is_done = |entry: &ProgressEntry| entry.status != Status::NotStarted;
        let published = recommendation.made_on(self.published);
        let rejected =
            response == Response::Rejected && !recommendation.entries_on(self.day).any(is_done);
        let later = recommendation.is_later_than(self.day);
        let as_of = Self { published, rejected, later, ..self };
        as_of.standing(index, recommendation, response)
    }

    fn standing(
        &self,
        index: usize,
        recommendation: &Arc<Recommendation>,
        response: Response,
    ) -> RecommendationStanding {
        let revision = self.revision(&recommendation.revisions);
        let actions = self.actions(recommendation, revision);
        let by_itself = self.is_by_itself(recommendation);
        let (by_entries, finished) = self.progress(recommendation, &actions, by_itself);
        let reopened = self.is_reopened(recommendation, by_entries);
        let progress = if reopened { Status::InProgress } else { by_entries };
        let finish = finished.filter(|_| progress.has_ended());
        let measured_to = finish.map_or(self.day, Finish::last_day);
        let in_force = in_force(recommendation.item(), revision);
        let lateness = lateness(recommendation.timescale.as_ref(), in_force, measured_to);
        let pressing = self.pressing(lateness.as_ref(), &actions).filter(|_| finish.is_none());
        let deciding = match pressing {
            Some(index) => actions[index].lateness.as_ref(),
            None => lateness.as_ref(),
        };
        let timing = self.timing(progress, deciding);
        let entries = if by_itself { recommendation.progress.as_slice() } else { &[] };
        let agreed = revision.and_then(|revision| recommendation.revisions.get(revision));
        let own = self.outlook(entries, progress, lateness.as_ref(), agreed);
        let outlooks = actions.iter().filter_map(|action| action.outlook).chain(own);
        let outlook = outlooks.max().filter(|_| !progress.has_ended());
        RecommendationStanding {
            index,
            recommendation: Arc::clone(recommendation),
            response,
            rejected: self.rejected,
            by_itself,
            progress,
            by_entries,
            reopened,
            finish,
            timing,
            outlook,
            lateness,
            pressing,
            revision,
            request: self.request(recommendation, &recommendation.revisions, &|as_of| {
                as_of.has_ended(recommendation)
            }),
            stale: self.stale(timing, in_force, self.last_word(recommendation)),
            closed: self.is_closed(recommendation, progress),
            actions,
        }
    }

    fn has_ended(&self, recommendation: &Arc<Recommendation>) -> bool {
        let actions = self.actions(recommendation, None);
        let by_itself = self.is_by_itself(recommendation);
        let (by_entries, _) = self.progress(recommendation, &actions, by_itself);
        by_entries.has_ended() && !self.is_reopened(recommendation, by_entries)
    }

    fn actions(
        &self,
        recommendation: &Arc<Recommendation>,
        whole_revision: Option<usize>,
    ) -> Vec<ActionStanding> {
        let indices = 0..recommendation.actions.len();
        indices.map(|index| self.action(index, recommendation, whole_revision)).collect()
    }

    fn action(
        &self,
        index: usize,
        recommendation: &Arc<Recommendation>,
        whole_revision: Option<usize>,
    ) -> ActionStanding {
        let action: &Action = &recommendation.actions[index];
        let original = recommendation.item_of(action).original_timescale();
        let known = seen_on(&action.progress, self.day);
        let status = self.action_status(action, original);
        let finish = self.finish(status, known, original, recommendation);
        let last_word = known.last().map_or(self.published, |entry| entry.on);
        let mut standing = ActionStanding {
            recommendation: Arc::clone(recommendation),
            index,
            status,
            finish,
            timing: None,
            outlook: None,
            lateness: None,
            revision: self.revision(&action.revisions),
            request: self.request(recommendation, &action.revisions, &|as_of| {
                as_of.action_status(action, original).has_ended()
            }),
            whole_revision,
            stale: None,
        };
        let measured_to = finish.map_or(self.day, Finish::last_day);
        standing.lateness = lateness(original, standing.timescale(), measured_to);
        standing.timing = self.timing(status, standing.lateness.as_ref());
        let revision = if standing.has_own_timescale() {
            standing.revision.and_then(|revision| action.revisions.get(revision))
        } else {
            whole_revision.and_then(|revision| recommendation.revisions.get(revision))
        };
        standing.outlook =
            self.outlook(&action.progress, status, standing.lateness.as_ref(), revision);
        standing.stale =
            self.stale(standing.timing, standing.timescale(), last_word.max(self.published));
        standing
    }

    fn action_status(&self, action: &Action, original: Option<&Timescale>) -> Status {
        let known = seen_on(&action.progress, self.day);
        known.last().map_or_else(|| self.published_status(original), |entry| entry.status)
    }

    /// Whether a verification refused what the entries say has ended, and nothing completed it since.
    fn is_reopened(&self, recommendation: &Recommendation, by_entries: Status) -> bool {
        let refused = recommendation.refusal_on(self.day);
        by_entries.has_ended()
            && refused.is_some_and(|refused| {
                let completes =
                    |entry: &ProgressEntry| entry.status == Status::Complete && entry.on > refused;
                !recommendation.entries_on(self.day).any(completes)
            })
    }

    /// The position of the last revision agreed by the as-of day.
    fn revision(&self, revisions: &[Revision]) -> Option<usize> {
        agreed_on(revisions, self.day).last().map(|(index, _)| index)
    }

    /// The position of the request that waits for a decision. It lapses when the work ends, which `has_ended` tells
    /// for a day.
    fn request(
        &self,
        recommendation: &Recommendation,
        revisions: &[Revision],
        has_ended: &dyn Fn(&Self) -> bool,
    ) -> Option<usize> {
        let request = unanswered(seen_on(revisions, self.day))?;
        let since = revisions[request].on;
        let verifications = seen_on(&recommendation.verification, self.day).iter();
        let entries = recommendation.entries_on(self.day).map(|entry| entry.on);
        let days = entries.chain(verifications.map(|entry| entry.on)).chain([since]);
        let mut later = days.filter(|day| *day >= since);
        let has_lapsed = later.any(|day| has_ended(&Self { day, ..*self }));
        (!self.rejected && !has_lapsed).then_some(request)
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
        let has_entry = |action: &Action| !seen_on(&action.progress, self.day).is_empty();
        let has_own = !seen_on(&recommendation.progress, self.day).is_empty();
        recommendation.actions.is_empty()
            || (has_own && !recommendation.actions.iter().any(has_entry))
    }

    /// The progress of a recommendation, and when it ended.
    fn progress(
        &self,
        recommendation: &Recommendation,
        actions: &[ActionStanding],
        by_itself: bool,
    ) -> (Status, Option<Finish>) {
        let original = recommendation.timescale.as_ref();
        if by_itself {
            let own = seen_on(&recommendation.progress, self.day);
            let published = self.published_status(original);
            let status = own.last().map_or(published, |entry| entry.status);
            return (status, self.finish(status, own, original, recommendation));
        }
        let finishes = actions.iter().filter_map(|action| action.finish);
        let finish = finishes.max_by_key(|finish| finish.last_day());
        (by_actions(actions), finish.or_else(|| self.published_finish(original)))
    }

    /// The first day of the run of entries with the status it ended in, or what was published. After a refusal the
    /// run begins anew.
    fn finish(
        &self,
        status: Status,
        known: &[ProgressEntry],
        original: Option<&Timescale>,
        recommendation: &Recommendation,
    ) -> Option<Finish> {
        if !status.has_ended() {
            return None;
        }
        let run = known.iter().rev().take_while(|entry| entry.status == status);
        let run: Vec<Day> = run.map(|entry| entry.on).collect();
        let mut verifications = seen_on(&recommendation.verification, self.day).iter().rev();
        let refused =
            verifications.find(|entry| entry.result == Verdict::Refused).map(|entry| entry.on);
        let anew = run.iter().rev().find(|on| refused.is_some_and(|refused| **on > refused));
        let reported = anew.or(run.last()).map(|on| Finish::Reported(*on));
        reported.or_else(|| self.published_finish(original))
    }

    fn published_finish(&self, original: Option<&Timescale>) -> Option<Finish> {
        match original?.term {
            Term::Complete => Some(Finish::Published(Period::Day(self.published))),
            Term::InPlaceSince(since) => Some(Finish::Published(since)),
            Term::By(_) | Term::Ongoing | Term::ToBeAgreed => None,
        }
    }

    /// The unended action whose deadline comes before the recommendation's own, which has not passed.
    fn pressing(&self, own: Option<&Lateness>, actions: &[ActionStanding]) -> Option<usize> {
        if own.is_some_and(|own| own.days() > i64::from(self.grace_days)) {
            return None;
        }
        let unended = actions.iter().filter(|action| !action.status.has_ended());
        let deadlines =
            unended.filter_map(|action| Some((action.lateness?.in_force.last_day(), action.index)));
        let (earliest, index) = deadlines.min()?;
        own.is_none_or(|own| earliest < own.in_force.last_day()).then_some(index)
    }

    /// The last outlook that somebody gave, where work of this status is open, its deadline is ahead, and the outlook
    /// is not older than the revision that set the deadline.
    fn outlook(
        &self,
        progress: &[ProgressEntry],
        status: Status,
        lateness: Option<&Lateness>,
        revision: Option<&Revision>,
    ) -> Option<Outlook> {
        let is_open = !self.rejected && !status.has_ended();
        lateness.filter(|lateness| is_open && lateness.days() <= 0)?;
        let mut entries = seen_on(progress, self.day).iter().rev();
        let (on, outlook) = entries.find_map(|entry| Some((entry.on, entry.outlook?)))?;
        revision.is_none_or(|revision| revision.on <= on).then_some(outlook)
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

    fn is_closed(&self, recommendation: &Recommendation, progress: Status) -> bool {
        match progress {
            _ if self.rejected => true,
            Status::Complete => {
                !self.closure_needs_verification || recommendation.is_verified_on(self.day)
            }
            ended => ended.has_ended(),
        }
    }

    /// The day of the latest entry on it, or of its publication.
    fn last_word(&self, recommendation: &Recommendation) -> Day {
        let entries = recommendation.entries_on(self.day).map(|entry| entry.on);
        let verification = recommendation.verification_on(self.day).map(|entry| entry.on);
        let last = entries.chain(verification).max();
        last.map_or(self.published, |word| word.max(self.published))
    }

    /// Only work without an end goes silent; what has no date yet is remarked on as that.
    fn stale(
        &self,
        timing: Option<Timing>,
        in_force: Option<&Timescale>,
        last_word: Day,
    ) -> Option<Stale> {
        let meeting = self.last_meeting?;
        let is_endless = timing == Some(Timing::Undated) && Term::of(in_force) == Term::Ongoing;
        let unheard = is_endless && last_word < meeting.first_day();
        unheard.then_some(Stale { last_word, meeting })
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
fn by_actions(actions: &[ActionStanding]) -> Status {
    let all = |status| actions.iter().all(|action| action.status == status);
    let any = |status| actions.iter().any(|action| action.status == status);
    if actions.iter().all(|action| action.status.has_ended()) {
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
