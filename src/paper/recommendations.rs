//! Part A: what the committee is asked to note, agree and decide.

use super::{
    Block, Line, Part, Piece,
    clerk::{Clerk, plan_id},
    line,
    question::{EntryField, EntryKind, ItemField, Question, Which},
    tables::request,
};
use crate::query::Row;

/// Part A.
pub fn part(clerk: &Clerk<'_, '_>) -> Part {
    let asked = asked(clerk);
    let blocks = match asked.len() {
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
            let items = asked.into_iter().zip(ends).map(|(item, end)| line![item, end]);
            vec![Block::Paragraph(line!["That members:"]), Block::Items(items.collect())]
        }
    };
    Part::new("A. Recommendations", blocks)
}

/// What members are asked to do.
fn asked(clerk: &Clerk<'_, '_>) -> Vec<Line> {
    let mut asked =
        vec![line!["note the progress against the ", clerk.recommendations(Which::Total)]];
    asked.extend(requests(clerk));
    if clerk.count(Which::Escalated) > 0 {
        asked.push(line![
            "consider ",
            clerk.ids(Which::Escalated),
            ", which the plan's rule brings before members"
        ]);
    }
    if clerk.count(Which::Overdue) > 0 {
        asked.push(line![
            "note that ",
            clerk.named(Which::Overdue, "is overdue", "are overdue"),
            ", and consider the reasons given"
        ]);
    }
    if clerk.count(Which::Extended) > 0 {
        let extensions = clerk.nouns(Which::Extended, "extension", "extensions");
        asked.push(line!["note the ", extensions, " agreed ", clerk.since()]);
    }
    if clerk.count(Which::NotVerified) > 0 {
        asked.push(line![
            "note that ",
            clerk.named(Which::NotVerified, "is", "are"),
            " reported as complete and ",
            if clerk.count(Which::NotVerified) == 1 { "has" } else { "have" },
            " not been independently verified"
        ]);
    }
    asked
}

/// A line for each extension that waits for a decision; of very many only how many.
fn requests(clerk: &Clerk<'_, '_>) -> Vec<Line> {
    const MOST: usize = 12;
    let decide = || Line(vec![Piece::Strong("decide".to_owned())]);
    let waiting = clerk.source.portfolio.waiting();
    if waiting.len() > MOST {
        let requests = clerk.nouns(Which::Requested, "extension", "extensions");
        return vec![line![decide(), " on the ", requests, " requested (Table C)"]];
    }
    let line = |row: &Row<'_>| {
        let number = request(row)?;
        let what = if row.action.is_some() { "action " } else { "recommendation " };
        let to = Question::Entry(plan_id(row), EntryKind::Revision, number, EntryField::What);
        Some(line![
            decide(),
            " on the extension requested for ",
            what,
            clerk.item(row, ItemField::Id),
            ", from ",
            clerk.item(row, ItemField::Timescale),
            " to ",
            clerk.fact(to)
        ])
    };
    waiting.iter().filter_map(line).collect()
}
