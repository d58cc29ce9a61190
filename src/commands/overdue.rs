//! `plan overdue`: what is late, worst first; flagged if anything is.

use super::{Context, Failure, Output};
use crate::{
    cli::OverdueArgs,
    query::Row,
    render::{self, Format},
};

pub fn run(args: &OverdueArgs, context: &Context) -> anyhow::Result<Output> {
    context.answer(|view| {
        let mut rows = view.overdue();
        let flagged = !rows.is_empty() && !args.exit_zero;
        if args.actions {
            rows = rows.into_iter().flat_map(late_rows).collect();
            rows.sort_by_key(|row| std::cmp::Reverse(row.days_late()));
        }
        if let Some(length) = args.within {
            let until = length
                .after(view.as_of)
                .ok_or_else(|| Failure::usage("`--within` ends beyond the calendar", None))?;
            rows.extend(view.falling_due(until));
        }
        let text = match args.format {
            Format::Table => render::list::overdue(view, &rows, context.screen),
            Format::Json => render::json::rows("overdue", view, &rows)?,
            Format::Csv => render::csv::rows(&rows)?,
            Format::Markdown => render::markdown::rows(&rows),
        };
        Ok(Output {
            flagged,
            ..Output::plain(text)
        })
    })
}

/// The late actions of a late recommendation; itself where no single action is to blame.
fn late_rows(row: Row<'_>) -> Vec<Row<'_>> {
    let late: Vec<_> = row.actions().filter(Row::is_overdue).collect();
    if late.is_empty() { vec![row] } else { late }
}
