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

/// The rows with the usual columns, or with those that are named.
pub fn table(rows: &[Row<'_>], names: &[String], screen: Screen) -> String {
    if rows.is_empty() {
        return "Nothing matches.\n".to_owned();
    }
    if !names.is_empty() {
        let columns: Vec<(&'static Fact, Room)> =
            names.iter().filter_map(|name| named(name)).collect();
        return with_rule(facts(&columns, rows, screen), &columns, rows, screen);
    }
    let mut columns = vec![(&ID, Room::Always)];
    if rows.iter().any(|row| row.priority().is_some()) {
        columns.push((&PRIORITY, Room::Dropped(5)));
    }
    columns.push((&TEXT, Room::Words));
    if rows.iter().any(|row| !row.owners().is_empty()) {
        columns.push((&OWNERS, Room::Dropped(2)));
    }
    if rows.iter().any(|row| row.area().is_some()) {
        columns.push((&AREA, Room::Dropped(1)));
    }
    columns.push((&TIMESCALE, Room::Dropped(4)));
    if rows.iter().any(|row| row.request().is_some()) {
        columns.push((&REQUESTED, Room::Dropped(6)));
    }
    columns.push((&PROGRESS, Room::Dropped(3)));
    if rows.iter().any(|row| row.colour().is_some()) {
        columns.push((&RAG, Room::Always));
    }
    columns.push((&TIMING, Room::DroppedLast));
    with_rule(facts(&columns, rows, screen), &columns, rows, screen)
}

/// A table, and under it what its colours mean.
fn with_rule(
    table: String,
    columns: &[(&'static Fact, Room)],
    rows: &[Row<'_>],
    screen: Screen,
) -> String {
    if !columns.iter().any(|(fact, _)| fact.name == RAG.name) {
        return table;
    }
    let rules = words::colours(rows).into_iter();
    rules.fold(table, |text, rule| text + &wrap(&rule, screen, "", ""))
}

/// The fact of this name as a column that is always there.
fn named(name: &str) -> Option<(&'static Fact, Room)> {
    let fact = FACTS.iter().find(|fact| fact.name == name)?;
    Some((*fact, if fact.name == TEXT.name { Room::Words } else { Room::Always }))
}

/// The names of the facts that a table can show.
pub fn column_facts() -> Vec<&'static str> {
    FACTS.iter().filter(|fact| !fact.heading.is_empty()).map(|fact| fact.name).collect()
}

/// A table with one column a fact.
pub fn facts(columns: &[(&'static Fact, Room)], rows: &[Row<'_>], screen: Screen) -> String {
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
