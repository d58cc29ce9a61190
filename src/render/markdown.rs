//! Markdown: tables and pages to paste into a paper, a wiki or a pull request.

use super::words;
use crate::{
    model::{ProgressEntry, Status, Timing, Word, fold, paragraphs},
    query::{Portfolio, Row},
};

pub fn status(portfolio: &Portfolio<'_>) -> String {
    let as_of = portfolio.as_of;
    let mut text = match portfolio.single() {
        Some(view) => format!(
            "# {}\n\n{} · as of {as_of}\n\n",
            escape(&view.plan.title),
            escape(&words::identity(view))
        ),
        None => format!("# {} plans\n\nAs of {as_of}\n\n", portfolio.views.len()),
    };
    let columns = [
        "",
        "Total",
        "Complete",
        "In progress",
        "Not started",
        "Overdue",
        "Due soon",
        "Stale",
    ];
    text.push_str(&header(&columns));
    let mut lines = vec![
        ("Recommendations".to_owned(), portfolio.counts()),
        ("Actions".to_owned(), portfolio.action_counts()),
    ];
    match portfolio.single() {
        Some(view) => lines.extend(view.areas().into_iter().filter_map(|area| {
            let title = area.area?.title.to_string();
            Some((title, area.counts))
        })),
        None => lines.extend(portfolio.views.iter().map(|view| {
            let name = view.name.clone().unwrap_or_default();
            (name, view.counts().clone())
        })),
    }
    for (name, counts) in lines {
        let numbers = [
            counts.total,
            counts.progress(Status::Complete),
            counts.progress(Status::InProgress),
            counts.progress(Status::NotStarted),
            counts.timing(Timing::Overdue),
            counts.timing(Timing::DueSoon),
            counts.stale,
        ];
        let cells = std::iter::once(escape(&name)).chain(numbers.map(|number| number.to_string()));
        text.push_str(&line(cells));
    }
    let late = portfolio.overdue();
    if !late.is_empty() {
        text.push_str("\n## Overdue\n\n");
        text.push_str(&rows(&late));
    }
    text
}

pub fn rows(rows: &[Row<'_>]) -> String {
    let columns = [
        "Id",
        "Area",
        "Text",
        "Owner",
        "Timescale",
        "Progress",
        "Timing",
    ];
    let mut text = header(&columns);
    for row in rows {
        text.push_str(&line([
            escape(&row.shown_id()),
            escape(row.area().unwrap_or("")),
            escape(row.text()),
            escape(&row.owners().join("; ")),
            escape(&words::timescale(row)),
            words::progress(row),
            words::timing(row),
        ]));
    }
    text
}

pub fn header(columns: &[&str]) -> String {
    let names = line(columns.iter().map(|name| (*name).to_owned()));
    names + &line(columns.iter().map(|_| "---".to_owned()))
}

pub fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |\n", cells.join(" | "))
}

pub fn show(rows: &[Row<'_>]) -> String {
    let pages: Vec<String> = rows.iter().map(|row| page(row)).collect();
    pages.join("\n")
}

fn page(row: &Row<'_>) -> String {
    let (kind, level) = match row.action {
        Some(_) => ("Action", "###"),
        None => ("Recommendation", "##"),
    };
    let mut text = format!("{level} {kind} {}\n\n", escape(&row.shown_id()));
    for paragraph in paragraphs(row.text()) {
        text.push_str(&format!("{}\n\n", escape(&paragraph)));
    }
    let mut facts = vec![
        ("Timescale", escape(&words::timescale(row))),
        ("Progress", words::progress(row)),
        (
            "Timing",
            format!("{}. {}", words::timing(row), escape(&words::why(row))),
        ),
    ];
    let owners = row.owners();
    if !owners.is_empty() {
        facts.insert(0, ("Owner", escape(&owners.join("; "))));
    }
    for (name, fact) in facts {
        text.push_str(&format!("- **{name}:** {fact}\n"));
    }
    match row.action {
        Some(standing) => {
            for entry in &standing.action.progress {
                text.push_str(&format!("- {}\n", entry_line(entry)));
            }
        }
        None => {
            let of = row.recommendation.recommendation;
            for revision in &of.revisions {
                let reason = revision
                    .reason
                    .as_deref()
                    .map(|why| format!(": {}", escape(why)));
                let to = escape(&revision.to.wording);
                text.push_str(&format!(
                    "- {}: moved to {to}{}\n",
                    revision.on,
                    reason.unwrap_or_default()
                ));
            }
            for entry in &of.verification {
                let note = entry
                    .note
                    .as_deref()
                    .map(|note| format!(": {}", escape(note)));
                let by = escape(&entry.by);
                let result = entry.result.word();
                text.push_str(&format!(
                    "- {}: {result} by {by}{}\n",
                    entry.on,
                    note.unwrap_or_default()
                ));
            }
            for action in row.actions() {
                text.push('\n');
                text.push_str(&page(&action));
            }
        }
    }
    text
}

fn entry_line(entry: &ProgressEntry<'_>) -> String {
    let note = entry
        .note
        .as_deref()
        .map(|note| format!(": {}", escape(note)));
    format!(
        "{} {}{}",
        entry.on,
        entry.status.word(),
        note.unwrap_or_default()
    )
}

/// Text on one line that Markdown shows as it is.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in fold(text).chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#'
        ) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
