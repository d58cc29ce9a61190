//! The summary of an import: the values read, the items made and changed, and the values that were left out.

use std::collections::BTreeMap;

use crate::model::{Id, counted};

/// A row of the file, identified by its sheet and its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowPlace {
    /// The index of the sheet.
    pub sheet: usize,
    pub row: u32,
}

/// A cell value that was not imported: its sheet, column and text, and the reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unplaced {
    pub sheet: usize,
    pub column: String,
    pub value: String,
    pub why: String,
}

/// An item whose value differs between the file and the plan. The plan is not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub id: Id,
    pub place: RowPlace,
    pub key: &'static str,
    pub plan: String,
    pub file: String,
    /// The reason why nothing was recorded.
    pub why: &'static str,
}

/// An item that was changed, with a description of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedItem {
    pub id: Id,
    pub how: String,
}

/// The summary of an import.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// The name of the file as given on the command line, and the word for its rows.
    pub file: String,
    pub unit: &'static str,
    /// The names of the sheets. The only sheet of a csv file has an empty name.
    pub sheets: Vec<String>,
    pub rows: usize,
    /// The new recommendations and actions.
    pub made: Vec<Id>,
    /// The number of actions among the new items.
    pub actions: usize,
    pub changed: Vec<ChangedItem>,
    pub same: usize,
    /// The items of the plan that are missing in the file.
    pub gone: Vec<Id>,
    pub differs: Vec<Differs>,
    /// The wordings whose meaning must be agreed, each with its rows.
    pub to_be_agreed: BTreeMap<String, Vec<u32>>,
    pub unplaced: BTreeMap<Unplaced, Vec<u32>>,
    /// Further remarks on the file.
    pub notes: Vec<String>,
}

/// The maximum number of rows listed after a value.
const NAMED: usize = 6;

impl Account {
    /// Records a value that was not imported.
    pub fn unplaced(&mut self, place: RowPlace, column: &str, value: &str, why: impl Into<String>) {
        let value = value.chars().take(200).collect();
        let key =
            Unplaced { sheet: place.sheet, column: column.to_owned(), value, why: why.into() };
        let rows = self.unplaced.entry(key).or_default();
        if rows.last() != Some(&place.row) {
            rows.push(place.row);
        }
    }

    /// Checks whether every value was imported.
    pub fn is_complete(&self) -> bool {
        self.unplaced.is_empty()
    }

    /// Returns the rows with a value that was not imported.
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

    /// Lists row numbers as text: `rows 3, 4 and 12 more`.
    pub fn rows_in_words(&self, rows: &[u32]) -> String {
        rows_in_words(self.unit, rows)
    }
}

/// Lists row numbers as text: `rows 3, 4 and 12 more`. `unit` is the word for a row.
pub fn rows_in_words(unit: &str, rows: &[u32]) -> String {
    let named: Vec<String> = rows.iter().take(NAMED).map(u32::to_string).collect();
    let more = match rows.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {}", counted(more, "more", "more")),
    };
    let plural = if rows.len() == 1 { "" } else { "s" };
    format!("{unit}{plural} {}{more}", named.join(", "))
}
