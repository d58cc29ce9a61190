//! Summarises a period: the recommendations that were open before the period, those that were added, reopened or closed
//! in the period, and those that are open now.

use std::collections::{HashMap, HashSet};

use super::{Progress, Row, View};
use crate::{
    model::{
        Day, Decision, Id, ItemRef, KeyValue, Period, Plan, Revision, Verdict, Verification,
        extensions, ratified, to_single_line, vocabulary,
    },
    plan_diff::{ChangeKind, Difference, Entry, Positions, amended_words, between},
};

/// The summary of a period for one plan. The recommendations that were open before the period, plus the added and the
/// reopened ones, minus the closed ones, are those that are open now. In this summary, every recommendation that is not
/// closed is open, even if it is complete and only a verification is missing.
#[derive(Debug)]
pub struct PeriodSummary {
    /// The last day before the period.
    pub from: Day,
    /// The last day of the period.
    pub to: Day,
    pub open_before: Vec<Id>,
    /// The recommendations that were added. A recommendation that was added and closed in the period is in `closed`
    /// too.
    pub added: Vec<Id>,
    pub reopened: Vec<Id>,
    /// The recommendations that were closed or deleted. Each of them was open before the period, or was added in the
    /// period.
    pub closed: Vec<Id>,
    pub open_now: Vec<Id>,
    /// The events, sorted by kind. Events of the same kind are in the order of the plan.
    pub events: Vec<Event>,
}

vocabulary! {
    /// The kinds of events in a period.
    Happened {
        Added = "added",
        Reopened = "reopened",
        Completed = "completed",
        Superseded = "superseded",
        NotPursued = "not-pursued",
        Rejected = "rejected",
        /// The recommendation was deleted from the plan.
        Dropped = "dropped",
        NewlyOverdue = "newly-overdue",
        /// Management responded to the recommendation.
        Answered = "answered",
        /// The timescale was revised.
        Extended = "extended",
        /// An extension was requested.
        Requested = "requested",
        /// A requested extension was refused.
        RequestRefused = "request-refused",
        Verified = "verified",
        Refused = "refused",
        /// An entry, a response or a recommendation was recorded in the period, but its date is before the period.
        RecordedLate = "recorded-late",
        /// An entry from before the period was changed or deleted, and no amendment records this change.
        Altered = "altered",
        /// The recommendation is open, and nothing about it was recorded or changed.
        Untouched = "untouched",
    }
}

/// An event of a recommendation or an action in the period.
#[derive(Debug)]
pub struct Event {
    pub what: Happened,
    pub id: Id,
    /// The title of the item or, without a title, the text of the item on one line.
    pub name: String,
    /// The date of the event, such as the date of the entry or of the completion.
    pub on: Option<Day>,
    /// The due date that was missed, for a newly overdue item.
    pub deadline: Option<Period>,
    /// The number of days from the due date to the day on which the item ended. For an overdue item, the number of days
    /// from the due date to the end of the period. The number is negative before the due date.
    pub days_late: Option<i64>,
    /// The timescale before the revision.
    pub old: Option<String>,
    /// The timescale after the revision, or the new management response.
    pub new: Option<String>,
    /// The number of extensions of the item up to this event.
    pub times: Option<usize>,
    pub reason: Option<String>,
    pub by: Option<String>,
    /// The difference between the two versions of the plan that this event reports, if an entry was recorded late,
    /// changed or deleted. `None` for other events.
    pub difference: Option<Difference>,
}

impl Event {
    fn new(what: Happened, id: &Id, name: &str) -> Self {
        Self {
            what,
            id: id.clone(),
            name: to_single_line(name),
            on: None,
            deadline: None,
            days_late: None,
            old: None,
            new: None,
            times: None,
            reason: None,
            by: None,
            difference: None,
        }
    }
}

