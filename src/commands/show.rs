//! `plan show`: everything about one recommendation or action.

use super::{Context, Failure, Output, find};
use crate::{
    cli::ShowArgs,
    query::{Row, Wanted},
    render::{self, Format},
};

pub fn run(args: &ShowArgs, context: &Context) -> anyhow::Result<Output> {
    context.answer(Wanted::All, |portfolio| {
        let rows = args
            .ids
            .iter()
            .map(|id| find(portfolio, id))
            .collect::<Result<Vec<Row<'_>>, Failure>>()?;
        Ok(Output::plain(match args.format {
            Format::Json => render::json::show(portfolio, &rows)?,
            Format::Markdown => render::markdown::show(&rows),
            Format::Table | Format::Csv => render::show::page(&rows, context.screen),
        }))
    })
}
