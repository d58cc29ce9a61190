//! Checks the rules of the format that concern several values at once: unique ids, known areas and priorities, the
//! order of entries, and required notes.

mod decisions;

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::Arc,
};

use super::{Finding, finding::MOST_FAULTS};
use crate::key_path::KeyPath;
use crate::model::{
    Dated, Day, Id, ItemRef, Keyword, Plan, ProgressEntry, Recommendation, Recommendations,
    Response, Revision, Rule, Status, Term, Verdict,
};
use decisions::decisions;

/// A function that returns the path of a place in the plan. It is called only to report an error, because building a
/// path takes time.
type At<'a> = &'a dyn Fn() -> KeyPath;

/// Returns the violations of the format's rules. `sound` is another version of the plan that is known to be valid, so
/// recommendations that `plan` shares with `sound` are not checked again.
pub fn broken(plan: &Plan, sound: Option<&Plan>) -> Vec<Finding> {
    let mut found = Vec::new();
    let areas = plan.areas.iter().map(|area| area.id.as_str());
    let in_order = areas.clone().zip(0..);
    duplicates(in_order, plan.areas.len(), KeyPath::area, "the newer area", &mut found);
    if let Some(priority) = plan.policy.fail_on.as_deref() {
        unknown_priority(plan, priority, &|| KeyPath::policy("fail_on"), &mut found);
    }
    let escalated = plan.policy.escalate.as_ref();
    if let Some(priority) = escalated.and_then(|rule| rule.priority.as_deref()) {
        let place = || KeyPath::policy("escalate").key("priority");
        unknown_priority(plan, priority, &place, &mut found);
    }
    for (priority, _) in &plan.policy.max_days.0 {
        unknown_priority(plan, priority, &|| KeyPath::policy("max_days"), &mut found);
    }
    if !sound.is_some_and(|sound| has_same_ids(plan, sound)) {
        let ids = plan.ids().map(Id::as_str).zip(plan.positions());
        duplicates(ids, plan.ids().count(), KeyPath::item, "the newer item", &mut found);
        foreign_actions(plan, &mut found);
    }
    let sound = sound.filter(|sound| sound.areas == plan.areas && sound.policy == plan.policy);
    let areas: HashSet<&str> = areas.collect();
    for (index, recommendation) in plan.recommendations.iter().enumerate() {
        if found.len() > MOST_FAULTS {
            break;
        }
        if sound.is_some_and(|sound| is_shared(plan, sound, index)) {
            continue;
        }
        let at = || KeyPath::recommendation(index);
        let area = recommendation.area.as_deref();
        if let Some(area) = area.filter(|area| !areas.contains(area)) {
            unknown_area(plan, area, &at, &mut found);
        }
        of_recommendation(plan, recommendation, &at, &mut found);
    }
    found
}

/// Checks whether `plan` and `other` share the recommendation at `index`. In `other`, the recommendation must have the
/// same distance from the beginning or from the end of the list.
fn is_shared(plan: &Plan, other: &Plan, index: usize) -> bool {
    let (all, others) = (&plan.recommendations, &other.recommendations);
    let is_it = |other: Option<&Arc<Recommendation>>| {
        other.is_some_and(|other| Arc::ptr_eq(other, &all[index]))
    };
    let from_end = all.len() - index;
    is_it(others.get(index)) || is_it(others.len().checked_sub(from_end).map(|at| &others[at]))
}

fn has_same_ids(plan: &Plan, other: &Plan) -> bool {
    let mut pairs = plan.recommendations.iter().zip(&other.recommendations);
    plan.recommendations.len() == other.recommendations.len()
        && pairs.all(|(one, other)| Arc::ptr_eq(one, other) || ids(one).eq(ids(other)))
}

fn ids(recommendation: &Recommendation) -> impl Iterator<Item = &Id> {
    recommendation.items().map(ItemRef::id)
}

fn duplicates<'a, P: Copy>(
    ids: impl Iterator<Item = (&'a str, P)>,
    count: usize,
    place: fn(P) -> KeyPath,
    whose: &str,
    found: &mut Vec<Finding>,
) {
    let mut first: HashMap<&str, P> = HashMap::with_capacity(count);
    // An empty id stands for an id that could not be read, so it cannot be a duplicate.
    for (id, position) in ids.filter(|(id, _)| !id.is_empty()) {
        let earlier = match first.entry(id) {
            Entry::Occupied(earlier) => earlier.into_mut(),
            Entry::Vacant(free) => {
                free.insert(position);
                continue;
            }
        };
        if found.len() > MOST_FAULTS {
            break;
        }
        let title = format!("the id `{id}` is used twice");
        Finding::new(Rule::DuplicateId, place(position).key("id"), title)
            .label("used again here")
            .help(format!("give {whose} another id; a published id must not change"))
            .related(place(*earlier).key("id"), "first used here")
            .add_to(found);
    }
}

