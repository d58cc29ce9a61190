//! The plans compared with what they were at a git revision, for `plan check --against` and `plan diff`.

mod merges;
mod pair;

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use crate::{
    app::{Context, Failure, Files, Opened, PlanStore as _, plans_in},
    checks::{Finding, history_rules},
    cli::CheckArgs,
    file::{self, FILE_NAME, FileError, PlanText},
    git::{self, Commit, REMOTE_HEAD, Repository, Tree},
    history::plan_in,
    key_path::KeyPath,
    model::{Day, Policy, Rule},
    output::{self, printable},
    plan_diff,
};
use merges::entries_of_merges;
pub use pair::{Gone, Pair, Pairs, decoded};

/// Plans, and the earlier version that they are compared with.
pub struct RevisionComparison {
    repository: Repository,
    /// The files, directories and patterns that the user names; none means the nearest plan.
    named: Vec<PathBuf>,
    /// The index, or a later commit.
    tree: Tree,
    /// The commit that it is the tree of; `None` is the index.
    commit: Option<Commit>,
    /// The plans are those of the working tree.
    is_on_disk: bool,
    /// The commit that the plans are compared with, or the reason why there is none.
    base: Result<Base, &'static str>,
}

/// An earlier commit.
struct Base {
    commit: Commit,
    tree: Tree,
    /// The other branch as it is now; `None` where it has not moved on.
    theirs: Option<Tree>,
}

/// Why there is no commit before the first one.
const FIRST_COMMIT: &str = "in a repository without a commit";

/// The plan as it was, read from git.
pub struct EarlierPlan {
    /// The path and the revision.
    pub name: String,
    pub text: String,
    /// The version that should have been compared with, where it is no valid plan.
    invalid: Option<String>,
    /// The path that it had.
    path: PathBuf,
}

/// The earlier version to compare a plan with.
pub enum Against {
    Version(EarlierPlan),
    /// There was no plan that this one could come from, and since when.
    New(String),
    /// It was there, and was never a valid plan.
    NeverValid(String),
}

impl Against {
    /// The version that a plan is compared with.
    pub fn earlier(&self) -> Option<output::Earlier<'_>> {
        match self {
            Self::Version(earlier) => {
                Some(output::Earlier { name: &earlier.name, source: &earlier.text })
            }
            Self::New(_) | Self::NeverValid(_) => None,
        }
    }

    /// A line that tells what the plan of this name was compared with.
    pub fn notice(&self, name: &str) -> String {
        match self {
            Self::Version(EarlierPlan { name, invalid: Some(invalid), .. }) => {
                format!(
                    "{invalid} is no valid plan: compared with {name}, the newest valid version\n"
                )
            }
            Self::Version(earlier) => format!("compared with {}\n", earlier.name),
            Self::New(since) => format!("{name} is new {since}: nothing to compare\n"),
            Self::NeverValid(_) => String::new(),
        }
    }
}

impl RevisionComparison {
    /// The comparison that the command line asks for, if it asks for one.
    pub fn new(args: &CheckArgs, context: &Context) -> Result<Option<Self>, Failure> {
        let revision = match (&args.against, args.staged) {
            (Some(Some(revision)), _) => revision.clone(),
            (Some(None), _) => target(),
            (None, true) => "HEAD".to_owned(),
            (None, false) => return Ok(None),
        };
        must_be_revision(&revision)?;
        let base = |repository: &Repository| Base::find(repository, &revision, args);
        let comparison = Self::with(base, None, !args.staged, context);
        Ok(Some(comparison.context("cannot compare")?))
    }

    /// The comparison with the plans of an earlier revision, else with the last commit: of those of a later revision,
    /// or else of the files.
    pub fn between(
        earlier: Option<&str>,
        later: Option<&str>,
        context: &Context,
    ) -> Result<Self, Failure> {
        earlier.into_iter().chain(later).try_for_each(must_be_revision)?;
        let base = |repository: &Repository| match earlier {
            None if repository.find_commit("HEAD")?.is_none() => Ok(Err(FIRST_COMMIT)),
            _ => {
                let commit = repository.commit(earlier.unwrap_or("HEAD"))?;
                Ok(Ok(Base { tree: repository.tree(&commit)?, commit, theirs: None }))
            }
        };
        let comparison = Self::with(base, later, later.is_none(), context);
        Ok(comparison.context("cannot compare")?)
    }

