//! The summary of an import: the rows that were read, the items that changed, and the values that were not imported.

use std::collections::BTreeMap;

use crate::model::{Id, counted};

/// The position of a row in the imported file: its sheet and its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowPlace {
    /// The index of the sheet in the file.
    pub sheet: usize,
    pub row: u32,
}

/// A cell value that was not imported, with its sheet, its column and the reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unplaced {
    pub sheet: usize,
    pub column: String,
    pub value: String,
    pub why: String,
}

/// A difference between the imported file and the plan in one key of an item. The import keeps the value in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub id: Id,
    pub place: RowPlace,
    pub key: String,
    pub plan: String,
    pub file: String,
    /// The reason why the import kept the value in the plan.
    pub why: &'static str,
}

/// The reason that the import gives if agreed wording differs.
pub const AGREED: &str = "an import never changes agreed wording";

/// An item that the import changed, with a description of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedItem {
    pub id: Id,
    pub how: String,
}

/// The summary of an import.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// The name of the imported file, as given on the command line.
    pub file: String,
    pub unit: &'static str,
    /// The names of the sheets in the file. The single sheet of a csv file has an empty name.
    pub sheets: Vec<String>,
    pub rows: usize,
    /// The ids of the new recommendations and actions.
    pub made: Vec<Id>,
    /// The number of new actions.
    pub actions: usize,
    pub changed: Vec<ChangedItem>,
    pub same: usize,
    /// The ids of recommendations and actions that are in the plan but not in the file.
    pub gone: Vec<Id>,
    pub differs: Vec<Differs>,
    /// The timescales whose meaning must still be agreed, each with the numbers of the rows that contain it.
    pub to_be_agreed: BTreeMap<String, Vec<u32>>,
    pub unplaced: BTreeMap<Unplaced, Vec<u32>>,
    /// Remarks on the imported file.
    pub notes: Vec<String>,
}

/// The maximum number of row numbers in a message. Further rows are only counted.
const NAMED: usize = 6;

impl Account {
    /// Records that a value was not imported, with the reason.
    pub fn unplaced(&mut self, place: RowPlace, column: &str, value: &str, why: impl Into<String>) {
        let value = value.chars().take(200).collect();
        let key =
            Unplaced { sheet: place.sheet, column: column.to_owned(), value, why: why.into() };
        let rows = self.unplaced.entry(key).or_default();
        if rows.last() != Some(&place.row) {
            rows.push(place.row);
        }
    }

    /// Removes a row from the list of rows for which the meaning of this wording must still be agreed.
    pub fn is_agreed(&mut self, wording: &str, row: u32) {
        if let Some(rows) = self.to_be_agreed.get_mut(wording) {
            rows.retain(|known| *known != row);
            if rows.is_empty() {
                self.to_be_agreed.remove(wording);
            }
        }
    }

    /// Checks whether every value was imported.
    pub fn is_complete(&self) -> bool {
        self.unplaced.is_empty()
    }

    /// Returns the rows from which at least one value was not imported.
    pub fn rows_left(&self) -> Vec<RowPlace> {
        let mut places: Vec<RowPlace> = self
            .unplaced
            .iter()
            .flat_map(|(key, rows)| rows.iter().map(|row| RowPlace { sheet: key.sheet, row: *row }))
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Returns a text that lists row numbers, such as `rows 3, 4 and 12 more`.
    pub fn rows_in_words(&self, rows: &[u32]) -> String {
        rows_in_words(self.unit, rows)
    }
}

/// Returns a text that lists rows or cells, such as `rows 3, 4 and 12 more`. `unit` is the word for a row or a cell.
pub fn rows_in_words(unit: &str, rows: &[impl ToString]) -> String {
    let named: Vec<String> = rows.iter().take(NAMED).map(ToString::to_string).collect();
    let more = match rows.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {}", counted(more, "more", "more")),
    };
    let plural = if rows.len() == 1 { "" } else { "s" };
    format!("{unit}{plural} {}{more}", named.join(", "))
}
