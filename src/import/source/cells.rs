//! Converts the values in workbooks to cells, and limits the number of cells.

use anyhow::bail;
use calamine::{Data, Range};

use super::{MOST_CELLS, MOST_LETTERS, numbers::NumberFormat};
use crate::import::table::{Blank, Cell, Kind, Row, Sheet, Visibility, Why};

pub fn visibility(visible: calamine::SheetVisible) -> Visibility {
    match visible {
        calamine::SheetVisible::Visible => Visibility::Visible,
        calamine::SheetVisible::Hidden => Visibility::Hidden,
        calamine::SheetVisible::VeryHidden => Visibility::VeryHidden,
    }
}

/// Copies the cells of a range into a sheet. For each value, `shown` gets the row, the column and the value, and may
/// return a cell that replaces the value. Rows are counted from 1, and columns from 0.
pub fn take(
    sheet: &mut Sheet,
    range: &Range<Data>,
    shown: impl Fn(u32, usize, &Data) -> Option<Cell>,
) {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (cells, number) in range.rows().zip(first_row + 1..) {
        let mut row = Row { number, ..Row::default() };
        for (data, column) in cells.iter().zip(first_column as usize..) {
            match cell(data) {
                Ok(found) => row.put(column, shown(number, column, data).unwrap_or(found)),
                Err(why) => sheet.blanks.push(Blank { row: number, column, why }),
            }
        }
        if !row.is_empty() {
            sheet.rows.push(row);
        }
    }
}

/// Converts a value to a cell. Fails if the value is an error such as `#N/A`.
fn cell(data: &Data) -> Result<Cell, Why> {
    let general = NumberFormat::General;
    Ok(match data {
        Data::Empty => Cell::default(),
        Data::String(text) => Cell::new(text, Kind::Text),
        Data::Float(number) => general.cell(*number),
        Data::Int(number) => general.cell(*number as f64),
        Data::Bool(truth) => of_truth(*truth),
        Data::DateTime(moment) => general.date_cell(moment),
        Data::DateTimeIso(text) | Data::DurationIso(text) => of_iso(text),
        Data::Error(error) => return Err(Why::Error(error.to_string())),
    })
}

/// Converts a boolean to a cell with the text `TRUE` or `FALSE`.
pub fn of_truth(truth: bool) -> Cell {
    Cell::new(if truth { "TRUE" } else { "FALSE" }, Kind::Truth)
}

/// Converts a date and time in a text such as `2003-12-31T00:00:00` to a cell.
pub fn of_iso(text: &str) -> Cell {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let time = time.trim_end_matches('Z');
    let is_midnight = time.bytes().all(|byte| b"0:.".contains(&byte));
    let text = if is_midnight {
        day.to_owned()
    } else {
        format!("{day} {}", time.get(..5).unwrap_or(time))
    };
    Cell::new(&text, Kind::Date)
}

/// The number of cells in memory, and the total length of their texts in bytes.
#[derive(Default)]
pub struct Held {
    pub cells: u64,
    pub letters: u64,
}

impl Held {
    /// Adds to the number of cells and to the total length of their texts. Fails if a total exceeds its limit.
    pub fn add(&mut self, cells: u64, letters: u64) -> anyhow::Result<()> {
        self.cells = self.cells.saturating_add(cells);
        self.letters = self.letters.saturating_add(letters);
        if self.cells > MOST_CELLS {
            bail!(
                "more than {MOST_CELLS} cells: delete cells far from the table, or save the sheets as csv files"
            );
        }
        if self.letters > MOST_LETTERS {
            bail!("more than {MOST_LETTERS} characters: import the file in parts");
        }
        Ok(())
    }
}
