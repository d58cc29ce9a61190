//! The data that `plan export` writes: the selected recommendations and actions, and tables of their values.

use anstyle::Style;
use chrono::{DateTime, Utc};

use super::{
    fact_value::{FactValue, named},
    row_fields::{FACTS, Fact, ID},
};
use crate::{
    doc::style::{PLAIN, STRONG},
    model::{Dated, Record, seen_on, vocabulary},
    query::{Portfolio, Row},
};

vocabulary! {
    /// One of the tables that `plan export` can write.
    ExportTable {
        Recommendations = "recommendations",
        Actions = "actions",
        Updates = "updates",
        Extensions = "extensions",
    }
}

/// The data of an export: the plans, the selected rows, and the table to write.
#[derive(Clone, Copy)]
pub struct Export<'a> {
    pub portfolio: &'a Portfolio,
    /// The selected recommendations and actions, in the order of the plan.
    pub rows: &'a [Row<'a>],
    /// The table to write if the format can hold only one table.
    pub table: ExportTable,
    /// True if a calendar may contain cancelled events.
    pub has_cancelled: bool,
    /// The time of the export.
    pub now: DateTime<Utc>,
}

/// A table to export: the names of the columns, and the rows. Each value in a row has a style.
pub struct Grid<'v> {
    pub names: Vec<String>,
    pub rows: Vec<Vec<(FactValue<'v>, Style)>>,
}

impl<'a> Export<'a> {
    /// Builds one of the tables that `plan export` can write.
    pub fn grid(&self, table: ExportTable) -> Grid<'a> {
        match table {
            ExportTable::Recommendations => self.items(|row| !row.is_action()),
            ExportTable::Actions => self.items(Row::is_action),
            ExportTable::Updates => self.entries(|row| row.item().progress()),
            ExportTable::Extensions => self.entries(|row| row.item().revisions()),
        }
    }

    /// Builds a table with one column per field. The table has one line for each item for which `is_meant` returns
    /// true.
    fn items(&self, is_meant: impl Fn(&Row<'a>) -> bool) -> Grid<'a> {
        let cell = |fact: &Fact, row: &Row<'a>| ((fact.value)(row), (fact.style)(row));
        let rows = self.rows.iter().filter(|row| is_meant(row));
        Grid {
            names: FACTS.iter().map(|fact| fact.name.to_owned()).collect(),
            rows: rows.map(|row| FACTS.iter().map(|fact| cell(fact, row)).collect()).collect(),
        }
    }

    /// Builds a table with one line per entry known on the as-of day. The first column is the id of the item.
    fn entries<T: Record + Dated + 'a>(&self, of: fn(&Row<'a>) -> &'a [T]) -> Grid<'a> {
        let line = |row: &Row<'a>, entry: &'a T| {
            let values = named(entry.values()).map(|(_, value)| (value, PLAIN));
            std::iter::once(((ID.value)(row), STRONG)).chain(values).collect()
        };
        let rows = self.rows.iter().flat_map(|row| {
            seen_on(of(row), row.view.as_of).map(|entry| line(row, entry)).collect::<Vec<_>>()
        });
        let names = std::iter::once(ID.name).chain(T::KEYS.iter().map(|key| key.name));
        Grid { names: names.map(str::to_owned).collect(), rows: rows.collect() }
    }
}
