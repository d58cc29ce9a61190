//! The data of a timeline chart: the bars with their parts, and the marks on days.

use std::collections::HashMap;

use super::{Portfolio, Progress, Row};
use crate::model::{Area, Day, Meeting, Period, Term, Timing, vocabulary};

vocabulary! {
    /// The kind of a part of a bar.
    StrokeKind {
        /// The time up to the original due date, or the time of work that has no end date.
        Agreed = "agreed",
        /// The time from the original due date to a later due date.
        Extended = "extended",
        /// The time after the due date in which the item was not complete.
        Overdue = "overdue",
    }
}

vocabulary! {
    /// The marks on a bar, the least important first. If two marks are at the same place, the more important mark is
    /// shown.
    MarkKind {
        /// The next review of an open item.
        Review = "review",
        /// A revised due date that was moved again.
        RevisedDeadline = "revised-deadline",
        /// The original due date, if it was moved.
        OriginalDeadline = "original-deadline",
        /// The current due date.
        Deadline = "deadline",
        /// The requested due date that awaits a decision.
        RequestedDeadline = "requested-deadline",
        /// The end of a superseded or abandoned item.
        Ended = "ended",
        Complete = "complete",
    }
}

/// A part of a bar from the day `from` to the day `to`, both included. If `to` is `None`, the part has no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    pub kind: StrokeKind,
    pub from: Day,
    pub to: Option<Day>,
}

/// A mark on a bar. It is drawn at the last day of the period `at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub kind: MarkKind,
    pub at: Period,
}

/// The bar of a recommendation or action in a timeline. If the item has no dates, the bar has neither strokes nor
/// marks.
pub struct Bar<'v> {
    pub row: Row<'v>,
    /// The parts of the bar in the order of time.
    pub strokes: Vec<Stroke>,
    /// The marks, the least important first.
    pub marks: Vec<Mark>,
}

/// The bars of the items in one area of a plan.
pub struct Lane<'v> {
    /// The name of the plan, if there are several plans.
    pub plan: Option<&'v str>,
    pub area: Option<&'v Area>,
    /// True if the lane contains the items without an area in a plan that has areas.
    pub is_rest: bool,
    pub bars: Vec<Bar<'v>>,
}

/// A meeting, with the name of its plan if there are several plans.
pub struct MeetingMark<'v> {
    pub plan: Option<&'v str>,
    pub meeting: &'v Meeting,
}

/// All data that is drawn in a timeline.
pub struct Timeline<'v> {
    pub from: Day,
    pub to: Day,
    pub as_of: Day,
    /// The meetings from the day `from` to the day `to`.
    pub meetings: Vec<MeetingMark<'v>>,
    /// The lanes by plan, then by area. Items without an area come last.
    pub lanes: Vec<Lane<'v>>,
}

impl<'v> Timeline<'v> {
    /// Creates a timeline of the rows. It begins on the day on which the oldest item was made, and ends with the last
    /// date or the next meeting, whichever is later.
    pub fn new(portfolio: &'v Portfolio, rows: &[Row<'v>]) -> Self {
        let as_of = portfolio.as_of;
        let lanes = lanes(portfolio, rows);
        let bars = || lanes.iter().flat_map(|lane| &lane.bars);
        let next = portfolio.views.iter().filter_map(|view| view.plan.next_meeting(as_of));
        let dates = bars().flat_map(Bar::dates).chain([as_of]);
        let from = rows.iter().map(Row::made_on).chain([as_of]).min().unwrap_or(as_of);
        let to = dates.chain(next.map(|meeting| meeting.date.last_day())).max().unwrap_or(as_of);
        let meetings = portfolio.views.iter().flat_map(|view| {
            let plan = view.name.as_deref();
            view.plan.meetings.iter().map(move |meeting| MeetingMark { plan, meeting })
        });
        let shown = |held: &MeetingMark<'_>| (from..=to).contains(&held.meeting.date.last_day());
        Self { from, to, as_of, meetings: meetings.filter(shown).collect(), lanes }
    }
}

