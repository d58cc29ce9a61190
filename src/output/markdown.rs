//! Markdown: tables and pages to paste into a paper, a wiki or a pull request.

use serde_json::Value;

use super::{
    Answer, Format, Kind, answer::not_printed, burnup, changes, row_fields::OWNERS,
    rows::in_markdown, versions, words,
};
use crate::{
    doc::{
        Screen,
        markdown::{escape, escape_letters, header, line},
    },
    model::{
        Amendment, Colour, Keyword, ProgressEntry, Revision, Timing, Verification, paragraphs,
    },
    query::{Counts, GroupBy, Portfolio, Progress, Row},
};

/// The format for papers and wikis.
pub struct MarkdownFormat;

impl Format for MarkdownFormat {
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
            Answer::List(_, rows, _) | Answer::Overdue(_, rows) => in_markdown(rows) + &rules(rows),
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
    let rows: Vec<Row<'_>> = portfolio.recommendations().collect();
    text.push_str(&rules(&rows));
    let lists = [("Overdue", portfolio.overdue()), ("Waiting for a decision", portfolio.waiting())];
    for (heading, rows) in lists.iter().filter(|(_, rows)| !rows.is_empty()) {
        text.push_str(&format!("\n## {heading}\n\n{}", in_markdown(rows)));
    }
    let escalated = portfolio.escalated();
    if !escalated.is_empty() {
        text.push_str("\n## To be escalated\n\n");
        for row in escalated {
            let why = words::escalation(&row).unwrap_or_default();
            text.push_str(&format!("- {}: {}\n", escape(&row.shown_id()), escape(&why)));
        }
    }
    text
}

/// A column of counts: its name and what it counts.
type Count = (&'static str, fn(&Counts) -> usize);

const USUAL: [Count; 3] = [
    ("Overdue", |counts| counts.timing(Timing::Overdue)),
    ("Due soon", |counts| counts.timing(Timing::DueSoon)),
    ("Stale", |counts| counts.stale),
];
/// Columns that are there only where they count something.
const RARE: [Count; 5] = [
    ("At risk", Counts::at_risk),
    ("Awaited", |counts| counts.awaited),
    ("Red", |counts| counts.colour(Colour::Red)),
    ("Amber", |counts| counts.colour(Colour::Amber)),
    ("Green", |counts| counts.colour(Colour::Green)),
];

/// A line of counts each; what has become of everything adds up to the total.
fn counts(lines: &[(String, Counts)]) -> String {
    let is_there = |progress: &Progress| {
        let usual =
            matches!(progress, Progress::Complete | Progress::InProgress | Progress::NotStarted);
        usual || lines.iter().any(|(_, counts)| counts.progress(*progress) > 0)
    };
    let columns: Vec<Progress> = words::PROGRESS_ORDER.into_iter().filter(is_there).collect();
    let names = columns.iter().map(|progress| words::capitalised(&words::spoken(*progress)));
    let is_found = |(_, count): &Count| lines.iter().any(|(_, counts)| count(counts) > 0);
    let rare = RARE.into_iter().filter(is_found);
    let others: Vec<Count> = USUAL.into_iter().chain(rare).collect();
    let after = others.iter().map(|(name, _)| (*name).to_owned());
    let names = ["", "Total"].map(str::to_owned).into_iter().chain(names).chain(after);
    let mut text = header(names);
    for (name, counts) in lines {
        let progress = columns.iter().map(|progress| counts.progress(*progress));
        let after = others.iter().map(|(_, count)| count(counts));
        let numbers = std::iter::once(counts.total).chain(progress).chain(after);
        let cells = numbers.map(|number| number.to_string());
        text.push_str(&line(std::iter::once(name.clone()).chain(cells)));
    }
    text
}

/// What the colours of these rows mean, as paragraphs of their own.
fn rules(rows: &[Row<'_>]) -> String {
    words::colours(rows).iter().map(|rule| format!("\n{}\n", escape(rule))).collect()
}

fn page(row: &Row<'_>) -> String {
    let (kind, level) = match row.action {
        Some(_) => ("Action", "###"),
        None => ("Recommendation", "##"),
    };
    let title = row.title().map(|title| format!(": {}", escape(title))).unwrap_or_default();
    let mut text = format!("{level} {kind} {}{title}\n\n", escape(&row.shown_id()));
    for paragraph in paragraphs(row.text()) {
        text.push_str(&format!("{}\n\n", escape(&paragraph)));
    }
    for (name, fact) in page_facts(row) {
        text.push_str(&format!("- **{name}:** {fact}\n"));
    }
    text.extend(row.revisions().iter().map(|one| revision(row, one)));
    text.extend(row.progress_entries().iter().map(entry));
    text.extend(row.verification().iter().map(verification));
    text.extend(row.amendments().iter().map(amendment));
    text.extend(row.extra().iter().map(extra));
    if row.action.is_none() {
        for action in row.actions() {
            text.push('\n');
            text.push_str(&page(&action));
        }
    }
    text
}

fn page_facts(row: &Row<'_>) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if row.action.is_none() {
        facts.extend(row.area_of_plan().map(|area| ("Area", escape(&area.title))));
        facts.extend(row.priority().map(|priority| ("Priority", escape(priority))));
        let made_on = row.recommendation.recommendation.date;
        facts.extend(made_on.map(|date| ("Made on", date.to_string())));
        let reason = words::response_text(row).map(|reason| format!(". {}", escape(reason)));
        let response = format!("{}{}", words::response(row), reason.unwrap_or_default());
        facts.push(("Response", response));
    }
    if !row.owners().is_empty() {
        facts.push(("Owner", escape(&(OWNERS.words)(row))));
    }
    let agreed = escape(&words::timescale(row));
    let first = row.original_timescale().map(|first| escape(&first.words()));
    facts.push((
        "Timescale",
        match first {
            Some(first) if first != agreed => format!("{agreed} (first agreed: {first})"),
            _ => agreed,
        },
    ));
    facts.extend(row.review().map(|review| ("Review", review.to_string())));
    facts.push(("Progress", words::spoken(row.progress())));
    let why = escape(&words::why(row));
    facts.push(("Timing", format!("{}. {why}", words::timing(row))));
    if let Some(colour) = row.colour() {
        let rule = escape(&words::colours(&[*row]).concat());
        facts.push(("RAG", format!("{}. {rule}", colour.word())));
    }
    facts.extend(words::escalation(row).map(|causes| ("Escalated", escape(&causes))));
    facts
}

fn revision(row: &Row<'_>, revision: &Revision) -> String {
    format!("- {}: {}\n", revision.on, escape_letters(&words::revision(row, revision)))
}

fn verification(entry: &Verification) -> String {
    let words = escape_letters(&words::verification(entry));
    format!("- {}: {words}{}\n", entry.on, evidence(&entry.evidence))
}

fn entry(entry: &ProgressEntry) -> String {
    let words = escape_letters(&words::entry(entry));
    format!("- {}: {words}{}\n", entry.on, evidence(&entry.evidence))
}

fn extra((key, value): (&String, &Value)) -> String {
    format!("- {}\n", escape(&words::extra(key, value)))
}

fn amendment(amendment: &Amendment) -> String {
    let (on, key) = (amendment.on, amendment.key.word());
    format!(
        "- {on}: {}\n",
        escape_letters(&format!("{key} amended{}", words::amendment(amendment)))
    )
}

fn evidence(evidence: &[String]) -> String {
    if evidence.is_empty() {
        return String::new();
    }
    let evidence: Vec<String> = evidence.iter().map(|place| escape(place)).collect();
    format!(" (evidence: {})", evidence.join(", "))
}
