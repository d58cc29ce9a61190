//! The rules of `[policy]`.

use super::Fields;
use crate::model::{Escalation, Keyword, Level, Policy, Rag, Rule, Signal};

const MOST_DAYS: u32 = 3660;
const MOST_EXTENSIONS: u32 = 1000;

pub fn policy(fields: &mut Fields<'_>) -> Policy {
    let usual = Policy::default();
    Policy {
        due_soon_days: fields.number("due_soon_days", 0..=MOST_DAYS).unwrap_or(usual.due_soon_days),
        grace_days: fields.number("grace_days", 0..=MOST_DAYS).unwrap_or(usual.grace_days),
        serial_extensions: fields
            .number("serial_extensions", 1..=MOST_EXTENSIONS)
            .unwrap_or(usual.serial_extensions),
        priorities: fields.texts("priorities").unwrap_or(usual.priorities),
        completion_needs_evidence: fields
            .truth("completion_needs_evidence")
            .unwrap_or(usual.completion_needs_evidence),
        future_entries: fields.truth("future_entries").unwrap_or(usual.future_entries),
        closure_needs_verification: fields
            .truth("closure_needs_verification")
            .unwrap_or(usual.closure_needs_verification),
        fail_on: fields.text("fail_on"),
        extensions_need_decision: fields
            .truth("extensions_need_decision")
            .unwrap_or(usual.extensions_need_decision),
        lints: fields.table("lints", "`[policy.lints]`", levels).unwrap_or_default(),
        escalate: fields.table("escalate", "`[policy.escalate]`", escalation),
        rag: fields.table("rag", "`[policy.rag]`", rag),
    }
}

/// The levels of `[policy.lints]`, by the names of the rules that may be set.
fn levels(fields: &mut Fields<'_>) -> Vec<(Rule, Level)> {
    let mut levels = Vec::new();
    for rule in Rule::ALL {
        let name = rule.word();
        if rule.can_be_set() {
            levels.extend(fields.word_of("level", name).map(|level| (*rule, level)));
        } else {
            fields.refuse(name, "it is not a lint: its level is always the same");
        }
    }
    levels
}

/// What is brought before the committee, of `[policy.escalate]`.
fn escalation(fields: &mut Fields<'_>) -> Escalation {
    if !fields.has("days_late") && !fields.has("times_extended") {
        fields.incomplete(
            "`[policy.escalate]` does not say when",
            "needs `days_late` or `times_extended`",
            "add `days_late = 90`, `times_extended = 2`, or both",
        );
    }
    Escalation {
        days_late: fields.number("days_late", 1..=MOST_DAYS),
        times_extended: fields.number("times_extended", 1..=MOST_EXTENSIONS),
        priority: fields.text("priority"),
    }
}

/// What the colours mean, of `[policy.rag]`.
fn rag(fields: &mut Fields<'_>) -> Rag {
    fields.require("red", "{ days_late = 1 }");
    let red = fields.table("red", "`red`", signal);
    let amber = fields.table("amber", "`amber`", signal);
    fields.refuse("green", "green is what is neither red nor amber, and what is complete");
    Rag { red: red.unwrap_or_default(), amber: amber.unwrap_or_default() }
}

fn signal(fields: &mut Fields<'_>) -> Signal {
    if fields.is_empty() {
        fields.incomplete(
            format!("{} does not say what it means", fields.name),
            "needs a limit",
            "add `days_late`, `days_left`, `percent_done_below` or `outlook`",
        );
    }
    Signal {
        days_late: fields.number("days_late", 1..=MOST_DAYS),
        days_left: fields.number("days_left", 0..=MOST_DAYS),
        percent_done_below: fields.number("percent_done_below", 1..=100),
        outlook: fields.word("outlook"),
    }
}
