//! Changes made to the text of a plan, and proved before anything is written.

use std::collections::BTreeSet;

use anyhow::{anyhow, bail};

use super::{
    decode::{LIST, decode_recommendation, decode_with_document, decode_with_starts},
    document::Document,
    edit::{Insertion, insertions, splice},
    fault::{Fault, Lines},
    parts::Part,
    syntax,
};
use crate::model::{Change, Desk, Id, Place, Plan, Refusal, Target, rules};

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

/// Decodes `source`, asks `decide` for the changes, and makes them in the text. What is new in the text
/// is decoded again: it must be the old plan with just these changes. `tell` sees the plan before them, and
/// what it returns sees the same plan after them: there is never a second copy.
///
/// # Errors
/// See [`Unchanged`].
pub fn change<T: FnOnce(&Plan<'_>) -> String>(
    source: &str,
    decide: impl FnOnce(&Plan<'_>) -> Result<Vec<Change<'static>>, Refusal>,
    tell: impl FnOnce(&Plan<'_>, &[Change<'_>]) -> T,
) -> Result<Changed, Unchanged> {
    let (mut plan, starts) = decode_with_starts(source).map_err(Unchanged::Invalid)?;
    let changes = decide(&plan).map_err(Unchanged::Refused)?;
    let tell = tell(&plan, &changes);
    let is_same = changes.is_empty();
    let touched = touched(&changes).filter(|_| !starts.is_empty());
    let document = match &touched {
        Some(touched) => {
            syntax::parse_some(source, LIST, &starts, |index| touched.contains(&index))
        }
        None => syntax::parse(source, &mut Vec::new()),
    };
    let mut inserted = Vec::with_capacity(changes.len());
    for change in &changes {
        let found = insertions(source, &document, change);
        inserted
            .extend(found.ok_or_else(|| Unchanged::Internal(anyhow!("no place for {change:?}")))?);
    }
    inserted.sort_by_key(|insertion| insertion.at);
    let text = splice(source, &inserted);
    for change in changes {
        plan.apply(change);
    }
    let proof = Proof {
        source,
        text: &text,
        expected: &plan,
    };
    let proved = match &touched {
        Some(touched) => proof.of_touched(&document, touched, &starts, &inserted),
        None => proof.of_all(&document),
    };
    proved.map_err(Unchanged::Internal)?;
    let told = tell(&plan);
    Ok(Changed {
        text,
        told,
        is_same,
    })
}

/// The recommendations that the changes touch; `None` where one adds to the plan itself.
fn touched(changes: &[Change<'_>]) -> Option<BTreeSet<usize>> {
    let touched = changes.iter().map(|change| match change {
        Change::Progress {
            target: (index, _), ..
        }
        | Change::Verification { target: index, .. }
        | Change::Action { target: index, .. } => Some(*index),
        Change::Revision { target, .. } => Some(target.recommendation()),
        Change::Recommendation(_) | Change::Meeting(_) => None,
    });
    touched.collect()
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

/// That a new text says the plan that was meant, and holds the user's own tables as they were.
struct Proof<'t> {
    source: &'t str,
    text: &'t str,
    expected: &'t Plan<'t>,
}

impl Proof<'_> {
    fn of_all(&self, document: &Document<'_>) -> anyhow::Result<()> {
        match decode_with_document(self.text) {
            Ok((found, new)) if found == *self.expected && new.extras() == document.extras() => {
                Ok(())
            }
            Ok(_) => bail!(OTHERWISE),
            Err(faults) => bail!(
                "internal error: the edit would have made the plan invalid ({}); nothing was written, please report it",
                faults.first().map_or("", |fault| fault.title.as_str())
            ),
        }
    }

    /// The same where only some recommendations were touched. Of the others every byte is what it was,
    /// between the same headers, and so is what it says.
    fn of_touched(
        &self,
        document: &Document<'_>,
        touched: &BTreeSet<usize>,
        starts: &[usize],
        inserted: &[Insertion],
    ) -> anyhow::Result<()> {
        let mut inserted = inserted.iter().peekable();
        let mut grown = 0;
        // Where a byte of the old text is in the new one. Asked in order.
        let mut moved = |old: usize| {
            while let Some(insertion) = inserted.next_if(|insertion| insertion.at <= old) {
                grown += insertion.text.len();
            }
            old + grown
        };
        let (mut old_done, mut new_done) = (0, 0);
        for &index in touched {
            let start = starts[index];
            let end = starts.get(index + 1).copied().unwrap_or(self.source.len());
            let (new_start, new_end) = (moved(start), moved(end));
            let same = self.source.get(old_done..start) == self.text.get(new_done..new_start);
            let found = self.text.get(new_start..new_end).and_then(|text| {
                let start = new_start;
                decode_recommendation(self.text, Part { text, start })
            });
            let own = document.table(&Place::recommendation(index));
            match (found, own.map(Document::extras_of)) {
                (Some((found, kept)), Some(own))
                    if same && found == self.expected.recommendations[index] && kept == own => {}
                _ => bail!(OTHERWISE),
            }
            (old_done, new_done) = (end, new_end);
        }
        let same = self.source.get(old_done..) == self.text.get(new_done..);
        if !same || !rules::broken(self.expected).is_empty() {
            bail!(OTHERWISE);
        }
        Ok(())
    }
}

const OTHERWISE: &str = "internal error: the edit would have changed something else; nothing was written, please report it";

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
