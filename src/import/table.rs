//! A sheet as rows of cells. Every cell is the text that a person sees in it, as far as the file tells that.

use crate::model::is_forbidden;

/// One sheet of a workbook, the only one of a csv file, or a list of objects of a JSON file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub visibility: Visibility,
    /// The rows with something in them.
    pub rows: Vec<Row>,
    /// The ranges of cells that are merged: only the first has a value.
    pub merged: Vec<Area>,
    /// Cells that have no text for a reason that the reader should know.
    pub blanks: Vec<Blank>,
    /// Why the sheet could not be read, and the way to put it right.
    pub refused: Option<(String, String)>,
}

/// Says whether a person who opens the file sees a sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visibility {
    #[default]
    Visible,
    Hidden,
    /// Hidden so that the menus of a spreadsheet do not show it.
    VeryHidden,
}

/// A range of cells. Rows are counted from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub rows: (u32, u32),
    pub columns: (usize, usize),
}

/// A cell that looks empty and is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    pub row: u32,
    pub column: usize,
    pub why: Why,
}

/// Why a cell has no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It holds an error value: `#N/A`.
    Error(String),
    /// It holds a formula whose result is not stored.
    NoResult,
}

/// A row, or an object of a JSON file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Its number in the file, counted from 1: a row of a sheet, a line of a csv file, an object of a list.
    pub number: u32,
    /// The row of another sheet that it belongs to: of a list inside an object.
    pub parent: Option<u32>,
    /// It is hidden or filtered out.
    pub is_hidden: bool,
    /// Its cells up to the last one with something in it.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Without white space around it. A day is written `2003-12-31`, a month `2003-12`.
    pub text: Box<str>,
    pub kind: Kind,
}

/// The kind of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    /// A number whose digits are all that the file tells: 5.10 may have become 5.1.
    Number,
    /// A number whose format says how it is written.
    Formatted,
    /// A day, month or year by its number format.
    Date,
    Truth,
}

impl Row {
    /// The cell of a column, counted from 0; an empty one beyond the last.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| &cell.text)
    }

    /// The kind of the cell of a column.
    pub fn kind(&self, column: usize) -> Kind {
        self.cells.get(column).map_or(Kind::Text, |cell| cell.kind)
    }

    /// Puts a cell into a column.
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

    /// How many cells have something in them.
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
    /// The row of a number.
    pub fn row(&self, number: u32) -> Option<&Row> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        self.rows.get(at)
    }

    /// How many columns the widest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

impl Visibility {
    /// The word for people, where there is something to tell.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Visible => None,
            Self::Hidden => Some("hidden"),
            Self::VeryHidden => Some("hidden from the menus too"),
        }
    }
}

/// The letters of a column as spreadsheets name it, of a number counted from 0: `A`, `AB`.
pub fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// A text with plain line breaks, without white space around it or control characters in it. Workbooks write a carriage
/// return as `_x000D_`.
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
