//! Recommendations and actions in two versions, found by their ids.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use similar::TextDiff;

use super::{Both, ChangeKind, Comparison, EntryKind, Item, Positions, entries::Lists};
use crate::{
    key_path::KeyPath,
    model::{
        Action, Dated, Day, Id, ItemRef, Period, Plan, Position, Recommendation, Response,
        Timescale, owners_in_words, paragraphs, to_single_line,
    },
};

/// Below this likeness a text is not a new wording of another but something else.
pub(super) const SAME_THING: f32 = 0.4;

/// How many recommendations are the very same at the beginning of both, and at the end.
fn shared(earlier: &[Arc<Recommendation>], present: &[Arc<Recommendation>]) -> (usize, usize) {
    let is_same = |(old, new): &(&Arc<_>, &Arc<_>)| Arc::ptr_eq(old, new);
    let before = earlier.iter().zip(present).take_while(is_same).count();
    let rest = earlier[before..].iter().rev().zip(present[before..].iter().rev());
    (before, rest.take_while(is_same).count())
}

impl Comparison {
    pub(super) fn recommendations(&mut self, earlier: &Plan, present: &Plan) {
        let (before, after) = shared(&earlier.recommendations, &present.recommendations);
        let between = |plan: &Plan| before..plan.recommendations.len() - after;
        let indexed = |plan| between(plan).zip(&plan.recommendations[between(plan)]);
        let old_ids: HashSet<&Id> = indexed(earlier).map(|(_, old)| &old.id).collect();
        let positions: HashMap<&Id, usize> =
            indexed(present).map(|(index, new)| (&new.id, index)).collect();
        let added = indexed(present).filter(|(_, new)| !old_ids.contains(&new.id));
        let added: HashMap<Vec<String>, &Id> =
            added.map(|(_, new)| (paragraphs(&new.text), &new.id)).collect();
        let mut near = before.checked_sub(1).map_or_else(KeyPath::top, KeyPath::recommendation);
        for (index, old) in indexed(earlier) {
            let item = Item::Recommendation(old.id.clone());
            let Some(found) = positions.get(&old.id) else {
                let renamed = added.get(&paragraphs(&old.text)).map(|id| (*id).clone());
                let what = ChangeKind::Dropped { name: old.name().to_owned(), renamed };
                let both = Both::work(item, Positions::earlier((index, None)));
                self.add(&both, (both.earlier.key("id"), near.key("id")), what);
                continue;
            };
            near = KeyPath::recommendation(*found);
            let new = &present.recommendations[*found];
            // The same bytes make the same recommendation.
            if !Arc::ptr_eq(old, new) && old != new {
                let both = Both::work(item, Positions::both((index, None), (*found, None)));
                self.recommendation(&both, (index, old), (*found, new));
            }
        }
        for (index, new) in indexed(present) {
            if !old_ids.contains(&new.id) {
                self.new_work(new.work(), (index, None));
                for (number, action) in new.actions.iter().enumerate() {
                    self.new_work(new.part(action), (index, Some(number)));
                }
            }
        }
    }

    fn new_work(&mut self, new: ItemRef<'_>, position: Position) {
        let both = Both::work(item(new), Positions::present(position));
        let name = Some(new.name().to_owned());
        let what = ChangeKind::Added { name, timescale: new.own_timescale().cloned() };
        self.add(&both, (both.earlier.clone(), both.present.clone()), what);
        self.lists(&both, None, new);
    }

    fn recommendation(
        &mut self,
        both: &Both,
        (before, old): (usize, &Recommendation),
        (now, new): (usize, &Recommendation),
    ) {
        if !self.same_meaning(both, &old.text, &new.text) {
            return;
        }
        self.response(both, old, new);
        self.timescale(both, old.timescale.as_ref(), new.timescale.as_ref());
        let dates = (&old.date, &new.date);
        self.value(both, "date", dates, |old, new| ChangeKind::Made { old, new });
        self.owner(both, &old.owner, &new.owner);
        self.field(both, "title", old.title.as_deref(), new.title.as_deref());
        self.field(both, "area", old.area.as_deref(), new.area.as_deref());
        self.field(both, "priority", old.priority.as_deref(), new.priority.as_deref());
        let review = |recommendation: &Recommendation| recommendation.review.map(Period::iso);
        self.field(both, "review", review(old).as_deref(), review(new).as_deref());
        self.lists(both, Some(old.work()), new.work());
        self.extra(both, &old.extra, &new.extra);
        self.actions((before, old), (now, new));
    }

    fn response(&mut self, both: &Both, old: &Recommendation, new: &Recommendation) {
        let is_given = old.response == Response::Awaited && new.response != Response::Awaited;
        if is_given {
            let what = ChangeKind::Answered { response: new.response, on: new.response_on };
            self.add(both, both.key("response"), what);
        } else {
            let (responses, days) =
                ((&old.response, &new.response), (&old.response_on, &new.response_on));
            self.value(both, "response", responses, |old, new| ChangeKind::Response { old, new });
            self.value(both, "response_on", days, |old, new| ChangeKind::ResponseOn { old, new });
        }
        let texts = (old.response_text.as_deref(), new.response_text.as_deref());
        self.text(both, "response_text", texts.0, texts.1);
    }

