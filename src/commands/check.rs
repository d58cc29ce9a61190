//! `plan check`: every fault of the plan file in one run; flagged if there is one.

use super::{Context, Failure, Output};
use crate::{
    cli::CheckArgs,
    render::{self, Format},
    store,
};

pub fn run(args: &CheckArgs, context: &Context) -> anyhow::Result<Output> {
    let as_of = context.as_of()?;
    let (path, text) = context.read().map_err(Failure::from)?;
    let (plan, faults) = match store::decode(&text) {
        Ok(plan) => (Some(plan), Vec::new()),
        Err(faults) => (None, faults),
    };
    let text = match (args.format, &plan) {
        (Format::Json, _) => render::json::check(as_of, plan.as_ref(), &path, &text, &faults)?,
        (_, Some(plan)) => render::faults::none(&path, plan),
        (_, None) => render::faults::report(&path, &text, &faults, context.screen),
    };
    Ok(Output {
        flagged: !faults.is_empty() && !args.exit_zero,
        ..Output::plain(text)
    })
}
