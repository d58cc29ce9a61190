//! Questions about a plan on a day: counts, rows, filters, order. Pure.

use std::{cmp::Reverse, collections::HashMap, iter::Sum};

use crate::model::{
    ActionStanding, Area, Asked, Day, Id, Lateness, Period, Plan, PlanId, Recommendation,
    RecommendationStanding, Stale, Status, Timescale, Timing, Word, vocabulary,
};

/// A plan as it stands on a day: what every reading command looks at.
pub struct View<'p> {
    /// Its position among the plans that were asked.
    pub position: usize,
    /// What its ids are prefixed with where several plans are asked at once.
    pub name: Option<String>,
    pub plan: &'p Plan<'p>,
    pub as_of: Day,
    pub standings: Vec<RecommendationStanding<'p>>,
    tally: Tally,
}

/// Several plans as they stand on a day, asked at once; mostly it is one.
pub struct Portfolio<'p> {
    pub as_of: Day,
    pub views: Vec<View<'p>>,
}

/// How many there are of what, in a whole plan.
#[derive(Clone, Default)]
pub struct Tally {
    counts: Counts,
    actions: Counts,
    /// By the id of the area.
    areas: HashMap<Option<String>, (Counts, Option<Period>)>,
}

/// Which recommendations an answer shows; of the others it needs no more than their number.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    All,
    /// What is overdue, and what falls due by that day.
    Late {
        until: Option<Day>,
    },
    /// The worst, the next and the first of what is stale or unverified.
    Foremost,
}

/// Of each kind of what wants attention, so many are shown.
pub const FOREMOST_LATE: usize = 5;
pub const FOREMOST_COMING: usize = 3;
pub const FOREMOST_IDS: usize = 20;

/// Looks at one recommendation after another, counts it, and keeps it only if it is wanted.
pub struct Survey<'s> {
    asked: Asked,
    wanted: Wanted,
    tally: Tally,
    kept: Vec<Recommendation<'s>>,
    latest: Foremost,
    next: Foremost,
}

/// The smallest of the days that were seen, as many as are shown.
struct Foremost {
    days: Vec<i64>,
    most: usize,
}

impl Foremost {
    fn of(most: usize) -> Self {
        Self {
            days: Vec::with_capacity(most + 1),
            most,
        }
    }

    /// Whether `day` is among the smallest seen so far. Of equal ones the first seen come first.
    fn takes(&mut self, day: i64) -> bool {
        let place = self.days.partition_point(|known| *known <= day);
        self.days.insert(place, day);
        self.days.truncate(self.most);
        place < self.most
    }
}

impl<'s> Survey<'s> {
    /// `head` is the plan without its recommendations.
    pub fn over(head: &Plan<'_>, as_of: Day, wanted: Wanted) -> Self {
        Self {
            asked: head.asked(as_of),
            wanted,
            tally: Tally::default(),
            kept: Vec::new(),
            latest: Foremost::of(FOREMOST_LATE),
            next: Foremost::of(FOREMOST_COMING),
        }
    }

    pub fn see(&mut self, recommendation: Recommendation<'s>) {
        let standing = self.asked.recommendation(0, &recommendation);
        self.tally.add(&standing);
        if self.wants(&standing) {
            self.kept.push(recommendation);
        }
    }

    /// Adds what another looked at, whose recommendations come after these.
    pub fn join(&mut self, later: Self) {
        self.tally.join(later.tally);
        self.kept.extend(later.kept);
    }

    /// What was wanted, and what was counted. Of a plan that was looked at in parts more may be kept
    /// than is wanted, and never less.
    pub fn ended(self) -> (Vec<Recommendation<'s>>, Tally) {
        (self.kept, self.tally)
    }