/// Summarises the period that begins after the day `from` and ends with the day `to`. `earlier` is the plan as known on
/// the day `from`, and `present` is the plan as known now. If the plan as known on the day `from` cannot be found,
/// `earlier` is the same as `present`.
pub fn period_summary(earlier: &Plan, present: &Plan, from: Day, to: Day) -> PeriodSummary {
    let before = View::new(earlier.known_by(from), from, 0, None);
    let now = View::new(present.without_later_than(to), to, 0, None);
    let (rows_before, rows_now) = (published(&before), published(&now));
    let before_by_id: HashMap<&Id, &Row<'_>> =
        rows_before.iter().map(|row| (row.id(), row)).collect();
    let ids_now: HashSet<&Id> = rows_now.iter().map(Row::id).collect();
    let mut summary = PeriodSummary {
        from,
        to,
        open_before: ids(rows_before.iter().filter(|row| !row.own.closed)),
        added: Vec::new(),
        reopened: Vec::new(),
        closed: Vec::new(),
        open_now: ids(rows_now.iter().filter(|row| !row.own.closed)),
        events: Vec::new(),
    };
    let differences = between(&before.plan, &now.plan);
    let touched: HashSet<usize> =
        differences.iter().filter_map(|difference| Some(difference.positions.present?.0)).collect();
    for row in &rows_now {
        let is_touched = touched.contains(&row.whole.index);
        summary.compare(before_by_id.get(row.id()).copied(), row, is_touched);
        let was_made = before.plan.date <= from && row.made_on() <= from;
        if was_made && !before_by_id.contains_key(row.id()) {
            let event = Event::new(Happened::RecordedLate, row.id(), row.name());
            summary.events.push(Event { on: Some(row.made_on()), ..event });
        }
    }
    for row in rows_before.iter().filter(|row| !ids_now.contains(row.id())) {
        summary.events.push(Event::new(Happened::Dropped, row.id(), row.name()));
        if !row.own.closed {
            summary.closed.push(row.id().clone());
        }
    }
    for difference in differences {
        summary.events.extend(recorded(difference, from, &before.plan, &now.plan));
    }
    summary.events.sort_by_key(|event| event.what);
    summary
}

/// Returns the recommendations of a view. There are none if the plan was published after the as-of day.
fn published(view: &View) -> Vec<Row<'_>> {
    view.recommendations().filter(|_| view.plan.date <= view.as_of).collect()
}

fn ids<'r, 'v: 'r>(rows: impl Iterator<Item = &'r Row<'v>>) -> Vec<Id> {
    rows.map(|row| row.id().clone()).collect()
}

impl PeriodSummary {
    /// Compares a recommendation before and after the period, and adds its events.
    fn compare(&mut self, before: Option<&Row<'_>>, now: &Row<'_>, is_touched: bool) {
        let id = now.id();
        let event = |what| Event::new(what, id, now.name());
        let was_open = before.is_none_or(|before| !before.own.closed);
        match before {
            None => {
                self.added.push(id.clone());
                self.events.push(event(Happened::Added));
            }
            Some(_) if !was_open && !now.own.closed => {
                self.reopened.push(id.clone());
                self.events.push(self.reopened(now, event(Happened::Reopened)));
            }
            Some(_) => {}
        }
        if was_open && now.own.closed {
            self.closed.push(id.clone());
        }
        let ended = ended(now.progress())
            .filter(|_| before.is_none_or(|before| before.progress() != now.progress()));
        if let Some(what) = ended {
            let on = match what {
                Happened::Rejected => now.recommendation().response_on.or(Some(now.made_on())),
                _ => now.own.finish.map(|finish| finish.last_day()),
            };
            // A rejected recommendation is neither on time nor late, so its event has no number of days.
            let days_late = now.days_late().filter(|_| what != Happened::Rejected);
            self.events.push(Event { on, days_late, ..event(what) });
        }
        if now.is_overdue() && !before.is_some_and(Row::is_overdue) {
            let (deadline, days_late) = (now.deadline(), now.days_late());
            self.events.push(Event { deadline, days_late, ..event(Happened::NewlyOverdue) });
        }
        if before.is_some() && !now.own.closed && !is_touched {
            self.events.push(event(Happened::Untouched));
        }
    }

