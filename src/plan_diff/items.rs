//! Compares the recommendations and actions of two versions of a plan, matched by their ids.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use similar::TextDiff;

use super::{Both, ChangeKind, ComparedPlans, Item, ItemChange, ValuePair, differing};
use crate::{
    key_path::KeyPath,
    model::{
        Action, Amendment, Day, Id, ItemRef, KeyValue, Plan, Position, Recommendation, Record,
        Response, paragraphs, to_single_line,
    },
};

/// The minimum similarity, from 0 to 1, of two texts that are treated as two wordings of the same item.
pub(super) const SAME_THING: f32 = 0.4;

/// The keys of a recommendation or an action that should not change after publication. Changes of these keys are listed
/// first.
const PUBLISHED: [&str; 7] =
    ["text", "response", "response_on", "response_text", "timescale", "date", "owner"];

/// Counts the recommendations that both plans share in memory: those at the beginning and those at the end of the
/// lists.
fn shared(earlier: &[Arc<Recommendation>], present: &[Arc<Recommendation>]) -> (usize, usize) {
    let is_same = |(old, new): &(&Arc<_>, &Arc<_>)| Arc::ptr_eq(old, new);
    let before = earlier.iter().zip(present).take_while(is_same).count();
    let rest = earlier[before..].iter().rev().zip(present[before..].iter().rev());
    (before, rest.take_while(is_same).count())
}

impl ComparedPlans {
    pub(super) fn recommendations(&mut self, earlier: &Plan, present: &Plan) {
        let (before, after) = shared(&earlier.recommendations, &present.recommendations);
        let between = |plan: &Plan| before..plan.recommendations.len() - after;
        let indexed = |plan| between(plan).zip(&plan.recommendations[between(plan)]);
        let old_ids: HashSet<&Id> = indexed(earlier).map(|(_, old)| &old.id).collect();
        let positions: HashMap<&Id, usize> =
            indexed(present).map(|(index, new)| (&new.id, index)).collect();
        let added = indexed(present).filter(|(_, new)| !old_ids.contains(&new.id));
        let added: HashMap<Vec<String>, &Recommendation> =
            added.map(|(_, new)| (paragraphs(&new.text), &**new)).collect();
        let mut near = before.checked_sub(1).map_or_else(KeyPath::top, KeyPath::recommendation);
        for (index, old) in indexed(earlier) {
            let item = Item::Recommendation(old.id.clone());
            let Some(found) = positions.get(&old.id) else {
                let renumbered = added.get(&paragraphs(&old.text));
                let renumbered = renumbered.and_then(|new| id(&**old, *new));
                self.dropped(item, (index, None), &near, old.name(), renumbered);
                continue;
            };
            near = KeyPath::recommendation(*found);
            let new = &present.recommendations[*found];
            // Recommendations that are shared in memory are equal and need no comparison.
            if !Arc::ptr_eq(old, new) && old != new {
                let both = Both::work(item, Some((index, None)), Some((*found, None)));
                self.recommendation(&both, earlier, (index, old), (*found, new));
            }
        }
        for (index, new) in indexed(present) {
            if !old_ids.contains(&new.id) {
                self.new_work(new.item(), (index, None), false);
                for (number, action) in new.actions.iter().enumerate() {
                    self.new_work(new.item_of(action), (index, Some(number)), false);
                }
            }
        }
    }

    fn recommendation(
        &mut self,
        both: &Both,
        earlier: &Plan,
        (before, old): (usize, &Recommendation),
        (now, new): (usize, &Recommendation),
    ) {
        let is_replaced = self.is_replaced(both, old.item(), new.item());
        let is_answered = old.response == Response::Awaited && new.response != Response::Awaited;
        for pair in differing(old, new, &PUBLISHED) {
            // The date of a new response belongs to the difference about the response, and is not a separate
            // difference.
            let on = match pair.0.name {
                "text" if is_replaced => continue,
                "response_on" if is_answered => continue,
                "response" if is_answered => new.response_on,
                _ => None,
            };
            self.key(both, both.key(pair.0.name), pair, on);
        }
        self.lists(both, Some(old.item()), new.item());
        self.extra(both, &old.extra, &new.extra);
        self.actions(earlier, (before, old), (now, new));
    }

