//! `plan report --verify`: compares a report file with the same report, written again from git.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{
    PlanAt, as_of, compose, opened, portfolio,
    progress_history::{history, must_know},
};
use crate::{
    app::{Context, Failure, Opened, Output},
    cli::{Cli, Command, ReportArgs, ReportFormat},
    file::{self, Reader},
    git::{Commit, Repository},
    history::{History, plan_in},
    model::{Keyword as _, Plan, printable, shell_word},
    output::words::counted,
    report::{self, Difference, Level, Origin, Paper, Picture, Provenance, Report},
};

pub fn run(path: &Path, args: &ReportArgs, context: &Context) -> Result<Output, Failure> {
    let shown = file::printable_path(path);
    let format = super::format(None, Some(path))?;
    let paper = read(path, format)?;
    let again = again(path, &paper, args, context)?;
    let mut differences = again.beyond_history;
    let pictures = pictures(&again.report, format)?;
    differences.extend(report::differences(&again.report, &paper, &pictures, again.is_older));
    let count = |levels: &[Level]| {
        differences.iter().filter(|difference| levels.contains(&difference.level)).count()
    };
    let own = count(&[Level::Reworded, Level::Added, Level::LeftOut]);
    let (contradictions, not_judged) = (count(&[Level::Contradiction]), count(&[Level::NotJudged]));
    let told = match contradictions {
        0 => format!("nothing contradicts the plan at {}", again.commits),
        count => format!(
            "{} from the plan at {}",
            counted(count, "difference", "differences"),
            again.commits
        ),
    };
    let passages = counted(own, "passage is", "passages are");
    let judged = match not_judged {
        0 => String::new(),
        count => format!("; {} not judged", counted(count, "difference is", "differences are")),
    };
    let older = match again.is_older {
        true => format!(
            "{shown}: written by another version of `plan`, so the layout is not compared\n"
        ),
        false => String::new(),
    };
    let notices = format!("{older}{shown}: {told}; {passages} the clerk's own{judged}\n");
    let flagged = contradictions > 0 || args.strict && !differences.is_empty();
    let line = |Difference { place, level, words, .. }: &Difference| {
        format!("{shown}:{place}: {}: {words}\n", level.word())
    };
    let text = differences.iter().map(line).collect();
    Ok(Output { notices, flagged, ..Output::text(text) })
}

fn read(path: &Path, format: ReportFormat) -> anyhow::Result<Paper> {
    Ok(match format {
        ReportFormat::Markdown => report::read_markdown(&file::read(path)?),
        ReportFormat::Html => report::read_html(&file::read(path)?),
        ReportFormat::Docx => report::read_docx(&file::bytes(path)?)
            .with_context(|| format!("{}: cannot be read", file::printable_path(path)))?,
    })
}

fn pictures(report: &Report, format: ReportFormat) -> anyhow::Result<Vec<Picture>> {
    Ok(match format {
        ReportFormat::Markdown => Vec::new(),
        ReportFormat::Html => report::read_html(&report::html(report)?).pictures,
        ReportFormat::Docx => report::read_docx(&report::docx(report)?)?.pictures,
    })
}

/// A report that was written again, for comparison with the report file.
struct Again {
    report: Report,
    commits: String,
    is_older: bool,
    /// Messages about commits of the report that are not in the history of the present commit.
    beyond_history: Vec<Difference>,
}

/// Writes the report again. The options come from the command line if `--at` is given, else from the last line of the
/// report.
fn again(
    path: &Path,
    paper: &Paper,
    args: &ReportArgs,
    context: &Context,
) -> Result<Again, Failure> {
    let shown = file::printable_path(path);
    if args.at.at.is_some() {
        let plans = opened(args, context)?;
        let places: Vec<PlanAt<'_>> = plans.opened.iter().map(Opened::place).collect();
        let report = compose(args, context, &plans.portfolio, &places)?;
        let commits = report.provenance.origins.iter().filter_map(Origin::short_commit);
        let commits = commits.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
        return Ok(Again { report, commits, is_older: false, beyond_history: Vec::new() });
    }
    let Some(provenance) = paper.provenance() else {
        let message = format!("{shown}: the last line does not name a plan and a commit");
        let help = format!(
            "name the commit and, if the report has one, its meeting or period: \
             plan report --verify {} --at REV",
            shell_word(&path.display().to_string())
        );
        return Err(Failure::usage(message, Some(help)));
    };
    let cannot = || format!("{shown}: cannot be verified");
    let found = find(&provenance, path, context).with_context(cannot)?;
    if let Some(failure) = other_plan(&found, &shown, context)? {
        return Err(failure);
    }
    let mut report = from_last_line(&provenance, &found, context)?;
    let is_older = provenance.version != report.provenance.version;
    report.provenance.version.clone_from(&provenance.version);
    let commits: BTreeSet<&str> = found.iter().map(|plan| plan.commit.short()).collect();
    let commits = commits.into_iter().collect::<Vec<_>>().join(", ");
    Ok(Again { report, commits, is_older, beyond_history: beyond_history(&found)? })
}

