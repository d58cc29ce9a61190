//! Requests for an extension, and the decisions on them. The functions find the revisions that move a due date, and
//! match requests with decisions.

use super::{Day, Decision, OldestFirst, Revision, numbered_on};

impl Revision {
    /// Checks whether the revision moves the due date. Requests and refusals do not.
    pub fn is_agreed(&self) -> bool {
        matches!(self.decision, None | Some(Decision::Agreed))
    }
}

/// Returns the revisions that were agreed on or before `day`, each with its position in `revisions`.
pub fn agreed_on(revisions: &[Revision], day: Day) -> impl Iterator<Item = (usize, &Revision)> {
    numbered_on(revisions, day).filter(|(_, revision)| revision.is_agreed())
}

/// Returns the last request for an extension, with its position in the list, if no later revision decides on it. The
/// request is returned even if the item has ended since.
pub fn unanswered<'r>(revisions: OldestFirst<'r, Revision>) -> Option<(usize, &'r Revision)> {
    let last = revisions.rev().find(|(_, revision)| revision.decision.is_some());
    last.filter(|(_, revision)| revision.decision == Some(Decision::Requested))
}

/// Returns the position of an extension that was made without a decision, if the later revision at `position` approves
/// it. Returns `None` if this revision approves no such extension.
pub fn ratified(revisions: &[Revision], position: usize) -> Option<usize> {
    let before = numbered_on(revisions, Day::MAX).before(position);
    let is_decision = revisions.get(position)?.decision == Some(Decision::Agreed);
    let (last, extension) = before.clone().rev().find(|(_, revision)| revision.is_agreed())?;
    let is_open = is_decision && unanswered(before).is_none();
    (is_open && extension.decision.is_none()).then_some(last)
}

/// Returns the request that the revision at `position` decides on, with the position of the request in the list.
/// Returns `None` if this revision does not decide on a request.
pub fn answered<'r>(
    revisions: &OldestFirst<'r, Revision>,
    position: usize,
) -> Option<(usize, &'r Revision)> {
    let own = revisions.clone().find(|(known, _)| *known == position)?.1;
    let is_answer = own.decision.is_some_and(Decision::is_answer);
    unanswered(revisions.clone().before(position)).filter(|_| is_answer)
}
