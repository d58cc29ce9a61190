//! CSV: one line a row, the same names as JSON; no cell runs as a formula in a spreadsheet.

use super::json::{Numbers, counts};
use crate::{
    model::{Finish, Word, fold},
    query::{Counts, Portfolio, Row},
};

const COLUMNS: [&str; 19] = [
    "id",
    "recommendation",
    "area",
    "priority",
    "response",
    "text",
    "owners",
    "timescale",
    "deadline",
    "original_deadline",
    "progress",
    "timing",
    "days_late",
    "days_late_original",
    "days_left",
    "finished",
    "stale",
    "closed",
    "late_actions",
];

pub fn rows(rows: &[Row<'_>]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for row in rows {
        writer.write_record(cells(row))?;
    }
    finish(writer)
}

fn cells(row: &Row<'_>) -> [String; COLUMNS.len()] {
    let of = row.recommendation.recommendation;
    let numbers = Numbers::of(row);
    let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
    let late: Vec<String> = match row.action {
        Some(_) => Vec::new(),
        None => row
            .recommendation
            .late_actions()
            .map(|late| row.shown(&late.action.id))
            .collect(),
    };
    let original = row.lateness().and_then(|lateness| lateness.original);
    [
        words(&row.shown_id()),
        words(&row.action.map_or_else(String::new, |_| row.shown(&of.id))),
        words(row.area().unwrap_or("")),
        words(row.priority().unwrap_or("")),
        words(of.response.word()),
        words(row.text()),
        words(&row.owners().join("; ")),
        words(
            row.timescale()
                .map_or("", |timescale| timescale.wording.as_ref()),
        ),
        row.deadline()
            .map_or_else(String::new, |deadline| deadline.iso()),
        original.map_or_else(String::new, |original| original.iso()),
        words(row.progress().word()),
        words(row.timing().map_or("", Word::word)),
        number(numbers.late),
        number(numbers.late_original),
        number(numbers.left),
        row.finish()
            .map_or_else(String::new, |finish| match finish {
                Finish::Reported(day) => day.to_string(),
                Finish::Published(period) => period.iso(),
            }),
        row.stale().is_some().to_string(),
        row.is_closed().to_string(),
        words(&late.join("; ")),
    ]
}

/// Text on one line, with a quote before it where a spreadsheet would take it for a formula.
fn words(text: &str) -> String {
    let text = fold(text);
    if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text
    }
}

pub fn status(portfolio: &Portfolio<'_>) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = counts(&Counts::default());
    writer.write_record(["of", "id"].into_iter().chain(names.keys().copied()))?;
    let mut line = |of: &str, id: &str, found: &Counts| {
        let numbers = counts(found).into_values().map(|count| count.to_string());
        writer.write_record([of.to_owned(), words(id)].into_iter().chain(numbers))
    };
    line("recommendations", "", &portfolio.counts())?;
    line("actions", "", &portfolio.action_counts())?;
    if let Some(view) = portfolio.single() {
        for area in view.areas() {
            let id = area.area.map_or("", |area| area.id.as_ref());
            line("area", id, &area.counts)?;
        }
    } else {
        for view in &portfolio.views {
            let name = view.name.as_deref().unwrap_or_default();
            line("plan", name, view.counts())?;
        }
    }
    finish(writer)
}

fn finish(writer: csv::Writer<Vec<u8>>) -> anyhow::Result<String> {
    Ok(String::from_utf8(writer.into_inner()?)?)
}
