//! `plan add`: one more recommendation, action or meeting.

use super::write::words;
use crate::{
    app::{Context, Failure, Output},
    cli::{AddArgs, AddWhat, DueArgs},
    edit::read_timescale,
    model::{Id, Recommendation, Timescale},
};

pub fn run(args: AddArgs, context: &Context) -> Result<Output, Failure> {
    match args.what {
        AddWhat::Area(new) => context.change(&context.path()?, &new.write, |editor| {
            Ok(vec![editor.add_area(new.id, new.title)?])
        }),
        AddWhat::Recommendation(new) => {
            let made = context.on(new.on)?;
            let recommendation = Recommendation {
                title: new.title,
                area: new.area,
                priority: new.priority,
                owner: new.owner.into(),
                response: new.response,
                response_text: new.response_text.map(words).transpose()?,
                timescale: agreed(new.timescale, new.meaning)?,
                ..Recommendation::new(Id::unreadable(), words(new.text)?)
            };
            context.change(&context.path()?, &new.write, |editor| {
                Ok(vec![editor.add_recommendation(new.id, made, recommendation)?])
            })
        }
        AddWhat::Action(new) => {
            let text = words(new.text)?;
            let timescale = agreed(new.timescale, new.meaning)?;
            let (path, ids) = context.target(std::slice::from_ref(&new.recommendation))?;
            context.change(&path, &new.write, |editor| {
                let action = editor.add_action(&ids[0], text, new.owner, timescale);
                Ok(vec![action?])
            })
        }
        AddWhat::Meeting(new) => {
            let date = context.resolve(new.date)?;
            context.change(&context.path()?, &new.write, |editor| {
                Ok(vec![editor.add_meeting(date, new.title)?])
            })
        }
    }
}

/// The timescale, where one is given.
pub fn agreed(wording: Option<String>, meaning: DueArgs) -> Result<Option<Timescale>, Failure> {
    Ok(wording.map(|wording| read_timescale(wording, meaning.due, None)).transpose()?)
}
