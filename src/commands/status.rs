//! `plan status`: where does the plan stand?

use crate::{
    app::{Context, Failure, Output},
    cli::StatusArgs,
    output::Answer,
};

pub fn run(args: &StatusArgs, context: &Context) -> Result<Output, Failure> {
    let plans = context.plans()?;
    let text = context.print(args.format, &Answer::Status(&plans.portfolio))?;
    Ok(plans.output(text))
}
