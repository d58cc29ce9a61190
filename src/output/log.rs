//! The answer of `plan log`: each change of a plan, with the day and the author of the change.

use super::{
    change_text::phrase,
    printable,
    versions::{begin_plan, id},
    words::span,
};
use crate::{
    doc::{
        Column, Doc, Fit, Line, Screen, Table, absent,
        style::{FAINT, STRONG},
    },
    model::{Day, Plan, days_between},
    plan_diff::{ChangeKind, Difference},
};

/// The answer of `plan log`: the changes of each requested plan.
pub struct Log<'a> {
    pub as_of: Day,
    pub plans: Vec<PlanLog<'a>>,
}

/// The changes of a plan, newest first.
pub struct PlanLog<'a> {
    /// The path of the plan in the git repository.
    pub path: String,
    /// The present plan; `None` if the plan file is invalid.
    pub plan: Option<&'a Plan>,
    pub changes: Vec<Change>,
    /// True if older changes are missing because the git clone is shallow.
    pub is_cut: bool,
}

/// A change of a plan, and the commit that made the change.
pub struct Change {
    /// The commit; `None` if the change is not committed yet.
    pub commit: Option<Committed>,
    pub what: Changed,
}

/// A commit that changed a plan.
#[derive(Debug, Clone)]
pub struct Committed {
    /// The abbreviated hash of the commit.
    pub name: String,
    pub author: String,
    /// The day on which the commit was written, in the author's time zone.
    pub day: Day,
}

/// The effect of a commit on a plan.
pub enum Changed {
    Difference(Box<Difference>),
    /// The plan is not valid after the commit. The text is the first error in the plan.
    Unreadable(String),
}

impl Changed {
    /// Returns the difference, if the plan is valid after the commit.
    pub fn difference(&self) -> Option<&Difference> {
        if let Self::Difference(difference) = self { Some(difference) } else { None }
    }
}

/// An entry is recorded late if it was committed more than this number of days after its date.
const IN_GOOD_TIME: i64 = 30;

impl Change {
    /// Returns the number of days from the date of a new entry to its commit. Returns `None` if the change is not a new
    /// entry, if it is not committed, or if the commit is not later than the date of the entry.
    pub fn days_later(&self) -> Option<i64> {
        let commit = self.commit.as_ref()?;
        match &self.what.difference()?.change {
            ChangeKind::Entry { old: None, new: Some(entry), .. } => {
                let days = days_between(entry.on(), commit.day);
                (days > 0).then_some(days)
            }
            _ => None,
        }
    }

    pub fn is_late(&self) -> bool {
        self.days_later().is_some_and(|days| days > IN_GOOD_TIME)
    }

    /// Describes the change in words, with a remark if an entry was recorded after its date.
    pub fn phrase(&self) -> Line {
        let commit = self.commit.as_ref();
        match &self.what {
            Changed::Difference(difference) => {
                let phrase = phrase(difference, commit.map(|commit| commit.day));
                let Some(later) = self.days_later() else { return phrase };
                let late = if self.is_late() { ", late" } else { "" };
                phrase.and(format!(" (recorded {} later{late})", span(later)))
            }
            Changed::Unreadable(why) => {
                let name = commit.map_or("the file", |commit| &commit.name);
                printable(&format!("{name}: not a valid plan, skipped: {why}")).into()
            }
        }
    }
}

/// The minimum width of a screen, in columns, for a table with the names of the commits.
const WITH_COMMITS: usize = 100;

/// Builds a document with a table of changes for each plan.
pub fn document(log: &Log<'_>, screen: Screen) -> Doc {
    let names_commits = screen.width.is_none_or(|width| width >= WITH_COMMITS);
    let mut doc = Doc::default();
    for plan in &log.plans {
        begin_plan(&mut doc, &plan.path, log.plans.len());
        if plan.changes.is_empty() {
            doc.say("Nothing was changed.");
            continue;
        }
        let columns = [
            Column::new("Day", Fit::Always),
            Column::new("Who", Fit::Dropped(1)),
            Column::new("Commit", if names_commits { Fit::Always } else { Fit::OnPaper }),
            Column::new("Id", Fit::Always),
            Column::new("Change", Fit::Words),
        ];
        doc.table(Table::new(columns, plan.changes.iter().map(row).collect()));
    }
    doc
}

fn row(change: &Change) -> Vec<Line> {
    let (day, author, name) = match &change.commit {
        Some(commit) => (commit.day.to_string(), printable(&commit.author), commit.name.clone()),
        None => (absent(), "not committed".to_owned(), absent()),
    };
    let words = change.phrase();
    let (id, words) = match &change.what {
        Changed::Difference(difference) => (id(&difference.item), words),
        Changed::Unreadable(_) => (absent(), words.in_style(FAINT)),
    };
    vec![day.into(), author.into(), Line::styled(FAINT, name), Line::styled(STRONG, id), words]
}