    fn actions(
        &mut self,
        earlier: &Plan,
        (before, old): (usize, &Recommendation),
        (now, new): (usize, &Recommendation),
    ) {
        let old_ids: HashSet<&Id> = old.actions.iter().map(|action| &action.id).collect();
        let ids = new.actions.iter().enumerate().map(|(index, action)| (&action.id, index));
        let positions: HashMap<&Id, usize> = ids.collect();
        let added = new.actions.iter().enumerate();
        let added: Vec<(usize, &Action)> =
            added.filter(|(_, action)| !old_ids.contains(&action.id)).collect();
        let mut near = KeyPath::recommendation(now);
        for (index, action) in old.actions.iter().enumerate() {
            let item = Item::Action(action.id.clone());
            let Some(found) = positions.get(&action.id).copied() else {
                let words = paragraphs(&action.text);
                let renumbered = added.iter().find(|(_, new)| paragraphs(&new.text) == words);
                let renumbered = renumbered.and_then(|(_, new)| id(action, *new));
                self.dropped(item, (before, Some(index)), &near, &action.text, renumbered);
                continue;
            };
            let both = Both::work(item, Some((before, Some(index))), Some((now, Some(found))));
            self.action(&both, (old, action), (new, &new.actions[found]));
            near = both.places.1;
        }
        let reopens =
            !added.is_empty() && earlier.standing_on_for(Day::MAX, before).own.status.has_ended();
        for (index, action) in added {
            self.new_work(new.item_of(action), (now, Some(index)), reopens);
        }
    }

    fn action(
        &mut self,
        both: &Both,
        (before, old): (&Recommendation, &Action),
        (now, new): (&Recommendation, &Action),
    ) {
        if old == new {
            return;
        }
        let (earlier, present) = (before.item_of(old), now.item_of(new));
        let is_replaced = self.is_replaced(both, earlier, present);
        let mut pairs = differing(old, new, &["text"]);
        pairs.retain(|(key, ..)| !(is_replaced && key.name == "text"));
        self.keys(both, pairs);
        self.lists(both, Some(earlier), present);
        self.extra(both, &old.extra, &new.extra);
    }

    fn new_work(&mut self, new: ItemRef<'_>, position: Position, reopens: bool) {
        let id = new.id().clone();
        let item = if new.action.is_some() { Item::Action(id) } else { Item::Recommendation(id) };
        let both = Both::work(item, None, Some(position));
        let (name, timescale) = (Some(new.name().to_owned()), new.own_timescale().cloned());
        let date = new.date();
        self.whole(&both, ItemChange::Added { name, timescale, date, reopens });
        self.lists(&both, None, new);
    }

    /// Adds the difference for an item whose id is missing in the present version. If the item has a new id,
    /// `renumbered` contains the old and the new id.
    fn dropped(
        &mut self,
        item: Item,
        position: Position,
        near: &KeyPath,
        name: &str,
        renumbered: Option<ValuePair<'_>>,
    ) {
        let both = Both::work(item, Some(position), None);
        let places = (both.places.0.key("id"), near.key("id"));
        match renumbered {
            Some(pair) => self.key(&both, places, pair, None),
            None => {
                let change = ItemChange::Dropped { name: Some(name.to_owned()) };
                self.add(&both, places, ChangeKind::Item(change));
            }
        }
    }

    /// Checks whether the id of an item now belongs to a different item, and if so, adds this difference. An item whose
    /// text was amended is still the same item.
    fn is_replaced(&mut self, both: &Both, earlier: ItemRef<'_>, present: ItemRef<'_>) -> bool {
        let (old, new) = (earlier.text(), present.text());
        let is_replaced =
            likeness(old, new) < SAME_THING && amendment_of("text", earlier, present).is_none();
        if is_replaced {
            let change = ItemChange::Replaced { old: old.to_owned(), new: new.to_owned() };
            self.add(both, both.key("id"), ChangeKind::Item(change));
        }
        is_replaced
    }
}

/// Returns the new amendment that records the earlier value of a key, or `None` if there is no such amendment.
pub fn amendment_of<'p>(
    key: &str,
    earlier: ItemRef<'_>,
    present: ItemRef<'p>,
) -> Option<&'p Amendment> {
    let added = present.amendments().get(earlier.amendments().len()..)?;
    let mut added = added.iter().filter(|amendment| amendment.key.word() == key).peekable();
    let was = words(earlier.value(added.peek()?.key.0));
    added.find(|amendment| amendment.was.as_deref().map(to_single_line) == was)
}

/// Returns a value as text on one line, so that it can be compared with the earlier value in an amendment. Returns
/// `None` if there is no value.
pub fn words(value: Option<KeyValue<'_>>) -> Option<String> {
    value.map(|value| to_single_line(&value.words()))
}

/// Returns the old and the new id of an item, or `None` if the ids are equal.
fn id<'p, T: Record>(old: &'p T, new: &'p T) -> Option<ValuePair<'p>> {
    differing(old, new, &[]).into_iter().find(|(key, ..)| key.name == "id")
}

/// Returns the similarity of two texts, from 0 (no common word) to 1 (the same words).
pub(super) fn likeness(one: &str, other: &str) -> f32 {
    if one == other {
        return 1.0;
    }
    let [one, other]: [Vec<&str>; 2] = [one, other].map(|text| text.split_whitespace().collect());
    TextDiff::from_slices(&one, &other).ratio()
}
