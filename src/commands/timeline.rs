//! `plan timeline`: shows the items of the plan on a scale of months.

use super::list::{filter, rows};
use crate::{
    app::{Context, Failure, Output},
    cli::TimelineArgs,
    output::Answer,
    query::Timeline,
};

pub fn run(args: TimelineArgs, context: &Context) -> Result<Output, Failure> {
    let mut plans = context.plans()?;
    let filter = filter(args.filter, context, &mut plans)?;
    let rows = rows(args.actions, &filter, &plans.portfolio);
    let timeline = Timeline::new(&plans.portfolio, &rows);
    let answer = Answer::Timeline(&plans.portfolio, &timeline, args.ascii);
    let text = context.print(&args.read.output, &answer)?;
    Ok(plans.output(text))
}
