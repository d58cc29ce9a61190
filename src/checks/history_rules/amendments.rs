//! History rules about amendments. An amendment is an entry that permits the change of a value and records the old
//! value.

use super::{Finding, HistoryRules, beginning, compared};
use crate::{
    model::{Amendment, Class, KeyValue, Rule, Severity, to_single_line},
    plan_diff::{Difference, Entry, KeyChange, amended_words, amendment_of, words},
};

impl HistoryRules<'_> {
    /// Returns the findings about a value that was changed by means of an amendment. Returns `None` if no new amendment
    /// records the old value.
    pub fn amended(&self, difference: &Difference, change: &KeyChange) -> Option<Vec<Finding>> {
        let (item, name) = (&difference.item, change.key.name());
        let [earlier, present] = self.items(difference)?;
        let amendment = amendment_of(name, earlier, present)?;
        let title = match &change.new {
            Some(now) => format!("the {name} of {item} is now “{}”", beginning(&now.words())),
            None => format!("the {name} of {item} was removed"),
        };
        let told = told(difference, title, amendment, change.key.class());
        let moved = match &change.new {
            Some(KeyValue::Timescale(now)) => {
                self.moved(difference, difference.present.clone(), now, None)
            }
            _ => None,
        };
        Some([told].into_iter().chain(moved).collect())
    }

    /// Returns the findings about an entry that was changed by means of amendments. Returns `None` if any changed value
    /// of the entry has no amendment.
    pub(super) fn entry_amended(
        &self,
        difference: &Difference,
        (old, new): (&Entry, &Entry),
        index: usize,
    ) -> Option<Vec<Finding>> {
        let [earlier, present] = self.items(difference)?;
        let kept = amended_words((old, new), index, earlier, present)?.into_iter();
        let found = kept.map(|(key, amendment)| {
            let (kind, on, item) = (old.kind(), old.on(), &difference.item);
            let now = new.values().into_iter().find(|(known, _)| *known == key);
            let now = match now.and_then(|(_, now)| now) {
                Some(now) => format!("is now “{}”", beginning(&now.words())),
                None => "was removed".to_owned(),
            };
            let title = format!("{item}: in the {kind} of {on}, the {key} {now}");
            told(difference, title, amendment, key.class)
        });
        Some(found.collect())
    }

    /// Returns the finding about a new amendment without effect: the value is the same as before.
    pub(super) fn amendment(&self, difference: &Difference, new: &Amendment) -> Option<Finding> {
        let [earlier, present] = self.items(difference)?;
        let (name, item) = (new.key.word(), &difference.item);
        let was = new.was.as_deref().map(to_single_line);
        let [before, now] = [earlier, present].map(|item| words(item.amendable(new.key)));
        let title = match &was {
            _ if was == now => format!("an amendment of the {name} of {item} changes nothing"),
            Some(was) if before == now => format!(
                "an amendment gives “{}” as the earlier {name} of {item}, but the {name} did not change",
                beginning(was)
            ),
            None if before == now => {
                format!(
                    "an amendment says that the {name} of {item} was added, but the {name} is the same as before"
                )
            }
            _ => return None,
        };
        let finding = Finding::new(Rule::Amended, difference.present.key("was"), title);
        Some(finding.label("the value did not change").help("delete the amendment"))
    }
}

/// Creates the finding that a value was changed by means of an amendment.
fn told(difference: &Difference, title: String, amendment: &Amendment, class: Class) -> Finding {
    let finding = compared(difference, Rule::Amended, title, "the earlier value");
    let finding = finding.label("amended").help(format!(
        "nothing needs to be done: the amendment gives the reason “{}”",
        beginning(&amendment.reason)
    ));
    let is_published = class == Class::Published;
    let severity = if is_published { finding.severity } else { Severity::Note };
    Finding { severity, ..finding }
}
