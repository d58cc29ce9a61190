//! Markdown: tables and pages to paste into a paper, a wiki or a pull request.

use super::{
    Answer, Format, Kind, Screen, burnup, changes,
    facts::{AREA, Fact, ID, OWNERS, PRIORITY, PROGRESS, TEXT, TIMESCALE, TIMING},
    formats::not_printed,
    versions, words,
};
use crate::{
    model::{
        Amendment, ProgressEntry, Response, Revision, Timing, Verification, Word, fold, paragraphs,
    },
    query::{Counts, GroupBy, Portfolio, Progress, Row},
};

/// The format for papers and wikis.
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn kinds(&self) -> &'static [Kind] {
        &[
            Kind::Status,
            Kind::List,
            Kind::Overdue,
            Kind::Show,
            Kind::Diff,
            Kind::Changes,
            Kind::Burnup,
        ]
    }

    fn print(&self, answer: &Answer<'_>, _: Screen) -> anyhow::Result<String> {
        Ok(match answer {
            Answer::Status(portfolio, by, _) => status(portfolio, *by),
            Answer::List(_, rows, _) | Answer::Overdue(_, rows) => list(rows),
            Answer::Show(_, rows) => rows.iter().map(page).collect::<Vec<_>>().join("\n"),
            Answer::Diff(diff) => versions::page(diff),
            Answer::Burnup(found) => burnup::in_markdown(found),
            Answer::Changes(found) => changes::in_markdown(found),
            other => return Err(not_printed(self, other)),
        })
    }
}

fn status(portfolio: &Portfolio, by: GroupBy) -> String {
    let as_of = portfolio.as_of;
    let mut text = match portfolio.single() {
        Some(view) => format!(
            "# {}\n\n{} · as of {as_of}\n\n",
            escape(&view.plan.title),
            escape(&words::identity(view))
        ),
        None => format!("# {} plans\n\nAs of {as_of}\n\n", portfolio.views.len()),
    };
    let groups = portfolio.groups(by);
    let mut lines = vec![
        ("Recommendations".to_owned(), portfolio.counts()),
        ("Actions".to_owned(), portfolio.action_counts()),
    ];
    lines.extend(groups.into_iter().map(|group| {
        let title = group.title.map_or_else(|| format!("(no {})", by.word()), escape);
        (title, group.counts)
    }));
    text.push_str(&counts(&lines));
    let late = portfolio.overdue();
    if !late.is_empty() {
        text.push_str("\n## Overdue\n\n");
        text.push_str(&list(&late));
    }
    text
}

/// A line of counts each; what has become of everything adds up to the total.
fn counts(lines: &[(String, Counts)]) -> String {
    let is_there = |progress: &Progress| {
        let usual =
            matches!(progress, Progress::Complete | Progress::InProgress | Progress::NotStarted);
        usual || lines.iter().any(|(_, counts)| counts.progress(*progress) > 0)
    };
    let order = [
        Progress::Complete,
        Progress::InProgress,
        Progress::NotStarted,
        Progress::Superseded,
        Progress::NotPursued,
        Progress::Rejected,
    ];
    let columns: Vec<Progress> = order.into_iter().filter(is_there).collect();
    let names = columns.iter().map(|progress| words::capitalised(&words::spoken(*progress)));
    let after = ["Overdue", "Due soon", "Stale"].map(str::to_owned);
    let names = ["", "Total"].map(str::to_owned).into_iter().chain(names).chain(after);
    let mut text = header(names);
    for (name, counts) in lines {
        let progress = columns.iter().map(|progress| counts.progress(*progress));
        let overdue = counts.timing(Timing::Overdue);
        let after = [overdue, counts.timing(Timing::DueSoon), counts.stale];
        let numbers = std::iter::once(counts.total).chain(progress).chain(after);
        let cells = numbers.map(|number| number.to_string());
        text.push_str(&line(std::iter::once(name.clone()).chain(cells)));
    }
    text
}

