//! Tells of a merge: conflicts, and notes that are worth a look.

use std::fmt;

use serde_json::Value;

use super::{Side, outline::Name, passage::Passage};
use crate::model::{Id, Keyword as _, printable};

/// Why a passage is left for people to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Both sides changed it, each differently.
    Changed(Name),
    /// Both sides added it, each differently. `free` is the id that renumbering would give theirs.
    Added { name: Name, free: Option<Id> },
    /// One side deleted what the other changed.
    Deleted { name: Name, by: Side },
    /// The changes of both sides do not make a valid plan together.
    Invalid(String),
}

impl Conflict {
    /// The conflict of a passage that not every version has.
    pub fn between(
        base: Option<&Passage<'_>>,
        ours: Option<&Passage<'_>>,
        theirs: Option<&Passage<'_>>,
    ) -> Option<Self> {
        let name = ours.or(theirs)?.name.clone();
        Some(match (base, ours, theirs) {
            (Some(_), None, _) => Self::Deleted { name, by: Side::Ours },
            (Some(_), _, None) => Self::Deleted { name, by: Side::Theirs },
            (None, ..) if name.key.is_none() => Self::Added { name, free: None },
            _ => Self::Changed(name),
        })
    }
}

impl Name {
    /// The message on a table, or on a key in one.
    fn sentence(&self, with: impl Fn(&str) -> String) -> String {
        let table = printable(&self.table);
        match &self.key {
            Some(key) if table.is_empty() => with(&format!("`{}`", printable(key))),
            Some(key) => format!("{table}: {}", with(&format!("`{}`", printable(key)))),
            None if table.is_empty() => with("the text outside the tables"),
            None => with(&table),
        }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Self::Changed(name) => name.sentence(|it| format!("both sides changed {it}")),
            Self::Added { name, free } => {
                let added = name.sentence(|it| format!("both sides added {it}"));
                free.iter().fold(added, |added, free| {
                    format!("{added}; `plan merge --resolve --renumber theirs` makes theirs {free}")
                })
            }
            Self::Deleted { name, by } => {
                let other = by.other().word();
                name.sentence(|it| format!("{} deleted {it}, {other} changed it", by.word()))
            }
            Self::Invalid(title) => {
                format!("together the sides make no valid plan: {}", printable(title))
            }
        };
        f.write_str(&sentence)
    }
}

/// Something that was merged and that people may want to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Both sides extended it.
    Extended(Name),
    /// Both sides recorded progress, and do not agree on the status.
    Progress { name: Name, ours: String, theirs: String },
    /// An id of one side was changed.
    Renumbered { side: Side, old: Id, new: Id },
}

impl Note {
    /// The messages where both sides appended to the list `name`.
    pub fn on(name: &Name, ours: &[Value], theirs: &[Value]) -> Option<Self> {
        let status = |entries: &[Value]| entries.last()?.get("status")?.as_str().map(str::to_owned);
        match name.key.as_deref()? {
            "revisions" => Some(Self::Extended(name.clone())),
            "progress" => {
                let (ours, theirs) = (status(ours)?, status(theirs)?);
                (ours != theirs).then(|| Self::Progress { name: name.clone(), ours, theirs })
            }
            _ => None,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALL_KEPT: &str = "every entry is kept, in the order of their days";
        let sentence = match self {
            Self::Extended(name) => {
                name.sentence(|it| format!("both sides added to {it}; {ALL_KEPT}"))
            }
            Self::Progress { name, ours, theirs } => {
                let (ours, theirs) = (printable(ours), printable(theirs));
                name.sentence(|it| {
                    format!(
                        "both sides added to {it}, ours `{ours}`, theirs `{theirs}`; {ALL_KEPT}"
                    )
                })
            }
            Self::Renumbered { side, old, new } => {
                format!("{old} of {} is now {new}", side.word())
            }
        };
        f.write_str(&sentence)
    }
}
