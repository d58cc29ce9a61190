//! `plan decide`: records the decision on a request for an extension.

use super::{add::agreed, write::ids_and_last};
use crate::{
    app::{Context, Failure, Output},
    cli::DecideArgs,
    model::{Decision, Keyword, vocabulary},
};

vocabulary! {
    /// The decisions that the user can give on the command line.
    Decided {
        Agree = "agree",
        Refuse = "refuse",
    }
}

pub fn run(args: DecideArgs, context: &Context) -> Result<Output, Failure> {
    let (ids, word) = ids_and_last(args.ids_and_answer);
    let items = context.select(&ids, args.change, |row| row.request().is_some())?;
    let answer = match context.word("decision", &word, Decided::ALL, items.target())? {
        Decided::Agree => Decision::Agreed,
        Decided::Refuse => Decision::Refused,
    };
    if answer == Decision::Refused && args.to.is_some() {
        let help = "leave out `--to`, or approve the date with `agree`".to_owned();
        return Err(Failure::usage("a refusal cannot set another date", Some(help)));
    }
    let remark = context.remark(args.source, "--reason", args.reason)?;
    let to = agreed(args.to, args.meaning, Some(remark.on))?;
    context
        .change_selected(&items, |editor| editor.decide(&items.ids, answer, to.as_ref(), &remark))
}
