//! `plan export`: the plan for another program.

use super::list::{filter, rows};
use crate::{
    app::{Context, Failure, Output},
    cli::ExportArgs,
    clock,
    output::Answer,
};

pub fn run(args: ExportArgs, context: &Context) -> Result<Output, Failure> {
    let mut plans = context.plans()?;
    let filter = filter(args.filter, context, &mut plans)?;
    let is_asked_for = args.cancelled || !filter.progress.is_empty();
    let mut all = rows(false, &filter, &plans.portfolio);
    all.extend(rows(true, &filter, &plans.portfolio));
    // Some calendars show a cancelled event as a live one.
    all.retain(|row| is_asked_for || row.is_open() && row.own_deadline().is_some());
    let answer = Answer::Export(&plans.portfolio, &all, clock::now());
    let text = context.print(&args.output, &answer)?;
    Ok(plans.output(text))
}
