//! Describes the changes that a command made to a plan, and the progress after these changes.

use std::{path::Path, rc::Rc};

use super::{GivenFiles, words};
use crate::doc::absent;
use crate::{
    edit::{Change, Changed, Standings},
    file::printable_path,
    model::{
        Day, Decision, Finish, Id, KeyValue, Lateness, Plan, Position, ProgressEntry,
        RecommendationStanding, Revision, Standing, Status, is_forbidden, to_single_line,
    },
    plan_diff::Entry,
    query::Progress,
};

/// Returns a line per change, then a line with the progress of each changed recommendation. Proposed commands repeat
/// the `--file` values in `given`.
pub fn outcome(changed: &Changed, day: Day, given: &GivenFiles) -> String {
    let mut text = String::new();
    let told = Told::of(changed, day);
    for change in &changed.changes {
        let recorded = match change {
            Change::Entry { entry, .. } => entry.recorded(),
            _ => None,
        };
        let late = recorded.map(|day| format!(", recorded late on {day}")).unwrap_or_default();
        text.push_str(&format!("{}{late}\n", told.line(change)));
        text.extend(counted(&changed.before, change).map(|line| given.in_commands(&line)));
    }
    let items = changed.changes.iter().filter_map(Change::item);
    let mut concerned: Vec<usize> = items.map(|(index, _)| index).collect();
    concerned.dedup();
    let is_revision =
        |change: &Change| matches!(change, Change::Entry { entry: Entry::Revision(_), .. });
    let is_answer = changed.changes.iter().any(is_revision);
    for index in concerned {
        let [before, now] = [&told.before, &told.after].map(|standings| standings.on(day, index));
        if !is_answer {
            text.push_str(&lapsed(&before, &now));
        }
        let id = &now.recommendation().id;
        let old = progress(&before);
        let moved = if old == progress(&now) { String::new() } else { format!("{old} → ") };
        // If a recommendation ended before `day`, the line shows the state on the day on which the recommendation
        // ended.
        let finished = match now.own.finish {
            Some(Finish::Reported(on)) if on < day => told.after.on(on, index),
            _ => Rc::clone(&now),
        };
        let shown = if finished.own.finish == now.own.finish { &finished } else { &now };
        text.push_str(&format!("recommendation {id}: {moved}{}\n", standing(shown)));
    }
    text
}

/// The plan before the changes, and the computed state of its items before and after the changes.
struct Told<'c> {
    plan: &'c Plan,
    before: Standings<'c>,
    after: Standings<'c>,
    day: Day,
}

impl<'c> Told<'c> {
    fn of(changed: &'c Changed, day: Day) -> Self {
        let [before, after] = [&changed.before, &changed.after].map(Standings::of);
        Self { plan: &changed.before, before, after, day }
    }

    fn line(&self, change: &Change) -> String {
        let id = |index: usize| &self.plan.recommendations[index].id;
        match change {
            Change::Entry { item, entry, value } => self.entry(*item, entry, value.as_ref()),
            Change::Response { recommendation, answer } => {
                let response = words::spoken(answer.response);
                let id = id(*recommendation);
                match answer.on {
                    Some(on) => format!("{id}: awaited → {response} on {on}"),
                    None => format!("{id}: {response}; the text of the response is recorded"),
                }
            }
            Change::Action { recommendation, action } => {
                format!("added action {} to recommendation {}", action.id, id(*recommendation))
            }
            Change::Recommendation(new) => {
                let placed = [("area", &new.area), ("priority", &new.priority)].into_iter();
                let placed = placed.filter_map(|(key, value)| Some((key, value.as_ref()?)));
                let placed: String =
                    placed.map(|(key, value)| format!(", {key} {value}")).collect();
                format!("added recommendation {}{}", new.id, to_single_line(&placed))
            }
            Change::Area(area) => format!("added area {}", area.id),
            Change::Meeting(meeting) => format!("added the meeting of {}", meeting.date),
        }
    }

    /// Describes a new entry of an item. If the entry is an amendment, `value` is the new value of the amended key.
    fn entry(&self, item: Position, entry: &Entry, value: Option<&KeyValue<'_>>) -> String {
        let id = self.plan.item(item).id();
        match entry {
            Entry::Progress(entry) => {
                let standing = self.before.on(self.day, item.0);
                let is_reopened = item.1.is_none() && standing.reopened;
                let old = match is_reopened {
                    true => standing.own.status,
                    false => self.before.status(self.day, item),
                };
                entered(id, [old, self.after.status(self.day, item)], entry)
            }
            Entry::Revision(revision) => self.revision(item, revision),
            Entry::Verification(entry) => {
                let (result, by) = (words::spoken(entry.result), to_single_line(&entry.by));
                format!("{id}: {result} by {by} on {}", entry.on)
            }
            Entry::Amendment(entry) => {
                let was = entry.was.as_deref().map_or_else(absent, to_single_line);
                let new = value.map_or_else(absent, |value| to_single_line(&value.words()));
                format!("{id}: {} {was} → {new}", entry.key.word())
            }
        }
    }

