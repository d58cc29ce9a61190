//! One recommendation or action of a plan on a day, and what is known of it.

use std::cmp::Reverse;

use super::View;
use crate::model::{
    Amendment, Area, Day, Extra, Finish, Id, ItemRef, Lateness, Outlook, Period, ProgressEntry,
    Recommendation, RecommendationStanding, Response, Revision, Stale, Standing, Status, Term,
    Timescale, Timing, Verification, days_between, seen_on, vocabulary,
};

/// One line of a list: a recommendation, or one of its actions.
#[derive(Clone, Copy)]
pub struct Row<'v> {
    pub view: &'v View,
    /// The recommendation that it is or belongs to.
    pub whole: &'v RecommendationStanding,
    /// How it stands itself.
    pub own: &'v Standing,
}

vocabulary! {
    /// The progress of a recommendation or an action: its status, or `rejected` where management rejected the
    /// recommendation.
    Progress {
        NotStarted = "not-started",
        InProgress = "in-progress",
        Complete = "complete",
        Superseded = "superseded",
        NotPursued = "not-pursued",
        Rejected = "rejected",
    }
}

impl From<Status> for Progress {
    fn from(status: Status) -> Self {
        match status {
            Status::NotStarted => Self::NotStarted,
            Status::InProgress => Self::InProgress,
            Status::Complete => Self::Complete,
            Status::Superseded => Self::Superseded,
            Status::NotPursued => Self::NotPursued,
        }
    }
}

impl<'v> Row<'v> {
    /// Its id as it is shown: after the plan's name, where there are several.
    pub fn shown_id(&self) -> String {
        self.shown(self.id())
    }

    /// The id of something in the same plan, as it is shown.
    pub fn shown(&self, id: &Id) -> String {
        self.view.shown(id)
    }

    pub fn is_action(&self) -> bool {
        self.own.position().is_some()
    }

