//! The tables of a paper: counts by group, and tables A to E.

mod counts;

use super::{
    appendix::entry_words,
    builder::ReportBuilder,
    facts::{self, EntryFacts, EntryKind},
    line,
    selection::RowSelection,
    source::{Agreed, is_verified_by_owner},
    words::plural,
};
use crate::{
    doc::{Column, Datum, Fit, Line, Table},
    model::{Keyword as _, Period, answered, numbered_on},
    plan_diff::{ChangeKind, Difference, Entry},
    query::{Happened, Row},
};

fn words(heading: &str) -> Column {
    Column::new(heading.to_owned(), Fit::Always)
}

fn number(heading: &str) -> Column {
    Column::number(heading.to_owned(), Fit::Always)
}

/// A column by its heading: days and times are numbers.
fn column(heading: &&str) -> Column {
    match heading.starts_with("Days") || heading.starts_with("Times") {
        true => number(heading),
        false => words(heading),
    }
}

fn table(
    caption: impl Into<Line>,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Line>>,
) -> Table {
    let columns = columns.iter().map(column).collect();
    Table { caption: caption.into(), columns, rows: rows.collect() }
}

impl ReportBuilder<'_, '_> {
    /// Says whether a plan says what red, amber and green mean.
    pub fn has_colours(&self) -> bool {
        let views = &self.source.portfolio.views;
        views.iter().any(|view| view.plan.policy.rag.is_some())
    }

    /// Table A: what is still to be done.
    pub fn live_table(&self) -> Table {
        let mut columns = vec!["No.", "Recommendation", "Owner", "Date agreed", "Progress", "Time"];
        let has_colours = self.has_colours();
        if has_colours {
            columns.push("RAG");
        }
        self.item_table("Table A: live recommendations", &columns, RowSelection::Open, |row| {
            let mut cells = vec![
                line![facts::name(row)],
                line![facts::owner(row)],
                agreed(row),
                line![facts::progress(row)],
                time(row).unwrap_or_else(|| line!["–"]),
            ];
            if has_colours {
                cells.push(line![facts::colour(row)]);
            }
            cells
        })
    }