    fn wants(&mut self, standing: &RecommendationStanding<'_>) -> bool {
        let late = standing.lateness.as_ref().map(Lateness::days);
        match (self.wanted, standing.timing) {
            (Wanted::All, _) => true,
            (Wanted::Late { .. }, Some(Timing::Overdue)) => true,
            (Wanted::Late { until: Some(until) }, Some(Timing::DueSoon | Timing::NotDue)) => {
                let due = standing.lateness.as_ref().map(|lateness| lateness.in_force);
                due.is_some_and(|due| due.last_day() <= until)
            }
            (Wanted::Late { .. }, _) => false,
            (Wanted::Foremost, Some(Timing::Overdue)) => self.latest.takes(-late.unwrap_or(0)),
            (Wanted::Foremost, Some(Timing::DueSoon | Timing::NotDue)) => {
                self.next.takes(-late.unwrap_or(0))
            }
            (Wanted::Foremost, _) => {
                let few = |count: usize| count <= FOREMOST_IDS + 1;
                standing.stale.is_some() && few(self.tally.counts.stale)
                    || standing.is_unverified() && few(self.tally.counts.unverified)
            }
        }
    }
}

impl Tally {
    fn join(&mut self, later: Self) {
        self.counts.join(&later.counts);
        self.actions.join(&later.actions);
        for (area, (counts, due)) in later.areas {
            let (known, next) = self.areas.entry(area).or_default();
            known.join(&counts);
            *next = earliest(due, *next);
        }
    }

    fn add(&mut self, standing: &RecommendationStanding<'_>) {
        let of = standing.recommendation;
        self.counts.add_recommendation(standing);
        for action in &standing.actions {
            self.actions.add_action(action, of.is_rejected());
        }
        let area = of.area.as_deref();
        let known = self.areas.iter_mut().find(|(id, _)| id.as_deref() == area);
        let (counts, next) = match known {
            Some((_, found)) => found,
            None => self.areas.entry(area.map(ToOwned::to_owned)).or_default(),
        };
        counts.add_recommendation(standing);
        let open = !of.is_rejected() && !standing.progress.has_ended();
        let due = standing.lateness.as_ref().map(|lateness| lateness.in_force);
        *next = earliest(due.filter(|_| open), *next);
    }
}

fn earliest(one: Option<Period>, other: Option<Period>) -> Option<Period> {
    let periods = one.into_iter().chain(other);
    periods.min_by_key(|period| period.last_day())
}

/// One line of a list: a recommendation, or one of its actions.
#[derive(Clone, Copy)]
pub struct Row<'v> {
    pub view: &'v View<'v>,
    pub recommendation: &'v RecommendationStanding<'v>,
    pub action: Option<&'v ActionStanding<'v>>,
}

/// How many, by progress and by timing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: usize,
    /// Recommendations management did not accept, and their actions: closed, in no other count.
    pub rejected: usize,
    progress: [usize; Status::ALL.len()],
    timing: [usize; Timing::ALL.len()],
    pub stale: usize,
    /// Complete, and for want of a verification not closed.
    pub unverified: usize,
}

/// The counts of one area; `None` gathers what belongs to none.
pub struct AreaCounts<'v> {
    pub area: Option<&'v Area<'v>>,
    pub counts: Counts,
    /// The earliest deadline of work that is open.
    pub next: Option<Period>,
}

impl<'p> View<'p> {
    pub fn new(plan: &'p Plan<'p>, as_of: Day) -> Self {
        let mut view = Self::surveyed(plan, as_of, Tally::default());
        for standing in &view.standings {
            view.tally.add(standing);
        }
        view
    }

    /// A plan of which not every recommendation was kept, but all were counted.
    pub fn surveyed(plan: &'p Plan<'p>, as_of: Day, tally: Tally) -> Self {
        Self {
            position: 0,
            name: None,
            plan,
            as_of,
            standings: plan.standing_on(as_of),
            tally,
        }
    }

    /// The same, as the one at `position` of those that are asked at once.
    #[must_use]
    pub fn among(self, position: usize, name: Option<String>) -> Self {
        Self {
            position,
            name,
            ..self
        }
    }

