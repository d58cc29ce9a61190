//! Suggests a mapping for a file. The user can then correct the mapping.

mod columns;
mod ids;
mod values;
mod words;
mod write;

use std::{borrow::Cow, collections::HashSet};

use columns::{best, filled_down, is_one_row_an_action, keys_of, of_values_too};
use ids::{ids_of, unique_id};
use values::of_values;

use super::{
    build::{is_total, same_sheet},
    knowledge, labels,
    mapping::{Keys, Mapping, SheetMapping},
    reading,
    source::Source,
    table::Sheet,
    target::{Rows, Target},
    view::{Column, SheetView, prepared},
};
use crate::model::{Day, DayOrder, Keyword, Status};
pub use write::{with_head, write};

/// The limits for a column whose values are words of the plan, such as statuses: the maximum number of different
/// values, and their maximum length in bytes.
const MOST_WORDS: usize = 40;
const LONGEST_WORD: usize = 60;
/// The maximum length, in bytes, of a value that the program compares with the words of a plan.
const LONGEST_VALUE: usize = 200;
/// A column is searched for labels if the average length of its texts, in bytes, exceeds this limit.
const LONG_CELL: usize = 60;

/// A suggested mapping, and the parts of it that the user must complete or approve.
#[derive(Default)]
pub struct Suggested {
    pub mapping: Mapping,
    /// The word that messages use for a row of the file, such as `line` or `object`.
    pub unit: &'static str,
    /// True if the user's own mapping gives the date of the plan.
    pub is_day_given: bool,
    /// True if the file contains dates. The earliest of them is then suggested as the date of the plan.
    pub is_day_known: bool,
    /// The values whose meaning the program cannot guess: the index of the sheet in the mapping, the heading of the
    /// column, and the value.
    pub open_words: Vec<(usize, String, String)>,
    /// The columns with dates in which the order of day and month is unclear: the index of the sheet in the mapping,
    /// the heading of the column, and a remark for the user.
    pub open_orders: Vec<(usize, String, String)>,
    /// The columns that share their heading with another column: the index of the sheet in the mapping, and the
    /// heading.
    pub twice: Vec<(usize, String)>,
    /// The timescales whose meaning the user must approve: the wording, the proposed meaning, and a remark.
    pub wordings: Vec<(String, String, String)>,
    /// Remarks that are written at the top of the mapping.
    pub remarks: Vec<String>,
}

/// Suggests a mapping for a file. If the user has a mapping (`given`), completes this mapping. `day` is the suggested
/// date of the plan if neither the mapping nor the file gives a date.
pub fn suggest(source: &Source, given: Option<Mapping>, day: Day) -> Suggested {
    let mut suggested = Suggested { unit: source.unit, ..Suggested::default() };
    let mut sheets = match &given {
        Some(given) => {
            let mut known = Vec::new();
            for sheet in &given.sheet {
                match same_sheet(source, &sheet.name) {
                    Some(at) => known.push((at, sheet.clone())),
                    None => {
                        suggested.remarks.push(format!("The file has no sheet `{}`.", sheet.name))
                    }
                }
            }
            known
        }
        None => likely_sheets(source, &mut suggested),
    };
    if sheets.is_empty() {
        return suggested;
    }
    let given = given.unwrap_or_default();
    suggested.mapping.due.clone_from(&given.due);
    let mut days: Vec<Day> = Vec::new();
    for (number, (at, mapping)) in sheets.iter_mut().enumerate() {
        let mut sheet = prepared(&source.sheets[*at], mapping);
        leave_out_totals(&mut sheet, mapping);
        if let Some(view) = SheetView::of(&sheet, mapping) {
            of_values(&view, mapping, number, &mut suggested, &mut days);
        }
    }
    suggested.mapping.sheet = sheets.into_iter().map(|(_, mapping)| mapping).collect();
    suggested.is_day_given = given.date.is_some();
    suggested.is_day_known = !days.is_empty();
    let day = days.into_iter().min().map_or(day, |first| first.min(day));
    head(&mut suggested.mapping, given, source.name(), day);
    for (wording, order, remark) in &mut suggested.wordings {
        let known = if order == "mdy" { DayOrder::MonthFirst } else { DayOrder::Unknown };
        (*order, *remark) = reading::proposal(wording, known, day);
    }
    suggested
}

