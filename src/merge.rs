//! Merges two versions of a plan, ours and theirs, that were made from a common base. The result is our text with the
//! changes of their text.

mod combine;
mod comments;
mod entries;
mod markers;
mod outline;
mod passage;
mod renumber;
mod report;

use std::collections::HashMap;

use crate::{
    checks::Finding,
    file::Reader,
    model::{Id, Plan, vocabulary},
};
use combine::Combined;
pub use markers::{Versions, is_mark, is_marked, versions};
use passage::Passage;
use renumber::{NewId, new_ids, renumbered};
pub use report::{Conflict, Note};

vocabulary! {
    /// One of the two versions that are merged.
    Side {
        Ours = "ours",
        Theirs = "theirs",
    }
}

impl Side {
    pub fn other(self) -> Self {
        match self {
            Self::Ours => Self::Theirs,
            Self::Theirs => Self::Ours,
        }
    }
}

/// The result of merging two versions of a plan.
#[derive(Debug)]
pub struct Merged {
    /// The merged text, with each conflict between conflict markers.
    pub text: String,
    pub conflicts: Vec<Conflict>,
    pub notes: Vec<Note>,
}

/// The reason why nothing was merged: one of the versions is not a valid plan.
#[derive(Debug)]
pub struct NotAPlan {
    /// The name of the invalid version: `base`, `ours` or `theirs`.
    pub version: &'static str,
    pub faults: Vec<Finding>,
}

/// Merges `ours` and `theirs`, which were both made from `base`. If there is no common base, `base` is empty. If both
/// sides added different items with the same id, the item of the side `renumber` gets a new id.
///
/// # Errors
/// Fails if a version is not a valid plan.
pub fn merge(
    base: &str,
    ours: &str,
    theirs: &str,
    renumber: Option<Side>,
) -> Result<Merged, NotAPlan> {
    let style = TextStyle::of_text(ours);
    let [base, mut ours, mut theirs] = [base, ours, theirs].map(|text| style.plain(text));
    let old = if base.is_empty() { Plan::default() } else { plan("base", &base)? };
    let (our, their) = (plan("ours", &ours)?, plan("theirs", &theirs)?);
    let mut notes = Vec::new();
    if let Some(side) = renumber {
        let (text, ids) = match side {
            Side::Ours => (&mut ours, new_ids(&old, &our, &their)),
            Side::Theirs => (&mut theirs, new_ids(&old, &their, &our)),
        };
        *text = renumbered(text, &ids);
        let renumbered = ids.into_iter();
        notes.extend(renumbered.map(|NewId { old, new, .. }| Note::Renumbered { side, old, new }));
    }
    let mut combined = Combined { notes, ..Combined::default() };
    let [in_base, in_ours, in_theirs] = [&base, &ours, &theirs].map(|text| Passage::parse(text));
    let merged = combined.both((Some(&in_base), &in_ours, &in_theirs));
    let mut text = merged.unwrap_or_else(|| ours.clone());
    let Combined { mut conflicts, notes } = combined;
    if !conflicts.is_empty() {
        offer_ids(&mut conflicts, &new_ids(&old, &their, &our));
    } else if let Err(faults) = Reader::default().decode(&text) {
        text = markers::around_faults(&text, &faults, [&ours, &base, &theirs]);
        conflicts.extend(faults.into_iter().map(|fault| Conflict::Invalid(fault.title)));
    }
    Ok(Merged { text: style.restore(text), conflicts, notes })
}

fn plan(version: &'static str, text: &str) -> Result<Plan, NotAPlan> {
    match Reader::default().decode(text) {
        Ok(read) => Ok(read.plan),
        Err(faults) => Err(NotAPlan { version, faults }),
    }
}

/// Sets the field `free` of each conflict about an id that both sides added.
fn offer_ids(conflicts: &mut [Conflict], ids: &[NewId]) {
    let ids: HashMap<&str, &Id> = ids.iter().map(|id| (id.old.as_str(), &id.new)).collect();
    for conflict in conflicts {
        if let Conflict::Added { name, free } = conflict {
            *free = ids.get(name.table.as_str()).map(|id| (*id).clone());
        }
    }
}

/// The parts of a text's style that a merge ignores: the byte-order mark, the kind of line break, and the white space
/// at the end. The merged text gets the style of our version.
#[derive(Debug, Clone)]
struct TextStyle {
    mark: &'static str,
    /// The line break of the text, or `None` if the text contains both `\n` and `\r\n`.
    newline: Option<&'static str>,
    /// The blank characters after the last line with content.
    end: String,
}

const MARK: &str = "\u{feff}";

impl TextStyle {
    fn of_text(text: &str) -> Self {
        let (lines, returned) = (text.matches('\n').count(), text.matches("\r\n").count());
        Self {
            mark: if text.starts_with(MARK) { MARK } else { "" },
            newline: match returned {
                0 => Some("\n"),
                _ if returned == lines => Some("\r\n"),
                _ => None,
            },
            end: text[without_end(text).len()..].to_owned(),
        }
    }

    /// Returns the text without the parts of its style that a merge ignores. A text with `\r\r\n` is returned
    /// unchanged, because it is not a valid plan.
    fn plain(&self, text: &str) -> String {
        if text.contains("\r\r\n") {
            return text.to_owned();
        }
        let text = without_end(text.trim_start_matches(MARK));
        let mut text = match self.newline {
            Some(_) => text.replace("\r\n", "\n"),
            None => text.to_owned(),
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    fn restore(&self, text: String) -> String {
        let text = without_end(&text);
        let text = match self.newline {
            Some("\r\n") => text.replace('\n', "\r\n"),
            _ => text.to_owned(),
        };
        format!("{}{text}{}", self.mark, self.end)
    }
}

fn without_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests;
