//! Estimates whether one plan was made from another, by comparing the ids and texts of their items.

use std::collections::{HashMap, HashSet};

use super::items::{SAME_THING, likeness};
use crate::model::{Plan, paragraphs};

/// Returns the share of the recommendations and actions in `earlier` that are also in `present`, from 0 to 1.
pub fn lineage(earlier: &Plan, present: &Plan) -> f32 {
    let by_id: HashMap<&str, &str> = texts(present).collect();
    let words: HashSet<Vec<String>> = texts(present).map(|(_, text)| paragraphs(text)).collect();
    let stays = |(id, text): &(&str, &str)| {
        let same_id = by_id.get(id);
        same_id.is_some_and(|new| likeness(text, new) >= SAME_THING)
            || words.contains(&paragraphs(text))
    };
    let (all, stay) = (texts(earlier).count(), texts(earlier).filter(stays).count());
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more precision")]
    let share = stay as f32 / all.max(1) as f32;
    share
}

fn texts(plan: &Plan) -> impl Iterator<Item = (&str, &str)> {
    plan.items().map(|work| (work.id().as_str(), work.text()))
}
