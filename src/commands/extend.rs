//! `plan extend`: sets a later due date and keeps the original due date.

use super::write::ids_and_last;
use crate::{
    app::{Context, Failure, Output},
    cli::ExtendArgs,
    edit::read_timescale,
    model::Decision,
};

pub fn run(args: ExtendArgs, context: &Context) -> Result<Output, Failure> {
    let remark = context.remark(args.source, "--reason", Some(args.reason))?;
    let (ids, wording) = ids_and_last(args.ids_and_timescale);
    let items = context.select(&ids, args.change, |row| !row.is_action())?;
    let to = read_timescale(wording, args.meaning.due, Some(remark.on))
        .map_err(|refused| context.with_unknown_ids(refused.into(), items.target()))?;
    let decision = args.request.then_some(Decision::Requested);
    context.change_selected(&items, |editor| editor.extend(&items.ids, &to, decision, &remark))
}
