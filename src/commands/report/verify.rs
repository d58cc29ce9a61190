//! `plan report --verify`: derives the figures and quotations of a paper again, from the commits that it names.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{
    origin::{CommittedPlan, earlier},
    portfolio,
    progress_history::{history, must_know, of_period, on_days},
};
use crate::{
    app::{Context, Failure, Output, RevisionOrDay},
    file::{self, Reader},
    git::{Commit, Repository},
    history::{History, plan_in},
    model::{Day, Plan, printable},
    output::words::counted,
    query::{Portfolio, Tally},
    report::{self, Broken, Head, Marks, Origin, Source},
};

pub fn run(path: &Path, context: &Context) -> Result<Output, Failure> {
    let text = file::read(path).map_err(anyhow::Error::from)?;
    let shown = printable(&path.display().to_string());
    let marks = read(path, &text)
        .map_err(|Broken { line, reason }| anyhow::anyhow!("{shown}:{line}: {reason}"))?;
    let cannot = || format!("{shown}: it cannot be verified");
    let found = find(&marks.head, path, context).with_context(cannot)?;
    if let Some(failure) = other_plan(&found, &shown, context)? {
        return Err(failure);
    }
    let differences = differences(&marks, &found).with_context(cannot)?;
    let total = counted(marks.marks.len(), "figure or quotation", "figures and quotations");
    let notices = match differences.len() {
        0 => {
            let places = found.iter().map(Found::shown).collect::<Vec<_>>().join(", ");
            format!(
                "{shown}: {total} verified at {places}; the words around them and the charts are not\n"
            )
        }
        count => {
            let differences = counted(count, "difference", "differences");
            let at = commits(&found);
            format!("{shown}: {differences} between the paper with {total} and the plan at {at}\n")
        }
    };
    let flagged = !differences.is_empty();
    let text = differences.iter().map(|difference| format!("{difference}\n")).collect();
    Ok(Output { notices, flagged, ..Output::text(text) })
}

/// Reads a paper as programs show it: by the ending of its name, else by how it begins.
fn read(path: &Path, text: &str) -> Result<Marks, Broken> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "html" | "htm" | "xhtml" => report::read_html(text),
        "md" | "markdown" => report::read_markdown(text),
        _ => report::read(text),
    }
}

/// A plan that a paper was made from, at its commit.
struct Found<'h> {
    origin: &'h Origin,
    repository: Repository,
    commit: Commit,
    plan: Plan,
}

impl Found<'_> {
    fn shown(&self) -> String {
        format!("{} of {}", self.commit.short(), printable(&self.origin.path))
    }

    fn path(&self) -> PathBuf {
        self.repository.shown(Path::new(&self.origin.path))
    }

    fn history(&self) -> anyhow::Result<History> {
        history(&self.repository, self.origin)
    }

    /// Says whether a file is this plan: now, or at another time under another path.
    fn is_now(&self, file: &Path) -> anyhow::Result<bool> {
        let Ok(path) = self.repository.path(file) else {
            return Ok(false);
        };
        let origin = Path::new(&self.origin.path);
        let real = self.repository.tree(&self.commit)?.file(origin)?;
        let paths = [Some(origin.to_path_buf()), real.map(|real| real.path)];
        let former = match self.repository.find_commit("HEAD")? {
            Some(head) => History::in_commit(&self.repository, &head, &path, None)?,
            None => None,
        };
        let former = former.into_iter().flat_map(|history| history.versions);
        let mut own = former.map(|version| version.path).chain([path]);
        Ok(own.any(|path| paths.contains(&Some(path))))
    }
}

/// The plans of a paper, each in the first repository that has its commit.
fn find<'h>(head: &'h Head, report: &Path, context: &Context) -> anyhow::Result<Vec<Found<'h>>> {
    if head.is_draft() {
        bail!(
            "it is a draft, made from a plan that was not committed. Commit the plan and write the paper again"
        );
    }
    let repositories = repositories(report, context)?;
    head.origins.iter().map(|origin| find_one(origin, &repositories)).collect()
}

fn find_one<'h>(origin: &'h Origin, repositories: &[Repository]) -> anyhow::Result<Found<'h>> {
    let name = origin.commit.as_deref().unwrap_or_default();
    let mut repository = &repositories[0];
    for other in repositories {
        if other.find_commit(name)?.is_some() {
            repository = other;
            break;
        }
    }
    let commit = repository.commit(name)?;
    let tree = repository.tree(&commit)?;
    let plan = plan_in(&tree, &[Path::new(&origin.path)], &mut Reader::default())?;
    let plan = plan
        .with_context(|| format!("there is no valid plan {} at {name}", printable(&origin.path)))?;
    Ok(Found { origin, repository: repository.clone(), commit, plan })
}

/// The repositories of the plans that the command line means, and that of the paper; at least one.
fn repositories(report: &Path, context: &Context) -> anyhow::Result<Vec<Repository>> {
    let files = match context.files() {
        Ok(found) => found.files,
        Err(error) if !context.given.0.is_empty() => return Err(error.into()),
        Err(_) => Vec::new(),
    };
    let files = files.iter().map(|file| Repository::containing(&file.path));
    let mut repositories: Vec<Repository> = files.filter_map(Result::ok).collect();
    match Repository::containing(report) {
        Ok(repository) => repositories.push(repository),
        Err(error) if repositories.is_empty() => return Err(error),
        Err(_) => {}
    }
    Ok(repositories)
}

