//! History rules about the policy, which find settings that became less strict.

use super::{Finding, HistoryRules, compared};
use crate::{
    model::{KeyValue, Level, Policy, Rule},
    plan_diff::{ChangedKey, Difference, KeyChange},
};

impl HistoryRules<'_> {
    /// Returns the finding about a changed setting of the policy.
    pub(super) fn policy(&self, difference: &Difference, change: &KeyChange) -> Option<Finding> {
        let KeyChange { key, old, new, .. } = change;
        let (earlier, present) = (&self.earlier.policy, &self.present.policy);
        let title = match (key, key.name(), old, new) {
            (ChangedKey::Lint(rule), name, ..) => {
                let (old, new) = (earlier.level(*rule), present.level(*rule));
                let title = format!("`{name}` was {} and is {}", level(old), level(new));
                (new < old).then_some(title)
            }
            (_, "priorities", ..) => return self.priorities(difference),
            (_, "fail_on", ..) => fails_on_less(earlier, present),
            (_, "escalate", ..) => escalates_less(earlier, present),
            (_, "rag", ..) => means_less(earlier, present),
            (_, "max_days", ..) => allows_more(earlier, present),
            (_, name, Some(old), Some(new)) if is_looser(name, old, new) => {
                Some(format!("`{name}` was {} and is {}", old.words(), new.words()))
            }
            _ => None,
        };
        Some(
            Finding::new(Rule::PolicyLoosened, difference.present.clone(), title?)
                .label("less strict than before")
                .help("say so in the change's description; the earlier levels hold until this is merged"),
        )
    }

    /// Returns the finding about priorities that were removed or reordered.
    fn priorities(&self, difference: &Difference) -> Option<Finding> {
        let (old, new) = (&self.earlier.policy.priorities, &self.present.policy.priorities);
        let stay = new.iter().filter(|priority| old.contains(priority));
        if old.iter().eq(stay) {
            return None;
        }
        let title = format!("the priorities were {} and are {}", old.join(", "), new.join(", "));
        let finding = compared(difference, Rule::FieldChanged, title, "the earlier value")
            .label("every recommendation's priority now means something else")
            .help("keep the old ones in their order; new ones may be added");
        Some(finding)
    }
}

/// Returns the title of the finding if fewer overdue items make `plan overdue` fail than before.
fn fails_on_less(earlier: &Policy, present: &Policy) -> Option<String> {
    let least = |policy: &Policy| policy.lowest_rank(policy.fail_on.as_deref());
    let shown = |policy: &Policy| match &policy.fail_on {
        None => "any work".to_owned(),
        Some(least) => format!("`{least}`"),
    };
    let (old, new) = (shown(earlier), shown(present));
    (least(present) < least(earlier))
        .then(|| format!("`overdue` failed on {old} and now fails on {new} alone"))
}

/// Returns the title of the finding if fewer items are escalated than before.
fn escalates_less(earlier: &Policy, present: &Policy) -> Option<String> {
    let old = earlier.escalate.as_ref()?;
    let new = present.escalate.as_ref();
    let is_looser = new.is_none_or(|new| new.is_looser(present, (old, earlier)));
    let now = new.map_or("nothing".to_owned(), ToString::to_string);
    is_looser.then(|| format!("what is {old} was escalated, and now {now}"))
}

/// Returns the title of the finding if fewer items are red or amber than before.
fn means_less(earlier: &Policy, present: &Policy) -> Option<String> {
    let (old, new) = (earlier.rag.as_ref()?, present.rag.as_ref());
    let is_looser = new.is_none_or(|new| new.is_looser(old));
    let now = new.map_or("there is no rule any more".to_owned(), |new| format!("now: {new}"));
    is_looser.then(|| format!("the colours meant: {old} {now}"))
}

/// Returns the title of the finding if items of a priority may take longer than before.
fn allows_more(earlier: &Policy, present: &Policy) -> Option<String> {
    let (old, new) = (&earlier.max_days, &present.max_days);
    let now =
        if new.0.is_empty() { "there is no limit any more".to_owned() } else { new.to_string() };
    new.is_looser(old).then(|| format!("work could take {old}; now {now}"))
}

/// Checks whether a setting became less strict.
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