fn of_recommendation(
    plan: &Plan,
    recommendation: &Recommendation,
    at: At<'_>,
    found: &mut Vec<Finding>,
) {
    if let Some(priority) = recommendation.priority.as_deref() {
        unknown_priority(plan, priority, &|| at().key("priority"), found);
    }
    if recommendation.response == Response::Awaited && recommendation.response_on.is_some() {
        let title = format!(
            "the response to recommendation {} is `awaited`, but has a date",
            shown(&recommendation.id)
        );
        Finding::new(Rule::AnswerWhileAwaited, at().key("response_on"), title)
            .label("the date of a response")
            .help("set `response` to management's response, or delete `response_on`")
            .add_to(found);
    }
    own_entries(recommendation, at, found);
    let ends = ends(recommendation);
    of_work(recommendation.item(), &ends, at, found);
    for (number, action) in recommendation.actions.iter().enumerate() {
        let at = || at().action(number);
        of_work(recommendation.item_of(action), &ends, &at, found);
    }
}

/// Checks the entries of a recommendation or an action. `ends` are the days on which the recommendation or one of its
/// actions ended or was verified.
fn of_work(work: ItemRef<'_>, ends: &[Day], at: At<'_>, found: &mut Vec<Finding>) {
    for (list, entries) in work.lists() {
        in_order(&entries, &|| at().key(list), found);
    }
    amended_entries(work, at, found);
    owed_notes(work.progress(), at, found);
    open_revisions(work.revisions(), at, found);
    decisions(work.revisions(), ends, at, found);
}

/// Reports each action whose id does not begin with the id of its recommendation.
fn foreign_actions(plan: &Plan, found: &mut Vec<Finding>) {
    let known: Recommendations<'_> = plan.recommendations.iter().map(|known| &known.id).collect();
    let ids = LazyCell::new(|| plan.ids().map(Id::as_str).collect::<HashSet<_>>());
    for (index, recommendation) in plan.recommendations.iter().enumerate() {
        let whole = recommendation.id.as_str();
        let free = LazyCell::new(|| plan.next_action_id(recommendation, |id| ids.contains(id)));
        for (number, action) in recommendation.actions.iter().enumerate() {
            let owner = known.of(&action.id);
            let is_readable = !action.id.is_unreadable() && !recommendation.id.is_unreadable();
            if !is_readable || owner == Some(whole) || found.len() > MOST_FAULTS {
                continue;
            }
            let at = KeyPath::recommendation(index).action(number).key("id");
            let title =
                format!("the action `{}` does not belong to recommendation `{whole}`", action.id);
            let (label, help) = match owner {
                Some(owner) => (
                    format!("begins with the id of recommendation `{owner}`"),
                    format!(
                        "move the action to recommendation `{owner}`, or give it a free id: `{}`",
                        *free
                    ),
                ),
                None => (
                    format!("expected `{whole}` followed by a dot, a letter or a bracket"),
                    format!("the next free id here is `{}`", *free),
                ),
            };
            found.push(Finding::new(Rule::ForeignAction, at, title).label(label).help(help));
        }
    }
}

/// Returns the days on which the recommendation or one of its actions ended or was verified.
fn ends(recommendation: &Recommendation) -> Vec<Day> {
    let entries = recommendation.entries_on(Day::MAX);
    let entries = entries.filter(|entry| entry.status.is_some_and(Status::has_ended));
    let verified = recommendation.verification.iter();
    let verified = verified.filter(|entry| entry.result == Verdict::Verified);
    entries.map(|entry| entry.on).chain(verified.map(|entry| entry.on)).collect()
}

fn shown(id: &Id) -> &str {
    if id.is_unreadable() { "?" } else { id.as_str() }
}

fn unknown_area(plan: &Plan, area: &str, at: At<'_>, found: &mut Vec<Finding>) {
    if let Some(help) = plan.unknown_area(area) {
        let title = format!("there is no area `{area}`");
        let finding = Finding::new(Rule::UnknownArea, at().key("area"), title);
        found.push(finding.label("no `[[area]]` has this id").help(help));
    }
}

fn unknown_priority(plan: &Plan, priority: &str, at: At<'_>, found: &mut Vec<Finding>) {
    if let Some(help) = plan.policy.unknown_priority(priority) {
        let title = format!("there is no priority `{priority}`");
        let finding = Finding::new(Rule::UnknownPriority, at(), title);
        found.push(finding.label("not among this plan's priorities").help(help));
    }
}