    /// The recommendation that it is; `None` where it is an action.
    pub(super) fn as_whole(&self) -> Option<&'v RecommendationStanding> {
        (!self.is_action()).then_some(self.whole)
    }

    /// The recommendation that it is or belongs to, as the plan says it.
    pub fn recommendation(&self) -> &'v Recommendation {
        self.whole.recommendation()
    }

    /// The actions of the recommendation that it is or belongs to.
    pub fn actions(self) -> impl Iterator<Item = Row<'v>> {
        self.whole.actions.iter().map(move |own| Row { own, ..self })
    }

    /// The row, then its actions if it is a recommendation.
    pub fn all(self) -> impl Iterator<Item = Row<'v>> {
        let actions = self.as_whole().map_or(&[][..], |whole| &whole.actions).iter();
        std::iter::once(self).chain(actions.map(move |own| Row { own, ..self }))
    }

    /// Its keys in the plan.
    pub fn item(&self) -> ItemRef<'v> {
        self.own.item()
    }

    pub fn id(&self) -> &'v Id {
        self.item().id()
    }

    pub fn text(&self) -> &'v str {
        self.item().text()
    }

    /// The words for a list: of a recommendation its title, where it has one.
    pub fn name(&self) -> &'v str {
        self.item().name()
    }

    /// The title of a recommendation; of an action `None`.
    pub fn title(&self) -> Option<&'v str> {
        self.as_whole()?.recommendation().title.as_deref()
    }

    /// When a recommendation is looked at again; of an action `None`.
    pub fn review(&self) -> Option<Period> {
        self.as_whole()?.recommendation().review
    }

    /// When open work is looked at again, where that has come or is due soon.
    pub fn review_due(&self) -> Option<Period> {
        let soon = i64::from(self.view.plan.policy.due_soon_days);
        self.open_review().filter(|review| days_between(self.view.as_of, review.last_day()) <= soon)
    }

    /// When open work is looked at again.
    pub fn open_review(&self) -> Option<Period> {
        self.review().filter(|_| self.is_open())
    }

    /// The id of its area.
    pub fn area(&self) -> Option<&'v str> {
        self.recommendation().area.as_deref()
    }

    /// Its area, where the plan has it.
    pub fn area_of_plan(&self) -> Option<&'v Area> {
        self.view.plan.area(self.area()?)
    }

    pub fn priority(&self) -> Option<&'v str> {
        self.recommendation().priority.as_deref()
    }

    /// Who is named for it: of a recommendation, everyone named for its actions.
    pub fn owners(&self) -> Vec<&'v str> {
        self.item().owners()
    }

    pub fn progress(&self) -> Progress {
        if self.own.rejected { Progress::Rejected } else { self.own.status.into() }
    }

    /// Says whether it is in progress only because it, or an action of it, has no end: nobody has reported on it.
    pub fn is_unreported(&self) -> bool {
        let is_reported =
            |row: &Row<'_>| seen_on(row.progress_entries(), row.view.as_of).next().is_some();
        let is_endless = |row: &Row<'_>| row.is_open() && row.term() == Some(Term::Ongoing);
        self.progress() == Progress::InProgress
            && !self.whole.reopened
            && !self.all().any(|row| is_reported(&row))
            && self.all().any(|row| is_endless(&row))
    }

    /// Says whether management rejected the recommendation and nobody did anything all the same.
    pub fn is_rejected(&self) -> bool {
        self.own.rejected
    }

    /// Management's response as it was known on the as-of day.
    pub fn response(&self) -> Response {
        self.recommendation().response
    }

    pub fn is_awaited(&self) -> bool {
        self.response() == Response::Awaited
    }

    /// The day of the answer, which is the day it was made where none is written.
    pub fn answered_on(&self) -> Option<Day> {
        let on = self.recommendation().response_on;
        let made = || self.recommendation().item().made_on(self.view.plan.date);
        (!self.is_awaited()).then(|| on.unwrap_or_else(made))
    }

    /// The answer that was given after the as-of day, and its day.
    pub fn later_answer(&self) -> Option<(Day, Response)> {
        let plan = &self.view.plan;
        let recommendation = plan.recommendations.get(self.whole.index)?;
        let on = recommendation.response_on.filter(|on| *on > self.view.as_of)?;
        Some((on, recommendation.response))
    }

    /// The day on which it was made.
    pub fn made_on(&self) -> Day {
        self.item().made_on(self.view.plan.date)
    }

    /// Says whether it was made after the as-of day.
    pub fn is_later(&self) -> bool {
        self.item().is_later_than(self.view.as_of)
    }

    /// The outlook that counts.
    pub fn outlook(&self) -> Option<Outlook> {
        self.own.outlook
    }

    /// Says whether it is not late and judged not to be in time.
    pub fn is_at_risk(&self) -> bool {
        !self.is_overdue() && self.outlook() > Some(Outlook::OnTrack)
    }

    /// Says whether more is to be done.
    pub fn is_open(&self) -> bool {
        self.own.is_open()
    }

    /// Nothing more is to be done; of a recommendation, as the plan's policy has it.
    pub fn is_closed(&self) -> bool {
        self.own.closed
    }

    /// A recommendation that is complete and, for want of a verification, not closed.
    pub fn is_unverified(&self) -> bool {
        self.as_whole().is_some_and(RecommendationStanding::is_unverified)
    }

    pub fn timing(&self) -> Option<Timing> {
        self.own.timing
    }

    pub fn is_overdue(&self) -> bool {
        self.timing() == Some(Timing::Overdue)
    }

    /// The lateness against its own deadline.
    pub fn lateness(&self) -> Option<&'v Lateness> {
        self.own.lateness.as_ref()
    }

    /// The lateness that decides its timing: its own, or that of the action with an earlier deadline.
    pub fn deciding(&self) -> Option<&'v Lateness> {
        self.own.deciding.as_ref()
    }

    /// The action whose due date decides the recommendation's timing instead of its own.
    pub fn pressing(&self) -> Option<&'v Id> {
        Some(self.whole.actions[self.own.pressing?].item().id())
    }

    /// Days past the deadline that decides its timing: negative where it is ahead.
    pub fn days_late(&self) -> Option<i64> {
        self.deciding().map(Lateness::days)
    }

    /// The deadline that decides its timing.
    pub fn deadline(&self) -> Option<Period> {
        self.deciding().map(|lateness| lateness.in_force)
    }

    /// Its own deadline.
    pub fn own_deadline(&self) -> Option<Period> {
        self.lateness().map(|lateness| lateness.in_force)
    }

    /// The deadline first agreed.
    pub fn original_deadline(&self) -> Option<Period> {
        self.lateness()?.original
    }

    /// How much it wants attention, the most first: its priority, then its days late.
    pub fn need(&self) -> (usize, Reverse<Option<i64>>) {
        (self.view.plan.policy.rank(self.priority()), Reverse(self.days_late()))
    }

    /// How many times its own timescale was revised by the as-of day. A first date moves nothing.
    pub fn extensions(&self) -> usize {
        self.own.extensions()
    }

    /// Says whether it is a recommendation, or an action whose timescale is not its recommendation's.
    pub fn has_own_timescale(&self) -> bool {
        self.own.has_own_timescale()
    }

    /// The revisions of its own timescale: agreed, requested and decided.
    pub fn revisions(&self) -> &'v [Revision] {
        self.item().revisions()
    }

    /// The entries of its own progress.
    pub fn progress_entries(&self) -> &'v [ProgressEntry] {
        self.item().progress()
    }

    pub fn amendments(&self) -> &'v [Amendment] {
        self.item().amendments()
    }

    /// The verifications; an action has none.
    pub fn verification(&self) -> &'v [Verification] {
        self.item().verification()
    }

    /// The keys of the user's own.
    pub fn extra(&self) -> &'v Extra {
        self.item().extra()
    }

    /// The meaning of its timescale in force; `None` where management rejected it without one.
    pub fn term(&self) -> Option<Term> {
        let timescale = self.timescale();
        (timescale.is_some() || !self.is_rejected()).then(|| Term::of(timescale))
    }

    /// Says whether it is open, and a date is still to be agreed.
    pub fn has_no_date(&self) -> bool {
        self.timing() == Some(Timing::Undated) && self.term() == Some(Term::ToBeAgreed)
    }

    /// The timescale in force.
    pub fn timescale(&self) -> Option<&'v Timescale> {
        self.own.timescale()
    }

    /// The timescale first agreed: of an action without one, its recommendation's.
    pub fn original_timescale(&self) -> Option<&'v Timescale> {
        self.item().original_timescale()
    }

    /// The timescales that were agreed one after another by the as-of day: the first one first, the one in force last.
    pub fn timescales(&self) -> Vec<&'v Timescale> {
        self.own.timescales().collect()
    }

    pub fn finish(&self) -> Option<Finish> {
        self.own.finish
    }

    pub fn stale(&self) -> Option<Stale> {
        self.own.stale
    }

    /// The actions that make a recommendation late; of an action none.
    pub fn late_actions(&self) -> Vec<&'v Id> {
        let late = self.as_whole().into_iter().flat_map(RecommendationStanding::late_actions);
        late.map(|standing| standing.item().id()).collect()
    }
}
