//! Finds the entries and items that were recorded in a plan since an earlier version.

use std::{collections::HashMap, sync::Arc};

use crate::{
    key_path::{KeyPath, Step},
    model::{Day, Id, Key, Keyword, Plan, Position, Recommendation, Record, Response},
    plan_diff::{ChangeKind, Entry, EntryKind, Item, ItemChange, between, new_entries},
};

/// An entry, response, item, area or meeting that was recorded since an earlier version of the plan. All positions
/// refer to the later version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recorded {
    Entry {
        item: Position,
        kind: EntryKind,
        index: usize,
    },
    /// A management response, or a text that was added to a response later. The number is the index of the
    /// recommendation.
    Answer(usize),
    /// A new recommendation or action.
    Item(Position),
    Area(usize),
    Meeting(usize),
}

/// Returns everything that was recorded in the plan `present` since the version `earlier` of the plan.
pub fn recorded_since(earlier: &Plan, present: &Plan) -> Vec<Recorded> {
    let known: HashMap<&Id, Position> =
        earlier.positions().map(|position| (earlier.item(position).id(), position)).collect();
    let mut found = Vec::new();
    for (index, recommendation) in present.recommendations.iter().enumerate() {
        let before = known.get(&recommendation.id).map(|known| &earlier.recommendations[known.0]);
        if before.is_some_and(|before| Arc::ptr_eq(before, recommendation)) {
            continue;
        }
        if before.is_some_and(|before| !answer_keys(before, recommendation).is_empty()) {
            found.push(Recorded::Answer(index));
        }
        let actions = (0..recommendation.actions.len()).map(Some);
        for item in std::iter::once(None).chain(actions).map(|action| (index, action)) {
            let now = present.item(item);
            let before = known.get(now.id()).map(|known| earlier.item(*known));
            found.extend(before.is_none().then_some(Recorded::Item(item)));
            let new = new_entries(before, now).into_iter();
            found.extend(new.map(|(kind, index)| Recorded::Entry { item, kind, index }));
        }
    }
    found.extend(new_tables(earlier, present));
    found
}

/// Returns the areas and meetings that `present` has and `earlier` does not have.
fn new_tables(earlier: &Plan, present: &Plan) -> impl Iterator<Item = Recorded> {
    between(earlier, present).into_iter().filter_map(|difference| {
        let is_new = matches!(difference.change, ChangeKind::Item(ItemChange::Added { .. }));
        match (difference.item, difference.present.steps().last()?) {
            (Item::Area(_), Step::Index(index)) if is_new => Some(Recorded::Area(*index)),
            (Item::Meeting(_), Step::Index(index)) if is_new => Some(Recorded::Meeting(*index)),
            _ => None,
        }
    })
}

/// Returns the keys that got new values because a management response was recorded between the two versions. If the
/// recommendation already had a response before, only the response text can be new.
pub fn answer_keys(before: &Recommendation, now: &Recommendation) -> Vec<&'static Key> {
    let is_answered = before.response == Response::Awaited && now.response != before.response;
    let is_worded = before.response == now.response && before.response_text.is_none();
    let pairs = before.values().into_iter().zip(now.values());
    let changed = pairs.filter(|((key, old), (_, new))| key.is_answer && old != new);
    let keys = changed.map(|((key, _), _)| key);
    keys.filter(|key| is_answered || (is_worded && key.name == "response_text")).collect()
}

impl Recorded {
    pub fn item(self, plan: &Plan) -> Item {
        match self {
            Self::Entry { item: (index, action), .. } | Self::Item((index, action)) => {
                let id = plan.item((index, action)).id().clone();
                if action.is_some() { Item::Action(id) } else { Item::Recommendation(id) }
            }
            Self::Answer(index) => Item::Recommendation(plan.recommendations[index].id.clone()),
            Self::Area(index) => Item::Area(plan.areas[index].id.clone()),
            Self::Meeting(index) => Item::Meeting(plan.meetings[index].date),
        }
    }

    /// Returns the position of the recommendation or action that was added, or that got the entry or response. Returns
    /// `None` for an area or a meeting.
    pub fn position(self) -> Option<Position> {
        match self {
            Self::Entry { item, .. } | Self::Item(item) => Some(item),
            Self::Answer(index) => Some((index, None)),
            Self::Area(_) | Self::Meeting(_) => None,
        }
    }

    /// Returns the kind of the entry or response. Returns `None` for an item, an area or a meeting.
    pub fn kind(self) -> Option<EntryKind> {
        match self {
            Self::Entry { kind, .. } => Some(kind),
            Self::Answer(_) => Some(EntryKind::Response),
            Self::Item(_) | Self::Area(_) | Self::Meeting(_) => None,
        }
    }

    pub fn entry(self, plan: &Plan) -> Option<Entry> {
        let Self::Entry { item, kind, index } = self else { return None };
        let item = plan.item(item);
        Some(match kind {
            EntryKind::Progress => Entry::Progress(item.progress()[index].clone()),
            EntryKind::Revision => Entry::Revision(item.revisions()[index].clone()),
            EntryKind::Verification => Entry::Verification(item.verification()[index].clone()),
            EntryKind::Amendment => Entry::Amendment(item.amendments()[index].clone()),
            EntryKind::Response => return None,
        })
    }

    /// Returns the date of an entry or a response. Returns `None` if there is no date.
    pub fn on(self, plan: &Plan) -> Option<Day> {
        match self {
            Self::Answer(index) => plan.recommendations[index].response_on,
            _ => self.entry(plan).map(|entry| entry.on()),
        }
    }

    /// Returns the day of recording if the entry states this day, and `None` otherwise.
    pub fn recorded_on(self, plan: &Plan) -> Option<Day> {
        self.entry(plan)?.recorded()
    }

    /// Returns the place of the new element: the item that has the list, the name of the list, and the index in the
    /// list. Returns `None` for a response, which is not an element of a list.
    pub fn slot(self) -> Option<((Option<Position>, &'static str), usize)> {
        Some(match self {
            Self::Entry { item, kind, index } => ((Some(item), kind.word()), index),
            Self::Item((index, Some(action))) => ((Some((index, None)), "action"), action),
            Self::Item((index, None)) => ((None, "recommendation"), index),
            Self::Area(index) => ((None, "area"), index),
            Self::Meeting(index) => ((None, "meeting"), index),
            Self::Answer(_) => return None,
        })
    }

    pub fn place(self) -> KeyPath {
        let answer = || KeyPath::item(self.position().unwrap_or_default()).key("response");
        self.slot().map_or_else(answer, |((owner, list), at)| table(owner).key(list).index(at))
    }

    /// Returns a description such as `the revision of 2003-07-10 on recommendation 5`.
    pub fn name(self, plan: &Plan) -> String {
        let item = self.item(plan);
        match (self.kind(), self.on(plan)) {
            (Some(kind), Some(on)) => format!("the {kind} of {on} on {item}"),
            (Some(kind), None) => format!("the {kind} on {item}"),
            _ => item.to_string(),
        }
    }
}

/// Returns the path of the table of `item`. If `item` is `None`, returns the path of the whole file.
pub fn table(item: Option<Position>) -> KeyPath {
    item.map_or_else(KeyPath::top, KeyPath::item)
}
