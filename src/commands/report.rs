//! `plan report`: writes the committee paper, and verifies one.

mod verify;

use std::path::Path;

use crate::{
    app::{Context, Failure, Opened, Output},
    cli::{PaperFormat, ReportArgs, Since},
    file::{self, Reader},
    git::{Found, Repository},
    model::{Day, Period, Plan, one_of},
    paper::{self, Origin, Source, Span},
    query::{Portfolio, View},
};

pub fn run(args: ReportArgs, context: &Context) -> Result<Output, Failure> {
    if let Some(path) = &args.verify {
        return verify::run(path, context);
    }
    let meeting = args.meeting.map(|when| context.resolve(when)).transpose()?;
    let as_of = meeting.map_or(context.as_of(), |meeting| context.as_of_by(meeting.last_day()));
    let plans = context.plans_on(as_of)?;
    let span = span(&args, meeting, &plans.portfolio, context)?;
    let origins = plans.portfolio.views.iter().zip(&plans.opened);
    let origins = origins.map(|(view, opened)| origin(view, opened)).collect();
    let paper = paper::write(&Source::new(&plans.portfolio, span), origins);
    let text = match args.format {
        PaperFormat::Markdown => paper::markdown(&paper)?,
        PaperFormat::Html => paper::html(&paper)?,
    };
    let Some(path) = args.output else {
        return Ok(plans.output(text));
    };
    file::create(&path, &text)?;
    let draft = if paper.head.is_draft() { ", a draft" } else { "" };
    let notices = format!("{}: written{draft}\n", path.display());
    Ok(Output { notices, ..plans.output(String::new()) })
}

/// The period and the meeting of a paper.
fn span(
    args: &ReportArgs,
    wanted: Option<Period>,
    portfolio: &Portfolio,
    context: &Context,
) -> Result<Span, Failure> {
    let as_of = portfolio.as_of;
    let plans = || portfolio.views.iter().map(|view| &view.plan);
    let meeting = match wanted {
        Some(wanted) => Some(meeting(wanted, plans())?),
        None => {
            let next = plans().filter_map(|plan| plan.next_meeting(as_of));
            next.map(|meeting| meeting.date).min_by_key(|date| date.last_day())
        }
    };
    let since = match args.since {
        Some(Since::When(when)) => context.resolve(when)?.last_day(),
        Some(Since::LastMeeting) | None => {
            let begin = meeting.map_or(as_of, |meeting| meeting.first_day().min(as_of));
            let last = plans().filter_map(|plan| plan.last_meeting(begin));
            let last = last.map(|meeting| meeting.date.last_day()).max();
            last.or(plans().map(|plan| plan.date).min()).unwrap_or(as_of)
        }
    };
    if since > as_of {
        let message = format!("the period would begin on {since}, after {as_of}");
        let help = "name an earlier day with `--since`, or a later one with `--as-of`".to_owned();
        return Err(Failure::usage(message, Some(help)));
    }
    Ok(Span { since, as_of, meeting })
}

/// The meeting of a plan that is meant.
fn meeting<'p>(
    wanted: Period,
    plans: impl Iterator<Item = &'p Plan> + Clone,
) -> Result<Period, Failure> {
    let dates = plans.flat_map(|plan| plan.meetings.iter().map(|meeting| meeting.date));
    let is_meant = |date: &Period| {
        let (first, last) = (wanted.first_day(), wanted.last_day());
        *date == wanted || (first <= date.first_day() && date.last_day() <= last)
    };
    dates.clone().find(is_meant).ok_or_else(|| {
        let known: Vec<String> = dates.map(Period::iso).collect();
        let help = one_of("meeting", &wanted.iso(), known.iter().map(String::as_str));
        Failure::usage(format!("the plan has no meeting on {wanted}"), Some(help))
    })
}

/// Where a plan comes from. It has a commit where the present one has it just so.
fn origin(view: &View, opened: &Opened) -> Origin {
    let path = opened.path();
    let committed = committed(path).ok().flatten();
    let is_same = |(_, _, plan): &(String, String, Plan)| *plan == view.plan;
    match committed {
        Some(found) if is_same(&found) => {
            Origin { name: view.name.clone(), path: found.0, commit: Some(found.1) }
        }
        _ => Origin {
            name: view.name.clone(),
            path: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            commit: None,
        },
    }
}

/// The path of a plan in its repository, the present commit, and the plan as that has it.
fn committed(path: &Path) -> anyhow::Result<Option<(String, String, Plan)>> {
    let repository = Repository::containing(path)?;
    let Some(commit) = repository.find_commit("HEAD")? else {
        return Ok(None);
    };
    let path = repository.path(path)?;
    let plan = plan_at(&repository, commit.name(), &path)?;
    Ok(path
        .to_str()
        .zip(plan)
        .map(|(path, plan)| (path.to_owned(), commit.name().to_owned(), plan)))
}

/// The plan at a path of a commit; `None` where there is no valid one.
fn plan_at(repository: &Repository, commit: &str, path: &Path) -> anyhow::Result<Option<Plan>> {
    let commit = repository.commit(commit)?;
    let tree = repository.tree(&commit)?;
    let Found::File(file) = repository.follow(&tree, path)? else {
        return Ok(None);
    };
    let text = String::from_utf8(repository.content(&tree, &file)?)?;
    Ok(Reader::default().decode(&text).ok().map(|read| read.plan))
}

/// The plans of a paper on its day, as one portfolio.
fn portfolio(as_of: Day, plans: Vec<(Option<String>, Plan)>) -> Portfolio {
    let plans = plans.into_iter().enumerate();
    let views = plans.map(|(position, (name, plan))| View::new(plan, as_of, position, name));
    Portfolio { as_of, views: views.collect() }
}
