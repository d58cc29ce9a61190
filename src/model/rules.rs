//! What a plan must hold to be one, beyond its shape: ids, references, order, and words that are owed.

use std::collections::HashMap;

use super::{
    Action, Id, Place, Plan, ProgressEntry, Recommendation, Revision, Status, Term, Word, nearest,
    progress::Dated,
};

/// A rule that the plan breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule's stable name.
    pub rule: &'static str,
    pub place: Place,
    pub title: String,
    /// What stands at the place, in a few words.
    pub label: String,
    /// What would be right.
    pub help: Option<String>,
    /// Another place that explains it.
    pub related: Option<(Place, String)>,
}

/// Every breach of the format's rules, in the order of the rules.
pub fn breaches(plan: &Plan<'_>) -> Vec<Breach> {
    let mut found = Vec::new();
    duplicate_areas(plan, &mut found);
    duplicate_ids(plan, &mut found);
    for (index, recommendation) in plan.recommendations.iter().enumerate() {
        let place = Place::recommendation(index);
        of_recommendation(plan, recommendation, &place, &mut found);
        for (number, action) in recommendation.actions.iter().enumerate() {
            let place = Place::action(index, number);
            of_action(recommendation, action, &place, &mut found);
        }
    }
    found
}

fn duplicate_areas(plan: &Plan<'_>, found: &mut Vec<Breach>) {
    let ids = plan.areas.iter().enumerate();
    duplicates(
        ids.map(|(index, area)| (area.id.as_ref(), Place::area(index))),
        "the newer area",
        found,
    );
}

fn duplicate_ids(plan: &Plan<'_>, found: &mut Vec<Breach>) {
    let recommendations = plan.recommendations.iter().enumerate();
    let ids = recommendations.flat_map(|(index, recommendation)| {
        let actions = recommendation.actions.iter().enumerate();
        std::iter::once((&recommendation.id, Place::recommendation(index)))
            .chain(actions.map(move |(number, action)| (&action.id, Place::action(index, number))))
    });
    let readable = ids.filter(|(id, _)| !id.is_unreadable());
    duplicates(
        readable.map(|(id, place)| (id.as_str(), place)),
        "the newer of the two",
        found,
    );
}

fn duplicates<'a>(ids: impl Iterator<Item = (&'a str, Place)>, of: &str, found: &mut Vec<Breach>) {
    let mut first: HashMap<&str, Place> = HashMap::new();
    for (id, place) in ids.filter(|(id, _)| !id.is_empty()) {
        let place = place.key("id");
        if let Some(earlier) = first.get(id) {
            found.push(Breach {
                rule: "duplicate-id",
                place,
                title: format!("the id `{id}` is used twice"),
                label: "used again here".into(),
                help: Some(format!(
                    "give {of} an id of its own; one that was published stays"
                )),
                related: Some((earlier.clone(), "first used here".into())),
            });
        } else {
            first.insert(id, place);
        }
    }
}

fn of_recommendation(
    plan: &Plan<'_>,
    recommendation: &Recommendation<'_>,
    place: &Place,
    found: &mut Vec<Breach>,
) {
    if let Some(area) = recommendation.area.as_deref() {
        unknown_area(plan, area, place, found);
    }
    if let Some(priority) = recommendation.priority.as_deref() {
        unknown_priority(plan, priority, place, found);
    }
    if recommendation.is_rejected() && recommendation.response_text.is_none() {
        found.push(Breach {
            rule: "rejected-without-reason",
            place: place.clone().key("response"),
            title: format!(
                "recommendation {} is rejected without saying why",
                shown(&recommendation.id)
            ),
            label: "needs a `response_text`".into(),
            help: Some("add `response_text = \"…\"` with management's reason".into()),
            related: None,
        });
    }
    if recommendation.timescale.is_none() && !recommendation.is_rejected() {
        found.push(Breach {
            rule: "missing-key",
            place: place.clone(),
            title: "`timescale` is missing in `[[recommendation]]`".into(),
            label: "needs a `timescale`".into(),
            help: Some("write the agreed timescale, as in `timescale = \"December 2003\"`".into()),
            related: None,
        });
    }
    in_order(
        &recommendation.revisions,
        &place.clone().key("revisions"),
        found,
    );
    in_order(
        &recommendation.verification,
        &place.clone().key("verification"),
        found,
    );
    open_revisions(&recommendation.revisions, place, found);
}

