//! History rules about the policy of a plan. They report settings that became less strict.

use super::{Finding, HistoryRules, compared};
use crate::{
    model::{KeyValue, Level, Policy, Rule},
    plan_diff::{ChangedKey, Difference, KeyChange},
};

impl HistoryRules<'_> {
    /// Returns the finding about a setting of the policy that became less strict.
    pub(super) fn policy(&self, difference: &Difference, change: &KeyChange) -> Option<Finding> {
        let KeyChange { key, old, new, .. } = change;
        let (earlier, present) = (&self.earlier.policy, &self.present.policy);
        let title = match (key, key.name(), old, new) {
            (ChangedKey::Lint(rule), name, ..) => {
                let (old, new) = (earlier.level(*rule), present.level(*rule));
                let title = format!("`{name}` was {} and is now {}", level(old), level(new));
                (new < old).then_some(title)
            }
            (_, "priorities", ..) => return self.priorities(difference),
            (_, "fail_on", ..) => fails_on_less(earlier, present),
            (_, "escalate", ..) => escalates_less(earlier, present),
            (_, "rag", ..) => means_less(earlier, present),
            (_, "max_days", ..) => allows_more(earlier, present),
            (_, name, Some(old), Some(new)) if is_looser(name, old, new) => {
                Some(format!("`{name}` was {} and is now {}", old.words(), new.words()))
            }
            _ => None,
        };
        Some(
            Finding::new(Rule::PolicyLoosened, difference.present.clone(), title?)
                .label("less strict than before")
                .help("explain the change in the commit message; the earlier levels apply until the change is merged"),
        )
    }

    /// Returns the finding about priorities of the policy that were removed or reordered.
    fn priorities(&self, difference: &Difference) -> Option<Finding> {
        let (old, new) = (&self.earlier.policy.priorities, &self.present.policy.priorities);
        let stay = new.iter().filter(|priority| old.contains(priority));
        if old.iter().eq(stay) {
            return None;
        }
        let title =
            format!("the priorities were {} and are now {}", old.join(", "), new.join(", "));
        let finding = compared(difference, Rule::FieldChanged, title, "the earlier value")
            .label("the priorities of recommendations now mean something else")
            .help("keep the old priorities in their order; new priorities may be added");
        Some(finding)
    }
}

/// Returns the title of a finding if `plan overdue` now fails for fewer items than before.
fn fails_on_less(earlier: &Policy, present: &Policy) -> Option<String> {
    let least = |policy: &Policy| policy.lowest_rank(policy.fail_on.as_deref());
    let shown = |policy: &Policy| match &policy.fail_on {
        None => "not set".to_owned(),
        Some(least) => format!("`{least}`"),
    };
    let (old, new) = (shown(earlier), shown(present));
    (least(present) < least(earlier)).then(|| format!("`fail_on` was {old} and is now {new}"))
}

/// Returns the title of a finding if fewer items are escalated than before.
fn escalates_less(earlier: &Policy, present: &Policy) -> Option<String> {
    let old = earlier.escalate.as_ref()?;
    let new = present.escalate.as_ref();
    let is_looser = new.is_none_or(|new| new.is_looser(present, (old, earlier)));
    let now = new.map_or("nothing".to_owned(), |new| format!("work {new}"));
    is_looser.then(|| format!("the plan escalated work {old}; now the plan escalates {now}"))
}

/// Returns the title of a finding if fewer items are red or amber than before.
fn means_less(earlier: &Policy, present: &Policy) -> Option<String> {
    let (old, new) = (earlier.rag.as_ref()?, present.rag.as_ref());
    let is_looser = new.is_none_or(|new| new.is_looser(old));
    let now = new.map_or("The rule was removed.".to_owned(), |new| format!("It is now: {new}"));
    is_looser.then(|| format!("the rule for colours was: {old} {now}"))
}

/// Returns the title of a finding if the policy now allows more days for a priority than before.
fn allows_more(earlier: &Policy, present: &Policy) -> Option<String> {
    let (old, new) = (&earlier.max_days, &present.max_days);
    let now = if new.0.is_empty() { "not set".to_owned() } else { new.to_string() };
    new.is_looser(old).then(|| format!("`max_days` was {old} and is now {now}"))
}

/// Checks whether the new value of a setting is less strict than the old one.
fn is_looser(key: &str, old: &KeyValue<'_>, new: &KeyValue<'_>) -> bool {
    match (key, old, new) {
        ("future_entries", KeyValue::Truth(old), KeyValue::Truth(new)) => !old && *new,
        (_, KeyValue::Truth(old), KeyValue::Truth(new)) => *old && !new,
        ("grace_days" | "serial_extensions", KeyValue::Number(old), KeyValue::Number(new)) => {
            new > old
        }
        _ => false,
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "off",
        Level::Warning => "a warning",
        Level::Error => "an error",
    }
}
