//! `plan export`: the plan for another program.

use super::list::{filter, rows};
use crate::{
    app::{Context, Failure, Output},
    cli::ExportArgs,
    file,
    output::{Answer, printable},
};

pub fn run(args: ExportArgs, context: &Context) -> Result<Output, Failure> {
    let filter = filter(args.filter, context)?;
    let plans = context.plans()?;
    let mut all = rows(false, &filter, &plans.portfolio)?;
    all.extend(rows(true, &filter, &plans.portfolio)?);
    let text = context.print(args.format, &Answer::Export(&plans.portfolio, &all))?;
    let Some(path) = args.output else {
        return Ok(plans.output(text));
    };
    plans.spare(&path)?;
    file::replace(&path, text.as_bytes())?;
    let notices = format!("{}: written\n", printable(&path.display().to_string()));
    Ok(Output { notices, ..plans.output(String::new()) })
}
