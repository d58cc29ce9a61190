//! Describes the parts of a sheet that a person does not see in a spreadsheet program, such as hidden rows.

use super::{
    account::rows_in_words,
    mapping::{SheetMapping, same_header},
    table::{Area, Blank, Cell, Kind, Why, letters},
    target::Target,
    view::{Column, SheetView},
};
use crate::model::counted;

/// Returns remarks about the parts of a sheet that a person does not see, such as hidden rows and formulas without a
/// result.
pub fn hidden(view: &SheetView<'_>, unit: &str, mapping: &SheetMapping) -> Vec<String> {
    let sheet = view.sheet;
    let of_sheet =
        if sheet.name.is_empty() { String::new() } else { format!("sheet `{}`: ", sheet.name) };
    let mut notes = Vec::new();
    if let Some(word) = sheet.visibility.word() {
        notes.push(format!("{of_sheet}this sheet is {word}, but is read like the others"));
    }
    let rows: Vec<u32> = view.rows().filter(|row| row.is_hidden).map(|row| row.number).collect();
    if !rows.is_empty() {
        let rows = rows_in_words(unit, &rows);
        notes.push(format!(
            "{of_sheet}these rows are hidden or filtered out, but are read like the others: {rows}"
        ));
    }
    let is_hidden = |column: &&Column| {
        let mut ranges = sheet.hidden_columns.iter();
        ranges.any(|(first, last)| (*first..=*last).contains(&column.at))
            && view.texts(column).next().is_some()
            && !mapping.leaves_out(&column.header)
    };
    let columns: Vec<String> = view
        .columns
        .iter()
        .filter(is_hidden)
        .map(|column| format!("`{}`", column.header))
        .collect();
    if !columns.is_empty() {
        let columns = columns.join(", ");
        notes.push(format!(
            "{of_sheet}these columns are hidden, but are read like the others: {columns}"
        ));
    }
    let is_filled = |column: &Column| {
        mapping.fill_down.iter().any(|header| same_header(header, &column.header))
    };
    let filled: Vec<usize> =
        view.columns.iter().filter(|column| is_filled(column)).map(|column| column.at).collect();
    let is_merged = |area: &&Area| {
        area.rows.0 > view.header
            && area.rows.1 > area.rows.0
            && !(area.columns.0..=area.columns.1).all(|column| filled.contains(&column))
    };
    let merged = sheet.merged.iter().filter(is_merged).count();
    if merged > 0 {
        let cells = counted(merged, "range of cells is", "ranges of cells are");
        notes.push(format!("{of_sheet}{cells} merged across several rows, and only the first row has the value; `fill_down` copies the value to the other rows"));
    }
    let told = doubtful_ids(view, mapping).into_iter().chain(blanks(view, unit));
    notes.extend(told.map(|note| format!("{of_sheet}{note}")));
    notes
}

/// Returns remarks about ids that a spreadsheet program may have changed into numbers or dates.
fn doubtful_ids(view: &SheetView<'_>, mapping: &SheetMapping) -> Vec<String> {
    let mut notes = Vec::new();
    for header in mapping.headers(Target::is_id) {
        let Some(column) = view.column(header) else { continue };
        let cells = |is_doubtful: fn(&Cell) -> bool| {
            let rows = view.rows().filter(|row| row.cells.get(column.at).is_some_and(is_doubtful));
            let names: Vec<String> =
                rows.map(|row| format!("{}{}", letters(column.at), row.number)).collect();
            (!names.is_empty()).then(|| rows_in_words("cell", &names))
        };
        let header = &column.header;
        if let Some(cells) = cells(|cell| cell.kind == Kind::Number && cell.text.contains('.')) {
            notes.push(format!("`{header}` has decimal numbers in {cells}, so 5.10 becomes 5.1; format the column as text and correct the ids"));
        }
        if let Some(cells) = cells(|cell| cell.kind == Kind::Date) {
            notes.push(format!("`{header}` has dates in {cells}, because spreadsheet programs change ids such as 1.1.1 and 3/4 into dates; format the column as text and type the ids again"));
        }
    }
    notes
}

/// Returns remarks about cells that have content but no text.
fn blanks(view: &SheetView<'_>, unit: &str) -> Vec<String> {
    let mut notes = Vec::new();
    let mut blanks: Vec<&Blank> =
        view.sheet.blanks.iter().filter(|blank| blank.row > view.header).collect();
    blanks.sort_by_key(|blank| blank.column);
    while let Some(first) = blanks.first().copied() {
        let is_same = |blank: &&Blank| blank.column == first.column && blank.why == first.why;
        let (same, rest): (Vec<&Blank>, Vec<&Blank>) = blanks.into_iter().partition(is_same);
        let header = view.columns.iter().find(|column| column.at == first.column);
        let header = header.map_or_else(|| letters(first.column), |column| column.header.clone());
        let rows: Vec<u32> = same.iter().map(|blank| blank.row).collect();
        let cells = match first.why {
            Why::NoResult if rows.len() == view.rows().count() => "all cells".to_owned(),
            _ => rows_in_words(unit, &rows),
        };
        notes.push(format!("`{header}`, {cells}: {}", why(&first.why)));
        blanks = rest;
    }
    notes
}

/// Returns the reason why a cell has no text, in words for the user.
pub fn why(blank: &Why) -> String {
    match blank {
        Why::Error(value) => format!("the error {value} is read as an empty cell"),
        Why::NoResult => "a formula without a stored result is read as an empty cell: open the file in a spreadsheet program, save it, and import it again".to_owned(),
    }
}
