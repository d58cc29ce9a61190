//! Converts the values of workbooks to cells, and counts the cells of a sheet.

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

/// Copies the cells of a range into a sheet. `shown` gets the row (counted from 1), the column (counted from 0) and the
/// value of a cell, and may return a cell that is closer to the displayed text.
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

/// Returns the cell for a value whose number format is unknown. For an error value, returns the reason why the cell has
/// no text.
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

/// Returns the cell for a boolean, as spreadsheets show it.
pub fn of_truth(truth: bool) -> Cell {
    Cell::new(if truth { "TRUE" } else { "FALSE" }, Kind::Truth)
}

/// Returns the cell for a date and time written as text: `2003-12-31T00:00:00`.
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

/// The number of cells in memory, and of their letters.
#[derive(Default)]
pub struct Held {
    pub cells: u64,
    pub letters: u64,
}

impl Held {
    /// Counts further cells, and fails if there are too many for the memory.
    pub fn add(&mut self, cells: u64, letters: u64) -> anyhow::Result<()> {
        self.cells = self.cells.saturating_add(cells);
        self.letters = self.letters.saturating_add(letters);
        if self.cells > MOST_CELLS {
            bail!(
                "more than {MOST_CELLS} cells: delete cells far from the table, or save the sheets as csv files"
            );
        }
        if self.letters > MOST_LETTERS {
            bail!("more than {MOST_LETTERS} letters: import the file in parts");
        }
        Ok(())
    }
}