    /// Every recommendation, in the plan's order.
    pub fn recommendations(&self) -> impl Iterator<Item = Row<'_>> {
        self.standings.iter().map(move |recommendation| Row {
            view: self,
            recommendation,
            action: None,
        })
    }

    /// Whether it is one of several plans.
    pub fn is_named(&self) -> bool {
        self.name.is_some()
    }

    /// The earliest deadline of work that is open.
    pub fn next_deadline(&self) -> Option<Period> {
        let next = self.tally.areas.values().filter_map(|(_, next)| *next);
        next.min_by_key(|next| next.last_day())
    }

    pub fn counts(&self) -> &Counts {
        &self.tally.counts
    }

    pub fn action_counts(&self) -> &Counts {
        &self.tally.actions
    }

    /// The counts of every area, in the plan's order, then of what has none.
    pub fn areas(&self) -> Vec<AreaCounts<'_>> {
        let areas = self.plan.areas.iter().map(Some).chain([None]);
        areas
            .map(|area| {
                let id = area.map(|area| area.id.to_string());
                let (counts, next) = self.tally.areas.get(&id).cloned().unwrap_or_default();
                AreaCounts { area, counts, next }
            })
            .filter(|counts| counts.area.is_some() || counts.counts.total > 0)
            .collect()
    }
}

impl Portfolio<'_> {
    /// The only plan, where there is one.
    pub fn single(&self) -> Option<&View<'_>> {
        match self.views.as_slice() {
            [view] if !view.is_named() => Some(view),
            _ => None,
        }
    }

    /// Every recommendation, in the order of the plans.
    pub fn recommendations(&self) -> impl Iterator<Item = Row<'_>> {
        self.views.iter().flat_map(View::recommendations)
    }

    /// Every action, in the order of the plans.
    pub fn actions(&self) -> impl Iterator<Item = Row<'_>> {
        self.recommendations().flat_map(Row::actions)
    }

    /// The recommendations and actions with this id: of the plan that it names, else of any.
    pub fn find(&self, wanted: &PlanId) -> Vec<Row<'_>> {
        let named = |row: &Row<'_>| wanted.plan.is_none() || row.view.name == wanted.plan;
        self.recommendations()
            .filter(named)
            .flat_map(|row| std::iter::once(row).chain(row.actions()))
            .filter(|row| *row.id() == wanted.id)
            .collect()
    }

    /// What is overdue, worst first; equally late ones in the order of the plans.
    pub fn overdue(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<_> = self.recommendations().filter(Row::is_overdue).collect();
        rows.sort_by_key(|row| Reverse(row.days_late()));
        rows
    }

    /// Open work whose deadline is at most `until`, soonest first, without what is overdue.
    pub fn falling_due(&self, until: Day) -> Vec<Row<'_>> {
        let mut rows: Vec<_> = self
            .recommendations()
            .filter(|row| matches!(row.timing(), Some(Timing::DueSoon | Timing::NotDue)))
            .filter(|row| {
                row.deadline()
                    .is_some_and(|deadline| deadline.last_day() <= until)
            })
            .collect();
        rows.sort_by_key(|row| row.deadline().map(Period::last_day));
        rows
    }

    pub fn counts(&self) -> Counts {
        self.views.iter().map(View::counts).sum()
    }

    pub fn action_counts(&self) -> Counts {
        self.views.iter().map(View::action_counts).sum()
    }
}

impl<'v> Row<'v> {
    /// Its id as it is shown: after the plan's name, where there are several.
    pub fn shown_id(&self) -> String {
        self.shown(self.id())
    }

    /// The id of something in the same plan, as it is shown.
    pub fn shown(&self, id: &Id<'_>) -> String {
        match &self.view.name {
            Some(plan) => format!("{plan}/{id}"),
            None => id.to_string(),
        }
    }

