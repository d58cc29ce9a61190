//! `plan extend`: a later timescale; the original stays.

use super::{
    Context, Failure, Output,
    write::{ids_and_last, words},
};
use crate::{
    cli::ExtendArgs,
    model::{Said, Timescale},
};

pub fn run(mut args: ExtendArgs, context: &Context) -> anyhow::Result<Output> {
    let said = Said {
        on: context.on(args.on)?,
        by: args.by.take(),
        note: Some(words(std::mem::take(&mut args.reason))?),
        evidence: Vec::new(),
    };
    let (ids, wording) = ids_and_last(args.ids_and_timescale)?;
    let to = Timescale::parse(wording).map_err(|reason| {
        let help = format!("write the timescale as one of {}", Timescale::ACCEPTED);
        Failure::usage(
            format!("the new timescale cannot be read: {}", reason.0),
            Some(help),
        )
    })?;
    context.change(args.dry_run, |desk| desk.extend(&ids, &to, &said))
}
