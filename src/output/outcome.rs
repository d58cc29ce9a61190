//! What a change did, in words: old → new, and what it means now.

use std::path::Path;

use super::{printable, words};
use crate::doc::absent;
use crate::{
    edit::{Change, Changed, Standings, Target},
    model::{
        Day, Decision, Id, Keyword, Lateness, Plan, ProgressEntry, RecommendationStanding,
        Revision, is_forbidden, to_single_line,
    },
    query::Progress,
};

/// A line for each change, then one for each recommendation that they concern.
pub fn outcome(changed: &Changed, day: Day) -> String {
    let mut text = String::new();
    let standings = Standings::of(&changed.before);
    for change in &changed.changes {
        text.push_str(&format!("{}\n", line(&changed.before, &standings, change, day)));
    }
    let mut concerned: Vec<usize> = changed.changes.iter().filter_map(recommendation).collect();
    concerned.dedup();
    let is_answer = changed.changes.iter().any(|change| matches!(change, Change::Revision { .. }));
    for index in concerned {
        let before = standings.on(day, index);
        let now = changed.after.standing_on_for(day, index);
        if !is_answer {
            text.push_str(&lapsed(&before, &now));
        }
        let id = &now.recommendation().id;
        let old = progress(&before);
        let moved = if old == progress(&now) { String::new() } else { format!("{old} → ") };
        text.push_str(&format!("recommendation {id}: {moved}{}\n", standing(&now)));
    }
    text
}

/// The recommendation whose standing is printed after a change.
fn recommendation(change: &Change) -> Option<usize> {
    match change {
        Change::Progress { target, .. }
        | Change::Revision { target, .. }
        | Change::Amendment { target, .. } => Some(target.recommendation()),
        Change::Verification { target, .. }
        | Change::Response { target, .. }
        | Change::Action { target, .. } => Some(*target),
        Change::Recommendation(_) | Change::Area(_) | Change::Meeting(_) => None,
    }
}

/// One change to the plan `before`.
fn line(before: &Plan, standings: &Standings<'_>, change: &Change, day: Day) -> String {
    let id = |index: usize| &before.recommendations[index].id;
    match change {
        Change::Progress { target, entry } => {
            let standing = standings.on(day, target.recommendation());
            entered(target.id(before), *target, entry, &standing)
        }
        Change::Revision { target, revision } => {
            let standing = standings.on(day, target.recommendation());
            let old = standing.of(target.action()).timescale();
            let old = old.map_or_else(absent, |old| to_single_line(&old.words()));
            format!("{}: {}", target.id(before), moved(&old, revision))
        }
        Change::Verification { target, entry } => {
            let result = words::spoken(entry.result);
            format!("{}: {result} by {} on {}", id(*target), to_single_line(&entry.by), entry.on)
        }
        Change::Response { target, answer } => {
            let response = words::spoken(answer.response);
            format!("{}: awaited → {response} on {}", id(*target), answer.on)
        }
        Change::Amendment { target, value, amendment } => {
            let was = amendment.was.as_deref().map_or_else(absent, to_single_line);
            let (id, key) = (target.id(before), amendment.key.word());
            let new = value.as_ref().map_or_else(absent, |value| to_single_line(&value.words()));
            format!("{id}: {key} {was} → {new}")
        }
        Change::Action { target, action } => {
            format!("added action {} to recommendation {}", action.id, id(*target))
        }
        Change::Recommendation(new) => format!("added recommendation {}", new.id),
        Change::Area(area) => format!("added area {}", area.id),
        Change::Meeting(meeting) => format!("added the meeting of {}", meeting.date),
    }
}

/// What an entry does to the status of what it is about.
fn entered(
    id: &Id,
    target: Target,
    entry: &ProgressEntry,
    standing: &RecommendationStanding,
) -> String {
    let old = match target {
        Target::Recommendation(_) => standing.by_entries,
        Target::Action(_, number) => standing.actions[number].status,
    };
    let new = words::entry_words(entry);
    if old == entry.status {
        format!("{id}: {new}, noted on {}", entry.on)
    } else {
        format!("{id}: {} → {new}", words::spoken(old))
    }
}

/// What a revision does to the timescale in force.
fn moved(in_force: &str, revision: &Revision) -> String {
    let to = to_single_line(&revision.to.words());
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
        let wanted = to_single_line(&request.to.words());
        format!("{id}: the request for {wanted} lapses, for the work has ended\n")
    };
    lapsed.map(line).collect()
}

/// A recommendation's progress, and its days before or after the deadline.
fn standing(standing: &RecommendationStanding) -> String {
    let progress = progress(standing);
    let late = standing.own.lateness.as_ref().map(Lateness::days);
    let Some(late) = late.filter(|_| standing.own.timing.is_some()) else {
        return progress;
    };
    match late {
        0 => format!("{progress}, on the last day of its deadline"),
        late if late > 0 => format!("{progress}, {} after its deadline", words::days(late)),
        early => format!("{progress}, {} before its deadline", words::days(early)),
    }
}

fn progress(standing: &RecommendationStanding) -> String {
    match standing.own.rejected {
        true => words::spoken(Progress::Rejected),
        false => words::spoken(standing.own.status),
    }
}

/// The change as a unified diff. What would steer a terminal is shown as U+FFFD.
pub fn diff(path: &Path, old: &str, new: &str) -> String {
    let path = printable(&path.display().to_string());
    let diff = similar::TextDiff::from_lines(old, new);
    diff.unified_diff().header(&path, &path).to_string().replace(is_forbidden, "\u{fffd}")
}
