//! Rows on a screen, as `plan list` shows them, and the columns that every table of rows is made of.

use super::{
    Screen,
    facts::{
        AREA, FACTS, Fact, ID, OWNERS, PRIORITY, PROGRESS, RAG, REQUESTED, TEXT, TIMESCALE, TIMING,
    },
    prose::wrap,
    style::paint,
    table::{Column, Room, layout},
    words,
};
use crate::query::Row;

/// A column of a table of rows: its fact, and what it takes of a narrow screen.
pub type FactColumn = (&'static Fact, Room);

/// The rows with the usual columns, or with those that are named.
pub fn table(rows: &[Row<'_>], names: &[String], screen: Screen) -> String {
    if rows.is_empty() {
        return "Nothing matches.\n".to_owned();
    }
    let columns = match names {
        [] => usual(rows),
        names => names.iter().filter_map(|name| named(name)).collect(),
    };
    let mut text = facts(&columns, rows, screen);
    if columns.iter().any(|(fact, _)| fact.name == RAG.name) {
        for rule in words::colours(rows) {
            text.push_str(&wrap(&rule, screen, "", ""));
        }
    }
    text
}

fn usual(rows: &[Row<'_>]) -> Vec<FactColumn> {
    let columns = [
        Some((&ID, Room::Always)),
        optional(&PRIORITY, Room::Dropped(5), rows),
        Some((&TEXT, Room::Words)),
        optional(&OWNERS, Room::Dropped(2), rows),
        optional(&AREA, Room::Dropped(1), rows),
        Some((&TIMESCALE, Room::Dropped(4))),
        optional(&REQUESTED, Room::Dropped(6), rows),
        Some((&PROGRESS, Room::Dropped(3))),
        optional(&RAG, Room::Always, rows),
        Some((&TIMING, Room::DROPPED_LAST)),
    ];
    columns.into_iter().flatten().collect()
}

/// The column of a fact that is left out where no row has anything to tell of it.
pub fn optional(fact: &'static Fact, room: Room, rows: &[Row<'_>]) -> Option<FactColumn> {
    fact.is_in(rows).then_some((fact, room))
}

/// The fact of this name as a column that is always there.
fn named(name: &str) -> Option<FactColumn> {
    let fact = FACTS.iter().find(|fact| fact.name == name)?;
    Some((*fact, if fact.name == TEXT.name { Room::Words } else { Room::Always }))
}

/// The names of the facts that a table can show.
pub fn column_facts() -> Vec<&'static str> {
    FACTS.iter().filter(|fact| !fact.heading.is_empty()).map(|fact| fact.name).collect()
}

/// A table with one column a fact.
pub fn facts(columns: &[FactColumn], rows: &[Row<'_>], screen: Screen) -> String {
    let cell = |row: &Row<'_>, fact: &Fact| paint((fact.style)(row), &(fact.words)(row));
    let lines: Vec<Vec<String>> =
        rows.iter().map(|row| columns.iter().map(|(fact, _)| cell(row, fact)).collect()).collect();
    let is_action = rows.first().is_some_and(|row| row.action.is_some());
    let columns: Vec<Column> = columns
        .iter()
        .map(|(fact, room)| match fact.name {
            "text" if is_action => Column::new("ACTION", *room),
            _ => Column::new(fact.heading, *room),
        })
        .collect();
    layout(&columns, &lines, screen)
}
