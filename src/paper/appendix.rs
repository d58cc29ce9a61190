//! The appendix: each recommendation with its proposed action, timescale and progress.

use super::{
    Block, Fact, Line, Part,
    clerk::{Clerk, plan_id},
    line,
    question::{EntryField, EntryKind, Group, ItemField, Question, Which},
    tables::quoted,
};
use crate::{
    model::{Dated, Day, Response, seen_on},
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
    let has_text = recommendation.response_text.is_some() && !is_awaited;
    if has_text || row.response() != Response::Accepted {
        let response = clerk.item(row, ItemField::Response);
        blocks.push(Block::Subheading(line!["Response"]));
        blocks.push(Block::Paragraph(line![response, "."].capital()));
    }
    if has_text {
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
    blocks.push(Block::Paragraph(clerk.timescale(row)));
    let dated = row
        .actions()
        .filter(|action| action.action.is_some_and(|standing| standing.has_own_timescale()));
    let dated: Vec<Line> = dated
        .map(|action| {
            let id = clerk.item(&action, ItemField::Id);
            line!["Action ", id, ": ", clerk.timescale(&action)]
        })
        .collect();
    if !dated.is_empty() {
        blocks.push(Block::Bullets(dated));
    }
    blocks.push(Block::Subheading(line!["Progress"]));
    let progress = clerk.item(row, ItemField::Progress);
    let time = clerk.time(row).map_or_else(
        || line![],
        |time| match row.pressing() {
            None => line!["; ", time],
            Some(_) => {
                line!["; action ", clerk.item(&row.pressing_row(), ItemField::Id), " ", time]
            }
        },
    );
    blocks.push(Block::Paragraph(line![progress, time, "."].capital()));
    let rows = std::iter::once(*row).chain(row.actions());
    let mut entries: Vec<(Day, Line)> = rows.flat_map(|row| entries(clerk, &row)).collect();
    entries.sort_by_key(|(on, _)| *on);
    if !entries.is_empty() {
        blocks.push(Block::Bullets(entries.into_iter().map(|(_, entry)| entry).collect()));
    }
    blocks
}

/// What was recorded of a recommendation or an action: progress, extensions and verification, each with its day.
fn entries(clerk: &Clerk<'_, '_>, row: &Row<'_>) -> Vec<(Day, Line)> {
    let as_of = row.view.as_of;
    let days = [
        (EntryKind::Progress, days(row.progress_entries(), as_of)),
        (EntryKind::Revision, days(row.revisions(), as_of)),
        (EntryKind::Verification, days(row.verification(), as_of)),
    ];
    let entries = days.into_iter().flat_map(|(kind, days)| {
        let days = days.into_iter().enumerate();
        days.map(move |(index, on)| (on, entry(clerk, row, kind, index + 1)))
    });
    entries.collect()
}

fn days<T: Dated>(entries: &[T], as_of: Day) -> Vec<Day> {
    seen_on(entries, as_of).iter().map(Dated::on).collect()
}

/// `Action 5.1, 27 June 2003: complete – “In the June report.” (evidence: minutes.pdf)`
fn entry(clerk: &Clerk<'_, '_>, row: &Row<'_>, kind: EntryKind, number: usize) -> Line {
    let subject = match row.action {
        Some(_) => line!["Action ", clerk.item(row, ItemField::Id), ", "],
        None => line!["On "],
    };
    let on = clerk.fact(Question::Entry(plan_id(row), kind, number, EntryField::On));
    line![subject, on, ": ", clerk.entry(row, kind, number)]
}

impl Clerk<'_, '_> {
    /// What an entry says: `complete – “In the June report.” (evidence: minutes.pdf)`
    pub fn entry(&self, row: &Row<'_>, kind: EntryKind, number: usize) -> Line {
        let fact = |field| self.fact(Question::Entry(plan_id(row), kind, number, field));
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
            verb,
            fact(EntryField::What),
            if_any(" by ", fact(EntryField::By), ""),
            why,
            if_any(" (evidence: ", fact(EntryField::Evidence), ")"),
        ]
    }
}