/// Checks that entries are listed in the order in which they were recorded. An entry that is dated before an entry
/// above it must have a day of recording.
fn in_order(entries: &[&dyn Dated], list: At<'_>, found: &mut Vec<Finding>) {
    let (mut newest, mut last_recorded) = (None, None);
    for (index, entry) in entries.iter().enumerate() {
        let (on, recorded) = (entry.on(), entry.recorded());
        let place = |key| list().index(index).key(key);
        let finding = match (recorded, newest, last_recorded) {
            (None, Some((day, above)), _) if on < day => {
                let title =
                    format!("an entry dated {on} is below an entry with a later date, {day}");
                let help = "correct the date, or move the entry up; if the entry was recorded late, add the date of recording: `recorded = DATE`";
                let finding = Finding::new(Rule::OutOfOrder, place("on"), title);
                // Entries above this one are forgotten, so that one misplaced date causes only one finding.
                newest = None;
                Some((above, "on", finding.label("earlier than an entry above it").help(help)))
            }
            (Some(recorded), _, Some((day, above))) if recorded < day => {
                let title = format!(
                    "an entry recorded on {recorded} is below an entry recorded later, on {day}"
                );
                let help = "correct the date, or move the entry: entries are kept in the order in which \
                            they were recorded";
                let finding = Finding::new(Rule::OutOfOrder, place("recorded"), title);
                Some((
                    above,
                    "recorded",
                    finding.label("recorded earlier than an entry above it").help(help),
                ))
            }
            _ => None,
        };
        found.extend(finding.map(|(above, key, finding)| {
            finding.related(list().index(above).key(key), "the entry above")
        }));
        newest = newest.max(Some((on, index)));
        last_recorded = recorded.map(|day| (day, index)).or(last_recorded);
    }
}

/// Checks that no entry gives a status to the recommendation itself after one of its actions has a status. From then
/// on, the status follows from the actions.
fn own_entries(recommendation: &Recommendation, at: At<'_>, found: &mut Vec<Finding>) {
    let entries = recommendation.actions.iter().flat_map(|action| &action.progress);
    let entries = entries.filter(|entry| entry.status.is_some());
    let Some(first) = entries.map(Dated::known_from).min() else { return };
    let is_later = |entry: &ProgressEntry| entry.status.is_some() && entry.known_from() > first;
    let later = recommendation.progress.iter().position(is_later);
    if let Some(index) = later {
        let title = format!(
            "recommendation {} has a status of its own that is newer than the status of one of its actions",
            shown(&recommendation.id)
        );
        Finding::new(Rule::MisplacedEntry, at().key("progress").index(index), title)
            .label("its status follows from its actions")
            .help("move the entry to the right action, or delete its `status` to make it an update")
            .add_to(found);
    }
}

/// Checks that each amendment of an entry names an entry that exists.
fn amended_entries(work: ItemRef<'_>, at: At<'_>, found: &mut Vec<Finding>) {
    for (number, amendment) in work.amendments().iter().enumerate() {
        if let Some((list, index)) = amendment.key.1
            && work.entry(list, index).is_none()
        {
            let count = work.list(list).len();
            let title = format!("`{}` names an entry that does not exist", amendment.key.word());
            let place = at().key("amendments").index(number).key("key");
            Finding::new(Rule::UnknownWord, place, title)
                .label(format!("`{list}` has {count} entries"))
                .help("write the number of an entry; the first is 1")
                .add_to(found);
        }
    }
}

fn owed_notes(progress: &[ProgressEntry], at: At<'_>, found: &mut Vec<Finding>) {
    for (index, entry) in progress.iter().enumerate() {
        if let Some(status) = entry.status.filter(|status| status.needs_note())
            && entry.note.is_none()
        {
            let owed = match status {
                Status::Superseded => "what replaced the work",
                _ => "why the work was abandoned",
            };
            let place = at().key("progress").index(index).key("status");
            let title = format!("the status `{}` has no note", status.word());
            Finding::new(Rule::EndedWithoutNote, place, title)
                .label("needs a `note` that says why")
                .help(format!("add `note = \"…\"` to the entry to say {owed}"))
                .add_to(found);
        }
    }
}

fn open_revisions(revisions: &[Revision], at: At<'_>, found: &mut Vec<Finding>) {
    for (index, revision) in revisions.iter().enumerate() {
        if matches!(revision.to.term, Term::Complete | Term::InPlaceSince(_)) {
            let place = at().key("revisions").index(index).key("to");
            let title = format!("a timescale cannot be revised to `{}`", revision.to.wording);
            let help = "revise the timescale to a date or `Ongoing`; record finished work as a `progress` entry";
            Finding::new(Rule::FinishedRevision, place, title)
                .label("not a new due date")
                .help(help)
                .add_to(found);
        }
    }
}
