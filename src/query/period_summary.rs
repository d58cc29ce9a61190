//! The account of a period: what was open before it, what came and went, and what is open now.

use std::collections::{HashMap, HashSet};

use super::{Progress, Row, View};
use crate::{
    model::{
        Day, Decision, Id, ItemRef, KeyValue, Period, Plan, Revision, Verdict, Verification,
        extensions, ratified, to_single_line, vocabulary,
    },
    plan_diff::{ChangeKind, Difference, Entry, Positions, amended_words, between},
};

/// The account of a plan in a period: the recommendations that were open before it, as far as was known
/// then, with those that were added and opened again and without those that were closed, are those open now.
#[derive(Debug)]
pub struct PeriodSummary {
    /// The period begins after this day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    pub open_before: Vec<Id>,
    /// The recommendations that were added. One that was closed since is among the closed ones too.
    pub added: Vec<Id>,
    pub reopened: Vec<Id>,
    /// The recommendations that are closed now, as the plan's policy has it, or are gone.
    pub closed: Vec<Id>,
    pub open_now: Vec<Id>,
    /// In the order of the plan, for each thing that can happen.
    pub events: Vec<Event>,
}

vocabulary! {
    /// The events of a period.
    Happened {
        Added = "added",
        Reopened = "reopened",
        Completed = "completed",
        Superseded = "superseded",
        NotPursued = "not-pursued",
        Rejected = "rejected",
        /// It is no longer in the plan.
        Dropped = "dropped",
        NewlyOverdue = "newly-overdue",
        /// A response that was awaited was given.
        Answered = "answered",
        /// Its timescale was revised.
        Extended = "extended",
        /// A later timescale was asked for.
        Requested = "requested",
        /// The timescale that was asked for was refused.
        RequestRefused = "request-refused",
        Verified = "verified",
        Refused = "refused",
        /// An entry, an answer or a recommendation from before the period that was not known then.
        RecordedLate = "recorded-late",
        /// An entry from before the period was changed or deleted.
        Altered = "altered",
        /// Open, and nothing was recorded or changed.
        Untouched = "untouched",
    }
}

/// Something that happened to a recommendation or an action.
#[derive(Debug)]
pub struct Event {
    pub what: Happened,
    pub id: Id,
    /// Its title or first words.
    pub name: String,
    /// The day of the entry, or on which it was finished.
    pub on: Option<Day>,
    /// The deadline that was missed.
    pub deadline: Option<Period>,
    /// Days after the deadline: negative before it.
    pub days_late: Option<i64>,
    /// The timescale before the revision, and the one after it.
    pub old: Option<String>,
    pub new: Option<String>,
    /// How often the timescale had been revised by then.
    pub times: Option<usize>,
    pub reason: Option<String>,
    pub by: Option<String>,
    /// The entry that was recorded, changed or deleted.
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

/// The account of the time after `from` up to `to`: `earlier` is the plan as it was known on `from`, `present` as it
/// is known now. Where nothing else is known, both are the same plan.
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
        open_before: ids(rows_before.iter().filter(|row| !row.is_closed())),
        added: Vec::new(),
        reopened: Vec::new(),
        closed: Vec::new(),
        open_now: ids(rows_now.iter().filter(|row| !row.is_closed())),
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
        if !row.is_closed() {
            summary.closed.push(row.id().clone());
        }
    }
    for difference in differences {
        summary.events.extend(recorded(difference, from, &before.plan, &now.plan));
    }
    summary.events.sort_by_key(|event| event.what);
    summary
}

/// The recommendations that there are on the day of a view. A plan has none before it is published.
fn published(view: &View) -> Vec<Row<'_>> {
    view.recommendations().filter(|_| view.plan.date <= view.as_of).collect()
}

fn ids<'r, 'v: 'r>(rows: impl Iterator<Item = &'r Row<'v>>) -> Vec<Id> {
    rows.map(|row| row.id().clone()).collect()
}

impl PeriodSummary {
    /// Adds what became of a recommendation that is there now.
    fn compare(&mut self, before: Option<&Row<'_>>, now: &Row<'_>, is_touched: bool) {
        let id = now.id();
        let event = |what| Event::new(what, id, now.name());
        let was_open = before.is_none_or(|before| !before.is_closed());
        match before {
            None => {
                self.added.push(id.clone());
                self.events.push(event(Happened::Added));
            }
            Some(_) if !was_open && !now.is_closed() => {
                self.reopened.push(id.clone());
                self.events.push(self.reopened(now, event(Happened::Reopened)));
            }
            Some(_) => {}
        }
        if was_open && now.is_closed() {
            self.closed.push(id.clone());
        }
        let ended = ended(now.progress())
            .filter(|_| before.is_none_or(|before| before.progress() != now.progress()));
        if let Some(what) = ended {
            let on = match what {
                Happened::Rejected => now.answered_on(),
                _ => now.finish().map(|finish| finish.last_day()),
            };
            // Work that nobody did was neither on time nor late.
            let days_late = now.days_late().filter(|_| what != Happened::Rejected);
            self.events.push(Event { on, days_late, ..event(what) });
        }
        if now.is_overdue() && !before.is_some_and(Row::is_overdue) {
            let (deadline, days_late) = (now.deadline(), now.days_late());
            self.events.push(Event { deadline, days_late, ..event(Happened::NewlyOverdue) });
        }
        if before.is_some() && !now.is_closed() && !is_touched {
            self.events.push(event(Happened::Untouched));
        }
    }
}

impl PeriodSummary {
    /// The event of finished work that is open again, with the action of the period that opened it.
    fn reopened(&self, now: &Row<'_>, event: Event) -> Event {
        let added = now.actions().filter_map(|action| Some((action.item().date()?, action.id())));
        let first = added.filter(|(on, _)| *on > self.from).min_by_key(|(on, _)| *on);
        let Some((on, id)) = first else {
            return event;
        };
        Event { on: Some(on), reason: Some(format!("action {id} was added")), ..event }
    }
}

/// How work ended.
fn ended(progress: Progress) -> Option<Happened> {
    match progress {
        Progress::NotStarted | Progress::InProgress => None,
        Progress::Complete => Some(Happened::Completed),
        Progress::Superseded => Some(Happened::Superseded),
        Progress::NotPursued => Some(Happened::NotPursued),
        Progress::Rejected => Some(Happened::Rejected),
    }
}

/// The event of an answer, or of an entry that was added, changed or deleted.
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
            // It confirms an extension that was told already.
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
