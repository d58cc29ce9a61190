//! Changes made to the text of a plan, and proved before anything is written.

use anyhow::{anyhow, bail};

use super::{
    decode::decode_with_document,
    edit::{insertions, splice},
    fault::{Fault, Lines},
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

/// Decodes `source`, asks `decide` for the changes, and makes them in the text. The new text is
/// decoded again: it must be the old plan with just these changes.
///
/// # Errors
/// See [`Unchanged`].
pub fn change(
    source: &str,
    decide: impl FnOnce(&Plan<'_>) -> Result<Vec<Change<'static>>, Refusal>,
) -> Result<(String, Vec<Change<'static>>), Unchanged> {
    let (mut plan, document) = decode_with_document(source).map_err(Unchanged::Invalid)?;
    let changes = decide(&plan).map_err(Unchanged::Refused)?;
    let mut inserted = Vec::with_capacity(changes.len());
    for change in &changes {
        let found = insertions(source, &document, change);
        inserted
            .extend(found.ok_or_else(|| Unchanged::Internal(anyhow!("no place for {change:?}")))?);
    }
    let text = splice(source, inserted);
    let own = document.extras();
    for change in &changes {
        plan.apply(change.clone());
    }
    prove(&plan, &own, &text).map_err(Unchanged::Internal)?;
    Ok((text, changes))
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
    match decode_with_document(text) {
        Ok((found, document)) if found == *expected && document.extras() == own => Ok(()),
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
