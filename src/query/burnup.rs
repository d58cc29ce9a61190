//! How much there was to do, and what became of it, on many days.

use std::{collections::BTreeSet, iter::Sum};

use chrono::Days;

use super::{Progress, View};
use crate::model::{Dated, Day, Plan, days_between};

/// How many recommendations there were on a day, and what had become of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub total: usize,
    pub complete: usize,
    pub open: usize,
    /// Of the open ones.
    pub overdue: usize,
}

impl Tally {
    /// The tally of a plan on a day.
    pub fn of(plan: Plan, day: Day) -> Self {
        let mut tally = Self::default();
        // Before it is published, a plan has no recommendations.
        if plan.date > day {
            return tally;
        }
        for row in View::new(plan, day, 0, None).recommendations() {
            tally.total += 1;
            tally.complete += usize::from(row.progress() == Progress::Complete);
            tally.open += usize::from(row.is_open());
            tally.overdue += usize::from(row.is_overdue());
        }
        tally
    }

    /// Superseded, not pursued or rejected.
    pub fn ended(&self) -> usize {
        self.total - self.complete - self.open
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |one, other| Self {
            total: one.total + other.total,
            complete: one.complete + other.complete,
            open: one.open + other.open,
            overdue: one.overdue + other.overdue,
        })
    }
}

/// The tally of a day; `None` where nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub day: Day,
    /// The version that says it, by its commit.
    pub commit: Option<String>,
    pub tally: Option<Tally>,
}

/// As many days of a period as a chart has columns, the first and the last among them. Of a short period a day comes
/// several times.
pub fn sampled_days(from: Day, to: Day, columns: usize) -> Vec<Day> {
    let span = u64::try_from(days_between(from, to)).unwrap_or(0);
    let last = columns.saturating_sub(1).max(1) as u64;
    let day = |column: u64| from + Days::new((column * span * 2 + last) / (last * 2));
    (0..columns as u64).map(day).collect()
}

/// The days of a period on which something of a plan may change by its own dates, the first and the last among them.
pub fn days_of_entries(plan: &Plan, from: Day, to: Day) -> BTreeSet<Day> {
    let mut days = BTreeSet::from([from, to]);
    let grace = Days::new(u64::from(plan.policy.grace_days) + 1);
    for recommendation in &plan.recommendations {
        days.extend([recommendation.date, recommendation.response_on].into_iter().flatten());
    }
    for work in plan.items() {
        let revised = work.revisions().iter().map(|revision| &revision.to);
        let deadlines = work.own_timescale().into_iter().chain(revised);
        let deadlines = deadlines.filter_map(|timescale| timescale.term.deadline());
        days.extend(deadlines.map(|deadline| deadline.last_day() + grace));
        days.extend(work.progress().iter().map(Dated::on));
        days.extend(work.revisions().iter().map(Dated::on));
        days.extend(work.verification().iter().map(Dated::on));
    }
    days.retain(|day| (from..=to).contains(day));
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
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
