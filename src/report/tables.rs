//! The tables of a report: counts by group, and tables with a row for each item that needs attention.

mod counts;
mod extensions;

pub use extensions::request;

use super::{
    facts::{self, ReportedEntry, entry_words, quoted},
    line,
    selection::RowSelection,
    source::{Source, is_verified_by_owner},
    words::plural,
};
use crate::{
    doc::{Column, Datum, Fit, Line, Table},
    model::{Keyword as _, Period, numbered_on},
    plan_diff::{ChangeKind, Difference, Entry},
    query::{Happened, Row},
};

/// A column in a table of recommendations: the heading, and the function that makes the cell in each row.
type ItemColumn = (&'static str, fn(&Row<'_>) -> Line);

const NAME: ItemColumn = ("Recommendation", |row| line![facts::name(row)]);
const NAME_AND_ACTIONS: ItemColumn = ("Recommendation", name_and_actions);
const OWNER: ItemColumn = ("Owner", |row| line![facts::behind_owners(row)]);
const LATEST_UPDATE: ItemColumn = ("Latest update", |row| quoted(facts::last_word(row)));
const COLOUR: ItemColumn = ("RAG", |row| line![facts::colour(row)]);

fn words(heading: &str) -> Column {
    Column::new(heading.to_owned(), Fit::Always)
}

fn number(heading: &str) -> Column {
    Column::number(heading.to_owned(), Fit::Always)
}

/// Returns a column with this heading. A column such as `Times extended` contains numbers.
fn column(heading: &str) -> Column {
    if heading.starts_with("Times") { number(heading) } else { words(heading) }
}

/// The maximum number of rows in a table. The second, lower maximum is for a report with many open recommendations.
const MOST_ROWS: usize = 50;
const MOST_ROWS_OF_MANY: usize = 20;

impl<'v> Source<'v> {
    /// Checks whether any plan of the report defines the colours red, amber and green.
    pub fn has_colours(&self) -> bool {
        let views = &self.portfolio.views;
        views.iter().any(|view| view.plan.policy.rag.is_some())
    }

    /// Checks whether the report has more open recommendations than the maximum number of rows in a table.
    pub fn is_long(&self) -> bool {
        self.count(RowSelection::Open) > MOST_ROWS
    }

    pub fn most_rows(&self) -> usize {
        if self.is_long() { MOST_ROWS_OF_MANY } else { MOST_ROWS }
    }

    /// Builds a table with a row for each item. `columns` contains the headings, with `|` between them. If there are
    /// too many items, only the most urgent ones are shown, and the caption says how many are left out.
    fn table<T, K: Ord>(
        &self,
        caption: impl Into<Line>,
        columns: &str,
        mut items: Vec<T>,
        need: impl Fn(&T) -> K,
        cells: impl Fn(&T) -> Vec<Line>,
    ) -> Table {
        let rest = items.len().saturating_sub(self.most_rows());
        if rest > 0 {
            items.sort_by_cached_key(need);
            items.truncate(self.most_rows());
        }
        Table {
            caption: line![caption, counted_rest(rest)],
            columns: columns.split('|').map(column).collect(),
            rows: items.iter().map(cells).collect(),
        }
    }

    /// Builds a table of the recommendations completed in the period.
    pub fn completed_table(&self) -> Table {
        let caption = line!["Completed ", self.since()];
        let columns: [ItemColumn; 5] = [
            NAME,
            ("Due date", due_date),
            ("Completed", |row| {
                let time = time(row).map_or_else(|| line![], |time| line![" (", time, ")"]);
                line![facts::finished(row), time]
            }),
            ("Verified", verified),
            ("Latest update", |row| quoted(facts::completion_note(row))),
        ];
        self.item_table(caption, RowSelection::Completed, &columns)
    }

    /// Builds a table of the verifications that failed in the period.
    pub fn refusals_table(&self) -> Table {
        let columns = "No.|Recommendation|Why";
        self.entry_table("Verification failed", columns, self.refusals(), |row, number| {
            let entry = facts::entry(row, ReportedEntry::Verification, number);
            let [id, name, ..] = dates(row);
            vec![id, name, line![quoted(entry.why), " (", who_and_when(entry.by, entry.on), ")"]]
        })
    }

    /// Builds a table of the escalated recommendations, with the reasons for the escalation.
    pub fn escalated_table(&self) -> Table {
        let why: ItemColumn = ("Why", |row| line![facts::escalated(row)]);
        let columns = [NAME_AND_ACTIONS, OWNER, why, LATEST_UPDATE];
        self.item_table("Escalated", RowSelection::Escalated, &columns)
    }

