//! Prints overdue and upcoming items: as a table, or as findings that point to due dates in the plan file.

use super::{
    row_fields::{
        DAYS_LATE_ORIGINAL, DAYS_OVERDUE, DUE_IN, Fact, ID, LATE_ACTIONS, NEXT_DEADLINE, OWNERS,
        PRIORITY, REVIEW, REVIEW_IN, TEXT, UPDATE, UPDATED,
    },
    rows::{FactColumn, facts, named},
    words::span,
};
use crate::{
    checks::Finding,
    doc::{Block, Doc, Fit, Line, Medium, Table, style::DONE},
    key_path::KeyPath,
    model::{Day, Period, Rule, Standing, Term, example_month, to_single_line},
    query::{Portfolio, Row},
};

/// The answer of `plan overdue`: the overdue rows. If the user gives a day, the answer also has the rows that are due
/// by this day, and the rows that are due for review by this day.
#[derive(Clone, Copy)]
pub struct Overdue<'a> {
    pub portfolio: &'a Portfolio,
    /// The overdue rows, then the rows due by the day `until`, then the rows due for review by this day.
    pub rows: &'a [Row<'a>],
    pub until: Option<Day>,
    /// The names of the columns; if empty, the default columns are shown.
    pub columns: &'a [String],
}

/// Builds a document with the overdue rows, then the rows due by the given day, then the rows due for review.
pub fn document(answer: &Overdue<'_>, has_room: bool) -> Doc {
    let mut doc = Doc::default();
    if !answer.columns.is_empty() && !answer.rows.is_empty() {
        doc.table(facts(&named(answer.columns), answer.rows, has_room));
        return doc;
    }
    let by =
        |at: Option<Period>| answer.until.zip(at).is_some_and(|(until, at)| at.last_day() <= until);
    let (late, rest): (Vec<Row<'_>>, Vec<Row<'_>>) =
        answer.rows.iter().partition(|row| row.is_overdue());
    let (coming, reviews): (Vec<Row<'_>>, Vec<Row<'_>>) =
        rest.into_iter().partition(|row| by(row.deadline()));
    if late.is_empty() {
        let nothing = format!("Nothing is overdue on {}.", answer.portfolio.as_of);
        doc.say(Line::styled(DONE, nothing));
    }
    if late.is_empty() && !answer.rows.is_empty() {
        doc.gap();
    }
    let parts = [
        (&DAYS_OVERDUE, &NEXT_DEADLINE, &late),
        (&DUE_IN, &NEXT_DEADLINE, &coming),
        (&REVIEW_IN, &REVIEW, &reviews),
    ];
    let parts = parts.into_iter().filter(|(.., rows)| !rows.is_empty());
    let tables: Vec<Table> = parts
        .map(|(time, date, rows)| facts(&usual(time, date, answer.rows), rows, has_room))
        .collect();
    match tables.as_slice() {
        [first, second, others @ ..] => {
            let all = others.iter().fold(first.above(second), |all, below| all.above(below));
            doc.on(Medium::Screen, Block::Table(all));
            tables.into_iter().for_each(|table| doc.on(Medium::Paper, Block::Table(table)));
        }
        _ => tables.into_iter().for_each(|table| doc.table(table)),
    }
    if let Some(until) = answer.until {
        doc.gap();
        let reviews = match reviews.len() {
            0 => String::new(),
            reviews => format!(", {reviews} due for review"),
        };
        doc.say(format!("{} overdue, {} due by {until}{reviews}.", late.len(), coming.len()));
    }
    doc
}