    /// Returns the event for a reopened recommendation. If a new action caused the reopening, the event names this
    /// action.
    fn reopened(&self, now: &Row<'_>, event: Event) -> Event {
        let added = now.actions().filter_map(|action| Some((action.item().date()?, action.id())));
        let first = added.filter(|(on, _)| *on > self.from).min_by_key(|(on, _)| *on);
        let Some((on, id)) = first else { return event };
        Event { on: Some(on), reason: Some(format!("action {id} was added")), ..event }
    }
}

/// Returns the kind of event for the end of an item. Returns `None` if the item has not ended.
fn ended(progress: Progress) -> Option<Happened> {
    match progress {
        Progress::NotStarted | Progress::InProgress => None,
        Progress::Complete => Some(Happened::Completed),
        Progress::Superseded => Some(Happened::Superseded),
        Progress::NotPursued => Some(Happened::NotPursued),
        Progress::Rejected => Some(Happened::Rejected),
    }
}

/// Returns the event for a difference in a management response or an entry. Returns `None` if the difference needs no
/// event.
fn recorded(difference: Difference, from: Day, earlier: &Plan, present: &Plan) -> Option<Event> {
    let id = difference.item.id()?;
    let work = difference.work(Some(earlier), Some(present));
    let event = |what| Event::new(what, id, work.map_or("", ItemRef::name));
    let (irregular, on) = match (&difference.change, difference.change.answer()) {
        (_, Some((_, Some(on)))) if on <= from => (Happened::RecordedLate, on),
        (_, Some((answer, on))) => {
            let new = Some(answer.to_owned());
            return Some(Event { on, new, ..event(Happened::Answered) });
        }
        (ChangeKind::Entry { old: Some(old), new, index, .. }, _) => {
            let Positions { earlier: before, present: now } = difference.positions;
            let items = before.map(|at| earlier.item(at)).zip(now.map(|at| present.item(at)));
            let is_amended = new
                .as_ref()
                .zip(items)
                .and_then(|(new, (before, now))| amended_words((old, new), *index, before, now));
            if is_amended.is_some() {
                return None;
            }
            (Happened::Altered, old.on())
        }
        (ChangeKind::Entry { new: Some(entry), before, index, .. }, _) => match entry {
            entry if entry.on() <= from => (Happened::RecordedLate, entry.on()),
            // This revision only confirms an extension that already has an event.
            Entry::Revision(revision)
                if work.is_some_and(|work| ratified(work.revisions(), *index).is_some())
                    && before.as_ref().map(KeyValue::words) == Some(revision.to.words()) =>
            {
                return None;
            }
            Entry::Revision(revision) => {
                let times = work.map(|work| extensions(work, Some(*index)));
                return Some(Event { times, ..revised(revision, before.as_ref(), event) });
            }
            Entry::Verification(entry) => return Some(verified(entry, event)),
            Entry::Progress(_) | Entry::Amendment(_) => return None,
        },
        _ => return None,
    };
    let event = Event { on: Some(on), ..event(irregular) };
    Some(Event { difference: Some(difference), ..event })
}

fn revised(
    revision: &Revision,
    before: Option<&KeyValue<'_>>,
    event: impl Fn(Happened) -> Event,
) -> Event {
    let what = match revision.decision {
        None | Some(Decision::Agreed) => Happened::Extended,
        Some(Decision::Requested) => Happened::Requested,
        Some(Decision::Refused) => Happened::RequestRefused,
    };
    let old = before.map(|before| to_single_line(&before.words()));
    let (on, new) = (Some(revision.on), Some(revision.to.line()));
    let (reason, by) = (revision.reason.clone(), revision.by.clone());
    Event { on, old, new, reason, by, ..event(what) }
}

fn verified(entry: &Verification, event: impl Fn(Happened) -> Event) -> Event {
    let what = match entry.result {
        Verdict::Verified => Happened::Verified,
        Verdict::Refused => Happened::Refused,
    };
    let (reason, by) = (entry.note.clone(), Some(entry.by.clone()));
    Event { on: Some(entry.on), reason, by, ..event(what) }
}

#[cfg(test)]
mod tests;