fn of_action(
    recommendation: &Recommendation<'_>,
    action: &Action<'_>,
    place: &Place,
    found: &mut Vec<Breach>,
) {
    let known = !action.id.is_unreadable() && !recommendation.id.is_unreadable();
    if known && !action.id.belongs_to(&recommendation.id) {
        found.push(Breach {
            rule: "foreign-action",
            place: place.clone().key("id"),
            title: format!(
                "the action `{}` does not belong to recommendation `{}`",
                action.id, recommendation.id
            ),
            label: format!("expected `{}.` and a number", recommendation.id),
            help: Some(free_id(recommendation)),
            related: None,
        });
    }
    in_order(&action.progress, &place.clone().key("progress"), found);
    in_order(&action.revisions, &place.clone().key("revisions"), found);
    owed_notes(&action.progress, place, found);
    open_revisions(&action.revisions, place, found);
}

fn shown<'a>(id: &'a Id<'_>) -> &'a str {
    if id.is_unreadable() { "?" } else { id.as_str() }
}

fn free_id(recommendation: &Recommendation<'_>) -> String {
    format!(
        "the next free id here is `{}`",
        recommendation.next_action_id()
    )
}

fn unknown_area(plan: &Plan<'_>, area: &str, place: &Place, found: &mut Vec<Breach>) {
    if plan.area(area).is_some() {
        return;
    }
    let known = plan.areas.iter().map(|area| area.id.as_ref());
    found.push(Breach {
        rule: "unknown-area",
        place: place.clone().key("area"),
        title: format!("there is no area `{area}`"),
        label: "no `[[area]]` has this id".into(),
        help: Some(one_of("area", area, known)),
        related: None,
    });
}

fn unknown_priority(plan: &Plan<'_>, priority: &str, place: &Place, found: &mut Vec<Breach>) {
    let known = || plan.policy.priorities.iter().map(AsRef::as_ref);
    if known().any(|known| known == priority) {
        return;
    }
    found.push(Breach {
        rule: "unknown-priority",
        place: place.clone().key("priority"),
        title: format!("there is no priority `{priority}`"),
        label: "not among this plan's priorities".into(),
        help: Some(one_of("priority", priority, known())),
        related: None,
    });
}

/// A help line with the nearest of `known`, or all of them.
pub fn one_of<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(meant) = nearest(word, known.clone()) {
        return format!("did you mean `{meant}`?");
    }
    let known: Vec<String> = known.map(|known| format!("`{known}`")).collect();
    if known.is_empty() {
        format!("the plan has no {what} yet")
    } else {
        format!("write one of {}", known.join(", "))
    }
}

fn in_order<T: Dated>(entries: &[T], list: &Place, found: &mut Vec<Breach>) {
    for (index, pair) in entries.windows(2).enumerate() {
        let (earlier, later) = (pair[0].on(), pair[1].on());
        if later < earlier {
            found.push(Breach {
                rule: "out-of-order",
                place: list.clone().index(index + 1).key("on"),
                title: format!("an entry of {later} comes after one of {earlier}"),
                label: "earlier than the entry before it".into(),
                help: Some(
                    "entries are kept oldest first: correct the date, or move the entry".into(),
                ),
                related: Some((
                    list.clone().index(index).key("on"),
                    "the entry before it".into(),
                )),
            });
        }
    }
}

fn owed_notes(progress: &[ProgressEntry<'_>], place: &Place, found: &mut Vec<Breach>) {
    for (index, entry) in progress.iter().enumerate() {
        if entry.status.needs_note() && entry.note.is_none() {
            found.push(Breach {
                rule: "ended-without-note",
                place: place.clone().key("progress").index(index).key("status"),
                title: format!("`{}` without a note", entry.status.word()),
                label: "needs a `note` that says why".into(),
                help: Some(owed_note_help(entry.status)),
                related: None,
            });
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

fn open_revisions(revisions: &[Revision<'_>], place: &Place, found: &mut Vec<Breach>) {
    for (index, revision) in revisions.iter().enumerate() {
        if matches!(revision.to.term, Term::Complete | Term::InPlaceSince(_)) {
            found.push(Breach {
                rule: "finished-revision",
                place: place.clone().key("revisions").index(index).key("to"),
                title: format!("a timescale cannot be revised to `{}`", revision.to.wording),
                label: "not a new deadline".into(),
                help: Some(
                    "revise to a date or `Ongoing`; say that work is done with a `progress` entry"
                        .into(),
                ),
                related: None,
            });
        }
    }
}

impl Recommendation<'_> {
    /// The lowest number above every action's own.
    pub fn next_action_id(&self) -> String {
        let highest = self
            .actions
            .iter()
            .filter(|action| action.id.belongs_to(&self.id))
            .filter_map(|action| action.id.as_str().rsplit('.').next()?.parse::<u64>().ok())
            .max()
            .unwrap_or(0);
        format!("{}.{}", self.id, highest.saturating_add(1))
    }
}
