//! The fields of a row, which is a recommendation or an action. JSON and CSV show the value of a field, and tables show
//! a text for people.

use anstyle::Style;

use super::{fact_value::FactValue, row_style, words};
use crate::{
    doc::{
        absent,
        style::{PLAIN, STALE, STRONG},
    },
    model::{Finish, Keyword, Lateness, Term, Timing, days_between},
    query::Row,
};

type ValueOf = for<'v> fn(&Row<'v>) -> FactValue<'v>;

/// A field of a row, such as the due date. In a table, each field is a column.
pub struct Fact {
    /// The name of the field in JSON and CSV.
    pub name: &'static str,
    /// The heading of the column; if empty, the heading is made from `name`.
    heading: &'static str,
    /// A function that returns the value of the field in a row, for JSON and CSV.
    pub value: ValueOf,
    /// A function that returns the text for people; `None` if people see the plain value.
    words: Option<fn(&Row<'_>, bool) -> String>,
    pub style: fn(&Row<'_>) -> Style,
}

impl Fact {
    const fn titled(self, heading: &'static str) -> Self {
        Self { heading, ..self }
    }

    const fn worded(self, words: fn(&Row<'_>, bool) -> String) -> Self {
        Self { words: Some(words), ..self }
    }

    const fn styled(self, style: fn(&Row<'_>) -> Style) -> Self {
        Self { style, ..self }
    }

    /// Checks whether at least one row has a value for this field.
    pub fn is_in(&self, rows: &[Row<'_>]) -> bool {
        rows.iter().any(|row| !(self.value)(row).is_absent())
    }

    /// Returns the field of a row as text for people, without details.
    pub fn shown(&self, row: &Row<'_>) -> String {
        self.shown_in(row, false)
    }

    /// Returns the field of a row as text for people. The text has more details if `has_room` is true.
    pub fn shown_in(&self, row: &Row<'_>, has_room: bool) -> String {
        self.words.map_or_else(|| (self.value)(row).words(), |words| words(row, has_room))
    }

    /// Returns the heading of the column that shows the field.
    pub fn heading(&self) -> String {
        match self.heading {
            "" => self.name.replace('_', " ").to_uppercase(),
            heading => heading.to_owned(),
        }
    }
}

/// Creates a field with the default heading, the default text and the plain style.
const fn fact(name: &'static str, value: ValueOf) -> Fact {
    Fact { name, heading: "", value, words: None, style: |_| PLAIN }
}

pub static ID: Fact = fact("id", |row| row.shown_id().into()).styled(|_| STRONG);
pub static AREA: Fact = fact("area", |row| row.area().into());
pub static PRIORITY: Fact = fact("priority", |row| row.priority().into());
pub static TEXT: Fact = fact("text", |row| row.item().text().into())
    .titled("RECOMMENDATION")
    .worded(|row, _| words::name(row));
pub static OWNERS: Fact = fact("owners", |row| row.owners().into_iter().collect()).titled("OWNER");
pub static TIMESCALE: Fact =
    fact("timescale", |row| row.own.timescale().map(|timescale| timescale.wording.as_str()).into())
        .worded(words::short_timescale);
/// The timescale in a request that awaits a decision.
pub static REQUESTED: Fact =
    fact("requested", |row| row.request().map(|request| request.to.wording.as_str()).into());
static DEADLINE: Fact = fact("deadline", |row| row.own_deadline().into()).titled("DUE");
static ORIGINAL_DEADLINE: Fact =
    fact("original_deadline", |row| row.own.lateness.and_then(|lateness| lateness.original).into())
        .titled("ORIGINAL DUE");
/// The number of days until the review of an open recommendation.
pub static REVIEW_IN: Fact = fact("review_in", |row| review_in(row).into())
    .styled(|_| STALE)
    .titled("REVIEW IN")
    .worded(|row, _| match review_in(row) {
        Some(0) => "today".to_owned(),
        Some(late @ ..0) => format!("{} past", words::span(late)),
        left => span(left),
    });
/// The date of the next review of a recommendation.
pub static REVIEW: Fact = fact("review", |row| row.review().into());
pub static PROGRESS: Fact = fact("progress", |row| row.progress().word().into())
    .styled(row_style::of_progress)
    .worded(|row, _| words::progress(row));
pub static TIMING: Fact = fact("timing", |row| row.own.timing.map(Keyword::word).into())
    .styled(row_style::of_timing)
    .titled("STATUS")
    .worded(|row, _| words::timing_in(row, false));
pub static RAG: Fact = fact("rag", |row| row.colour().map(Keyword::word).into())
    .styled(|row| row.colour().map_or(PLAIN, row_style::of_colour));
static DAYS_LATE: Fact = fact("days_late", |row| days_late(row).into())
    .titled("LATE")
    .worded(|row, _| span(days_late(row)));
pub static DAYS_LATE_ORIGINAL: Fact =
    fact("days_late_original", |row| days_late_original(row).into())
        .titled("PAST ORIGINAL DATE")
        .worded(|row, _| span(days_late_original(row)));
static DAYS_LEFT: Fact = fact("days_left", |row| days_left(row).into())
    .titled("LEFT")
    .worded(|row, _| span(days_left(row)));
pub static LATE_ACTIONS: Fact =
    fact("late_actions", |row| row.late_actions().into_iter().map(|id| row.shown(id)).collect())
        .titled("OVERDUE ACTIONS");
/// The day of the latest update of the row or of one of its actions.
pub static UPDATED: Fact = fact("updated", |row| row.latest_update().map(|entry| entry.on).into());
/// The note of the latest update. If the update has no note, the field shows the status and the outlook in the update.
pub static UPDATE: Fact = fact("update", update).titled("LATEST UPDATE");
/// The due date that determines the timing of the row: its own due date, or an earlier due date of an action.
pub static NEXT_DEADLINE: Fact =
    fact("next_deadline", |row| row.deadline().into()).titled("DUE").worded(words::due);
/// The number of days that the row is overdue. If the row is overdue because of an action, tables also show the id of
/// the action.
pub static DAYS_OVERDUE: Fact = fact("days_overdue", |row| days_overdue(row).into())
    .styled(row_style::of_timing)
    .titled("OVERDUE")
    .worded(|row, _| span(days_overdue(row)) + &words::through(row));
/// The number of days until the row is due. If an action is due first, tables also show the id of the action.
pub static DUE_IN: Fact = fact("due_in", |row| row.days_late().map(|late| -late).into())
    .styled(row_style::of_timing)
    .titled("DUE IN")
    .worded(|row, _| {
        let time = match row.days_late() {
            Some(0) => "today".to_owned(),
            Some(late @ 1..) => format!("{} past due (grace period)", words::span(late)),
            left => span(left),
        };
        time + &words::through(row)
    });

/// Returns the names of all fields. The user can choose any of these names as a column.
pub fn column_facts() -> impl Iterator<Item = &'static str> {
    FACTS.iter().map(|fact| fact.name)
}

/// Returns the fields with these names, or all fields if `names` is empty.
pub fn chosen(names: &[String]) -> Vec<&'static Fact> {
    let named = |name: &String| FACTS.into_iter().find(|fact| fact.name == *name);
    match names {
        [] => FACTS.to_vec(),
        names => names.iter().filter_map(named).collect(),
    }
}

/// All fields, in the order of JSON and CSV.
pub static FACTS: [&Fact; 41] = [
    &ID,
    &fact("plan", |row| row.view.name.as_deref().into()),
    &fact("recommendation", |row| {
        let recommendation = &row.recommendation().id;
        row.is_action().then(|| row.shown(recommendation)).into()
    }),
    &AREA,
    &PRIORITY,
    &fact("date", |row| row.made_on().into()),
    &fact("response", |row| row.response().word().into())
        .worded(|row, _| words::spoken(row.response())),
    &fact("response_on", |row| words::response_on(row).into()),
    &fact("response_text", |row| response_text(row).into()),
    &fact("ref", |row| row.item().reference().into()),
    &fact("title", |row| row.title().into()),
    &TEXT,
    &OWNERS,
    &fact("own_owners", |row| row.item().own_owners().iter().map(String::as_str).collect()),
    &TIMESCALE,
    &fact("due", |row| row.own.timescale().and_then(|timescale| timescale.due.as_deref()).into()),
    &fact("original_timescale", |row| {
        row.item().own_timescale().map(|timescale| timescale.wording.as_str()).into()
    }),
    &fact("original_timescale_due", |row| {
        row.item().own_timescale().and_then(|timescale| timescale.due.as_deref()).into()
    }),
    &fact("term", |row| row.term().map(Term::word).into()),
    &REQUESTED,
    &DEADLINE,
    &ORIGINAL_DEADLINE,
    &REVIEW,
    &PROGRESS,
    &TIMING,
    &fact("outlook", |row| row.own.outlook.map(Keyword::word).into())
        .worded(|row, _| row.own.outlook.map_or_else(absent, words::spoken)),
    &RAG,
    &DAYS_LATE,
    &DAYS_LATE_ORIGINAL,
    &DAYS_LEFT,
    &fact("finished", |row| row.own.finish.map(Finish::period).into()),
    &fact("stale", |row| row.own.stale.is_some().into()),
    &fact("unverified", |row| row.is_unverified().into()),
    &fact("escalated", |row| (!row.escalation().is_empty()).into())
        .worded(|row, _| words::escalation(row).unwrap_or_else(absent)),
    &fact("closed", |row| row.own.closed.into()),
    &LATE_ACTIONS,
    &fact("extra", |row| FactValue::Table(row.item().extra())),
    &UPDATED,
    &UPDATE,
    &NEXT_DEADLINE,
    &DAYS_OVERDUE,
];

/// Returns the note of the latest update. If the update has no note, returns the status and the outlook in the update.
fn update<'v>(row: &Row<'v>) -> FactValue<'v> {
    row.latest_update().map_or(FactValue::Absent, |entry| match entry.note.as_deref() {
        Some(note) => note.into(),
        None => words::entry_words(entry).into(),
    })
}

fn span(days: Option<i64>) -> String {
    days.map_or_else(absent, words::span)
}

/// Returns the text of the management response; `None` for an action, and if there is no text.
fn response_text<'v>(row: &Row<'v>) -> Option<&'v str> {
    let recommendation = row.recommendation();
    recommendation.response_text.as_deref().filter(|_| !row.is_action())
}

/// Returns the number of days past the row's own due date; `None` if the row is neither overdue nor ended late.
fn days_late(row: &Row<'_>) -> Option<i64> {
    let is_past = matches!(row.own.timing, Some(Timing::Overdue | Timing::Late));
    row.own.lateness.map(Lateness::days).filter(|days| is_past && *days > 0)
}

/// Returns the number of days past the original due date; `None` if this date has not passed.
fn days_late_original(row: &Row<'_>) -> Option<i64> {
    row.own.timing?;
    let days = row.own.lateness.and_then(Lateness::days_against_original);
    days.filter(|days| *days > 0)
}

/// Returns the number of days until the row's own due date; `None` if this date has passed or the row is not open.
fn days_left(row: &Row<'_>) -> Option<i64> {
    row.own.timing?;
    let left = row.own.lateness.map(|lateness| -lateness.days());
    left.filter(|left| row.is_open() && *left >= 0)
}

fn review_in(row: &Row<'_>) -> Option<i64> {
    row.open_review().map(|review| days_between(row.view.as_of, review.last_day()))
}

fn days_overdue(row: &Row<'_>) -> Option<i64> {
    row.days_late().filter(|_| row.is_overdue())
}
