//! `plan list` and `plan overdue` on a screen: one row a recommendation or an action.

use super::{
    Screen,
    style::{DONE, of_progress, of_timing, paint},
    table::{Column, Record, Records},
    words,
};
use crate::{
    model::{Day, Lateness, fold, fold_beginning},
    query::Row,
};

/// One column of facts: its name, how it is set, and what it says of a row.
type Fact = (&'static str, Column, fn(&Row<'_>) -> String);

const ID: Fact = ("ID", Column::Left, |row| row.shown_id());
const AREA: Fact = ("AREA", Column::Yielding, |row| {
    row.area().map_or_else(absent, fold)
});
const PRIORITY: Fact = ("PRIORITY", Column::Yielding, |row| {
    row.priority().map_or_else(absent, fold)
});
const TIMESCALE: Fact = ("TIMESCALE", Column::Yielding, words::timescale);
const PROGRESS: Fact = ("PROGRESS", Column::Left, |row| {
    paint(of_progress(row), &words::progress(row))
});
const TIMING: Fact = ("TIMING", Column::Left, |row| {
    paint(of_timing(row), &words::timing(row))
});
const DEADLINE: Fact = ("DEADLINE", Column::Yielding, |row| {
    row.deadline()
        .map_or_else(absent, |deadline| deadline.to_string())
});
const DAYS_LATE: Fact = ("DAYS LATE", Column::Right, |row| {
    paint(
        of_timing(row),
        &row.days_late().map_or_else(absent, |days| days.to_string()),
    )
});
const DAYS_LATE_ORIGINAL: Fact = ("ORIGINALLY", Column::Right, |row| {
    let days = row.lateness().and_then(Lateness::days_against_original);
    days.map_or_else(absent, |days| days.to_string())
});
const DAYS_LEFT: Fact = ("DAYS LEFT", Column::Right, |row| {
    let days = row
        .days_late()
        .map_or_else(absent, |days| (-days).to_string());
    paint(of_timing(row), &days)
});
const LATE_ACTIONS: Fact = ("LATE ACTIONS", Column::Yielding, |row| {
    let late = row.recommendation.late_actions();
    let ids: Vec<&str> = late.map(|action| action.action.id.as_str()).collect();
    if ids.is_empty() {
        absent()
    } else {
        ids.join(", ")
    }
});

fn absent() -> String {
    "–".to_owned()
}

pub fn table(rows: &[Row<'_>], screen: Screen) -> String {
    if rows.is_empty() {
        return "Nothing matches.\n".to_owned();
    }
    let mut before = vec![ID];
    if rows.iter().any(|row| !row.view.plan.areas.is_empty()) {
        before.push(AREA);
    }
    let mut after = vec![TIMESCALE, PROGRESS, TIMING];
    if rows.iter().any(|row| row.priority().is_some()) {
        after.insert(0, PRIORITY);
    }
    records(before, after, rows, screen).render(screen)
}

pub fn overdue(as_of: Day, rows: &[Row<'_>], screen: Screen) -> String {
    let (late, coming): (Vec<Row<'_>>, Vec<Row<'_>>) =
        rows.iter().partition(|row| row.is_overdue());
    let mut text = if late.is_empty() {
        format!(
            "{}\n",
            paint(DONE, &format!("Nothing is overdue on {as_of}."))
        )
    } else {
        late_records(&late, screen).render(screen)
    };
    if !coming.is_empty() {
        text.push_str("\nFalling due\n");
        text.push_str(
            &records(vec![ID, DAYS_LEFT, DEADLINE], vec![], &coming, screen).render(screen),
        );
    }
    text
}

fn late_records(rows: &[Row<'_>], screen: Screen) -> Records {
    let mut before = vec![ID, DAYS_LATE];
    if rows.iter().any(was_moved) {
        before.push(DAYS_LATE_ORIGINAL);
    }
    before.push(DEADLINE);
    if rows.iter().any(|row| row.action.is_none()) {
        before.push(LATE_ACTIONS);
    }
    records(before, vec![], rows, screen)
}

fn was_moved(row: &Row<'_>) -> bool {
    row.lateness()
        .is_some_and(|lateness| lateness.original != Some(lateness.in_force))
}

fn records(before: Vec<Fact>, after: Vec<Fact>, rows: &[Row<'_>], screen: Screen) -> Records {
    let facts: Vec<&Fact> = before.iter().chain(&after).collect();
    Records {
        columns: facts.iter().map(|(name, kind, _)| (*name, *kind)).collect(),
        before: before.len(),
        words: "FIRST WORDS",
        aside: "OWNER",
        records: rows
            .iter()
            .map(|row| Record {
                facts: facts.iter().map(|(_, _, fact)| fact(row)).collect(),
                words: fold_beginning(row.text(), screen.width),
                aside: owners(row),
            })
            .collect(),
    }
}

fn owners(row: &Row<'_>) -> String {
    row.owners()
        .into_iter()
        .map(fold)
        .collect::<Vec<_>>()
        .join("; ")
}
