//! The tables of a paper: counts by group, and tables A to E.

mod counts;

use super::{
    Column, Fact, Line, Table,
    clerk::{Clerk, plan_id},
    line,
    question::{EntryField, EntryKind, Group, ItemField, Question, Which},
    words::{date, plural},
};
use crate::query::{Happened, Row};

fn words(heading: &str) -> Column {
    Column { heading: heading.to_owned(), is_number: false }
}

fn number(heading: &str) -> Column {
    Column { heading: heading.to_owned(), is_number: true }
}

/// A column by its heading: days and times are numbers.
fn column(heading: &&str) -> Column {
    match heading.starts_with("Days") || heading.starts_with("Times") {
        true => number(heading),
        false => words(heading),
    }
}

impl Clerk<'_, '_> {
    /// Whether a plan says what red, amber and green mean.
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
        self.item_table("Table A: live recommendations", &columns, Which::Open, |row| {
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
        self.item_table(caption, &columns, Which::Completed, |row| {
            vec![
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Finished)],
                self.agreed(row),
                self.time(row).unwrap_or_else(|| line!["–"]),
                self.reported(row),
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
            let mut cells = self.extension(&row, number);
            cells.insert(3, line![self.item(&row, ItemField::Timescale)]);
            Some(cells)
        });
        let columns = columns.iter().map(column).collect();
        Table { caption: line!["Table C: extensions requested"], columns, rows: rows.collect() }
    }

    /// Extensions that were agreed in the period. A row each.
    pub fn extensions_table(&self) -> Table {
        let columns =
            ["No.", "Recommendation", "First date", "Extended to", "Times extended", "Reason"];
        let rows = self.source.extensions();
        let rows = rows.into_iter().map(|(row, number)| self.extension(&row, number));
        let columns = columns.iter().map(column).collect();
        Table { caption: line!["Extensions agreed"], columns, rows: rows.collect() }
    }

