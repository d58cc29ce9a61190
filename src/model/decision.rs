//! Requests for an extension, and the decisions on them. This module decides which revisions count.

use super::{Day, Decision, OldestFirst, Revision, numbered_on};

impl Revision {
    /// Checks whether the revision moves the due date. Requests and refusals do not.
    pub fn is_agreed(&self) -> bool {
        matches!(self.decision, None | Some(Decision::Agreed))
    }
}

/// Returns the revisions agreed by `day`, each with its position in the list.
pub fn agreed_on(revisions: &[Revision], day: Day) -> impl Iterator<Item = (usize, &Revision)> {
    numbered_on(revisions, day).filter(|(_, revision)| revision.is_agreed())
}

/// Returns the last request if no later revision decides on it, with its position. The item may have ended since.
pub fn unanswered<'r>(revisions: OldestFirst<'r, Revision>) -> Option<(usize, &'r Revision)> {
    let last = revisions.rev().find(|(_, revision)| revision.decision.is_some());
    last.filter(|(_, revision)| revision.decision == Some(Decision::Requested))
}

/// Returns the position of an earlier extension made without a decision, if the revision at `position` approves this
/// extension afterwards.
pub fn ratified(revisions: &[Revision], position: usize) -> Option<usize> {
    let before = numbered_on(revisions, Day::MAX).before(position);
    let is_decision = revisions.get(position)?.decision == Some(Decision::Agreed);
    let (last, extension) = before.clone().rev().find(|(_, revision)| revision.is_agreed())?;
    let is_open = is_decision && unanswered(before).is_none();
    (is_open && extension.decision.is_none()).then_some(last)
}

/// Returns the request that the revision at `position` decides on, with the position of the request.
pub fn answered<'r>(
    revisions: &OldestFirst<'r, Revision>,
    position: usize,
) -> Option<(usize, &'r Revision)> {
    let own = revisions.clone().find(|(known, _)| *known == position)?.1;
    let is_answer = own.decision.is_some_and(Decision::is_answer);
    unanswered(revisions.clone().before(position)).filter(|_| is_answer)
}
