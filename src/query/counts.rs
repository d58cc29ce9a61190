//! How many there are of what.

use std::collections::HashMap;

use super::{Portfolio, Progress, Row, View};
use crate::model::{Period, Timing, Word};

/// How many, by progress and by timing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: usize,
    progress: [usize; Progress::ALL.len()],
    timing: [usize; Timing::ALL.len()],
    pub stale: usize,
    /// Complete, and for want of a verification not closed.
    pub unverified: usize,
}

/// The counts of recommendations that have something in common.
pub struct Group<'v> {
    /// What they have in common, as people read it; `None` gathers what belongs nowhere.
    pub title: Option<&'v str>,
    /// The same as a script reads it.
    pub id: Option<&'v str>,
    pub counts: Counts,
    /// The earliest deadline ahead of work that is open.
    pub next: Option<Period>,
}

impl Counts {
    /// Counts rows: recommendations or actions.
    pub fn of<'v>(rows: impl Iterator<Item = Row<'v>>) -> Self {
        let mut counts = Self::default();
        for row in rows {
            counts.total += 1;
            counts.progress[row.progress() as usize] += 1;
            if let Some(timing) = row.timing() {
                counts.timing[timing as usize] += 1;
            }
            counts.stale += usize::from(row.stale().is_some());
            counts.unverified += usize::from(row.is_unverified());
        }
        counts
    }

    pub fn progress(&self, progress: Progress) -> usize {
        self.progress[progress as usize]
    }

    pub fn timing(&self, timing: Timing) -> usize {
        self.timing[timing as usize]
    }

    /// Every count under the word it counts.
    pub fn by_word(&self) -> Vec<(&'static str, usize)> {
        let progress = Progress::ALL.iter().map(|word| (word.word(), self.progress(*word)));
        let timing = Timing::ALL.iter().map(|word| (word.word(), self.timing(*word)));
        let others =
            [("total", self.total), ("stale", self.stale), ("unverified", self.unverified)];
        let mut counts: Vec<_> = progress.chain(timing).chain(others).collect();
        counts.sort_unstable();
        counts
    }
}

impl<'v> Group<'v> {
    fn new(id: Option<&'v str>, title: Option<&'v str>, rows: &[Row<'v>]) -> Self {
        let open = rows.iter().filter(|row| row.is_open());
        let deadlines = open.filter_map(|row| Some((row.deadline()?, row.view.as_of)));
        let ahead = deadlines.filter(|(deadline, as_of)| !deadline.has_passed(*as_of));
        Self {
            title,
            id,
            counts: Counts::of(rows.iter().copied()),
            next: ahead.map(|(deadline, _)| deadline).min_by_key(|deadline| deadline.last_day()),
        }
    }
}

impl View {
    /// The recommendations of every area, in the plan's order, then of what has none.
    pub fn areas(&self) -> Vec<Group<'_>> {
        let mut of_area: HashMap<Option<&str>, Vec<Row<'_>>> = HashMap::new();
        for row in self.recommendations() {
            of_area.entry(row.area()).or_default().push(row);
        }
        let areas = self.plan.areas.iter().map(|area| {
            let rows = of_area.get(&Some(area.id.as_str()));
            let rows = rows.map_or(&[][..], Vec::as_slice);
            Group::new(Some(&area.id), Some(&area.title), rows)
        });
        let others = of_area.get(&None).map(|rows| Group::new(None, None, rows));
        areas.chain(others).collect()
    }
}

impl Portfolio {
    /// The recommendations of every plan.
    pub fn plans(&self) -> Vec<Group<'_>> {
        let plans = self.views.iter().map(|view| {
            let rows: Vec<_> = view.recommendations().collect();
            Group::new(view.name.as_deref(), view.name.as_deref(), &rows)
        });
        plans.collect()
    }

    pub fn counts(&self) -> Counts {
        Counts::of(self.recommendations())
    }

    pub fn action_counts(&self) -> Counts {
        Counts::of(self.actions())
    }
}
