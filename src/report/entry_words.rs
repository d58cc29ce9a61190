//! Describes an entry of a recommendation or action in words.

use super::{
    facts::{self, EntryFacts, ReportedEntry},
    line,
    source::is_first_date,
};
use crate::{
    doc::{Datum, Line},
    query::Row,
};

/// Describes an entry, such as `complete – “In the June report.” (evidence: minutes.pdf)`. `number` is the position of
/// the entry among the row's entries of this kind, counted from 1.
pub fn entry_words(row: &Row<'_>, kind: ReportedEntry, number: usize) -> Line {
    let EntryFacts { content, by, decision, why, evidence, .. } = facts::entry(row, kind, number);
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
