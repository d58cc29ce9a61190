//! The CSV format: one line per row, with the same field names as in JSON.

use super::{
    Answer, AnswerKind, Changes, Format,
    burnup::POINT_FACTS,
    changes::EVENT_FACTS,
    encoding::{cell, csv_lines, harmless},
    export::Grid,
    overdue::Overdue,
    row_fields::chosen,
};
use crate::{
    model::Keyword,
    query::{Counts, GroupBy, Portfolio, Row},
};

/// The format `csv`, which spreadsheets can read.
pub static FORMAT: Format = Format {
    name: "csv",
    kinds: &[
        AnswerKind::Status,
        AnswerKind::List,
        AnswerKind::Overdue,
        AnswerKind::Export,
        AnswerKind::Changes,
        AnswerKind::Burnup,
    ],
    endings: &["csv"],
    // Without this byte-order mark, LibreOffice and Excel read a file as Windows-1252.
    file_head: "\u{feff}",
    text: |answer, _| {
        Some(match answer {
            Answer::Status(portfolio, by, _) => status(portfolio, *by),
            Answer::List(_, rows, columns) | Answer::Overdue(Overdue { rows, columns, .. }) => {
                list(rows, columns)
            }
            Answer::Burnup(burnup) => {
                let facts = |point| POINT_FACTS.iter().map(move |(_, value)| cell(&value(point)));
                csv_lines(
                    POINT_FACTS.iter().map(|(name, _)| *name),
                    burnup.points.iter().map(facts),
                )
            }
            Answer::Changes(found) => summaries(found),
            Answer::Export(export) => {
                let Grid { names, rows } = export.grid(export.table);
                let cells = rows.iter().map(|row| row.iter().map(|(value, _)| cell(value)));
                csv_lines(names, cells)
            }
            _ => return None,
        })
    },
    ..Format::NOTHING
};

fn list(rows: &[Row<'_>], columns: &[String]) -> anyhow::Result<String> {
    let chosen = &chosen(columns);
    let facts = |row| chosen.iter().map(move |fact| cell(&(fact.value)(row)));
    csv_lines(chosen.iter().map(|fact| fact.name), rows.iter().map(facts))
}

fn status(portfolio: &Portfolio, by: GroupBy) -> anyhow::Result<String> {
    let line = |kind: &str, id: &str, counts: &Counts| {
        let numbers = counts.by_word().into_iter().map(|(_, count)| count.to_string());
        [kind.to_owned(), harmless(id)].into_iter().chain(numbers)
    };
    let mut rows = vec![
        line("recommendations", "", &portfolio.counts()),
        line("actions", "", &portfolio.action_counts()),
    ];
    let groups = portfolio.groups(by);
    rows.extend(
        groups.iter().map(|group| line(by.word(), group.id.unwrap_or_default(), &group.counts)),
    );
    let names = Counts::default().by_word().into_iter().map(|(name, _)| name);
    csv_lines(["of", "id"].into_iter().chain(names), rows)
}

/// Returns the summaries as CSV. The counts of a plan come before its events.
fn summaries(changes: &Changes<'_>) -> anyhow::Result<String> {
    const OF_PLAN: [&str; 6] = ["plan", "from", "to", "source", "id", "count"];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for plan in &changes.summaries {
        let (from, to) = (plan.summary.from.to_string(), plan.summary.to.to_string());
        let name = harmless(plan.view.name.as_deref().unwrap_or_default());
        let own = [name, from, to, plan.source.word().to_owned()];
        for line in plan.lines() {
            let facts = EVENT_FACTS.iter().map(|(fact, _)| match *fact {
                "what" => line.name.to_owned(),
                _ => String::new(),
            });
            let counted = [String::new(), line.ids.len().to_string()];
            rows.push(own.iter().cloned().chain(counted).chain(facts).collect());
        }
        for event in &plan.summary.events {
            let facts = EVENT_FACTS.iter().map(|(_, value)| cell(&value(event)));
            let id = [harmless(&plan.view.shown(&event.id)), String::new()];
            rows.push(own.iter().cloned().chain(id).chain(facts).collect());
        }
    }
    let names = EVENT_FACTS.iter().map(|(name, _)| *name);
    csv_lines(OF_PLAN.into_iter().chain(names), rows)
}