    /// Builds a table of the recommendations at risk.
    pub fn at_risk_table(&self) -> Table {
        let outlook: ItemColumn = ("Outlook", |row| line![facts::outlook(row)]);
        let columns = [NAME_AND_ACTIONS, OWNER, ("Due date", doubtful), outlook, LATEST_UPDATE];
        self.item_table("At risk", RowSelection::AtRisk, &columns)
    }

    /// Builds a table of the entries from before the period that were recorded, changed or deleted in the period.
    pub fn late_entries_table(&self, what: Happened, caption: &str) -> Table {
        let columns = "No.|Date of the entry|What";
        let events = self.events(what).collect();
        self.table(
            caption,
            columns,
            events,
            |_| (),
            |(id, event)| {
                let on = event.on.map(|on| line![facts::date(Some(on.into()))]);
                let found = self.row(id).zip(event.difference.as_ref());
                let recorded = found.and_then(|(row, difference)| recorded(row, difference));
                vec![
                    line![Datum::new(&**id)],
                    on.unwrap_or_default(),
                    recorded.unwrap_or_else(|| line![what.word().replace('-', " ")]),
                ]
            },
        )
    }

    /// Builds a table of the overdue recommendations.
    pub fn overdue_table(&self) -> Table {
        let late: ItemColumn = ("Overdue by", |row| {
            let original = facts::days_late_original(row);
            let original = match original.is_absent() || row.pressing_row().own.extensions() == 0 {
                true => line![],
                false => line!["; against the original due date ", original],
            };
            line![facts::days_late(row), later_action(row), original]
        });
        let columns = [NAME_AND_ACTIONS, OWNER, ("Due date", due_date), late, LATEST_UPDATE];
        let columns = columns.into_iter().chain(self.has_colours().then_some(COLOUR));
        self.item_table("Overdue", RowSelection::Overdue, &columns.collect::<Vec<_>>())
    }

    pub fn due_next_table(&self) -> Table {
        let progress: ItemColumn = ("Progress", |row| line![facts::progress(row)]);
        let columns = [NAME, OWNER, ("Due date", due_date), progress].into_iter();
        let columns: Vec<_> = columns.chain(self.has_colours().then_some(COLOUR)).collect();
        self.item_table("Due before the next meeting", RowSelection::DueNext, &columns)
    }

    /// Returns the headings `columns`, followed by the heading `RAG` if any plan of the report defines colours.
    pub fn with_colours(&self, columns: &str) -> String {
        format!("{columns}{}", if self.has_colours() { "|RAG" } else { "" })
    }

    /// Returns the colour of a row: red, amber or green. Returns `None` if no plan of the report defines colours.
    pub fn colour(&self, row: &Row<'_>) -> Option<Line> {
        self.has_colours().then(|| line![facts::colour(row)])
    }

    /// Builds a table of the recommendations that will not be done, with the reasons.
    pub fn ended_table(&self, which: RowSelection, caption: &str) -> Table {
        let reason: ItemColumn = ("Reason", |row| quoted(facts::reason_ended(row)));
        self.item_table(caption, which, &[NAME, reason])
    }

