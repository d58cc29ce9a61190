//! The policy of a plan: the plan's own settings, such as its priorities and the levels of rules.

use std::fmt;

use super::{
    Escalation, KeyValue, Level, Rag, ReadTable, Rule, Shape,
    escalation::is_looser,
    keys::{self, FieldType, MOST_DAYS, MOST_EXTENSIONS, freely, record},
    one_of,
    text::counted,
    word_meant,
};

record! {
    /// The plan's own settings.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Policy as "`[policy]`" {
        /// Work due within this many days is due soon.
        pub due_soon_days: u32 [else 30] = freely("Due soon").within(0, MOST_DAYS),
        /// Work is overdue only after this many days past the due date.
        pub grace_days: u32 [else 0] = freely("Days of grace").within(0, MOST_DAYS),
        /// Warn from this many extensions of one due date.
        pub serial_extensions: u32 [else 3]
            = freely("Serial extensions").within(1, MOST_EXTENSIONS),
        /// The priorities of recommendations, highest first.
        pub priorities: Vec<String> [else usual_priorities()] = freely("Priorities"),
        /// Require evidence for complete work.
        pub completion_needs_evidence: bool = freely("Completion needs evidence"),
        /// Allow entries with a future date.
        pub future_entries: bool = freely("Future entries"),
        /// Require an independent verification to close a recommendation.
        pub closure_needs_verification: bool = freely("Closure needs verification"),
        /// The lowest priority that makes `plan overdue` fail. Without it, any priority does.
        pub fail_on: Option<String> = freely("Fails on"),
        /// Require a decision on every extension.
        pub extensions_need_decision: bool = freely("Extensions need a decision"),
        /// The most days from recommendation to due date, by priority.
        pub max_days: MaxDays = freely("Days allowed").within(1, MOST_DAYS),
        /// The levels of lints in this plan.
        pub lints: Vec<(Rule, Level)> = freely("Lints"),
        /// The rule for escalation. Without it, nothing is escalated.
        pub escalate: Option<Escalation> = freely("Escalated"),
        /// The rule for colours. Without it, there are no colours.
        pub rag: Option<Rag> = freely("Colours"),
    }
}

keys::one_table!(Policy, |_| None);

/// The maximum number of days between a recommendation and its due date, for each priority.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MaxDays(pub Vec<(String, u32)>);

impl MaxDays {
    /// Returns the maximum number of days for a priority, if there is a limit.
    pub fn of(&self, priority: &str) -> Option<u32> {
        self.0.iter().find(|(known, _)| known == priority).map(|(_, days)| *days)
    }

    /// Checks whether a limit in `old` was removed or raised.
    pub fn is_looser(&self, old: &Self) -> bool {
        old.0.iter().any(|(priority, days)| self.of(priority).is_none_or(|now| now > *days))
    }
}

/// Formats the limits as text: `high: 30 days, low: 90 days`.
impl fmt::Display for MaxDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limits = self
            .0
            .iter()
            .map(|(priority, days)| format!("{priority}: {}", counted(*days, "day", "days")));
        f.write_str(&limits.collect::<Vec<_>>().join(", "))
    }
}

impl FieldType for MaxDays {
    const SHAPE: Shape = Shape::Numbers;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(Self(table.numbers(at)))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        (!self.0.is_empty()).then(|| KeyValue::Text(self.to_string().into()))
    }
}

fn usual_priorities() -> Vec<String> {
    ["high", "medium", "low"].map(str::to_owned).to_vec()
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            due_soon_days: 30,
            priorities: usual_priorities(),
            completion_needs_evidence: false,
            future_entries: false,
            closure_needs_verification: false,
            fail_on: None,
            grace_days: 0,
            serial_extensions: 3,
            extensions_need_decision: false,
            max_days: MaxDays::default(),
            escalate: None,
            rag: None,
            lints: Vec::new(),
        }
    }
}

impl Policy {
    /// Returns the rank of a recommendation's priority. The highest priority has the rank 0. A recommendation without a
    /// priority ranks last.
    pub fn rank(&self, priority: Option<&str>) -> usize {
        self.priorities
            .iter()
            .position(|known| Some(known.as_str()) == priority)
            .unwrap_or(self.priorities.len())
    }

    /// Returns the rank of `least`, the lowest priority to which a rule applies. If `least` is `None`, the rule applies
    /// to all priorities, and the result is a number above all ranks.
    pub fn lowest_rank(&self, least: Option<&str>) -> usize {
        least.map_or(usize::MAX, |least| self.rank(Some(least)))
    }

    /// Returns the plan's priority that the user means by the text `typed`, in upper or lower case.
    pub fn priority_meant(&self, typed: &str) -> Option<&str> {
        word_meant(typed, self.priorities.iter().map(String::as_str))
    }

    /// Returns a help line about the unknown priority `priority`; `None` if the plan has this priority.
    pub fn unknown_priority(&self, priority: &str) -> Option<String> {
        let known = || self.priorities.iter().map(String::as_str);
        let is_known = known().any(|known| known == priority);
        (!is_known).then(|| one_of("priority", priority, known()))
    }

    /// Returns the level that the policy sets for `rule`, or else the default level of the rule. By default, missing
    /// evidence is an error if `completion_needs_evidence` is true.
    pub fn level(&self, rule: Rule) -> Level {
        let set = self.lints.iter().find(|(known, _)| *known == rule);
        match (set, rule) {
            (Some((_, level)), _) => *level,
            (None, Rule::CompleteWithoutEvidence) if self.completion_needs_evidence => Level::Error,
            (None, rule) => rule.usual_level(),
        }
    }
}

impl Escalation {
    /// Checks whether any limit is less strict than the same limit of an older rule. `policy` is the policy that
    /// contains this rule, and `old` holds the older rule and the policy that contains it. Each policy ranks the
    /// priorities.
    pub fn is_looser(&self, policy: &Policy, old: (&Self, &Policy)) -> bool {
        let least = |rule: &Self, policy: &Policy| policy.lowest_rank(rule.priority.as_deref());
        is_looser(old.0.days_late, self.days_late, |old, new| new > old)
            || is_looser(old.0.times_extended, self.times_extended, |old, new| new > old)
            || least(self, policy) < least(old.0, old.1)
    }
}
