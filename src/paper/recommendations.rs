//! Part A: what the committee is asked to note, agree and decide.

use super::{
    Block, Line, Part, Piece,
    clerk::Clerk,
    line,
    question::{EntryField, EntryKind, Group, ItemField, Which},
    tables::request,
    words::plural,
};
use crate::query::Row;

/// Part A.
pub fn part(clerk: &Clerk<'_, '_>) -> Part {
    let items = items(clerk);
    let blocks = match items.len() {
        1 => vec![Block::Paragraph(match clerk.count(Which::Total) {
            0 => line!["That the report be noted."],
            _ => line![
                "That the progress against the ",
                clerk.recommendations(Which::Total),
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
    Part::new("A. Recommendations", blocks)
}

/// What members are asked to do.
fn items(clerk: &Clerk<'_, '_>) -> Vec<Line> {
    let mut items =
        vec![line!["note the progress against the ", clerk.recommendations(Which::Total)]];
    items.extend(requests(clerk));
    if clerk.count(Which::Escalated) > 0 {
        items.push(line![
            "consider ",
            clerk.ids(Which::Escalated),
            match clerk.source.portfolio.single() {
                Some(_) => ", which the plan's rule brings before members",
                None => ", which the rules of their plans bring before members",
            }
        ]);
    }
    if clerk.count(Which::Overdue) > 0 {
        let overdue = clerk.named(Which::Overdue, "is overdue", "are overdue");
        items.push(line!["note that ", overdue, reasons(clerk)]);
    }
    if clerk.count(Which::Undecided) > 0 {
        let count = clerk.count(Which::Undecided);
        items.push(line![
            strong("decide"),
            plural(count, " on the extension of ", " on the extensions of "),
            clerk.ids(Which::Undecided),
            plural(count, ", which was made", ", which were made"),
            " without a decision"
        ]);
    }
    if clerk.count(Which::Extended) > 0 {
        let extensions = clerk.nouns(Which::Extended, "extension", "extensions");
        items.push(line!["note the ", extensions, " agreed ", clerk.since()]);
    }
    if clerk.count(Which::NotVerified) > 0 {
        items.push(line![
            "note that ",
            clerk.named(Which::NotVerified, "is", "are"),
            " reported as complete and ",
            if clerk.count(Which::NotVerified) == 1 { "has" } else { "have" },
            " not been independently verified"
        ]);
    }
    items
}

/// What is on record for the delays.
fn reasons(clerk: &Clerk<'_, '_>) -> &'static str {
    let rows = clerk.source.rows(Which::Overdue, &Group::All);
    let explained = rows.iter().filter(|row| row.last_word().is_some()).count();
    match (explained, rows.len()) {
        (0, 1) => ", for which no reason is on record",
        (0, _) => ", for which no reasons are on record",
        (explained, all) if explained == all => ", and consider the reasons given",
        _ => ", and consider the reasons given; for some no reason is on record",
    }
}

fn strong(word: &str) -> Line {
    Line(vec![Piece::Strong(word.to_owned())])
}

/// A line for each extension that waits for a decision; of very many only how many.
fn requests(clerk: &Clerk<'_, '_>) -> Vec<Line> {
    const MOST: usize = 12;
    let waiting = clerk.source.portfolio.waiting();
    if waiting.len() > MOST {
        let requests = clerk.nouns(Which::Requested, "extension", "extensions");
        return vec![line![strong("decide"), " on the ", requests, " requested (Table C)"]];
    }
    let line = |row: &Row<'_>| {
        let number = request(row)?;
        let what = if row.action.is_some() { "action " } else { "recommendation " };
        let to = clerk.entry_fact(row, EntryKind::Revision, number, EntryField::What);
        Some(line![
            strong("decide"),
            " on the extension requested for ",
            what,
            clerk.item(row, ItemField::Id),
            ", from ",
            clerk.item(row, ItemField::Timescale),
            " to ",
            to
        ])
    };
    waiting.iter().filter_map(line).collect()
}
