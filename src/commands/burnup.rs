//! `plan burnup`: shows the number of items and how many are finished, over time.

use std::collections::BTreeSet;

use anyhow::Context as _;

use crate::{
    app::{Context, Failure, Output},
    cli::BurnupArgs,
    history::History,
    model::{Day, Period},
    output::{Answer, Burnup},
    query::{Point, Tally, days_of_entries, sampled_days},
};

pub fn run(args: &BurnupArgs, context: &Context) -> Result<Output, Failure> {
    let plans = context.plans()?;
    let ([view], [opened]) = (plans.portfolio.views.as_slice(), plans.opened.as_slice()) else {
        let help = "name one plan with `--file PATH`".to_owned();
        return Err(Failure::usage("`plan burnup` reads one plan", Some(help)));
    };
    let since = args.since.map(|when| context.resolve(when)).transpose()?;
    let (from, to) = (since.map_or(view.plan.date, Period::first_day), context.as_of());
    if from > to {
        return Err(Failure::usage(
            format!("the period begins on {from}, after its end on {to}"),
            None,
        ));
    }
    let columns = (args.read.output.format().columns)(context.screen);
    let chart = columns.map(|columns| sampled_days(from, to, columns).into_iter().collect());
    let (points, gaps) = if args.by_entry {
        let days = chart.unwrap_or_else(|| days_of_entries(&view.plan, from, to));
        let days: Vec<Day> = days.into_iter().collect();
        let tallies = Tally::on_days(&view.plan, &days).into_iter();
        let point = |(day, tally)| Point { day, commit: None, tally: Some(tally) };
        (days.iter().copied().zip(tallies).map(point).collect(), Vec::new())
    } else {
        let (path, last) = opened.place();
        let history = History::of(path, last)
            .context("the plan has no history in git; draw the chart from the dates of its entries with `--by-entry`")?;
        let days = chart.unwrap_or_else(|| days_of_commits(&history, from, to));
        history.tallies(&days)?
    };
    let is_of_git = !args.by_entry;
    let burnup = Burnup { portfolio: &plans.portfolio, view, from, to, is_of_git, points, gaps };
    let text = context.print(&args.read.output, &Answer::Burnup(&burnup))?;
    Ok(plans.output(text))
}

fn days_of_commits(history: &History, from: Day, to: Day) -> BTreeSet<Day> {
    let days = history.versions.iter().map(|version| version.committed);
    let days = days.filter(|day| (from..=to).contains(day));
    days.chain([from, to]).collect()
}
