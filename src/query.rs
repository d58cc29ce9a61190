//! Answers questions about plans as of a day: lists, filters, order and counts. This module reads no files.

mod burnup;
mod counts;
mod escalations;
mod filter;
mod overdue_cause;
mod owner_work;
mod period_summary;
mod row;
mod timeline;

use std::cmp::Reverse;

use crate::model::{
    Day, Id, Key, Period, Plan, Recommendation, RecommendationStanding, Record, Timing, readings,
};
pub use burnup::{Point, Tally, days_of_entries, sampled_days};
pub use counts::{Counts, Group, GroupBy};
pub use filter::{Filter, Order, means, names};
pub use owner_work::OwnerWork;
pub use period_summary::{Event, Happened, PeriodSummary, period_summary};
pub use row::{Progress, Row};
pub use timeline::{Bar, Lane, Mark, MarkKind, MeetingMark, Stroke, StrokeKind, Timeline};

/// A plan as of a day, with the computed state of its recommendations.
pub struct View {
    /// The index of the plan in the portfolio.
    pub position: usize,
    /// The name of the plan, which precedes its ids if there are several plans.
    pub name: Option<String>,
    pub plan: Plan,
    pub as_of: Day,
    /// The computed state of each recommendation that was made on or before the as-of day.
    pub standings: Vec<RecommendationStanding>,
    /// The computed state of each recommendation that was made, or that got an action, after the as-of day.
    later: Vec<RecommendationStanding>,
}

/// One or several plans as of a day.
pub struct Portfolio {
    pub as_of: Day,
    pub views: Vec<View>,
}

impl View {
    /// Creates the view of a plan. `position` is the index of the plan in the portfolio; `name` is `None` if there is
    /// only one plan.
    pub fn new(plan: Plan, as_of: Day, position: usize, name: Option<String>) -> Self {
        let (standings, later) = (plan.standing_on(as_of), plan.made_later_than(as_of));
        Self { position, name, standings, later, plan, as_of }
    }

    /// Returns all recommendations that were made on or before the as-of day, in the plan's order.
    pub fn recommendations(&self) -> impl Iterator<Item = Row<'_>> {
        self.standings.iter().map(|recommendation| self.row(recommendation))
    }

    /// Returns an id as shown to the user. If there are several plans, the plan's name precedes the id.
    pub fn shown(&self, id: &Id) -> String {
        match &self.name {
            Some(plan) => format!("{plan}/{id}"),
            None => id.to_string(),
        }
    }

    fn row<'v>(&'v self, recommendation: &'v RecommendationStanding) -> Row<'v> {
        Row { view: self, whole: recommendation, own: &recommendation.own }
    }
}

impl Portfolio {
    /// Returns the plan if there is only one, and `None` if there are several plans.
    pub fn single(&self) -> Option<&View> {
        match self.views.as_slice() {
            [view] if view.name.is_none() => Some(view),
            _ => None,
        }
    }

    /// Returns all recommendations, in the order of the plans.
    pub fn recommendations(&self) -> impl Iterator<Item = Row<'_>> {
        self.views.iter().flat_map(View::recommendations)
    }

    /// Returns all actions, in the order of the plans.
    pub fn actions(&self) -> impl Iterator<Item = Row<'_>> {
        self.recommendations().flat_map(Row::actions)
    }

    /// Returns the items whose id is `name`. If no item has this id, returns the items that have `name` as another
    /// name. The name of a plan may come before the id, as in `hospital/5.1`.
    pub fn find(&self, name: &str) -> Vec<Row<'_>> {
        // The items made after the as-of day come last in each plan.
        let rows = self.views.iter().flat_map(|view| {
            let later = view.later.iter().flat_map(|found| view.row(found).all());
            view.recommendations().flat_map(Row::all).chain(later.filter(Row::is_later))
        });
        let rows: Vec<Row<'_>> = rows.collect();
        let with = |key: &Key, (plan, id): (Option<&str>, &str)| -> Vec<Row<'_>> {
            let is_meant = |row: &&Row<'_>| {
                let is_there = plan.is_none() || plan == row.view.name.as_deref();
                let value = row.item().value(key).filter(|_| is_there);
                value.is_some_and(|value| value.has(|text| text == id))
            };
            rows.iter().filter(is_meant).copied().collect()
        };
        let plans: Vec<&str> = self.views.iter().filter_map(|view| view.name.as_deref()).collect();
        let keys = Recommendation::KEYS.iter().filter(|key| key.is_name);
        let mut found = keys.flat_map(|key| readings(name, &plans).map(|read| with(key, read)));
        found.find(|rows| !rows.is_empty()).unwrap_or_default()
    }

    /// Returns all actions if `actions` is true, and else all recommendations, in the order of the plans.
    pub fn rows(&self, actions: bool) -> Vec<Row<'_>> {
        if actions { self.actions().collect() } else { self.recommendations().collect() }
    }

    /// Returns the open recommendations that are not overdue but at risk or off track, the worst first.
    pub fn at_risk(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<_> = self.recommendations().filter(Row::is_at_risk).collect();
        rows.sort_by_cached_key(|row| {
            (Reverse(row.own.outlook), row.deadline().map(Period::last_day))
        });
        rows
    }
}

/// Returns the overdue rows, the most urgent first. Actions of a recommendation that has ended are left out.
pub fn overdue(mut rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    rows.retain(|row| row.is_overdue() && row.whole.own.is_open());
    rows.sort_by_cached_key(Row::need);
    rows
}

/// Returns the open recommendations whose next review is due by the day `until`, the earliest review first.
pub fn to_review(mut rows: Vec<Row<'_>>, until: Day) -> Vec<Row<'_>> {
    let review = |row: &Row<'_>| row.open_review().map(Period::last_day);
    rows.retain(|row| review(row).is_some_and(|day| day <= until));
    rows.sort_by_cached_key(review);
    rows
}

/// Returns the open rows that are due by `until` and not yet overdue, the earliest due date first.
pub fn falling_due(mut rows: Vec<Row<'_>>, until: Day) -> Vec<Row<'_>> {
    let due = |row: &Row<'_>| row.deadline().map(Period::last_day);
    rows.retain(|row| {
        matches!(row.own.timing, Some(Timing::DueSoon | Timing::NotDue))
            && row.whole.own.is_open()
            && due(row).is_some_and(|day| day <= until)
    });
    rows.sort_by_cached_key(due);
    rows
}
