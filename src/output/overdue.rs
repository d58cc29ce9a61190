//! What is overdue and what falls due: on a screen, and as findings at the places of the deadlines.

use super::{
    Screen,
    facts::{
        DAYS_LATE, DAYS_LATE_ORIGINAL, DAYS_LEFT, DEADLINE, Fact, ID, LATE_ACTIONS, OWNERS,
        PRIORITY, TEXT,
    },
    rows,
    style::{DONE, paint},
    table::Room,
    words::days,
};
use crate::{
    checks::{Finding, Place},
    model::{Rule, Timing, fold},
    query::{Portfolio, Row},
};

pub fn table(portfolio: &Portfolio, rows: &[Row<'_>], screen: Screen) -> String {
    let (late, coming): (Vec<Row<'_>>, Vec<Row<'_>>) =
        rows.iter().partition(|row| row.is_overdue());
    let mut text = if late.is_empty() {
        let nothing = format!("Nothing is overdue on {}.", portfolio.as_of);
        format!("{}\n", paint(DONE, &nothing))
    } else {
        late_table(&late, screen)
    };
    if !coming.is_empty() {
        let mut columns = vec![(&ID, Room::Always), (&TEXT, Room::Words)];
        columns.extend(owners(&coming));
        columns.extend([(&DEADLINE, Room::Dropped(2)), (&DAYS_LEFT, Room::Always)]);
        text.push_str("\nFalling due\n");
        text.push_str(&rows::facts(&columns, &coming, screen));
    }
    text
}

fn late_table(rows: &[Row<'_>], screen: Screen) -> String {
    let mut columns = vec![(&ID, Room::Always)];
    if rows.iter().any(|row| row.priority().is_some()) {
        columns.push((&PRIORITY, Room::Dropped(4)));
    }
    columns.push((&TEXT, Room::Words));
    columns.extend(owners(rows));
    columns.extend([(&DEADLINE, Room::Dropped(5)), (&DAYS_LATE, Room::Always)]);
    if rows.iter().any(was_moved) {
        columns.push((&DAYS_LATE_ORIGINAL, Room::Dropped(2)));
    }
    if rows.iter().any(|row| !row.late_actions().is_empty()) {
        columns.push((&LATE_ACTIONS, Room::Dropped(3)));
    }
    rows::facts(&columns, rows, screen)
}

/// A column of owners, where anybody is named.
fn owners(rows: &[Row<'_>]) -> Option<(&'static Fact, Room)> {
    let is_named = rows.iter().any(|row| !row.owners().is_empty());
    is_named.then_some((&OWNERS, Room::Dropped(1)))
}

fn was_moved(row: &Row<'_>) -> bool {
    row.original_deadline() != row.deadline()
}

/// The finding that a row of `plan overdue` stands for.
pub fn finding(row: &Row<'_>) -> Finding {
    let what = match row.action {
        Some(_) => format!("action {}", row.id()),
        None => format!("recommendation {}", row.id()),
    };
    let late = row.days_late().unwrap_or(0);
    let deadline = row.deadline().map_or_else(String::new, |deadline| deadline.to_string());
    let (rule, title) = match row.timing() {
        Some(Timing::Overdue) => match row.pressing() {
            Some(action) => {
                let title = format!(
                    "action {action} of {what} is {} late: it was due {deadline}",
                    days(late)
                );
                (Rule::Overdue, title)
            }
            None => {
                (Rule::Overdue, format!("{what} is {} late: it was due {deadline}", days(late)))
            }
        },
        _ if late > 0 => {
            (Rule::FallingDue, format!("{what} was due {deadline} and is in its days of grace"))
        }
        _ => (Rule::FallingDue, format!("{what} falls due in {}: {deadline}", days(-late))),
    };
    let id = row.id();
    Finding {
        subject: Some(id.to_string()),
        ..Finding::new(rule, deadline_place(row), title)
            .label(fold(row.text()))
            .help(format!(
                "see `plan show {id}`; record what was done with `plan mark {id} complete`, or agree a later date with `plan extend {id}`"
            ))
    }
}

/// Where the deadline that decides the row's timing stands.
fn deadline_place(row: &Row<'_>) -> Place {
    let standing = row.recommendation;
    let place = Place::recommendation(standing.index);
    let deciding = row.action.or_else(|| Some(&standing.actions[standing.pressing?]));
    match deciding.filter(|action| action.has_own_timescale()) {
        Some(action) => place.action(action.index).timescale_in_force(action.revision),
        None => place.timescale_in_force(standing.revision),
    }
}
