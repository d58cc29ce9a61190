//! Rows on a screen, as `plan list` shows them, and the columns that every table of rows is made of.

use super::{
    row_fields::{
        AREA, FACTS, Fact, ID, OWNERS, PRIORITY, PROGRESS, RAG, REQUESTED, TEXT, TIMESCALE, TIMING,
    },
    words,
};
use crate::{
    doc::{Column, Doc, Fit, Line, Table, text::capitalised},
    model::to_single_line,
    query::Row,
};

/// A column of a table of rows: its fact, and what it takes of a narrow screen.
pub type FactColumn = (&'static Fact, Fit);

/// The rows on a screen, with the usual columns or with those that are named.
pub fn document(rows: &[Row<'_>], names: &[String]) -> Doc {
    let mut doc = Doc::default();
    if rows.is_empty() {
        doc.say("Nothing matches.");
        return doc;
    }
    let columns = match names {
        [] => usual(rows),
        names => names.iter().filter_map(|name| named(name)).collect(),
    };
    doc.table(facts(&columns, rows));
    if columns.iter().any(|(fact, _)| fact.name == RAG.name) {
        colours(&mut doc, rows);
    }
    doc
}

/// The rows on paper.
pub fn on_paper(rows: &[Row<'_>]) -> Doc {
    let mut doc = Doc::default();
    doc.table(paper_table(rows));
    colours(&mut doc, rows);
    doc
}

/// The meaning of these rows' colours.
pub fn colours(doc: &mut Doc, rows: &[Row<'_>]) {
    words::colours(rows).iter().for_each(|rule| doc.say(to_single_line(rule)));
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

/// The rows with the columns that they have on paper.
pub fn paper_table(rows: &[Row<'_>]) -> Table {
    let columns = [
        Some((&ID, Fit::Always)),
        Some((&AREA, Fit::Always)),
        optional(&PRIORITY, Fit::Always, rows),
        Some((&TEXT, Fit::Always)),
        Some((&OWNERS, Fit::Always)),
        Some((&TIMESCALE, Fit::Always)),
        optional(&REQUESTED, Fit::Always, rows),
        Some((&PROGRESS, Fit::Always)),
        optional(&RAG, Fit::Always, rows),
        Some((&TIMING, Fit::Always)),
    ];
    facts(&columns.into_iter().flatten().collect::<Vec<_>>(), rows)
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
pub fn facts(columns: &[FactColumn], rows: &[Row<'_>]) -> Table {
    let is_action = rows.first().is_some_and(|row| row.is_action());
    let cell = |row: &Row<'_>, fact: &Fact| Line::styled((fact.style)(row), (fact.words)(row));
    let cells = |row| columns.iter().map(|(fact, _)| cell(row, fact)).collect();
    let columns = columns.iter().map(|(fact, fit)| match fact.name {
        "text" if is_action => Column::new("Action", *fit),
        "rag" => Column::new(fact.heading, *fit),
        _ => Column::new(capitalised(&fact.heading.to_lowercase()), *fit),
    });
    Table::new(columns.collect::<Vec<_>>(), rows.iter().map(cells).collect())
}
