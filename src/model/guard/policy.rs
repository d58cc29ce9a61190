//! A plan's own policy in two versions: what it lets pass that it did not.

use super::Guard;
use crate::model::{Finding, Level, Place, Policy, Rule, Word};

impl Guard {
    /// What is weighed less, or not at all, from now on.
    pub fn policy(&mut self, earlier: &Policy<'_>, present: &Policy<'_>) {
        let place = |key| Place::default().key("policy").key(key);
        let mut loosened = |place: Place, what: String| {
            self.found.push(
                Finding::new(Rule::PolicyLoosened, place, what)
                    .label("lets more pass than before")
                    .help("say so in the change's description; the earlier levels hold until this is merged"),
            );
        };
        for rule in Rule::ALL.iter().filter(|rule| rule.can_be_set()) {
            let (old, new) = (earlier.level(*rule), present.level(*rule));
            if new < old {
                let what = format!("`{}` was {} and is {}", rule.word(), level(old), level(new));
                loosened(place("lints").key(rule.word()), what);
            }
        }
        // Each with the value that lets less pass.
        let truths = [
            (
                "completion_needs_evidence",
                true,
                earlier.completion_needs_evidence,
                present.completion_needs_evidence,
            ),
            (
                "closure_needs_verification",
                true,
                earlier.closure_needs_verification,
                present.closure_needs_verification,
            ),
            (
                "future_entries",
                false,
                earlier.future_entries,
                present.future_entries,
            ),
        ];
        for (key, strict, old, new) in truths {
            if old == strict && new != strict {
                loosened(place(key), format!("`{key}` was {old} and is {new}"));
            }
        }
        let numbers = [
            ("grace_days", earlier.grace_days, present.grace_days),
            (
                "serial_extensions",
                earlier.serial_extensions,
                present.serial_extensions,
            ),
        ];
        for (key, old, new) in numbers {
            if new > old {
                loosened(place(key), format!("`{key}` was {old} and is {new}"));
            }
        }
        let least = |policy: &Policy<'_>| match policy.fail_on.as_deref() {
            None => usize::MAX,
            Some(least) => policy.rank(Some(least)),
        };
        if least(present) < least(earlier) {
            let shown = |policy: &Policy<'_>| {
                policy
                    .fail_on
                    .as_deref()
                    .map_or("any work".to_owned(), |least| format!("`{least}`"))
            };
            loosened(
                place("fail_on"),
                format!(
                    "`overdue` failed on {} and now fails on {} alone",
                    shown(earlier),
                    shown(present)
                ),
            );
        }
    }
}

fn level(level: Level) -> String {
    match level {
        Level::Off => "off".to_owned(),
        Level::Warning => "a warning".to_owned(),
        Level::Error => "an error".to_owned(),
    }
}
