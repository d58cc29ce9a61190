//! What is overdue and what falls due: on a screen, and as findings at the places of the deadlines.

use super::{
    row_fields::{
        DAYS_LATE, DAYS_LATE_ORIGINAL, DAYS_LEFT, DEADLINE, ID, LATE_ACTIONS, OWNERS, PRIORITY,
        TEXT,
    },
    rows::{facts, optional},
    words::days,
};
use crate::{
    checks::Finding,
    doc::{Doc, Fit, Line, Table, style::DONE},
    key_path::KeyPath,
    model::{Day, Rule, Standing, Term, Timing, example_month, to_single_line},
    query::{Portfolio, Row},
};

/// The overdue work on a screen and, below it, the work that falls due.
pub fn document(portfolio: &Portfolio, rows: &[Row<'_>]) -> Doc {
    let (late, coming): (Vec<Row<'_>>, Vec<Row<'_>>) =
        rows.iter().partition(|row| row.is_overdue());
    let mut doc = Doc::default();
    if late.is_empty() {
        let nothing = format!("Nothing is overdue on {}.", portfolio.as_of);
        doc.say(Line::styled(DONE, nothing));
    } else {
        doc.table(late_table(&late));
    }
    if !coming.is_empty() {
        let mut columns = vec![(&ID, Fit::Always), (&TEXT, Fit::Words)];
        columns.extend(optional(&OWNERS, Fit::Dropped(1), &coming));
        columns.extend([(&DEADLINE, Fit::Dropped(2)), (&DAYS_LEFT, Fit::Always)]);
        doc.gap();
        doc.say("Falling due");
        doc.table(facts(&columns, &coming));
    }
    doc
}

fn late_table(rows: &[Row<'_>]) -> Table {
    let was_moved = |row: &Row<'_>| row.original_deadline() != row.deadline();
    let columns = [
        Some((&ID, Fit::Always)),
        optional(&PRIORITY, Fit::Dropped(4), rows),
        Some((&TEXT, Fit::Words)),
        optional(&OWNERS, Fit::Dropped(1), rows),
        Some((&DEADLINE, Fit::Dropped(5))),
        Some((&DAYS_LATE, Fit::Always)),
        rows.iter().any(was_moved).then_some((&DAYS_LATE_ORIGINAL, Fit::Dropped(2))),
        optional(&LATE_ACTIONS, Fit::Dropped(3), rows),
    ];
    facts(&columns.into_iter().flatten().collect::<Vec<_>>(), rows)
}

/// The finding that a row of `plan overdue` stands for.
pub fn finding(row: &Row<'_>, as_of: Day) -> Finding {
    let kind = if row.is_action() { "action" } else { "recommendation" };
    let what = format!("{kind} {}", row.id());
    let late = row.days_late().unwrap_or(0);
    let deadline = row.deadline().map_or_else(String::new, |deadline| deadline.to_string());
    let (rule, title) = match row.timing() {
        Some(Timing::Overdue) => {
            let whose = row.pressing().map(|action| format!("action {action} of "));
            let whose = whose.unwrap_or_default();
            let title = format!("{whose}{what} is {} late: it was due {deadline}", days(late));
            (Rule::Overdue, title)
        }
        _ if late > 0 => {
            (Rule::FallingDue, format!("{what} was due {deadline} and is in its days of grace"))
        }
        _ => (Rule::FallingDue, format!("{what} falls due in {}: {deadline}", days(late))),
    };
    let (id, own) = (row.id(), deciding(row));
    let (late, until) = (own.item().id(), Term::of(own.timescale()).deadline());
    let from = until.map_or(as_of, |until| until.last_day().max(as_of));
    let later = match own.open_request() {
        Some(_) => format!("what was decided with `plan decide {late} agree --by WHO`"),
        None => format!(
            "agree a later date, as in `plan extend {late} {} --reason WHY`",
            example_month(from)
        ),
    };
    let needs_evidence = row.view.plan.policy.completion_needs_evidence;
    let evidence = if needs_evidence { " --evidence WHERE" } else { "" };
    Finding {
        subject: Some(id.to_string()),
        ..Finding::new(rule, deadline_place(row), title)
            .label(to_single_line(row.text()))
            .help(format!(
                "see `plan show {id}`; record what was done with `plan mark {id} complete{evidence}`, or {later}"
            ))
    }
}

/// The recommendation or action whose deadline decides the row's timing.
fn deciding<'v>(row: &Row<'v>) -> &'v Standing {
    let deciding = row.pressing_row().own;
    if deciding.has_own_timescale() { deciding } else { &row.whole.own }
}

/// Where the deadline that decides the row's timing stands.
fn deadline_place(row: &Row<'_>) -> KeyPath {
    let own = deciding(row);
    KeyPath::item((row.whole.index, own.position())).timescale_in_force(own.revision)
}