    fn actions(
        &mut self,
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
                let renamed = added.iter().find(|(_, new)| paragraphs(&new.text) == words);
                let renamed = renamed.map(|(_, new)| new.id.clone());
                let what = ChangeKind::Dropped { name: action.text.clone(), renamed };
                let both = Both::work(item, Positions::earlier((before, Some(index))));
                self.add(&both, (both.earlier.key("id"), near.key("id")), what);
                continue;
            };
            let positions = Positions::both((before, Some(index)), (now, Some(found)));
            let both = Both::work(item, positions);
            self.action(&both, (old, action), (new, &new.actions[found]));
            near = both.present;
        }
        for (index, action) in added {
            self.new_work(new.part(action), (now, Some(index)));
        }
    }

    fn action(
        &mut self,
        both: &Both,
        (before, old): (&Recommendation, &Action),
        (now, new): (&Recommendation, &Action),
    ) {
        if !self.same_meaning(both, &old.text, &new.text) {
            return;
        }
        self.owner(both, &old.owner, &new.owner);
        self.timescale(both, old.timescale.as_ref(), new.timescale.as_ref());
        self.lists(both, Some(before.part(old)), now.part(new));
        self.extra(both, &old.extra, &new.extra);
    }

    /// The lists of entries of an item. Without an earlier version of it they are all new, and its amendments say
    /// nothing.
    fn lists(&mut self, both: &Both, earlier: Option<ItemRef<'_>>, present: ItemRef<'_>) {
        let newest = earlier.and_then(newest_entry);
        let kinds = match present.action {
            Some(_) => [EntryKind::Progress, EntryKind::Revision, EntryKind::Verification],
            None => [EntryKind::Revision, EntryKind::Verification, EntryKind::Progress],
        };
        // A new amendment may be dated before the progress of its item, not before an older amendment.
        let amendments = earlier.map(|earlier| (EntryKind::Amendment, last(earlier.amendments())));
        for (kind, newest) in kinds.map(|kind| (kind, newest)).into_iter().chain(amendments) {
            self.entries(&Lists {
                both,
                earlier: earlier.map_or_else(Vec::new, |earlier| kind.entries(earlier)),
                present: kind.entries(present),
                places: both.key(kind.key()),
                timescale: present.original_timescale(),
                newest,
            });
        }
    }

    /// Owners are a set: their order says nothing.
    fn owner(&mut self, both: &Both, old: &[String], new: &[String]) {
        let set = |owners: &[String]| {
            owners.iter().map(|owner| to_single_line(owner)).collect::<HashSet<_>>()
        };
        if set(old) == set(new) {
            return;
        }
        let (old, new) = (owners_in_words(old), owners_in_words(new));
        self.field(both, "owner", old.as_deref(), new.as_deref());
    }

    /// Whether an id still stands for the same thing; its text may read differently.
    fn same_meaning(&mut self, both: &Both, old: &str, new: &str) -> bool {
        if likeness(old, new) < SAME_THING {
            let what = ChangeKind::Replaced { old: old.to_owned(), new: new.to_owned() };
            self.add(both, both.key("id"), what);
            return false;
        }
        self.text(both, "text", Some(old), Some(new));
        true
    }

    fn timescale(&mut self, both: &Both, old: Option<&Timescale>, new: Option<&Timescale>) {
        if old.map(Timescale::line) != new.map(Timescale::line) {
            let what = ChangeKind::Timescale { old: old.cloned(), new: new.cloned() };
            self.add(both, both.key("timescale"), what);
        }
    }
}

/// From 0 for two texts without a word in common to 1 for the same words.
pub(super) fn likeness(one: &str, other: &str) -> f32 {
    if one == other {
        return 1.0;
    }
    let words =
        |text: &'_ str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    let (one, other) = (words(one), words(other));
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.iter().map(String::as_str).collect(), other.iter().map(String::as_str).collect());
    TextDiff::from_slices(&one, &other).ratio()
}

/// The day of the newest entry of the whole plan.
pub fn newest_of_plan(plan: &Plan) -> Option<Day> {
    plan.works().filter_map(own_newest_entry).max()
}

/// The day of the newest entry of an item; of a recommendation, also of its actions.
fn newest_entry(work: ItemRef<'_>) -> Option<Day> {
    match work.action {
        Some(_) => own_newest_entry(work),
        None => work.recommendation.works().filter_map(own_newest_entry).max(),
    }
}

fn own_newest_entry(work: ItemRef<'_>) -> Option<Day> {
    last(work.progress()).max(last(work.revisions())).max(last(work.verification()))
}

fn item(work: ItemRef<'_>) -> Item {
    let id = work.id().clone();
    if work.action.is_some() { Item::Action(id) } else { Item::Recommendation(id) }
}

fn last<T: Dated>(entries: &[T]) -> Option<Day> {
    entries.last().map(Dated::on)
}
