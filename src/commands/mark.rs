//! `plan mark` and `plan note`: what has become of actions.

use super::{
    Context, Failure, Output,
    write::{ids_and_last, words},
};
use crate::{
    cli::{MarkArgs, NoteArgs},
    model::{Said, Status, Word, one_of},
};

pub fn mark(args: MarkArgs, context: &Context) -> anyhow::Result<Output> {
    let said = context.said(args.entry)?;
    let (ids, last) = ids_and_last(args.ids_and_status)?;
    let Some(status) = Status::from_word(&last) else {
        let help = one_of("status", &last, Status::words().into_iter());
        return Err(Failure::usage(format!("unknown status `{last}`"), Some(help)).into());
    };
    context.change(args.dry_run, |desk| desk.mark(&ids, status, &said))
}

pub fn note(args: NoteArgs, context: &Context) -> anyhow::Result<Output> {
    let (ids, text) = ids_and_last(args.ids_and_text)?;
    let said = Said {
        on: context.on(args.on)?,
        by: args.by,
        note: Some(words(text)?),
        evidence: args.evidence,
    };
    context.change(args.dry_run, |desk| desk.note(&ids, &said))
}
