//! `plan decide`: the answer to a request for a later timescale.

use super::{add::agreed, write::ids_and_last};
use crate::{
    app::{Context, Failure, Output},
    cli::DecideArgs,
    model::{Decision, one_of},
};

pub fn run(args: DecideArgs, context: &Context) -> Result<Output, Failure> {
    let (ids, word) = ids_and_last(args.ids_and_answer, "ID… agree, or ID… refuse")?;
    let answer = match word.as_str() {
        "agree" => Decision::Agreed,
        "refuse" => Decision::Refused,
        _ => {
            let help = one_of("decision", &word, ["agree", "refuse"].into_iter());
            return Err(Failure::usage(format!("unknown decision `{word}`"), Some(help)));
        }
    };
    if answer == Decision::Refused && args.to.is_some() {
        let help = "leave `--to` out, or agree to that date with `agree`".to_owned();
        return Err(Failure::usage("a refusal names no other date", Some(help)));
    }
    let remark = context.remark(args.source, "--reason", args.reason)?;
    let to = agreed(args.to, args.meaning)?;
    let (path, ids) = context.target(&ids)?;
    context.change(&path, &args.write, |editor| editor.decide(&ids, answer, to.as_ref(), &remark))
}
