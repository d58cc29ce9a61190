//! A recommendation or action of a plan on a day, with its computed properties.

use std::cmp::Reverse;

use super::View;
use crate::model::{
    Area, Day, Id, ItemRef, Lateness, Outlook, Period, Recommendation, RecommendationStanding,
    Response, Standing, Status, Term, Timing, days_between, seen_on, vocabulary,
};

/// A row of a list: a recommendation or one of its actions.
#[derive(Clone, Copy)]
pub struct Row<'v> {
    pub view: &'v View,
    /// The computed state of the recommendation or, for an action, of the recommendation to which the action belongs.
    pub whole: &'v RecommendationStanding,
    /// The computed state of the row's own recommendation or action.
    pub own: &'v Standing,
}

vocabulary! {
    /// The progress of a recommendation or an action: its status, or `rejected` if management rejected the
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
    /// Returns the id of the row as shown to the user. If there are several plans, the plan's name precedes the id.
    pub fn shown_id(&self) -> String {
        self.shown(self.id())
    }

    /// Returns an id from the row's plan as shown to the user. If there are several plans, the plan's name precedes the
    /// id.
    pub fn shown(&self, id: &Id) -> String {
        self.view.shown(id)
    }

    pub fn is_action(&self) -> bool {
        self.own.position().is_some()
    }

    /// Returns the computed state of the recommendation, or `None` if the row is an action.
    pub(super) fn as_whole(&self) -> Option<&'v RecommendationStanding> {
        (!self.is_action()).then_some(self.whole)
    }

    /// Returns the recommendation of the row. For an action, this is the recommendation to which the action belongs.
    pub fn recommendation(&self) -> &'v Recommendation {
        self.whole.recommendation()
    }

    /// Returns all actions of the row's recommendation. If the row is an action, these are the action itself and the
    /// other actions of its recommendation.
    pub fn actions(self) -> impl Iterator<Item = Row<'v>> {
        self.whole.actions.iter().map(move |own| Row { own, ..self })
    }

    /// Returns the row and, if it is a recommendation, its actions.
    pub fn all(self) -> impl Iterator<Item = Row<'v>> {
        let actions = self.as_whole().map_or(&[][..], |whole| &whole.actions).iter();
        std::iter::once(self).chain(actions.map(move |own| Row { own, ..self }))
    }

    /// Returns the recommendation or action of the row, with its keys and entries.
    pub fn item(&self) -> ItemRef<'v> {
        self.own.item()
    }

    pub fn id(&self) -> &'v Id {
        self.item().id()
    }

    /// Returns a short name for lists: the title of a recommendation if it has one, else the text.
    pub fn name(&self) -> &'v str {
        self.item().name()
    }

    /// Returns the title of a recommendation; `None` for an action.
    pub fn title(&self) -> Option<&'v str> {
        self.as_whole()?.recommendation().title.as_deref()
    }

    /// Returns the date of the next review of a recommendation; `None` for an action.
    pub fn review(&self) -> Option<Period> {
        self.as_whole()?.recommendation().review
    }

    /// Returns the date of the next review of an open recommendation, if this date has passed or is near.
    pub fn review_due(&self) -> Option<Period> {
        let soon = i64::from(self.view.plan.policy.due_soon_days);
        self.open_review().filter(|review| days_between(self.view.as_of, review.last_day()) <= soon)
    }

    /// Returns the date of the next review of an open recommendation; `None` for other rows.
    pub fn open_review(&self) -> Option<Period> {
        self.review().filter(|_| self.is_open())
    }

    /// Returns the id of the area to which the recommendation belongs.
    pub fn area(&self) -> Option<&'v str> {
        self.recommendation().area.as_deref()
    }

    /// Returns the area to which the recommendation belongs, if the plan defines this area.
    pub fn area_of_plan(&self) -> Option<&'v Area> {
        self.view.plan.area(self.area()?)
    }

    pub fn priority(&self) -> Option<&'v str> {
        self.recommendation().priority.as_deref()
    }

    /// Returns the owners of the row. The owners of a recommendation include the owners of its actions.
    pub fn owners(&self) -> Vec<&'v str> {
        self.item().owners()
    }

    pub fn progress(&self) -> Progress {
        if self.own.rejected { Progress::Rejected } else { self.own.status.into() }
    }

    /// Checks whether the row is in progress although neither the row nor any of its actions has a progress entry. This
    /// is so if its work, or the work of one of its actions, is ongoing (without an end).
    pub fn is_unreported(&self) -> bool {
        let is_reported =
            |row: &Row<'_>| seen_on(row.item().progress(), row.view.as_of).next().is_some();
        let is_endless = |row: &Row<'_>| row.is_open() && row.term() == Some(Term::Ongoing);
        self.progress() == Progress::InProgress
            && !self.whole.reopened
            && !self.all().any(|row| is_reported(&row))
            && self.all().any(|row| is_endless(&row))
    }

    /// Returns the management response known on the as-of day.
    pub fn response(&self) -> Response {
        self.recommendation().response
    }

    pub fn is_awaited(&self) -> bool {
        self.response() == Response::Awaited
    }

    /// Returns the date and the content of a management response that was given after the as-of day.
    pub fn later_answer(&self) -> Option<(Day, Response)> {
        let plan = &self.view.plan;
        let recommendation = plan.recommendations.get(self.whole.index)?;
        let on = recommendation.response_on.filter(|on| *on > self.view.as_of)?;
        Some((on, recommendation.response))
    }

    /// Returns the day on which the item was made.
    pub fn made_on(&self) -> Day {
        self.item().made_on(self.view.plan.date)
    }

    /// Checks whether the item was made after the as-of day.
    pub fn is_later(&self) -> bool {
        self.item().is_later_than(self.view.as_of)
    }

    /// Checks whether the row is not overdue, but its outlook is at risk or off track.
    pub fn is_at_risk(&self) -> bool {
        !self.is_overdue() && self.own.outlook > Some(Outlook::OnTrack)
    }

    /// Checks whether the item is open, which means that it has not ended and was not rejected.
    pub fn is_open(&self) -> bool {
        self.own.is_open()
    }

    /// Checks whether the row is a recommendation that is complete but not closed, because a verification is missing.
    pub fn is_unverified(&self) -> bool {
        self.as_whole().is_some_and(RecommendationStanding::is_unverified)
    }

    pub fn is_overdue(&self) -> bool {
        self.own.timing == Some(Timing::Overdue)
    }

    /// Returns the id of the action whose due date determines the timing of the recommendation. Returns `None` if no
    /// action determines it.
    pub fn pressing(&self) -> Option<&'v Id> {
        Some(self.whole.actions[self.own.pressing?].item().id())
    }

    /// Returns the number of days by which the row is late. They are counted from the due date that determines the
    /// row's timing to the as-of day or, if the work has ended, to the day of its end. The number is negative before
    /// the due date.
    pub fn days_late(&self) -> Option<i64> {
        self.own.deciding.map(Lateness::days)
    }

    /// Returns the due date that determines the row's timing.
    pub fn deadline(&self) -> Option<Period> {
        self.own.deciding.map(|lateness| lateness.in_force)
    }

    /// Returns the row's own due date.
    pub fn own_deadline(&self) -> Option<Period> {
        self.own.lateness.map(|lateness| lateness.in_force)
    }

    /// Returns the sort key for urgency, the most urgent first: the priority, then the days late.
    pub fn need(&self) -> (usize, Reverse<Option<i64>>) {
        (self.view.plan.policy.rank(self.priority()), Reverse(self.days_late()))
    }

    /// Returns the meaning of the current timescale. Returns `None` for a rejected recommendation without a timescale.
    pub fn term(&self) -> Option<Term> {
        let timescale = self.own.timescale();
        (timescale.is_some() || !self.own.rejected).then(|| Term::of(timescale))
    }

    /// Checks whether the row is open and its due date is still to be agreed.
    pub fn has_no_date(&self) -> bool {
        self.own.timing == Some(Timing::Undated) && self.term() == Some(Term::ToBeAgreed)
    }

    /// Returns the ids of the overdue actions of a recommendation. The list is empty for an action.
    pub fn late_actions(&self) -> Vec<&'v Id> {
        let late = self.as_whole().into_iter().flat_map(RecommendationStanding::late_actions);
        late.map(|standing| standing.item().id()).collect()
    }
}
