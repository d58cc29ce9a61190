//! Tells each change of plans, its day and its author: the answer of `plan log`.

use super::{
    change_text::phrase,
    printable,
    versions::{begin_plan, id},
    words::days,
};
use crate::{
    doc::{
        Column, Doc, Fit, Line, Screen, Table, absent,
        style::{FAINT, STRONG},
    },
    model::{Day, Plan, days_between},
    plan_diff::{ChangeKind, Difference},
};

/// The changes of each plan that was asked about.
pub struct Log<'a> {
    pub as_of: Day,
    pub plans: Vec<PlanLog<'a>>,
}

/// The changes of a plan, newest first.
pub struct PlanLog<'a> {
    /// The path of the plan in its repository.
    pub path: String,
    /// The plan as it is, where it is valid.
    pub plan: Option<&'a Plan>,
    pub changes: Vec<Change>,
    /// Older changes are not in this clone.
    pub is_cut: bool,
}

/// One change, and the commit that made it.
pub struct Change {
    /// `None` where it is not committed.
    pub commit: Option<Committed>,
    pub what: Changed,
}

/// A commit.
#[derive(Debug, Clone)]
pub struct Committed {
    /// Its short name.
    pub name: String,
    pub author: String,
    /// The day on which it was written, where its author was.
    pub day: Day,
}

/// The changes of a commit.
pub enum Changed {
    Difference(Box<Difference>),
    /// It left no valid plan, and why: the first fault. The next valid version shows what it changed.
    Unreadable(String),
}

/// An entry is recorded late when it was committed by more days than this after its own: committees mostly look
/// at progress once a month or less often, so what they had to know by then was there.
const IN_GOOD_TIME: i64 = 30;

impl Change {
    /// How many days after its own day an entry was committed.
    pub fn days_later(&self) -> Option<i64> {
        let (Some(commit), Changed::Difference(difference)) = (&self.commit, &self.what) else {
            return None;
        };
        match &difference.change {
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

    /// The change in words.
    pub fn phrase(&self) -> Line {
        let commit = self.commit.as_ref();
        match &self.what {
            Changed::Difference(difference) => {
                let phrase = phrase(difference, commit.map(|commit| commit.day));
                let Some(later) = self.days_later() else {
                    return phrase;
                };
                let late = if self.is_late() { ", late" } else { "" };
                phrase.and(format!(" (recorded {} later{late})", days(later)))
            }
            Changed::Unreadable(why) => {
                let name = commit.map_or("the file", |commit| &commit.name);
                printable(&format!("{name}: not a valid plan, skipped: {why}")).into()
            }
        }
    }
}

/// The commits are named on screens of at least this width.
const WITH_COMMITS: usize = 100;

/// Tables, one a plan, with the path above each where there are several.
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
