//! Amendments: what they let pass, and what they may not say.

use super::{Finding, HistoryRules, beginning, compared};
use crate::{
    model::{Amendment, Class, KeyValue, Keyword as _, Rule, Severity, to_single_line},
    plan_diff::{Difference, KeyChange, amendment_of, words},
};

impl HistoryRules<'_> {
    /// The findings on a value that was changed together with a new amendment that keeps what it was.
    pub(super) fn amended(
        &self,
        difference: &Difference,
        change: &KeyChange,
    ) -> Option<Vec<Finding>> {
        let (item, name) = (&difference.item, change.key.name());
        let [earlier, present] = self.items(difference)?;
        let amendment = amendment_of(name, earlier, present)?;
        let title = match &change.new {
            Some(now) => format!("the {name} of {item} is now “{}”", beginning(&now.words())),
            None => format!("the {name} of {item} is gone"),
        };
        let finding =
            compared(difference, Rule::Amended, title, "was this").label("amended").help(format!(
                "nothing need be done: it was amended because “{}”",
                beginning(&amendment.reason)
            ));
        let is_published = change.key.class() == Class::Published;
        let severity = if is_published { finding.severity } else { Severity::Note };
        let moved = match &change.new {
            Some(KeyValue::Timescale(now)) => {
                self.moved(difference, difference.present.clone(), now, None)
            }
            _ => None,
        };
        Some([Finding { severity, ..finding }].into_iter().chain(moved).collect())
    }

    /// The finding on a new amendment that keeps what was not so, or that changes nothing.
    pub(super) fn amendment(&self, difference: &Difference, new: &Amendment) -> Option<Finding> {
        let [earlier, present] = self.items(difference)?;
        let (key, name, item) = (new.key.0, new.key.word(), &difference.item);
        let was = new.was.as_deref().map(to_single_line);
        let [before, now] = [earlier, present].map(|item| words(item.value(key)));
        let title = match &was {
            _ if was == now => format!("an amendment of the {name} of {item} changes nothing"),
            Some(was) if before == now => {
                format!("an amendment says that the {name} of {item} was “{}”", beginning(was))
            }
            None if before == now => format!("an amendment says that {item} had no {name}"),
            _ => return None,
        };
        let finding = Finding::new(Rule::Amended, difference.present.key("was"), title);
        Some(finding.label("the value is as it was before").help("take the amendment out"))
    }
}
