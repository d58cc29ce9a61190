//! Checks that the imported items form a valid plan. Items and entries that break a rule are reported and left out.

use std::sync::Arc;

use crate::{
    checks::{Location, broken},
    import::{
        account::{Account, RowPlace},
        draft::Draft,
    },
    key_path::{KeyPath, Step},
    model::{Area, Plan, ProgressEntry, Recommendation, Revision},
};

/// Adapts drafts to a plan. Priorities get the plan's spelling, and unknown priorities are reported. Dates are removed
/// if they are not later than the plan's own date.
pub fn fit(drafts: &mut [Draft], plan: &Plan, account: &mut Account) {
    for draft in drafts {
        let record = &mut draft.record;
        record.date = record.date.filter(|date| *date > plan.date);
        record.response_on = record.response_on.filter(|date| *date > plan.date);
        let made = record.date.unwrap_or(plan.date);
        for action in &mut draft.actions {
            action.record.date = action.record.date.filter(|date| *date > made);
        }
        if let Some(priority) = record.priority.take() {
            record.priority = plan.policy.priority_meant(&priority).map(str::to_owned);
            if record.priority.is_none() {
                let help = plan.policy.unknown_priority(&priority).unwrap_or_default();
                account.unplaced(
                    draft.place,
                    "priority",
                    &priority,
                    format!("the plan does not have this priority: {help}"),
                );
            }
        }
    }
}

/// Returns the recommendations that are valid in the plan. Recommendations, actions and lists of entries that break a
/// rule are reported and left out.
pub fn sound(
    base: &Plan,
    areas: &[Area],
    recommendations: Vec<Recommendation>,
    places: &[RowPlace],
    account: &mut Account,
) -> Vec<Recommendation> {
    const MOST_ROUNDS: usize = 8;
    let mut all: Vec<(RowPlace, Arc<Recommendation>)> =
        places.iter().copied().zip(recommendations.into_iter().map(Arc::new)).collect();
    for round in 0..MOST_ROUNDS {
        let recommendations = all.iter().map(|(_, new)| Arc::clone(new)).collect();
        let plan = Plan { areas: areas.to_vec(), recommendations, ..base.clone() };
        let found = broken(&plan, None);
        drop(plan);
        if found.is_empty() {
            break;
        }
        let mut dropped = Vec::new();
        for finding in found {
            let Location::KeyPath(path) = &finding.at else { continue };
            let (index, number, list) = place_of(path);
            let Some((place, new)) = index.and_then(|index| all.get_mut(index)) else { continue };
            account.unplaced(*place, list.unwrap_or_default(), new.id.as_str(), finding.title);
            let new = Arc::make_mut(new);
            match (list, number) {
                _ if round + 1 == MOST_ROUNDS => dropped.extend(index),
                (Some(list), None) => clear(list, &mut new.progress, &mut new.revisions),
                (Some(list), Some(number)) if number < new.actions.len() => {
                    let action = &mut new.actions[number];
                    clear(list, &mut action.progress, &mut action.revisions);
                }
                (None, Some(number)) if number < new.actions.len() => {
                    drop(new.actions.remove(number))
                }
                _ => dropped.extend(index),
            }
        }
        dropped.sort_unstable();
        dropped.dedup();
        for index in dropped.into_iter().rev() {
            all.remove(index);
        }
    }
    all.into_iter().map(|(_, new)| Arc::unwrap_or_clone(new)).collect()
}

fn clear(list: &str, progress: &mut Vec<ProgressEntry>, revisions: &mut Vec<Revision>) {
    match list {
        "progress" => progress.clear(),
        _ => revisions.clear(),
    }
}

/// Returns three parts of a key path: the index of the recommendation, the index of the action, and the name of the
/// list of entries. A part that is missing from the path is `None`.
fn place_of(path: &KeyPath) -> (Option<usize>, Option<usize>, Option<&'static str>) {
    let mut place = (None, None, None);
    let mut key = "";
    for step in path.steps() {
        match step {
            Step::Key(name) => {
                key = name;
                if matches!(*name, "progress" | "revisions") {
                    place.2 = Some(*name);
                }
            }
            Step::Index(index) if key == "recommendation" => place.0 = Some(*index),
            Step::Index(index) if key == "action" => place.1 = Some(*index),
            Step::Index(_) => {}
        }
    }
    place
}