    /// What is brought before the committee, and why.
    pub fn escalated_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Why", "Last note"];
        self.item_table("Brought before the committee", &columns, Which::Escalated, |row| {
            vec![
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Owner)],
                line![self.item(row, ItemField::Escalation)],
                quoted(self.item(row, ItemField::LastNoteBrief)),
            ]
        })
    }

    /// What somebody fears for.
    pub fn at_risk_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Date agreed", "Outlook", "Last note"];
        self.item_table("At risk", &columns, Which::AtRisk, |row| {
            vec![
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Owner)],
                self.agreed(row),
                line![self.item(row, ItemField::Outlook)],
                quoted(self.item(row, ItemField::LastNoteBrief)),
            ]
        })
    }

    fn extension(&self, row: &Row<'_>, number: usize) -> Vec<Line> {
        let item = |field| line![self.item(row, field)];
        let fact =
            |field| self.fact(Question::Entry(plan_id(row), EntryKind::Revision, number, field));
        vec![
            item(ItemField::Id),
            item(ItemField::Name),
            item(ItemField::FirstTimescale),
            line![fact(EntryField::What)],
            item(ItemField::Extensions),
            line![
                quoted(fact(EntryField::Why)),
                " (",
                self.who_and_when(fact(EntryField::By), fact(EntryField::On)),
                ")"
            ],
        ]
    }

    /// What happened before the period and was written down in it.
    pub fn late_entries_table(&self, what: Happened, caption: &str) -> Table {
        let columns = ["No.", "Date of the entry"].map(words).into_iter().collect();
        let rows = self.source.events(what).map(|(id, event)| {
            let on = event.on.map(|on| date(on.into())).unwrap_or_default();
            vec![line![self.fact(Question::Item(id, ItemField::Id))], line![on]]
        });
        Table { caption: line![caption], columns, rows: rows.collect() }
    }

    /// `Director, 20 November 2003`, or the date alone.
    pub fn who_and_when(&self, who: Fact, when: Fact) -> Line {
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
        self.item_table("Table D: overdue recommendations", &columns, Which::Overdue, |row| {
            // Where an action is due before the whole, it decides.
            let because = match row.pressing() {
                None => line![],
                Some(_) => line![" (action ", self.item(row, ItemField::Pressing), ")"],
            };
            vec![
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Owner)],
                line![self.item(row, ItemField::FirstTimescale)],
                line![self.item(row, ItemField::Timescale)],
                line![self.item(row, ItemField::DaysLate), because],
                line![self.item(row, ItemField::DaysLateFirst)],
                quoted(self.item(row, ItemField::LastNoteBrief)),
            ]
        })
    }

    /// Table E: what is claimed and not verified.
    pub fn unverified_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Completed", "Reported"];
        let caption = "Table E: reported as complete and not verified";
        self.item_table(caption, &columns, Which::NotVerified, |row| {
            vec![
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Owner)],
                line![self.item(row, ItemField::Finished)],
                self.reported(row),
            ]
        })
    }

    pub fn due_next_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "Owner", "Date agreed", "Progress"];
        self.item_table("Due before the next meeting", &columns, Which::DueNext, |row| {
            vec![
                line![self.item(row, ItemField::Name)],
                line![self.item(row, ItemField::Owner)],
                self.agreed(row),
                line![self.item(row, ItemField::Progress)],
            ]
        })
    }

    /// What will not be done, and why.
    pub fn ended_table(&self, which: Which, caption: &str) -> Table {
        let columns = ["No.", "Recommendation", "Reason"];
        self.item_table(caption, &columns, which, |row| {
            let reason = quoted(self.item(row, ItemField::WhyEnded));
            vec![line![self.item(row, ItemField::Name)], reason]
        })
    }

    /// Every date of every recommendation.
    pub fn dates_table(&self) -> Table {
        let columns = ["No.", "Recommendation", "First date", "Date in force", "Finished"];
        self.item_table("Dates", &columns, Which::Total, |row| {
            let fields = [
                ItemField::Name,
                ItemField::FirstTimescale,
                ItemField::Timescale,
                ItemField::Finished,
            ];
            fields.map(|field| line![self.item(row, field)]).into()
        })
    }

    pub fn slippage_table(&self) -> Table {
        let columns =
            ["No.", "Recommendation", "First date", "Date in force", "Days moved", "Days late"];
        self.item_table("Dates that moved or passed", &columns, Which::Slipped, |row| {
            let name = line![self.item(row, ItemField::Name)];
            let fields = [
                ItemField::FirstTimescale,
                ItemField::Timescale,
                ItemField::DaysMoved,
                ItemField::DaysLate,
            ];
            std::iter::once(name).chain(fields.map(|field| line![self.item(row, field)])).collect()
        })
    }

    /// A row each of the recommendations meant; its number is the first cell.
    fn item_table(
        &self,
        caption: impl Into<Line>,
        columns: &[&str],
        which: Which,
        cells: impl Fn(&Row<'_>) -> Vec<Line>,
    ) -> Table {
        let rows = self.source.rows(which, &Group::All);
        let numbered = |row: &Row<'_>| {
            std::iter::once(line![self.item(row, ItemField::Id)]).chain(cells(row)).collect()
        };
        Table {
            caption: caption.into(),
            columns: columns.iter().map(column).collect(),
            rows: rows.iter().map(numbered).collect(),
        }
    }

    /// The timescale in force, with the first one where it was moved.
    pub fn agreed(&self, row: &Row<'_>) -> Line {
        let in_force = self.item(row, ItemField::Timescale);
        if row.extensions() == 0 {
            return line![in_force];
        }
        line![in_force, " (first agreed: ", self.item(row, ItemField::FirstTimescale), ")"]
    }

    /// `23 days late`, `in 31 days`; of finished work `3 days early`; nothing of what has no time.
    pub fn time(&self, row: &Row<'_>) -> Option<Line> {
        let Some(days) = row.days_late().filter(|_| row.timing().is_some()) else {
            return row.has_no_date().then(|| line!["no date"]);
        };
        let noun = plural(usize::try_from(days.abs()).unwrap_or(2), " day", " days");
        let field = if days > 0 { ItemField::DaysLate } else { ItemField::DaysLeft };
        let fact = self.item(row, field);
        Some(match (days, row.is_open()) {
            (1.., _) => line![fact, noun, " late"],
            (0, _) => line!["on the last day"],
            (_, true) => line!["in ", fact, noun],
            (_, false) => line![fact, noun, " early"],
        })
    }

    /// The last note and the evidence of what is complete. The appendix has the note in full.
    fn reported(&self, row: &Row<'_>) -> Line {
        let note = quoted(self.item(row, ItemField::LastNoteBrief));
        let evidence = self.item(row, ItemField::Evidence);
        if evidence.shown == "–" {
            return note;
        }
        line![note, " (evidence: ", evidence, ")"]
    }
}

/// The number of the request that waits, among the revisions of a row.
pub fn request(row: &Row<'_>) -> Option<usize> {
    let position = match row.action {
        Some(standing) => standing.request,
        None => row.recommendation.request,
    };
    position.map(|position| position + 1)
}

/// Quoted words in their marks; a dash where there are none.
pub fn quoted(fact: Fact) -> Line {
    if fact.shown == "–" { line![fact] } else { line!["“", fact, "”"] }
}
