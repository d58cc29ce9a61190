//! Reads xlsx workbooks. Properties that the calamine crate does not give, such as hidden rows, are read from the XML
//! files in the workbook.

use std::{
    collections::{HashMap, HashSet},
    io::Cursor,
    panic::resume_unwind,
    thread,
};

use anyhow::{Context as _, anyhow};
use calamine::{DataRef, Dimensions, Reader, SheetType, Style, Xlsx};

use super::{
    Watch,
    cells::{Held, of_iso, of_truth, visibility},
    numbers::NumberFormat,
    package::Package,
    tags::{Tag, unescaped},
};
use crate::import::table::{Area, Blank, Cell, Kind, Row, Sheet, Why, letters};

/// The error values that the calamine crate knows. The crate cannot read a sheet that contains any other error value.
const KNOWN_ERRORS: [&[u8]; 8] =
    [b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!", b"#DATA!"];
const ROWS_BETWEEN: u32 = 500;

/// The properties of a sheet that the calamine crate does not give.
#[derive(Default)]
struct Facts {
    hidden: HashSet<u32>,
    hidden_columns: Vec<(usize, usize)>,
    merged: Vec<Area>,
    blanks: Vec<Blank>,
    /// The first error value that the calamine crate does not know: the position of the cell, and the value.
    unknown_error: Option<(String, String)>,
}

/// Reads all sheets of the workbook.
pub fn read(
    bytes: &[u8],
    package: &mut Package<'_>,
    watch: Watch<'_>,
) -> anyhow::Result<Vec<Sheet>> {
    let parts = parts(package)?;
    let mut book = Xlsx::new(Cursor::new(bytes))
        .map_err(|error| anyhow!("the workbook cannot be read: {error}"))?;
    let mut held = Held::default();
    let mut sheets = Vec::new();
    for known in book.sheets_metadata().to_vec() {
        if known.typ != SheetType::WorkSheet {
            continue;
        }
        let visibility = visibility(known.visible);
        let mut sheet = Sheet { name: known.name, visibility, ..Sheet::default() };
        let part = parts.get(&sheet.name);
        // The sheet is read twice at the same time: once for its properties, and once for its cells.
        let (facts, read) = thread::scope(|scope| {
            let facts = scope.spawn(|| part.map(|part| facts(package, part)).transpose());
            let read = rows(&mut book, &mut sheet, &mut held, watch);
            (facts.join().unwrap_or_else(|panic| resume_unwind(panic)), read)
        });
        let facts = facts?.unwrap_or_default();
        match facts.unknown_error {
            Some((cell, value)) => {
                let why = format!(
                    "cell {cell} holds the error {value}, and a sheet with such an error cannot be read"
                );
                let help = "clear each cell with such an error, or paste a value over it, and save the workbook";
                sheet.refused = Some((why, help.to_owned()));
                sheet.rows.clear();
                sheet.blanks.clear();
            }
            None => read.with_context(|| format!("sheet `{}`", sheet.name))?,
        }
        for row in &mut sheet.rows {
            row.is_hidden = facts.hidden.contains(&row.number);
        }
        sheet.hidden_columns = facts.hidden_columns;
        sheet.merged = facts.merged;
        sheet.blanks.extend(facts.blanks);
        sheet.blanks.sort_by_key(|blank| (blank.row, blank.column));
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn rows(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &mut Sheet,
    held: &mut Held,
    watch: Watch<'_>,
) -> anyhow::Result<()> {
    let name = sheet.name.clone();
    let mut reader = book.worksheet_cells_reader(&name)?;
    let Dimensions { end: (last, _), .. } = reader.dimensions();
    let code =
        |style: &Style| style.number_format.as_ref().map(|format| format.format_code.clone());
    let formats: Vec<NumberFormat> = reader
        .styles()
        .iter()
        .map(|style| code(style).map_or(NumberFormat::General, |code| NumberFormat::of_code(&code)))
        .collect();
    while let Some((found, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = found.get_position();
        let (number, column) = (row + 1, column as usize);
        let format = formats.get(style).copied().unwrap_or(NumberFormat::General);
        let cell = match found.get_value() {
            DataRef::Error(error) => {
                let why = Why::Error(error.to_string());
                sheet.blanks.push(Blank { row: number, column, why });
                continue;
            }
            value => cell(value, format),
        };
        if cell.text.is_empty() {
            continue;
        }
        let is_new = sheet.rows.last().is_none_or(|last| last.number != number);
        if is_new && number.is_multiple_of(ROWS_BETWEEN) {
            watch(number.into(), last.into());
        }
        let row = row_of(&mut sheet.rows, number);
        let before = row.cells.len();
        let new = (column + 1).saturating_sub(before);
        held.add(new as u64, cell.text.len() as u64)?;
        row.put(column, cell);
    }
    sheet.rows.iter_mut().for_each(|row| row.cells.shrink_to_fit());
    Ok(())
}

/// Returns the row with this number. If `rows` has no such row, adds an empty row.
fn row_of(rows: &mut Vec<Row>, number: u32) -> &mut Row {
    let at = match rows.last() {
        Some(last) if last.number == number => rows.len() - 1,
        Some(last) if last.number > number => {
            match rows.binary_search_by_key(&number, |row| row.number) {
                Ok(at) => at,
                Err(at) => {
                    rows.insert(at, Row { number, ..Row::default() });
                    at
                }
            }
        }
        _ => {
            let width = rows.last().map_or(0, |last| last.cells.len());
            rows.push(Row { number, cells: Vec::with_capacity(width), ..Row::default() });
            rows.len() - 1
        }
    };
    &mut rows[at]
}

fn cell(value: &DataRef<'_>, format: NumberFormat) -> Cell {
    match value {
        DataRef::Int(number) => format.cell(*number as f64),
        DataRef::Float(number) => format.cell(*number),
        DataRef::String(text) => Cell::new(text, Kind::Text),
        DataRef::SharedString(text) => Cell::new(text, Kind::Text),
        DataRef::Bool(truth) => of_truth(*truth),
        DataRef::DateTime(moment) => format.date_cell(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => of_iso(text),
        DataRef::Error(_) | DataRef::Empty => Cell::default(),
    }
}

/// Returns a map from the name of each sheet to the path of the sheet's XML file in the workbook.
fn parts(package: &mut Package<'_>) -> anyhow::Result<HashMap<String, String>> {
    let mut targets = HashMap::new();
    if let Some(mut tags) = package.tags("xl/_rels/workbook.xml.rels") {
        while let Some(tag) = tags.next()? {
            if let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target")) {
                let part = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None => format!("xl/{target}"),
                };
                targets.insert(id.to_owned(), part);
            }
        }
    }
    let mut parts = HashMap::new();
    if let Some(mut tags) = package.tags("xl/workbook.xml") {
        while let Some(tag) = tags.next()? {
            let id = tag.attribute("r:id").and_then(|id| targets.get(id));
            if let (("", "sheet"), Some(name), Some(part)) = (tag.name(), tag.attribute("name"), id)
            {
                parts.insert(unescaped(name), part.clone());
            }
        }
    }
    Ok(parts)
}

fn facts(package: &mut Package<'_>, part: &str) -> anyhow::Result<Facts> {
    let mut facts = Facts::default();
    let Some(mut tags) = package.tags(part) else {
        return Ok(facts);
    };
    let mut cell = OpenCell::default();
    let mut row = 0;
    while let Some(tag) = tags.next()? {
        match tag.name() {
            ("", "row") => {
                row = tag.attribute("r").and_then(|row| row.parse().ok()).unwrap_or(row + 1);
                cell.column = 0;
                if is_hidden(tag) {
                    facts.hidden.insert(row);
                }
            }
            ("", "col") if is_hidden(tag) => {
                let end = |name| tag.attribute(name)?.parse::<usize>().ok()?.checked_sub(1);
                facts.hidden_columns.extend(end("min").zip(end("max")));
            }
            ("", "c") => cell.begin(tag, row),
            ("", "f") => cell.has_formula = true,
            ("/", "v") => cell.value(tag, &mut facts),
            ("", "is") => cell.has_value = true,
            ("/", "c") => cell.end(&mut facts),
            ("", "mergeCell") => {
                facts.merged.extend(tag.attribute("ref").and_then(area));
            }
            _ => {}
        }
    }
    Ok(facts)
}

fn is_hidden(tag: Tag<'_>) -> bool {
    tag.attribute("hidden").is_some_and(|hidden| matches!(hidden, "1" | "true"))
}

/// The cell whose tags are being read.
#[derive(Default)]
struct OpenCell {
    row: u32,
    column: usize,
    kind: u8,
    has_formula: bool,
    has_value: bool,
}

impl OpenCell {
    fn begin(&mut self, tag: Tag<'_>, row: u32) {
        let place = tag.attribute("r").and_then(position);
        let (row, column) = place.unwrap_or((row, self.column));
        let kind = match tag.attribute("t") {
            Some("e") => b'e',
            Some("str") => b's',
            _ => 0,
        };
        *self = Self { row, column, kind, has_formula: false, has_value: kind == b's' };
        // For a cell without an end tag, `end` is not called, so the move to the next column happens here.
        if tag.is_empty() {
            self.column += 1;
        }
    }

    fn value(&mut self, tag: Tag<'_>, facts: &mut Facts) {
        let text = tag.before.trim_ascii();
        self.has_value |= !text.is_empty();
        if self.kind == b'e' && !KNOWN_ERRORS.contains(&text) && facts.unknown_error.is_none() {
            let cell = format!("{}{}", letters(self.column), self.row);
            facts.unknown_error = Some((cell, unescaped(&String::from_utf8_lossy(text))));
        }
    }

    fn end(&mut self, facts: &mut Facts) {
        if self.has_formula && !self.has_value {
            facts.blanks.push(Blank { row: self.row, column: self.column, why: Why::NoResult });
        }
        self.column += 1;
    }
}

/// Parses the reference of a cell, such as `B7`, into a row and a column. Rows are counted from 1, and columns from 0.
fn position(cell: &str) -> Option<(u32, usize)> {
    let split = cell.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = cell.split_at(split);
    let mut column = 0;
    for letter in letters.bytes().filter(|letter| *letter != b'$').take(4) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
    }
    Some((row.trim_start_matches('$').parse().ok()?, column.checked_sub(1)?))
}

/// Parses a range of cells, such as `A2:A5`.
fn area(range: &str) -> Option<Area> {
    let (first, last) = range.split_once(':')?;
    let ((top, left), (bottom, right)) = (position(first)?, position(last)?);
    Some(Area { rows: (top, bottom), columns: (left, right) })
}