    /// Table B: what was completed in the period.
    pub fn completed_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Completed", "Date agreed", "Time", "Reported"];
        let caption = line!["Table B: completed ", self.since()];
        self.item_table(caption, &columns, RowSelection::Completed, |row| {
            vec![
                line![facts::name(row)],
                line![facts::finished(row)],
                agreed(row),
                time(row).unwrap_or_else(|| line!["–"]),
                quoted(facts::completion_note(row)),
            ]
        })
    }

    /// Table C: extensions that wait for a decision.
    pub fn requests_table(&self) -> Table {
        let columns = [
            "No.",
            "Recommendation",
            "First date",
            "Date in force",
            "Requested",
            "Times extended",
            "Reason",
        ];
        let rows = self.source.portfolio.waiting().into_iter().filter_map(|row| {
            let number = request(&row)?;
            let [id, name, first, in_force, times] = dates(&row);
            let (what, reason) = (what(&row, number), reason(&row, number));
            Some(vec![id, name, first, in_force, what, times, reason])
        });
        table("Table C: extensions requested", &columns, rows)
    }

    /// Extensions that were agreed in the period. A row each.
    pub fn extensions_table(&self) -> Table {
        self.agreed_table("Extensions agreed", |agreed| agreed.is_extension())
    }

    /// Extensions in force that nobody decided.
    pub fn undecided_table(&self) -> Table {
        self.agreed_table("Extensions without a decision", |agreed| agreed.is_open())
    }

    fn agreed_table(&self, caption: &str, is_meant: impl Fn(&Agreed<'_>) -> bool) -> Table {
        let columns =
            ["No.", "Recommendation", "First date", "Extended to", "Times extended", "Reason"];
        let agreed = self.source.agreed().into_iter().filter(|agreed| is_meant(agreed));
        let rows = agreed.map(|Agreed { row, number, .. }| {
            let [id, name, first, _, times] = dates(&row);
            vec![id, name, first, what(&row, number), times, reason(&row, number)]
        });
        table(caption, &columns, rows)
    }

    /// Requests that were refused in the period.
    pub fn refused_requests_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Date in force", "Refused", "Reason"];
        let rows = self.source.refused_requests().into_iter().map(|(row, number)| {
            let [id, name, _, in_force, _] = dates(&row);
            vec![id, name, in_force, what(&row, number), reason(&row, number)]
        });
        table("Requests refused", &columns, rows)
    }

    /// First dates that were agreed in the period.
    pub fn first_dates_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Date agreed", "Reason"];
        let agreed = self.source.agreed().into_iter().filter(Agreed::is_dated);
        let rows = agreed.map(|Agreed { row, number, .. }| {
            let [id, name, ..] = dates(&row);
            vec![id, name, what(&row, number), reason(&row, number)]
        });
        table("First dates agreed", &columns, rows)
    }

    /// Verifications that were refused in the period.
    pub fn refusals_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Why"];
        let rows = self.source.refusals().into_iter().map(|(row, number)| {
            let entry = facts::entry(&row, EntryKind::Verification, number);
            let [id, name, ..] = dates(&row);
            vec![id, name, line![quoted(entry.why), " (", who_and_when(entry.by, entry.on), ")"]]
        });
        table("Verifications refused", &columns, rows)
    }

    /// The escalated recommendations, with the reason.
    pub fn escalated_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Why", "Last note"];
        self.item_table("Brought before the committee", &columns, RowSelection::Escalated, |row| {
            vec![
                name_and_actions(row),
                line![facts::behind_owners(row)],
                line![facts::escalated(row)],
                quoted(facts::last_word(row)),
            ]
        })
    }

    /// The items at risk.
    pub fn at_risk_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Date agreed", "Outlook", "Last note"];
        self.item_table("At risk", &columns, RowSelection::AtRisk, |row| {
            vec![
                name_and_actions(row),
                line![facts::behind_owners(row)],
                doubtful(row),
                line![facts::outlook(row)],
                quoted(facts::last_word(row)),
            ]
        })
    }

    /// The entries of the time before that were written down, changed or deleted in the period.
    pub fn late_entries_table(&self, what: Happened, caption: &str) -> Table {
        let columns = ["No.", "Date of the entry", "What"];
        let rows = self.source.events(what).map(|(id, event)| {
            let on = event.on.map(|on| line![facts::date(Some(on.into()))]);
            let row = self.source.row(&id);
            let found = row.zip(event.difference.as_ref());
            let recorded = found.and_then(|(row, difference)| recorded(row, difference));
            vec![
                line![Datum::new(id)],
                on.unwrap_or_default(),
                recorded.unwrap_or_else(|| line![what.word().replace('-', " ")]),
            ]
        });
        table(caption, &columns, rows)
    }

    /// Table D: what is overdue, against both dates.
    pub fn overdue_table(&self) -> Table {
        let columns = [
            "No.",
            "Recommendation",
            "Owner",
            "First date",
            "Date in force",
            "Days late",
            "Days late against first date",
            "Last note",
        ];
        self.item_table(
            "Table D: overdue recommendations",
            &columns,
            RowSelection::Overdue,
            |row| {
                let decides = row.pressing_row();
                vec![
                    name_and_actions(row),
                    line![facts::behind_owners(row)],
                    line![facts::original_timescale(&decides)],
                    line![facts::timescale(&decides)],
                    line![facts::days_late(row), later_action(row)],
                    line![facts::days_late_original(row)],
                    quoted(facts::last_word(row)),
                ]
            },
        )
    }

    /// Table E: what is claimed and not verified.
    pub fn unverified_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Completed", "Reported", "Evidence"];
        let caption = "Table E: reported as complete and not verified";
        self.item_table(caption, &columns, RowSelection::NotVerified, |row| {
            let by_owner =
                if is_verified_by_owner(row) { "; verified by one of its owners only" } else { "" };
            vec![
                line![facts::name(row)],
                line![facts::owner(row)],
                line![facts::finished(row)],
                line![quoted(facts::completion_note(row)), by_owner],
                line![facts::evidence(row)],
            ]
        })
    }

    pub fn due_next_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Date agreed", "Progress"];
        self.item_table("Due before the next meeting", &columns, RowSelection::DueNext, |row| {
            vec![
                line![facts::name(row)],
                line![facts::behind_owners(row)],
                agreed(row),
                line![facts::progress(row)],
            ]
        })
    }

    /// The items that will not be done, with the reason.
    pub fn ended_table(&self, which: RowSelection, caption: &str) -> Table {
        let columns = ["No.", "Recommendation", "Reason"];
        self.item_table(caption, &columns, which, |row| {
            let reason = quoted(facts::reason_ended(row));
            vec![line![facts::name(row)], reason]
        })
    }

    /// Every date of every recommendation, and of the actions that have dates of their own.
    pub fn dates_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "First date", "Date in force", "Finished"];
        let fields = [facts::original_timescale, facts::timescale, facts::finished];
        let rows: Vec<_> = self.source.dated_rows().collect();
        dates_of("Dates", &columns, &fields, &rows)
    }

    pub fn slippage_table(&self) -> Table {
        let columns =
            ["No.", "Recommendation", "First date", "Date in force", "Days moved", "Days late"];
        let fields =
            [facts::original_timescale, facts::timescale, facts::days_moved, facts::own_days_late];
        dates_of("Dates that moved or passed", &columns, &fields, &self.source.slipped())
    }

    /// A row each of the recommendations meant; its number is the first cell.
    fn item_table(
        &self,
        caption: impl Into<Line>,
        columns: &[&str],
        which: RowSelection,
        cells: impl Fn(&Row<'_>) -> Vec<Line>,
    ) -> Table {
        let rows = match which {
            RowSelection::Open | RowSelection::Completed | RowSelection::NotVerified => {
                self.source.rows(which)
            }
            _ => self.source.by_need(which),
        };
        let numbered =
            |row: &Row<'_>| std::iter::once(line![facts::id(row)]).chain(cells(row)).collect();
        table(caption, columns, rows.iter().map(numbered))
    }
}

