//! Requests for a later timescale and what was decided on them. The rest of the program asks here which revisions
//! count.

use super::{Day, OldestFirst, Revision, entries::numbered_on, keyword::vocabulary};

vocabulary! {
    /// The part of a revision in a decision: a request, or the answer to one.
    Decision {
        Requested = "requested",
        Agreed = "agreed",
        Refused = "refused",
    }
}

impl Decision {
    /// Says whether it answers a request.
    pub fn is_answer(self) -> bool {
        self != Self::Requested
    }
}

impl Revision {
    /// Says whether it moves the deadline. A request and a refusal do not.
    pub fn is_agreed(&self) -> bool {
        matches!(self.decision, None | Some(Decision::Agreed))
    }
}

/// The revisions that were agreed by `day`, each with its position.
pub fn agreed_on(revisions: &[Revision], day: Day) -> impl Iterator<Item = (usize, &Revision)> {
    numbered_on(revisions, day).filter(|(_, revision)| revision.is_agreed())
}

/// The request that none of `revisions` answers, with its position. The work may have ended since.
pub fn unanswered<'r>(revisions: OldestFirst<'r, Revision>) -> Option<(usize, &'r Revision)> {
    let last = revisions.rev().find(|(_, revision)| revision.decision.is_some());
    last.filter(|(_, revision)| revision.decision == Some(Decision::Requested))
}

/// The position of the extension, made without a decision, that the revision at a position ratifies.
pub fn ratified(revisions: &[Revision], position: usize) -> Option<usize> {
    let before = numbered_on(revisions, Day::MAX).before(position);
    let is_decision = revisions.get(position)?.decision == Some(Decision::Agreed);
    let (last, extension) = before.clone().rev().find(|(_, revision)| revision.is_agreed())?;
    let is_open = is_decision && unanswered(before).is_none();
    (is_open && extension.decision.is_none()).then_some(last)
}

/// The request that the revision at a position answers, with its position.
pub fn answered<'r>(
    revisions: &OldestFirst<'r, Revision>,
    position: usize,
) -> Option<(usize, &'r Revision)> {
    let own = revisions.clone().find(|(known, _)| *known == position)?.1;
    let is_answer = own.decision.is_some_and(Decision::is_answer);
    unanswered(revisions.clone().before(position)).filter(|_| is_answer)
}
