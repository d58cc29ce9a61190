//! The plan for another program: the items that were chosen, and the tables that are made of them.

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
    /// A flat table of a plan.
    ExportTable {
        Recommendations = "recommendations",
        Actions = "actions",
        Updates = "updates",
        Extensions = "extensions",
    }
}

/// The rows that were chosen for another program.
#[derive(Clone, Copy)]
pub struct Export<'a> {
    pub portfolio: &'a Portfolio,
    /// The recommendations and actions, in the plan's order.
    pub rows: &'a [Row<'a>],
    /// The table of a format that has only one.
    pub table: ExportTable,
    /// The moment of the export.
    pub now: DateTime<Utc>,
}

/// A table of values, each with its style.
pub struct Grid<'v> {
    pub names: Vec<String>,
    pub rows: Vec<Vec<(FactValue<'v>, Style)>>,
}

impl<'a> Export<'a> {
    /// A table of what was chosen.
    pub fn grid(&self, table: ExportTable) -> Grid<'a> {
        match table {
            ExportTable::Recommendations => self.items(|row| !row.is_action()),
            ExportTable::Actions => self.items(Row::is_action),
            ExportTable::Updates => self.entries(Row::progress_entries),
            ExportTable::Extensions => self.entries(Row::revisions),
        }
    }

    /// A line for each item, with every fact of it.
    fn items(&self, is_meant: impl Fn(&Row<'a>) -> bool) -> Grid<'a> {
        let cell = |fact: &Fact, row: &Row<'a>| ((fact.value)(row), (fact.style)(row));
        let rows = self.rows.iter().filter(|row| is_meant(row));
        Grid {
            names: FACTS.iter().map(|fact| fact.name.to_owned()).collect(),
            rows: rows.map(|row| FACTS.iter().map(|fact| cell(fact, row)).collect()).collect(),
        }
    }

    /// A line for each entry of the items that was known on the as-of day, oldest first, after the id of its item.
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
