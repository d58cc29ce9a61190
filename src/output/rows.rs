//! Tables of rows, as `plan list` prints them, and the columns for all such tables.

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

/// A column of a table of rows: its field, and how it adapts to a narrow screen.
pub type FactColumn = (&'static Fact, Fit);

/// Builds a table of the rows with the named columns, or with the default columns if `names` is empty.
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
    told(columns, rows)
}

/// Drops the columns that are empty in every row. The column of the timing always stays.
pub fn told(columns: impl IntoIterator<Item = FactColumn>, rows: &[Row<'_>]) -> Vec<FactColumn> {
    let is_told = |(fact, _): &FactColumn| fact.name == TIMING.name || fact.is_in(rows);
    columns.into_iter().filter(is_told).collect()
}

/// Builds a table of the rows with the default columns.
pub fn usual_table(rows: &[Row<'_>]) -> Table {
    facts(&usual(rows), rows, true)
}

/// Returns the columns with these names. They are shown even on a narrow screen.
pub fn named(names: &[String]) -> Vec<FactColumn> {
    let fit = |fact: &Fact| if fact.name == TEXT.name { Fit::Words } else { Fit::Always };
    chosen(names).into_iter().map(|fact| (fact, fit(fact))).collect()
}

/// Builds a table of the rows with one column per field.
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
