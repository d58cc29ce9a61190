//! Rows on a screen, as `plan list` shows them, and the columns that every table of rows is made of.

use super::{
    row_fields::{
        AREA, FACTS, Fact, ID, OWNERS, PRIORITY, PROGRESS, RAG, REQUESTED, TEXT, TIMESCALE, TIMING,
    },
    words,
};
use crate::{
    doc::{
        Screen,
        markdown::{self, escape},
        style::paint,
        table::{Column, Fit, layout},
        text::wrap,
    },
    query::Row,
};

/// A column of a table of rows: its fact, and what it takes of a narrow screen.
pub type FactColumn = (&'static Fact, Fit);

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
        Some((&ID, Fit::Always)),
        optional(&PRIORITY, Fit::Dropped(5), rows),
        Some((&TEXT, Fit::Words)),
        optional(&OWNERS, Fit::Dropped(2), rows),
        optional(&AREA, Fit::Dropped(1), rows),
        Some((&TIMESCALE, Fit::Dropped(4))),
        optional(&REQUESTED, Fit::Dropped(6), rows),
        Some((&PROGRESS, Fit::Dropped(3))),
        optional(&RAG, Fit::Always, rows),
        Some((&TIMING, Fit::DROPPED_LAST)),
    ];
    columns.into_iter().flatten().collect()
}

/// The rows as a table in Markdown.
pub fn in_markdown(rows: &[Row<'_>]) -> String {
    let columns =
        [&ID, &AREA, &PRIORITY, &TEXT, &OWNERS, &TIMESCALE, &REQUESTED, &PROGRESS, &RAG, &TIMING];
    let optional = [&PRIORITY, &REQUESTED, &RAG].map(|fact| fact.name);
    let is_shown = |fact: &&Fact| !optional.contains(&fact.name) || fact.is_in(rows);
    let columns: Vec<&Fact> = columns.into_iter().filter(is_shown).collect();
    let names = columns.iter().map(|fact| match fact.name {
        name if name == RAG.name => RAG.heading.to_owned(),
        _ => words::capitalised(&fact.heading.to_lowercase()),
    });
    let mut text = markdown::header(names);
    for row in rows {
        text.push_str(&markdown::line(columns.iter().map(|fact| escape(&(fact.words)(row)))));
    }
    text
}

/// The column of a fact that is left out where no row has anything to tell of it.
pub fn optional(fact: &'static Fact, room: Fit, rows: &[Row<'_>]) -> Option<FactColumn> {
    fact.is_in(rows).then_some((fact, room))
}

/// The fact of this name as a column that is always there.
fn named(name: &str) -> Option<FactColumn> {
    let fact = FACTS.iter().find(|fact| fact.name == name)?;
    Some((*fact, if fact.name == TEXT.name { Fit::Words } else { Fit::Always }))
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
