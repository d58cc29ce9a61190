//! `plan status`: where does the plan stand?

use super::{Context, Output};
use crate::{
    cli::StatusArgs,
    query::Wanted,
    render::{self, Format},
};

pub fn run(args: &StatusArgs, context: &Context) -> anyhow::Result<Output> {
    let wanted = match args.format {
        Format::Table => Wanted::Foremost,
        _ => Wanted::All,
    };
    context.answer(wanted, |portfolio| {
        Ok(Output::plain(match args.format {
            Format::Table => render::status::table(portfolio, context.screen),
            Format::Json => render::json::status(portfolio)?,
            Format::Csv => render::csv::status(portfolio)?,
            Format::Markdown => render::markdown::status(portfolio),
        }))
    })
}
