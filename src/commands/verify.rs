//! `plan verify`: what somebody independent found.

use crate::{
    app::{Context, Failure, Output},
    cli::VerifyArgs,
    model::Verdict,
};

pub fn run(args: VerifyArgs, context: &Context) -> Result<Output, Failure> {
    let remark = context.remark(args.source, args.text.note, args.proof.evidence)?;
    let result = if args.refuse { Verdict::Refused } else { Verdict::Verified };
    context.change(&args.write, |editor| editor.verify(&args.ids, result, &remark))
}