/// The timescale that decides, with the first one where it was moved, and the action that has it.
pub fn agreed(row: &Row<'_>) -> Line {
    let decides = row.pressing_row();
    match row.pressing() {
        None => timescale(row),
        Some(_) => {
            let id = facts::id(&decides);
            line![timescale(&decides), " (action ", id, ")"]
        }
    }
}

/// The timescale in force, with the first one where it was moved.
pub fn timescale(row: &Row<'_>) -> Line {
    let in_force = facts::timescale(row);
    if row.extensions() == 0 {
        return line![in_force];
    }
    line![in_force, " (first agreed: ", facts::original_timescale(row), ")"]
}

/// `23 days late`, `due in 31 days`; of finished work `3 days early`; nothing of what has no time.
pub fn time(row: &Row<'_>) -> Option<Line> {
    let Some(days) = row.days_late().filter(|_| row.timing().is_some()) else {
        return row.has_no_date().then(|| line!["no date"]);
    };
    let noun = plural(usize::try_from(days.abs()).unwrap_or(2), " day", " days");
    let fact = if days > 0 { facts::days_late(row) } else { facts::days_left(row) };
    Some(match (days, row.is_open()) {
        (1.., _) if row.is_in_grace() => line![fact, noun, " past, in grace"],
        (1.., _) => line![fact, noun, " late"],
        (0, true) => line!["due on this day"],
        (0, false) => line!["on the last day"],
        (_, true) => line!["due in ", fact, noun],
        (_, false) => line![fact, noun, " early"],
    })
}

