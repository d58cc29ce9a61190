//! What a plan must hold to be one, beyond its shape: ids, references, order, and words that are owed.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{
    Action, Finding, Id, Place, Plan, ProgressEntry, Recommendation, Revision, Rule, Status, Term,
    Word, nearest, progress::Dated,
};

/// Everything that breaks the format's rules, in the order of the rules.
pub fn broken(plan: &Plan<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let known = Known::of(plan);
    of_head(plan, &known, &mut found);
    duplicate_ids(plan, &mut found);
    for (index, recommendation) in plan.recommendations.iter().enumerate() {
        of_recommendation(&known, recommendation, index, &mut found);
    }
    found
}

/// Watches the rules over recommendations that are seen once and let go. It knows whether all are kept,
/// not where one is broken: that takes the whole plan, and [`broken`].
pub struct Watch {
    known: Known,
    /// Of every id that was seen. Two of one hash are taken for one id until the whole plan is looked at.
    hashes: Vec<u64>,
    found: Vec<Finding>,
    seen: usize,
}

impl Watch {
    /// `head` is the plan without its recommendations.
    pub fn over(head: &Plan<'_>) -> Self {
        let known = Known::of(head);
        let mut found = Vec::new();
        of_head(head, &known, &mut found);
        Self {
            known,
            hashes: Vec::new(),
            found,
            seen: 0,
        }
    }

    pub fn see(&mut self, recommendation: &Recommendation<'_>) {
        of_recommendation(&self.known, recommendation, self.seen, &mut self.found);
        self.seen += 1;
        let actions = recommendation.actions.iter().map(|action| &action.id);
        let ids = std::iter::once(&recommendation.id).chain(actions);
        self.hashes.extend(ids.map(|id| {
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            hasher.finish()
        }));
    }

    /// Adds what another watch saw of the same plan.
    pub fn join(&mut self, other: Self) {
        self.hashes.extend(other.hashes);
        self.found.extend(other.found);
    }

    /// Whether every rule was kept.
    pub fn ends_sound(mut self) -> bool {
        self.hashes.sort_unstable();
        let repeated = self.hashes.windows(2).any(|pair| pair[0] == pair[1]);
        self.found.is_empty() && !repeated
    }
}

/// What a recommendation may name.
struct Known {
    areas: BTreeSet<String>,
    priorities: Vec<String>,
}

impl Known {
    fn of(plan: &Plan<'_>) -> Self {
        let priorities = plan.policy.priorities.iter();
        Self {
            areas: plan.areas.iter().map(|area| area.id.to_string()).collect(),
            priorities: priorities.map(ToString::to_string).collect(),
        }
    }
}

fn of_head(plan: &Plan<'_>, known: &Known, found: &mut Vec<Finding>) {
    duplicate_areas(plan, found);
    if let Some(priority) = plan.policy.fail_on.as_deref() {
        let place = Place::default().key("policy").key("fail_on");
        unknown_priority(known, priority, place, found);
    }
}

fn duplicate_areas(plan: &Plan<'_>, found: &mut Vec<Finding>) {
    let ids = plan.areas.iter().enumerate();
    duplicates(
        ids.map(|(index, area)| (area.id.as_ref(), Place::area(index))),
        "the newer area",
        found,
    );
}

fn duplicate_ids(plan: &Plan<'_>, found: &mut Vec<Finding>) {
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

fn duplicates<'a>(ids: impl Iterator<Item = (&'a str, Place)>, of: &str, found: &mut Vec<Finding>) {
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
                    "give {of} an id of its own; one that was published stays"
                ))
                .related(*earlier, "first used here"),
            );
        } else {
            first.insert(id, place);
        }
    }
}