/// A table of rows.
pub fn list(rows: &[Row<'_>]) -> String {
    let has_priority = rows.iter().any(|row| row.priority().is_some());
    let columns: Vec<&Fact> =
        [&ID, &AREA, &PRIORITY, &TEXT, &OWNERS, &TIMESCALE, &PROGRESS, &TIMING]
            .into_iter()
            .filter(|fact| has_priority || fact.name != PRIORITY.name)
            .collect();
    let names = columns.iter().map(|fact| words::capitalised(&fact.heading.to_lowercase()));
    let mut text = header(names);
    for row in rows {
        text.push_str(&line(columns.iter().map(|fact| escape(&(fact.words)(row)))));
    }
    text
}

pub fn header(names: impl IntoIterator<Item = String>) -> String {
    let names: Vec<String> = names.into_iter().collect();
    let rule = line(names.iter().map(|_| "---".to_owned()));
    line(names) + &rule
}

pub fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |\n", cells.join(" | "))
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
    for (name, fact) in page_facts(row) {
        text.push_str(&format!("- **{name}:** {fact}\n"));
    }
    match row.action {
        Some(standing) => {
            let action = standing.action();
            text.extend(action.revisions.iter().map(revision));
            text.extend(action.progress.iter().map(entry));
            text.extend(action.amendments.iter().map(amendment));
        }
        None => {
            let recommendation = &row.recommendation.recommendation;
            text.extend(recommendation.revisions.iter().map(revision));
            text.extend(recommendation.progress.iter().map(entry));
            text.extend(recommendation.verification.iter().map(verification));
            text.extend(recommendation.amendments.iter().map(amendment));
            for action in row.actions() {
                text.push('\n');
                text.push_str(&page(&action));
            }
        }
    }
    text
}

fn page_facts(row: &Row<'_>) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let recommendation = &row.recommendation.recommendation;
    if row.action.is_none() {
        let area = row.area_of_plan().map(|area| ("Area", escape(&area.title)));
        facts.extend(area);
        facts.extend(row.priority().map(|priority| ("Priority", escape(priority))));
        let response = words::spoken(recommendation.response);
        let response = match &recommendation.response_text {
            Some(reason) => format!("{response}. {}", escape(reason)),
            None if recommendation.response == Response::PartiallyAccepted => {
                format!("{response}. {}", words::NOT_WHICH_PART)
            }
            None => response,
        };
        facts.push(("Response", response));
    }
    if !row.owners().is_empty() {
        facts.push(("Owner", escape(&(OWNERS.words)(row))));
    }
    let agreed = escape(&words::timescale(row));
    let first = row.original_timescale().map(|first| escape(&first.wording));
    facts.push((
        "Timescale",
        match first {
            Some(first) if first != agreed => format!("{agreed} (first agreed: {first})"),
            _ => agreed,
        },
    ));
    if let Some(review) = recommendation.review.filter(|_| row.action.is_none()) {
        facts.push(("Review", review.to_string()));
    }
    facts.push(("Progress", words::spoken(row.progress())));
    let why = escape(&words::why(row));
    facts.push(("Timing", format!("{}. {why}", words::timing(row))));
    facts
}

fn revision(revision: &Revision) -> String {
    let to = escape(&revision.to.wording);
    let by = by(revision.by.as_deref());
    format!("- {}: moved to {to}{by}{}\n", revision.on, because(revision.reason.as_deref()))
}

fn verification(entry: &Verification) -> String {
    let (result, by) = (entry.result.word(), by(Some(&entry.by)));
    let note = because(entry.note.as_deref());
    format!("- {}: {result}{by}{note}{}\n", entry.on, evidence(&entry.evidence))
}

fn entry(entry: &ProgressEntry) -> String {
    let (status, by) = (words::spoken(entry.status), by(entry.by.as_deref()));
    let note = because(entry.note.as_deref());
    format!("- {}: {status}{by}{note}{}\n", entry.on, evidence(&entry.evidence))
}

fn amendment(amendment: &Amendment) -> String {
    let (key, by) = (amendment.key.word(), by(amendment.by.as_deref()));
    let was = amendment.was.as_deref().map_or_else(|| "nothing".to_owned(), escape);
    format!("- {}: {key} amended{by}, was {was}: {}\n", amendment.on, escape(&amendment.reason))
}

fn by(who: Option<&str>) -> String {
    who.map(|who| format!(" by {}", escape(who))).unwrap_or_default()
}

fn because(words: Option<&str>) -> String {
    words.map(|words| format!(": {}", escape(words))).unwrap_or_default()
}

fn evidence(evidence: &[String]) -> String {
    if evidence.is_empty() {
        return String::new();
    }
    let evidence: Vec<String> = evidence.iter().map(|place| escape(place)).collect();
    format!(" (evidence: {})", evidence.join(", "))
}

/// Text on one line that Markdown shows as it is.
pub fn escape(text: &str) -> String {
    escape_letters(&fold(text))
}

/// The same with its white space.
pub fn escape_letters(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins_reference = |next: &char| next.is_ascii_alphanumeric() || *next == '#';
        let is_special = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '$' => true,
            '&' => letters.peek().is_some_and(begins_reference),
            _ => false,
        };
        if is_special {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
