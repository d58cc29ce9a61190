//! What became of recommendations in a period, by the dates of the plan's own entries.

use super::question::Which;
use crate::{
    model::{Day, Finish, RecommendationStanding, Revision, Status, days_between, seen_on},
    query::{Row, View},
};

/// How each recommendation of each plan stood when the period began.
pub struct Account {
    since: Day,
    before: Vec<Vec<RecommendationStanding>>,
}

impl Account {
    pub fn new(views: &[View], since: Day) -> Self {
        Self { since, before: views.iter().map(|view| view.plan.standing_on(since)).collect() }
    }

    /// Whether a recommendation belongs to a part of the account; `None` where `which` is no part of it.
    pub fn holds(&self, which: Which, row: &Row<'_>) -> Option<bool> {
        let before = &self.before[row.view.position][row.recommendation.index];
        let (was_open, is_open) = (before.is_open(), row.is_open());
        let is_new = row.view.plan.date > self.since;
        Some(match which {
            Which::OpenBefore => was_open && !is_new,
            Which::Added => is_new,
            Which::Reopened => !was_open && is_open && !is_new,
            Which::Closed => !is_open && (was_open || is_new),
            Which::Completed => {
                let finish =
                    matches!(row.finish(), Some(Finish::Reported(day)) if day > self.since);
                finish && row.recommendation.progress == Status::Complete && !row.is_rejected()
            }
            Which::Extended => self.revisions(row).next().is_some(),
            Which::NewlyOverdue => {
                let grace = i64::from(row.view.plan.policy.grace_days);
                let late = |deadline: Day| days_between(deadline, self.since) > grace;
                let deadline = row.deadline().map(|deadline| deadline.last_day());
                row.is_overdue() && deadline.is_some_and(|deadline| !late(deadline))
            }
            Which::Untouched => is_open && !self.was_touched(row),
            _ => return None,
        })
    }

    /// The revisions agreed in the period, with their numbers from 1.
    pub fn revisions<'v>(&self, row: &Row<'v>) -> impl Iterator<Item = (usize, &'v Revision)> {
        let since = self.since;
        let revisions = match row.action {
            Some(standing) => &standing.action().revisions,
            None => &row.recommendation.recommendation.revisions,
        };
        let agreed = seen_on(revisions, row.view.as_of).iter().enumerate();
        agreed.filter(move |(_, one)| one.on > since).map(|(index, one)| (index + 1, one))
    }

    fn was_touched(&self, row: &Row<'_>) -> bool {
        let recommendation = &row.recommendation.recommendation;
        let as_of = row.view.as_of;
        let verified = seen_on(&recommendation.verification, as_of).iter().map(|entry| entry.on);
        let entries = recommendation.entries_on(as_of).map(|entry| entry.on);
        let is_in_period = |on: Day| on > self.since;
        entries.chain(verified).any(is_in_period) || self.revisions(row).next().is_some()
    }
}
