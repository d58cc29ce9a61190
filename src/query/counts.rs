//! Counts recommendations and actions by progress, timing and other properties.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use super::{Portfolio, Progress, Row};
use crate::model::{Colour, Day, Keyword, Outlook, Period, Timing, vocabulary};

vocabulary! {
    /// The property by which recommendations are grouped.
    GroupBy {
        Area = "area",
        Owner = "owner",
        Priority = "priority",
        Plan = "plan",
    }
}

/// The numbers of items by progress, by timing and by other properties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: usize,
    pub open: usize,
    progress: [usize; Progress::ALL.len()],
    timing: [usize; Timing::ALL.len()],
    outlook: [usize; Outlook::ALL.len()],
    /// The number of items with a pending management response.
    pub awaited: usize,
    pub stale: usize,
    /// The number of ongoing items (items without an end) that have no update yet.
    pub unreported: usize,
    /// The number of complete items that are not closed, because a verification is missing.
    pub unverified: usize,
    /// The number of items with a request for an extension that awaits a decision.
    pub waiting: usize,
    /// The number of escalated items.
    pub escalated: usize,
    colours: [usize; Colour::ALL.len()],
}

/// A group of recommendations, such as those of an area, with its counts.
pub struct Group<'v> {
    /// The name of the group as shown to people. `None` for the recommendations without an area, priority or owner.
    pub title: Option<&'v str>,
    /// The name of the group in JSON and CSV.
    pub id: Option<&'v str>,
    pub counts: Counts,
    /// The next due date of the group's open recommendations, on or after the as-of day.
    pub next: Option<Period>,
    /// The rows of the group, in the order of the plans.
    pub rows: Vec<Row<'v>>,
}

/// Returns the ids of the groups to which a row belongs in a grouping by the property `by`. The id is `None` if the row
/// does not have this property.
fn group_ids<'v>(row: &Row<'v>, by: GroupBy) -> Vec<Option<&'v str>> {
    match by {
        GroupBy::Area => vec![row.area()],
        GroupBy::Priority => vec![row.priority()],
        GroupBy::Plan => vec![row.view.name.as_deref()],
        GroupBy::Owner => {
            let owners = row.owners();
            if owners.is_empty() { vec![None] } else { owners.into_iter().map(Some).collect() }
        }
    }
}

impl Counts {
    /// Returns the counts of the rows, which are recommendations or actions.
    pub fn of<'v>(rows: impl Iterator<Item = Row<'v>>) -> Self {
        let mut counts = Self::default();
        for row in rows {
            counts.total += 1;
            counts.open += usize::from(row.is_open());
            counts.progress[row.progress() as usize] += 1;
            if let Some(timing) = row.own.timing {
                counts.timing[timing as usize] += 1;
            }
            if let Some(outlook) = row.own.outlook {
                counts.outlook[outlook as usize] += 1;
            }
            counts.awaited += usize::from(!row.is_action() && row.is_awaited());
            counts.stale += usize::from(row.own.stale.is_some());
            counts.unreported += usize::from(row.is_unreported());
            counts.unverified += usize::from(row.is_unverified());
            counts.waiting += usize::from(row.request().is_some());
            counts.escalated += usize::from(!row.escalation().is_empty());
            if let Some(colour) = row.colour() {
                counts.colours[colour as usize] += 1;
            }
        }
        counts
    }

    pub fn progress(&self, progress: Progress) -> usize {
        self.progress[progress as usize]
    }

    pub fn timing(&self, timing: Timing) -> usize {
        self.timing[timing as usize]
    }

    pub fn colour(&self, colour: Colour) -> usize {
        self.colours[colour as usize]
    }

    fn outlook(&self, outlook: Outlook) -> usize {
        self.outlook[outlook as usize]
    }

    /// Returns the number of items with the outlook `at risk` or `off track`.
    pub fn at_risk(&self) -> usize {
        self.outlook(Outlook::AtRisk) + self.outlook(Outlook::OffTrack)
    }

    /// Returns the names and values of the counts, sorted by name.
    pub fn by_word(&self) -> Vec<(&'static str, usize)> {
        let progress = Progress::ALL.iter().map(|word| (word.word(), self.progress(*word)));
        let timing = Timing::ALL.iter().map(|word| (word.word(), self.timing(*word)));
        let outlook = Outlook::ALL.iter().map(|word| (word.word(), self.outlook(*word)));
        let colours = Colour::ALL.iter().map(|word| (word.word(), self.colour(*word)));
        let others = [
            ("total", self.total),
            ("awaited", self.awaited),
            ("stale", self.stale),
            ("unverified", self.unverified),
            ("waiting", self.waiting),
            ("escalated", self.escalated),
        ];
        let words = progress.chain(timing).chain(outlook).chain(colours);
        let mut counts: Vec<_> = words.chain(others).collect();
        counts.sort_unstable();
        counts
    }
}

