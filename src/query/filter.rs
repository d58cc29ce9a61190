//! Filters and sorts rows, which are recommendations and actions.

use std::collections::HashMap;

use serde_json::Value;

use super::{Progress, Row};
use crate::model::{
    Dated, Day, Key, KeyValue, Outlook, Owner, Period, Response, Timing, searchable, vocabulary,
};

vocabulary! {
    /// The order in which a list is sorted.
    Order {
        Plan = "plan",
        Id = "id",
        Deadline = "deadline",
        Priority = "priority",
        Progress = "progress",
        Timing = "timing",
        Area = "area",
        Owner = "owner",
    }
}

/// A filter for rows. A row must satisfy every field that is set. If a field has several values, one of them must
/// match.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub areas: Vec<String>,
    /// Parts of owners' names. The row must have an owner whose name contains one of these parts as whole words.
    pub owners: Vec<String>,
    pub priorities: Vec<String>,
    pub progress: Vec<Progress>,
    pub timing: Vec<Timing>,
    pub outlook: Vec<Outlook>,
    pub response: Vec<Response>,
    pub stale: bool,
    pub open: bool,
    pub unverified: bool,
    /// True to keep only rows whose due date was extended.
    pub extended: bool,
    /// True to keep only rows with a request for an extension that awaits a decision. A request for one of the row's
    /// actions counts too.
    pub waiting: bool,
    /// The day before which a row must be due.
    pub due_before: Option<Day>,
    /// Words that the row must contain. Case, accents, quotes, hyphens and line breaks are ignored.
    pub search: Option<String>,
}

impl Filter {
    pub fn keeps(&self, row: &Row<'_>) -> bool {
        let due_before =
            |day: Day| row.deadline().is_some_and(|deadline| deadline.last_day() < day);
        let is_meant = |known: &str, wanted: &str| means(&row.view.plan.owners, known, wanted);
        any(&self.areas, |area| row.area() == Some(area))
            && any(&self.owners, |wanted| row.owners().iter().any(|known| is_meant(known, wanted)))
            && any(&self.priorities, |priority| row.priority() == Some(priority))
            && any(&self.progress, |progress| row.progress() == *progress)
            && any(&self.timing, |timing| row.own.timing == Some(*timing))
            && any(&self.outlook, |outlook| row.own.outlook == Some(*outlook))
            && any(&self.response, |response| row.response() == *response)
            && (!self.stale || row.own.stale.is_some())
            && (!self.open || row.is_open())
            && (!self.unverified || row.is_unverified())
            && (!self.extended || row.own.extensions() > 0)
            && (!self.waiting || row.all().any(|row| row.request().is_some()))
            && self.due_before.is_none_or(due_before)
            && self.search.as_ref().is_none_or(|words| mentions(row, words))
    }
}

fn any<T>(wanted: &[T], holds: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(holds)
}

/// Checks whether one of the names of the owner `known` contains the words `wanted`. The other names of the owner come
/// from `table`, which is the list of the `[[owner]]` tables in the plan.
pub fn means(table: &[Owner], known: &str, wanted: &str) -> bool {
    let mut called = table.iter().filter(|owner| owner.is_called(known));
    names(known, wanted) || called.any(|owner| owner.names().any(|name| names(name, wanted)))
}

/// Checks whether an owner's name contains the words of `wanted` as whole words, one after another and in the same
/// order.
pub fn names(owner: &str, wanted: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let letters = text.to_lowercase();
        let words = letters.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (owner, wanted) = (words(owner), words(wanted));
    !wanted.is_empty() && owner.windows(wanted.len()).any(|part| part == wanted)
}

/// Checks whether `words` occur in a text of the row or of its actions. Entries after the as-of day are left out.
fn mentions(row: &Row<'_>, words: &str) -> bool {
    let wanted = searchable(words);
    let has = |text: &str| match wanted.is_empty() {
        true => text.contains(words),
        false => searchable(text).contains(&wanted),
    };
    let of_key = |(key, value): (&Key, Option<KeyValue<'_>>)| {
        key.is_searched && value.is_some_and(|value| value.has(has))
    };
    row.all().any(|row| {
        let (item, day) = (row.item(), row.view.as_of);
        let entries = item.lists().into_iter().flat_map(|(_, entries)| entries);
        item.values().into_iter().any(of_key)
            || row.owners().iter().any(|owner| has(owner))
            || entries.filter(|entry| entry.on() <= day).flat_map(Dated::key_values).any(of_key)
            || item.extra().values().any(|value| holds(value, &has))
    })
}

