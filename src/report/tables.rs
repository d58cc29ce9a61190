//! The tables of a paper: counts by group, and tables A to E.

mod counts;

use super::{
    builder::ReportBuilder,
    line,
    question::{EntryField, EntryKind, Group, ItemField, Question, RowSelection},
    source::{Agreed, is_verified_by_owner},
    words::plural,
};
use crate::{
    doc::{Column, Fit, Line, Marked, Table},
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
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Owner)],
                self.agreed(row),
                line![self.item(row, ItemField::Progress)],
                self.time(row).unwrap_or_else(|| line!["–"]),
            ];
            if has_colours {
                cells.push(line![self.item(row, ItemField::Colour)]);
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
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Finished)],
                self.agreed(row),
                self.time(row).unwrap_or_else(|| line!["–"]),
                quoted(self.item(row, ItemField::CompletionNote)),
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
            let [id, name, first, in_force, times] = self.dates(&row);
            let (what, reason) = (self.what(&row, number), self.reason(&row, number));
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
            let [id, name, first, _, times] = self.dates(&row);
            vec![id, name, first, self.what(&row, number), times, self.reason(&row, number)]
        });
        table(caption, &columns, rows)
    }

    /// Requests that were refused in the period.
    pub fn refused_requests_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Date in force", "Refused", "Reason"];
        let rows = self.source.refused_requests().into_iter().map(|(row, number)| {
            let [id, name, _, in_force, _] = self.dates(&row);
            vec![id, name, in_force, self.what(&row, number), self.reason(&row, number)]
        });
        table("Requests refused", &columns, rows)
    }

    /// First dates that were agreed in the period.
    pub fn first_dates_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Date agreed", "Reason"];
        let dates = self.source.agreed().into_iter().filter(Agreed::is_dated);
        let rows = dates.map(|Agreed { row, number, .. }| {
            let [id, name, ..] = self.dates(&row);
            vec![id, name, self.what(&row, number), self.reason(&row, number)]
        });
        table("First dates agreed", &columns, rows)
    }

    /// Verifications that were refused in the period.
    pub fn refusals_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Why"];
        let rows = self.source.refusals().into_iter().map(|(row, number)| {
            let fact = |field| self.entry_fact(&row, EntryKind::Verification, number, field);
            let (why, by, on) = (fact(EntryField::Why), fact(EntryField::By), fact(EntryField::On));
            let [id, name, ..] = self.dates(&row);
            vec![id, name, line![quoted(why), " (", self.who_and_when(by, on), ")"]]
        });
        table("Verifications refused", &columns, rows)
    }

    /// The escalated recommendations, with the reason.
    pub fn escalated_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Why", "Last note"];
        self.item_table("Brought before the committee", &columns, RowSelection::Escalated, |row| {
            vec![
                self.name_and_actions(row),
                line![self.item(row, ItemField::BehindOwner)],
                line![self.item(row, ItemField::Escalation)],
                quoted(self.item(row, ItemField::LastWord)),
            ]
        })
    }

    /// The items at risk.
    pub fn at_risk_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Date agreed", "Outlook", "Last note"];
        self.item_table("At risk", &columns, RowSelection::AtRisk, |row| {
            vec![
                self.name_and_actions(row),
                line![self.item(row, ItemField::BehindOwner)],
                self.doubtful(row),
                line![self.item(row, ItemField::Outlook)],
                quoted(self.item(row, ItemField::LastWord)),
            ]
        })
    }

    /// The first date of what is behind the risk.
    fn doubtful(&self, row: &Row<'_>) -> Line {
        let behind = row.behind().into_iter();
        let first = behind.min_by_key(|row| row.own_deadline().map(Period::last_day));
        self.timescale(&first.unwrap_or(*row))
    }

    /// Its number and name, the date first agreed, the one in force, and how often it was moved.
    fn dates(&self, row: &Row<'_>) -> [Line; 5] {
        [
            ItemField::Id,
            ItemField::Name,
            ItemField::FirstTimescale,
            ItemField::Timescale,
            ItemField::Extensions,
        ]
        .map(|field| line![self.item(row, field)])
    }

    /// The timescale of a revision.
    fn what(&self, row: &Row<'_>, number: usize) -> Line {
        line![self.entry_fact(row, EntryKind::Revision, number, EntryField::Content)]
    }

    /// Why a date was asked for or agreed, and by whom and when; of an answer to a request, what was asked for first.
    fn reason(&self, row: &Row<'_>, number: usize) -> Line {
        let fact = |number, field| self.entry_fact(row, EntryKind::Revision, number, field);
        let entry = |number| {
            let who = self.who_and_when(fact(number, EntryField::By), fact(number, EntryField::On));
            match fact(number, EntryField::Why) {
                why if why.shown == "–" => who,
                why => line![quoted(why), " (", who, ")"],
            }
        };
        let revisions = numbered_on(row.revisions(), row.view.as_of);
        match answered(&revisions, number - 1) {
            None => entry(number),
            Some((request, _)) => {
                let decision = fact(number, EntryField::Decision);
                line![entry(request + 1), "; ", decision, ": ", entry(number)]
            }
        }
    }

    /// The entries of the time before that were written down, changed or deleted in the period.
    pub fn late_entries_table(&self, what: Happened, caption: &str) -> Table {
        let columns = ["No.", "Date of the entry", "What"];
        let rows = self.source.events(what).map(|(id, event)| {
            let on = event.on.map(|on| line![self.fact(Question::Day(on))]);
            let row = self.source.row(&id);
            let recorded = row.zip(event.difference.as_ref());
            let recorded = recorded.and_then(|(row, difference)| self.recorded(row, difference));
            vec![
                line![self.fact(Question::Item(id, ItemField::Id))],
                on.unwrap_or_default(),
                recorded.unwrap_or_else(|| line![what.word().replace('-', " ")]),
            ]
        });
        table(caption, &columns, rows)
    }

    /// The entry that a difference added, as the appendix has it.
    fn recorded(&self, row: &Row<'_>, difference: &Difference) -> Option<Line> {
        let ChangeKind::Entry { old: None, new: Some(entry), index, .. } = &difference.change
        else {
            return None;
        };
        let kind = match entry {
            Entry::Progress(_) => EntryKind::Progress,
            Entry::Revision(_) => EntryKind::Revision,
            Entry::Verification(_) => EntryKind::Verification,
            Entry::Amendment(_) => return None,
        };
        Some(self.entry(row, kind, index + 1))
    }

    /// `Director, 20 November 2003`, or the date alone.
    pub fn who_and_when(&self, who: Marked, when: Marked) -> Line {
        if who.shown == "–" { line![when] } else { line![who, ", ", when] }
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
                    self.name_and_actions(row),
                    line![self.item(row, ItemField::BehindOwner)],
                    line![self.item(&decides, ItemField::FirstTimescale)],
                    line![self.item(&decides, ItemField::Timescale)],
                    line![self.item(row, ItemField::DaysLate), self.later_action(row)],
                    line![self.item(row, ItemField::DaysLateFirst)],
                    quoted(self.item(row, ItemField::LastWord)),
                ]
            },
        )
    }

    /// ` (action 1.1: 93)` where an action is later than the whole, whose own date has passed too.
    fn later_action(&self, row: &Row<'_>) -> Line {
        let latest = row.actions().filter(Row::is_overdue).max_by_key(Row::days_late);
        let own = row.days_late();
        match latest.filter(|action| row.pressing().is_none() && action.days_late() > own) {
            None => line![],
            Some(action) => {
                let (id, days) = (ItemField::Id, ItemField::DaysLate);
                line![" (action ", self.item(&action, id), ": ", self.item(&action, days), ")"]
            }
        }
    }

    /// Table E: what is claimed and not verified.
    pub fn unverified_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Completed", "Reported", "Evidence"];
        let caption = "Table E: reported as complete and not verified";
        self.item_table(caption, &columns, RowSelection::NotVerified, |row| {
            let by_owner =
                if is_verified_by_owner(row) { "; verified by one of its owners only" } else { "" };
            vec![
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Owner)],
                line![self.item(row, ItemField::Finished)],
                line![quoted(self.item(row, ItemField::CompletionNote)), by_owner],
                line![self.item(row, ItemField::Evidence)],
            ]
        })
    }

    pub fn due_next_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Date agreed", "Progress"];
        self.item_table("Due before the next meeting", &columns, RowSelection::DueNext, |row| {
            vec![
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::BehindOwner)],
                self.agreed(row),
                line![self.item(row, ItemField::Progress)],
            ]
        })
    }

    /// The items that will not be done, with the reason.
    pub fn ended_table(&self, which: RowSelection, caption: &str) -> Table {
        let columns = ["No.", "Recommendation", "Reason"];
        self.item_table(caption, &columns, which, |row| {
            let reason = quoted(self.item(row, ItemField::WhyEnded));
            vec![line![self.item(row, ItemField::Name)], reason]
        })
    }

    /// Every date of every recommendation, and of the actions that have dates of their own.
    pub fn dates_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "First date", "Date in force", "Finished"];
        let fields = [ItemField::FirstTimescale, ItemField::Timescale, ItemField::Finished];
        let rows: Vec<_> = self.source.dated_rows().collect();
        self.dates_of("Dates", &columns, &fields, &rows)
    }

    pub fn slippage_table(&self) -> Table {
        let columns =
            ["No.", "Recommendation", "First date", "Date in force", "Days moved", "Days late"];
        let fields = [
            ItemField::FirstTimescale,
            ItemField::Timescale,
            ItemField::DaysMoved,
            ItemField::DaysLateOwn,
        ];
        self.dates_of("Dates that moved or passed", &columns, &fields, &self.source.slipped())
    }

    /// A row each with its number, its name and some facts.
    fn dates_of(
        &self,
        caption: &str,
        columns: &[&str],
        fields: &[ItemField],
        rows: &[Row<'_>],
    ) -> Table {
        let cells = |row: &Row<'_>| {
            let fields = [ItemField::Id, ItemField::Name].iter().chain(fields);
            fields.map(|field| line![self.item(row, *field)]).collect()
        };
        table(caption, columns, rows.iter().map(cells))
    }

    /// The name of a recommendation, and the actions behind its timing.
    fn name_and_actions(&self, row: &Row<'_>) -> Line {
        let name = self.item(row, ItemField::Name);
        let count = row.behind().iter().filter(|row| row.is_action()).count();
        if count == 0 || !(row.is_overdue() || row.is_at_risk()) {
            return line![name];
        }
        let noun = plural(count, " (action ", " (actions ");
        line![name, noun, self.item(row, ItemField::Behind), ")"]
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
                self.source.rows(which, &Group::All)
            }
            _ => self.source.by_need(which),
        };
        let numbered = |row: &Row<'_>| {
            std::iter::once(line![self.item(row, ItemField::Id)]).chain(cells(row)).collect()
        };
        table(caption, columns, rows.iter().map(numbered))
    }

    /// The timescale that decides, with the first one where it was moved, and the action that has it.
    pub fn agreed(&self, row: &Row<'_>) -> Line {
        let decides = row.pressing_row();
        match row.pressing() {
            None => self.timescale(row),
            Some(_) => {
                let id = self.item(&decides, ItemField::Id);
                line![self.timescale(&decides), " (action ", id, ")"]
            }
        }
    }

    /// The timescale in force, with the first one where it was moved.
    pub fn timescale(&self, row: &Row<'_>) -> Line {
        let in_force = self.item(row, ItemField::Timescale);
        if row.extensions() == 0 {
            return line![in_force];
        }
        line![in_force, " (first agreed: ", self.item(row, ItemField::FirstTimescale), ")"]
    }

    /// `23 days late`, `due in 31 days`; of finished work `3 days early`; nothing of what has no time.
    pub fn time(&self, row: &Row<'_>) -> Option<Line> {
        let Some(days) = row.days_late().filter(|_| row.timing().is_some()) else {
            return row.has_no_date().then(|| line!["no date"]);
        };
        let noun = plural(usize::try_from(days.abs()).unwrap_or(2), " day", " days");
        let field = if days > 0 { ItemField::DaysLate } else { ItemField::DaysLeft };
        let fact = self.item(row, field);
        Some(match (days, row.is_open()) {
            (1.., _) if row.is_in_grace() => line![fact, noun, " past, in grace"],
            (1.., _) => line![fact, noun, " late"],
            (0, true) => line!["due on this day"],
            (0, false) => line!["on the last day"],
            (_, true) => line!["due in ", fact, noun],
            (_, false) => line![fact, noun, " early"],
        })
    }
}

/// The number of the request that waits, among the revisions of a row.
pub fn request(row: &Row<'_>) -> Option<usize> {
    row.own.request.map(|position| position + 1)
}

/// Quoted words in their marks; a dash where there are none.
pub fn quoted(fact: Marked) -> Line {
    if fact.shown == "–" { line![fact] } else { line!["“", fact, "”"] }
}
