//! The appendix: each recommendation with its proposed action, timescale and progress.

use super::{
    Block, Fact, Line, Part,
    clerk::{Clerk, plan_id},
    line,
    question::{EntryField, EntryKind, Group, ItemField, Question, Which},
    tables::quoted,
};
use crate::{
    model::{Response, seen_on},
    query::Row,
};

/// The appendix.
pub fn part(clerk: &Clerk<'_, '_>) -> Part {
    let rows = clerk.source.rows(Which::Total, &Group::All);
    let blocks = rows.iter().flat_map(|row| recommendation(clerk, row)).collect();
    Part {
        heading: line!["Appendix 1: Progress against the action plan"],
        on_new_page: true,
        blocks,
    }
}

fn recommendation(clerk: &Clerk<'_, '_>, row: &Row<'_>) -> Vec<Block> {
    let recommendation = &row.recommendation.recommendation;
    let is_awaited = row.is_awaited();
    let mut blocks = vec![
        Block::Heading(line!["Recommendation ", clerk.item(row, ItemField::Id)]),
        Block::Quoted(clerk.item(row, ItemField::Text)),
    ];
    if row.response() != Response::Accepted {
        let response = clerk.item(row, ItemField::Response);
        blocks.push(Block::Subheading(line!["Response"]));
        blocks.push(Block::Paragraph(line![response, "."].capital()));
    }
    if recommendation.response_text.is_some() && !is_awaited {
        blocks.push(Block::Quoted(clerk.item(row, ItemField::ResponseText)));
    }
    if !recommendation.actions.is_empty() {
        blocks.push(Block::Subheading(line!["Proposed action"]));
    }
    for action in row.actions() {
        let owner = match action.owners().is_empty() {
            true => line![],
            false => line![" (", clerk.item(&action, ItemField::Owner), ")"],
        };
        let id = clerk.item(&action, ItemField::Id);
        blocks.push(Block::Paragraph(line!["Action ", id, owner, ":"]));
        blocks.push(Block::Quoted(clerk.item(&action, ItemField::Text)));
    }
    blocks.push(Block::Subheading(line!["Timescale"]));
    blocks.push(Block::Paragraph(clerk.agreed(row)));
    blocks.push(Block::Subheading(line!["Progress"]));
    let progress = clerk.item(row, ItemField::Progress);
    let time = clerk.time(row).map_or_else(|| line![], |time| line!["; ", time]);
    blocks.push(Block::Paragraph(line![progress, time, "."].capital()));
    let entries: Vec<Line> =
        std::iter::once(*row).chain(row.actions()).flat_map(|row| entries(clerk, &row)).collect();
    if !entries.is_empty() {
        blocks.push(Block::Bullets(entries));
    }
    blocks
}

/// What was recorded of a recommendation or an action: progress, then extensions, then verification.
fn entries(clerk: &Clerk<'_, '_>, row: &Row<'_>) -> Vec<Line> {
    let as_of = row.view.as_of;
    let recommendation = &row.recommendation.recommendation;
    let action = row.action.map(|standing| standing.action());
    let progress = action.map_or(&recommendation.progress, |action| &action.progress);
    let revisions = action.map_or(&recommendation.revisions, |action| &action.revisions);
    let verification = if action.is_some() { &[][..] } else { &recommendation.verification };
    let counts = [
        (EntryKind::Progress, seen_on(progress, as_of).len()),
        (EntryKind::Revision, seen_on(revisions, as_of).len()),
        (EntryKind::Verification, seen_on(verification, as_of).len()),
    ];
    let numbers = counts.into_iter().flat_map(|(kind, count)| (1..=count).map(move |n| (kind, n)));
    numbers.map(|(kind, number)| entry(clerk, row, kind, number)).collect()
}

/// `Action 5.1, 27 June 2003: complete – “In the June report.” (evidence: minutes.pdf)`
fn entry(clerk: &Clerk<'_, '_>, row: &Row<'_>, kind: EntryKind, number: usize) -> Line {
    let fact = |field| clerk.fact(Question::Entry(plan_id(row), kind, number, field));
    let subject = match row.action {
        Some(_) => line!["Action ", clerk.item(row, ItemField::Id), ", "],
        None => line!["On "],
    };
    let decision = fact(EntryField::Decision);
    let verb = match (kind, decision.shown.as_str()) {
        (EntryKind::Revision, "–") => line!["extended to "],
        (EntryKind::Revision, _) => line!["extension ", decision, ": "],
        _ => line![],
    };
    let if_any = |before: &str, fact: Fact, after: &str| match fact.shown.as_str() {
        "–" => line![],
        _ => line![before, fact, after],
    };
    let why = fact(EntryField::Why);
    let why = if why.shown == "–" { line![] } else { line![" – ", quoted(why)] };
    line![
        subject,
        fact(EntryField::On),
        ": ",
        verb,
        fact(EntryField::What),
        if_any(" by ", fact(EntryField::By), ""),
        why,
        if_any(" (evidence: ", fact(EntryField::Evidence), ")"),
    ]
}
