//! `plan export`: the plan for another program.

use std::{fs, path::Path};

use super::list::{filter, rows};
use crate::{
    app::{Context, Failure, Output, Plans},
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
    is_no_plan(&path, &plans)?;
    file::replace(&path, text.as_bytes())?;
    let notices = format!("{}: written\n", printable(&path.display().to_string()));
    Ok(Output { notices, ..plans.output(String::new()) })
}

/// A plan is not overwritten by what is made from it.
fn is_no_plan(path: &Path, plans: &Plans) -> Result<(), Failure> {
    let place = |path: &Path| fs::canonicalize(path).ok();
    let is_there = place(path).is_some();
    if is_there && plans.opened.iter().any(|opened| place(opened.path()) == place(path)) {
        let message = format!("{} is the plan itself", path.display());
        return Err(Failure::usage(message, Some("name another file".to_owned())));
    }
    Ok(())
}
