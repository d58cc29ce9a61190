//! The plan's own policy in two versions.

use super::{Both, ChangeKind, Comparison, Item, Setting};
use crate::{
    key_path::KeyPath,
    model::{Keyword, Policy, Rule},
};

impl Comparison {
    pub(super) fn policy(&mut self, earlier: &Policy, present: &Policy) {
        let place = KeyPath::policy("lints");
        let both = Both::new(Item::Plan, place.clone(), place);
        for rule in Rule::ALL.iter().copied().filter(|rule| rule.can_be_set()) {
            let levels = (&earlier.level(rule), &present.level(rule));
            self.value(&both, rule.word(), levels, |old, new| ChangeKind::Level { rule, old, new });
        }
        let place = KeyPath::top().key("policy");
        let both = Both::new(Item::Plan, place.clone(), place);
        for ((key, old), (_, new)) in settings(earlier).iter().zip(&settings(present)) {
            self.value(&both, key, (old, new), |old, new| ChangeKind::Setting { key, old, new });
        }
        let priorities = (&earlier.priorities, &present.priorities);
        self.value(&both, "priorities", priorities, |old, new| ChangeKind::Priorities { old, new });
        let fail_on = (&earlier.fail_on, &present.fail_on);
        self.value(&both, "fail_on", fail_on, |old, new| ChangeKind::FailOn { old, new });
        let escalate = (&earlier.escalate, &present.escalate);
        self.value(&both, "escalate", escalate, |old, new| ChangeKind::Escalation { old, new });
        let rag = (&earlier.rag, &present.rag);
        self.value(&both, "rag", rag, |old, new| ChangeKind::Rag { old, new });
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
