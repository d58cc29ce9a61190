//! `plan verify`: records an independent verification of a recommendation.

use crate::{
    app::{Context, Failure, Output},
    cli::{RemarkArgs, VerifyArgs},
    edit::Remark,
    model::Verdict,
};

pub fn run(args: VerifyArgs, context: &Context) -> Result<Output, Failure> {
    let RemarkArgs { source, note, proof } = args.remark;
    let remark = context.remark(source, "--note", note)?;
    let remark = Remark { evidence: proof.evidence, ..remark };
    let result = if args.refuse { Verdict::Refused } else { Verdict::Verified };
    let items = context.select(&args.ids, args.change, |row| !row.is_action())?;
    context.change_selected(&items, |editor| editor.verify(&items.ids, result, &remark))
}
