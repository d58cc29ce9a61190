//! `plan show`: shows everything about one recommendation or action.

use crate::{
    app::{Context, Failure, Output},
    cli::ShowArgs,
    output::Answer,
    query::Row,
};

pub fn run(args: &ShowArgs, context: &Context) -> Result<Output, Failure> {
    let plans = context.plans()?;
    let rows: Vec<Row<'_>> = args.ids.iter().map(|id| plans.find(id)).collect::<Result<_, _>>()?;
    let text = context.print(&args.read.output, &Answer::Show(&plans.portfolio, &rows))?;
    Ok(plans.output(text))
}
