//! What a plan must hold to be one, beyond its shape: ids, references, order, and words that are owed.

use std::collections::HashMap;

use super::{Finding, Place};
use crate::model::{
    Action, Dated, Id, Plan, ProgressEntry, Recommendation, Revision, Rule, Status, Term, Word,
};

/// Everything that breaks the format's rules, in the order of the rules.
pub fn broken(plan: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    of_head(plan, &mut found);
    duplicate_ids(plan, &mut found);
    for (index, recommendation) in plan.recommendations.iter().enumerate() {
        of_recommendation(plan, recommendation, index, &mut found);
    }
    found
}

fn of_head(plan: &Plan, found: &mut Vec<Finding>) {
    duplicate_areas(plan, found);
    if let Some(priority) = plan.policy.fail_on.as_deref() {
        unknown_priority(plan, priority, Place::policy("fail_on"), found);
    }
}

fn duplicate_areas(plan: &Plan, found: &mut Vec<Finding>) {
    let ids = plan.areas.iter().enumerate();
    duplicates(
        ids.map(|(index, area)| (area.id.as_str(), Place::area(index))),
        "the newer area",
        found,
    );
}

fn duplicate_ids(plan: &Plan, found: &mut Vec<Finding>) {
    let recommendations = plan.recommendations.iter().enumerate();
    let ids =
        recommendations.flat_map(|(index, recommendation)| {
            let actions = recommendation.actions.iter().enumerate();
            std::iter::once((&recommendation.id, Place::recommendation(index))).chain(actions.map(
                move |(number, action)| (&action.id, Place::recommendation(index).action(number)),
            ))
        });
    let readable = ids.filter(|(id, _)| !id.is_unreadable());
    duplicates(
        readable.map(|(id, place)| (id.as_str(), place)),
        "the newer of the two",
        found,
    );
}

fn duplicates<'a>(
    ids: impl Iterator<Item = (&'a str, Place)>,
    whose: &str,
    found: &mut Vec<Finding>,
) {
    let mut first: HashMap<&str, Place> = HashMap::new();
    for (id, place) in ids.filter(|(id, _)| !id.is_empty()) {
        let place = place.key("id");
        if let Some(earlier) = first.get(id) {
            found.push(
                Finding::new(
                    Rule::DuplicateId,
                    place,
                    format!("the id `{id}` is used twice"),
                )
                .label("used again here")
                .help(format!(
                    "give {whose} an id of its own; one that was published stays"
                ))
                .related(earlier.clone(), "first used here"),
            );
        } else {
            first.insert(id, place);
        }
    }
}

fn of_recommendation(
    plan: &Plan,
    recommendation: &Recommendation,
    index: usize,
    found: &mut Vec<Finding>,
) {
    let place = &Place::recommendation(index);
    if let Some(area) = recommendation.area.as_deref() {
        unknown_area(plan, area, place, found);
    }
    if let Some(priority) = recommendation.priority.as_deref() {
        unknown_priority(plan, priority, place.key("priority"), found);
    }
    if recommendation.is_rejected() && recommendation.response_text.is_none() {
        found.push(
            Finding::new(
                Rule::RejectedWithoutReason,
                place.key("response"),
                format!(
                    "recommendation {} is rejected without saying why",
                    shown(&recommendation.id)
                ),
            )
            .label("needs a `response_text`")
            .help("add `response_text = \"…\"` with management's reason"),
        );
    }
    if recommendation.timescale.is_none() && !recommendation.is_rejected() {
        found.push(
            Finding::new(
                Rule::MissingKey,
                place.clone(),
                "`timescale` is missing in `[[recommendation]]`",
            )
            .label("needs a `timescale`")
            .help("write the agreed timescale, as in `timescale = \"December 2003\"`"),
        );
    }
    in_order(&recommendation.revisions, &place.key("revisions"), found);
    in_order(
        &recommendation.verification,
        &place.key("verification"),
        found,
    );
    open_revisions(&recommendation.revisions, place, found);
    for (number, action) in recommendation.actions.iter().enumerate() {
        of_action(
            recommendation,
            action,
            &Place::recommendation(index).action(number),
            found,
        );
    }
}

