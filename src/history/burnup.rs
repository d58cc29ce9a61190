//! Counts the recommendations of a plan on several days. The counts of a day come from the newest version that was
//! committed on or before this day.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Edition, History, Version};
use crate::{
    model::Day,
    query::{Point, Tally},
};

/// A period for which the counts are unknown, with the reason.
pub struct Gap {
    pub from: Day,
    pub to: Day,
    pub why: String,
}

impl History {
    /// Returns the counts on each of `days`, and the gaps, for which git has no valid version of the plan. The counts
    /// of a day come from the newest version that was committed on or before this day.
    pub fn tallies(&self, days: &BTreeSet<Day>) -> anyhow::Result<(Vec<Point>, Vec<Gap>)> {
        let newest = |day| self.versions.iter().position(|version| version.committed <= day);
        let days: Vec<(Option<usize>, Day)> = days.iter().map(|day| (newest(*day), *day)).collect();
        let spans = || days.chunk_by(|(one, _), (other, _)| one == other);
        let versions = spans().filter_map(|span| Some(self.versions[span[0].0?].clone()));
        let versions: Vec<Version> = versions.collect();
        let mut editions = self.plans(&versions)?;
        let (mut known, mut gaps) = (Vec::new(), Vec::new());
        for span in spans() {
            let (newest, first) = span[0];
            let edition = newest.and_then(|_| editions.next()).transpose()?;
            let commit = edition.as_ref().map(|edition| edition.version.commit.short());
            let plan = edition.map_or_else(|| Err(self.begins()), Edition::plan);
            let plan = match plan {
                Ok(plan) => Some(plan),
                Err(why) => {
                    // The gap begins on the day on which the invalid version was committed, even if that day is not
                    // among `days`.
                    let begun = newest.map(|newest| self.versions[newest].committed);
                    let from = begun.unwrap_or(first).max(days[0].1);
                    let newer = &self.versions[..newest.unwrap_or(self.versions.len())];
                    gaps.push(Gap::new(from, span[span.len() - 1].1, newer, why));
                    None
                }
            };
            known.push((span, commit, plan));
        }
        let points = known.into_par_iter().flat_map_iter(|(span, commit, plan)| {
            let days: Vec<Day> = span.iter().map(|(_, day)| *day).collect();
            let tallies = match plan {
                Some(plan) => Tally::on_days(&plan, &days).into_iter().map(Some).collect(),
                None => vec![None; days.len()],
            };
            let commit = commit.map(str::to_owned);
            let point = move |(day, tally)| Point { day, commit: commit.clone(), tally };
            days.into_iter().zip(tallies).map(point)
        });
        Ok((points.collect(), gaps))
    }
}

impl Gap {
    /// Creates a gap that begins on `from`. The gap ends on the day before the first version in `newer` that was
    /// committed after `last`. Without such a version, the gap ends on `last`.
    fn new(from: Day, last: Day, newer: &[Version], why: String) -> Self {
        let next = newer.iter().map(|version| version.committed).filter(|day| *day > last).min();
        Self { from, to: next.and_then(|next| next.pred_opt()).unwrap_or(last), why }
    }
}
