//! `plan add`: one more recommendation, action or meeting.

use super::{Context, Failure, Output, resolve, write::words};
use crate::{
    cli::{AddArgs, AddWhat},
    model::NewRecommendation,
};

pub fn run(args: AddArgs, context: &Context) -> anyhow::Result<Output> {
    match args.what {
        AddWhat::Recommendation(new) => {
            let recommendation = NewRecommendation {
                id: new.id,
                area: new.area,
                priority: new.priority,
                text: words(new.text)?,
                timescale: new.timescale,
            };
            context.change(new.dry_run, |desk| {
                Ok(vec![desk.add_recommendation(recommendation)?])
            })
        }
        AddWhat::Action(new) => {
            let text = words(new.text)?;
            context.change(new.dry_run, |desk| {
                Ok(vec![desk.add_action(
                    &new.recommendation,
                    text,
                    new.owner,
                    new.timescale,
                )?])
            })
        }
        AddWhat::Meeting(new) => {
            let date: Result<_, Failure> = resolve(new.date);
            let date = date?;
            context.change(new.dry_run, |desk| {
                Ok(vec![desk.add_meeting(date, new.title)?])
            })
        }
    }
}
