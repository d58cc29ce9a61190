//! Changes a plan by insertions into its text. The new text is checked before it is written.

mod add;
mod amend;
mod change;
mod editor;
mod enclosed;
mod extend;
mod insert;
mod layout;
mod owner_update;
mod recorded;
mod refusal;
mod remark;
mod respond;
mod standings;
mod undo;
mod value;
mod wanted;

use anyhow::anyhow;

use crate::{
    checks::Finding,
    file::{Lines, Places, Reader},
    key_path::KeyPath,
    model::{Id, Plan},
};
pub use add::short_name;
pub use change::{Answer, Change, Changes};
pub use editor::{Editor, unknown_id};
pub use enclosed::{Enclosed, Enclosure};
use insert::insertions;
pub use layout::{Insertion, splice};
pub use owner_update::OwnerUpdate;
pub use refusal::{Refusal, read_timescale};
use refusal::{each, readable, refuse};
pub use remark::Remark;
pub use standings::Standings;
pub use undo::take_back;
pub use value::{key, string};
pub use wanted::Wanted;

/// The reason why the text of a plan was not changed.
#[derive(Debug)]
pub enum Unchanged {
    /// The plan was invalid before the change.
    Invalid(Vec<Finding>),
    /// The rules do not allow the change.
    Refused(Refusal),
    /// The new text would not contain exactly the intended change. This is a bug in the program.
    Internal(anyhow::Error),
}

/// The result of changing the text of a plan.
#[derive(Debug)]
pub struct Changed {
    pub before: Plan,
    pub after: Plan,
    pub changes: Vec<Change>,
    /// The text of the plan after the change.
    pub text: String,
}

/// Makes the changes that `decide` returns in the plan text `source`, and checks that the new text contains exactly
/// these changes.
///
/// # Errors
/// Fails for one of the reasons in [`Unchanged`].
pub fn change(source: &str, decide: impl FnOnce(&Plan) -> Changes) -> Result<Changed, Unchanged> {
    let mut reader = Reader::default();
    let old = reader.decode(source).map_err(Unchanged::Invalid)?;
    let changes = decide(&old.plan).map_err(Unchanged::Refused)?;
    let mut after = old.plan.clone();
    let mut places = Places::new(source, &old.pieces);
    let mut inserted = Vec::new();
    for change in &changes {
        let found = insertions(&mut places, &old.plan, change);
        inserted.extend(found.ok_or_else(|| in_braces(&mut places, &old.plan, change))?);
        change.clone().apply(&mut after);
    }
    let text = splice(source, inserted);
    prove(reader, &text, &after)?;
    Ok(Changed { before: old.plan, after, changes, text })
}

/// Returns the error for a change that is impossible because its item is written as an inline table.
fn in_braces(places: &mut Places<'_>, plan: &Plan, change: &Change) -> Unchanged {
    let Some(item) = change.item() else {
        return Unchanged::Internal(anyhow!("no place for {change:?}"));
    };
    let id = plan.item(item).id();
    let line = Lines::of(places.source).line(places.locate(&KeyPath::item(item)).start).line;
    let header = item.1.map_or("[[recommendation]]", |_| "[[recommendation.action]]");
    Unchanged::Refused(Refusal::new(
        format!(
            "{id} is written inside braces `{{ … }}` on line {line}, so nothing can be added to it"
        ),
        format!("write the item with one line per key, under `{header}`: plan edit {id}"),
    ))
}

fn prove<'s>(mut reader: Reader<'s>, text: &'s str, expected: &Plan) -> Result<(), Unchanged> {
    let message = match reader.decode(text) {
        Ok(found) if found.plan == *expected => return Ok(()),
        Ok(_) => "the edit would have changed more of the plan than intended".to_owned(),
        Err(faults) => format!(
            "the edit would have made the plan invalid ({})",
            faults.first().map_or("", |fault| fault.title.as_str())
        ),
    };
    let message =
        anyhow!("internal error: {message}; nothing was written; please report this error");
    Err(Unchanged::Internal(message))
}

/// Returns the number of the line on which the recommendation or action `id` begins.
///
/// # Errors
/// Fails if the plan is invalid or has no such id.
pub fn line_of(source: &str, id: &Id) -> Result<usize, Unchanged> {
    let read = Reader::default().decode(source).map_err(Unchanged::Invalid)?;
    let item = Editor::new(&read.plan, read.plan.date).item(id).map_err(Unchanged::Refused)?;
    let start = Places::new(source, &read.pieces).locate(&KeyPath::item(item)).start;
    Ok(Lines::of(source).line(start).line)
}

#[cfg(test)]
mod tests;
