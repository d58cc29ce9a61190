//! Tables of rows, which are recommendations or actions, and the columns of these tables.

use super::{
    row_fields::{
        AREA, Fact, ID, OWNERS, PRIORITY, PROGRESS, RAG, REQUESTED, TEXT, TIMESCALE, TIMING,
        UPDATE, UPDATED, chosen,
    },
    words,
};
use crate::{
    doc::{Column, Doc, Fit, Line, Table, text::capitalised},
    model::to_single_line,
    query::Row,
};

/// A column in a table of rows: the field to show, and the behaviour of the column on a narrow screen.
pub type FactColumn = (&'static Fact, Fit);

/// Builds a document with a table of the rows. If `names` is empty, the table has the default columns.
pub fn document(rows: &[Row<'_>], names: &[String], has_room: bool) -> Doc {
    let mut doc = Doc::default();
    if rows.is_empty() {
        doc.say("Nothing matches.");
        return doc;
    }
    let columns = if names.is_empty() { usual(rows) } else { named(names) };
    doc.table(facts(&columns, rows, has_room));
    if columns.iter().any(|(fact, _)| fact.name == RAG.name) {
        colours(&mut doc, rows);
    }
    doc
}

/// Adds sentences that explain the RAG colours in these rows.
pub fn colours(doc: &mut Doc, rows: &[Row<'_>]) {
    words::colours(rows).iter().for_each(|rule| doc.say(to_single_line(rule)));
}

fn usual(rows: &[Row<'_>]) -> Vec<FactColumn> {
    let columns = [
        (&ID, Fit::Always),
        (&PRIORITY, Fit::Dropped(7)),
        (&TEXT, Fit::Words),
        (&OWNERS, Fit::Cut(9)),
        (&AREA, Fit::Cut(1)),
        (&TIMESCALE, Fit::Dropped(6)),
        (&REQUESTED, Fit::Dropped(8)),
        (&PROGRESS, Fit::Dropped(3)),
        (&RAG, Fit::Always),
        (&UPDATED, Fit::Dropped(5)),
        (&UPDATE, Fit::Cut(4)),
        (&TIMING, Fit::DROPPED_LAST),
    ];
    // A column other than the timing is left out if no row has a value for this column.
    let is_told = |(fact, _): &FactColumn| fact.name == TIMING.name || fact.is_in(rows);
    columns.into_iter().filter(is_told).collect()
}

/// Builds a table of the rows with the default columns.
pub fn usual_table(rows: &[Row<'_>]) -> Table {
    facts(&usual(rows), rows, true)
}

/// Returns the columns with these names. A narrow screen does not hide these columns.
pub fn named(names: &[String]) -> Vec<FactColumn> {
    let fit = |fact: &Fact| if fact.name == TEXT.name { Fit::Words } else { Fit::Always };
    chosen(names).into_iter().map(|fact| (fact, fit(fact))).collect()
}

/// Builds a table of the rows with these columns.
pub fn facts(columns: &[FactColumn], rows: &[Row<'_>], has_room: bool) -> Table {
    let is_action = rows.first().is_some_and(|row| row.is_action());
    let cell =
        |row: &Row<'_>, fact: &Fact| Line::styled((fact.style)(row), fact.shown_in(row, has_room));
    let cells = |row| columns.iter().map(|(fact, _)| cell(row, fact)).collect();
    let columns = columns.iter().map(|(fact, fit)| match fact.name {
        "text" if is_action => Column::new("Action", *fit),
        "rag" => Column::new(fact.heading(), *fit),
        _ => Column::new(capitalised(&fact.heading().to_lowercase()), *fit),
    });
    Table::new(columns.collect::<Vec<_>>(), rows.iter().map(cells).collect())
}
