//! What a change did, in words: old → new, and what it means now.

use super::words;
use crate::model::{Change, Day, Lateness, Plan, RecommendationStanding, Status, Target, fold};

/// What changes do, as far as it can be said before they are made.
pub struct Telling {
    day: Day,
    /// One line a change.
    text: String,
    /// The recommendations whose standing they concern, each with its progress before.
    concerned: Vec<(usize, Status)>,
}

impl Telling {
    /// `plan` is as it is before `changes`.
    pub fn of(plan: &Plan<'_>, changes: &[Change<'_>], day: Day) -> Self {
        let mut text = String::new();
        let mut concerned: Vec<usize> = Vec::new();
        for change in changes {
            let (line, recommendation) = one(plan, change, day);
            text.push_str(&line);
            text.push('\n');
            concerned.extend(recommendation);
        }
        concerned.dedup();
        let before = |index| (index, plan.standing_on_for(day, index).progress);
        Self {
            day,
            text,
            concerned: concerned.into_iter().map(before).collect(),
        }
    }

    /// The lines of the changes, then one for each recommendation that they concern; `plan` is as it is now.
    pub fn told(self, plan: &Plan<'_>) -> String {
        let mut text = self.text;
        for (index, before) in self.concerned {
            let now = plan.standing_on_for(self.day, index);
            let id = &now.recommendation.id;
            let moved = if before == now.progress {
                String::new()
            } else {
                format!("{} → ", words::spoken(before))
            };
            text.push_str(&format!("recommendation {id}: {moved}{}\n", standing(&now)));
        }
        text
    }
}

fn one(plan: &Plan<'_>, change: &Change<'_>, day: Day) -> (String, Option<usize>) {
    match change {
        Change::Progress {
            target: (index, number),
            entry,
        } => {
            let id = &plan.recommendations[*index].actions[*number].id;
            let old = plan.standing_on_for(day, *index).actions[*number].status;
            let new = entry.status;
            let line = if old == new {
                format!("{id}: {}, noted on {}", words::spoken(new), entry.on)
            } else {
                format!("{id}: {} → {}", words::spoken(old), words::spoken(new))
            };
            (line, Some(*index))
        }
        Change::Revision { target, revision } => {
            let index = target.recommendation();
            let standing = &plan.standing_on_for(day, index);
            let (id, old) = match *target {
                Target::Recommendation(_) => (&standing.recommendation.id, standing.timescale),
                Target::Action(_, number) => {
                    let action = &standing.actions[number];
                    (&action.action.id, action.timescale)
                }
            };
            let old = old.map_or_else(|| "–".to_owned(), |old| fold(&old.wording));
            (
                format!("{id}: {old} → {}", fold(&revision.to.wording)),
                Some(index),
            )
        }
        Change::Verification { target, entry } => {
            let id = &plan.recommendations[*target].id;
            let line = format!(
                "{id}: {} by {} on {}",
                words::spoken(entry.result),
                fold(&entry.by),
                entry.on
            );
            (line, Some(*target))
        }
        Change::Recommendation(new) => (format!("added recommendation {}", new.id), None),
        Change::Action { target, action } => {
            let of = &plan.recommendations[*target].id;
            (
                format!("added action {} to recommendation {of}", action.id),
                Some(*target),
            )
        }
        Change::Meeting(meeting) => (format!("added the meeting of {}", meeting.date), None),
    }
}

/// A recommendation's progress, and its days before or after the deadline.
fn standing(standing: &RecommendationStanding<'_>) -> String {
    let progress = words::spoken(standing.progress);
    let late = standing.lateness.as_ref().map(Lateness::days);
    let Some(late) = late.filter(|_| standing.timing.is_some()) else {
        return progress;
    };
    match late {
        0 => format!("{progress}, on the last day of its deadline"),
        late if late > 0 => format!("{progress}, {} after its deadline", words::days(late)),
        early => format!("{progress}, {} before its deadline", words::days(early)),
    }
}

/// The change as a unified diff.
pub fn diff(path: &std::path::Path, old: &str, new: &str) -> String {
    let path = super::printable(&path.display().to_string());
    similar::TextDiff::from_lines(old, new)
        .unified_diff()
        .header(&path, &path)
        .to_string()
}
