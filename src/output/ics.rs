//! Exports due dates, reviews and meetings as a calendar (RFC 5545). An event keeps its UID when its date moves.

use std::collections::HashSet;

use anyhow::bail;
use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::{Answer, AnswerKind, Export, Format, words};
use crate::{
    doc::text::cut_after,
    model::{Meeting, Period, Plan, hyphenated, paragraphs, printable},
    query::{Row, View},
};

/// The format `ics`, which calendars can import.
pub static FORMAT: Format = Format {
    name: "ics",
    kinds: &[AnswerKind::Export],
    endings: &["ics"],
    text: |answer, _| match answer {
        Answer::Export(export) => Some(calendar(export)),
        _ => None,
    },
    ..Format::NOTHING
};

/// The maximum width of an event's title in columns, without a remark such as ` (last day of May 2004)`.
const MOST_SUMMARY: usize = 70;
/// The maximum length, in characters, of the words that identify a plan or a meeting in a UID.
const MOST_NAME: usize = 150;
/// The maximum length of a line in a calendar file, in octets.
const MOST_OCTETS: usize = 75;
/// The Unix time of the beginning of 2020. The SEQUENCE of an event is the number of seconds from then to the export.
const FIRST_SECOND: i64 = 1_577_836_800;

fn calendar(export: &Export<'_>) -> anyhow::Result<String> {
    let Export { portfolio, rows, has_cancelled, now, .. } = *export;
    let name = match portfolio.single() {
        Some(view) => printable(&view.plan.title),
        None => words::counted(portfolio.views.len(), "plan", "plans"),
    };
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//action-plan//plan//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", &name),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    let dates = rows.iter().filter_map(deadline).chain(rows.iter().filter_map(review));
    let dates =
        dates.filter(|event| has_cancelled || event.get_status() != Some(EventStatus::Cancelled));
    let events: Vec<Event> = dates.chain(portfolio.views.iter().flat_map(meetings)).collect();
    let mut known = HashSet::new();
    if !events.iter().all(|event| known.insert(event.get_uid())) {
        bail!(
            "a calendar cannot distinguish two plans with the same title, body, report number and date: change at least one of these values in one of the plans"
        );
    }
    calendar.extend(events.into_iter().map(|event| stamped(event, now)));
    // The `icalendar` crate makes the last part of a folded line too long, so lines are folded again here.
    let unfolded = calendar.to_string().replace("\r\n ", "");
    Ok(unfolded.split_terminator("\r\n").map(|line| folded(line) + "\r\n").collect())
}

/// Stamps the event with the time of the export, so that calendars prefer the event of the latest export.
fn stamped(mut event: Event, now: DateTime<Utc>) -> Event {
    let sequence = (now.timestamp() - FIRST_SECOND).clamp(0, i64::from(i32::MAX));
    // DTSTAMP has only whole seconds. Depending on the milliseconds, the stamp is moved back by up to 999 seconds, so
    // that two exports within one second have different stamps.
    let behind = 999 - i64::from(now.timestamp_subsec_millis()).min(999);
    let stamp = now - TimeDelta::seconds(behind);
    event
        .sequence(u32::try_from(sequence).unwrap_or_default())
        .add_property("DTSTAMP", stamp.format("%Y%m%dT%H%M%SZ").to_string());
    event
}

/// Folds a line into parts of at most [`MOST_OCTETS`] octets. Each part after the first begins with a space.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > MOST_OCTETS {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(letter);
        octets += letter.len_utf8();
    }
    folded
}

/// Returns the event for the most recently agreed due date of an item; `None` if the item has no due date of its own.
fn deadline(row: &Row<'_>) -> Option<Event> {
    if !row.own.has_own_timescale() {
        return None;
    }
    let agreed = row.own.timescales().filter_map(|timescale| timescale.term.deadline());
    let due = agreed.last()?;
    let counts = row.is_open() && row.own_deadline().is_some();
    let status = if counts { EventStatus::Confirmed } else { EventStatus::Cancelled };
    let summary = [&format!("Due: {} ", row.shown_id()), row.name()];
    let mut event = event(&format!("deadline-{}", row.id()), row.view, due, summary);
    event.status(status).description(&description(row, due));
    Some(event)
}

