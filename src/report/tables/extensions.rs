//! The tables of requested, agreed and refused extensions, and of first due dates.

use super::{dates, facts, line, quoted, who_and_when};
use crate::{
    doc::{Line, Table},
    model::{answered, numbered_on},
    query::Row,
    report::{
        facts::{EntryFacts, ReportedEntry},
        source::{Agreed, Source},
    },
};

impl<'v> Source<'v> {
    /// Builds a table of the extensions that await a decision.
    pub fn requests_table(&self) -> Table {
        let columns =
            "No.|Recommendation|Original due date|Due date|Requested|Times extended|Reason";
        let requests = self.portfolio.waiting().into_iter();
        let requests = requests.filter_map(|row| Some((row, request(&row)?))).collect();
        self.entry_table("Extensions requested", columns, requests, |row, number| {
            let [id, name, first, in_force, times] = dates(row);
            vec![id, name, first, in_force, what(row, number), times, reason(row, number)]
        })
    }

    /// Builds a table with a row for each extension that was agreed in the period.
    pub fn extensions_table(&self) -> Table {
        self.agreed_table("Extensions", Agreed::Extensions)
    }

    /// Builds a table of the extensions on which the committee must still decide.
    pub fn undecided_table(&self) -> Table {
        self.agreed_table("Extensions without a decision", Agreed::Undecided)
    }

    fn agreed_table(&self, caption: &str, which: Agreed) -> Table {
        let columns = "No.|Recommendation|Original due date|Extended to|Times extended|Reason";
        self.entry_table(caption, columns, self.agreed(which), |row, number| {
            let [id, name, first, _, times] = dates(row);
            vec![id, name, first, what(row, number), times, reason(row, number)]
        })
    }

    /// Builds a table of the requests for an extension that were refused in the period.
    pub fn refused_requests_table(&self) -> Table {
        let columns = "No.|Recommendation|Due date|Refused|Reason";
        let refused = self.refused_requests();
        self.entry_table("Extensions refused", columns, refused, |row, number| {
            let [id, name, _, in_force, _] = dates(row);
            vec![id, name, in_force, what(row, number), reason(row, number)]
        })
    }

    /// Builds a table of the first due dates agreed in the period.
    pub fn first_dates_table(&self) -> Table {
        let columns = "No.|Recommendation|Due date|Reason";
        let agreed = self.agreed(Agreed::FirstDates);
        self.entry_table("First due dates", columns, agreed, |row, number| {
            let [id, name, ..] = dates(row);
            vec![id, name, what(row, number), reason(row, number)]
        })
    }
}

/// Returns the new timescale of a revision. `number` is the position of the revision in the row's list of revisions,
/// counted from 1.
fn what(row: &Row<'_>, number: usize) -> Line {
    line![facts::entry(row, ReportedEntry::Revision, number).content]
}

/// Returns the reason for a revision, with its author and date. If the revision answers a request, the reason for the
/// request comes first.
fn reason(row: &Row<'_>, number: usize) -> Line {
    let told = |entry: EntryFacts| {
        let who = who_and_when(entry.by, entry.on);
        if entry.why.is_absent() { who } else { line![quoted(entry.why), " (", who, ")"] }
    };
    let entry = |number| facts::entry(row, ReportedEntry::Revision, number);
    let revisions = numbered_on(row.item().revisions(), row.view.as_of);
    match answered(&revisions, number - 1) {
        None => told(entry(number)),
        Some((request, _)) => {
            let answer = entry(number);
            let decision = answer.decision.clone();
            line![told(entry(request + 1)), "; ", decision, ": ", told(answer)]
        }
    }
}

/// Finds the row's pending request for an extension. Returns the position of the request in the list of revisions,
/// counted from 1.
pub fn request(row: &Row<'_>) -> Option<usize> {
    row.own.request.map(|position| position + 1)
}
