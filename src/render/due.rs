//! What is overdue or falls due, as findings at the places of their deadlines.

use super::words::days;
use crate::{
    model::{Finding, Lateness, Place, Rule, Timing, Whose, fold},
    query::Row,
};

/// The finding that a row of `plan overdue` stands for.
pub fn finding(row: &Row<'_>) -> Finding {
    let what = match row.action {
        Some(_) => format!("action {}", row.id()),
        None => format!("recommendation {}", row.id()),
    };
    let late = row.days_late().unwrap_or(0);
    let deadline = row
        .deadline()
        .map_or_else(String::new, |deadline| deadline.to_string());
    let (rule, title) = match row.timing() {
        Some(Timing::Overdue) => (
            Rule::Overdue,
            format!("{what} is {} late: it was due {deadline}", days(late)),
        ),
        _ if late > 0 => (
            Rule::FallingDue,
            format!("{what} was due {deadline} and is in its days of grace"),
        ),
        _ => (
            Rule::FallingDue,
            format!("{what} falls due in {}: {deadline}", days(-late)),
        ),
    };
    let id = row.id();
    Finding::new(rule, deadline_place(row), title)
        .label(fold(row.text()))
        .help(format!(
            "see `plan show {id}`; record what was done with `plan mark {id} complete`, or agree a later date with `plan extend {id}`"
        ))
}

/// Where the deadline that decides the row's timing stands.
fn deadline_place(row: &Row<'_>) -> Place {
    let of = row.recommendation;
    let deciding = match (
        row.action,
        row.lateness()
            .map(|lateness: &Lateness<'_>| &lateness.whose),
    ) {
        (Some(action), _) => Some(action),
        (None, Some(Whose::Action(id))) => {
            of.actions.iter().find(|action| action.action.id == **id)
        }
        (None, _) => None,
    };
    let known = |on| on <= row.view.as_of;
    if let Some(standing) = deciding {
        let action = standing.action;
        let revisions = action
            .revisions
            .iter()
            .filter(|revision| known(revision.on))
            .count();
        if revisions > 0 || action.timescale.is_some() {
            return Place::action(of.index, standing.index).timescale_in_force(revisions);
        }
    }
    let revisions = of.recommendation.revisions.iter();
    let revisions = revisions.filter(|revision| known(revision.on)).count();
    Place::recommendation(of.index).timescale_in_force(revisions)
}