fn of_recommendation(
    known: &Known,
    recommendation: &Recommendation<'_>,
    index: usize,
    found: &mut Vec<Finding>,
) {
    let place = &Place::recommendation(index);
    if let Some(area) = recommendation.area.as_deref() {
        unknown_area(known, area, place, found);
    }
    if let Some(priority) = recommendation.priority.as_deref() {
        unknown_priority(known, priority, (*place).key("priority"), found);
    }
    if recommendation.is_rejected() && recommendation.response_text.is_none() {
        found.push(
            Finding::new(
                Rule::RejectedWithoutReason,
                (*place).key("response"),
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
                *place,
                "`timescale` is missing in `[[recommendation]]`",
            )
            .label("needs a `timescale`")
            .help("write the agreed timescale, as in `timescale = \"December 2003\"`"),
        );
    }
    in_order(&recommendation.revisions, &(*place).key("revisions"), found);
    in_order(
        &recommendation.verification,
        &(*place).key("verification"),
        found,
    );
    open_revisions(&recommendation.revisions, place, found);
    for (number, action) in recommendation.actions.iter().enumerate() {
        of_action(recommendation, action, &Place::action(index, number), found);
    }
}

fn of_action(
    recommendation: &Recommendation<'_>,
    action: &Action<'_>,
    place: &Place,
    found: &mut Vec<Finding>,
) {
    let known = !action.id.is_unreadable() && !recommendation.id.is_unreadable();
    if known && !action.id.belongs_to(&recommendation.id) {
        found.push(
            Finding::new(
                Rule::ForeignAction,
                (*place).key("id"),
                format!(
                    "the action `{}` does not belong to recommendation `{}`",
                    action.id, recommendation.id
                ),
            )
            .label(format!("expected `{}.` and a number", recommendation.id))
            .help(free_id(recommendation)),
        );
    }
    in_order(&action.progress, &(*place).key("progress"), found);
    in_order(&action.revisions, &(*place).key("revisions"), found);
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

fn unknown_area(known: &Known, area: &str, place: &Place, found: &mut Vec<Finding>) {
    if known.areas.contains(area) {
        return;
    }
    let known = known.areas.iter().map(String::as_str);
    found.push(
        Finding::new(
            Rule::UnknownArea,
            (*place).key("area"),
            format!("there is no area `{area}`"),
        )
        .label("no `[[area]]` has this id")
        .help(one_of("area", area, known)),
    );
}

fn unknown_priority(known: &Known, priority: &str, place: Place, found: &mut Vec<Finding>) {
    let known = || known.priorities.iter().map(String::as_str);
    if known().any(|known| known == priority) {
        return;
    }
    found.push(
        Finding::new(
            Rule::UnknownPriority,
            place,
            format!("there is no priority `{priority}`"),
        )
        .label("not among this plan's priorities")
        .help(one_of("priority", priority, known())),
    );
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

fn in_order<T: Dated>(entries: &[T], list: &Place, found: &mut Vec<Finding>) {
    for (index, pair) in entries.windows(2).enumerate() {
        let (earlier, later) = (pair[0].on(), pair[1].on());
        if later < earlier {
            found.push(
                Finding::new(
                    Rule::OutOfOrder,
                    (*list).index(index + 1).key("on"),
                    format!("an entry of {later} comes after one of {earlier}"),
                )
                .label("earlier than the entry before it")
                .help("entries are kept oldest first: correct the date, or move the entry")
                .related((*list).index(index).key("on"), "the entry before it"),
            );
        }
    }
}

fn owed_notes(progress: &[ProgressEntry<'_>], place: &Place, found: &mut Vec<Finding>) {
    for (index, entry) in progress.iter().enumerate() {
        if entry.status.needs_note() && entry.note.is_none() {
            found.push(
                Finding::new(
                    Rule::EndedWithoutNote,
                    (*place).key("progress").index(index).key("status"),
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

fn open_revisions(revisions: &[Revision<'_>], place: &Place, found: &mut Vec<Finding>) {
    for (index, revision) in revisions.iter().enumerate() {
        if matches!(revision.to.term, Term::Complete | Term::InPlaceSince(_)) {
            found.push(
                Finding::new(
                    Rule::FinishedRevision,
                    (*place).key("revisions").index(index).key("to"),
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
