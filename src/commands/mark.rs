//! `plan mark` and `plan note`: record the status and the progress of actions.

use super::write::ids_and_last;
use crate::{
    app::{Context, Failure, Output},
    cli::{MarkArgs, NoteArgs, RemarkArgs},
    edit::Remark,
    model::{Keyword, Status},
    query::Row,
};

pub fn mark(args: MarkArgs, context: &Context) -> Result<Output, Failure> {
    let RemarkArgs { source, note, proof } = args.remark;
    let remark = context.remark(source, "--note", note)?;
    let (outlook, evidence) = (args.outlook.outlook, proof.evidence);
    let remark = Remark { outlook, evidence, ..remark };
    let (ids, last) = ids_and_last(args.ids_and_status);
    let first = ids.iter().find(|id| Status::meant(id).is_some());
    if let (None, Some(status)) = (Status::meant(&last), first) {
        let help = format!("write the ids first and the status last: plan mark {last} {status}");
        return Err(Failure::usage(format!("`{last}` is not a status"), Some(help)));
    }
    let items = context.select(&ids, args.change, has_progress)?;
    let status = context.word("status", &last, Status::ALL, items.target())?;
    context.change_selected(&items, |editor| editor.mark(&items.ids, status, &remark))
}

pub fn note(args: NoteArgs, context: &Context) -> Result<Output, Failure> {
    let (ids, text) = ids_and_last(args.ids_and_text);
    let remark = context.remark(args.source, "the note", Some(text))?;
    let (outlook, evidence) = (args.outlook.outlook, args.proof.evidence);
    let remark = Remark { outlook, evidence, ..remark };
    let items = context.select(&ids, args.change, has_progress)?;
    context.change_selected(&items, |editor| editor.note(&items.ids, &remark))
}

/// Checks whether a row can have progress entries. It can if it is an action, or a recommendation without actions.
fn has_progress(row: &Row<'_>) -> bool {
    row.is_action() || row.whole.actions.is_empty()
}
