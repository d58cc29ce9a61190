//! `plan report`: writes the committee paper, and verifies one.

mod origin;
mod progress_history;
mod verify;

use std::{collections::BTreeMap, path::Path};

use anyhow::bail;

use crate::{
    app::{Context, Endings, Failure, Output, Plans, RevisionOrDay, format_of},
    cli::{ReportArgs, ReportFormat, Since},
    file,
    git::Repository,
    model::{Day, Keyword, Period, Plan, one_of, printable},
    query::{Portfolio, Tally, View},
    report::{self, Origin, Source, Span},
};
use origin::{Trace, trace};

pub fn run(args: ReportArgs, context: &Context) -> Result<Output, Failure> {
    if let Some(path) = &args.verify {
        return verify::run(path, context);
    }
    let file = args.output.as_deref().filter(|path| *path != "-");
    let format = format(args.format, file)?;
    file.map_or(Ok(()), |file| context.spare(file))?;
    let wanted = args.meeting.map(|when| context.resolve(when)).transpose()?;
    let as_of = wanted.map_or(context.as_of(), |wanted| context.as_of_by(wanted.last_day()));
    let plans = context.plans_on(as_of)?;
    let meeting = meeting(wanted, &plans.portfolio)?;
    let (begin, since) = begin(args.since, meeting, &plans, context)?;
    let revision = match &begin {
        RevisionOrDay::Revision(commit) => Some(commit.clone()),
        RevisionOrDay::Day(_) => None,
    };
    let traces = plans.portfolio.views.iter().zip(&plans.opened);
    let traces = traces.map(|(view, opened)| trace(view, opened, &begin));
    let traces = traces.collect::<anyhow::Result<Vec<Trace>>>()?;
    let (origins, earlier): (Vec<_>, Vec<_>) =
        traces.into_iter().map(|trace| (trace.origin, trace.earlier)).unzip();
    let span = Span { since, as_of, meeting };
    let known = known(&plans, &origins, since)?;
    let source = Source::new(&plans.portfolio, span, &earlier).knowing(known);
    let mut report = report::write(&source, origins);
    report.head.revision = revision;
    let text = match format {
        ReportFormat::Markdown => report::markdown(&report),
        ReportFormat::Html => report::html(&report)?,
    };
    let Some(path) = file else {
        return Ok(plans.output(text));
    };
    write(path, &text, args.force)?;
    let draft = if report.head.is_draft() { ", a draft" } else { "" };
    let notices = format!("{}: written{draft}\n", printable(&path.display().to_string()));
    Ok(Output { notices, ..plans.output(String::new()) })
}

/// How a report is laid out: as the user says, else as the file's ending does.
fn format(given: Option<ReportFormat>, file: Option<&Path>) -> Result<ReportFormat, Failure> {
    const ENDINGS: [Endings; 2] = [("markdown", &["md", "markdown"]), ("html", &["html", "htm"])];
    let name = file.map(|file| format_of(given.map(Keyword::word), file, &ENDINGS)).transpose()?;
    Ok(name.and_then(ReportFormat::from_word).or(given).unwrap_or(ReportFormat::Markdown))
}

/// The versions in git on the days of the burn-up. A draft has no commit that could prove it.
fn known(plans: &Plans, origins: &[Origin], since: Day) -> anyhow::Result<BTreeMap<Day, Tally>> {
    if origins.iter().any(|origin| origin.commit.is_none()) {
        return Ok(BTreeMap::new());
    }
    let histories = plans.opened.iter().zip(origins);
    let histories = histories.map(|(opened, origin)| {
        progress_history::history(&Repository::containing(opened.place().0)?, origin)
    });
    progress_history::of_period(
        &histories.collect::<anyhow::Result<Vec<_>>>()?,
        &plans.portfolio,
        since,
    )
}