    pub fn actions(self) -> impl Iterator<Item = Row<'v>> {
        self.recommendation.actions.iter().map(move |action| Row {
            action: Some(action),
            ..self
        })
    }

    pub fn id(&self) -> &'v Id<'v> {
        self.action
            .map_or(&self.recommendation.recommendation.id, |action| {
                &action.action.id
            })
    }

    pub fn text(&self) -> &'v str {
        self.action
            .map_or(&self.recommendation.recommendation.text, |action| {
                &action.action.text
            })
    }

    pub fn area(&self) -> Option<&'v str> {
        self.recommendation.recommendation.area.as_deref()
    }

    pub fn priority(&self) -> Option<&'v str> {
        self.recommendation.recommendation.priority.as_deref()
    }

    /// Who is named for it: of a recommendation, everyone named for its actions.
    pub fn owners(&self) -> Vec<&'v str> {
        match self.action {
            Some(action) => action.action.owner.as_deref().into_iter().collect(),
            None => self.recommendation.recommendation.owners(),
        }
    }

    pub fn progress(&self) -> Status {
        self.action
            .map_or(self.recommendation.progress, |action| action.status)
    }

    pub fn is_rejected(&self) -> bool {
        self.recommendation.recommendation.is_rejected()
    }

    /// Whether more is to be done.
    pub fn is_open(&self) -> bool {
        !self.is_rejected() && !self.progress().has_ended()
    }

    /// Nothing more is to be done; of a recommendation, as the plan's policy has it.
    pub fn is_closed(&self) -> bool {
        match self.action {
            Some(action) => self.is_rejected() || action.status.has_ended(),
            None => self.recommendation.closed,
        }
    }

    pub fn timing(&self) -> Option<Timing> {
        self.action
            .map_or(self.recommendation.timing, |action| action.timing)
    }

    pub fn is_overdue(&self) -> bool {
        self.timing() == Some(Timing::Overdue)
    }

    pub fn lateness(&self) -> Option<&'v Lateness<'v>> {
        match self.action {
            Some(action) => action.lateness.as_ref(),
            None => self.recommendation.lateness.as_ref(),
        }
    }

    pub fn days_late(&self) -> Option<i64> {
        self.lateness().map(Lateness::days)
    }

    /// The deadline that decides its timing.
    pub fn deadline(&self) -> Option<Period> {
        self.lateness().map(|lateness| lateness.in_force)
    }

    /// The timescale in force.
    pub fn timescale(&self) -> Option<&'v Timescale<'v>> {
        self.action
            .map_or(self.recommendation.timescale, |action| action.timescale)
    }

    pub fn finish(&self) -> Option<crate::model::Finish> {
        self.action
            .map_or(self.recommendation.finish, |action| action.finish)
    }

    pub fn stale(&self) -> Option<Stale> {
        self.action
            .map_or(self.recommendation.stale, |action| action.stale)
    }

    /// Whether `words` stand anywhere in what is said of it, in any case.
    fn mentions(&self, words: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(words);
        let of_action = |action: &ActionStanding<'_>| {
            let action = action.action;
            has(action.id.as_str())
                || has(&action.text)
                || action.owner.as_deref().is_some_and(has)
                || action
                    .progress
                    .iter()
                    .any(|entry| entry.note.as_deref().is_some_and(has))
        };
        match self.action {
            Some(action) => of_action(action),
            None => {
                let recommendation = self.recommendation.recommendation;
                has(recommendation.id.as_str())
                    || has(&recommendation.text)
                    || recommendation.response_text.as_deref().is_some_and(has)
                    || self.recommendation.actions.iter().any(of_action)
            }
        }
    }
}

impl Counts {
    pub fn progress(&self, status: Status) -> usize {
        self.progress[status as usize]
    }

    pub fn timing(&self, timing: Timing) -> usize {
        self.timing[timing as usize]
    }

    fn join(&mut self, others: &Self) {
        self.total += others.total;
        self.rejected += others.rejected;
        self.stale += others.stale;
        self.unverified += others.unverified;
        for (sum, count) in self.progress.iter_mut().zip(others.progress) {
            *sum += count;
        }
        for (sum, count) in self.timing.iter_mut().zip(others.timing) {
            *sum += count;
        }
    }

    fn add_recommendation(&mut self, standing: &RecommendationStanding<'_>) {
        let rejected = standing.recommendation.is_rejected();
        self.add(rejected, standing.progress, standing.timing, standing.stale);
        self.unverified += usize::from(!rejected && standing.is_unverified());
    }

    fn add_action(&mut self, standing: &ActionStanding<'_>, rejected: bool) {
        self.add(rejected, standing.status, standing.timing, standing.stale);
    }

    fn add(
        &mut self,
        rejected: bool,
        progress: Status,
        timing: Option<Timing>,
        stale: Option<Stale>,
    ) {
        self.total += 1;
        if rejected {
            self.rejected += 1;
            return;
        }
        self.progress[progress as usize] += 1;
        if let Some(timing) = timing {
            self.timing[timing as usize] += 1;
        }
        self.stale += usize::from(stale.is_some());
    }
}

impl<'c> Sum<&'c Counts> for Counts {
    fn sum<I: Iterator<Item = &'c Counts>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, counts| {
            sum.join(counts);
            sum
        })
    }
}

