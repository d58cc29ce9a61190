//! `plan verify`: what somebody independent found.

use super::write::Note;
use crate::{
    app::{Context, Failure, Output},
    cli::VerifyArgs,
    model::Verdict,
};

pub fn run(args: VerifyArgs, context: &Context) -> Result<Output, Failure> {
    let note = Note { flag: "--note", text: args.text.note };
    let remark = context.remark(args.source, note, args.proof.evidence)?;
    let result = if args.refuse { Verdict::Refused } else { Verdict::Verified };
    let (path, ids) = context.target(&args.ids)?;
    context.change(&path, &args.write, |editor| editor.verify(&ids, result, &remark))
}
