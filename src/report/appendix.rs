//! The appendix of the report: a table of the open and changed items, or every recommendation with all its entries.

use super::{
    Section, Source,
    facts::{self, ReportedEntry, entry_words},
    line,
    selection::RowSelection,
    tables::{time, timescale},
    words,
};
use crate::{
    doc::{Block, Column, Datum, Fit, Line, Piece, Table, text::width},
    model::{Dated, Day, Response, items, numbered_on, vocabulary},
    query::Row,
};

vocabulary! {
    /// The recommendations that the appendix of the report lists.
    Appendix {
        /// Every recommendation, with all its entries.
        All = "all",
        /// The recommendations that are open, or that changed in the period of the report.
        Changed = "changed",
        None = "none",
    }
}

/// The maximum display width of a recommendation's text in a table cell. Most characters have the width 1.
const LONGEST_TEXT: usize = 400;

/// Builds the appendix. Returns `None` if the appendix would be empty.
pub fn section(source: &Source<'_>, which: Appendix) -> Option<Section> {
    let mut rows = source.rows(RowSelection::Total);
    let mut blocks = Vec::new();
    match which {
        Appendix::None => return None,
        Appendix::All => blocks.extend(rows.iter().flat_map(recommendation)),
        Appendix::Changed => {
            rows.retain(|row| !row.own.closed || source.has_changed(row));
            let rest = rows.len().saturating_sub(source.most_rows());
            if rest > 0 {
                rows.sort_by_cached_key(Row::need);
                rows.truncate(source.most_rows());
                let rest = facts::number(rest);
                blocks.push(Block::Paragraph(line![
                    "The most urgent are shown; ",
                    rest,
                    " more are open or have changed."
                ]));
            }
            if !rows.is_empty() {
                blocks.push(Block::Table(summary(source, &rows)));
            }
        }
    }
    let heading = match which {
        Appendix::All => line!["Appendix 1: Progress against the action plan"],
        _ => line!["Appendix 1: Recommendations that are open or have changed"],
    };
    (!blocks.is_empty()).then_some(Section { heading, on_new_page: which == Appendix::All, blocks })
}

/// Builds a table with a row for each recommendation and each action. The last column has the entries of the period.
fn summary(source: &Source<'_>, rows: &[Row<'_>]) -> Table {
    let headings = source.with_colours("No.|Recommendation and actions|Owner|Due date|Progress");
    let latest = source.since().capital().plain();
    let headings = headings.split('|').chain([latest.as_str()]);
    let columns = headings.map(|heading| Column::new(heading.to_owned(), Fit::Always)).collect();
    let since = source.span.since;
    let cells = |item: Row<'_>| {
        let name = match item.is_action() {
            true => line![facts::name(&item)],
            false => text(item.item().text()),
        };
        let due = if item.own.has_own_timescale() { timescale(&item) } else { line!["–"] };
        let news = entries(&item).into_iter().filter(|(on, ..)| *on > since);
        let news = news.map(|(_, on, words)| {
            line![on, ": ", Datum::new(words::cut(&words.plain(), facts::LONGEST_NOTE))]
        });
        let news = news.reduce(|all, next| line![all, "; ", next]);
        let (id, owner) = (line![facts::id(&item)], line![facts::owner(&item)]);
        let mut cells = vec![id, name, owner, due, progress(&item)];
        cells.extend(match item.is_action() {
            true => source.has_colours().then(|| line!["–"]),
            false => source.colour(&item),
        });
        cells.push(news.unwrap_or_else(|| line!["–"]));
        cells
    };
    let caption = line!["Recommendations and their actions"];
    Table { caption, columns, rows: rows.iter().copied().flat_map(Row::all).map(cells).collect() }
}

