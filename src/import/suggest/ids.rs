//! Finds the columns whose values identify the rows of a sheet.

use std::collections::HashSet;

use super::Suggested;
use crate::import::{
    mapping::{Keys, SheetMapping},
    table::Sheet,
    view::{Column, SheetView},
};

/// The maximum length, in bytes, of a value that becomes part of an id.
const LONGEST_ID: usize = 40;
/// The maximum number of combinations of columns that are tried.
const MOST_TRIES: usize = 500;

/// If the sheet has no column with a different id in each row, adds a pattern for unique ids to the mapping.
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
    if let Some(id) = id {
        let repeated = {
            let mut known = HashSet::new();
            view.texts(id).filter(|text| !known.insert(*text)).count()
        };
        // A few repeated ids are probably mistakes in the file, so the column still counts as the id column.
        if repeated * 50 <= view.texts(id).count() {
            return;
        }
    }
    match apart(view, id) {
        Some(columns) => {
            let columns = columns.iter().map(|column| format!("{{{}}}", column.header));
            mapping.id = Some(columns.collect::<Vec<_>>().join("-"));
            let remark = "No column has a different value in each row, so the id combines several columns: `id = …`.";
            suggested.remarks.push(remark.to_owned());
        }
        None => {
            let begin = id.map(|column| format!("{{{}}}-", column.header)).unwrap_or_default();
            mapping.id = Some(format!("{begin}{{row}}"));
            let remark = "No column has a different value in each row, so the row number is the id: keep the order of the rows in the next file.";
            suggested.remarks.push(remark.to_owned());
        }
    }
}

/// Returns columns that together have different values in each row, or `None` if no such columns are found.
fn apart<'v>(view: &'v SheetView<'_>, id: Option<&'v Column>) -> Option<Vec<&'v Column>> {
    let is_unique = |columns: &Vec<&Column>| {
        let mut known: HashSet<Vec<&str>> = HashSet::new();
        view.rows()
            .all(|row| known.insert(columns.iter().map(|column| row.text(column.at)).collect()))
    };
    let has_all = |column: &Column| view.rows().all(|row| !row.text(column.at).is_empty());
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
