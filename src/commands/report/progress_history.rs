//! Counts the recommendations on each day of a burn-up chart. The counts come from the versions of the plans in git.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Add as _,
    path::Path,
};

use anyhow::{Context as _, bail};

use crate::{
    git::Repository,
    history::{History, Version},
    model::{Day, printable},
    query::{Portfolio, Tally},
    report::{self, Origin},
};

/// Reads the history of a plan up to the commit in `origin`.
pub fn history(repository: &Repository, origin: &Origin) -> anyhow::Result<History> {
    let commit = repository.commit(origin.commit.as_deref().unwrap_or_default())?;
    let history = History::in_commit(repository, &commit, Path::new(&origin.path), None)?;
    history.with_context(|| format!("git has no history of {}", printable(&origin.path)))
}

/// Returns an error if the day is before the first version that a shallow clone has.
pub fn must_know(history: &History, day: Day) -> anyhow::Result<()> {
    let is_hidden = |oldest: &Version| history.is_cut && oldest.committed > day;
    match history.versions.last().is_some_and(is_hidden) {
        true => bail!("{}", history.begins()),
        false => Ok(()),
    }
}

/// Counts the recommendations on each day of a report. The map is empty if git has no version of a plan from the start
/// of the period.
pub fn of_period(
    histories: &[History],
    portfolio: &Portfolio,
    since: Day,
) -> anyhow::Result<BTreeMap<Day, Tally>> {
    let first = |history: &History| history.versions.last().map(|version| version.committed);
    let Some(first) = histories.iter().filter_map(first).max().filter(|first| *first <= since)
    else {
        return Ok(BTreeMap::new());
    };
    let begin = portfolio.begin().max(first);
    let days = report::days_drawn(begin, portfolio.as_of);
    let known = on_days(histories, &days)?;
    // If the counts of any day are missing, return no counts, because the chart would have a gap.
    Ok(if known.len() == days.len() { known } else { BTreeMap::new() })
}

/// Counts the recommendations on each of the given days. Leaves out the days on which git has no version of a plan.
pub fn on_days(
    histories: &[History],
    days: &BTreeSet<Day>,
) -> anyhow::Result<BTreeMap<Day, Tally>> {
    let mut known: BTreeMap<Day, Vec<Tally>> = BTreeMap::new();
    for history in histories {
        for point in history.tallies(days)?.0 {
            known.entry(point.day).or_default().extend(point.tally);
        }
    }
    known.retain(|_, tallies| tallies.len() == histories.len());
    Ok(known
        .into_iter()
        .map(|(day, tallies)| (day, tallies.into_iter().fold(Tally::default(), Tally::add)))
        .collect())
}
