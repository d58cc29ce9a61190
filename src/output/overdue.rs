//! Prints overdue and upcoming items: as a table, or as findings at the lines of their due dates.

use super::{
    row_fields::{
        DAYS_LATE_ORIGINAL, DAYS_OVERDUE, DUE_IN, Fact, ID, LATE_ACTIONS, NEXT_DEADLINE,
        ORIGINAL_DUE, OWNERS, PRIORITY, REVIEW, TEXT, UPDATE, UPDATED,
    },
    rows::{FactColumn, facts, named, told},
    words::days,
};
use crate::{
    checks::Finding,
    doc::{Block, Doc, Fit, Line, Medium, style::DONE},
    key_path::KeyPath,
    model::{Day, Period, Rule, Standing, Term, Timing, example_month, to_single_line},
    query::{Portfolio, Row},
};

/// The overdue rows, and the rows due by a given day if the user asks for them.
#[derive(Clone, Copy)]
pub struct Overdue<'a> {
    pub portfolio: &'a Portfolio,
    /// The overdue rows and, after them, the rows due soon.
    pub rows: &'a [Row<'a>],
    pub until: Option<Day>,
    /// The names of the columns; if empty, the default columns are shown.
    pub columns: &'a [String],
}

/// Builds a table of the overdue rows and, below it, a table of the rows due soon.
pub fn document(answer: &Overdue<'_>) -> Doc {
    let mut doc = Doc::default();
    if !answer.columns.is_empty() && !answer.rows.is_empty() {
        doc.table(facts(&named(answer.columns), answer.rows));
        return doc;
    }
    let (late, coming): (Vec<Row<'_>>, Vec<Row<'_>>) =
        answer.rows.iter().partition(|row| row.is_overdue());
    let table = |fact, rows: &[Row<'_>]| facts(&usual(fact, answer.rows), rows);
    match (late.as_slice(), coming.as_slice()) {
        ([], _) => {
            let nothing = format!("Nothing is overdue on {}.", answer.portfolio.as_of);
            doc.say(Line::styled(DONE, nothing));
            if !coming.is_empty() {
                doc.gap();
                doc.table(table(&DUE_IN, &coming));
            }
        }
        (_, []) => doc.table(table(&DAYS_OVERDUE, &late)),
        _ => {
            let tables = [table(&DAYS_OVERDUE, &late), table(&DUE_IN, &coming)];
            let [late, coming] = &tables;
            doc.on(Medium::Screen, Block::Table(late.above(coming)));
            tables.into_iter().for_each(|table| doc.on(Medium::Paper, Block::Table(table)));
        }
    }
    if let Some(until) = answer.until {
        doc.gap();
        let by = |at: Option<Period>| at.is_some_and(|at| at.last_day() <= until);
        let due = coming.iter().filter(|row| by(row.deadline())).count();
        let reviews = match coming.iter().filter(|row| by(row.open_review())).count() {
            0 => String::new(),
            reviews => format!(", {reviews} due for review"),
        };
        doc.say(format!("{} overdue, {due} due by {until}{reviews}.", late.len()));
    }
    doc
}

/// Returns the default columns that have a value in at least one row, beginning with the column `time`.
fn usual(time: &'static Fact, rows: &[Row<'_>]) -> Vec<FactColumn> {
    let was_moved = ORIGINAL_DUE.is_in(rows);
    let columns = [
        (&ID, Fit::Always),
        (&PRIORITY, Fit::Dropped(5)),
        (&TEXT, Fit::Words),
        (&NEXT_DEADLINE, Fit::Dropped(8)),
        (&REVIEW, Fit::Dropped(9)),
        (&ORIGINAL_DUE, Fit::Dropped(6)),
        (&OWNERS, Fit::Cut(7)),
        (&LATE_ACTIONS, Fit::Dropped(2)),
        (&DAYS_LATE_ORIGINAL, Fit::Dropped(1)),
        (&UPDATED, Fit::Dropped(4)),
        (&UPDATE, Fit::Cut(3)),
    ];
    let is_meant = |(fact, _): &FactColumn| was_moved || fact.name != DAYS_LATE_ORIGINAL.name;
    let columns = told(columns.into_iter().filter(is_meant), rows);
    std::iter::once((time, Fit::Always)).chain(columns).collect()
}

/// Returns the finding for a row of `plan overdue`.
pub fn finding(row: &Row<'_>, as_of: Day) -> Finding {
    let kind = if row.is_action() { "action" } else { "recommendation" };
    let what = format!("{kind} {}", row.id());
    let late = row.days_late().unwrap_or(0);
    let deadline = row.deadline().map_or_else(String::new, |deadline| deadline.to_string());
    let (rule, title) = match row.timing() {
        Some(Timing::Overdue) => {
            let whose = row.pressing().map(|action| format!("action {action} of "));
            let whose = whose.unwrap_or_default();
            let title = format!("{whose}{what} is {} overdue: it was due {deadline}", days(late));
            (Rule::Overdue, title)
        }
        Some(Timing::Undated) | None => {
            let review = row.review().map_or_else(String::new, |review| review.to_string());
            (Rule::FallingDue, format!("{what} is due for review: {review}"))
        }
        _ if late > 0 => {
            (Rule::FallingDue, format!("{what} was due {deadline} and is in the days of grace"))
        }
        _ => (Rule::FallingDue, format!("{what} falls due in {}: {deadline}", days(late))),
    };
    let (id, own) = (row.id(), deciding(row));
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
    let place = match row.deadline() {
        Some(_) => deadline_place(row),
        None => KeyPath::recommendation(row.whole.index).key("review"),
    };
    Finding {
        subject: Some(id.to_string()),
        ..Finding::new(rule, place, title)
            .label(to_single_line(row.text()))
            .help(format!(
                "see `plan show {id}`; record finished work with `plan mark {id} complete{evidence}`, or {later}"
            ))
    }
}

/// Returns the recommendation or action whose due date decides the row's timing.
fn deciding<'v>(row: &Row<'v>) -> &'v Standing {
    let deciding = row.pressing_row().own;
    if deciding.has_own_timescale() { deciding } else { &row.whole.own }
}

/// Returns the key path of the due date that decides the row's timing.
fn deadline_place(row: &Row<'_>) -> KeyPath {
    let own = deciding(row);
    KeyPath::item((row.whole.index, own.position())).timescale_in_force(own.revision)
}