/// Checks whether a value, or any value inside it, satisfies `is_wanted`.
fn holds(value: &Value, is_wanted: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is_wanted(text),
        Value::Array(values) => values.iter().any(|value| holds(value, is_wanted)),
        Value::Object(table) => table.values().any(|value| holds(value, is_wanted)),
        other => is_wanted(&other.to_string()),
    }
}

impl Order {
    /// Sorts rows by the property that `self` names. Rows with the same value keep their previous order, and rows
    /// without a value come last.
    pub fn sort(self, rows: &mut [Row<'_>]) {
        match self {
            Self::Plan => {}
            Self::Id => rows.sort_by(|a, b| natural(a.id().as_str(), b.id().as_str())),
            Self::Deadline => {
                rows.sort_by_key(|row| row.deadline().map_or(Day::MAX, Period::last_day));
            }
            Self::Priority => rows.sort_by_key(|row| row.view.plan.policy.rank(row.priority())),
            Self::Progress => rows.sort_by_key(Row::progress),
            Self::Timing => rows.sort_by_key(|row| {
                let place = URGENCY.iter().position(|timing| Some(*timing) == row.own.timing);
                place.unwrap_or(URGENCY.len())
            }),
            Self::Area => sort_by_area(rows),
            Self::Owner => rows.sort_by_cached_key(|row| {
                let owner = row.owners().first().map(|owner| owner.to_lowercase());
                (owner.is_none(), owner)
            }),
        }
    }
}

/// Sorts rows by plan, then by area in the plan's order.
fn sort_by_area(rows: &mut [Row<'_>]) {
    let mut places: HashMap<(usize, &str), usize> = HashMap::new();
    for of_plan in rows.chunk_by(|one, other| one.view.position == other.view.position) {
        let Row { view, .. } = of_plan[0];
        let ids = view.plan.areas.iter().map(|area| (view.position, area.id.as_str()));
        places.extend(ids.zip(0..));
    }
    rows.sort_by_key(|row| {
        let place = row.area().and_then(|area| places.get(&(row.view.position, area)));
        (row.view.position, place.copied().unwrap_or(usize::MAX))
    });
}

/// The timings in the order in which lists are sorted, the most urgent first.
const URGENCY: [Timing; 6] = [
    Timing::Overdue,
    Timing::DueSoon,
    Timing::NotDue,
    Timing::Undated,
    Timing::Late,
    Timing::OnTime,
];

/// Compares ids in natural order: `2` before `10`, `5.2` before `5.10`.
fn natural(a: &str, b: &str) -> std::cmp::Ordering {
    pieces(a).cmp(pieces(b))
}

/// Splits an id after each character that is not a digit: `5.10` becomes `5.` and `10`. Returns three values for each
/// piece: whether it has no digits, its number, and the character after the number. Thus, pieces with a number come
/// first.
fn pieces(id: &str) -> impl Iterator<Item = (bool, u64, &str)> {
    id.split_inclusive(|letter: char| !letter.is_ascii_digit()).map(|piece| {
        let digits = piece.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let number = digits.parse().unwrap_or(u64::MAX);
        (digits.is_empty(), number, &piece[digits.len()..])
    })
}

#[cfg(test)]
mod tests {
    use super::{names, natural};

    #[test]
    fn an_owner_is_found_by_whole_words() {
        assert!(names("EA and Ofwat", "ea"));
        assert!(names("HM Treasury", "hm treasury"));
        assert!(!names("HM Treasury", "ea"));
        assert!(!names("Treasury", ""));
    }

    #[test]
    fn ids_are_ordered_as_people_count() {
        let mut ids = ["10", "5.10", "R2", "5.2", "2", "R10", "5"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["2", "5", "5.2", "5.10", "10", "R2", "R10"]);
    }
}
