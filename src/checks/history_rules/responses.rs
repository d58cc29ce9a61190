//! History rules about management's response: a published response must not change, and a pending one may be given.

use super::{Finding, HistoryRules, compared, entries::recorded_late};
use crate::{
    model::{Day, KeyValue, Rule},
    plan_diff::Difference,
};

impl HistoryRules<'_> {
    /// Returns the finding about a pending response that was given. Its date must not be before known entries.
    pub(super) fn answered(
        &self,
        difference: &Difference,
        answer: &str,
        on: Option<Day>,
    ) -> Option<Finding> {
        let item = &difference.item;
        let Some(on) = on else {
            let title =
                format!("the response to {item} was awaited and is `{answer}` without a day");
            return Some(
                compared(difference, Rule::ResponseAltered, title, "was awaited")
                    .label("so it looks as if it was never awaited")
                    .help("add `response_on`, the day of the answer"),
            );
        };
        let newest = self.newest.filter(|newest| on < *newest)?;
        let title =
            format!("the response to {item} is dated {on}; the plan already knew of {newest}");
        let at = difference.present.clone();
        Some(recorded_late(Finding::new(Rule::RecordedLate, at, title)))
    }
}

/// Returns the two dates as text, such as `2003-07-10 and is dated 2003-06-01`.
pub fn dated(old: Option<&KeyValue<'_>>, new: Option<&KeyValue<'_>>) -> String {
    let shown =
        |day: Option<&KeyValue<'_>>| day.map_or_else(|| "by the plan".to_owned(), KeyValue::words);
    format!("{} and is dated {}", shown(old), shown(new))
}

/// Returns the finding about a response whose value, date or text changed.
pub fn response(
    difference: &Difference,
    key: &str,
    old: Option<&KeyValue<'_>>,
    new: Option<&KeyValue<'_>>,
) -> Finding {
    let item = &difference.item;
    let title = match (key, old, new) {
        ("response", Some(old), Some(new)) => {
            format!("the response to {item} was `{}` and is `{}`", old.words(), new.words())
        }
        ("response_on", ..) => format!("the response to {item} was dated {}", dated(old, new)),
        _ => format!("the response to {item} was changed"),
    };
    compared(difference, Rule::ResponseAltered, title, "the earlier value")
        .label("is not what was published")
        .help("put the published response back; a new decision belongs in a new report")
}
