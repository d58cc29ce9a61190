//! `plan remind`: writes a message to each owner for the user to send.

use super::{
    list::filter,
    updates::{round, work},
};
use crate::{
    app::{Context, Failure, Output},
    cli::RemindArgs,
    output::{Answer, Reminder},
};

pub fn run(args: RemindArgs, context: &Context) -> Result<Output, Failure> {
    let round = round(&args.round, context)?;
    let mut plans = context.plans()?;
    let filter = filter(args.filter, context, &mut plans)?;
    let work = work(&plans.portfolio, &filter);
    let reminders: Vec<_> =
        work.iter().map(|work| Reminder::new(&plans.portfolio, work, round)).collect();
    let text = context.print(&args.read.output, &Answer::Remind(&plans.portfolio, &reminders))?;
    Ok(plans.output(text))
}
