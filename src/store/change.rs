//! Changes made to the text of a plan, and proved before anything is written.

use std::collections::HashSet;

use anyhow::{anyhow, bail};

use super::{
    decode::{LIST, decode_for_change, decode_with_document},
    document::Document,
    edit::{insertions, splice},
    fault::{Fault, Lines},
    syntax,
};
use crate::model::{Change, Desk, Id, Place, Plan, Refusal, Target};

/// Why a text was not changed.
pub enum Unchanged {
    /// The plan was invalid before.
    Invalid(Vec<Fault>),
    /// The model does not allow it.
    Refused(Refusal),
    /// The change would have done something else than was meant.
    Internal(anyhow::Error),
}

/// A changed text, and what was done to it.
pub struct Changed {
    pub text: String,
    /// What `tell` said of it.
    pub told: String,
    pub is_same: bool,
}

/// Decodes `source`, asks `decide` for the changes, and makes them in the text. The new text is
/// decoded again: it must be the old plan with just these changes. `tell` sees the plan before and
/// after.
///
/// # Errors
/// See [`Unchanged`].
pub fn change(
    source: &str,
    decide: impl FnOnce(&Plan<'_>) -> Result<Vec<Change<'static>>, Refusal>,
    tell: impl FnOnce(&Plan<'_>, &Plan<'_>, &[Change<'_>]) -> String,
) -> Result<Changed, Unchanged> {
    let old = decode_for_change(source).map_err(Unchanged::Invalid)?;
    let before = old.plan;
    let changes = decide(&before).map_err(Unchanged::Refused)?;
    let document = places(source, &old.starts, &changes);
    let mut inserted = Vec::with_capacity(changes.len());
    for change in &changes {
        let found = insertions(source, &document, change);
        inserted
            .extend(found.ok_or_else(|| Unchanged::Internal(anyhow!("no place for {change:?}")))?);
    }
    let text = splice(source, inserted);
    drop(document);
    let mut after = before.clone();
    for change in &changes {
        after.apply(change.clone());
    }
    prove(&after, &old.extras, &text).map_err(Unchanged::Internal)?;
    let told = tell(&before, &after, &changes);
    Ok(Changed {
        text,
        told,
        is_same: changes.is_empty(),
    })
}

/// The places of what the changes touch; of everything where one adds to the plan itself.
fn places<'s>(source: &'s str, starts: &[usize], changes: &[Change<'_>]) -> Document<'s> {
    let touched = changes.iter().map(|change| match change {
        Change::Progress {
            target: (index, _), ..
        }
        | Change::Verification { target: index, .. }
        | Change::Action { target: index, .. } => Some(*index),
        Change::Revision { target, .. } => Some(target.recommendation()),
        Change::Recommendation(_) | Change::Meeting(_) => None,
    });
    match touched.collect::<Option<HashSet<usize>>>() {
        Some(touched) if !starts.is_empty() => {
            syntax::parse_some(source, LIST, starts, |index| touched.contains(&index))
        }
        _ => syntax::parse(source, &mut Vec::new()),
    }
}

/// The line on which the recommendation or action `id` begins.
///
/// # Errors
/// The plan is invalid, or has no such id.
pub fn line_of(source: &str, id: &Id<'_>) -> Result<usize, Unchanged> {
    let (plan, document) = decode_with_document(source).map_err(Unchanged::Invalid)?;
    let target = Desk::new(&plan, plan.date).target(id);
    let place = match target.map_err(Unchanged::Refused)? {
        Target::Recommendation(index) => Place::recommendation(index),
        Target::Action(index, number) => Place::action(index, number),
    };
    let start = document.locate(&place).start();
    Ok(Lines::of(source).line(start).line)
}

/// The new text must say the plan that was meant, and hold the user's own tables as they were.
fn prove(expected: &Plan<'_>, own: &[String], text: &str) -> anyhow::Result<()> {
    match decode_for_change(text) {
        Ok(found) if found.plan == *expected && found.extras == own => Ok(()),
        Ok(_) => bail!(
            "internal error: the edit would have changed something else; nothing was written, please report it"
        ),
        Err(faults) => bail!(
            "internal error: the edit would have made the plan invalid ({}); nothing was written, please report it",
            faults.first().map_or("", |fault| fault.title.as_str())
        ),
    }
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
