//! Explains the timing of a recommendation or action in whole sentences.

use super::words::{days, span, spoken, timescale};
use crate::{
    doc::text::capitalised,
    model::{Finish, Lateness, Period, Timing},
    query::{Progress, Row},
};

/// Explains the timing of a row in sentences with the dates and the number of days.
pub fn why(row: &Row<'_>) -> String {
    if row.is_later() {
        let (made, as_of) = (row.made_on(), row.view.as_of);
        let what = if row.is_action() { "action was added" } else { "recommendation was made" };
        return format!("The {what} on {made}, which is after {as_of}, so it is not counted.");
    }
    if row.own.rejected {
        return "Management rejected the recommendation, so nothing is due.".to_owned();
    }
    match (row.own.timing, row.own.deciding) {
        (Some(Timing::Overdue | Timing::DueSoon | Timing::NotDue), Some(lateness)) => {
            why_open(row, lateness)
        }
        (Some(Timing::OnTime | Timing::Late), Some(lateness)) => why_finished(lateness),
        (Some(_), _) => why_undated(row),
        (None, _) => why_none(row),
    }
}

fn why_open(row: &Row<'_>, lateness: Lateness) -> String {
    let (as_of, late) = (row.view.as_of, lateness.days());
    let whose = row.pressing().map(|id| format!("Action {id} has the earliest due date. "));
    let mut why = whose.unwrap_or_default();
    why.push_str(&match late {
        1.. => why_past(row, lateness),
        0 => format!(
            "{}, so {as_of} is the last day to finish the work.",
            ends(lateness.in_force, false)
        ),
        ahead => format!("{}, {} after {as_of}.", ends(lateness.in_force, false), span(ahead)),
    });
    if row.own.timing == Some(Timing::DueSoon) && late <= 0 {
        let soon = days(row.view.plan.policy.due_soon_days.into());
        why.push_str(&format!(" “Due soon” means within {soon}."));
    }
    why.push_str(&against_original(lateness, true));
    if let Some(outlook) = row.own.outlook {
        why.push_str(&format!(" Its outlook is “{}”.", spoken(outlook)));
    }
    why
}

/// Explains why an open item is past its due date: it is overdue, or in the grace period.
fn why_past(row: &Row<'_>, lateness: Lateness) -> String {
    let (ended, past) = (ends(lateness.in_force, true), span(lateness.days()));
    let not = if row.whole.reopened { "the work was reopened" } else { "the work is not complete" };
    let why = format!("{ended}, {past} before {}, and {not}.", row.view.as_of);
    if row.is_overdue() {
        return why;
    }
    let grace = days(row.view.plan.policy.grace_days.into());
    format!("{why} The grace period is {grace}, so the work is not overdue yet.")
}

fn why_finished(lateness: Lateness) -> String {
    let late = lateness.days();
    let finished = lateness.measured_to;
    let deadline = lateness.in_force;
    let measure = match (late, deadline) {
        (0, Period::Day(_)) => "on the due date,".to_owned(),
        (0, _) => "on the last day of".to_owned(),
        (1.., Period::Day(_)) => format!("{} after the due date,", span(late)),
        (1.., _) => format!("{} after the end of", span(late)),
        (_, Period::Day(_)) => format!("{} before the due date,", span(late)),
        _ => format!("{} before the end of", span(late)),
    };
    format!("Finished on {finished}, {measure} {deadline}.{}", against_original(lateness, false))
}

/// Returns a sentence about the original due date of open or finished work; empty if the due date was not moved.
fn against_original(lateness: Lateness, is_open: bool) -> String {
    match (lateness.original, lateness.days_against_original()) {
        (Some(original), Some(late)) if original != lateness.in_force => {
            let measure = match (late, is_open) {
                (0, true) => "this is the last day".to_owned(),
                (0, false) => "the work was finished on the last day".to_owned(),
                (1.., true) => format!("the work is {} overdue", span(late)),
                (1.., false) => format!("the work was {} late", span(late)),
                (_, true) => format!("the time left is {}", span(late)),
                (_, false) => format!("the work was {} early", span(late)),
            };
            format!(" Against the original due date, {original}, {measure}.")
        }
        _ => String::new(),
    }
}

fn why_undated(row: &Row<'_>) -> String {
    if row.has_no_date() {
        let awaited = if row.is_awaited() { "Management's response is pending, and " } else { "" };
        return capitalised(&format!(
            "{awaited}no due date is agreed yet, so the work cannot be overdue."
        ));
    }
    let wording = timescale(row);
    let never = format!("“{wording}” has no due date, so the work is never overdue.");
    match row.own.stale {
        None => never,
        Some(stale) => format!(
            "{never} There has been no update since {}, which was before the meeting of {}.",
            stale.last_word, stale.meeting
        ),
    }
}

fn why_none(row: &Row<'_>) -> String {
    match (row.progress(), row.own.finish) {
        (Progress::Superseded | Progress::NotPursued, Some(finish)) => format!(
            "{} on {}, so nothing is due.",
            capitalised(&spoken(row.progress())),
            finish.last_day()
        ),
        (_, Some(Finish::Published(Period::Day(day)))) => {
            format!("The published timescale says that the work was complete on {day}.")
        }
        (_, Some(Finish::Published(since))) => {
            format!("Already in place when the plan was published (since {since}).")
        }
        (_, Some(Finish::Reported(day))) => {
            format!("Finished on {day}, without a due date.")
        }
        (_, None) => "Nothing is due.".to_owned(),
    }
}

/// Returns a clause that states a due date and, for a month or a year, its last day. The clause is in the past tense if
/// `is_past` is true.
fn ends(deadline: Period, is_past: bool) -> String {
    let (is, ends) = if is_past { ("was", "ended") } else { ("is", "ends") };
    match deadline {
        Period::Day(day) => format!("The due date {is} {day}"),
        Period::Month(_) | Period::Year(_) => {
            format!("{deadline} {ends} on {}", deadline.last_day())
        }
    }
}
