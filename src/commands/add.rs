//! `plan add`: adds an area, a recommendation, an action or a meeting to the plan.

use std::path::Path;

use super::{undo::committed, write::words};
use crate::{
    app::{Context, Failure, Output},
    cli::{AddArgs, AddWhat, DueArgs},
    edit::{Change, Editor, Refusal, read_timescale},
    file::Reader,
    model::{Action, Day, Id, Recommendation, Timescale},
};

pub fn run(args: AddArgs, context: &Context) -> Result<Output, Failure> {
    match args.what {
        AddWhat::Area(new) => context.change(&context.path()?, &new.write, |editor| {
            Ok(vec![editor.add_area(new.id, new.title)?])
        }),
        AddWhat::Recommendation(new) => {
            let date = new.date.date.map(|date| context.on(Some(date))).transpose()?;
            let recommendation = Recommendation {
                title: new.title,
                area: new.area,
                priority: new.priority,
                owner: new.owner.into(),
                response: new.response,
                response_text: new.response_text.map(words).transpose()?,
                ..Recommendation::new(Id::unreadable(), words(new.text)?)
            };
            let path = context.path()?;
            context.change(&path, &new.write, |editor| {
                let date = date.or_else(|| assumed(editor, &path, context));
                let made = date.unwrap_or_else(|| editor.published());
                added(agreed(new.timescale, new.meaning, Some(made)), |timescale| {
                    let recommendation = Recommendation { date, timescale, ..recommendation };
                    editor.add_recommendation(new.id, recommendation)
                })
            })
        }
        AddWhat::Action(new) => {
            let date = new.date.date.map(|date| context.on(Some(date))).transpose()?;
            let action = Action {
                owner: new.owner.into(),
                ..Action::new(Id::unreadable(), words(new.text)?)
            };
            let (path, ids) = context.target(std::slice::from_ref(&new.recommendation))?;
            context.change(&path, &new.write, |editor| {
                let date = date.or_else(|| assumed(editor, &path, context));
                let made = date.unwrap_or_else(|| editor.published());
                added(agreed(new.timescale, new.meaning, Some(made)), |timescale| {
                    editor.add_action(&ids[0], Action { date, timescale, ..action })
                })
            })
        }
        AddWhat::Meeting(new) => {
            let dates = new.dates.into_iter().map(|date| context.resolve(date));
            let dates = dates.collect::<Result<Vec<_>, _>>()?;
            context.change(&context.path()?, &new.write, |editor| {
                editor.add_meetings(&dates, new.title.as_ref())
            })
        }
    }
}

/// Adds an item. If its timescale is wrong, the error also reports what else is wrong with the item.
fn added(
    timescale: Result<Option<Timescale>, Refusal>,
    add: impl FnOnce(Option<Timescale>) -> Result<Change, Refusal>,
) -> Result<Vec<Change>, Refusal> {
    match timescale {
        Ok(timescale) => Ok(vec![add(timescale)?]),
        Err(mut refusal) => {
            refusal.more.extend(add(None).err());
            Err(refusal)
        }
    }
}

/// Reads a timescale from `wording`. If the wording is free text, `meaning` gives its date. Returns `None` if there is
/// no wording.
pub fn agreed(
    wording: Option<String>,
    meaning: DueArgs,
    on: Option<Day>,
) -> Result<Option<Timescale>, Refusal> {
    wording.map(|wording| read_timescale(wording, meaning.due, on)).transpose()
}

/// Returns the default date of a new item: the as-of day. Returns `None` while the plan is still being set up: it has
/// no entries, and no recommendation is committed.
fn assumed(editor: &Editor<'_>, path: &Path, context: &Context) -> Option<Day> {
    let is_published = || {
        committed(path).into_iter().flatten().any(|text| {
            let read = Reader::default().decode(text);
            read.is_ok_and(|read| !read.plan.recommendations.is_empty())
        })
    };
    (editor.has_entries() || is_published()).then(|| context.as_of())
}
