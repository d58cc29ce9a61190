//! A sheet as rows of cells. The text of a cell is, if possible, the text that a spreadsheet program shows.

use crate::model::is_forbidden;

/// A sheet: one sheet of a workbook, the content of a csv file, or a list of objects in a JSON file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub visibility: Visibility,
    /// The rows that are not empty.
    pub rows: Vec<Row>,
    /// The first and the last column of each range of hidden columns. Columns are counted from 0.
    pub hidden_columns: Vec<(usize, usize)>,
    /// The merged ranges of cells. Only the first cell of a range has a value.
    pub merged: Vec<Area>,
    /// The cells that have content but no text, such as error values.
    pub blanks: Vec<Blank>,
    /// The reason why the sheet cannot be read, with a help text. `None` if the sheet can be read.
    pub refused: Option<(String, String)>,
}

/// The visibility of a sheet in a spreadsheet program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visibility {
    #[default]
    Visible,
    Hidden,
    /// The sheet is hidden even from the menus of the spreadsheet program.
    VeryHidden,
}

/// A range of cells. Rows are counted from 1, and columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub rows: (u32, u32),
    pub columns: (usize, usize),
}

/// A cell that has content but no text, with the reason why it has no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    pub row: u32,
    pub column: usize,
    pub why: Why,
}

/// The reason why a cell has no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The cell contains an error value such as `#N/A`.
    Error(String),
    /// The cell contains a formula without a stored result.
    NoResult,
}

/// A row of a sheet, or an object of a JSON file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The number of the row, counted from 1. In a csv file, this is the number of the row's first line, and in a JSON
    /// file, the number of the object.
    pub number: u32,
    /// For an object in a list inside another JSON object: the row number of this other object.
    pub parent: Option<u32>,
    /// True if the row is hidden or filtered out.
    pub is_hidden: bool,
    /// The cells of the row, up to the last cell that is not empty.
    pub cells: Vec<Cell>,
}

/// A cell of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text of the cell without white space at its ends. A day is written as `2003-12-31`, and a month as
    /// `2003-12`.
    pub text: Box<str>,
    pub kind: Kind,
}

/// The kind of value that a cell has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    /// A number without a number format. Final zeros are lost, so 5.10 may have become 5.1.
    Number,
    /// A number whose number format determines the shown digits.
    Formatted,
    /// A date that is shown as a day, a month or a year.
    Date,
    Truth,
}

impl Row {
    /// Returns the text of the cell in a column, counted from 0. The text is empty if the row has no such cell.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| &cell.text)
    }

    /// Returns the kind of the cell in a column.
    pub fn kind(&self, column: usize) -> Kind {
        self.cells.get(column).map_or(Kind::Text, |cell| cell.kind)
    }

    /// Stores a cell in a column of the row. A cell without text is ignored.
    pub fn put(&mut self, column: usize, cell: Cell) {
        if cell.text.is_empty() {
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::default());
        }
        self.cells[column] = cell;
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Returns the first text in the row. The text is empty if the row has none.
    pub fn first(&self) -> &str {
        self.cells.iter().map(|cell| &*cell.text).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Returns the number of cells that are not empty.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.text.is_empty()).count()
    }
}

impl Cell {
    pub fn new(text: &str, kind: Kind) -> Self {
        Self { text: clean(text).into(), kind }
    }
}

impl Sheet {
    /// Returns the row with this number, or `None` if the sheet has no such row.
    pub fn row(&self, number: u32) -> Option<&Row> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        self.rows.get(at)
    }

    /// Returns the number of columns in the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

impl Visibility {
    /// Returns the words that messages use to say how a sheet is hidden. Returns `None` if the sheet is visible.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Visible => None,
            Self::Hidden => Some("hidden"),
            Self::VeryHidden => Some("hidden even from Excel's list of hidden sheets"),
        }
    }
}

/// Returns the letters that spreadsheet programs show for a column, such as `A` or `AB`. Columns are counted from 0.
pub fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// Removes control characters and surrounding spaces from the text of a cell, and makes its line breaks uniform. In
/// workbooks, `_x000D_` stands for a carriage return.
fn clean(text: &str) -> String {
    let text = text.trim();
    let is_plain = !text.contains(|letter: char| letter == '\r' || is_forbidden(letter))
        && !text.contains("_x000D_");
    if is_plain {
        return text.to_owned();
    }
    let text = text.replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n");
    let text = text.replace(|letter: char| is_forbidden(letter), " ");
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{clean, letters};

    #[test]
    fn columns_have_the_letters_that_spreadsheets_give_them() {
        for (column, name) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn a_cell_has_no_space_around_it_and_plain_line_breaks() {
        assert_eq!(
            clean("\u{a0} First_x000D_\nsecond\r\nthird\rfourth "),
            "First\nsecond\nthird\nfourth"
        );
        assert_eq!(clean(" \u{1b}[31mred"), "[31mred");
    }
}