/// Writes the report again with the command in the last line of the report.
fn from_last_line(
    provenance: &Provenance,
    found: &[Found<'_>],
    context: &Context,
) -> Result<Report, Failure> {
    let (args, context) = command(provenance, context)?;
    let plans = found.iter().map(|plan| (plan.origin.name.clone(), plan.plan.clone())).collect();
    let portfolio = portfolio(as_of(&args, &context)?, plans);
    let paths: Vec<PathBuf> = found.iter().map(Found::path).collect();
    let places = paths.iter().zip(found).map(|(path, plan)| (path.as_path(), Some(&plan.commit)));
    let places: Vec<PlanAt<'_>> = places.collect();
    for plan in found {
        must_know(&history(&plan.repository, plan.origin)?, portfolio.begin())?;
    }
    compose(&args, &context, &portfolio, &places)
}

/// Parses the command in the last line of a report. Returns its flags and context.
fn command(provenance: &Provenance, context: &Context) -> Result<(ReportArgs, Context), Failure> {
    use clap::Parser as _;
    let words = std::iter::once("plan").chain(provenance.command.iter().map(String::as_str));
    let cli = Cli::try_parse_from(words).ok();
    match cli.map(|cli| (cli.command, cli.global)) {
        Some((Some(Command::Report(args)), global)) if args.verify.is_none() => {
            Ok((args, Context::new(global, context.screen)?))
        }
        _ => Err(anyhow::anyhow!("the last line does not name a `plan report` command").into()),
    }
}

/// A plan of a report, read from the commit that the report names.
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

    /// Checks whether a file on disk is this plan, even if the plan was renamed.
    fn is_now(&self, file: &Path) -> anyhow::Result<bool> {
        let Ok(path) = self.repository.path(file) else { return Ok(false) };
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

/// Reads each plan of a report from a repository that has the commit of the plan.
fn find<'h>(
    head: &'h Provenance,
    report: &Path,
    context: &Context,
) -> anyhow::Result<Vec<Found<'h>>> {
    if head.is_draft() {
        bail!(
            "this draft was written from an uncommitted plan; commit the plan and write the report again"
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
    let plan =
        plan.with_context(|| format!("{} is not a valid plan at {name}", printable(&origin.path)))?;
    Ok(Found { origin, repository: repository.clone(), commit, plan })
}

/// Returns the repositories to search for the plans of a report: the repositories of the named plans, and the
/// repository of the report file. The list is never empty.
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

/// Returns a failure if `--file` is given but does not name every plan of the report.
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
            let message =
                format!("{shown} was written from {path}, but `--file` names another plan");
            let help =
                "name the plan that the report was made from, or leave out `--file`".to_owned();
            return Ok(Some(Failure::usage(message, Some(help))));
        }
    }
    Ok(None)
}

/// Returns a message for each commit that the report names and that is not in the history of the present commit.
fn beyond_history(found: &[Found<'_>]) -> anyhow::Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for Found { repository, commit, origin, .. } in found {
        let head = repository.commit("HEAD")?;
        if !repository.is_in_history(commit, &head)? {
            let (short, path) = (commit.short(), printable(&origin.path));
            let words = format!(
                "the report uses {path} at commit {short}, which is not in the history of the current commit, \
                 so others cannot verify the report"
            );
            differences.push(Difference::new(1, Level::Contradiction, words));
        }
    }
    Ok(differences)
}