/// A paper that is there may have been edited by a clerk, so it stays unless the user says otherwise.
fn write(path: &Path, text: &str, force: bool) -> anyhow::Result<()> {
    if path.is_dir() {
        bail!("{}: this is a directory, name a file in it", path.display());
    }
    if force {
        return file::replace(path, text.as_bytes());
    }
    file::create(path, text).map_err(|error| match path.exists() {
        true => anyhow::anyhow!("{error:#} (`--force` writes over it)"),
        false => error,
    })
}

/// When the period begins, by a commit's full name or a day, and on which day that is.
fn begin(
    since: Since,
    meeting: Option<Period>,
    plans: &Plans,
    context: &Context,
) -> Result<(RevisionOrDay, Day), Failure> {
    let as_of = plans.portfolio.as_of;
    let at = match since {
        Since::RevisionOrDate(then) => context.resolve_then(then)?,
        Since::LastMeeting => {
            let by = meeting.map_or(as_of, |meeting| meeting.first_day().min(as_of));
            RevisionOrDay::Day(last_meeting(&plans.portfolio, by))
        }
    };
    let (at, day) = match at {
        RevisionOrDay::Day(day) => (RevisionOrDay::Day(day), day),
        RevisionOrDay::Revision(revision) => {
            let repository = Repository::containing(plans.opened[0].place().0)?;
            let commit = repository.commit(&revision)?;
            let day = repository.day(&commit)?;
            (RevisionOrDay::Revision(commit.name().to_owned()), day)
        }
    };
    if day > as_of {
        let message = format!("the period would begin on {day}, after {as_of}");
        let help = "name an earlier day with `--since`, or a later one with `--as-of`".to_owned();
        return Err(Failure::usage(message, Some(help)));
    }
    Ok((at, day))
}

/// The day before the last meeting, as what that decided is news; of a meeting in some month its last day. It is never
/// before the first plan was published.
fn last_meeting(portfolio: &Portfolio, day: Day) -> Day {
    let plans = || portfolio.views.iter().map(|view| &view.plan);
    let published = plans().map(|plan| plan.date).min().unwrap_or(day);
    let meetings = plans().filter_map(|plan| plan.last_meeting(day));
    let last = meetings.map(|meeting| meeting.date).max_by_key(|date| date.last_day());
    let begin = last.map(|date| match date {
        Period::Day(held) => held.pred_opt().unwrap_or(held),
        Period::Month(_) | Period::Year(_) => date.last_day(),
    });
    begin.unwrap_or(published).max(published)
}

/// The meeting that is meant; without one the next.
fn meeting(wanted: Option<Period>, portfolio: &Portfolio) -> Result<Option<Period>, Failure> {
    let plans = || portfolio.views.iter().map(|view| &view.plan);
    let Some(wanted) = wanted else {
        let next = plans().filter_map(|plan| plan.next_meeting(portfolio.as_of));
        return Ok(next.map(|meeting| meeting.date).min_by_key(|date| date.last_day()));
    };
    let dates = || plans().flat_map(|plan: &Plan| plan.meetings.iter().map(|meeting| meeting.date));
    let is_meant = |date: &Period| {
        let (first, last) = (wanted.first_day(), wanted.last_day());
        first <= date.first_day() && date.last_day() <= last
    };
    dates().find(is_meant).map(Some).ok_or_else(|| {
        let known: Vec<String> = dates().map(Period::iso).collect();
        let help = one_of("meeting", &wanted.iso(), known.iter().map(String::as_str));
        Failure::usage(format!("the plan has no meeting `{}`", wanted.iso()), Some(help))
    })
}

/// The plans of a paper on its day, as one portfolio.
fn portfolio(as_of: Day, plans: Vec<(Option<String>, Plan)>) -> Portfolio {
    let plans = plans.into_iter().enumerate();
    let views = plans.map(|(position, (name, plan))| View::new(plan, as_of, position, name));
    Portfolio { as_of, views: views.collect() }
}
