//! The facts of a row, each named once: as a script reads it in JSON and CSV, and as people read it in tables.

use anstyle::Style;

use super::{fact_value::FactValue, row_style, words};
use crate::{
    doc::{
        absent,
        style::{PLAIN, STRONG},
    },
    model::{Keyword, Lateness, Period, Term, Timing, to_single_line},
    query::Row,
};

type ValueOf = for<'v> fn(&Row<'v>) -> FactValue<'v>;

/// One fact of a row.
pub struct Fact {
    /// Its name in JSON and CSV.
    pub name: &'static str,
    /// Its name over a column; empty where no table shows it.
    pub heading: &'static str,
    /// What a script reads.
    pub value: ValueOf,
    /// What people read.
    pub words: fn(&Row<'_>) -> String,
    pub style: fn(&Row<'_>) -> Style,
}

impl Fact {
    /// Whether one of these rows has something to tell of it.
    pub fn is_in(&self, rows: &[Row<'_>]) -> bool {
        rows.iter().any(|row| !(self.value)(row).is_absent())
    }
}

fn plain(_: &Row<'_>) -> Style {
    PLAIN
}

fn strong(_: &Row<'_>) -> Style {
    STRONG
}

/// A fact that no table shows.
const fn hidden(name: &'static str, value: ValueOf) -> Fact {
    Fact { name, heading: "", value, words: |_| String::new(), style: plain }
}

const fn fact(
    name: &'static str,
    heading: &'static str,
    value: ValueOf,
    words: fn(&Row<'_>) -> String,
) -> Fact {
    Fact { name, heading, value, words, style: plain }
}

const fn styled(fact: Fact, style: fn(&Row<'_>) -> Style) -> Fact {
    Fact { style, ..fact }
}

pub static ID: Fact =
    styled(fact("id", "ID", |row| row.shown_id().into(), |row| row.shown_id()), strong);
pub static AREA: Fact = fact("area", "AREA", |row| row.area().into(), |row| text(row.area()));
pub static PRIORITY: Fact =
    fact("priority", "PRIORITY", |row| row.priority().into(), |row| text(row.priority()));
pub static TEXT: Fact =
    fact("text", "RECOMMENDATION", |row| row.text().into(), |row| to_single_line(row.name()));
pub static OWNERS: Fact = fact(
    "owners",
    "OWNER",
    |row| row.owners().into_iter().collect(),
    |row| list(row.owners().into_iter()),
);
pub static TIMESCALE: Fact = fact(
    "timescale",
    "TIMESCALE",
    |row| row.timescale().map(|timescale| timescale.wording.as_str()).into(),
    words::short_timescale,
);
/// The timescale that was asked for and waits for a decision.
pub static REQUESTED: Fact = fact(
    "requested",
    "REQUESTED",
    |row| row.request().map(|request| request.to.wording.as_str()).into(),
    |row| text(row.request().map(|request| request.to.wording.as_str())),
);
pub static DEADLINE: Fact = fact(
    "deadline",
    "DUE",
    |row| row.own_deadline().map(Period::iso).into(),
    |row| row.own_deadline().map_or_else(absent, |deadline| deadline.to_string()),
);
pub static PROGRESS: Fact = styled(
    fact(
        "progress",
        "PROGRESS",
        |row| row.progress().word().into(),
        |row| words::spoken(row.progress()),
    ),
    row_style::of_progress,
);
pub static TIMING: Fact = styled(
    fact("timing", "TIMING", |row| row.timing().map(Keyword::word).into(), words::timing),
    row_style::of_timing,
);
pub static RAG: Fact = styled(
    fact(
        "rag",
        "RAG",
        |row| row.colour().map(Keyword::word).into(),
        |row| text(row.colour().map(Keyword::word)),
    ),
    |row| row.colour().map_or(PLAIN, row_style::of_colour),
);
pub static DAYS_LATE: Fact = styled(
    fact(
        "days_late",
        "LATE",
        |row| days_late(row).into(),
        |row| match (row.pressing(), row.days_late()) {
            (_, None) => absent(),
            (Some(action), Some(late)) => format!("{} ({action})", words::span(late)),
            (None, Some(late)) => words::span(late),
        },
    ),
    row_style::of_timing,
);
pub static DAYS_LATE_ORIGINAL: Fact = fact(
    "days_late_original",
    "FIRST DATE",
    |row| days_late_original(row).into(),
    |row| match row.lateness().and_then(Lateness::days_against_original) {
        Some(late) if late > 0 => format!("{} late", words::span(late)),
        Some(_) => "in time".to_owned(),
        None => absent(),
    },
);
pub static DAYS_LEFT: Fact = styled(
    fact("days_left", "LEFT", |row| days_left(row).into(), words::timing),
    row_style::of_timing,
);
pub static LATE_ACTIONS: Fact = fact(
    "late_actions",
    "BECAUSE OF",
    |row| row.late_actions().into_iter().map(|id| row.shown(id)).collect(),
    |row| list(row.late_actions().into_iter().map(|id| id.as_str())),
);

/// Every fact, in the order of JSON and CSV.
pub static FACTS: [&Fact; 32] = [
    &ID,
    &hidden("plan", |row| row.view.name.as_deref().into()),
    &hidden("recommendation", |row| {
        let recommendation = &row.recommendation().id;
        row.is_action().then(|| row.shown(recommendation)).into()
    }),
    &AREA,
    &PRIORITY,
    &fact("date", "DATE", |row| row.made_on().into(), |row| row.made_on().to_string()),
    &fact(
        "response",
        "RESPONSE",
        |row| row.response().word().into(),
        |row| words::spoken(row.response()),
    ),
    &hidden("response_on", |row| words::response_on(row).into()),
    &fact("ref", "REF", |row| reference(row).into(), |row| text(reference(row))),
    &hidden("title", |row| row.title().into()),
    &TEXT,
    &OWNERS,
    &TIMESCALE,
    &hidden("due", |row| row.timescale().and_then(|timescale| timescale.due.as_deref()).into()),
    &hidden("term", |row| row.term().map(Term::word).into()),
    &REQUESTED,
    &DEADLINE,
    &hidden("original_deadline", |row| row.original_deadline().map(Period::iso).into()),
    &PROGRESS,
    &TIMING,
    &fact(
        "outlook",
        "OUTLOOK",
        |row| row.outlook().map(Keyword::word).into(),
        |row| row.outlook().map_or_else(absent, words::spoken),
    ),
    &RAG,
    &DAYS_LATE,
    &DAYS_LATE_ORIGINAL,
    &DAYS_LEFT,
    &hidden("finished", |row| row.finish().map(|finish| finish.period().iso()).into()),
    &hidden("stale", |row| row.stale().is_some().into()),
    &hidden("unverified", |row| row.is_unverified().into()),
    &fact(
        "escalated",
        "ESCALATED",
        |row| (!row.escalation().is_empty()).into(),
        |row| words::escalation(row).unwrap_or_else(absent),
    ),
    &hidden("closed", |row| row.is_closed().into()),
    &LATE_ACTIONS,
    &hidden("extra", |row| FactValue::Table(row.extra())),
];

fn text(text: Option<&str>) -> String {
    text.map_or_else(absent, to_single_line)
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.map(to_single_line).collect();
    if items.is_empty() { absent() } else { items.join(", ") }
}

/// The number as printed.
fn reference<'v>(row: &Row<'v>) -> Option<&'v str> {
    let item = row.item();
    let whole = item.recommendation.reference.as_deref();
    item.action.map_or(whole, |action| action.reference.as_deref())
}

/// Days late against its own deadline, of work that is overdue or was finished late.
fn days_late(row: &Row<'_>) -> Option<i64> {
    let is_past = matches!(row.timing(), Some(Timing::Overdue | Timing::Late));
    row.lateness().map(Lateness::days).filter(|days| is_past && *days > 0)
}

/// Days late against the deadline first agreed, where there are any.
fn days_late_original(row: &Row<'_>) -> Option<i64> {
    row.timing()?;
    let days = row.lateness().and_then(Lateness::days_against_original);
    days.filter(|days| *days > 0)
}

/// Days left to its own deadline, of open work.
fn days_left(row: &Row<'_>) -> Option<i64> {
    row.timing()?;
    let left = row.lateness().map(|lateness| -lateness.days());
    left.filter(|left| row.is_open() && *left >= 0)
}
