//! Markdown: tables and pages to paste into a paper, a wiki or a pull request.

use serde_json::Value;

use super::{
    Answer, Format, Kind, Screen, burnup, changes,
    formats::not_printed,
    row_fields::{
        AREA, Fact, ID, OWNERS, PRIORITY, PROGRESS, RAG, REQUESTED, TEXT, TIMESCALE, TIMING,
    },
    versions, words,
};
use crate::{
    model::{
        Amendment, Colour, Keyword, ProgressEntry, Revision, Timing, Verification, paragraphs,
        to_single_line,
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
            Answer::List(_, rows, _) | Answer::Overdue(_, rows) => list(rows) + &rules(rows),
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
        text.push_str(&format!("\n## {heading}\n\n{}", list(rows)));
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

/// A table of rows.
pub fn list(rows: &[Row<'_>]) -> String {
    let columns =
        [&ID, &AREA, &PRIORITY, &TEXT, &OWNERS, &TIMESCALE, &REQUESTED, &PROGRESS, &RAG, &TIMING];
    let optional = [&PRIORITY, &REQUESTED, &RAG].map(|fact| fact.name);
    let is_shown = |fact: &&Fact| !optional.contains(&fact.name) || fact.is_in(rows);
    let columns: Vec<&Fact> = columns.into_iter().filter(is_shown).collect();
    let names = columns.iter().map(|fact| match fact.name {
        name if name == RAG.name => RAG.heading.to_owned(),
        _ => words::capitalised(&fact.heading.to_lowercase()),
    });
    let mut text = header(names);
    for row in rows {
        text.push_str(&line(columns.iter().map(|fact| escape(&(fact.words)(row)))));
    }
    text
}

/// What the colours of these rows mean, as paragraphs of their own.
fn rules(rows: &[Row<'_>]) -> String {
    words::colours(rows).iter().map(|rule| format!("\n{}\n", escape(rule))).collect()
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

/// Text on one line that Markdown shows as it is.
pub fn escape(text: &str) -> String {
    escape_letters(&to_single_line(text))
}

/// The same with its white space. What makes no markup where it stands has no backslash, which would break addresses.
pub fn escape_letters(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let is_of_reference = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
    let (mut before, mut is_address) = (' ', false);
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        let next = rest.chars().next().unwrap_or(' ');
        is_address = !letter.is_whitespace() && (is_address || rest.starts_with("://"));
        let is_in_word = before.is_alphanumeric() || is_address && before == '/';
        let is_special = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '$' => true,
            // Inside a word it makes nothing. After a slash it could only open what nothing closes.
            '_' => !(is_in_word && next.is_alphanumeric()),
            '~' => !(is_address && before == '/' && next.is_alphanumeric()),
            '#' => !is_address,
            '&' if is_address => rest.trim_start_matches(is_of_reference).starts_with(';'),
            '&' => is_of_reference(next),
            _ => false,
        };
        if is_special {
            escaped.push('\\');
        }
        escaped.push(letter);
        before = letter;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::escape;

    #[test]
    fn an_address_and_a_name_stay_whole() {
        for text in [
            "https://example.org/minutes_2003_06.pdf",
            "https://example.org/~clerk/_new/page?a=1&copy=2#part_2",
            "minutes_2003_06.pdf",
        ] {
            assert_eq!(escape(text), text);
        }
        assert_eq!(escape("_so_ #1 R&D"), r"\_so\_ \#1 R\&D");
        assert_eq!(escape("https://example.org/?a=&lt;"), r"https://example.org/?a=\&lt;");
        assert_eq!(escape("https://example.org #1"), r"https://example.org \#1");
    }

    proptest! {
        #![proptest_config(crate::testing::cases(512))]

        #[test]
        fn nothing_becomes_markup(text in "(https://|__|~~|/_|/~|&lt;|[ab_~#&;:/.*(é-]| ){0,24}") {
            let text = format!("x {text} x");
            let markdown = escape(&text);
            let options = Options::ENABLE_TABLES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_MATH;
            let mut shown = String::new();
            for event in Parser::new_ext(&markdown, options) {
                match event {
                    Event::Text(words) => shown.push_str(&words),
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                    other => prop_assert!(false, "{markdown}: {other:?}"),
                }
            }
            prop_assert_eq!(shown, crate::model::to_single_line(&text));
        }
    }
}
