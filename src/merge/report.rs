//! The messages of a merge: conflicts, and notes for the user to check.

use std::fmt;

use serde_json::Value;

use super::{Side, outline::Name, passage::Passage};
use crate::model::{Id, Keyword as _, printable};

/// A conflict: the reason why the user must decide how a passage is merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    Changed(Name),
    /// Both sides added the passage with different content. The id `free` is an unused id for the item of their side.
    Added {
        name: Name,
        free: Option<Id>,
    },
    /// The side `by` deleted the passage, and the other side changed it.
    Deleted {
        name: Name,
        by: Side,
    },
    /// The changes of both sides together make the plan invalid.
    Invalid(String),
}

impl Conflict {
    /// Returns the conflict about a passage, given its versions in the base, in ours and in theirs. A version is `None`
    /// if the passage is missing there.
    pub fn between([base, ours, theirs]: [Option<&Passage<'_>>; 3]) -> Option<Self> {
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
    /// Returns a sentence about the table or, if the name has a key, about this key. The function `with` makes the
    /// sentence from the name.
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
                    format!("{added}; to change the id in their version to {free}, run `plan merge --resolve --renumber theirs`")
                })
            }
            Self::Deleted { name, by } => {
                let other = by.other().word();
                name.sentence(|it| format!("{} deleted {it}, and {other} changed it", by.word()))
            }
            Self::Invalid(title) => {
                format!("the merged plan would be invalid: {}", printable(title))
            }
        };
        f.write_str(&sentence)
    }
}

/// A note about a merged passage that the user may want to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Both sides added revisions to the same list.
    Extended(Name),
    /// Both sides added progress entries, and the status in their last entries differs.
    Progress { name: Name, ours: String, theirs: String },
    /// An id that one side added was replaced by a new id.
    Renumbered { side: Side, old: Id, new: Id },
}

impl Note {
    /// Returns the note about a list to which both sides appended entries, or `None` if no note is needed.
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
        const ALL_KEPT: &str = "all entries are kept, in order of date";
        let sentence = match self {
            Self::Extended(name) => {
                name.sentence(|it| format!("both sides added to {it}; {ALL_KEPT}"))
            }
            Self::Progress { name, ours, theirs } => {
                let (ours, theirs) = (printable(ours), printable(theirs));
                name.sentence(|it| {
                    format!(
                        "both sides added to {it}: ours ends with `{ours}`, theirs with `{theirs}`; {ALL_KEPT}"
                    )
                })
            }
            Self::Renumbered { side, old, new } => {
                format!("{}: id {old} is now {new}", side.word())
            }
        };
        f.write_str(&sentence)
    }
}