    fn revision(&self, item: Position, revision: &Revision) -> String {
        let before = self.before.on(revision.on, item.0);
        let after = self.after.on(self.day, item.0);
        let [old, now] = [before, after].map(|whole| {
            let timescale = whole.of(item.1).and_then(Standing::timescale);
            timescale.map_or_else(absent, |agreed| to_single_line(&agreed.words()))
        });
        let is_overtaken = revision.recorded.is_some() && revision.is_agreed();
        let since = match now == to_single_line(&revision.to.words()) {
            false if is_overtaken => format!(" (a later entry says {now})"),
            _ => String::new(),
        };
        format!("{}: {}{since}", self.plan.item(item).id(), moved(&old, revision))
    }
}

/// Returns a line about the day on which a new recommendation or action was added; `None` for any other change.
fn counted(before: &Plan, change: &Change) -> Option<String> {
    let item = match change {
        Change::Recommendation(new) => new.item(),
        Change::Action { recommendation, action } => {
            before.recommendations[*recommendation].item_of(action)
        }
        _ => return None,
    };
    let (id, made) = (item.id(), item.made_on(before.date));
    let otherwise = item.date().map(|_| {
        format!("; if it was added on another day: plan amend {id} date DATE --reason WHY")
    });
    Some(format!("{id} counts as added on {made}{}\n", otherwise.unwrap_or_default()))
}

/// Describes a progress entry. `old` is the status before the entry, and `now` is the status after all entries.
fn entered(id: &Id, [old, now]: [Status; 2], entry: &ProgressEntry) -> String {
    let (status, on) = (entry.status.unwrap_or(old), entry.on);
    let new = words::entry_words(&ProgressEntry { status: Some(status), ..entry.clone() });
    match (entry.recorded, words::spoken(now)) {
        (_, _) if old == status => format!("{id}: {new}, noted on {on}"),
        (Some(_), stays) if now != status => {
            format!("{id}: {new} on {on} (a later entry says {stays})")
        }
        (Some(_), _) => format!("{id}: {} → {new} on {on}", words::spoken(old)),
        _ => format!("{id}: {} → {new}", words::spoken(old)),
    }
}

/// Describes a revision of a timescale. `in_force` is the timescale before the revision.
fn moved(in_force: &str, revision: &Revision) -> String {
    let to = to_single_line(&revision.to.words());
    let by = words::by(revision.by.as_deref());
    match revision.decision {
        None => format!("{in_force} → {to}"),
        Some(Decision::Requested) => {
            format!("extension to {to} requested{by}; {in_force} applies until the decision")
        }
        Some(Decision::Agreed) if in_force == to => format!("{to}, agreed{by}"),
        Some(Decision::Agreed) => format!("{in_force} → {to}, agreed{by}"),
        Some(Decision::Refused) => {
            format!("extension to {to} refused{by}; {in_force} still applies")
        }
    }
}

/// Returns a line for each requested extension that lapsed because the item ended.
fn lapsed(before: &RecommendationStanding, now: &RecommendationStanding) -> String {
    let waits = |id: &Id| now.requests().any(|(waiting, _)| waiting == id);
    let lapsed = before.requests().filter(|(id, _)| !waits(id));
    let line = |(id, request): (&Id, &Revision)| {
        let wanted = to_single_line(&request.to.words());
        format!(
            "{id}: the request for an extension to {wanted} lapses because the work has ended\n"
        )
    };
    lapsed.map(line).collect()
}

/// Returns the progress of a recommendation in words, and the length of time before or after its due date.
fn standing(standing: &RecommendationStanding) -> String {
    let progress = progress(standing);
    let late = standing.own.lateness.map(Lateness::days);
    let Some(late) = late.filter(|_| standing.own.timing.is_some()) else { return progress };
    format!("{progress}, {}", words::against_due_date(late))
}

fn progress(standing: &RecommendationStanding) -> String {
    match standing.own.rejected {
        true => words::spoken(Progress::Rejected),
        false => words::spoken(standing.own.status),
    }
}

/// Returns the change of a plan file as a unified diff. Control characters are shown as U+FFFD.
pub fn diff(path: &Path, old: &str, new: &str) -> String {
    let path = printable_path(path);
    let diff = similar::TextDiff::from_lines(old, new);
    diff.unified_diff().header(&path, &path).to_string().replace(is_forbidden, "\u{fffd}")
}
