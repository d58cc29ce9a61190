//! Section A of the report: the points that the committee is asked to note, consider and decide.

use super::{
    Section, Source,
    facts::{self, ReportedEntry},
    line,
    selection::RowSelection,
    tables::request,
    words::plural,
};
use crate::{
    doc::{Block, Line},
    query::Row,
};

/// Builds section A of the report.
pub fn section(source: &Source<'_>) -> Section {
    let items = items(source);
    let blocks = match items.len() {
        1 => vec![Block::Paragraph(match source.count(RowSelection::Total) {
            0 => line!["That the report be noted."],
            _ => line![
                "That the progress against the ",
                source.recommendations(RowSelection::Total),
                " be noted."
            ],
        })],
        count => {
            let ends = (1..=count).map(|number| match count - number {
                0 => ".",
                1 => "; and",
                _ => ";",
            });
            let items = items.into_iter().zip(ends).map(|(item, end)| line![item, end]);
            vec![Block::Paragraph(line!["That members:"]), Block::Items(items.collect())]
        }
    };
    Section::new("A. Recommendations", blocks)
}

fn items(source: &Source<'_>) -> Vec<Line> {
    let mut items =
        vec![line!["note the progress against the ", source.recommendations(RowSelection::Total)]];
    items.extend(requests(source));
    if source.count(RowSelection::Escalated) > 0 {
        items.push(line![
            "consider ",
            source.listed(RowSelection::Escalated),
            match source.portfolio.single() {
                Some(_) => ", escalated under the plan's rule",
                None => ", escalated under the rules of their plans",
            }
        ]);
    }
    if source.count(RowSelection::Overdue) > 0 {
        let overdue = source.named(RowSelection::Overdue, "{is|are} overdue");
        items.push(line!["note that ", overdue, reasons(source)]);
    }
    if source.count(RowSelection::Undecided) > 0 {
        let count = source.count(RowSelection::Undecided);
        items.push(line![
            Line::strong("decide"),
            plural(count, " on the extension{s} of "),
            source.listed(RowSelection::Undecided),
            plural(count, ", which {was|were} made without a decision")
        ]);
    }
    if source.count(RowSelection::Extended) > 0 {
        let extensions = source.nouns(RowSelection::Extended, "extension{s} made ");
        items.push(line!["note the ", extensions, source.since()]);
    }
    if source.count(RowSelection::NotVerified) > 0 {
        let words = "{is|are} reported as complete and {has|have} not been independently verified";
        items.push(line!["note that ", source.named(RowSelection::NotVerified, words)]);
    }
    items
}

/// Returns the words that say whether reasons are recorded for the overdue items.
fn reasons(source: &Source<'_>) -> &'static str {
    let rows = source.rows(RowSelection::Overdue);
    let explained = rows.iter().filter(|row| row.last_word().is_some()).count();
    match (explained, rows.len()) {
        (0, 1) => ", for which no reason is on record",
        (0, _) => ", for which no reasons are on record",
        (explained, all) if explained == all => ", and consider the reasons given",
        _ => {
            ", and consider the reasons given; for some of the overdue work, no reason is on record"
        }
    }
}

/// Returns a line for each requested extension that awaits a decision. If there are more than 12 requests, returns only
/// one line with their number.
fn requests(source: &Source<'_>) -> Vec<Line> {
    const MOST: usize = 12;
    let waiting = source.portfolio.waiting();
    if waiting.len() > MOST {
        let requests = source.nouns(RowSelection::Requested, "extension{s} requested");
        return vec![line![Line::strong("decide"), " on the ", requests]];
    }
    let line = |row: &Row<'_>| {
        let number = request(row)?;
        let what = if row.is_action() { "action " } else { "recommendation " };
        let to = facts::entry(row, ReportedEntry::Revision, number).content;
        Some(line![
            Line::strong("decide"),
            " on the extension requested for ",
            what,
            facts::id(row),
            ", from ",
            facts::timescale(row),
            " to ",
            to
        ])
    };
    waiting.iter().filter_map(line).collect()
}
