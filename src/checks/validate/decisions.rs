//! Checks that an item has only one pending request for an extension at a time, and that every decision has a request.

use super::{At, Finding, Rule};
use crate::model::{Day, Decision, Keyword, Revision, numbered_on, ratified};

/// Checks the requests and decisions in an item's list of revisions. `ends` are the days on which work ended or was
/// verified; a request that is pending on such a day lapses.
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
        let Some(decision) = revision.decision else { continue };
        let now = (!decision.is_answer()).then_some((index, revision));
        found.extend(match (decision, std::mem::replace(&mut waiting, now)) {
            (Decision::Requested, Some((earlier, wanted))) => {
                let has_ended = ends.iter().any(|day| (wanted.on..=revision.on).contains(day));
                let title = "an extension has been requested while another request is pending".to_owned();
                (!has_ended).then(|| {
                    misplaced("decision", title)
                        .label("a second request")
                        .related(place(earlier, ""), "this request is still undecided")
                        .help("to decide the first request, add an entry between the two requests, \
                               with `by` and with `decision = \"agreed\"` or `\"refused\"`")
                })
            }
            (Decision::Agreed, None) if ratified(revisions, index).is_some() => None,
            (Decision::Agreed | Decision::Refused, None) => Some(
                misplaced("decision", format!("the decision `{}` has no request before it", decision.word()))
                    .label("no earlier request")
                    .help("add the request before this entry: an entry with `decision = \"requested\"`"),
            ),
            (Decision::Refused, Some((earlier, wanted))) if wanted.to != revision.to => {
                let (refused, wanted) = (&revision.to.wording, &wanted.to.wording);
                let title = format!("`{refused}` was refused, but `{wanted}` was requested");
                Some(misplaced("to", title)
                    .label("not the requested timescale")
                    .related(place(earlier, "to"), "the request")
                    .help("write the requested timescale; to approve another date, use `decision = \"agreed\"`"))
            }
            _ => None,
        });
    }
}
