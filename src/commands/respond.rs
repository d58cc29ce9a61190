//! `plan respond`: records a management response that was pending.

use super::{
    add::agreed,
    write::{ids_and_last, words},
};
use crate::{
    app::{Context, Failure, Output},
    cli::RespondArgs,
    edit::Answer,
    model::{Keyword, Response},
};

pub fn run(args: RespondArgs, context: &Context) -> Result<Output, Failure> {
    let (ids, last) = ids_and_last(args.ids_and_response);
    let items = context.select(&ids, args.change, |row| !row.is_action())?;
    let response = context.word("response", &last, &Response::ALL[..3], items.target())?;
    let on = context.on(args.on)?;
    let answer = Answer {
        response,
        on: Some(on),
        text: args.response_text.map(words).transpose()?,
        timescale: agreed(args.timescale, args.meaning, Some(on))?,
    };
    context.change_selected(&items, |editor| editor.respond(&items.ids, &answer))
}
