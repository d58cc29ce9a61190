//! The message that asks an owner for updates on the owner's open items.

use anstream::adapter::strip_str;

use super::words;
use crate::{
    doc::{Block, Doc, Screen, text::cut},
    model::{Day, printable, to_single_line},
    query::{OwnerWork, Portfolio, Row, falling_due, overdue},
};

/// The screen for which a message is laid out. Its width of 72 columns is usual in mail programs.
const MAIL: Screen = Screen { width: Some(72), has_links: false };
/// The maximum length of an item's title, in columns.
const WORDS: usize = 160;
/// The maximum length of a plan's title in the subject of a message, in columns.
const TITLE: usize = 60;
/// The indentation, in columns, of every line about an item except the first.
const INDENT: usize = 4;

/// A round of messages that ask owners for updates, with the day by which the owners should answer.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    pub as_of: Day,
    /// The message lists the items that are due by this day.
    pub until: Day,
    pub answer_by: Day,
}

/// The message to an owner about the owner's open items.
pub struct Reminder<'v> {
    pub owner: &'v str,
    pub email: Option<&'v str>,
    pub round: Round,
    /// The title of the plan or, if there are several plans, the number of plans.
    title: String,
    pub overdue: Vec<Row<'v>>,
    pub due: Vec<Row<'v>>,
    /// The owner's items with a requested extension that awaits a decision.
    pub requested: Vec<Row<'v>>,
    /// The number of the owner's open items.
    open: usize,
    /// The owner's other open items, of which the message lists only the ids.
    pub others: Vec<Row<'v>>,
}

impl<'v> Reminder<'v> {
    pub fn new(portfolio: &Portfolio, work: &OwnerWork<'v>, round: Round) -> Self {
        let rows = work.rows.clone();
        let (overdue, due) = (overdue(rows.clone()), falling_due(rows.clone(), round.until));
        let is_one_of = |rows: &[Row<'_>], row: &Row<'_>| {
            rows.iter().any(|known| std::ptr::eq(known.own, row.own))
        };
        let requested: Vec<_> =
            rows.iter().filter(|row| row.request().is_some()).copied().collect();
        let named = [&overdue, &due, &requested];
        let is_other = |row: &&Row<'_>| !named.iter().any(|named| is_one_of(named, row));
        let others = rows.iter().filter(is_other).copied().collect();
        let title = match portfolio.single() {
            Some(view) => printable(&view.plan.title),
            None => words::counted(portfolio.views.len(), "plan", "plans"),
        };
        Self {
            owner: work.name,
            email: work.email,
            round,
            title,
            open: rows.len(),
            requested,
            others,
            overdue,
            due,
        }
    }

    /// Returns the subject, such as `2 overdue, 1 due by 2004-01-10: TITLE`.
    pub fn subject(&self) -> String {
        let overdue = format!("{} overdue", self.overdue.len());
        let due = format!("{} due by {}", self.due.len(), self.round.until);
        let counts = match (self.overdue.is_empty(), self.due.is_empty()) {
            (false, false) => format!("{overdue}, {due}"),
            (false, true) => overdue,
            (true, false) => due,
            (true, true) => words::counted(self.open, "open item", "open items"),
        };
        format!("{counts}: {}", cut(&self.title, TITLE, "…"))
    }

    /// Builds the body of the message. `how` tells the owner how to answer.
    fn body(&self, how: &str) -> Doc {
        let mut doc = Doc::default();
        let Round { as_of, until, answer_by } = self.round;
        doc.say(format!("To {}", printable(self.owner)));
        doc.gap();
        doc.say(format!("{}, as of {as_of}", self.title));
        doc.gap();
        let open = words::counted(self.open, "open item", "open items");
        let counts = [
            (self.overdue.len(), "overdue".to_owned()),
            (self.due.len(), format!("due by {until}")),
            (self.requested.len(), "with a decision pending".to_owned()),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        let colon = if counts.is_empty() { "" } else { ": " };
        doc.say(format!(
            "You own {open}{colon}{}. Please answer by {answer_by}{how}.",
            counts.join(", ")
        ));
        for (heading, rows) in [
            ("Overdue".to_owned(), &self.overdue),
            (format!("Due by {until}"), &self.due),
            ("Extension requested, decision pending".to_owned(), &self.requested),
        ] {
            if rows.is_empty() {
                continue;
            }
            doc.gap();
            doc.heading(2, heading);
            doc.0.extend(rows.iter().map(item));
        }
        if !self.others.is_empty() {
            let ids: Vec<String> = self.others.iter().map(Row::shown_id).collect();
            doc.gap();
            doc.say(format!("Also open: {}.", ids.join(", ")));
        }
        doc
    }

    /// Returns the body of the message as plain text. `how` tells the owner how to answer.
    pub fn text(&self, how: &str) -> String {
        strip_str(&MAIL.print(&self.body(how))).to_string()
    }
}

/// Builds a document with all messages, one below the other.
pub fn document(reminders: &[Reminder<'_>]) -> Doc {
    let mut doc = Doc::default();
    for (index, reminder) in reminders.iter().enumerate() {
        if index > 0 {
            doc.0.push(Block::Rule);
        }
        let address = reminder.email.map_or_else(|| "no address".to_owned(), printable);
        doc.say(format!("To: {} <{address}>", printable(reminder.owner)));
        doc.say(format!("Subject: {}", reminder.subject()));
        doc.gap();
        doc.0.append(&mut reminder.body("").0);
    }
    if reminders.is_empty() {
        doc.say("No owner has open work.");
    }
    doc
}

/// Returns the lines about an item: the id, the title, the due date and the timing.
fn item(row: &Row<'_>) -> Block {
    let due = row.deadline().map(|due| format!("due {due}"));
    let asked =
        row.request().map(|asked| format!("{} requested", to_single_line(&asked.to.words())));
    let facts = [due, Some(words::timing(row)), asked];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let line = format!("{} ({facts})", cut(&to_single_line(row.name()), WORDS, "…"));
    Block::Hanging(format!("{}  ", row.shown_id()).into(), INDENT, line.into())
}
