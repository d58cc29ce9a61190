//! Writes a mapping file, with which `plan import` can read the tables that `plan export` wrote.

use super::{
    ExportTable,
    row_fields::column_facts,
    xlsx::{LONG_FACTS, SUMMARY},
};
use crate::{
    doc::text::capitalised,
    import::{
        mapping::{Keys, Mapping, SheetMapping},
        suggest::{Suggested, with_head},
        target::Rows,
    },
    model::{Action, Key, Keyword, Plan, ProgressEntry, Recommendation, Record, Revision},
};

/// A list of exported fields, each with the key that `plan import` fills from it. Any other field fills the key of the
/// same name, if there is one.
const RENAMED: [(&str, &str); 5] = [
    ("own_owners", "owner"),
    ("original_timescale", "timescale"),
    ("original_timescale_due", "due"),
    ("extra", "extra.*"),
    ("recommendation", "recommendation"),
];
/// The fields that have the name of a key but are not imported, because they hold the value in force on the as-of day.
const IN_FORCE: [&str; 2] = ["timescale", "due"];

/// Returns the mapping file for an exported workbook or, if `table` is given, for a CSV file with this table.
pub fn export_mapping(plan: &Plan, table: Option<ExportTable>) -> String {
    let tables = table.as_ref().map_or(ExportTable::ALL, std::slice::from_ref);
    let sheet = |of: &ExportTable| SheetMapping {
        name: if table.is_some() { String::new() } else { capitalised(of.word()) },
        header: Some(1),
        ..columns(*of)
    };
    let summary =
        SheetMapping { name: SUMMARY.to_owned(), rows: Rows::Nothing, ..SheetMapping::default() };
    let summary = table.is_none().then_some(summary);
    let mapping = Mapping {
        title: Some(plan.title.clone()),
        date: plan.date.to_string().parse().ok(),
        by: Some(plan.title.clone()),
        priorities: plan.policy.priorities.clone(),
        sheet: tables.iter().map(sheet).chain(summary).collect(),
        ..Mapping::default()
    };
    let suggested = Suggested { mapping, is_day_given: true, ..Suggested::default() };
    let (export, import) = match table {
        Some(table) => (
            format!("--format csv --table {} --output {0}.csv", table.word()),
            format!("{}.csv", table.word()),
        ),
        None => ("--output plan.xlsx".to_owned(), "plan.xlsx".to_owned()),
    };
    let head = format!(
        "# To import the file that `plan export {export}` wrote:\n\
         #   plan import {import} --map map.toml --into plan.toml\n"
    );
    with_head(&suggested, head)
}

/// Returns the mapping of the columns in a table to keys of the plan file. A computed column has `-` instead of a key.
fn columns(table: ExportTable) -> SheetMapping {
    let (rows, names): (Rows, Vec<(String, String)>) = match table {
        ExportTable::Recommendations => (Rows::Recommendations, of_items(Recommendation::KEYS)),
        ExportTable::Actions => (Rows::Actions, of_items(Action::KEYS)),
        ExportTable::Updates => (Rows::Updates, of_entries(ProgressEntry::KEYS)),
        ExportTable::Extensions => (Rows::Extensions, of_entries(Revision::KEYS)),
    };
    let columns = names.into_iter().map(|(header, key)| (header, Keys::One(key))).collect();
    SheetMapping { rows, columns, ..SheetMapping::default() }
}

fn of_items(keys: &[Key]) -> Vec<(String, String)> {
    let is_whole = keys.iter().any(|key| key.name == "response");
    let key = |fact: &str| {
        let renamed = RENAMED.iter().find(|(known, _)| *known == fact);
        let is_key = keys.iter().any(|key| key.name == fact) && !IN_FORCE.contains(&fact);
        match renamed {
            Some((_, "recommendation")) if is_whole => "-".to_owned(),
            Some((_, key)) => (*key).to_owned(),
            None if is_key && fact != "progress" => fact.to_owned(),
            None => "-".to_owned(),
        }
    };
    let facts = column_facts().map(|fact| (fact.to_owned(), key(fact)));
    let last_days = LONG_FACTS.iter().map(|fact| (format!("{fact}_day"), "-".to_owned()));
    facts.chain(last_days).collect()
}

fn of_entries(keys: &[Key]) -> Vec<(String, String)> {
    let names = keys.iter().map(|key| key.name);
    std::iter::once("id").chain(names).map(|name| (name.to_owned(), name.to_owned())).collect()
}
