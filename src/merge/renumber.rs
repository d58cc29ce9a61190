//! Gives new ids to new items if both sides used the same id for different items.

use std::collections::HashMap;

use crate::{
    edit::{Editor, Insertion, splice, string},
    file::{Places, Reader},
    key_path::KeyPath,
    model::{Action, Id, Plan, Recommendation},
};

/// An id that one side added, and the new id that replaces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewId {
    at: KeyPath,
    pub old: Id,
    pub new: Id,
}

/// Returns a new id for each new item of `side` if `other` has a different new item with the same id.
pub fn new_ids(base: &Plan, side: &Plan, other: &Plan) -> Vec<NewId> {
    let mut all = other.clone();
    all.recommendations.extend(side.recommendations.iter().cloned());
    let (in_base, in_other) = (by_id(base), by_id(other));
    let mut found = Vec::new();
    for (index, added) in side.recommendations.iter().enumerate() {
        let place = KeyPath::recommendation(index);
        match (in_base.get(&added.id), in_other.get(&added.id)) {
            (None, Some(different)) if *different != added.as_ref() => {
                let Some(new) = Editor::new(&all, all.date).next_recommendation_id().ok() else {
                    continue;
                };
                // The new id has the highest number, so no other id is needed to find the next free id.
                all.recommendations = vec![Recommendation::new(new.clone(), String::new()).into()];
                for (number, action) in added.actions.iter().enumerate() {
                    found.push(NewId {
                        at: place.action(number).key("id"),
                        old: action.id.clone(),
                        new: action.id.moved(&added.id, &new),
                    });
                }
                found.push(NewId { at: place.key("id"), old: added.id.clone(), new });
            }
            (Some(base), Some(different)) => {
                found.extend(new_action_ids(&place, base, added, (other, different)));
            }
            _ => {}
        }
    }
    found
}

fn new_action_ids(
    place: &KeyPath,
    base: &Recommendation,
    side: &Recommendation,
    (plan, other): (&Plan, &Recommendation),
) -> Vec<NewId> {
    let mut all = other.clone();
    all.actions.extend(side.actions.iter().cloned());
    let mut found = Vec::new();
    for (number, action) in side.actions.iter().enumerate() {
        let is_old = base.actions.iter().any(|known| known.id == action.id);
        let differs = |known: &Action| known.id == action.id && known != action;
        if is_old || !other.actions.iter().any(differs) {
            continue;
        }
        let is_taken = |id: &str| {
            let own = all.actions.iter().map(|action| &action.id);
            own.chain(plan.ids()).any(|known| known.as_str() == id)
        };
        let new = plan.next_action_id(&all, is_taken);
        all.actions.push(Action::new(new.clone(), String::new()));
        found.push(NewId { at: place.action(number).key("id"), old: action.id.clone(), new });
    }
    found
}

fn by_id(plan: &Plan) -> HashMap<&Id, &Recommendation> {
    plan.recommendations.iter().map(|known| (&known.id, known.as_ref())).collect()
}

/// Returns the text of a plan with the new ids in place of the old ones. The text of an invalid plan stays unchanged.
pub fn renumbered(text: &str, new_ids: &[NewId]) -> String {
    let Ok(read) = Reader::default().decode(text) else {
        return text.to_owned();
    };
    let mut places = Places::new(text, &read.pieces);
    let mut changes: Vec<Insertion> = new_ids
        .iter()
        .map(|id| {
            let span = places.locate(&id.at);
            Insertion { at: span.start, replaces: span.len(), text: string(id.new.as_str()) }
        })
        .collect();
    changes.sort_by_key(|change| change.at);
    splice(text, changes)
}
