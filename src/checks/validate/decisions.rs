//! Checks that only one request is pending at a time, and that every decision has a request.

use super::{At, Finding, Rule};
use crate::model::{Day, Decision, Keyword, Revision, numbered_on, ratified};

/// Checks the requests and decisions of an item. `ends` are the days on which the work may have ended; a pending
/// request then lapses, and a new one may be made.
pub fn decisions(revisions: &[Revision], ends: &[Day], at: At<'_>, found: &mut Vec<Finding>) {
    let mut waiting = None;
    for (index, revision) in numbered_on(revisions, Day::MAX) {
        let place = |index: usize, key: &'static str| {
            let revisions = at().key("revisions").index(index);
            if key.is_empty() { revisions } else { revisions.key(key) }
        };
        let misplaced = |key: &'static str, title: String| {
            Finding::new(Rule::MisplacedDecision, place(index, key), title)
        };
        let Some(decision) = revision.decision else {
            continue;
        };
        let now = (!decision.is_answer()).then_some((index, revision));
        found.extend(match (decision, std::mem::replace(&mut waiting, now)) {
            (Decision::Requested, Some((earlier, wanted))) => {
                let has_ended = ends.iter().any(|day| (wanted.on..=revision.on).contains(day));
                let title = "a second request is made while one is pending".to_owned();
                (!has_ended).then(|| {
                    misplaced("decision", title)
                        .label("a second request")
                        .related(place(earlier, ""), "nobody decided this one")
                        .help("add the decision between them: an entry with `decision = \"agreed\"` or `\"refused\"`, and `by`")
                })
            }
            (Decision::Agreed, None) if ratified(revisions, index).is_some() => None,
            (Decision::Agreed | Decision::Refused, None) => Some(
                misplaced("decision", format!("`{}` answers no request", decision.word()))
                    .label("nothing was requested")
                    .help("put the request before it: an entry with `decision = \"requested\"`"),
            ),
            (Decision::Refused, Some((earlier, wanted))) if wanted.to != revision.to => {
                let (refused, wanted) = (&revision.to.wording, &wanted.to.wording);
                let title = format!("`{refused}` was refused, but `{wanted}` was requested");
                Some(misplaced("to", title)
                    .label("not what was requested")
                    .related(place(earlier, "to"), "this was")
                    .help("write the timescale that was requested; another date is agreed to with `decision = \"agreed\"`"))
            }
            _ => None,
        });
    }
}