/// Shortens a text for a cell of a table. The items of a list stay on separate lines.
fn text(text: &str) -> Line {
    let items = items(text);
    if items.iter().all(|item| item.marker == 0) {
        return line![Datum::new(words::cut(text, LONGEST_TEXT))];
    }
    let mut left = LONGEST_TEXT;
    let mut line = Line::default();
    for item in items {
        line.0.extend((!line.0.is_empty()).then_some(Piece::Break));
        line = line.and(Datum::new(words::cut(&item.words, left)));
        match left.checked_sub(width(&item.words)) {
            Some(rest) => left = rest,
            None => break,
        }
    }
    line
}

fn recommendation(row: &Row<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(3, line!["Recommendation ", facts::id(row)]),
        Block::Quoted(row.item().text().to_owned()),
    ];
    blocks.extend(response(row));
    blocks.extend(actions(row));
    blocks.push(Block::Heading(4, line!["Due date"]));
    blocks.push(Block::Paragraph(timescale(row)));
    blocks.extend(bullets(row.actions().filter(|action| action.own.has_own_timescale()).map(
        |action| {
            let id = facts::id(&action);
            line!["Action ", id, ": ", timescale(&action)]
        },
    )));
    blocks.push(Block::Heading(4, line!["Progress"]));
    blocks.push(Block::Paragraph(line![progress(row), "."].capital()));
    let mut record: Vec<(Day, Line)> = row.all().flat_map(|row| record(&row)).collect();
    record.sort_by_key(|(on, _)| *on);
    blocks.extend(bullets(record.into_iter().map(|(_, entry)| entry)));
    blocks
}

fn bullets(lines: impl Iterator<Item = Line>) -> Option<Block> {
    let lines: Vec<Line> = lines.collect();
    (!lines.is_empty()).then_some(Block::Bullets(lines))
}

/// Returns the blocks with the management response. The list is empty if the recommendation was accepted without a
/// text.
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
        let text = Block::Quoted(action.item().text().to_owned());
        [Block::Paragraph(line!["Action ", id, owner, ":"]), text]
    });
    let actions: Vec<Block> = actions.collect();
    let heading = (!actions.is_empty()).then(|| Block::Heading(4, line!["Proposed action"]));
    heading.into_iter().chain(actions).collect()
}

/// Describes the progress of a recommendation, such as `in progress; action 5.3 23 days overdue`.
fn progress(row: &Row<'_>) -> Line {
    let progress = facts::progress(row);
    let is_own = row.own.has_own_timescale() || !row.is_action();
    let time = match (time(row).filter(|_| is_own), row.pressing()) {
        (None, _) => line![],
        (Some(time), None) => line!["; ", time],
        (Some(time), Some(_)) => {
            line!["; action ", facts::id(&row.pressing_row()), " ", time]
        }
    };
    line![progress, time]
}

/// Returns three values for each entry of a recommendation or action: the day, the day as text, and the description.
fn entries(row: &Row<'_>) -> Vec<(Day, Line, Line)> {
    let as_of = row.view.as_of;
    let days = [
        (ReportedEntry::Progress, days(row.item().progress(), as_of)),
        (ReportedEntry::Revision, days(row.item().revisions(), as_of)),
        (ReportedEntry::Verification, days(row.item().verification(), as_of)),
    ];
    let entries = days.into_iter().flat_map(|(kind, days)| {
        let days = days.into_iter();
        days.map(move |(index, on)| {
            let date = line![facts::date(Some(on.into()))];
            (on, date, entry_words(row, kind, index + 1))
        })
    });
    entries.collect()
}

/// Returns the day of each entry and a line such as `Action 5.1, 27 June 2003: complete – “In the June report.”`
fn record(row: &Row<'_>) -> Vec<(Day, Line)> {
    let entries = entries(row).into_iter().map(|(day, on, words)| {
        let subject =
            if row.is_action() { line!["Action ", facts::id(row), ", "] } else { line!["On "] };
        (day, line![subject, on, ": ", words])
    });
    entries.collect()
}

/// Returns the index and the date of each entry that is known on the as-of day.
fn days<T: Dated>(entries: &[T], as_of: Day) -> Vec<(usize, Day)> {
    numbered_on(entries, as_of).map(|(position, entry)| (position, entry.on())).collect()
}
