//! One request is open at a time, and a decision answers it.

use super::{At, Finding, Rule};
use crate::model::{Day, Decision, Keyword, Revision, unanswered};

/// `ends` are the days on which the work may have ended: then a request lapses, and another may be made.
pub fn decisions(revisions: &[Revision], ends: &[Day], at: At<'_>, found: &mut Vec<Finding>) {
    for (index, revision) in revisions.iter().enumerate() {
        let place = || at().key("revisions").index(index);
        let open = || unanswered(&revisions[..index]);
        match (revision.decision, revision.decision.and_then(|_| open())) {
            (None, _) | (Some(Decision::Requested), None) => {}
            (Some(Decision::Requested), Some(earlier)) => {
                let since = revisions[earlier].on;
                if ends.iter().any(|day| (since..=revision.on).contains(day)) {
                    continue;
                }
                let title = "a request is made while another one waits";
                found.push(
                    Finding::new(Rule::MisplacedDecision, place().key("decision"), title)
                        .label("a second request")
                        .related(at().key("revisions").index(earlier), "nobody decided this one")
                        .help("put what was decided between them: an entry with `decision = \"agreed\"` or `\"refused\"`, and `by`"),
                );
            }
            (Some(answer), None) => {
                let title = format!("`{}` answers no request", answer.word());
                found.push(
                    Finding::new(Rule::MisplacedDecision, place().key("decision"), title)
                        .label("nothing was asked for")
                        .help(
                            "put the request before it: an entry with `decision = \"requested\"`",
                        ),
                );
            }
            (Some(Decision::Refused), Some(earlier)) => {
                let wanted = &revisions[earlier].to;
                if *wanted != revision.to {
                    let title = format!(
                        "`{}` was refused, and `{}` was asked for",
                        revision.to.wording, wanted.wording
                    );
                    found.push(
                        Finding::new(Rule::MisplacedDecision, place().key("to"), title)
                            .label("not what was asked for")
                            .related(
                                at().key("revisions").index(earlier).key("to"),
                                "this was",
                            )
                            .help("write the timescale that was asked for; another date is agreed to with `decision = \"agreed\"`"),
                    );
                }
            }
            (Some(Decision::Agreed), Some(_)) => {}
        }
    }
}
