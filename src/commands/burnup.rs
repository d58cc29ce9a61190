//! `plan burnup`: what there was to do and what became of it, over time.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::{
    app::{Context, Failure, Output},
    cli::BurnupArgs,
    history::{Content, Edition, History, Version},
    model::{Day, Period, Plan},
    output::{Answer, Burnup, Gap},
    query::{Point, Tally, days_of_entries, sampled_days},
};

pub fn run(args: &BurnupArgs, context: &Context) -> Result<Output, Failure> {
    let plans = context.plans()?;
    let ([view], [opened]) = (plans.portfolio.views.as_slice(), plans.opened.as_slice()) else {
        let help = "name one with `--file PATH`".to_owned();
        return Err(Failure::usage("a burn-up is of one plan", Some(help)));
    };
    let since = args.since.map(|when| context.resolve(when)).transpose()?;
    let (from, to) = (since.map_or(view.plan.date, Period::first_day), context.as_of());
    if from > to {
        return Err(Failure::usage(format!("the period begins on {from}, after {to}"), None));
    }
    let columns = args.format.0.columns(context.screen);
    let chart = columns.map(|columns| sampled_days(from, to, columns).into_iter().collect());
    let (points, gaps) = if args.by_entry {
        let days = chart.unwrap_or_else(|| days_of_entries(&view.plan, from, to));
        (by_entry(&view.plan, &days), Vec::new())
    } else {
        let (path, last) = opened.place();
        let history = History::of(path, last)
            .context("git has no history of it; `--by-entry` tells from the entries’ own dates")?;
        let days = chart.unwrap_or_else(|| days_of_commits(&history, from, to));
        by_version(&history, &days)?
    };
    let is_of_git = !args.by_entry;
    let burnup = Burnup { portfolio: &plans.portfolio, view, from, to, is_of_git, points, gaps };
    let text = context.print(args.format, &Answer::Burnup(&burnup))?;
    Ok(plans.output(text))
}

/// What was true on each day, as far as the present plan says.
fn by_entry(plan: &Plan, days: &BTreeSet<Day>) -> Vec<Point> {
    let point =
        |day: &Day| Point { day: *day, commit: None, tally: Some(Tally::of(plan.clone(), *day)) };
    days.iter().map(point).collect()
}

fn days_of_commits(history: &History, from: Day, to: Day) -> BTreeSet<Day> {
    let days = history.versions.iter().map(|version| version.committed);
    let days = days.filter(|day| (from..=to).contains(day));
    days.chain([from, to]).collect()
}

/// What was known on each day: the newest version that was committed by then. The days on which nothing was known
/// are told with the reason.
pub fn by_version(
    history: &History,
    days: &BTreeSet<Day>,
) -> anyhow::Result<(Vec<Point>, Vec<Gap>)> {
    let newest = |day: Day| history.versions.iter().position(|version| version.committed <= day);
    let first = days.first().copied();
    let mut days_of: HashMap<Option<usize>, Vec<Day>> = HashMap::new();
    for day in days {
        days_of.entry(newest(*day)).or_default().push(*day);
    }
    let (mut points, mut gaps) = (Vec::new(), Vec::new());
    if let Some(days) = days_of.remove(&None) {
        gaps.extend(first.map(|first| Gap::of(first, &days, &history.versions, history.begins())));
        points.extend(days.into_iter().map(|day| Point { day, commit: None, tally: None }));
    }
    // Oldest first, as the days are.
    let mut indices: Vec<usize> = days_of.keys().copied().flatten().collect();
    indices.sort_unstable_by(|one, other| other.cmp(one));
    let versions: Vec<Version> =
        indices.iter().map(|index| history.versions[*index].clone()).collect();
    let mut known: Vec<(Day, String, Option<Plan>)> = Vec::new();
    for (index, edition) in indices.iter().zip(history.plans(&versions)?) {
        let Edition { version, content } = edition?;
        let days = days_of.remove(&Some(*index)).unwrap_or_default();
        let commit = version.commit.short();
        let (plan, unknown) = match content {
            Content::Plan(plan) => (Some(plan), None),
            Content::Invalid(why) => (None, Some(format!("{commit} is no valid plan: {why}"))),
            Content::Gone => (None, Some(format!("{commit} took the plan away"))),
        };
        // A chart need not show the day on which it began.
        let begun = first.map_or(version.committed, |first| first.max(version.committed));
        gaps.extend(unknown.map(|why| Gap::of(begun, &days, &history.versions[..*index], why)));
        known.extend(days.into_iter().map(|day| (day, commit.to_owned(), plan.clone())));
    }
    let point = |(day, commit, plan): (Day, String, Option<Plan>)| Point {
        day,
        commit: Some(commit),
        tally: plan.map(|plan| Tally::of(plan, day)),
    };
    points.par_extend(known.into_par_iter().map(point));
    Ok((points, gaps))
}
