//! Requests for a later timescale and what was decided on them. The rest of the program asks here which revisions
//! count.

use super::{Day, Revision, entries::seen_on, keyword::vocabulary};

vocabulary! {
    /// What a revision is where somebody else decides: a request, or the answer to one.
    Decision {
        Requested = "requested",
        Agreed = "agreed",
        Refused = "refused",
    }
}

impl Decision {
    /// Whether it answers a request.
    pub fn is_answer(self) -> bool {
        self != Self::Requested
    }
}

impl Revision {
    /// Whether it moves the deadline. A request and a refusal do not.
    pub fn is_agreed(&self) -> bool {
        matches!(self.decision, None | Some(Decision::Agreed))
    }
}

/// The revisions that were agreed by `day`, each with its position.
pub fn agreed_on(revisions: &[Revision], day: Day) -> impl Iterator<Item = (usize, &Revision)> {
    seen_on(revisions, day).iter().enumerate().filter(|(_, revision)| revision.is_agreed())
}

/// The position of the request that no entry of `revisions` answers. The work may have ended since.
pub fn unanswered(revisions: &[Revision]) -> Option<usize> {
    let last = revisions.iter().rposition(|revision| revision.decision.is_some())?;
    (revisions[last].decision == Some(Decision::Requested)).then_some(last)
}

/// The position of the extension, made without a decision, that the revision at a position ratifies.
pub fn ratified(revisions: &[Revision], index: usize) -> Option<usize> {
    let before = revisions.get(..index)?;
    let is_decision = revisions.get(index)?.decision == Some(Decision::Agreed);
    let last = before.iter().rposition(Revision::is_agreed)?;
    let is_open = is_decision && unanswered(before).is_none();
    (is_open && before[last].decision.is_none()).then_some(last)
}

/// The position of the request that the revision at a position answers.
pub fn answered(revisions: &[Revision], index: usize) -> Option<usize> {
    let is_answer = revisions.get(index)?.decision.is_some_and(Decision::is_answer);
    unanswered(&revisions[..index]).filter(|_| is_answer)
}