    /// Builds a table with a row for each of the given entries. An entry is given by its recommendation or action, and
    /// by its position in the list there, counted from 1.
    fn entry_table(
        &self,
        caption: &str,
        columns: &str,
        entries: Vec<(Row<'v>, usize)>,
        cells: impl Fn(&Row<'v>, usize) -> Vec<Line>,
    ) -> Table {
        let need = |(row, _): &(Row<'v>, usize)| row.need();
        self.table(caption, columns, entries, need, |(row, number)| cells(row, *number))
    }

    /// Builds a table with a row for each selected recommendation. The first column has the recommendation's id.
    fn item_table(
        &self,
        caption: impl Into<Line>,
        which: RowSelection,
        columns: &[ItemColumn],
    ) -> Table {
        let id: ItemColumn = ("No.", |row| line![facts::id(row)]);
        let columns = || std::iter::once(&id).chain(columns);
        let headings: Vec<&str> = columns().map(|(heading, _)| *heading).collect();
        let rows = match which {
            RowSelection::Completed => self.rows(which),
            _ => self.by_need(which),
        };
        self.table(caption, &headings.join("|"), rows, Row::need, |row| {
            columns().map(|(_, cell)| cell(row)).collect()
        })
    }
}

/// Returns the part of a caption that says how many rows are left out, such as ` (the most urgent; 12 more)`.
fn counted_rest(rest: usize) -> Line {
    match rest {
        0 => line![],
        _ => line![" (the most urgent; ", facts::number(rest), " more)"],
    }
}

/// Returns the verifier and the date of the verification, or `no` if the recommendation is not verified.
fn verified(row: &Row<'_>) -> Line {
    let number = numbered_on(row.item().verification(), row.view.as_of).next_back();
    let number = number.map_or(0, |(index, _)| index + 1);
    if !row.recommendation().is_verified_on(row.view.as_of) {
        return line!["no"];
    }
    let entry = facts::entry(row, ReportedEntry::Verification, number);
    let by_owner = if is_verified_by_owner(row) { " (one of its owners)" } else { "" };
    line![who_and_when(entry.by, entry.on), by_owner]
}

/// Returns the due date that determines the timing of a row. If this is the due date of an action, the text also gives
/// the recommendation's own due date.
pub fn due_date(row: &Row<'_>) -> Line {
    let decides = row.pressing_row();
    match row.pressing() {
        None => timescale(row),
        Some(_) => line![
            "action ",
            facts::id(&decides),
            ": ",
            timescale(&decides),
            "; recommendation: ",
            timescale(row)
        ],
    }
}

/// Returns the current timescale of a row, such as `March 2004 (originally June 2003)`.
pub fn timescale(row: &Row<'_>) -> Line {
    let in_force = facts::timescale(row);
    if row.own.extensions() == 0 {
        return line![in_force];
    }
    line![in_force, " (originally ", facts::original_timescale(row), ")"]
}

/// Describes the timing of a row, such as `23 days overdue`, `due in 31 days` or `3 days early`. Returns `None` if the
/// row has no timing.
pub fn time(row: &Row<'_>) -> Option<Line> {
    let Some(days) = row.days_late().filter(|_| row.own.timing.is_some()) else {
        return row.has_no_date().then(|| line!["no due date"]);
    };
    let fact = if days > 0 { facts::days_late(row) } else { facts::days_left(row) };
    Some(match (days, row.is_open()) {
        (1.., _) if row.is_in_grace() => line![fact, " past due, within the grace period"],
        (1.., true) => line![fact, " overdue"],
        (1.., false) => line![fact, " late"],
        (0, true) => line!["due on this day"],
        (0, false) => line!["on time"],
        (_, true) => line!["due in ", fact],
        (_, false) => line![fact, " early"],
    })
}

/// Returns a remark such as ` (action 1.1: 13 weeks)` if an action is overdue for longer than its recommendation.
fn later_action(row: &Row<'_>) -> Line {
    let latest = row.actions().filter(Row::is_overdue).max_by_key(Row::days_late);
    let own = row.days_late();
    match latest.filter(|action| row.pressing().is_none() && action.days_late() > own) {
        None => line![],
        Some(action) => {
            line![" (action ", facts::id(&action), ": ", facts::days_late(&action), ")"]
        }
    }
}

/// Finds the actions that are at risk, and returns the timescale of the one that falls due first. If no action is at
/// risk, returns the timescale of the recommendation.
fn doubtful(row: &Row<'_>) -> Line {
    let behind = row.behind().into_iter();
    let first = behind.min_by_key(|row| row.own_deadline().map(Period::last_day));
    timescale(&first.unwrap_or(*row))
}

/// Returns five cells for a table: the id, the name, the original due date, the current due date, and the number of
/// extensions.
fn dates(row: &Row<'_>) -> [Line; 5] {
    let fields: [fn(&Row<'_>) -> Datum; 5] =
        [facts::id, facts::name, facts::original_timescale, facts::timescale, facts::extensions];
    fields.map(|field| line![field(row)])
}

/// Describes the new entry, if the difference between two versions of a plan is a new entry. Returns `None` for any
/// other difference, and for an amendment.
fn recorded(row: &Row<'_>, difference: &Difference) -> Option<Line> {
    let ChangeKind::Entry { old: None, new: Some(entry), index, .. } = &difference.change else {
        return None;
    };
    let kind = match entry {
        Entry::Progress(_) => ReportedEntry::Progress,
        Entry::Revision(_) => ReportedEntry::Revision,
        Entry::Verification(_) => ReportedEntry::Verification,
        Entry::Amendment(_) => return None,
    };
    Some(entry_words(row, kind, index + 1))
}

/// Returns the name of a recommendation, followed by the ids of the actions that make it overdue or at risk.
fn name_and_actions(row: &Row<'_>) -> Line {
    let name = facts::name(row);
    let count = row.behind().iter().filter(|row| row.is_action()).count();
    if count == 0 || !(row.is_overdue() || row.is_at_risk()) {
        return line![name];
    }
    let noun = plural(count, " (action{s} ");
    line![name, noun, facts::behind(row), ")"]
}

/// Returns a person and a date, such as `Director, 20 November 2003`. Without a person, returns only the date.
fn who_and_when(who: Datum, when: Datum) -> Line {
    if who.is_absent() { line![when] } else { line![who, ", ", when] }
}