/// Removes the rows with totals from a sheet, because their values are not values of recommendations.
fn leave_out_totals(sheet: &mut Cow<'_, Sheet>, mapping: &SheetMapping) {
    if !sheet.rows.iter().any(|row| knowledge::is_total(row.first())) {
        return;
    }
    let Some(view) = SheetView::of(sheet, mapping) else {
        return;
    };
    let totals = view.rows().filter(|row| is_total(&view, mapping, row));
    let totals: Vec<u32> = totals.map(|row| row.number).collect();
    sheet.to_mut().rows.retain(|row| !totals.contains(&row.number));
}

/// Sets the keys of the mapping that describe the whole plan, such as the title. The values come from the mapping
/// `given`, or else from the file.
fn head(mapping: &mut Mapping, given: Mapping, name: String, day: Day) {
    mapping.title = given.title.or_else(|| Some(name.replace(['-', '_'], " ")));
    mapping.by = given.by.or(Some(name));
    mapping.date = given.date.or_else(|| day.to_string().parse().ok());
    mapping.priorities.sort_by_key(|priority| words::rank(priority));
    mapping.priorities.dedup();
    if !given.priorities.is_empty() {
        mapping.priorities = given.priorities;
    }
}

/// Suggests mappings for the sheets that probably contain recommendations or refer to them. Returns each mapping with
/// the index of its sheet.
fn likely_sheets(source: &Source, suggested: &mut Suggested) -> Vec<(usize, SheetMapping)> {
    let mut sheets: Vec<(usize, SheetMapping)> = Vec::new();
    let Some(main) = main_sheet(source) else {
        return sheets;
    };
    let first = recommendations(&source.sheets[main], suggested, 0);
    let ids = ids_of(&source.sheets[main], &first);
    sheets.push((main, first.clone()));
    for (at, sheet) in source.sheets.iter().enumerate().filter(|(at, _)| *at != main) {
        let number = sheets.len();
        let found = other(sheet, &source.sheets[main], &first, &ids, suggested, number);
        sheets.extend(found.map(|mapping| (at, mapping)));
    }
    text_of_details(&mut sheets);
    sheets
}

/// Returns the index of the sheet that most likely contains the recommendations, or `None` if no sheet can be used.
fn main_sheet(source: &Source) -> Option<usize> {
    let score = |sheet: &Sheet| {
        let view = SheetView::of(sheet, &SheetMapping::default())?;
        let keys: HashSet<&str> = view
            .columns
            .iter()
            .filter(|column| view.texts(column).next().is_some())
            .filter_map(|column| knowledge::guess(&column.header).map(|(key, _)| key))
            .collect();
        let is_child = sheet.rows.iter().any(|row| row.parent.is_some());
        let has_rows = view.rows().next().is_some();
        let bonus = ["id", "text", "title", "response_text"]
            .iter()
            .filter(|key| keys.contains(**key))
            .count();
        (has_rows && !is_child && sheet.refused.is_none())
            .then_some((keys.len() + bonus) * 2 + usize::from(sheet.visibility.word().is_none()))
    };
    let scores = source.sheets.iter().map(score).enumerate();
    let scores = scores.filter_map(|(at, score)| Some((score?, std::cmp::Reverse(at))));
    scores.max().map(|(_, std::cmp::Reverse(at))| at)
}

/// Suggests a mapping for a sheet of recommendations. `number` is the index of this sheet in the mapping.
fn recommendations(sheet: &Sheet, suggested: &mut Suggested, number: usize) -> SheetMapping {
    let mut mapping = SheetMapping { name: sheet.name.clone(), ..SheetMapping::default() };
    let Some(view) = SheetView::of(sheet, &mapping) else {
        return mapping;
    };
    let id = best(&view, "id");
    if let Some(first) = view.first_of_data(id) {
        mapping.header = Some(view.header);
        mapping.first = Some(first);
    }
    let Some(view) = SheetView::of(sheet, &mapping) else {
        return mapping;
    };
    for column in &view.columns {
        let texts = view.texts(column);
        let (count, length) =
            texts.clone().fold((0, 0), |(count, length), text| (count + 1, length + text.len()));
        if count > 0 && length / count > LONG_CELL {
            let found = labels::find(texts);
            if !found.is_empty() {
                mapping.labels.insert(column.header.clone(), found);
            }
        }
    }
    mapping.fill_down = filled_down(&view, id);
    let sheet = prepared(sheet, &mapping);
    let Some(view) = SheetView::of(&sheet, &mapping) else {
        return mapping;
    };
    let by_action = !mapping.fill_down.is_empty() || is_one_row_an_action(&view, id);
    mapping.columns = keys_of(&view, &mapping, by_action, suggested, number);
    unique_id(&view, &mut mapping, by_action, suggested);
    let is_status = |target| matches!(target, Target::Key { key, .. } if key.name == "status");
    if mapping.headers(is_status).next().is_none() {
        let likely = words::likely(&sheet.name, "status").and_then(Status::from_word);
        mapping.status = likely.filter(|status| status.has_ended());
    }
    mapping
}

