//! `plan status`: shows the state of the plan as a whole.

use crate::{
    app::{Context, Failure, Output},
    cli::StatusArgs,
    output::Answer,
};

pub fn run(args: &StatusArgs, context: &Context) -> Result<Output, Failure> {
    let plans = context.plans()?;
    let by = args.by.unwrap_or_else(|| plans.portfolio.usual_groups());
    let text =
        context.print(&args.read.output, &Answer::Status(&plans.portfolio, by, &context.given))?;
    Ok(plans.output(text))
}
