//! Describes a file to be imported: its sheets, its columns, and the plan's key that each column probably fills.

use super::{
    account::rows_in_words,
    hidden::hidden,
    knowledge,
    mapping::{Mapping, SheetMapping},
    source::Source,
    suggest::suggest,
    table::{Visibility, letters},
    target::Rows,
    view::{Column, SheetView, prepared},
};
use crate::{
    file::printable_path,
    model::{Day, spoken, to_single_line},
};

/// The maximum number of sample values per column.
const SAMPLES: usize = 3;

/// The description of a file to be imported.
pub struct Explained {
    pub file: String,
    pub unit: &'static str,
    pub notes: Vec<String>,
    pub sheets: Vec<ExplainedSheet>,
}

/// The description of a sheet in the file.
pub struct ExplainedSheet {
    pub name: String,
    pub visibility: Visibility,
    /// The reason why the sheet cannot be read, with a help text. `None` if the sheet can be read.
    pub refused: Option<(String, String)>,
    /// The kind of items in the rows, such as `actions`. `None` if the program cannot guess the kind.
    pub rows_are: Option<String>,
    /// The number of the row with the headings.
    pub header: u32,
    pub rows: usize,
    pub notes: Vec<String>,
    pub columns: Vec<ExplainedColumn>,
}

/// The description of a column, with some of its values.
pub struct ExplainedColumn {
    pub header: String,
    pub letters: String,
    pub filled: usize,
    /// The plan's key that the column probably fills. `None` if the program cannot guess the key.
    pub key: Option<String>,
    pub why: String,
    pub samples: Vec<String>,
}

/// Describes a file to be imported. Also returns the mapping that the program suggests for the file.
pub fn explain(source: &Source, day: Day) -> (Explained, Mapping) {
    let suggested = suggest(source, None, day).mapping;
    let sheets = source.sheets.iter().map(|sheet| {
        let mapped = suggested.sheet.iter().find(|mapped| mapped.name == sheet.name);
        let mut explained = ExplainedSheet {
            name: sheet.name.clone(),
            visibility: sheet.visibility,
            refused: sheet.refused.clone(),
            rows_are: mapped.map(|mapped| spoken(mapped.rows)),
            header: 0,
            rows: 0,
            notes: Vec::new(),
            columns: Vec::new(),
        };
        let mapping = mapped.cloned().unwrap_or_default();
        let sheet = prepared(sheet, &mapping);
        let Some(view) = SheetView::of(&sheet, &mapping) else {
            return explained;
        };
        explained.header = view.header;
        explained.rows = view.rows().count();
        explained.notes = hidden(&view, source.unit, &mapping);
        let passed: Vec<u32> = view.passed_over().map(|row| row.number).collect();
        if !passed.is_empty() {
            let rows = rows_in_words(source.unit, &passed);
            explained
                .notes
                .push(format!("{rows} look like instructions or an example and are left out"));
        }
        explained.columns =
            view.columns.iter().map(|column| of_column(&view, column, &mapping)).collect();
        explained
    });
    let explained = Explained {
        file: printable_path(&source.path),
        unit: source.unit,
        notes: source.notes.clone(),
        sheets: sheets.collect(),
    };
    (explained, suggested)
}

fn of_column(view: &SheetView<'_>, column: &Column, mapping: &SheetMapping) -> ExplainedColumn {
    let keys = mapping.columns.get(&column.header);
    let key = keys.map(|keys| keys.names().join(", "));
    let mut samples: Vec<String> = Vec::new();
    let mut texts = view.texts(column);
    while samples.len() < SAMPLES
        && let Some(text) = texts.next()
    {
        let text = to_single_line(text);
        if !samples.contains(&text) {
            samples.push(text);
        }
    }
    let filled = view.texts(column).count();
    let is_labelled = mapping.labels.contains_key(&column.header);
    let why = match (&key, guess(mapping.rows, &column.header)) {
        _ if filled == 0 && is_labelled => "each part becomes a column",
        _ if filled == 0 => "empty",
        _ if column.is_twice => "repeated header",
        (Some(key), _) if key == "-" => "an update has no key for it",
        (Some(key), _) if key == "extra" => "no matching key",
        (Some(key), Some((known, _))) if key.ends_with(known) => "by its header",
        (Some(_), _) => "by its values",
        (None, _) => "not suggested",
    };
    let why = why.to_owned();
    let (header, letters) = (column.header.clone(), letters(column.at));
    ExplainedColumn { header, letters, filled, key, why, samples }
}

/// If a heading suggests a key of the plan, returns this key and the words in the heading that suggest it.
fn guess(rows: Rows, header: &str) -> Option<(&'static str, &'static str)> {
    match rows {
        Rows::Updates => knowledge::guess_of_update(header),
        _ => knowledge::guess(header),
    }
}
