//! `plan list`: one row a recommendation or an action, filtered and sorted.

use super::{Context, Failure, Output, resolve};
use crate::{
    cli::ListArgs,
    model::nearest,
    query::{Filter, Portfolio, Row, Wanted},
    render::{self, Format},
};

pub fn run(args: ListArgs, context: &Context) -> anyhow::Result<Output> {
    let due_before = args.due_before.map(resolve).transpose()?;
    let filter = Filter {
        areas: args.area,
        owners: args.owner,
        priorities: args.priority,
        progress: args.progress,
        timing: args.timing,
        stale: args.stale,
        due_before: due_before.map(|period| period.first_day()),
        search: args.search,
    };
    context.answer(Wanted::All, |portfolio| {
        check_words(&filter, portfolio)?;
        let mut rows: Vec<Row<'_>> = if args.actions {
            portfolio.actions().collect()
        } else {
            portfolio.recommendations().collect()
        };
        rows.retain(|row| filter.keeps(row));
        args.sort.sort(&mut rows);
        Ok(Output::plain(match args.format {
            Format::Table => render::list::table(&rows, context.screen),
            Format::Json => render::json::rows("list", portfolio, &rows)?,
            Format::Csv => render::csv::rows(&rows)?,
            Format::Markdown => render::markdown::rows(&rows),
        }))
    })
}

/// A filter that no plan of these words could ever match is a slip, not an empty answer.
fn check_words(filter: &Filter, portfolio: &Portfolio<'_>) -> Result<(), Failure> {
    let plans = || portfolio.views.iter().map(|view| view.plan);
    let areas = plans().flat_map(|plan| plan.areas.iter().map(|area| area.id.as_ref()));
    for area in &filter.areas {
        known("area", area, areas.clone(), |known| known == area)?;
    }
    let priorities = plans().flat_map(|plan| plan.policy.priorities.iter().map(AsRef::as_ref));
    for priority in &filter.priorities {
        known("priority", priority, priorities.clone(), |known| {
            known == priority
        })?;
    }
    let owners = plans().flat_map(|plan| {
        let recommendations = plan.recommendations.iter();
        recommendations.flat_map(|recommendation| recommendation.owners())
    });
    for owner in &filter.owners {
        let part = owner.to_lowercase();
        known("owner", owner, owners.clone(), |known| {
            known.to_lowercase().contains(&part)
        })?;
    }
    Ok(())
}

fn known<'a>(
    what: &str,
    word: &str,
    mut all: impl Iterator<Item = &'a str> + Clone,
    holds: impl Fn(&str) -> bool,
) -> Result<(), Failure> {
    let help = match nearest(word, all.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => every(what, all.clone()),
    };
    if all.any(holds) {
        return Ok(());
    }
    Err(Failure::usage(
        format!("the plan has no {what} `{word}`"),
        Some(help),
    ))
}

fn every<'a>(what: &str, all: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = all.map(|known| format!("`{known}`")).collect();
    all.sort();
    all.dedup();
    if all.is_empty() {
        format!("it names no {what} at all")
    } else {
        format!("it has {}", all.join(", "))
    }
}
