//! `plan report`: writes a report for the committee, or verifies an existing report.

mod origin;
mod part;
mod progress_history;
mod verify;

use std::{collections::BTreeMap, path::Path};

use anyhow::bail;

use super::list::{filter, in_words_of};
use crate::{
    app::{Context, Endings, Failure, Opened, Output, Plans, RevisionOrDay, format_of},
    cli::{ReportArgs, ReportFormat, Since},
    file,
    git::{Commit, Repository},
    model::{Day, Keyword, Period, Plan, one_of},
    query::{Filter, Portfolio, Tally, View},
    report::{self, Appendix, Origin, Provenance, Report, Source, Span},
};
use origin::trace;

pub fn run(args: ReportArgs, context: &Context) -> Result<Output, Failure> {
    if let Some(path) = &args.verify {
        return verify::run(path, &args, context);
    }
    let file = args.output.as_deref().filter(|path| *path != "-");
    let format = format(args.format, file)?;
    file.map_or(Ok(()), |file| context.spare(file))?;
    let mut plans = opened(&args, context)?;
    filter(args.filter.clone(), context, &mut plans)?;
    let places: Vec<PlanAt<'_>> = plans.opened.iter().map(Opened::place).collect();
    let report = compose(&args, context, &plans.portfolio, &places)?;
    let bytes = laid_out(&report, format)?;
    let Some(path) = file else {
        return Ok(match String::from_utf8(bytes) {
            Ok(text) => plans.output(text),
            Err(error) => Output { bytes: error.into_bytes(), ..plans.output(String::new()) },
        });
    };
    write(path, &bytes, args.force)?;
    let draft = if report.provenance.is_draft() { ", a draft" } else { "" };
    let notices = format!("{}: written{draft}\n", file::printable_path(path));
    Ok(Output { notices, ..plans.output(String::new()) })
}

/// The path of a plan, and the last commit that the report takes into account. `None` stands for the present commit.
type PlanAt<'a> = (&'a Path, Option<&'a Commit>);

/// Opens the plans as of the day of the report. If the user named only the month of a meeting, finds the day of the
/// meeting in the plans.
fn opened(args: &ReportArgs, context: &Context) -> Result<Plans, Failure> {
    let plans = context.plans_on(as_of(args, context)?)?;
    let wanted = args.meeting.map(|when| context.resolve(when)).transpose()?;
    let meeting = wanted.map(|wanted| meeting(Some(wanted), &plans.portfolio)).transpose()?;
    match meeting.flatten().map(|meeting| context.as_of_by(meeting.last_day())) {
        Some(day) if day != plans.portfolio.as_of => Ok(context.plans_on(day)?),
        _ => Ok(plans),
    }
}

/// Returns the as-of day: the day that the user set, else today or the day of the meeting, whichever is earlier.
fn as_of(args: &ReportArgs, context: &Context) -> Result<Day, Failure> {
    let meeting = args.meeting.map(|when| context.resolve(when)).transpose()?;
    Ok(meeting.map_or(context.as_of(), |meeting| context.as_of_by(meeting.last_day())))
}

