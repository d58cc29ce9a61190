//! `plan list`: lists one row per recommendation or action, filtered and sorted.

use crate::{
    app::{Context, Failure, Output, Plans},
    cli::{FilterArgs, ListArgs},
    model::{Owner, Period, Plan, nearest},
    output::{Answer, printable},
    query::{Filter, Portfolio, Row, names},
};

pub fn run(args: ListArgs, context: &Context) -> Result<Output, Failure> {
    let mut plans = context.plans()?;
    let filter = filter(args.filter, context, &mut plans)?;
    let mut rows = rows(args.actions, &filter, &plans.portfolio);
    args.sort.sort(&mut rows);
    if args.reverse {
        rows.reverse();
    }
    let text =
        context.print(&args.read.output, &Answer::List(&plans.portfolio, &rows, &args.columns))?;
    Ok(plans.output(text))
}

/// Returns the recommendations or the actions that pass a filter, in the plan's order.
pub fn rows<'p>(actions: bool, filter: &Filter, portfolio: &'p Portfolio) -> Vec<Row<'p>> {
    let mut rows = portfolio.rows(actions);
    rows.retain(|row| filter.keeps(row));
    rows
}

/// Builds a filter from the flags of a command. If no plan has an owner that a flag names, adds a notice to `plans`.
///
/// # Errors
/// Fails if no plan has the given area or priority, because the name is then probably misspelled.
pub fn filter(args: FilterArgs, context: &Context, plans: &mut Plans) -> Result<Filter, Failure> {
    let owners = args.items.owner.iter();
    let notices: Vec<String> = owners.filter_map(|owner| nobody(owner, &plans.portfolio)).collect();
    plans.notices.extend(notices);
    in_words_of(&plans.portfolio, args, context)
}

/// Builds a filter from the flags of a command. Areas and priorities get the spelling that the plans use.
pub fn in_words_of(
    portfolio: &Portfolio,
    args: FilterArgs,
    context: &Context,
) -> Result<Filter, Failure> {
    let FilterArgs { items: args, outlook } = args;
    let due_before = args.due_before.map(|when| context.resolve(when)).transpose()?;
    let mut words = PlanWords { portfolio, failures: Vec::new() };
    let filter = Filter {
        areas: words.meant("area", args.area, Plan::area_meant, |plan| {
            plan.areas.iter().map(|area| area.id.as_str()).collect()
        }),
        owners: args.owner,
        priorities: words.meant(
            "priority",
            args.priority,
            |plan, word| plan.policy.priority_meant(word),
            |plan| plan.policy.priorities.iter().map(String::as_str).collect(),
        ),
        progress: args.progress,
        timing: args.timing,
        outlook,
        response: args.response,
        stale: args.stale,
        open: args.open,
        unverified: args.unverified,
        extended: args.extended,
        waiting: args.waiting,
        due_before: due_before.map(Period::first_day),
        search: args.search,
    };
    if words.failures.is_empty() { Ok(filter) } else { Err(Failure::several(words.failures)) }
}

/// Finds the areas and priorities that the user means, and collects an error for each unknown word.
struct PlanWords<'p> {
    portfolio: &'p Portfolio,
    failures: Vec<Failure>,
}

impl<'p> PlanWords<'p> {
    /// Returns the typed words in the spelling that the plans use.
    fn meant(
        &mut self,
        what: &str,
        typed: Vec<String>,
        meant: impl Fn(&'p Plan, &str) -> Option<&'p str>,
        known: impl Fn(&'p Plan) -> Vec<&'p str>,
    ) -> Vec<String> {
        let portfolio = self.portfolio;
        let plans = || portfolio.views.iter().map(|view| &view.plan);
        let mut all = Vec::new();
        for word in typed {
            let found = all.len();
            all.extend(plans().filter_map(|plan| meant(plan, &word)).map(str::to_owned));
            if all.len() == found {
                let known: Vec<&str> = plans().flat_map(&known).collect();
                let help = match nearest(&word, known.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => every(what, known),
                };
                let message = format!("the plan has no {what} `{word}`");
                self.failures.push(Failure::usage(message, Some(help)));
            }
        }
        all
    }
}

/// Returns a notice if no plan names the owner.
fn nobody(owner: &str, portfolio: &Portfolio) -> Option<String> {
    let plans = portfolio.views.iter().map(|view| &view.plan);
    let owners = plans.flat_map(|plan| {
        let named = plan.recommendations.iter().flat_map(|recommendation| recommendation.owners());
        named.chain(plan.owners.iter().flat_map(Owner::names))
    });
    let owners: Vec<&str> = owners.collect();
    if owners.iter().any(|known| names(known, owner)) {
        return None;
    }
    let help = match nearest(owner, owners) {
        Some(meant) => format!("did you mean `{}`?", printable(meant)),
        None => "list the owners with `plan status --by owner`".to_owned(),
    };
    Some(format!("note: no owner is called `{}`; {help}\n", printable(owner)))
}

fn every(what: &str, known: Vec<&str>) -> String {
    let mut all: Vec<String> = known.into_iter().map(|known| format!("`{known}`")).collect();
    all.sort();
    all.dedup();
    if all.is_empty() {
        format!("the plan has no {what} at all")
    } else {
        format!("known: {}", all.join(", "))
    }
}
