//! The plan's own policy in two versions.

use super::{Comparison, Item, Setting, What};
use crate::{
    checks::Place,
    model::{Policy, Rule, Word},
};

impl Comparison {
    pub(super) fn policy(&mut self, earlier: &Policy, present: &Policy) {
        for rule in Rule::ALL.iter().copied().filter(|rule| rule.can_be_set()) {
            let (old, new) = (earlier.level(rule), present.level(rule));
            if old != new {
                let place = Place::policy("lints").key(rule.word());
                self.add(&Item::Plan, (place.clone(), place), What::Level { rule, old, new });
            }
        }
        for ((key, old), (_, new)) in settings(earlier).into_iter().zip(settings(present)) {
            if old != new {
                let place = Place::policy(key);
                self.add(&Item::Plan, (place.clone(), place), What::Setting { key, old, new });
            }
        }
        if earlier.priorities != present.priorities {
            let place = Place::policy("priorities");
            let (old, new) = (earlier.priorities.clone(), present.priorities.clone());
            self.add(&Item::Plan, (place.clone(), place), What::Priorities { old, new });
        }
        if earlier.fail_on != present.fail_on {
            let place = Place::policy("fail_on");
            let what = What::FailOn { old: earlier.fail_on.clone(), new: present.fail_on.clone() };
            self.add(&Item::Plan, (place.clone(), place), what);
        }
        if earlier.escalate != present.escalate {
            let place = Place::policy("escalate");
            let (old, new) = (earlier.escalate.clone(), present.escalate.clone());
            self.add(&Item::Plan, (place.clone(), place), What::Escalation { old, new });
        }
        if earlier.rag != present.rag {
            let place = Place::policy("rag");
            let (old, new) = (earlier.rag.clone(), present.rag.clone());
            self.add(&Item::Plan, (place.clone(), place), What::Rag { old, new });
        }
    }
}

fn settings(policy: &Policy) -> [(&'static str, Setting); 7] {
    [
        ("completion_needs_evidence", Setting::Truth(policy.completion_needs_evidence)),
        ("closure_needs_verification", Setting::Truth(policy.closure_needs_verification)),
        ("extensions_need_decision", Setting::Truth(policy.extensions_need_decision)),
        ("future_entries", Setting::Truth(policy.future_entries)),
        ("grace_days", Setting::Number(policy.grace_days)),
        ("serial_extensions", Setting::Number(policy.serial_extensions)),
        ("due_soon_days", Setting::Number(policy.due_soon_days)),
    ]
}