    /// The comparison with a base: of the plans of a later revision, or else of the index or the files.
    fn with(
        base: impl FnOnce(&Repository) -> anyhow::Result<Result<Base, &'static str>>,
        later: Option<&str>,
        is_on_disk: bool,
        context: &Context,
    ) -> anyhow::Result<Self> {
        let named = context.file.clone();
        let first = named.first().map_or(Path::new("."), PathBuf::as_path);
        let repository = Repository::containing(first)?;
        let base = base(&repository)?;
        let commit = later.map(|later| repository.commit(later)).transpose()?;
        let tree = match &commit {
            Some(commit) => repository.tree(commit)?,
            None => repository.index()?,
        };
        Ok(Self { repository, named, tree, commit, is_on_disk, base })
    }

    /// Reads the plans that are compared: those that the command line names and, in a directory, those that git
    /// tracks and `.gitignore` hides.
    pub fn open(&self, context: &Context) -> Result<Files, Failure> {
        let tracked = plans_in(&self.tree, &self.named).context("cannot compare")?;
        if !self.is_on_disk {
            let opened = self.plans_of_tree(&tracked).context("cannot compare")?;
            self.must_be_plans().context("cannot compare")?;
            return Ok(Files { opened, ..Files::default() });
        }
        let mut files = match context.open() {
            Ok(files) => files,
            Err(Failure::File(
                FileError::Missing(..) | FileError::NotFound(..) | FileError::NoPlans(..),
            )) if !self.plans_before(&self.named)?.is_empty() => Files::default(),
            Err(failure) => return Err(failure),
        };
        let mut known = Vec::new();
        for opened in &files.opened {
            known.push(self.repository.path(opened.path()).context("cannot compare")?);
        }
        for path in tracked.iter().filter(|path| !known.contains(path)) {
            let shown = self.repository.shown(path);
            match file::read(&shown) {
                Ok(text) => files.opened.push(Opened::now(shown, text)),
                Err(FileError::Missing(..)) if self.tree.leaves_out(path) => {
                    let left_out = self.plans_of_tree(std::slice::from_ref(path));
                    files.opened.extend(left_out.context("cannot compare")?);
                }
                // Then it is among those that are gone.
                Err(FileError::Missing(..)) => {}
                Err(error) => files.broken.push(error.into()),
            }
        }
        Ok(files)
    }

    /// The plans of the index or the later commit that are at these paths.
    fn plans_of_tree(&self, plans: &[PathBuf]) -> anyhow::Result<Vec<Opened>> {
        let contents = plans.iter().zip(self.tree.read(plans)?);
        let opened = contents.map(|(path, content)| {
            let path = self.repository.shown(path);
            let text = String::from_utf8(content?);
            let text = text.with_context(|| format!("{}: not UTF-8 text", path.display()))?;
            Ok(Opened::now(path, text))
        });
        opened.collect()
    }

    /// Refuses a name that stands for no plan in either tree.
    fn must_be_plans(&self) -> anyhow::Result<()> {
        // Each name stands for a plan in one of the trees; no name for the nearest plan.
        let one_by_one = self.named.chunks(1).chain(self.named.is_empty().then_some(&[][..]));
        for named in one_by_one {
            if plans_in(&self.tree, named)?.is_empty() && self.plans_before(named)?.is_empty() {
                let unknown =
                    named.first().map_or(Path::new(FILE_NAME), PathBuf::as_path).display();
                match &self.commit {
                    None => bail!("{unknown}: git tracks no such plan; `git add` it"),
                    Some(_) => bail!("{unknown}: neither revision has such a plan"),
                }
            }
        }
        Ok(())
    }

    /// The plans that names stand for in the earlier commit.
    fn plans_before(&self, named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
        let base = self.base.as_ref().ok();
        base.map_or(Ok(Vec::new()), |base| plans_in(&base.tree, named))
    }

    /// The short names of the earlier commit and the later one, where these are commits.
    pub fn commits(&self) -> (Option<&str>, Option<&str>) {
        let earlier = self.base.as_ref().ok().map(|base| base.commit.short());
        (earlier, self.commit.as_ref().map(Commit::short))
    }

    /// Says whether a plan of the earlier commit still stands under its path.
    fn is_there(&self, path: &Path) -> bool {
        let is_on_disk = || self.repository.real_path(path).is_ok() || self.tree.leaves_out(path);
        self.tree.has(path) && (!self.is_on_disk || is_on_disk())
    }
}

