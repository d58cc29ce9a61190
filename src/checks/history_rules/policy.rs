//! A changed policy: whether it lets more pass than before.

use super::{Finding, HistoryRules, compared};
use crate::{
    model::{Keyword, Level, Policy, Rule},
    plan_diff::{ChangeKind, Difference, Setting},
};

impl HistoryRules<'_> {
    /// What there is to say of a changed policy.
    pub(super) fn policy(&self, difference: &Difference) -> Option<Finding> {
        match &difference.what {
            ChangeKind::Level { rule, old, new } if new < old => {
                let (old, new) = (level(*old), level(*new));
                Some(loosened(difference, format!("`{}` was {old} and is {new}", rule.word())))
            }
            ChangeKind::Setting { key, old, new } if is_looser(key, *old, *new) => {
                Some(loosened(difference, format!("`{key}` was {old} and is {new}")))
            }
            ChangeKind::Priorities { old, new } if !are_kept(old, new) => {
                let (old, new) = (old.join(", "), new.join(", "));
                let title = format!("the priorities were {old} and are {new}");
                let finding = compared(difference, Rule::FieldChanged, title, "was this")
                    .label("every recommendation's priority now means something else")
                    .help("keep the old ones in their order; new ones may be added");
                Some(finding)
            }
            ChangeKind::FailOn { .. } => self.fail_on(difference),
            ChangeKind::Escalation { .. } => self.escalation(difference),
            ChangeKind::Rag { old: Some(old), new } => {
                let is_looser = new.as_ref().is_none_or(|new| new.is_looser(old));
                let now = new
                    .as_ref()
                    .map_or("there is no rule any more".into(), |new| format!("now: {new}"));
                is_looser.then(|| loosened(difference, format!("the colours meant: {old} {now}")))
            }
            _ => None,
        }
    }

    /// Whether less overdue work makes `overdue` fail than before.
    fn fail_on(&self, difference: &Difference) -> Option<Finding> {
        let least = |policy: &Policy| policy.lowest_rank(policy.fail_on.as_deref());
        let shown = |policy: &Policy| match &policy.fail_on {
            None => "any work".to_owned(),
            Some(least) => format!("`{least}`"),
        };
        let (earlier, present) = (&self.earlier.policy, &self.present.policy);
        let (old, new) = (shown(earlier), shown(present));
        let title = format!("`overdue` failed on {old} and now fails on {new} alone");
        (least(present) < least(earlier)).then(|| loosened(difference, title))
    }

    /// Whether less is brought before the committee than before.
    fn escalation(&self, difference: &Difference) -> Option<Finding> {
        let (earlier, present) = (&self.earlier.policy, &self.present.policy);
        let old = earlier.escalate.as_ref()?;
        let new = present.escalate.as_ref();
        let is_looser = new.is_none_or(|new| new.is_looser(present, (old, earlier)));
        let now = new.map_or("nothing".to_owned(), ToString::to_string);
        is_looser
            .then(|| loosened(difference, format!("what is {old} was escalated, and now {now}")))
    }
}

/// Whether every old priority is still there, in the same order.
fn are_kept(old: &[String], new: &[String]) -> bool {
    let stay: Vec<&String> = new.iter().filter(|priority| old.contains(priority)).collect();
    old.iter().eq(stay)
}

fn loosened(difference: &Difference, title: String) -> Finding {
    Finding::new(Rule::PolicyLoosened, difference.present.clone(), title)
        .label("lets more pass than before")
        .help("say so in the change's description; the earlier levels hold until this is merged")
}

/// Whether a setting lets more pass than before.
fn is_looser(key: &str, old: Setting, new: Setting) -> bool {
    match (key, old, new) {
        ("future_entries", Setting::Truth(old), Setting::Truth(new)) => !old && new,
        (_, Setting::Truth(old), Setting::Truth(new)) => old && !new,
        ("grace_days" | "serial_extensions", Setting::Number(old), Setting::Number(new)) => {
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
