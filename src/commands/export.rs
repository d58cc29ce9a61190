//! `plan export`: writes the plan in a format for another program.

use super::{list::filter, updates};
use crate::{
    app::{Context, Failure, Output},
    cli::ExportArgs,
    clock, file,
    output::{Answer, Export, ExportTable, export_mapping},
    query::Row,
};

/// Prints or writes the mapping with which `plan import` can read an exported workbook or table.
fn mapping(args: &ExportArgs, context: &Context) -> Result<Output, Failure> {
    let plans = context.plans()?;
    let Some(view) = plans.portfolio.single() else {
        let help = "name one plan with `--file PATH`".to_owned();
        return Err(Failure::usage("a mapping belongs to one plan", Some(help)));
    };
    let text = export_mapping(&view.plan, args.table);
    match args.read.output.file() {
        Some(path) => file::create(path, &text)?,
        None => return Ok(plans.output(text)),
    }
    Ok(plans.output(String::new()))
}

pub fn run(args: ExportArgs, context: &Context) -> Result<Output, Failure> {
    if let Some(directory) = &args.updates {
        return updates::export(directory, args.filter, args.from, &args.round, context);
    }
    if args.mapping {
        return mapping(&args, context);
    }
    let format = args.read.output.format();
    for (flag, of, is_given) in
        [("--table", "csv", args.table.is_some()), ("--cancelled", "ics", args.cancelled)]
    {
        if is_given && format.name != of {
            let message =
                format!("`{flag}` works only with `--format {of}`, not with {}", format.name);
            return Err(Failure::usage(message, Some(format!("leave out `{flag}`"))));
        }
    }
    let mut plans = context.plans()?;
    let filter = filter(args.filter, context, &mut plans)?;
    let mut rows: Vec<_> = plans.portfolio.recommendations().flat_map(Row::all).collect();
    rows.retain(|row| filter.keeps(row));
    let export = Export {
        portfolio: &plans.portfolio,
        rows: &rows,
        table: args.table.unwrap_or(ExportTable::Recommendations),
        has_cancelled: args.cancelled || !filter.progress.is_empty(),
        now: clock::now(),
    };
    let Some(bytes) = format.bytes else {
        let text = context.print(&args.read.output, &Answer::Export(&export))?;
        return Ok(plans.output(text));
    };
    let (bytes, left_out) = bytes(&export)?;
    plans.notices.push_str(&left_out);
    Ok(Output { bytes, ..plans.output(String::new()) })
}
