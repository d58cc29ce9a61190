//! Finds the columns whose values identify the rows of a sheet.

use std::collections::{BTreeMap, HashSet};

use super::Suggested;
use crate::import::{
    account::rows_in_words,
    build::{has_lost_zero, is_total},
    mapping::{Keys, SheetMapping},
    table::Sheet,
    view::{Column, SheetView},
};

/// The maximum length, in bytes, of a value that becomes part of an id.
const LONGEST_ID: usize = 40;
/// The maximum number of combinations of columns that are tried.
const MOST_TRIES: usize = 500;

/// Adds a pattern for unique ids to the mapping, unless the sheet already has a column with unique ids.
pub(super) fn unique_id(
    view: &SheetView<'_>,
    mapping: &mut SheetMapping,
    by_action: bool,
    suggested: &mut Suggested,
) {
    let is_id = |(_, keys): &(&String, &Keys)| keys.names()[0] == "id";
    let id = mapping.columns.iter().find(is_id).map(|(header, _)| header.clone());
    let id = id.and_then(|header| view.column(&header));
    if by_action && id.is_some() {
        return;
    }
    let repeated = id.map(|id| repeated(view, id)).unwrap_or_default();
    // A few repeated ids are probably mistakes in the file, so the column is used as the id column anyway.
    let again: usize = repeated.iter().map(|(_, rows)| rows.len() - 1).sum();
    if id.is_some_and(|id| again * 50 <= view.texts(id).count()) {
        return;
    }
    let why = match (id, repeated.first()) {
        (Some(id), Some((text, rows))) => format!(
            "In the column `{}`, some ids occur in several {}s: {text} is in {}.",
            id.header,
            suggested.unit,
            rows_in_words(suggested.unit, rows)
        ),
        _ => "No single column has a different value in every row.".to_owned(),
    };
    let (pattern, remark) = match apart(view, mapping, id) {
        Some(columns) => {
            let columns = columns.iter().map(|column| format!("{{{}}}", column.header));
            (columns.collect::<Vec<_>>().join("-"), "The id combines several columns: `id = …`.")
        }
        None => {
            let begin = id.map(|column| format!("{{{}}}-", column.header)).unwrap_or_default();
            let remark =
                "The id contains the row number: keep the rows in the same order in the next file.";
            (format!("{begin}{{row}}"), remark)
        }
    };
    mapping.id = Some(pattern);
    suggested.remarks.push(format!("{why} {remark}"));
}

/// Returns the ids that several rows have, each with the numbers of these rows. An id such as 5.1 that occurs in two
/// rows is left out if the id 5.9 also occurs, because one of the two rows probably has the id 5.10.
fn repeated<'v>(view: &'v SheetView<'_>, id: &Column) -> Vec<(&'v str, Vec<u32>)> {
    let mut rows: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for row in view.rows().filter(|row| !row.text(id.at).is_empty()) {
        rows.entry(row.text(id.at)).or_default().push(row.number);
    }
    let is_short = |text: &str| {
        let ninth = text.rsplit_once('.').map(|(whole, _)| format!("{whole}.9"));
        has_lost_zero(text) && ninth.is_some_and(|ninth| rows.contains_key(ninth.as_str()))
    };
    let repeated = rows.iter().filter(|(text, rows)| match rows.len() {
        0 | 1 => false,
        2 => !is_short(text),
        _ => true,
    });
    repeated.map(|(text, rows)| (*text, rows.clone())).collect()
}

/// Returns columns whose combined values are different in each row. Returns `None` if no combination of columns is
/// found.
fn apart<'v>(
    view: &'v SheetView<'_>,
    mapping: &SheetMapping,
    id: Option<&'v Column>,
) -> Option<Vec<&'v Column>> {
    let rows = || view.rows().filter(|row| !is_total(view, mapping, row));
    let is_unique = |columns: &Vec<&Column>| {
        let mut known: HashSet<Vec<&str>> = HashSet::new();
        rows().all(|row| known.insert(columns.iter().map(|column| row.text(column.at)).collect()))
    };
    let has_all = |column: &Column| rows().all(|row| !row.text(column.at).is_empty());
    let short = |column: &&Column| {
        id.is_none_or(|id| id.at != column.at)
            && !column.is_twice
            && has_all(column)
            && view.texts(column).all(|text| text.len() <= LONGEST_ID)
    };
    let short: Vec<&Column> = view.columns.iter().filter(short).collect();
    let begin: Vec<&Column> = id.into_iter().collect();
    let mut tries: Vec<Vec<&Column>> =
        short.iter().map(|one| [begin.clone(), vec![*one]].concat()).collect();
    for (at, one) in short.iter().enumerate() {
        tries.extend(
            short[at + 1..].iter().map(|other| [begin.clone(), vec![*one, *other]].concat()),
        );
    }
    tries.into_iter().take(MOST_TRIES).find(is_unique)
}

/// Returns all ids in the id column of a sheet.
pub(super) fn ids_of(sheet: &Sheet, mapping: &SheetMapping) -> HashSet<String> {
    let is_id = |(_, keys): &(&String, &Keys)| keys.names()[0] == "id";
    let view = SheetView::of(sheet, mapping);
    let header = mapping.columns.iter().find(is_id).map(|(header, _)| header);
    let Some((view, header)) = view.zip(header) else {
        return HashSet::new();
    };
    view.column(header)
        .map(|column| view.texts(column).map(str::to_owned).collect())
        .unwrap_or_default()
}
