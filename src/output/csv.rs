//! CSV: one line a row, under the same names as JSON; no cell runs as a formula in a spreadsheet.

use serde_json::Value;

use super::{
    Answer, Changes, Format, Kind, Screen, burnup::POINT_FACTS, changes::EVENT_FACTS,
    formats::not_printed, json::escaped, row_fields::FACTS,
};
use crate::{
    model::{Keyword, to_single_line},
    query::{Counts, GroupBy, Portfolio, Row},
};

/// The format for spreadsheets.
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Status, Kind::List, Kind::Overdue, Kind::Changes, Kind::Burnup]
    }

    fn print(&self, answer: &Answer<'_>, _: Screen) -> anyhow::Result<String> {
        match answer {
            Answer::Status(portfolio, by, _) => status(portfolio, *by),
            Answer::List(_, rows, _) | Answer::Overdue(_, rows) => list(rows),
            Answer::Burnup(burnup) => {
                let facts = |point| POINT_FACTS.iter().map(move |(_, value)| cell(&value(point)));
                lines(POINT_FACTS.iter().map(|(name, _)| *name), burnup.points.iter().map(facts))
            }
            Answer::Changes(found) => summaries(found),
            other => Err(not_printed(self, other)),
        }
    }
}

fn list(rows: &[Row<'_>]) -> anyhow::Result<String> {
    let facts = |row| FACTS.iter().map(move |fact| cell(&(fact.value)(row)));
    lines(FACTS.iter().map(|fact| fact.name), rows.iter().map(facts))
}

/// A header, and the rows below it.
fn lines(
    names: impl IntoIterator<Item = &'static str>,
    rows: impl IntoIterator<Item = impl IntoIterator<Item = String>>,
) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names)?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            harmless(&items.join("; "))
        }
        Value::Object(table) if table.is_empty() => String::new(),
        other => escaped(&other.to_string()),
    }
}

/// Text on one line, with a quote before it where a spreadsheet would take it for a formula.
fn harmless(text: &str) -> String {
    let text = to_single_line(text);
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
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
    lines(["of", "id"].into_iter().chain(names), rows)
}

/// The lines of each account with their counts, then its events.
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
    lines(OF_PLAN.into_iter().chain(names), rows)
}
