//! `plan mark` and `plan note`: what has become of actions.

use super::{Context, Output, write::words};
use crate::{
    cli::{MarkArgs, NoteArgs},
    model::{Id, Said, Status, Word},
};

pub fn mark(args: MarkArgs, context: &Context) -> anyhow::Result<Output> {
    let said = context.said(args.entry)?;
    // clap has seen to it that the last word is a status and an id comes before it.
    let (status, ids) = split(&args.ids_and_status)?;
    context.change(args.dry_run, |desk| desk.mark(&ids, status, &said))
}

fn split(words: &[String]) -> anyhow::Result<(Status, Vec<Id<'static>>)> {
    use super::Failure;
    let (last, ids) = words
        .split_last()
        .unwrap_or((const { &String::new() }, &[]));
    let Some(status) = Status::from_word(last) else {
        let help = crate::model::one_of("status", last, Status::words().into_iter());
        return Err(Failure::usage(format!("unknown status `{last}`"), Some(help)).into());
    };
    let ids = ids
        .iter()
        .map(|id| {
            Id::parse(id.clone())
                .map_err(|refused| Failure::usage(format!("`{id}`: {refused}"), None))
        })
        .collect::<Result<_, _>>()?;
    Ok((status, ids))
}

pub fn note(args: NoteArgs, context: &Context) -> anyhow::Result<Output> {
    let said = Said {
        on: context.on(args.on)?,
        by: args.by,
        note: Some(words(args.text)?),
        evidence: args.evidence,
    };
    context.change(args.dry_run, |desk| desk.note(&[args.id], &said))
}
