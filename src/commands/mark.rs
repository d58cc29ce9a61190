//! `plan mark` and `plan note`: what has become of actions.

use super::write::ids_and_last;
use crate::{
    app::{Context, Failure, Output},
    cli::{MarkArgs, NoteArgs, RemarkArgs},
    edit::Remark,
    model::{Keyword, Status, one_of},
};

pub fn mark(args: MarkArgs, context: &Context) -> Result<Output, Failure> {
    let RemarkArgs { source, note, proof } = args.remark;
    let remark = context.remark(source, "--note", note)?;
    let (outlook, evidence) = (args.outlook.outlook, proof.evidence);
    let remark = Remark { outlook, evidence, ..remark };
    let (ids, last) = ids_and_last(args.ids_and_status, "ID… STATUS")?;
    let Some(status) = Status::from_word(&last) else {
        return Err(not_a_status(&ids, &last));
    };
    let (path, ids) = context.target(&ids)?;
    context.change(&path, &args.write, |editor| editor.mark(&ids, status, &remark))
}

pub fn note(args: NoteArgs, context: &Context) -> Result<Output, Failure> {
    let (ids, text) = ids_and_last(args.ids_and_text, "ID… TEXT")?;
    let remark = context.remark(args.source, "the note", Some(text))?;
    let (outlook, evidence) = (args.outlook.outlook, args.proof.evidence);
    let remark = Remark { outlook, evidence, ..remark };
    let (path, ids) = context.target(&ids)?;
    context.change(&path, &args.write, |editor| editor.note(&ids, &remark))
}

/// A status that is none: mostly a synonym, a slip, or the words in the wrong order.
fn not_a_status(ids: &[String], last: &str) -> Failure {
    if let Some(status) = ids.iter().find(|id| Status::from_word(id).is_some()) {
        let help = format!("write the ids first and the status last: plan mark {last} {status}");
        return Failure::usage(format!("`{last}` is not a status"), Some(help));
    }
    let meant = match last.to_lowercase().as_str() {
        "done" | "closed" | "completed" | "finished" | "implemented" => Some(Status::Complete),
        "started" | "open" | "ongoing" | "wip" => Some(Status::InProgress),
        "todo" | "pending" | "new" => Some(Status::NotStarted),
        "dropped" | "abandoned" | "cancelled" | "canceled" => Some(Status::NotPursued),
        _ => None,
    };
    let help = match meant {
        Some(meant) => format!("did you mean `{}`?", meant.word()),
        None => one_of("status", last, Status::words().into_iter()),
    };
    Failure::usage(format!("unknown status `{last}`"), Some(help))
}