/// Returns the event for the review of a recommendation; `None` if no review is planned.
fn review(row: &Row<'_>) -> Option<Event> {
    let at = row.review()?;
    let status = if row.is_open() { EventStatus::Confirmed } else { EventStatus::Cancelled };
    let summary = [&format!("Review due: {} ", row.shown_id()), row.name()];
    let mut event = event(&format!("review-{}", row.id()), row.view, at, summary);
    event.status(status).description(&description(row, at));
    Some(event)
}

fn description(row: &Row<'_>, due: Period) -> String {
    let (now, first) = (words::timescale(row), row.item().original_timescale());
    let first = first.filter(|_| row.own.timescales().nth(1).is_some());
    let first = first.map(|first| printable(&first.wording)).filter(|first| *first != now);
    let first = first.map(|first| format!(" (original due date: {first})")).unwrap_or_default();
    let mut lines = paragraphs(row.item().text());
    lines.push(String::new());
    lines.push(format!("Timescale: {now}{first}"));
    lines.extend(without_day(due));
    if !row.owners().is_empty() {
        lines.push(format!("Owner: {}", row.owners().join(", ")));
    }
    lines.push(format!("On {}: {}", row.view.as_of, words::timing(row)));
    lines.push(row.view.plan.title.clone());
    on_lines(&lines)
}

fn meetings(view: &View) -> impl Iterator<Item = Event> {
    let identities: Vec<_> = view.plan.meetings.iter().map(identity).collect();
    view.plan.meetings.iter().enumerate().map(move |(index, meeting)| {
        let (identity, separator) = &identities[index];
        let earlier = identities[..index].iter();
        let number = match earlier.filter(|(earlier, _)| earlier == identity).count() {
            0 => String::new(),
            earlier => format!("{separator}{}", earlier + 1),
        };
        let title = meeting.title.as_deref().unwrap_or("Meeting");
        let name = view.name.as_deref().map(|name| format!("{name}: ")).unwrap_or_default();
        let mut event = event(&format!("{identity}{number}"), view, meeting.date, [&name, title]);
        let mut lines = vec![title.to_owned(), String::new()];
        lines.extend(view.plan.committee.clone());
        lines.extend(without_day(meeting.date));
        lines.push(view.plan.title.clone());
        event.status(EventStatus::Confirmed).description(&on_lines(&lines));
        event
    })
}

/// Returns the name of a meeting for its UID, and a separator. If an earlier meeting has the same name, the UID has the
/// separator and a number after the name.
fn identity(meeting: &Meeting) -> (String, char) {
    match &meeting.title {
        Some(title) => (format!("meeting.{}", hyphenated([title.as_str()], MOST_NAME)), '.'),
        None => (format!("meeting-{}", meeting.date.first_day().format("%Y-%m")), '-'),
    }
}

/// Creates an all-day event on the last day of a period. If the title is too long, only the part `rest` is cut.
fn event(id: &str, view: &View, at: Period, [first, rest]: [&str; 2]) -> Event {
    let day = at.last_day();
    let last = match at {
        Period::Day(_) => String::new(),
        Period::Month(_) | Period::Year(_) => format!(" (last day of {at})"),
    };
    let mut event = Event::with_uid(&format!("{id}@{}", plan_name(&view.plan)));
    event
        .add_property("TRANSP", "TRANSPARENT")
        .starts(day)
        .ends(day.succ_opt().unwrap_or(day))
        .summary(&format!("{}{last}", printable(&cut_after(first, rest, MOST_SUMMARY, "…"))));
    event
}

/// Returns a sentence that explains the day of an event whose date is a month or a year; `None` if the date is a day.
fn without_day(at: Period) -> Option<String> {
    match at {
        Period::Day(_) => None,
        Period::Month(_) | Period::Year(_) => {
            Some(format!("The date is {at}, so this event is on the last day of {at}."))
        }
    }
}

fn on_lines(lines: &[String]) -> String {
    lines.iter().map(|line| printable(line)).collect::<Vec<_>>().join("\n")
}

/// Returns the name of a plan in UIDs: its title, body, report number and date.
fn plan_name(plan: &Plan) -> String {
    let words = [Some(&plan.title), plan.body.as_ref(), plan.report.as_ref()];
    let words = words.into_iter().flatten().map(String::as_str);
    format!("{}.{}", hyphenated(words, MOST_NAME), plan.date)
}
