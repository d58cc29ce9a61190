//! The colour and the escalation of a recommendation, by the rules in the policy of its plan.

use std::fmt;

use super::{Colour, Plan, RecommendationStanding, Signal, Standing, Status, text::counted};

/// A reason why a recommendation is escalated.
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

impl Plan {
    /// Returns the colour of a recommendation with this standing. Returns `None` if the plan has no rule for colours,
    /// or if the recommendation was rejected, superseded or abandoned.
    pub fn colour(&self, standing: &RecommendationStanding) -> Option<Colour> {
        let rule = self.policy.rag.as_ref()?;
        let is_complete = standing.own.status == Status::Complete;
        match () {
            () if standing.own.rejected => None,
            () if is_complete => Some(Colour::Green),
            () if !standing.own.is_open() => None,
            () if rule.red.is_given(standing) => Some(Colour::Red),
            () if rule.amber.is_given(standing) => Some(Colour::Amber),
            () => Some(Colour::Green),
        }
    }

    /// Returns the reasons why a recommendation with this standing is escalated to the committee. The list is empty if
    /// the recommendation is not escalated.
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

/// Returns the number of extensions of the recommendation, or of its most often extended open action if that number is
/// higher.
fn times_extended(standing: &RecommendationStanding) -> usize {
    let unended = standing.actions.iter().filter(|action| !action.status.has_ended());
    let most = unended.map(Standing::extensions).max();
    most.unwrap_or(0).max(standing.own.extensions())
}

impl Signal {
    fn is_given(&self, standing: &RecommendationStanding) -> bool {
        let late = standing.days_overdue();
        let left = standing.own.deciding.map(|lateness| -lateness.days());
        let left = left.filter(|_| late.is_none());
        let days = |limit: Option<u32>| limit.map(i64::from);
        days(self.days_late).is_some_and(|least| late.is_some_and(|late| late >= least))
            || days(self.days_left).is_some_and(|most| left.is_some_and(|left| left <= most))
            || self.percent_done_below.is_some_and(|limit| standing.percent_done() < limit)
            || self.outlook.is_some_and(|best| standing.own.outlook >= Some(best))
    }
}
