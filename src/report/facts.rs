//! The fields of recommendations, actions and entries as the report prints them.

use std::collections::HashSet;

use super::{line, source::is_first_date, words};
use crate::{
    doc::{Datum, Line},
    model::{Colour, Decision, Lateness, Period, ProgressEntry, Verdict, seen_on, spoken},
    output::words::{self as told, escalation, progress as progress_words, span},
    query::{Progress, Row},
};

/// The maximum display width of a note in a table cell. Most characters have the width 1.
pub const LONGEST_NOTE: usize = 240;

pub fn number(count: usize) -> Datum {
    Datum::new(count.to_string())
}

pub fn date(period: Option<Period>) -> Datum {
    Datum::optional(period.map(words::date))
}

/// Formats a number of days as a length of time, such as `23 days` or `13 weeks`.
fn days(days: Option<i64>) -> Datum {
    Datum::optional(days.map(span))
}

fn is_positive(days: &i64) -> bool {
    *days > 0
}

pub fn id(row: &Row<'_>) -> Datum {
    Datum::new(row.shown_id())
}

/// Returns the name of a recommendation or action, shortened for a table.
pub fn name(row: &Row<'_>) -> Datum {
    Datum::new(words::short(row.name()))
}

pub fn owner(row: &Row<'_>) -> Datum {
    Datum::new(row.owners().join(", "))
}

pub fn timescale(row: &Row<'_>) -> Datum {
    Datum::optional(row.own.timescale().map(|timescale| timescale.words()))
}

pub fn original_timescale(row: &Row<'_>) -> Datum {
    Datum::optional(row.item().original_timescale().map(|timescale| timescale.words()))
}

pub fn progress(row: &Row<'_>) -> Datum {
    Datum::new(progress_words(row))
}

pub fn extensions(row: &Row<'_>) -> Datum {
    number(row.own.extensions())
}

/// Returns the recorded outlook of an item, which says whether the item is expected to be on time.
pub fn outlook(row: &Row<'_>) -> Datum {
    Datum::optional(row.own.outlook.map(spoken))
}

pub fn colour(row: &Row<'_>) -> Datum {
    let class = row.colour().map(|colour| match colour {
        Colour::Red => "rag red",
        Colour::Amber => "rag amber",
        Colour::Green => "rag green",
    });
    Datum { class, ..Datum::optional(row.colour().map(spoken)) }
}

/// Returns the reason why a recommendation is escalated to the committee.
pub fn escalated(row: &Row<'_>) -> Datum {
    Datum::optional(escalation(row))
}

/// Returns the time by which an item is late: from its due date to the as-of day or the completion date.
pub fn days_late(row: &Row<'_>) -> Datum {
    days(row.days_late().filter(is_positive))
}

/// Returns the time from the as-of day, or from the completion date, to the due date of an item.
pub fn days_left(row: &Row<'_>) -> Datum {
    days(row.days_late().map(|days| -days).filter(|days| *days >= 0))
}

pub fn days_late_original(row: &Row<'_>) -> Datum {
    days(row.own.deciding.and_then(Lateness::days_against_original).filter(is_positive))
}

/// Returns the ids of the open actions that a recommendation waits for. If there are none, returns the id of the
/// recommendation.
pub fn behind(row: &Row<'_>) -> Datum {
    Datum::new(words::list(&row.behind().iter().map(Row::shown_id).collect::<Vec<_>>()))
}

/// Returns the owners of the open actions that a recommendation waits for, each owner once.
pub fn behind_owners(row: &Row<'_>) -> Datum {
    let behind = row.behind();
    let mut owners: Vec<&str> = behind.iter().flat_map(Row::owners).collect();
    let mut known = HashSet::new();
    owners.retain(|owner| known.insert(*owner));
    Datum::new(owners.join(", "))
}

/// Returns the latest update on the open work, shortened for a table.
pub fn last_word(row: &Row<'_>) -> Datum {
    Datum::optional(row.last_word().map(|words| words::cut(words, LONGEST_NOTE)))
}

pub fn finished(row: &Row<'_>) -> Datum {
    date(row.own.finish.map(|finish| finish.period()))
}

/// Returns the note that was given when the item was completed, shortened for a table.
pub fn completion_note(row: &Row<'_>) -> Datum {
    Datum::optional(last_note(row).map(|note| words::cut(note, LONGEST_NOTE)))
}

pub fn response(row: &Row<'_>) -> Datum {
    Datum::new(spoken(row.response()))
}

/// Returns the reason why an item was superseded, not pursued or rejected.
pub fn reason_ended(row: &Row<'_>) -> Datum {
    Datum::optional(match row.own.rejected {
        true => row.recommendation().response_text.as_deref(),
        false => last_note(row),
    })
}