vocabulary! {
    /// What a list is ordered by.
    Order {
        Plan = "plan",
        Id = "id",
        Deadline = "deadline",
        Priority = "priority",
        Progress = "progress",
        Timing = "timing",
        Area = "area",
        Owner = "owner",
    }
}

/// Which rows a list keeps. Each part that is given must hold; of several values in one part, any.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub areas: Vec<String>,
    /// Part of an owner's name, in any case.
    pub owners: Vec<String>,
    pub priorities: Vec<String>,
    pub progress: Vec<Status>,
    pub timing: Vec<Timing>,
    pub stale: bool,
    /// Only what has a deadline before this day.
    pub due_before: Option<Day>,
    /// Words that must stand in it, in any case.
    pub search: Option<String>,
}

impl Filter {
    pub fn keeps(&self, row: &Row<'_>) -> bool {
        any(&self.areas, |area| row.area() == Some(area))
            && any(&self.owners, |owner| {
                let owner = owner.to_lowercase();
                row.owners()
                    .iter()
                    .any(|known| known.to_lowercase().contains(&owner))
            })
            && any(&self.priorities, |priority| {
                row.priority() == Some(priority)
            })
            && any(&self.progress, |progress| row.progress() == *progress)
            && any(&self.timing, |timing| row.timing() == Some(*timing))
            && (!self.stale || row.stale().is_some())
            && self.due_before.is_none_or(|day| {
                row.deadline()
                    .is_some_and(|deadline| deadline.last_day() < day)
            })
            && self
                .search
                .as_ref()
                .is_none_or(|words| row.mentions(&words.to_lowercase()))
    }
}

fn any<T>(wanted: &[T], holds: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(holds)
}

impl Order {
    /// Sorts rows; equal ones keep the plan's order, and rows without the thing come last.
    pub fn sort(self, rows: &mut [Row<'_>]) {
        match self {
            Self::Plan => {}
            Self::Id => rows.sort_by(|a, b| natural(a.id().as_str(), b.id().as_str())),
            Self::Deadline => {
                rows.sort_by_key(|row| row.deadline().map_or(Day::MAX, Period::last_day));
            }
            Self::Priority => rows.sort_by_key(|row| row.view.plan.policy.rank(row.priority())),
            Self::Progress => rows.sort_by_key(Row::progress),
            Self::Timing => rows.sort_by_key(|row| urgency(row.timing())),
            Self::Area => {
                let place = |row: &Row<'_>| {
                    let mut areas = row.view.plan.areas.iter();
                    areas.position(|area| Some(area.id.as_ref()) == row.area())
                };
                rows.sort_by_cached_key(|row| {
                    (row.view.position, place(row).unwrap_or(usize::MAX))
                });
            }
            Self::Owner => rows.sort_by_cached_key(|row| {
                let owner = row.owners().first().map(|owner| owner.to_lowercase());
                (owner.is_none(), owner)
            }),
        }
    }
}

/// What wants attention first.
fn urgency(timing: Option<Timing>) -> usize {
    match timing {
        Some(Timing::Overdue) => 0,
        Some(Timing::DueSoon) => 1,
        Some(Timing::NotDue) => 2,
        Some(Timing::Undated) => 3,
        Some(Timing::Late) => 4,
        Some(Timing::OnTime) => 5,
        None => 6,
    }
}

/// Orders ids as people do: `2` before `10`, `5.2` before `5.10`.
fn natural(a: &str, b: &str) -> std::cmp::Ordering {
    pieces(a).cmp(pieces(b))
}

/// Numbers and what follows them; numbers come before letters.
fn pieces(id: &str) -> impl Iterator<Item = (bool, u64, &str)> {
    id.split_inclusive(|letter: char| !letter.is_ascii_digit())
        .map(|piece| {
            let digits = piece.trim_end_matches(|letter: char| !letter.is_ascii_digit());
            let number = digits.parse().unwrap_or(u64::MAX);
            (digits.is_empty(), number, &piece[digits.len()..])
        })
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn ids_are_ordered_as_people_count() {
        let mut ids = ["10", "5.10", "R2", "5.2", "2", "R10", "5"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["2", "5", "5.2", "5.10", "10", "R2", "R10"]);
    }
}
