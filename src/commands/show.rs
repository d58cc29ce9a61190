//! `plan show`: everything about one recommendation or action.

use super::{Context, Failure, Output, find};
use crate::{
    cli::ShowArgs,
    query::Row,
    render::{self, Format},
};

pub fn run(args: &ShowArgs, context: &Context) -> anyhow::Result<Output> {
    context.answer(|view| {
        let rows = args
            .ids
            .iter()
            .map(|id| find(view, id))
            .collect::<Result<Vec<Row<'_>>, Failure>>()?;
        Ok(Output::plain(match args.format {
            Format::Json => render::json::show(view, &rows)?,
            Format::Markdown => render::markdown::show(view, &rows),
            Format::Table | Format::Csv => render::show::page(view, &rows, context.screen),
        }))
    })
}
