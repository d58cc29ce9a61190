//! Escalation: the plan's own rule about which open recommendations go to the committee.

use std::fmt;

use super::{
    KeyValue, Plan, Policy, ReadTable, RecommendationStanding, Standing,
    keys::{self, freely, record},
    policy::{MOST_DAYS, MOST_EXTENSIONS},
    text::{counted, either},
};

record! {
    /// The limits for escalation. An open item that reaches any limit is escalated if its priority is high enough.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Escalation as "`[policy.escalate]`" checked by says_when {
        /// Overdue by so many days or more.
        pub days_late: Option<u32> = freely("Days late").within(1, MOST_DAYS),
        /// Its deadline, or that of an action that has not ended, was moved so many times or more.
        pub times_extended: Option<u32> = freely("Times extended").within(1, MOST_EXTENSIONS),
        /// The lowest priority that is escalated; without it any work is.
        pub priority: Option<String> = freely("Priority"),
    }
}

keys::one_table!(Escalation, |rule| Some(KeyValue::Text(rule.to_string().into())));

fn says_when(table: &mut impl ReadTable) {
    if !table.has_one_of(&["days_late", "times_extended"]) {
        table.incomplete(
            "`[policy.escalate]` does not say when".to_owned(),
            "needs `days_late` or `times_extended`",
            "add `days_late = 90`, `times_extended = 2`, or both",
        );
    }
}

/// The reason why a recommendation is escalated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    DaysLate(i64),
    TimesExtended(usize),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DaysLate(days) => write!(f, "{} overdue", counted(*days, "day", "days")),
            Self::TimesExtended(times) => {
                write!(f, "extended {}", counted(*times, "time", "times"))
            }
        }
    }
}

/// Formats the rule as the end of a sentence: `30 days late or more, or extended 2 times or more, of priority “high” or
/// higher`.
impl fmt::Display for Escalation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let late = self.days_late.map(|days| format!("{} or more", Cause::DaysLate(days.into())));
        let extended = self
            .times_extended
            .map(|times| format!("extended {} or more", counted(times, "time", "times")));
        f.write_str(&either(late.into_iter().chain(extended)))?;
        match &self.priority {
            Some(least) => write!(f, ", of priority “{least}” or higher"),
            None => Ok(()),
        }
    }
}

impl Escalation {
    /// Checks whether this rule escalates fewer items than the rule `old`. Each rule comes with its policy, which ranks
    /// the priorities.
    pub fn is_looser(&self, policy: &Policy, old: (&Self, &Policy)) -> bool {
        let least = |rule: &Self, policy: &Policy| policy.lowest_rank(rule.priority.as_deref());
        is_looser(old.0.days_late, self.days_late, |old, new| new > old)
            || is_looser(old.0.times_extended, self.times_extended, |old, new| new > old)
            || least(self, policy) < least(old.0, old.1)
    }
}

/// Checks whether a limit was removed or relaxed; `lets_pass` compares the old limit with the new one.
pub(super) fn is_looser<T>(old: Option<T>, new: Option<T>, lets_pass: fn(T, T) -> bool) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => lets_pass(old, new),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

impl Plan {
    /// Returns the reasons why a recommendation with this standing is escalated to the committee; empty if it is not
    /// escalated.
    pub fn escalation(&self, standing: &RecommendationStanding) -> Vec<Cause> {
        let Some(rule) = self.policy.escalate.as_ref().filter(|_| standing.own.is_open()) else {
            return Vec::new();
        };
        let rank = self.policy.rank(standing.recommendation().priority.as_deref());
        if rank > self.policy.lowest_rank(rule.priority.as_deref()) {
            return Vec::new();
        }
        let late = standing
            .days_overdue()
            .filter(|days| rule.days_late.is_some_and(|least| *days >= i64::from(least)));
        let times = times_extended(standing);
        let extended = rule.times_extended.is_some_and(|least| times >= least as usize);
        let extended = extended.then_some(Cause::TimesExtended(times));
        late.map(Cause::DaysLate).into_iter().chain(extended).collect()
    }
}

/// Returns how many times the due date of the recommendation or of one of its open actions was moved: the maximum of
/// them.
fn times_extended(standing: &RecommendationStanding) -> usize {
    let unended = standing.actions.iter().filter(|action| !action.status.has_ended());
    let most = unended.map(Standing::extensions).max();
    most.unwrap_or(0).max(standing.own.extensions())
}
