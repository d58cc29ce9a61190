//! The account of an import: what was read, made and changed, and everything that found no place.

use std::collections::BTreeMap;

use crate::model::{Id, counted};

/// A place in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowPlace {
    /// The position of the sheet.
    pub sheet: usize,
    pub row: u32,
}

/// The value of a cell that found no place: by its sheet, column and words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unplaced {
    pub sheet: usize,
    pub column: String,
    pub value: String,
    pub why: String,
}

/// An item on which the file and the plan do not say the same, and the plan stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub id: Id,
    pub place: RowPlace,
    pub key: &'static str,
    pub plan: String,
    pub file: String,
    /// Why nothing was recorded.
    pub why: &'static str,
}

/// An item that was changed, and in words how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedItem {
    pub id: Id,
    pub how: String,
}

/// The account.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// The file as it is named on the command line, and how its rows are called.
    pub file: String,
    pub unit: &'static str,
    /// The names of the sheets; that of a csv file is empty.
    pub sheets: Vec<String>,
    pub rows: usize,
    /// The recommendations and actions that were made.
    pub made: Vec<Id>,
    /// How many of them are actions.
    pub actions: usize,
    pub changed: Vec<ChangedItem>,
    pub same: usize,
    /// Items of the plan that the file does not have.
    pub gone: Vec<Id>,
    pub differs: Vec<Differs>,
    /// Wordings that wait for a meaning, with the rows.
    pub to_be_agreed: BTreeMap<String, Vec<u32>>,
    pub unplaced: BTreeMap<Unplaced, Vec<u32>>,
    /// Further notes on the file.
    pub notes: Vec<String>,
}

/// The most rows that are named after a value.
const NAMED: usize = 6;

impl Account {
    /// Notes a value that found no place.
    pub fn unplaced(&mut self, place: RowPlace, column: &str, value: &str, why: impl Into<String>) {
        let value = value.chars().take(200).collect();
        let key =
            Unplaced { sheet: place.sheet, column: column.to_owned(), value, why: why.into() };
        let rows = self.unplaced.entry(key).or_default();
        if rows.last() != Some(&place.row) {
            rows.push(place.row);
        }
    }

    /// Says whether everything found a place.
    pub fn is_complete(&self) -> bool {
        self.unplaced.is_empty()
    }

    /// The rows that have something that found no place.
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

    /// Rows in words: `rows 3, 4 and 12 more`.
    pub fn rows_in_words(&self, rows: &[u32]) -> String {
        rows_in_words(self.unit, rows)
    }
}

/// Rows in words: `rows 3, 4 and 12 more`.
pub fn rows_in_words(unit: &str, rows: &[u32]) -> String {
    let named: Vec<String> = rows.iter().take(NAMED).map(u32::to_string).collect();
    let more = match rows.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {}", counted(more, "more", "more")),
    };
    let plural = if rows.len() == 1 { "" } else { "s" };
    format!("{unit}{plural} {}{more}", named.join(", "))
}
