//! `plan extend`: a later timescale; the original stays.

use super::{Context, Output, write::words};
use crate::{cli::ExtendArgs, model::Said};

pub fn run(mut args: ExtendArgs, context: &Context) -> anyhow::Result<Output> {
    let said = Said {
        on: context.on(args.on)?,
        by: args.by.take(),
        note: Some(words(std::mem::take(&mut args.reason))?),
        evidence: Vec::new(),
    };
    context.change(args.dry_run, |desk| {
        desk.extend(&[args.id], &args.timescale, &said)
    })
}