/// Composes a report on the plans of `portfolio`. `places` has the path and the commit from which each plan was read.
fn compose(
    args: &ReportArgs,
    context: &Context,
    portfolio: &Portfolio,
    places: &[PlanAt<'_>],
) -> Result<Report, Failure> {
    let wanted = args.meeting.map(|when| context.resolve(when)).transpose()?;
    let meeting = meeting(wanted, portfolio)?;
    let (begin, since) = begin(&args.since, meeting, portfolio, places, context)?;
    let traces = portfolio.views.iter().zip(places);
    let traces = traces.map(|(view, place)| trace(view, *place, &begin));
    let traces = traces.collect::<anyhow::Result<Vec<_>>>()?;
    let (origins, mut earlier): (Vec<_>, Vec<_>) = traces.into_iter().unzip();
    let filter = in_words_of(portfolio, args.filter.clone(), context)?;
    let part = (filter != Filter::default()).then(|| part::kept(portfolio, &filter));
    let known = match &part {
        None => known(portfolio, places, &origins, since)?,
        Some(_) => {
            for (earlier, view) in earlier.iter_mut().zip(&portfolio.views) {
                let before = earlier.take();
                *earlier = before.map(|plan| part::kept_before(plan, since, view, &filter));
            }
            // A filtered report cannot use the counts from git, because they include all recommendations.
            BTreeMap::new()
        }
    };
    let span = Span { since, as_of: portfolio.as_of, meeting };
    let flags = part::flags(&filter);
    let mut command = command(&origins, &span, &begin);
    for (flag, value) in &flags {
        command.push(format!("--{flag}"));
        command.extend(value.clone());
    }
    if args.appendix != Appendix::Changed {
        command.extend(["--appendix", args.appendix.word()].map(str::to_owned));
    }
    let source = Source::new(part.as_ref().unwrap_or(portfolio), span, &earlier).knowing(known);
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let provenance = Provenance { origins, as_of: portfolio.as_of, version, command };
    let words = part::in_words(&flags);
    let part = Some(words.as_str()).filter(|words| !words.is_empty());
    Ok(report::write(&source, provenance, args.appendix, part))
}

/// Returns the words of a command that writes the same report again. The command must be run in the top directory of
/// the repository.
fn command(origins: &[Origin], span: &Span, begin: &RevisionOrDay) -> Vec<String> {
    let mut words = vec!["report".to_owned()];
    let mut add = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
    origins.iter().for_each(|origin| add("-f", &origin.path));
    let first = origins.first().and_then(Origin::short_commit);
    if let Some(commit) =
        first.filter(|first| origins.iter().all(|origin| origin.short_commit() == Some(first)))
    {
        add("--at", commit);
    }
    add("--as-of", &span.as_of.to_string());
    if let Some(meeting) = span.meeting {
        add("--meeting", &meeting.iso());
    }
    match begin {
        RevisionOrDay::Revision(commit) => add("--since", report::short_commit(commit)),
        RevisionOrDay::Day(day) => add("--since", &day.to_string()),
    }
    words
}

fn laid_out(report: &Report, format: ReportFormat) -> anyhow::Result<Vec<u8>> {
    match format {
        ReportFormat::Markdown => Ok(report::markdown(report).into_bytes()),
        ReportFormat::Html => Ok(report::html(report)?.into_bytes()),
        ReportFormat::Docx => report::docx(report),
    }
}

/// Returns the format of a report: the format that the user chose, else the format for the ending of the file name.
fn format(given: Option<ReportFormat>, file: Option<&Path>) -> Result<ReportFormat, Failure> {
    const ENDINGS: [Endings; 3] =
        [("markdown", &["md", "markdown"]), ("html", &["html", "htm"]), ("docx", &["docx"])];
    let name = file.map(|file| format_of(given.map(Keyword::word), file, &ENDINGS)).transpose()?;
    Ok(name.and_then(ReportFormat::from_word).or(given).unwrap_or(ReportFormat::Markdown))
}

/// Counts the recommendations on each day of the burn-up chart, from the versions in git. The map is empty if a plan is
/// not committed.
fn known(
    portfolio: &Portfolio,
    places: &[PlanAt<'_>],
    origins: &[Origin],
    since: Day,
) -> anyhow::Result<BTreeMap<Day, Tally>> {
    if origins.iter().any(|origin| origin.commit.is_none()) {
        return Ok(BTreeMap::new());
    }
    let histories = places.iter().zip(origins);
    let histories = histories.map(|((path, _), origin)| {
        progress_history::history(&Repository::containing(path)?, origin)
    });
    progress_history::of_period(&histories.collect::<anyhow::Result<Vec<_>>>()?, portfolio, since)
}

/// Writes the report file. A file that exists may contain edits, so the file is replaced only if `force` is true.
fn write(path: &Path, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    if path.is_dir() {
        bail!("{}: this is a directory; name a file in it", path.display());
    }
    if force {
        return file::replace(path, bytes);
    }
    file::create(path, bytes).map_err(|error| match path.exists() {
        true => anyhow::anyhow!("{error:#}; use `--force` to overwrite it"),
        false => error,
    })
}

/// Returns the start of the reported period in two forms. The first is a commit if the user named a revision, else a
/// day. The second is always a day.
fn begin(
    since: &Since,
    meeting: Option<Period>,
    portfolio: &Portfolio,
    places: &[PlanAt<'_>],
    context: &Context,
) -> Result<(RevisionOrDay, Day), Failure> {
    let as_of = portfolio.as_of;
    let at = match since {
        Since::RevisionOrDate(then) => context.resolve_then(then.clone())?,
        Since::LastMeeting => {
            let by = meeting.map_or(as_of, |meeting| meeting.first_day().min(as_of));
            RevisionOrDay::Day(portfolio.since_last_meeting(by))
        }
    };
    let (at, day) = match at {
        RevisionOrDay::Day(day) => (RevisionOrDay::Day(day), day),
        RevisionOrDay::Revision(revision) => {
            let repository = Repository::containing(places[0].0)?;
            let commit = repository.commit(&revision)?;
            let day = repository.day(&commit)?;
            (RevisionOrDay::Revision(commit.name().to_owned()), day)
        }
    };
    if day > as_of {
        let message = format!("the period begins on {day}, after its end on {as_of}");
        let help = "name an earlier day with `--since`, or a later one with `--as-of`".to_owned();
        return Err(Failure::usage(message, Some(help)));
    }
    Ok((at, day))
}

/// Returns the meeting of the report: the meeting that the user named, else the next meeting in the plans, if there is
/// one.
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

/// Combines the plans of a report into one portfolio as of the day `as_of`.
fn portfolio(as_of: Day, plans: Vec<(Option<String>, Plan)>) -> Portfolio {
    let plans = plans.into_iter().enumerate();
    let views = plans.map(|(position, (name, plan))| View::new(plan, as_of, position, name));
    Portfolio { as_of, views: views.collect() }
}