impl<'v> Group<'v> {
    /// Sorts groups by the numbers of overdue, open and not started items, the highest numbers first. Groups by
    /// priority keep their order.
    pub fn sort(groups: &mut [Self], by: GroupBy) {
        if by != GroupBy::Priority {
            groups.sort_by_key(|Self { counts, .. }| {
                let untouched = counts.progress(Progress::NotStarted);
                Reverse((counts.timing(Timing::Overdue), counts.open, untouched))
            });
        }
    }

    fn new(id: Option<&'v str>, title: Option<&'v str>, rows: Vec<Row<'v>>) -> Self {
        let open = rows.iter().filter(|row| row.is_open());
        let deadlines = open.filter_map(|row| Some((row.deadline()?, row.view.as_of)));
        let ahead = deadlines.filter(|(deadline, as_of)| !deadline.has_passed(*as_of));
        Self {
            title,
            id,
            counts: Counts::of(rows.iter().copied()),
            next: ahead.map(|(deadline, _)| deadline).min_by_key(|deadline| deadline.last_day()),
            rows,
        }
    }
}

impl Portfolio {
    /// Returns the earliest publication date of the plans, or the as-of day if the as-of day is earlier.
    pub fn begin(&self) -> Day {
        let dates = self.views.iter().map(|view| view.plan.date);
        dates.fold(self.as_of, Ord::min)
    }

    /// Returns the last day before the time since the latest meeting of any plan. Entries after this day are new. If no
    /// plan has had a meeting, returns the earliest publication date.
    pub fn since_last_meeting(&self, day: Day) -> Day {
        let plans = || self.views.iter().map(|view| &view.plan);
        let met = plans().filter(|plan| plan.last_meeting(day).is_some());
        let begin = met.map(|plan| plan.since_last_meeting(day)).max();
        begin.or_else(|| plans().map(|plan| plan.date).min()).unwrap_or(day)
    }

    /// Returns the recommendations in groups. A recommendation with several owners is in the group of each owner. The
    /// recommendations without an area, priority or owner form the last group.
    pub fn groups(&self, by: GroupBy) -> Vec<Group<'_>> {
        let mut names: Vec<(Option<&str>, Option<&str>)> = Vec::new();
        for view in &self.views {
            match by {
                GroupBy::Area => {
                    let areas = view.plan.areas.iter();
                    names.extend(
                        areas.map(|area| (Some(area.id.as_str()), Some(area.title.as_str()))),
                    );
                }
                GroupBy::Priority => {
                    let priorities = view.plan.policy.priorities.iter();
                    names.extend(priorities.map(|word| (Some(word.as_str()), Some(word.as_str()))));
                }
                GroupBy::Plan => names.push((view.name.as_deref(), view.name.as_deref())),
                GroupBy::Owner => {}
            }
        }
        let mut rows_of: HashMap<Option<&str>, Vec<Row<'_>>> = HashMap::new();
        for row in self.recommendations() {
            for id in group_ids(&row, by) {
                rows_of.entry(id).or_default().push(row);
            }
        }
        if by == GroupBy::Owner {
            let mut owners: Vec<&str> = rows_of.keys().copied().flatten().collect();
            owners.sort_unstable_by_key(|owner| owner.to_lowercase());
            names.extend(owners.into_iter().map(|owner| (Some(owner), Some(owner))));
        }
        if by != GroupBy::Plan && rows_of.contains_key(&None) {
            names.push((None, None));
        }
        let mut known = HashSet::new();
        names.retain(|(id, _)| known.insert(*id));
        let groups = names.into_iter().map(|(id, title)| {
            let rows = rows_of.remove(&id).unwrap_or_default();
            Group::new(id, title, rows)
        });
        groups.filter(|group| by == GroupBy::Plan || group.counts.total > 0).collect()
    }

    /// Returns the default grouping: by area for one plan, and by plan for several.
    pub fn usual_groups(&self) -> GroupBy {
        if self.single().is_some() { GroupBy::Area } else { GroupBy::Plan }
    }

    pub fn counts(&self) -> Counts {
        Counts::of(self.recommendations())
    }

    pub fn action_counts(&self) -> Counts {
        Counts::of(self.actions())
    }
}
