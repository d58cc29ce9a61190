//! Finds the plan's keys that the columns of a sheet most likely fill.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{LONGEST_WORD, MOST_WORDS, Suggested, words};
use crate::{
    import::{
        knowledge,
        mapping::{Keys, SheetMapping},
        reading,
        table::{Kind, Row},
        view::{Column, SheetView},
    },
    model::DayOrder,
};

/// Returns the column that most likely fills the key `wanted`, or `None` if no column seems to fill it.
pub(super) fn best<'v>(view: &'v SheetView<'_>, wanted: &str) -> Option<&'v Column> {
    let found = view.columns.iter().filter_map(|column| {
        let (key, phrase) = knowledge::guess(&column.header)?;
        let filled = view.texts(column).count();
        (key == wanted && filled > 0 && !column.is_twice).then_some((phrase.len(), filled, column))
    });
    // `max_by_key` prefers the last of equally likely columns, so the list is reversed to prefer the first.
    let found: Vec<_> = found.collect();
    found
        .into_iter()
        .rev()
        .max_by_key(|(length, filled, _)| (*length, *filled))
        .map(|(.., column)| column)
}

/// Returns the headings of the columns in which an empty cell stands for the value in the cell above. The id column
/// comes first.
pub(super) fn filled_down(view: &SheetView<'_>, id: Option<&Column>) -> Vec<String> {
    let Some(id) = id else {
        return Vec::new();
    };
    let rows = view.rows();
    let is_continued = |row: &&Row| row.text(id.at).is_empty() && !knowledge::is_total(row.first());
    let continued: Vec<_> =
        rows.clone().filter(|row| row.filled() > 0).filter(is_continued).collect();
    let is_merged = view.sheet.merged.iter().any(|area| {
        area.rows.0 > view.header
            && area.rows.1 > area.rows.0
            && area.columns.0 <= id.at
            && id.at <= area.columns.1
    });
    if continued.is_empty() || !(is_merged || continued.len() * 5 >= rows.count()) {
        return Vec::new();
    }
    let is_empty = |column: &&Column| {
        column.at != id.at
            && view.texts(column).next().is_some()
            && continued.iter().all(|row| row.text(column.at).is_empty())
    };
    let others = view.columns.iter().filter(is_empty);
    std::iter::once(id).chain(others).map(|column| column.header.clone()).collect()
}

/// Checks whether each row describes one action. In such a sheet, rows with the same id contain the same recommendation
/// and different actions.
pub(super) fn is_one_row_an_action(view: &SheetView<'_>, id: Option<&Column>) -> bool {
    let (Some(id), Some(text), Some(action)) =
        (id, best(view, "text"), best(view, "response_text"))
    else {
        return false;
    };
    if of_values_too(view, action, "response_text") != "response_text" {
        return false;
    }
    let mut known: HashMap<&str, (&str, &str)> = HashMap::new();
    let (mut repeated, mut other) = (0, 0);
    for row in view.rows().filter(|row| !row.text(id.at).is_empty()) {
        let said = (row.text(text.at), row.text(action.at));
        match known.insert(row.text(id.at), said) {
            Some(before) if before.0 == said.0 && before.1 != said.1 => repeated += 1,
            Some(_) => other += 1,
            None => {}
        }
    }
    repeated > 0 && other == 0
}

/// Suggests keys of the plan for the columns of a sheet. Empty columns get no key.
pub(super) fn keys_of(
    view: &SheetView<'_>,
    mapping: &SheetMapping,
    by_action: bool,
    suggested: &mut Suggested,
    number: usize,
) -> BTreeMap<String, Keys> {
    const SEVERAL: [&str; 3] = ["note", "owner", "evidence"];
    let mut guesses: Vec<(usize, usize, &'static str, &Column)> = Vec::new();
    let mut keys: BTreeMap<String, Keys> = BTreeMap::new();
    for column in &view.columns {
        let filled = view.texts(column).count();
        if filled > 0 && mapping.labels.contains_key(&column.header) {
            // The text after each label moves to a new column. The text that remains in this column fits no key of the
            // plan.
            keys.insert(column.header.clone(), Keys::One("extra".to_owned()));
        } else if filled > 0 && column.is_twice {
            suggested.twice.push((number, column.header.clone()));
        } else if filled > 0 {
            match knowledge::guess(&column.header) {
                Some((key, phrase)) => {
                    guesses.push((phrase.len(), filled, of_values_too(view, column, key), column))
                }
                None => drop(keys.insert(column.header.clone(), Keys::One("extra".to_owned()))),
            }
        }
    }
    guesses.sort_by_key(|(length, filled, ..)| std::cmp::Reverse((*length, *filled)));
    let mut taken: HashSet<&str> = HashSet::new();
    for (_, _, key, column) in guesses {
        let key = if taken.insert(key) || SEVERAL.contains(&key) { key } else { "extra" };
        let is_own = mapping.fill_down.contains(&column.header) || !is_of_action(key);
        let key = match key {
            key if !by_action || is_own => key.to_owned(),
            "response_text" => "action.text".to_owned(),
            key => format!("action.{key}"),
        };
        keys.insert(column.header.clone(), Keys::One(key));
    }
    let has = |wanted: &str| keys.values().any(|key| key.names()[0] == wanted);
    if !["text", "title", "response_text"].into_iter().any(has)
        && let Some(header) = longest(view, &keys)
    {
        keys.insert(header, Keys::One("text".to_owned()));
    }
    keys
}

/// Finds the column with the most text among the columns with the key `extra`, and returns its heading.
fn longest(view: &SheetView<'_>, keys: &BTreeMap<String, Keys>) -> Option<String> {
    let length = |column: &&Column| view.texts(column).map(str::len).sum::<usize>();
    let free =
        |column: &&Column| keys.get(&column.header).is_some_and(|key| key.names()[0] == "extra");
    let longest = view.columns.iter().filter(free).max_by_key(length);
    Some(longest.filter(|column| length(column) > 0)?.header.clone())
}

/// Checks whether a key describes the action, and not the recommendation, in a row that contains both.
pub(super) fn is_of_action(key: &str) -> bool {
    matches!(
        key,
        "response_text"
            | "owner"
            | "timescale"
            | "status"
            | "outlook"
            | "on"
            | "note"
            | "evidence"
            | "revised"
            | "reason"
    )
}

/// Returns `key`, or another key if the values of the column do not fit `key`. For example, `response_text` becomes
/// `response` if the values are words such as `accepted`.
pub(super) fn of_values_too(
    view: &SheetView<'_>,
    column: &Column,
    key: &'static str,
) -> &'static str {
    let texts = || view.texts(column);
    let distinct: HashSet<&str> = texts().collect();
    let is_words = distinct.len() <= 12 && distinct.iter().all(|text| text.len() <= LONGEST_WORD);
    match key {
        "response_text"
            if is_words
                && distinct
                    .iter()
                    .filter(|text| words::likely(text, "response").is_some())
                    .count()
                    * 2
                    >= distinct.len().max(1) =>
        {
            "response"
        }
        "status" if !is_words && distinct.len() > MOST_WORDS => "note",
        "outlook" if !is_words => "extra",
        "text" if is_words && distinct.len() * 4 < texts().count() => "extra",
        "verified" if distinct.len() > MOST_WORDS => "extra",
        "on" | "date" if !texts().any(looks_like_a_day) => "extra",
        "timescale" | "revised" if distinct.iter().all(|text| text.len() > 300) => "extra",
        key => key,
    }
}

pub(super) fn looks_like_a_day(text: &str) -> bool {
    reading::day(text, Kind::Date, DayOrder::DayFirst).is_ok()
}
