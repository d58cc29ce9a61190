//! `plan list`: one row a recommendation or an action, filtered and sorted.

use super::{Context, Failure, Output, resolve};
use crate::{
    cli::ListArgs,
    model::{Plan, nearest},
    query::{Filter, Row, View},
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
    context.answer(|view| {
        check_words(&filter, view.plan)?;
        let mut rows: Vec<Row<'_>> = if args.actions {
            view.actions().collect()
        } else {
            view.recommendations().collect()
        };
        rows.retain(|row| filter.keeps(row));
        args.sort.sort(&mut rows, view.plan);
        Ok(Output::plain(format(view, &rows, args.format, context)?))
    })
}

fn format(
    view: &View<'_>,
    rows: &[Row<'_>],
    format: Format,
    context: &Context,
) -> anyhow::Result<String> {
    Ok(match format {
        Format::Table => render::list::table(view, rows, context.screen),
        Format::Json => render::json::rows("list", view, rows)?,
        Format::Csv => render::csv::rows(rows)?,
        Format::Markdown => render::markdown::rows(rows),
    })
}

/// A filter that no plan of these words could ever match is a slip, not an empty answer.
fn check_words(filter: &Filter, plan: &Plan<'_>) -> Result<(), Failure> {
    let areas = plan.areas.iter().map(|area| area.id.as_ref());
    for area in &filter.areas {
        known("area", area, areas.clone(), |known| known == area)?;
    }
    let priorities = plan.policy.priorities.iter().map(AsRef::as_ref);
    for priority in &filter.priorities {
        known("priority", priority, priorities.clone(), |known| {
            known == priority
        })?;
    }
    let owners = plan
        .recommendations
        .iter()
        .flat_map(|recommendation| recommendation.owners());
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
