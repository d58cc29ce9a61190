//! Counts recommendations by their state on given days.

use std::{collections::BTreeSet, ops::Add, sync::Arc};

use chrono::Days;

use crate::model::{
    Dated, Day, KeyValue, Plan, Recommendation, Standing, Status, Term, Timing, days_between,
};

/// The numbers of recommendations on a day, by their state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub total: usize,
    pub complete: usize,
    pub open: usize,
    /// The number of overdue recommendations, which are a part of the open ones.
    pub overdue: usize,
}

impl Tally {
    /// Returns the counts of a plan on each of the `days`, which must be sorted.
    pub fn on_days(plan: &Plan, days: &[Day]) -> Vec<Self> {
        let mut tallies = vec![Self::default(); days.len()];
        for (index, recommendation) in plan.recommendations.iter().enumerate() {
            let mut changes = days_of_changes(plan, recommendation);
            changes.sort_unstable();
            let mut known = None;
            for (day, tally) in days.iter().zip(&mut tallies) {
                // A recommendation is not counted before the day on which it was made, or before the plan was
                // published.
                if plan.date > *day || recommendation.item().is_later_than(*day) {
                    continue;
                }
                let passed = changes.partition_point(|change| change <= day);
                let one = match known {
                    Some((before, one)) if before == passed => one,
                    _ => Self::of(&plan.standing_on_for(*day, index).own),
                };
                known = Some((passed, one));
                *tally = *tally + one;
            }
        }
        tallies
    }

    /// Returns the counts of a single recommendation, each 0 or 1.
    fn of(standing: &Standing) -> Self {
        let is_complete = !standing.rejected && standing.status == Status::Complete;
        Self {
            total: 1,
            complete: is_complete.into(),
            open: standing.is_open().into(),
            overdue: (standing.timing == Some(Timing::Overdue)).into(),
        }
    }

    /// Returns the number of superseded, abandoned and rejected recommendations.
    pub fn ended(&self) -> usize {
        self.total - self.complete - self.open
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            total: self.total + other.total,
            complete: self.complete + other.complete,
            open: self.open + other.open,
            overdue: self.overdue + other.overdue,
        }
    }
}

/// A day with its counts. The counts are `None` if git has no version of the plan for this day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub day: Day,
    /// The short name of the commit from which the counts come.
    pub commit: Option<String>,
    pub tally: Option<Tally>,
}

/// Returns a day for each column of a chart, evenly spaced from the day `from` to the day `to`. In a short period, days
/// are repeated.
pub fn sampled_days(from: Day, to: Day, columns: usize) -> Vec<Day> {
    let span = u64::try_from(days_between(from, to)).unwrap_or(0);
    let last = columns.saturating_sub(1).max(1) as u64;
    let day = |column: u64| from + Days::new((column * span * 2 + last) / (last * 2));
    (0..columns as u64).map(day).collect()
}

/// Returns the first and the last day of a period, and the days between them on which the counts of recommendations may
/// change.
pub fn days_of_entries(plan: &Plan, from: Day, to: Day) -> BTreeSet<Day> {
    let of_recommendation =
        |recommendation: &Arc<Recommendation>| days_of_changes(plan, recommendation);
    let days = plan.recommendations.iter().flat_map(of_recommendation);
    days.chain([from, to]).filter(|day| (from..=to).contains(day)).collect()
}

/// Returns the days on which the state of a recommendation may change, such as the dates of its entries.
fn days_of_changes(plan: &Plan, recommendation: &Recommendation) -> Vec<Day> {
    let grace = Days::new(u64::from(plan.policy.grace_days) + 1);
    let mut days = Vec::new();
    days.extend(recommendation.response_on);
    for item in recommendation.items() {
        days.extend(item.date());
        let revised = item.revisions().iter().map(|revision| revision.to.term);
        // The old timescale applies until the day of its amendment, so the state may also change on the old due date.
        let amended = item.amendments().iter().filter_map(|amendment| {
            match amendment.key.0.read(amendment.was.as_deref()?)? {
                KeyValue::Timescale(was) => Some(was.term),
                _ => None,
            }
        });
        let published = item.own_timescale().map(|timescale| timescale.term);
        let terms = published.into_iter().chain(revised).chain(amended);
        days.extend(terms.filter_map(|term| match term {
            Term::InPlaceSince(since) => Some(since.first_day()),
            term => Some(term.deadline()?.last_day() + grace),
        }));
        days.extend(item.lists().into_iter().flat_map(|(_, entries)| entries).map(Dated::on));
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::Reader;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_recommendation_that_is_not_looked_at_anew_counts_as_one_that_is() {
        let text = include_str!("../../tests/cases/model/a_plan_of_every_feature.in/plan.toml");
        let plan = Reader::default().decode(text).map(|read| read.plan).ok().unwrap();
        let (from, to) = (day("2002-12-01"), day("2005-12-31"));
        let days = sampled_days(from, to, days_between(from, to) as usize + 1);
        let alone: Vec<Tally> = days.iter().map(|day| Tally::on_days(&plan, &[*day])[0]).collect();
        assert!(alone.windows(2).filter(|pair| pair[0] != pair[1]).count() > 5);
        assert_eq!(Tally::on_days(&plan, &days), alone);
    }

    #[test]
    fn the_due_date_of_a_timescale_that_was_amended_away_changes_the_count_of_its_day() {
        let text = "[plan]\ntitle = \"P\"\ndate = 2003-05-08\n\n[[recommendation]]\nid = \"1\"\ntext = \"Act.\"\n\
            timescale = \"June 2005\"\n\
            amendments = [{ on = 2004-01-10, key = \"timescale\", was = \"June 2003\", reason = \"Slip\" }]\n";
        let plan = Reader::default().decode(text).map(|read| read.plan).ok().unwrap();
        let days = ["2003-06-30", "2003-07-01", "2004-01-09", "2004-01-10", "2005-07-01"].map(day);
        let overdue: Vec<usize> =
            Tally::on_days(&plan, &days).iter().map(|tally| tally.overdue).collect();
        assert_eq!(overdue, [0, 1, 1, 0, 1]);
    }

    #[test]
    fn a_chart_shows_the_first_and_the_last_day_and_as_many_between_as_it_has_columns() {
        let (from, to) = (day("2003-05-08"), day("2004-05-08"));
        let days = sampled_days(from, to, 70);
        assert_eq!((days[0], days[69], days.len()), (from, to, 70));
        assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
        let short = sampled_days(from, day("2003-05-10"), 9);
        assert_eq!(short[0], from);
        assert_eq!(short[4], day("2003-05-09"));
        assert_eq!(short[8], day("2003-05-10"));
        assert_eq!(sampled_days(from, from, 3), [from; 3]);
        assert_eq!(sampled_days(from, to, 1), [from]);
    }
}
