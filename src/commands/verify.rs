//! `plan verify`: what somebody independent found.

use super::{Context, Output, write::words};
use crate::{
    cli::VerifyArgs,
    model::{Said, Verdict},
};

pub fn run(args: VerifyArgs, context: &Context) -> anyhow::Result<Output> {
    let said = Said {
        on: context.on(args.on)?,
        by: None,
        note: args.note.map(words).transpose()?,
        evidence: args.evidence,
    };
    let result = if args.refuse {
        Verdict::Refused
    } else {
        Verdict::Verified
    };
    context.change(args.dry_run, |desk| {
        desk.verify(&args.ids, &args.by, result, &said)
    })
}
