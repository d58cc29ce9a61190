//! `plan list`: one row a recommendation or an action, filtered and sorted.

use crate::{
    app::{Context, Failure, Output},
    cli::{FilterArgs, ListArgs},
    model::{Owner, Period, nearest},
    output::Answer,
    query::{Filter, Portfolio, Row, names},
};

pub fn run(args: ListArgs, context: &Context) -> Result<Output, Failure> {
    let filter = filter(args.filter, context)?;
    let plans = context.plans()?;
    let mut rows = rows(args.actions, &filter, &plans.portfolio)?;
    args.sort.sort(&mut rows);
    if args.reverse {
        rows.reverse();
    }
    let text =
        context.print(&args.output, &Answer::List(&plans.portfolio, &rows, &args.columns))?;
    Ok(plans.output(text))
}

/// The recommendations, or the actions, that a filter keeps, in the plan's order.
pub fn rows<'p>(
    actions: bool,
    filter: &Filter,
    portfolio: &'p Portfolio,
) -> Result<Vec<Row<'p>>, Failure> {
    check_words(filter, portfolio)?;
    let mut rows: Vec<Row<'_>> =
        if actions { portfolio.actions().collect() } else { portfolio.recommendations().collect() };
    rows.retain(|row| filter.keeps(row));
    Ok(rows)
}

/// The filter that the flags of a command mean.
pub fn filter(args: FilterArgs, context: &Context) -> Result<Filter, Failure> {
    let due_before = args.due_before.map(|when| context.resolve(when)).transpose()?;
    Ok(Filter {
        areas: args.area,
        owners: args.owner,
        priorities: args.priority,
        progress: args.progress,
        timing: args.timing,
        outlook: args.outlook,
        response: args.response,
        stale: args.stale,
        open: args.open,
        unverified: args.unverified,
        extended: args.extended,
        waiting: args.waiting,
        due_before: due_before.map(Period::first_day),
        search: args.search,
    })
}

/// A filter that no plan of these words could ever match is a slip, not an empty answer.
pub fn check_words(filter: &Filter, portfolio: &Portfolio) -> Result<(), Failure> {
    let plans = || portfolio.views.iter().map(|view| &view.plan);
    let areas = plans().flat_map(|plan| plan.areas.iter().map(|area| area.id.as_str()));
    for area in &filter.areas {
        known("area", area, areas.clone(), |known| known == area)?;
    }
    let priorities = plans().flat_map(|plan| plan.policy.priorities.iter().map(String::as_str));
    for priority in &filter.priorities {
        known("priority", priority, priorities.clone(), |known| known == priority)?;
    }
    let owners = plans().flat_map(|plan| {
        let named = plan.recommendations.iter().flat_map(|recommendation| recommendation.owners());
        named.chain(plan.owners.iter().flat_map(Owner::names))
    });
    for owner in &filter.owners {
        known("owner", owner, owners.clone(), |known| names(known, owner))?;
    }
    Ok(())
}

fn known<'a>(
    what: &str,
    word: &str,
    mut all: impl Iterator<Item = &'a str> + Clone,
    holds: impl Fn(&str) -> bool,
) -> Result<(), Failure> {
    let candidates = all.clone();
    if all.any(holds) {
        return Ok(());
    }
    let help = match nearest(word, candidates.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => every(what, candidates),
    };
    Err(Failure::usage(format!("the plan has no {what} `{word}`"), Some(help)))
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
