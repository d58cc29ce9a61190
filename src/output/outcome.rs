//! What a change did, in words: old → new, and what it means now.

use std::path::Path;

use super::{facts::ABSENT, printable, words};
use crate::{
    edit::{Change, Changed, Target},
    model::{
        Day, Decision, Id, Lateness, Plan, RecommendationStanding, Revision, Word, fold,
        is_forbidden,
    },
    query::Progress,
};

/// A line for each change, then one for each recommendation that they concern.
pub fn outcome(changed: &Changed, day: Day) -> String {
    let mut text = String::new();
    let mut concerned: Vec<usize> = Vec::new();
    for change in &changed.changes {
        let (line, recommendation) = one(&changed.before, change, day);
        text.push_str(&line);
        text.push('\n');
        concerned.extend(recommendation);
    }
    concerned.dedup();
    let is_answer = changed.changes.iter().any(|change| matches!(change, Change::Revision { .. }));
    for index in concerned {
        let before = changed.before.standing_on_for(day, index);
        let now = changed.after.standing_on_for(day, index);
        if !is_answer {
            text.push_str(&lapsed(&before, &now));
        }
        let id = &now.recommendation.id;
        let old = progress(&before);
        let moved = if old == progress(&now) { String::new() } else { format!("{old} → ") };
        text.push_str(&format!("recommendation {id}: {moved}{}\n", standing(&now)));
    }
    text
}

/// One change to the plan `before`, and the recommendation it concerns.
fn one(before: &Plan, change: &Change, day: Day) -> (String, Option<usize>) {
    let recommendation = |index: usize| &before.recommendations[index];
    match change {
        Change::Progress { target, entry } => {
            let standing = before.standing_on_for(day, target.recommendation());
            let old = match *target {
                Target::Recommendation(_) => standing.by_entries,
                Target::Action(_, number) => standing.actions[number].status,
            };
            let (id, new) = (target.id(before), words::entry_words(entry));
            let line = if old == entry.status {
                format!("{id}: {new}, noted on {}", entry.on)
            } else {
                format!("{id}: {} → {new}", words::spoken(old))
            };
            (line, Some(target.recommendation()))
        }
        Change::Revision { target, revision } => {
            let index = target.recommendation();
            let standing = before.standing_on_for(day, index);
            let old = match *target {
                Target::Recommendation(_) => standing.timescale(),
                Target::Action(_, number) => standing.actions[number].timescale(),
            };
            let old = old.map_or_else(|| ABSENT.to_owned(), |old| fold(&old.words()));
            (format!("{}: {}", target.id(before), moved(&old, revision)), Some(index))
        }
        Change::Verification { target, entry } => {
            let (id, result) = (&recommendation(*target).id, words::spoken(entry.result));
            let line = format!("{id}: {result} by {} on {}", fold(&entry.by), entry.on);
            (line, Some(*target))
        }
        Change::Recommendation(new) => (format!("added recommendation {}", new.id), None),
        Change::Response { target, answer } => {
            let (id, response) = (&recommendation(*target).id, words::spoken(answer.response));
            (format!("{id}: awaited → {response} on {}", answer.on), Some(*target))
        }
        Change::Action { target, action } => {
            let whole = &recommendation(*target).id;
            let line = format!("added action {} to recommendation {whole}", action.id);
            (line, Some(*target))
        }
        Change::Area(area) => (format!("added area {}", area.id), None),
        Change::Amendment { target, value, amendment } => {
            let id = target.id(before);
            let was = amendment.was.as_deref().map_or_else(|| ABSENT.to_owned(), fold);
            let line = format!("{id}: {} {was} → {}", amendment.key.word(), fold(&value.words()));
            (line, Some(target.recommendation()))
        }
        Change::Meeting(meeting) => (format!("added the meeting of {}", meeting.date), None),
    }
}

/// What a revision does to the timescale in force.
fn moved(in_force: &str, revision: &Revision) -> String {
    let to = fold(&revision.to.words());
    let by = words::by(revision.by.as_deref());
    match revision.decision {
        None => format!("{in_force} → {to}"),
        Some(Decision::Requested) => {
            format!("{to} is asked for{by}; {in_force} stays until that is decided")
        }
        Some(Decision::Agreed) => format!("{in_force} → {to}, agreed{by}"),
        Some(Decision::Refused) => format!("{to} refused{by}; {in_force} stays"),
    }
}

/// A line for each request that waited before the work ended and waits no more.
fn lapsed(before: &RecommendationStanding, now: &RecommendationStanding) -> String {
    let waits = |id: &Id| now.requests().any(|(waiting, _)| waiting == id);
    let lapsed = before.requests().filter(|(id, _)| !waits(id));
    let line = |(id, request): (&Id, &Revision)| {
        let wanted = fold(&request.to.words());
        format!("{id}: the request for {wanted} lapses, for the work has ended\n")
    };
    lapsed.map(line).collect()
}

/// A recommendation's progress, and its days before or after the deadline.
fn standing(standing: &RecommendationStanding) -> String {
    let progress = progress(standing);
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

fn progress(standing: &RecommendationStanding) -> String {
    match standing.rejected {
        true => words::spoken(Progress::Rejected),
        false => words::spoken(standing.progress),
    }
}

/// The change as a unified diff. What would steer a terminal is shown as U+FFFD.
pub fn diff(path: &Path, old: &str, new: &str) -> String {
    let path = printable(&path.display().to_string());
    let diff = similar::TextDiff::from_lines(old, new);
    diff.unified_diff().header(&path, &path).to_string().replace(is_forbidden, "\u{fffd}")
}
