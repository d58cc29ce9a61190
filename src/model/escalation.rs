//! The rule by which a plan escalates open recommendations to the committee.

use std::fmt;

use super::{
    KeyValue, ReadTable,
    keys::{self, MOST_DAYS, MOST_EXTENSIONS, freely, record},
    text::{counted, either},
};

record! {
    /// The limits for escalation. An open recommendation that reaches any of the limits is escalated if its priority is
    /// high enough.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Escalation as "`[policy.escalate]`" checked by says_when {
        /// Escalate work that is this many days overdue, or more.
        pub days_late: Option<u32> = freely("Days overdue").within(1, MOST_DAYS),
        /// Escalate work with a due date (its own or an open action's) extended this many times, or more.
        pub times_extended: Option<u32> = freely("Times extended").within(1, MOST_EXTENSIONS),
        /// Escalate only this priority and higher ones.
        pub priority: Option<String> = freely("Priority"),
    }
}

keys::one_table!(Escalation, |rule| Some(KeyValue::Text(rule.to_string().into())));

fn says_when(table: &mut impl ReadTable) {
    if !table.has_one_of(&["days_late", "times_extended"]) {
        table.incomplete(
            "`[policy.escalate]` has no limit".to_owned(),
            "needs `days_late` or `times_extended`",
            "add `days_late = 90`, `times_extended = 2`, or both",
        );
    }
}

/// Formats the limits as the end of a sentence: `30 days or more overdue, of priority “high” or higher`.
impl fmt::Display for Escalation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let late =
            self.days_late.map(|days| format!("{} or more overdue", counted(days, "day", "days")));
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

/// Checks whether the limit `old` was removed, or was replaced by a less strict limit `new`. The function `lets_pass`
/// gets both limits, first `old` and then `new`, and returns true if `new` is less strict.
pub(super) fn is_looser<T>(old: Option<T>, new: Option<T>, lets_pass: fn(T, T) -> bool) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => lets_pass(old, new),
        (Some(_), None) => true,
        (None, _) => false,
    }
}