fn of_action(
    recommendation: &Recommendation,
    action: &Action,
    place: &Place,
    found: &mut Vec<Finding>,
) {
    let known = !action.id.is_unreadable() && !recommendation.id.is_unreadable();
    if known && !action.id.belongs_to(&recommendation.id) {
        found.push(
            Finding::new(
                Rule::ForeignAction,
                place.key("id"),
                format!(
                    "the action `{}` does not belong to recommendation `{}`",
                    action.id, recommendation.id
                ),
            )
            .label(format!("expected `{}.` and a number", recommendation.id))
            .help(free_id(recommendation)),
        );
    }
    in_order(&action.progress, &place.key("progress"), found);
    in_order(&action.revisions, &place.key("revisions"), found);
    owed_notes(&action.progress, place, found);
    open_revisions(&action.revisions, place, found);
}

fn shown(id: &Id) -> &str {
    if id.is_unreadable() { "?" } else { id.as_str() }
}

fn free_id(recommendation: &Recommendation) -> String {
    format!(
        "the next free id here is `{}`",
        recommendation.next_action_id()
    )
}

fn unknown_area(plan: &Plan, area: &str, place: &Place, found: &mut Vec<Finding>) {
    if let Some(help) = plan.unknown_area(area) {
        let title = format!("there is no area `{area}`");
        let finding = Finding::new(Rule::UnknownArea, place.key("area"), title);
        found.push(finding.label("no `[[area]]` has this id").help(help));
    }
}

fn unknown_priority(plan: &Plan, priority: &str, place: Place, found: &mut Vec<Finding>) {
    if let Some(help) = plan.policy.unknown_priority(priority) {
        let title = format!("there is no priority `{priority}`");
        let finding = Finding::new(Rule::UnknownPriority, place, title);
        found.push(finding.label("not among this plan's priorities").help(help));
    }
}

fn in_order<T: Dated>(entries: &[T], list: &Place, found: &mut Vec<Finding>) {
    for (index, pair) in entries.windows(2).enumerate() {
        let (earlier, later) = (pair[0].on(), pair[1].on());
        if later < earlier {
            found.push(
                Finding::new(
                    Rule::OutOfOrder,
                    list.index(index + 1).key("on"),
                    format!("an entry of {later} comes after one of {earlier}"),
                )
                .label("earlier than the entry before it")
                .help("entries are kept oldest first: correct the date, or move the entry")
                .related(list.index(index).key("on"), "the entry before it"),
            );
        }
    }
}

fn owed_notes(progress: &[ProgressEntry], place: &Place, found: &mut Vec<Finding>) {
    for (index, entry) in progress.iter().enumerate() {
        if entry.status.needs_note() && entry.note.is_none() {
            found.push(
                Finding::new(
                    Rule::EndedWithoutNote,
                    place.key("progress").index(index).key("status"),
                    format!("`{}` without a note", entry.status.word()),
                )
                .label("needs a `note` that says why")
                .help(owed_note_help(entry.status)),
            );
        }
    }
}

fn owed_note_help(status: Status) -> String {
    let owed = match status {
        Status::Superseded => "what has taken its place",
        _ => "why it was given up",
    };
    format!("add `note = \"…\"` to the entry: {owed}")
}

fn open_revisions(revisions: &[Revision], place: &Place, found: &mut Vec<Finding>) {
    for (index, revision) in revisions.iter().enumerate() {
        if matches!(revision.to.term, Term::Complete | Term::InPlaceSince(_)) {
            found.push(
                Finding::new(
                    Rule::FinishedRevision,
                    place.key("revisions").index(index).key("to"),
                    format!("a timescale cannot be revised to `{}`", revision.to.wording),
                )
                .label("not a new deadline")
                .help(
                    "revise to a date or `Ongoing`; say that work is done with a `progress` entry",
                ),
            );
        }
    }
}
