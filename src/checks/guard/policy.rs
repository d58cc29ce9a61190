//! A policy that lets more pass than before.

use super::{Finding, Guard, Place};
use crate::{
    changes::{Difference, Setting, What},
    model::{Level, Policy, Rule, Word},
};

impl Guard<'_> {
    /// Whether less overdue work makes `overdue` fail than before.
    pub(super) fn fail_on(&self, place: &Place) -> Option<Finding> {
        let least = |policy: &Policy| match policy.fail_on.as_deref() {
            None => usize::MAX,
            Some(least) => policy.rank(Some(least)),
        };
        let shown = |policy: &Policy| match &policy.fail_on {
            None => "any work".to_owned(),
            Some(least) => format!("`{least}`"),
        };
        let (earlier, present) = (&self.earlier.policy, &self.present.policy);
        let (old, new) = (shown(earlier), shown(present));
        let title = format!("`overdue` failed on {old} and now fails on {new} alone");
        let is_looser = least(present) < least(earlier);
        is_looser.then(|| loosened(Finding::new(Rule::PolicyLoosened, place.clone(), title)))
    }
}

/// What there is to say of a changed policy.
pub fn policy(difference: &Difference) -> Option<Finding> {
    let finding = |rule, title: String| Finding::new(rule, difference.present.clone(), title);
    match &difference.what {
        What::Level { rule, old, new } if new < old => {
            let (old, new) = (level(*old), level(*new));
            let title = format!("`{}` was {old} and is {new}", rule.word());
            Some(loosened(finding(Rule::PolicyLoosened, title)))
        }
        What::Setting { key, old, new } if is_looser(key, *old, *new) => {
            let title = format!("`{key}` was {old} and is {new}");
            Some(loosened(finding(Rule::PolicyLoosened, title)))
        }
        What::Priorities { old, new } if !are_kept(old, new) => {
            let (old, new) = (old.join(", "), new.join(", "));
            let title = format!("the priorities were {old} and are {new}");
            let finding = finding(Rule::FieldChanged, title)
                .label("every recommendation's priority now means something else")
                .earlier(difference.earlier.clone(), "was this")
                .help("keep the old ones in their order; new ones may be added");
            Some(finding)
        }
        _ => None,
    }
}

/// Whether every old priority is still there, in the same order.
fn are_kept(old: &[String], new: &[String]) -> bool {
    let stay: Vec<&String> = new.iter().filter(|priority| old.contains(priority)).collect();
    old.iter().eq(stay)
}

fn loosened(finding: Finding) -> Finding {
    finding
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
