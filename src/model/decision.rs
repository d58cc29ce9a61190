//! Finds the agreed revisions of a due date, the request for an extension that awaits a decision, and the request on
//! which a revision decides.

use super::{Day, Decision, OldestFirst, Revision, numbered_on};

impl Revision {
    /// Checks whether the revision was agreed, so that it moves the due date.
    pub fn is_agreed(&self) -> bool {
        matches!(self.decision, None | Some(Decision::Agreed))
    }
}

/// Returns the agreed revisions dated on or before `day`, oldest first, each with its index in `revisions`.
pub fn agreed_on(revisions: &[Revision], day: Day) -> impl Iterator<Item = (usize, &Revision)> {
    numbered_on(revisions, day).filter(|(_, revision)| revision.is_agreed())
}

/// Returns the request for an extension that awaits a decision, with its index in the list of revisions; `None` if no
/// request awaits a decision.
pub fn unanswered<'r>(revisions: OldestFirst<'r, Revision>) -> Option<(usize, &'r Revision)> {
    let last = revisions.rev().find(|(_, revision)| revision.decision.is_some());
    last.filter(|(_, revision)| revision.decision == Some(Decision::Requested))
}

/// Returns the index of an extension that was made without a decision, if the revision at index `position` approves it
/// afterwards. Returns `None` if this revision does not approve such an extension.
pub fn ratified(revisions: &[Revision], position: usize) -> Option<usize> {
    let before = numbered_on(revisions, Day::MAX).before(position);
    let is_decision = revisions.get(position)?.decision == Some(Decision::Agreed);
    let (last, extension) = before.clone().rev().find(|(_, revision)| revision.is_agreed())?;
    let is_open = is_decision && unanswered(before).is_none();
    (is_open && extension.decision.is_none()).then_some(last)
}

/// Returns the request on which the revision at index `position` decides, together with the index of the request in the
/// list of revisions. Returns `None` if this revision does not decide on a request.
pub fn answered<'r>(
    revisions: &OldestFirst<'r, Revision>,
    position: usize,
) -> Option<(usize, &'r Revision)> {
    let own = revisions.clone().find(|(known, _)| *known == position)?.1;
    let is_answer = own.decision.is_some_and(Decision::is_answer);
    unanswered(revisions.clone().before(position)).filter(|_| is_answer)
}
