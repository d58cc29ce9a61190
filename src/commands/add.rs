//! `plan add`: one more recommendation, action or meeting.

use super::write::words;
use crate::{
    app::{Context, Failure, Output},
    cli::{AddArgs, AddWhat},
    edit::NewRecommendation,
};

pub fn run(args: AddArgs, context: &Context) -> Result<Output, Failure> {
    match args.what {
        AddWhat::Recommendation(new) => {
            let recommendation = NewRecommendation {
                id: new.id,
                area: new.area,
                priority: new.priority,
                text: words(new.text)?,
                timescale: new.timescale,
            };
            context
                .change(&new.write, |editor| Ok(vec![editor.add_recommendation(recommendation)?]))
        }
        AddWhat::Action(new) => {
            let text = words(new.text)?;
            context.change(&new.write, |editor| {
                let action = editor.add_action(&new.recommendation, text, new.owner, new.timescale);
                Ok(vec![action?])
            })
        }
        AddWhat::Meeting(new) => {
            let date = context.resolve(new.date)?;
            context.change(&new.write, |editor| Ok(vec![editor.add_meeting(date, new.title)?]))
        }
    }
}