/// Why a paper is not about the plans that the command line names.
fn other_plan(
    found: &[Found<'_>],
    shown: &str,
    context: &Context,
) -> anyhow::Result<Option<Failure>> {
    if context.given.0.is_empty() {
        return Ok(None);
    }
    let files = context.files()?.files;
    for plan in found {
        let mut is_named = false;
        for file in &files {
            is_named = is_named || plan.is_now(&file.path)?;
        }
        if !is_named {
            let path = printable(&plan.origin.path);
            let message = format!("{shown} is about {path}, which `--file` does not name");
            let help = "name that plan, or leave `--file` out".to_owned();
            return Ok(Some(Failure::usage(message, Some(help))));
        }
    }
    Ok(None)
}

/// One line for each thing in a paper that is not what git says.
fn differences(report: &Marks, found: &[Found<'_>]) -> anyhow::Result<Vec<String>> {
    let head = &report.head;
    let mut lines = beyond_history(found)?;
    lines.extend(other_begin(head, found)?);
    let begin = match &head.revision {
        Some(revision) => RevisionOrDay::Revision(revision.clone()),
        None => RevisionOrDay::Day(head.span.since),
    };
    let earlier = found.iter().map(|plan| earlier(&plan.path(), Some(&plan.commit), &begin));
    let earlier = earlier.collect::<anyhow::Result<Vec<_>>>()?;
    for (plan, earlier) in found.iter().zip(&earlier) {
        lines.extend(other_earlier(plan, earlier.as_ref()));
    }
    let doubts = report.doubts.iter();
    lines.extend(
        doubts.map(|Broken { line, reason }| format!("line {line}: {}", printable(reason))),
    );
    let earlier: Vec<_> = earlier.into_iter().map(|known| known.map(|known| known.plan)).collect();
    let plans = found.iter().map(|plan| (plan.origin.name.clone(), plan.plan.clone())).collect();
    let portfolio = portfolio(head.span.as_of, plans);
    let known = known(found, &report::days_known(&report.marks))?;
    let source = Source::new(&portfolio, head.span.clone(), &earlier).knowing(known);
    lines.extend(report::differences(&report.marks, &source, &commits(found)));
    // Without it the marks that are lost have their numbers alone.
    let written = || written(head, &portfolio, &earlier, found).unwrap_or_default();
    lines.extend(report::losses(report, written));
    Ok(lines)
}

/// The commits that are not in the history of the present one.
fn beyond_history(found: &[Found<'_>]) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    for Found { repository, commit, origin, .. } in found {
        let head = repository.commit("HEAD")?;
        if !repository.is_in_history(commit, &head)? {
            let (short, path) = (commit.short(), printable(&origin.path));
            lines.push(format!(
                "{short} of {path} is not in the history of the present commit, so others cannot derive the paper"
            ));
        }
    }
    Ok(lines)
}

/// Why the commit that the period begins at is none that it could begin at.
fn other_begin(head: &Head, found: &[Found<'_>]) -> anyhow::Result<Vec<String>> {
    let Some(revision) = &head.revision else {
        return Ok(Vec::new());
    };
    let mut lines = Vec::new();
    for Found { repository, commit, .. } in found {
        let begin = repository.commit(revision)?;
        let (short, day) = (begin.short(), repository.day(&begin)?);
        if !repository.is_in_history(&begin, commit)? {
            lines.push(format!(
                "the period begins at {short}, which is not in the history of {}",
                commit.short()
            ));
        }
        if day != head.span.since {
            let since = head.span.since;
            lines.push(format!(
                "the period begins on {since} in the paper, and {short} is of {day}"
            ));
        }
    }
    lines.dedup();
    Ok(lines)
}

/// Names another earlier version than git, where the head of a paper has one.
fn other_earlier(found: &Found<'_>, earlier: Option<&CommittedPlan>) -> Option<String> {
    let place = earlier.and_then(CommittedPlan::place);
    let shown = |place: &Option<(String, String)>| match place {
        Some((path, commit)) => {
            let short = commit.get(..10).unwrap_or(commit);
            format!("{short} of {}", printable(path))
        }
        None => "none".to_owned(),
    };
    let in_paper = &found.origin.earlier;
    (*in_paper != place).then(|| {
        let (report, git) = (shown(in_paper), shown(&place));
        format!(
            "the plan from before the period is {report} in the head of the paper and {git} in git"
        )
    })
}

/// The versions in git on the days that the paper tells of, up to its commits.
fn known(found: &[Found<'_>], days: &BTreeSet<Day>) -> anyhow::Result<BTreeMap<Day, Tally>> {
    let Some(first) = days.first() else {
        return Ok(BTreeMap::new());
    };
    let histories = found.iter().map(Found::history).collect::<anyhow::Result<Vec<_>>>()?;
    histories.iter().try_for_each(|history| must_know(history, *first))?;
    on_days(&histories, days)
}

/// The questions of the paper as this release writes it.
fn written(
    head: &Head,
    portfolio: &Portfolio,
    earlier: &[Option<Plan>],
    found: &[Found<'_>],
) -> anyhow::Result<Vec<String>> {
    let histories = found.iter().map(Found::history).collect::<anyhow::Result<Vec<_>>>()?;
    let known = of_period(&histories, portfolio, head.span.since)?;
    let source = Source::new(portfolio, head.span.clone(), earlier).knowing(known);
    Ok(report::write(&source, head.origins.clone()).questions())
}

/// The short names of the commits, each once.
fn commits(found: &[Found<'_>]) -> String {
    let commits: BTreeSet<&str> = found.iter().map(|plan| plan.commit.short()).collect();
    commits.into_iter().collect::<Vec<_>>().join(", ")
}
