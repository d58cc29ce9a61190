//! History rules about management responses. A pending response may be given, but a given response must not change.

use super::{Finding, HistoryRules, OldAndNew, compared, entries::recorded_late};
use crate::{
    model::{Day, KeyValue, Rule},
    plan_diff::Difference,
};

impl HistoryRules<'_> {
    /// Returns the finding about a new response that has no date, or that is dated before an existing entry.
    pub(super) fn answered(
        &self,
        difference: &Difference,
        answer: &str,
        on: Option<Day>,
    ) -> Option<Finding> {
        let item = &difference.item;
        let Some(on) = on else {
            let title = format!(
                "the response to {item} was pending and is now `{answer}`, but has no date"
            );
            return Some(
                compared(difference, Rule::ResponseAltered, title, "was `awaited`")
                    .label("reads as if the response had never been pending")
                    .help("add `response_on` with the date of the response"),
            );
        };
        let newest = self.newest.filter(|newest| on < *newest)?;
        let title = format!(
            "the response to {item} is dated {on}, but the plan already has entries dated {newest}"
        );
        let at = difference.present.clone();
        Some(recorded_late(Finding::new(Rule::RecordedLate, at, title)))
    }
}

/// Returns the end of a message about a changed date: the words that follow `was dated`, such as `2003-06-01 and is now
/// dated 2003-07-10`.
pub fn dated(days: OldAndNew<'_>) -> String {
    let [old, new] =
        days.map(|day| day.map_or("the same day as the plan".to_owned(), KeyValue::words));
    format!("{old} and is now dated {new}")
}

/// Creates the finding about a management response whose value, date or text changed.
pub fn response(difference: &Difference, key: &str, values: OldAndNew<'_>) -> Finding {
    let item = &difference.item;
    let title = match (key, values) {
        ("response", [Some(old), Some(new)]) => {
            format!("the response to {item} was `{}` and is now `{}`", old.words(), new.words())
        }
        ("response_on", ..) => format!("the response to {item} was dated {}", dated(values)),
        _ => format!("the response to {item} was changed"),
    };
    compared(difference, Rule::ResponseAltered, title, "the earlier value")
        .label("differs from the published response")
        .help("restore the published response; a changed response belongs in a new plan")
}
