//! `plan export --updates`: writes a workbook for each owner to fill in, and a message to send with the workbook.

mod recording;

use std::path::Path;

pub use recording::import;

use super::list::filter;
use crate::{
    app::{Context, Failure, Output},
    cli::{FilterArgs, RoundArgs},
    file, git,
    model::{Day, Length, Period, hyphenated, printable, searchable},
    output::{Reminder, Round, eml, words::counted, xlsx::form},
    query::{Filter, OwnerWork, Portfolio, means},
};

/// The maximum length of an owner's name in a file name, in characters.
const MOST_NAME: usize = 60;

/// Builds the request for updates from the flags of the command line.
///
/// # Errors
/// Fails if a day is too far in the future.
pub fn round(args: &RoundArgs, context: &Context) -> Result<Round, Failure> {
    let until = last_day(args.within, context)?;
    let answer_by = context.resolve(args.answer_by).map(Period::last_day)?;
    Ok(Round { as_of: context.as_of(), until, answer_by })
}

/// Returns the last day of the period of `--within`.
pub fn last_day(within: Length, context: &Context) -> Result<Day, Failure> {
    let day = within.after(context.as_of());
    day.ok_or_else(|| Failure::usage("the period of `--within` is too long", None))
}

/// Returns the open items that pass a filter, grouped by owner.
pub fn work<'p>(portfolio: &'p Portfolio, filter: &Filter) -> Vec<OwnerWork<'p>> {
    let is_called = |work: &OwnerWork<'_>, wanted: &String| {
        portfolio.views.iter().any(|view| means(&view.plan.owners, work.name, wanted))
    };
    let mut all = portfolio.work_by_owner();
    all.retain(|work| {
        let mut wanted = filter.owners.iter();
        filter.owners.is_empty() || wanted.any(|wanted| is_called(work, wanted))
    });
    for work in &mut all {
        work.rows.retain(|row| filter.keeps(row));
    }
    all.retain(|work| !work.rows.is_empty());
    all
}

/// Writes a workbook and a message for each owner.
///
/// # Errors
/// Fails if there are several plans, if the sender is unknown, or if a file cannot be written.
pub fn export(
    directory: &Path,
    args: FilterArgs,
    from: Option<String>,
    round_args: &RoundArgs,
    context: &Context,
) -> Result<Output, Failure> {
    let round = round(round_args, context)?;
    let mut plans = context.plans()?;
    let filter = filter(args, context, &mut plans)?;
    let ([view], [opened]) = (plans.portfolio.views.as_slice(), plans.opened.as_slice()) else {
        let help = "name one plan with `--file PATH`".to_owned();
        return Err(Failure::usage("updates are requested for one plan at a time", Some(help)));
    };
    let from = from.or_else(|| git::user_email(opened.path().parent()?));
    let (mut files, mut messages, mut told) = (Vec::new(), Vec::new(), String::new());
    for work in work(&plans.portfolio, &filter) {
        let name = file_name(work.name, &files);
        let workbook = form(view, &work, round)?;
        let items = counted(work.rows.len(), "item", "items");
        let owner = printable(work.name);
        match work.email {
            Some(email) => {
                let from = from.as_deref().ok_or_else(nobody)?;
                let reminder = Reminder::new(&plans.portfolio, &work, round);
                let attached = format!("{name}.xlsx");
                let message = eml(&reminder, (email, from), (&attached, &workbook))?;
                messages.push((format!("{name}.eml"), message));
                told.push_str(&format!("{owner}: {items}, {attached} and {name}.eml\n"));
            }
            None => told.push_str(&format!(
                "{owner}: {items}, {name}.xlsx; no message was written, because this `[[owner]]` has no address\n"
            )),
        }
        files.push((format!("{name}.xlsx"), workbook));
    }
    if files.is_empty() {
        told.push_str("no owner has open work, so nothing was written\n");
    } else {
        files.append(&mut messages);
        file::create_all(directory, &files)?;
    }
    let notices = format!("{}{told}", plans.notices);
    Ok(Output { broken: plans.broken, ..Output::notice(notices) })
}

fn nobody() -> Failure {
    let help = "name the sender with `--from ADDRESS`, or set it: git config user.email ADDRESS";
    Failure::usage("the sender of the messages is not known", Some(help.to_owned()))
}

/// Returns an unused base name for the files of an owner. The name has only letters, digits and hyphens.
fn file_name(owner: &str, known: &[(String, Vec<u8>)]) -> String {
    let name = hyphenated([searchable(owner).as_str()], MOST_NAME);
    let name = format!("update-{}", if name.is_empty() { "owner" } else { &name });
    let is_known = |name: &str| known.iter().any(|(known, _)| *known == format!("{name}.xlsx"));
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !is_known(name)).unwrap_or(name)
}
