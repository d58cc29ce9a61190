//! Recommendations and actions in two versions, found by their ids.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use similar::TextDiff;

use super::{Both, Comparison, EntryKind, Item, What, entries::Lists};
use crate::{
    checks::Place,
    model::{
        Action, Amendment, Dated, Day, Id, Period, Plan, Recommendation, Response, Timescale, fold,
        owners_in_words, paragraphs,
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
        let mut near = before.checked_sub(1).map_or_else(Place::top, Place::recommendation);
        for (index, old) in indexed(earlier) {
            let place = Place::recommendation(index);
            let item = Item::Recommendation(old.id.clone());
            let Some(found) = positions.get(&old.id) else {
                let renamed = added.get(&paragraphs(&old.text)).map(|id| (*id).clone());
                let what = What::Dropped { name: old.name().to_owned(), renamed };
                self.add(&item, (place.key("id"), near.key("id")), what);
                continue;
            };
            near = Place::recommendation(*found);
            let new = &present.recommendations[*found];
            // The same bytes make the same recommendation.
            if !Arc::ptr_eq(old, new) && old != new {
                let both = Both { item: &item, earlier: &place, present: &near };
                self.recommendation(&both, old, new);
            }
        }
        for (index, new) in indexed(present) {
            if !old_ids.contains(&new.id) {
                self.new_recommendation(new, &Place::recommendation(index));
            }
        }
    }

    fn new_recommendation(&mut self, new: &Recommendation, place: &Place) {
        let item = Item::Recommendation(new.id.clone());
        let timescale = new.timescale.as_ref();
        let name = Some(new.name().to_owned());
        let what = What::Added { name, timescale: timescale.cloned() };
        self.add(&item, (Place::top(), place.clone()), what);
        let list = EntryKind::Revision;
        self.entries(&Lists::new_list(&item, list, &new.revisions, timescale, place));
        let list = EntryKind::Verification;
        self.entries(&Lists::new_list(&item, list, &new.verification, timescale, place));
        let list = EntryKind::Progress;
        self.entries(&Lists::new_list(&item, list, &new.progress, timescale, place));
        for (number, action) in new.actions.iter().enumerate() {
            self.new_action(new, action, &place.action(number));
        }
    }

    fn new_action(&mut self, whole: &Recommendation, new: &Action, place: &Place) {
        let item = Item::Action(new.id.clone());
        let what = What::Added { name: Some(new.text.clone()), timescale: new.timescale.clone() };
        self.add(&item, (Place::top(), place.clone()), what);
        let timescale = first_timescale(whole, new);
        let list = EntryKind::Progress;
        self.entries(&Lists::new_list(&item, list, &new.progress, timescale, place));
        let list = EntryKind::Revision;
        self.entries(&Lists::new_list(&item, list, &new.revisions, timescale, place));
    }

    fn recommendation(&mut self, both: &Both<'_>, old: &Recommendation, new: &Recommendation) {
        if !self.same_meaning(both, &old.text, &new.text) {
            return;
        }
        self.response(both, old, new);
        self.timescale(both, old.timescale.as_ref(), new.timescale.as_ref());
        if old.date != new.date {
            let what = What::Made { old: old.date, new: new.date };
            self.add(both.item, both.key("date"), what);
        }
        self.owner(both, &old.owner, &new.owner);
        self.field(both, "title", old.title.as_deref(), new.title.as_deref());
        self.field(both, "area", old.area.as_deref(), new.area.as_deref());
        self.field(both, "priority", old.priority.as_deref(), new.priority.as_deref());
        let review = |recommendation: &Recommendation| recommendation.review.map(Period::iso);
        self.field(both, "review", review(old).as_deref(), review(new).as_deref());
        let newest = newest_entry(old);
        let timescale = new.timescale.as_ref();
        let lists = (old.revisions.as_slice(), new.revisions.as_slice());
        self.entries(&Lists::both(both, EntryKind::Revision, lists, timescale, newest));
        let lists = (old.verification.as_slice(), new.verification.as_slice());
        self.entries(&Lists::both(both, EntryKind::Verification, lists, timescale, newest));
        let lists = (old.progress.as_slice(), new.progress.as_slice());
        self.entries(&Lists::both(both, EntryKind::Progress, lists, timescale, newest));
        self.amendments(both, &old.amendments, &new.amendments);
        self.extra(both, &old.extra, &new.extra);
        self.actions(both, old, new);
    }

    fn response(&mut self, both: &Both<'_>, old: &Recommendation, new: &Recommendation) {
        let is_given = old.response == Response::Awaited && new.response != Response::Awaited;
        if is_given {
            let what = What::Answered { response: new.response, on: new.response_on };
            self.add(both.item, both.key("response"), what);
        } else if old.response != new.response {
            let what = What::Response { old: old.response, new: new.response };
            self.add(both.item, both.key("response"), what);
        }
        if !is_given && old.response_on != new.response_on {
            let what = What::ResponseOn { old: old.response_on, new: new.response_on };
            self.add(both.item, both.key("response_on"), what);
        }
        let texts = (old.response_text.as_deref(), new.response_text.as_deref());
        self.text(both, "response_text", texts.0, texts.1);
    }

    fn actions(&mut self, both: &Both<'_>, old: &Recommendation, new: &Recommendation) {
        let old_ids: HashSet<&Id> = old.actions.iter().map(|action| &action.id).collect();
        let added: Vec<(usize, &Action)> = new
            .actions
            .iter()
            .enumerate()
            .filter(|(_, action)| !old_ids.contains(&action.id))
            .collect();
        let mut near = both.present.key("id");
        for (index, action) in old.actions.iter().enumerate() {
            let place = both.earlier.action(index);
            let item = Item::Action(action.id.clone());
            let Some(found) = new.actions.iter().position(|new| new.id == action.id) else {
                let words = paragraphs(&action.text);
                let renamed = added.iter().find(|(_, new)| paragraphs(&new.text) == words);
                let renamed = renamed.map(|(_, new)| new.id.clone());
                let what = What::Dropped { name: action.text.clone(), renamed };
                self.add(&item, (place.key("id"), near.clone()), what);
                continue;
            };
            let present = both.present.action(found);
            near = present.key("id");
            let both = Both { item: &item, earlier: &place, present: &present };
            self.action(&both, action, new, &new.actions[found]);
        }
        for (index, action) in added {
            self.new_action(new, action, &both.present.action(index));
        }
    }

    fn action(&mut self, both: &Both<'_>, old: &Action, whole: &Recommendation, new: &Action) {
        if !self.same_meaning(both, &old.text, &new.text) {
            return;
        }
        self.owner(both, &old.owner, &new.owner);
        self.timescale(both, old.timescale.as_ref(), new.timescale.as_ref());
        let newest = newest_entry_of_action(old);
        let timescale = first_timescale(whole, new);
        let lists = (old.progress.as_slice(), new.progress.as_slice());
        self.entries(&Lists::both(both, EntryKind::Progress, lists, timescale, newest));
        let lists = (old.revisions.as_slice(), new.revisions.as_slice());
        self.entries(&Lists::both(both, EntryKind::Revision, lists, timescale, newest));
        self.amendments(both, &old.amendments, &new.amendments);
        self.extra(both, &old.extra, &new.extra);
    }

    /// Amendments only grow. A new one may be dated before the progress of its item, not before an older amendment.
    fn amendments(&mut self, both: &Both<'_>, earlier: &[Amendment], present: &[Amendment]) {
        let (lists, newest) = ((earlier, present), last(earlier));
        self.entries(&Lists::both(both, EntryKind::Amendment, lists, None, newest));
    }

    /// Owners are a set: their order says nothing.
    fn owner(&mut self, both: &Both<'_>, old: &[String], new: &[String]) {
        let set =
            |owners: &[String]| owners.iter().map(|owner| fold(owner)).collect::<HashSet<_>>();
        if set(old) == set(new) {
            return;
        }
        let (old, new) = (owners_in_words(old), owners_in_words(new));
        self.field(both, "owner", old.as_deref(), new.as_deref());
    }

    /// Whether an id still stands for the same thing; its text may read differently.
    fn same_meaning(&mut self, both: &Both<'_>, old: &str, new: &str) -> bool {
        if likeness(old, new) < SAME_THING {
            let what = What::Replaced { old: old.to_owned(), new: new.to_owned() };
            self.add(both.item, both.key("id"), what);
            return false;
        }
        self.text(both, "text", Some(old), Some(new));
        true
    }

    fn timescale(&mut self, both: &Both<'_>, old: Option<&Timescale>, new: Option<&Timescale>) {
        let wording =
            |timescale: Option<&Timescale>| timescale.map(|timescale| fold(&timescale.words()));
        if wording(old) != wording(new) {
            let what = What::Timescale { old: old.cloned(), new: new.cloned() };
            self.add(both.item, both.key("timescale"), what);
        }
    }
}

/// The timescale of an action before any revision of its own: its own, else its recommendation's.
fn first_timescale<'r>(whole: &'r Recommendation, action: &'r Action) -> Option<&'r Timescale> {
    action.timescale.as_ref().or(whole.timescale.as_ref())
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
    let recommendations = plan.recommendations.iter();
    recommendations.filter_map(|recommendation| newest_entry(recommendation)).max()
}

fn newest_entry(recommendation: &Recommendation) -> Option<Day> {
    let actions = recommendation.actions.iter().filter_map(newest_entry_of_action);
    let own = [
        last(&recommendation.progress),
        last(&recommendation.revisions),
        last(&recommendation.verification),
    ];
    actions.chain(own.into_iter().flatten()).max()
}

fn newest_entry_of_action(action: &Action) -> Option<Day> {
    last(&action.progress).max(last(&action.revisions))
}

fn last<T: Dated>(entries: &[T]) -> Option<Day> {
    entries.last().map(Dated::on)
}
