//! `plan respond`: the answer of management that was awaited.

use super::{
    add::agreed,
    write::{ids_and_last, words},
};
use crate::{
    app::{Context, Failure, Output},
    cli::RespondArgs,
    edit::Answer,
    model::{Keyword, Response, one_of},
};

pub fn run(args: RespondArgs, context: &Context) -> Result<Output, Failure> {
    let (ids, last) = ids_and_last(args.ids_and_response, "ID… RESPONSE")?;
    let Some(response) = Response::from_word(&last) else {
        let answers =
            Response::words().into_iter().filter(|word| *word != Response::Awaited.word());
        let help = one_of("response", &last, answers);
        return Err(Failure::usage(format!("unknown response `{last}`"), Some(help)));
    };
    let answer = Answer {
        response,
        on: Some(context.on(args.on)?),
        text: args.response_text.map(words).transpose()?,
        timescale: agreed(args.timescale, args.meaning)?,
    };
    let (path, ids) = context.target(&ids)?;
    context.change(&path, &args.write, |editor| editor.respond(&ids, &answer))
}
