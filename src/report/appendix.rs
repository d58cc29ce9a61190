//! The appendix: each recommendation with its proposed action, timescale and progress.

use super::{
    Section,
    builder::ReportBuilder,
    line,
    question::{EntryField, EntryKind, Group, ItemField, RowSelection},
    source::is_first_date,
    tables::quoted,
};
use crate::{
    doc::{Block, Line, Marked},
    model::{Dated, Day, Response, numbered_on},
    query::Row,
};

/// The appendix.
pub fn section(builder: &ReportBuilder<'_, '_>) -> Section {
    let rows = builder.source.rows(RowSelection::Total, &Group::All);
    let blocks = rows.iter().flat_map(|row| recommendation(builder, row)).collect();
    Section {
        heading: line!["Appendix 1: Progress against the action plan"],
        on_new_page: true,
        blocks,
    }
}

fn recommendation(builder: &ReportBuilder<'_, '_>, row: &Row<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(3, line!["Recommendation ", builder.item(row, ItemField::Id)]),
        Block::Quoted(builder.item(row, ItemField::Text)),
    ];
    blocks.extend(response(builder, row));
    blocks.extend(actions(builder, row));
    blocks.push(Block::Heading(4, line!["Timescale"]));
    blocks.push(Block::Paragraph(builder.timescale(row)));
    blocks.extend(bullets(row.actions().filter(Row::has_own_timescale).map(|action| {
        let id = builder.item(&action, ItemField::Id);
        line!["Action ", id, ": ", builder.timescale(&action)]
    })));
    blocks.push(Block::Heading(4, line!["Progress"]));
    blocks.push(Block::Paragraph(progress(builder, row)));
    let rows = std::iter::once(*row).chain(row.actions());
    let mut entries: Vec<(Day, Line)> = rows.flat_map(|row| entries(builder, &row)).collect();
    entries.sort_by_key(|(on, _)| *on);
    blocks.extend(bullets(entries.into_iter().map(|(_, entry)| entry)));
    blocks
}

/// A list, where there is something to list.
fn bullets(lines: impl Iterator<Item = Line>) -> Option<Block> {
    let lines: Vec<Line> = lines.collect();
    (!lines.is_empty()).then_some(Block::Bullets(lines))
}

/// Management's answer, where it says more than that it agrees.
fn response(builder: &ReportBuilder<'_, '_>, row: &Row<'_>) -> Vec<Block> {
    let has_text = row.recommendation().response_text.is_some() && !row.is_awaited();
    if !has_text && row.response() == Response::Accepted {
        return Vec::new();
    }
    let response = builder.item(row, ItemField::Response);
    let text = has_text.then(|| Block::Quoted(builder.item(row, ItemField::ResponseText)));
    let answer = Block::Paragraph(line![response, "."].capital());
    [Block::Heading(4, line!["Response"]), answer].into_iter().chain(text).collect()
}

fn actions(builder: &ReportBuilder<'_, '_>, row: &Row<'_>) -> Vec<Block> {
    let actions = row.actions().flat_map(|action| {
        let owner = match action.owners().is_empty() {
            true => line![],
            false => line![" (", builder.item(&action, ItemField::Owner), ")"],
        };
        let id = builder.item(&action, ItemField::Id);
        let text = Block::Quoted(builder.item(&action, ItemField::Text));
        [Block::Paragraph(line!["Action ", id, owner, ":"]), text]
    });
    let actions: Vec<Block> = actions.collect();
    let heading = (!actions.is_empty()).then(|| Block::Heading(4, line!["Proposed action"]));
    heading.into_iter().chain(actions).collect()
}

/// `In progress; action 5.3 91 days late.`
fn progress(builder: &ReportBuilder<'_, '_>, row: &Row<'_>) -> Line {
    let progress = builder.item(row, ItemField::Progress);
    let time = match (builder.time(row), row.pressing()) {
        (None, _) => line![],
        (Some(time), None) => line!["; ", time],
        (Some(time), Some(_)) => {
            line!["; action ", builder.item(&row.pressing_row(), ItemField::Id), " ", time]
        }
    };
    line![progress, time, "."].capital()
}

/// The record of a recommendation or an action: progress, extensions and verification, each with its day.
fn entries(builder: &ReportBuilder<'_, '_>, row: &Row<'_>) -> Vec<(Day, Line)> {
    let as_of = row.view.as_of;
    let days = [
        (EntryKind::Progress, days(row.progress_entries(), as_of)),
        (EntryKind::Revision, days(row.revisions(), as_of)),
        (EntryKind::Verification, days(row.verification(), as_of)),
    ];
    let entries = days.into_iter().flat_map(|(kind, days)| {
        let days = days.into_iter();
        days.map(move |(index, on)| (on, entry(builder, row, kind, index + 1)))
    });
    entries.collect()
}

/// The days of the entries known on a day, each with its position in the list.
fn days<T: Dated>(entries: &[T], as_of: Day) -> Vec<(usize, Day)> {
    numbered_on(entries, as_of).map(|(position, entry)| (position, entry.on())).collect()
}

/// `Action 5.1, 27 June 2003: complete – “In the June report.” (evidence: minutes.pdf)`
fn entry(builder: &ReportBuilder<'_, '_>, row: &Row<'_>, kind: EntryKind, number: usize) -> Line {
    let subject = if row.is_action() {
        line!["Action ", builder.item(row, ItemField::Id), ", "]
    } else {
        line!["On "]
    };
    let on = builder.entry_fact(row, kind, number, EntryField::On);
    line![subject, on, ": ", builder.entry(row, kind, number)]
}

impl ReportBuilder<'_, '_> {
    /// The words of an entry: `complete – “In the June report.” (evidence: minutes.pdf)`
    pub fn entry(&self, row: &Row<'_>, kind: EntryKind, number: usize) -> Line {
        let fact = |field| self.entry_fact(row, kind, number, field);
        let decision = fact(EntryField::Decision);
        let verb = match (kind, decision.shown.as_str()) {
            (EntryKind::Revision, "–") if is_first_date(row, number) => line!["date set to "],
            (EntryKind::Revision, "–") => line!["extended to "],
            (EntryKind::Revision, _) => line!["extension ", decision, ": "],
            _ => line![],
        };
        let if_any = |before: &str, fact: Marked, after: &str| match fact.shown.as_str() {
            "–" => line![],
            _ => line![before, fact, after],
        };
        let why = fact(EntryField::Why);
        let why = if why.shown == "–" { line![] } else { line![" – ", quoted(why)] };
        line![
            verb,
            fact(EntryField::Content),
            if_any(" by ", fact(EntryField::By), ""),
            why,
            if_any(" (evidence: ", fact(EntryField::Evidence), ")"),
        ]
    }
}
