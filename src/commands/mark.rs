//! `plan mark` and `plan note`: what has become of actions.

use super::write::ids_and_last;
use crate::{
    app::{Context, Failure, Output},
    cli::{MarkArgs, NoteArgs},
    model::{Status, Word, one_of},
};

pub fn mark(args: MarkArgs, context: &Context) -> Result<Output, Failure> {
    let remark = context.remark(args.source, args.text.note, args.proof.evidence)?;
    let (ids, last) = ids_and_last(args.ids_and_status)?;
    let Some(status) = Status::from_word(&last) else {
        let help = one_of("status", &last, Status::words().into_iter());
        return Err(Failure::usage(format!("unknown status `{last}`"), Some(help)));
    };
    context.change(&args.write, |editor| editor.mark(&ids, status, &remark))
}

pub fn note(args: NoteArgs, context: &Context) -> Result<Output, Failure> {
    let (ids, text) = ids_and_last(args.ids_and_text)?;
    let remark = context.remark(args.source, Some(text), args.proof.evidence)?;
    context.change(&args.write, |editor| editor.note(&ids, &remark))
}
