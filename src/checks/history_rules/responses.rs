//! History rules about the management response. A published response must not change, but a pending one may be given.

use super::{Finding, HistoryRules, compared, entries::recorded_late};
use crate::{
    model::{Day, KeyValue, Rule},
    plan_diff::Difference,
};

impl HistoryRules<'_> {
    /// Returns the finding about a response that was pending and was given, if its date is missing or is before known
    /// entries.
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

/// Returns two dates of a response as text, such as `2003-07-10 and is dated 2003-06-01`.
pub fn dated(old: Option<&KeyValue<'_>>, new: Option<&KeyValue<'_>>) -> String {
    let shown = |day: Option<&KeyValue<'_>>| {
        day.map_or_else(|| "the same day as the plan".to_owned(), KeyValue::words)
    };
    format!("{} and is now dated {}", shown(old), shown(new))
}

/// Creates the finding about a management response of which the value, the date or the text changed.
pub fn response(
    difference: &Difference,
    key: &str,
    old: Option<&KeyValue<'_>>,
    new: Option<&KeyValue<'_>>,
) -> Finding {
    let item = &difference.item;
    let title = match (key, old, new) {
        ("response", Some(old), Some(new)) => {
            format!("the response to {item} was `{}` and is now `{}`", old.words(), new.words())
        }
        ("response_on", ..) => format!("the response to {item} was dated {}", dated(old, new)),
        _ => format!("the response to {item} was changed"),
    };
    compared(difference, Rule::ResponseAltered, title, "the earlier value")
        .label("differs from the published response")
        .help("put the published response back; a new decision belongs in a new report")
}