/// Returns the rows as lanes, in the order of their plans and areas.
fn lanes<'v>(portfolio: &'v Portfolio, rows: &[Row<'v>]) -> Vec<Lane<'v>> {
    let mut bars: HashMap<(usize, Option<&str>), Vec<Bar<'v>>> = HashMap::new();
    for row in rows {
        bars.entry((row.view.position, row.area())).or_default().push(Bar::new(*row));
    }
    let mut lanes = Vec::new();
    for view in &portfolio.views {
        let areas = view.plan.areas.iter().map(Some).chain([None]);
        for area in areas {
            let id = area.map(|area| area.id.as_str());
            if let Some(bars) = bars.remove(&(view.position, id)) {
                let is_rest = area.is_none() && !view.plan.areas.is_empty();
                lanes.push(Lane { plan: view.name.as_deref(), area, is_rest, bars });
            }
        }
    }
    lanes
}

impl<'v> Bar<'v> {
    fn new(row: Row<'v>) -> Self {
        if row.own.rejected {
            return Self { row, strokes: Vec::new(), marks: Vec::new() };
        }
        Self { row, strokes: strokes(&row), marks: marks(&row) }
    }

    /// Returns the last days of all strokes and marks.
    fn dates(&self) -> impl Iterator<Item = Day> {
        let ends = self.strokes.iter().filter_map(|stroke| stroke.to);
        ends.chain(self.marks.iter().map(|mark| mark.at.last_day()))
    }
}

/// Returns the agreed due dates in order, from the original to the current one.
fn deadlines(row: &Row<'_>) -> Vec<Period> {
    row.own.timescales().filter_map(|timescale| timescale.term.deadline()).collect()
}

fn marks(row: &Row<'_>) -> Vec<Mark> {
    let deadlines = deadlines(row);
    let (first, in_force) = (deadlines.first().copied(), row.own_deadline());
    let moved = deadlines.into_iter().filter(|at| Some(*at) != first && Some(*at) != in_force);
    let ended = match row.progress() {
        Progress::Complete => Some(MarkKind::Complete),
        Progress::Superseded | Progress::NotPursued => Some(MarkKind::Ended),
        _ => None,
    };
    let finish = row.own.finish.map(|finish| finish.period());
    let review = row.open_review().map(|at| (MarkKind::Review, at));
    let moved = moved.map(|at| (MarkKind::RevisedDeadline, at));
    let mut marks: Vec<_> = review.into_iter().chain(moved).collect();
    let original = first.filter(|first| Some(*first) != in_force);
    marks.extend(original.map(|at| (MarkKind::OriginalDeadline, at)));
    marks.extend(in_force.map(|at| (MarkKind::Deadline, at)));
    let requested = row.request().and_then(|request| request.to.term.deadline());
    marks.extend(requested.map(|at| (MarkKind::RequestedDeadline, at)));
    marks.extend(ended.zip(finish));
    marks.into_iter().map(|(kind, at)| Mark { kind, at }).collect()
}

fn strokes(row: &Row<'_>) -> Vec<Stroke> {
    let is_ongoing = row.own.timescale().is_some_and(|last| last.term == Term::Ongoing);
    let due = row.own_deadline().or(row.deadline()).map(Period::last_day);
    let late = late(row);
    let end = match row.own.finish {
        Some(finish) => Some(finish.last_day()),
        None if is_ongoing => None,
        // Without any date, there is nothing to draw.
        None if due.is_none() => return Vec::new(),
        None => {
            due.max(row.own.deciding.filter(|lateness| lateness.days() > 0).map(|_| row.view.as_of))
        }
    };
    let first = deadlines(row).first().map(|first| first.last_day());
    let kind = |to: Option<Day>| match (to, first) {
        (Some(to), _) if late.is_some_and(|(from, until)| from < to && to <= until) => {
            StrokeKind::Overdue
        }
        (Some(to), Some(first)) if first < to && due.is_none_or(|due| to <= due) => {
            StrokeKind::Extended
        }
        (None, Some(_)) => StrokeKind::Extended,
        _ => StrokeKind::Agreed,
    };
    let mut from = row.made_on();
    let turns = [first, due, late.map(|(from, _)| from), late.map(|(_, to)| to)];
    let mut turns: Vec<Day> = turns.into_iter().flatten().collect();
    turns.retain(|turn| from <= *turn && end.is_none_or(|end| *turn < end));
    turns.sort_unstable();
    turns.dedup();
    let ends = turns.into_iter().map(Some).chain([end]);
    let mut strokes: Vec<Stroke> = Vec::new();
    for to in ends.filter(|to| to.is_none_or(|to| row.made_on() <= to)) {
        match strokes.last_mut() {
            Some(last) if last.kind == kind(to) => last.to = to,
            _ => strokes.push(Stroke { kind: kind(to), from, to }),
        }
        from = to.and_then(|to| to.succ_opt()).unwrap_or(from);
    }
    strokes
}

/// Returns the due date of a row that is overdue or was completed late, and the day until which the row was overdue.
/// Returns `None` for any other row.
fn late(row: &Row<'_>) -> Option<(Day, Day)> {
    let is_late = matches!(row.own.timing, Some(Timing::Overdue | Timing::Late));
    let lateness = row.own.deciding.filter(|_| is_late)?;
    Some((lateness.in_force.last_day(), lateness.measured_to))
}
