//! `plan extend`: a later timescale; the original stays.

use super::write::ids_and_last;
use crate::{
    app::{Context, Failure, Output},
    cli::ExtendArgs,
    edit::read_timescale,
    model::Decision,
};

pub fn run(args: ExtendArgs, context: &Context) -> Result<Output, Failure> {
    let remark = context.remark(args.source, "--reason", Some(args.reason))?;
    let (ids, wording) = ids_and_last(args.ids_and_timescale, "ID… TIMESCALE")?;
    let (path, ids) = context.target(&ids)?;
    let to = read_timescale(wording, args.meaning.due, Some(remark.on))
        .map_err(|refused| context.with_unknown_ids(refused.into(), (&path, &ids)))?;
    let decision = args.request.then_some(Decision::Requested);
    context.change(&path, &args.write, |editor| editor.extend(&ids, &to, decision, &remark))
}
