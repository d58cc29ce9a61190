//! The appendix: each recommendation with its proposed action, timescale and progress.

use super::{
    Section,
    builder::ReportBuilder,
    facts::{self, EntryFacts, EntryKind},
    line,
    selection::RowSelection,
    source::is_first_date,
    tables::{quoted, time, timescale},
};
use crate::{
    doc::{Block, Line},
    model::{Dated, Day, Response, numbered_on},
    query::Row,
};

/// The appendix.
pub fn section(builder: &ReportBuilder<'_, '_>) -> Section {
    let rows = builder.source.rows(RowSelection::Total);
    let blocks = rows.iter().flat_map(recommendation).collect();
    Section {
        heading: line!["Appendix 1: Progress against the action plan"],
        on_new_page: true,
        blocks,
    }
}

fn recommendation(row: &Row<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(3, line!["Recommendation ", facts::id(row)]),
        Block::Quoted(row.text().to_owned()),
    ];
    blocks.extend(response(row));
    blocks.extend(actions(row));
    blocks.push(Block::Heading(4, line!["Timescale"]));
    blocks.push(Block::Paragraph(timescale(row)));
    blocks.extend(bullets(row.actions().filter(Row::has_own_timescale).map(|action| {
        let id = facts::id(&action);
        line!["Action ", id, ": ", timescale(&action)]
    })));
    blocks.push(Block::Heading(4, line!["Progress"]));
    blocks.push(Block::Paragraph(progress(row)));
    let rows = std::iter::once(*row).chain(row.actions());
    let mut entries: Vec<(Day, Line)> = rows.flat_map(|row| entries(&row)).collect();
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
fn response(row: &Row<'_>) -> Vec<Block> {
    let has_text = row.recommendation().response_text.is_some() && !row.is_awaited();
    if !has_text && row.response() == Response::Accepted {
        return Vec::new();
    }
    let response = facts::response(row);
    let text = row.recommendation().response_text.clone().filter(|_| has_text);
    let answer = Block::Paragraph(line![response, "."].capital());
    [Block::Heading(4, line!["Response"]), answer]
        .into_iter()
        .chain(text.map(Block::Quoted))
        .collect()
}

fn actions(row: &Row<'_>) -> Vec<Block> {
    let actions = row.actions().flat_map(|action| {
        let owner = match action.owners().is_empty() {
            true => line![],
            false => line![" (", facts::owner(&action), ")"],
        };
        let id = facts::id(&action);
        let text = Block::Quoted(action.text().to_owned());
        [Block::Paragraph(line!["Action ", id, owner, ":"]), text]
    });
    let actions: Vec<Block> = actions.collect();
    let heading = (!actions.is_empty()).then(|| Block::Heading(4, line!["Proposed action"]));
    heading.into_iter().chain(actions).collect()
}

/// `In progress; action 5.3 91 days late.`
fn progress(row: &Row<'_>) -> Line {
    let progress = facts::progress(row);
    let time = match (time(row), row.pressing()) {
        (None, _) => line![],
        (Some(time), None) => line!["; ", time],
        (Some(time), Some(_)) => {
            line!["; action ", facts::id(&row.pressing_row()), " ", time]
        }
    };
    line![progress, time, "."].capital()
}

/// The record of a recommendation or an action: progress, extensions and verification, each with its day.
fn entries(row: &Row<'_>) -> Vec<(Day, Line)> {
    let as_of = row.view.as_of;
    let days = [
        (EntryKind::Progress, days(row.progress_entries(), as_of)),
        (EntryKind::Revision, days(row.revisions(), as_of)),
        (EntryKind::Verification, days(row.verification(), as_of)),
    ];
    let entries = days.into_iter().flat_map(|(kind, days)| {
        let days = days.into_iter();
        days.map(move |(index, on)| (on, entry(row, kind, index + 1)))
    });
    entries.collect()
}

/// The days of the entries known on a day, each with its position in the list.
fn days<T: Dated>(entries: &[T], as_of: Day) -> Vec<(usize, Day)> {
    numbered_on(entries, as_of).map(|(position, entry)| (position, entry.on())).collect()
}

/// `Action 5.1, 27 June 2003: complete – “In the June report.” (evidence: minutes.pdf)`
fn entry(row: &Row<'_>, kind: EntryKind, number: usize) -> Line {
    let subject =
        if row.is_action() { line!["Action ", facts::id(row), ", "] } else { line!["On "] };
    let on = facts::entry(row, kind, number).on;
    line![subject, on, ": ", entry_words(row, kind, number)]
}

/// The words of an entry: `complete – “In the June report.” (evidence: minutes.pdf)`
pub fn entry_words(row: &Row<'_>, kind: EntryKind, number: usize) -> Line {
    let EntryFacts { content, by, decision, why, evidence, .. } = facts::entry(row, kind, number);
    let verb = match kind {
        EntryKind::Revision if !decision.is_absent() => line!["extension ", decision, ": "],
        EntryKind::Revision if is_first_date(row, number) => line!["date set to "],
        EntryKind::Revision => line!["extended to "],
        EntryKind::Progress | EntryKind::Verification => line![],
    };
    let if_any = |before: &str, words: Line, is_there: bool, after: &str| match is_there {
        true => line![before, words, after],
        false => line![],
    };
    let (has_by, has_why, has_evidence) =
        (!by.is_absent(), !why.is_absent(), !evidence.is_absent());
    line![
        verb,
        content,
        if_any(" by ", line![by], has_by, ""),
        if_any(" – ", quoted(why), has_why, ""),
        if_any(" (evidence: ", line![evidence], has_evidence, ")"),
    ]
}