/// Returns the default columns, beginning with the column `time`.
fn usual(time: &'static Fact, date: &'static Fact, rows: &[Row<'_>]) -> Vec<FactColumn> {
    let was_moved = rows.iter().any(|row| row.pressing_row().own.extensions() > 0);
    let columns = [
        (&ID, Fit::Always),
        (&PRIORITY, Fit::Dropped(5)),
        (&TEXT, Fit::Words),
        (date, Fit::Dropped(8)),
        (&OWNERS, Fit::Cut(7)),
        (&LATE_ACTIONS, Fit::Dropped(2)),
        (&DAYS_LATE_ORIGINAL, Fit::Dropped(1)),
        (&UPDATED, Fit::Dropped(4)),
        (&UPDATE, Fit::Cut(3)),
    ];
    let is_told = |(fact, _): &FactColumn| match fact.name {
        name if name == date.name => true,
        name if name == DAYS_LATE_ORIGINAL.name => was_moved && fact.is_in(rows),
        _ => fact.is_in(rows),
    };
    std::iter::once((time, Fit::Always)).chain(columns.into_iter().filter(is_told)).collect()
}

/// Returns the finding that reports an item as overdue, due soon or due for review.
pub fn finding(row: &Row<'_>, as_of: Day, until: Option<Day>) -> Finding {
    let kind = if row.is_action() { "action" } else { "recommendation" };
    let (id, what) = (row.id(), format!("{kind} {}", row.id()));
    let late = row.days_late().unwrap_or(0);
    let deadline = row
        .deadline()
        .filter(|due| row.is_overdue() || until.is_some_and(|until| due.last_day() <= until));
    let (rule, place, title) = match (row.is_overdue(), deadline) {
        (true, Some(due)) => {
            let whose = row.pressing().map(|action| format!("action {action} of "));
            let whose = whose.unwrap_or_default();
            let title = format!("{whose}{what} is {} overdue: it was due {due}", span(late));
            (Rule::Overdue, deadline_place(row), title)
        }
        (_, Some(due)) => {
            let title = match late > 0 {
                true => format!("{what} was due {due} and is within the grace period"),
                false => format!("{what} falls due in {}: {due}", span(late)),
            };
            (Rule::FallingDue, deadline_place(row), title)
        }
        (_, None) => {
            let place = KeyPath::recommendation(row.whole.index).key("review");
            let review = row.review().map_or_else(String::new, |review| review.to_string());
            (Rule::FallingDue, place, format!("{what} is due for review: {review}"))
        }
    };
    let next = match deadline {
        Some(_) => next_step(row, as_of),
        None => {
            let next = example_month(as_of);
            format!(
                "record the result of the review with `plan note {id} TEXT`, and set the next review with `plan amend {id} review {next} --reason WHY`"
            )
        }
    };
    Finding {
        subject: Some(id.to_string()),
        ..Finding::new(rule, place, title)
            .label(to_single_line(row.item().text()))
            .help(format!("see `plan show {id}`; {next}"))
    }
}

/// Returns advice about an item that is overdue or due soon: the commands that complete the item or change its due
/// date.
fn next_step(row: &Row<'_>, as_of: Day) -> String {
    let own = deciding(row);
    let (late, until) = (own.item().id(), Term::of(own.timescale()).deadline());
    let from = until.map_or(as_of, |until| until.last_day().max(as_of));
    let later = match own.open_request() {
        Some(_) => format!("record the decision with `plan decide {late} agree --by WHO`"),
        None => format!(
            "agree a later date, as in `plan extend {late} {} --reason WHY`",
            example_month(from)
        ),
    };
    let needs_evidence = row.view.plan.policy.completion_needs_evidence;
    let evidence = if needs_evidence { " --evidence WHERE" } else { "" };
    format!("record finished work with `plan mark {} complete{evidence}`, or {later}", row.id())
}

/// Returns the computed state of the recommendation or action whose due date determines the timing of the row.
fn deciding<'v>(row: &Row<'v>) -> &'v Standing {
    let deciding = row.pressing_row().own;
    if deciding.has_own_timescale() { deciding } else { &row.whole.own }
}

/// Returns the path in the plan file of the timescale that determines the timing of the row.
fn deadline_place(row: &Row<'_>) -> KeyPath {
    let own = deciding(row);
    KeyPath::item((row.whole.index, own.position())).timescale_in_force(own.revision)
}