/// ` (action 1.1: 93)` where an action is later than the whole, whose own date has passed too.
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

/// The first date of what is behind the risk.
fn doubtful(row: &Row<'_>) -> Line {
    let behind = row.behind().into_iter();
    let first = behind.min_by_key(|row| row.own_deadline().map(Period::last_day));
    timescale(&first.unwrap_or(*row))
}

/// Its number and name, the date first agreed, the one in force, and how often it was moved.
fn dates(row: &Row<'_>) -> [Line; 5] {
    let fields: [fn(&Row<'_>) -> Datum; 5] =
        [facts::id, facts::name, facts::original_timescale, facts::timescale, facts::extensions];
    fields.map(|field| line![field(row)])
}

/// The timescale of a revision.
fn what(row: &Row<'_>, number: usize) -> Line {
    line![facts::entry(row, EntryKind::Revision, number).content]
}

/// Why a date was asked for or agreed, and by whom and when; of an answer to a request, what was asked for first.
fn reason(row: &Row<'_>, number: usize) -> Line {
    let told = |entry: EntryFacts| {
        let who = who_and_when(entry.by, entry.on);
        match entry.why.is_absent() {
            true => who,
            false => line![quoted(entry.why), " (", who, ")"],
        }
    };
    let entry = |number| facts::entry(row, EntryKind::Revision, number);
    let revisions = numbered_on(row.revisions(), row.view.as_of);
    match answered(&revisions, number - 1) {
        None => told(entry(number)),
        Some((request, _)) => {
            let answer = entry(number);
            let decision = answer.decision.clone();
            line![told(entry(request + 1)), "; ", decision, ": ", told(answer)]
        }
    }
}

/// The entry that a difference added, as the appendix has it.
fn recorded(row: &Row<'_>, difference: &Difference) -> Option<Line> {
    let ChangeKind::Entry { old: None, new: Some(entry), index, .. } = &difference.change else {
        return None;
    };
    let kind = match entry {
        Entry::Progress(_) => EntryKind::Progress,
        Entry::Revision(_) => EntryKind::Revision,
        Entry::Verification(_) => EntryKind::Verification,
        Entry::Amendment(_) => return None,
    };
    Some(entry_words(row, kind, index + 1))
}

/// The name of a recommendation, and the actions behind its timing.
fn name_and_actions(row: &Row<'_>) -> Line {
    let name = facts::name(row);
    let count = row.behind().iter().filter(|row| row.is_action()).count();
    if count == 0 || !(row.is_overdue() || row.is_at_risk()) {
        return line![name];
    }
    let noun = plural(count, " (action ", " (actions ");
    line![name, noun, facts::behind(row), ")"]
}

/// A row each with its number, its name and some facts.
fn dates_of(
    caption: &str,
    columns: &[&str],
    fields: &[fn(&Row<'_>) -> Datum],
    rows: &[Row<'_>],
) -> Table {
    let cells = |row: &Row<'_>| {
        let names = [line![facts::id(row)], line![facts::name(row)]].into_iter();
        names.chain(fields.iter().map(|field| line![field(row)])).collect()
    };
    table(caption, columns, rows.iter().map(cells))
}

/// The number of the request that waits, among the revisions of a row.
pub fn request(row: &Row<'_>) -> Option<usize> {
    row.own.request.map(|position| position + 1)
}

/// Quoted words in their marks; a dash where there are none.
pub fn quoted(fact: Datum) -> Line {
    if fact.is_absent() { line![fact] } else { line!["“", fact, "”"] }
}

/// `Director, 20 November 2003`, or the date alone.
fn who_and_when(who: Datum, when: Datum) -> Line {
    if who.is_absent() { line![when] } else { line![who, ", ", when] }
}