impl Base {
    fn find(
        repository: &Repository,
        revision: &str,
        args: &CheckArgs,
    ) -> anyhow::Result<Result<Self, &'static str>> {
        if args.staged && args.against.is_none() && repository.find_commit("HEAD")?.is_none() {
            return Ok(Err(FIRST_COMMIT));
        }
        let is_nothing = git::is_nothing(revision);
        let revision = match is_nothing.then(|| main_branch(repository)).transpose()? {
            Some(None) => return Ok(Err("on a new branch")),
            Some(Some(main)) => main,
            None => revision.to_owned(),
        };
        let other = repository.commit(&revision)?;
        let commit = if args.exact && !is_nothing {
            other.clone()
        } else {
            repository.parting(&other, &revision)?
        };
        let theirs = (commit != other).then(|| repository.tree(&other)).transpose()?;
        Ok(Ok(Self { tree: repository.tree(&commit)?, commit, theirs }))
    }
}

/// Refuses what git would take for a flag.
fn must_be_revision(revision: &str) -> Result<(), Failure> {
    if revision.starts_with('-') {
        return Err(Failure::usage(format!("`{revision}` is not a revision"), None));
    }
    Ok(())
}

/// The branch that a change is meant for: GitHub and GitLab name it; elsewhere the remote's main branch.
fn target() -> String {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let github = || variable("GITHUB_BASE_REF").map(|branch| format!("origin/{branch}"));
    let gitlab = || variable("CI_MERGE_REQUEST_DIFF_BASE_SHA");
    github().or_else(gitlab).unwrap_or_else(|| REMOTE_HEAD.to_owned())
}

/// The branch that a new branch left; `None` where the whole history is here and has no such branch.
fn main_branch(repository: &Repository) -> anyhow::Result<Option<String>> {
    for name in [target().as_str(), "origin/main", "origin/master"] {
        if repository.find_commit(name)?.is_some() {
            return Ok(Some(name.to_owned()));
        }
    }
    if repository.is_shallow()? {
        // The error says how to fetch the rest.
        repository.commit(REMOTE_HEAD)?;
    }
    if repository.has_other_branches()? {
        bail!(
            "a name of zeros means a new branch, and this clone does not know the main branch: \
             name it, as in `--against origin/trunk`"
        );
    }
    Ok(None)
}

/// The result of the comparison.
#[derive(Default)]
pub struct Compared<'e> {
    pub found: Vec<Finding>,
    /// The earlier version, and its text.
    pub earlier: Option<(PlanText, &'e str)>,
    /// The policy that also sets how much the history rules weigh, beside that of the present plan.
    pub policy: Option<Policy>,
}

impl RevisionComparison {
    /// The findings of the history rules on a plan, as it shows on `day`.
    pub fn compare<'e>(&self, pair: &'e Pair<'_>, day: Day) -> anyhow::Result<Compared<'e>> {
        let Ok(PlanText { plan, .. }) = &pair.file.read else {
            return Ok(Compared::default());
        };
        let earlier = match &pair.against {
            Against::Version(earlier) => earlier,
            Against::NeverValid(name) => return Ok(Compared::impossible(name)),
            Against::New(_) => return Ok(Compared::default()),
        };
        let mut reader = pair.file.reader();
        let Ok(read) = reader.decode(earlier.text.clone()) else {
            return Ok(Compared::impossible(&earlier.name));
        };
        let differences = plan_diff::between(&read.plan, plan);
        let judge =
            |merged: &[_]| history_rules::judge(&differences, &read.plan, plan, day, merged);
        let mut found = judge(&[]);
        if let Ok(Base { commit, theirs, .. }) = &self.base {
            let paths = [pair.path.as_path(), &earlier.path];
            if found.iter().any(|finding| history_rules::depends_on_order(finding.rule)) {
                found = judge(&entries_of_merges(&self.repository, commit, &paths)?);
            }
            if let Some(tree) = theirs
                && let Some(theirs) = plan_in(tree, &paths, &mut reader)?
            {
                found.extend(history_rules::same_new_ids(&read.plan, plan, &theirs));
            }
        }
        let policy = Some(read.plan.policy.clone());
        Ok(Compared { found, earlier: Some((read, &earlier.text)), policy })
    }
}

impl Compared<'_> {
    fn impossible(name: &str) -> Self {
        let policy = Some(Policy::default());
        Self { found: vec![not_compared(name)], policy, ..Self::default() }
    }
}

/// The finding where the earlier version is no plan.
fn not_compared(name: &str) -> Finding {
    let title = format!("not compared: {} is no valid plan", printable(name));
    Finding::new(Rule::NotCompared, KeyPath::top(), title)
        .help("review the whole plan, then allow it once: --warn not-compared")
}