/// Suggests a mapping for a sheet other than the main sheet. Returns `None` if the sheet does not seem to refer to the
/// recommendations of the main sheet.
fn other(
    sheet: &Sheet,
    main: &Sheet,
    first: &SheetMapping,
    ids: &HashSet<String>,
    suggested: &mut Suggested,
    number: usize,
) -> Option<SheetMapping> {
    let plain = SheetMapping { name: sheet.name.clone(), ..SheetMapping::default() };
    let view = SheetView::of(sheet, &plain)
        .filter(|view| sheet.refused.is_none() && view.rows().next().is_some())?;
    if sheet.rows.iter().any(|row| row.parent.is_some()) {
        return updates(&view, plain, suggested);
    }
    let main = SheetView::of(main, first)?;
    let alike = view.columns.iter().filter(|column| main.column(&column.header).is_some()).count();
    if alike * 10 >= main.columns.len() * 7 && alike > 2 {
        return Some(recommendations(sheet, suggested, number));
    }
    let holds_ids = |column: &&Column| {
        let known = view.texts(column).filter(|text| ids.contains(*text)).count();
        known > 0 && known * 2 >= view.texts(column).count()
    };
    let id = view.columns.iter().find(holds_ids)?;
    let taken: HashSet<&str> =
        first.columns.values().flat_map(|keys| keys.names()).map(String::as_str).collect();
    let mut mapping = SheetMapping { rows: Rows::Details, ..plain };
    for column in
        view.columns.iter().filter(|column| view.texts(column).next().is_some() && !column.is_twice)
    {
        let key = match knowledge::guess(&column.header) {
            _ if column.at == id.at => "id",
            Some((key @ ("text" | "title" | "priority" | "area" | "owner"), _))
                if !taken.contains(key) =>
            {
                of_values_too(&view, column, key)
            }
            _ => "extra",
        };
        let is_new = key == "extra" || !mapping.columns.values().any(|keys| keys.names()[0] == key);
        let key = if is_new { key } else { "extra" };
        mapping.columns.insert(column.header.clone(), Keys::One(key.to_owned()));
    }
    Some(mapping)
}

/// Suggests a mapping for a list of updates inside the objects of a JSON file. Returns `None` if the list has no dates.
fn updates(
    view: &SheetView<'_>,
    plain: SheetMapping,
    suggested: &mut Suggested,
) -> Option<SheetMapping> {
    let mut mapping = SheetMapping { rows: Rows::Updates, ..plain };
    let mut taken: HashSet<&str> = HashSet::new();
    for column in view.columns.iter().filter(|column| view.texts(column).next().is_some()) {
        let key = knowledge::guess_of_update(&column.header).map_or("-", |(key, _)| key);
        let is_first = taken.insert(key) || matches!(key, "note" | "evidence");
        let key = if is_first { key } else { "-" };
        mapping.columns.insert(column.header.clone(), Keys::One(key.to_owned()));
    }
    if !taken.contains("on") {
        suggested
            .remarks
            .push(format!("The list `{}` has no dates, so it is left out.", view.sheet.name));
        return None;
    }
    Some(mapping)
}

/// If a sheet of details has a column with the key `text`, gives the key `extra` to the column of the main sheet that
/// has had the key `text`.
fn text_of_details(sheets: &mut [(usize, SheetMapping)]) {
    let has_text =
        |mapping: &SheetMapping| mapping.columns.values().any(|keys| keys.names()[0] == "text");
    let details_have =
        sheets.iter().any(|(_, mapping)| mapping.rows == Rows::Details && has_text(mapping));
    if details_have && let Some((_, main)) = sheets.first_mut() {
        for keys in main.columns.values_mut().filter(|keys| keys.names()[0] == "text") {
            *keys = Keys::One("extra".to_owned());
        }
    }
}