/// Returns the latest note among the progress entries that have the current status of the row.
fn last_note<'v>(row: &Row<'v>) -> Option<&'v str> {
    let rows = std::iter::once(*row).chain(row.actions().filter(|_| !row.is_action()));
    let entries = rows.flat_map(|row| seen_on(row.item().progress(), row.view.as_of));
    let is_last = |entry: &&ProgressEntry| {
        entry.status.is_some_and(|status| Progress::from(status) == row.progress())
    };
    let noted = entries.filter(is_last).filter(|entry| entry.note.is_some());
    noted.max_by_key(|entry| entry.on)?.note.as_deref()
}

/// Returns the decision on a requested extension, in the words that committees use.
fn decision(decision: Decision) -> String {
    match decision {
        Decision::Agreed => "approved".to_owned(),
        Decision::Requested | Decision::Refused => spoken(decision),
    }
}

/// The kinds of entries that the report prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportedEntry {
    Progress,
    Revision,
    Verification,
}

/// The fields of an entry as the report prints them.
#[derive(Default)]
pub struct EntryFacts {
    pub on: Datum,
    /// The status of a progress entry, the new timescale of a revision, or the result of a verification.
    pub content: Datum,
    pub by: Datum,
    /// The decision of a revision (requested, agreed or refused), if it has one.
    pub decision: Datum,
    /// The note of a progress entry or verification, or the reason of a revision.
    pub why: Datum,
    pub evidence: Datum,
}

/// Returns the fields of an entry. `number` is the position of the entry among the row's entries of this kind, counted
/// from 1.
pub fn entry(row: &Row<'_>, kind: ReportedEntry, number: usize) -> EntryFacts {
    let index = number.saturating_sub(1);
    match kind {
        ReportedEntry::Progress => row.item().progress().get(index).map(|entry| EntryFacts {
            on: date(Some(entry.on.into())),
            content: Datum::new(told::entry_words(entry)),
            by: Datum::optional(entry.by.as_deref()),
            why: Datum::optional(entry.note.as_deref()),
            evidence: Datum::new(entry.evidence.join(", ")),
            ..EntryFacts::default()
        }),
        ReportedEntry::Revision => row.item().revisions().get(index).map(|entry| EntryFacts {
            on: date(Some(entry.on.into())),
            content: Datum::new(entry.to.words()),
            by: Datum::optional(entry.by.as_deref()),
            decision: Datum::optional(entry.decision.map(decision)),
            why: Datum::optional(entry.reason.as_deref()),
            ..EntryFacts::default()
        }),
        ReportedEntry::Verification => {
            row.item().verification().get(index).map(|entry| EntryFacts {
                on: date(Some(entry.on.into())),
                content: Datum::new(match entry.result {
                    Verdict::Refused => "verification failed".to_owned(),
                    verified => spoken(verified),
                }),
                by: Datum::new(&*entry.by),
                why: Datum::optional(entry.note.as_deref()),
                evidence: Datum::new(entry.evidence.join(", ")),
                ..EntryFacts::default()
            })
        }
    }
    .unwrap_or_default()
}

/// Describes an entry, such as `complete – “In the June report.” (evidence: minutes.pdf)`. `number` is the position of
/// the entry among the row's entries of this kind, counted from 1.
pub fn entry_words(row: &Row<'_>, kind: ReportedEntry, number: usize) -> Line {
    let EntryFacts { content, by, decision, why, evidence, .. } = entry(row, kind, number);
    let verb = match kind {
        ReportedEntry::Revision if !decision.is_absent() => line!["extension ", decision, ": "],
        ReportedEntry::Revision if is_first_date(row, number) => line!["due date set to "],
        ReportedEntry::Revision => line!["extended to "],
        ReportedEntry::Progress | ReportedEntry::Verification => line![],
    };
    let if_any = |before: &str, words: Line, is_there: bool, after: &str| match is_there {
        true => line![before, words, after],
        false => line![],
    };
    let (has_by, has_why, has_evidence) =
        (!by.is_absent(), !why.is_absent(), !evidence.is_absent());
    line![
        verb,
        content,
        if_any(" by ", line![by], has_by, ""),
        if_any(" – ", quoted(why), has_why, ""),
        if_any(" (evidence: ", line![evidence], has_evidence, ")"),
    ]
}

/// Returns a text in quotation marks, or a dash for an absent text.
pub fn quoted(fact: Datum) -> Line {
    if fact.is_absent() { line![fact] } else { line!["“", fact, "”"] }
}
