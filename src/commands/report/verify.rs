//! `plan report --verify`: derives the figures and quotations of a paper again, from the commits that it names.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{
    Place, as_of, compose, laid_out, portfolio,
    progress_history::{history, must_know},
};
use crate::{
    app::{Context, Failure, Output},
    cli::{Cli, Command, ReportArgs, ReportFormat},
    file::{self, Reader},
    git::{Commit, Repository},
    history::{History, plan_in},
    model::{Plan, printable},
    output::words::counted,
    report::{self, Origin, Provenance},
};

pub fn run(path: &Path, context: &Context) -> Result<Output, Failure> {
    let text = file::read(path).map_err(anyhow::Error::from)?;
    let shown = printable(&path.display().to_string());
    let format = super::format(None, Some(path))?;
    let provenance = provenance(&text).with_context(|| {
        format!("{shown}: it has no last line that says from which plan and commit it was written")
    })?;
    let cannot = || format!("{shown}: it cannot be verified");
    let found = find(&provenance, path, context).with_context(cannot)?;
    if let Some(failure) = other_plan(&found, &shown, context)? {
        return Err(failure);
    }
    let written = again(&provenance, &found, format, context)?;
    let mut lines = beyond_history(&found)?;
    lines.extend(report::differences(&text, &written));
    let notices = match lines.len() {
        0 => format!("{shown}: nothing contradicts the plan\n"),
        count => format!("{shown}: {}\n", counted(count, "difference", "differences")),
    };
    let flagged = !lines.is_empty();
    let text = lines.iter().map(|difference| format!("{difference}\n")).collect();
    Ok(Output { notices, flagged, ..Output::text(text) })
}

/// The last line of a report.
fn provenance(text: &str) -> Option<Provenance> {
    let line = text.rsplit_once("Written from ")?.1.split(['<', '\n']).next()?;
    let line = line.replace('\\', "").replace("&#39;", "'").replace("&amp;", "&");
    Provenance::parse(&format!("Written from {line}"))
}

/// The same report, written again from the commits that its last line names.
fn again(
    provenance: &Provenance,
    found: &[Found<'_>],
    format: ReportFormat,
    context: &Context,
) -> Result<String, Failure> {
    let (args, context) = command(provenance, context)?;
    let plans = found.iter().map(|plan| (plan.origin.name.clone(), plan.plan.clone())).collect();
    let portfolio = portfolio(as_of(&args, &context)?, plans);
    let paths: Vec<PathBuf> = found.iter().map(Found::path).collect();
    let places = paths.iter().zip(found).map(|(path, plan)| (path.as_path(), Some(&plan.commit)));
    let places: Vec<Place<'_>> = places.collect();
    for plan in found {
        must_know(&history(&plan.repository, plan.origin)?, portfolio.begin())?;
    }
    let bytes = laid_out(&compose(&args, &context, &portfolio, &places)?, format)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The flags of the command that a last line names.
fn command(provenance: &Provenance, context: &Context) -> Result<(ReportArgs, Context), Failure> {
    use clap::Parser as _;
    let words = std::iter::once("plan").chain(provenance.command.iter().map(String::as_str));
    let cli = Cli::try_parse_from(words).ok();
    match cli.map(|cli| (cli.command, cli.global)) {
        Some((Some(Command::Report(args)), global)) if args.verify.is_none() => {
            Ok((args, Context::new(global, context.screen)?))
        }
        _ => Err(anyhow::anyhow!("its last line names no command that writes a report").into()),
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
    fn path(&self) -> PathBuf {
        self.repository.shown(Path::new(&self.origin.path))
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
fn find<'h>(
    head: &'h Provenance,
    report: &Path,
    context: &Context,
) -> anyhow::Result<Vec<Found<'h>>> {
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
