//! Pairs the present plans with their versions at an earlier git revision, for `plan check --against` and `plan diff`.
//! The present plans are the files on disk, or the plans in git's index or in a later commit.

mod merges;
mod pair;

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use crate::{
    app::{Context, Failure, Files, Opened, contents_in, plans_in},
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
pub use pair::{Gone, Pair, PlanPairs, decoded};

/// A comparison of the present plans with an earlier git revision.
pub struct RevisionComparison {
    repository: Repository,
    /// The paths and patterns of plan files that the user named.
    named: Vec<PathBuf>,
    /// The later version in git: the index, or the tree of a commit.
    tree: Tree,
    /// The commit of `tree`; `None` if `tree` is the index.
    commit: Option<Commit>,
    /// True if the files on disk, rather than `tree`, are compared with the earlier revision.
    is_on_disk: bool,
    /// The earlier commit of the comparison, or the reason why there is no such commit.
    base: Result<Base, &'static str>,
}

/// The earlier commit with which the present plans are compared: a requested revision, or its merge base with the
/// present commit.
struct Base {
    commit: Commit,
    tree: Tree,
    /// The tree of the revision that the user requested. `None` if `commit` is that revision itself, and not the merge
    /// base of that revision and the present commit.
    theirs: Option<Tree>,
}

const FIRST_COMMIT: &str = "in a repository without commits";

/// An earlier version of a plan, read from git.
pub struct EarlierPlan {
    /// The path of the plan and the revision, as one text for messages.
    pub name: String,
    pub text: String,
    /// The name of the version at the requested revision, if that version is invalid and this older version replaces
    /// it.
    invalid: Option<String>,
    path: PathBuf,
}

/// The result of the search for an earlier version of a plan.
pub enum Against {
    Version(EarlierPlan),
    /// The plan has no earlier version. The text completes the sentence "the plan is new …", as in `since 1a2b3c4d5e`.
    New(String),
    /// No earlier version of the plan is valid. The text names the plan and the revision.
    NeverValid(String),
}

impl Against {
    /// Returns the name and the text of the earlier version for the output. Returns `None` if the plan has no valid
    /// earlier version.
    pub fn earlier(&self) -> Option<output::Earlier<'_>> {
        match self {
            Self::Version(earlier) => {
                Some(output::Earlier { name: &earlier.name, source: &earlier.text })
            }
            Self::New(_) | Self::NeverValid(_) => None,
        }
    }

    /// Returns a line about the comparison of the plan `name`. The line is empty if no earlier version is valid.
    pub fn notice(&self, name: &str) -> String {
        match self {
            Self::Version(EarlierPlan { name, invalid: Some(invalid), .. }) => {
                format!(
                    "{invalid} is not a valid plan, so the comparison is with {name}, the newest valid version\n"
                )
            }
            Self::Version(earlier) => format!("compared with {}\n", earlier.name),
            Self::New(since) => {
                format!("{name} is new {since}, so there is nothing to compare it with\n")
            }
            Self::NeverValid(_) => String::new(),
        }
    }
}

impl RevisionComparison {
    /// Builds the comparison that `--against` or `--staged` asks for. Returns `None` without these flags.
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

    /// Builds the comparison for `plan diff`. By default, `earlier` is the last commit, and `later` is the files on
    /// disk.
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

    /// Builds a comparison with the earlier commit that `base` finds.
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

    /// Reads the present plans that the user named. In a directory, also finds the plans that git tracks although
    /// `.gitignore` lists them.
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
                // A deleted file is not an error here, because `pair` reports the missing plan later.
                Err(FileError::Missing(..)) => {}
                Err(error) => files.broken.push(error.into()),
            }
        }
        Ok(files)
    }

    /// Reads the plans at the given paths from git rather than from disk.
    fn plans_of_tree(&self, plans: &[PathBuf]) -> anyhow::Result<Vec<Opened>> {
        let contents = plans.iter().zip(contents_in(&self.tree, plans)?);
        let opened = contents.map(|(path, content)| {
            let path = self.repository.shown(path);
            let text = String::from_utf8(content);
            let text = text.with_context(|| format!("{}: not UTF-8 text", path.display()))?;
            Ok(Opened::now(path, text))
        });
        opened.collect()
    }

    /// Returns an error if a path that the user named matches no plan in either of the two compared versions.
    fn must_be_plans(&self) -> anyhow::Result<()> {
        // The error message names one path, so each path is checked alone. An empty slice stands for the default path.
        let one_by_one = self.named.chunks(1).chain(self.named.is_empty().then_some(&[][..]));
        for named in one_by_one {
            if plans_in(&self.tree, named)?.is_empty() && self.plans_before(named)?.is_empty() {
                let unknown =
                    named.first().map_or(Path::new(FILE_NAME), PathBuf::as_path).display();
                match &self.commit {
                    None => bail!("{unknown}: git does not track this plan; add it with `git add`"),
                    Some(_) => bail!("{unknown}: neither revision has this plan"),
                }
            }
        }
        Ok(())
    }

    /// Returns the paths of the plans that match `named` in the earlier commit.
    fn plans_before(&self, named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
        let base = self.base.as_ref().ok();
        base.map_or(Ok(Vec::new()), |base| plans_in(&base.tree, named))
    }

    /// Returns the short names of the earlier and the later commit. A name is `None` if the version is not a commit.
    pub fn commits(&self) -> (Option<&str>, Option<&str>) {
        let earlier = self.base.as_ref().ok().map(|base| base.commit.short());
        (earlier, self.commit.as_ref().map(Commit::short))
    }

    /// Checks whether the later version still has a file at this path.
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

/// Returns an error if git would read the revision as a flag.
fn must_be_revision(revision: &str) -> Result<(), Failure> {
    if revision.starts_with('-') {
        return Err(Failure::usage(format!("`{revision}` is not a revision"), None));
    }
    Ok(())
}

/// Returns the default revision of `--against`: the revision that GitHub or GitLab sets in the environment, else the
/// main branch of the remote.
fn target() -> String {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let github = || variable("GITHUB_BASE_REF").map(|branch| format!("origin/{branch}"));
    let gitlab = || variable("CI_MERGE_REQUEST_DIFF_BASE_SHA");
    github().or_else(gitlab).unwrap_or_else(|| REMOTE_HEAD.to_owned())
}

/// Returns the name of the main branch. Returns `None` if the repository has only one branch.
fn main_branch(repository: &Repository) -> anyhow::Result<Option<String>> {
    for name in [target().as_str(), "origin/main", "origin/master"] {
        if repository.find_commit(name)?.is_some() {
            return Ok(Some(name.to_owned()));
        }
    }
    if repository.is_shallow()? {
        // In a shallow clone, this call fails with a message that says how to fetch the missing commits.
        repository.commit(REMOTE_HEAD)?;
    }
    if repository.has_other_branches()? {
        bail!(
            "the all-zero revision means a new branch, but this clone does not know \
             which branch is the main branch: name the main branch, as in `--against origin/trunk`"
        );
    }
    Ok(None)
}

/// The result of comparing one plan with its earlier version.
#[derive(Default)]
pub struct Compared<'e> {
    pub found: Vec<Finding>,
    /// The earlier version of the plan, decoded and as text.
    pub earlier: Option<(PlanText, &'e str)>,
    /// The policy of the earlier version. This policy also affects the levels of the history rules.
    pub policy: Option<Policy>,
}

impl RevisionComparison {
    /// Applies the history rules, which judge changes, to a plan and its earlier version as of `day`.
    pub fn compare<'e>(&self, pair: &'e Pair<'_>, day: Day) -> anyhow::Result<Compared<'e>> {
        let Ok(PlanText { plan, .. }) = &pair.file.read else { return Ok(Compared::default()) };
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

/// Returns a finding which says that the plan was not compared, because its earlier version is invalid.
fn not_compared(name: &str) -> Finding {
    let title = format!("not compared: {} is not a valid plan", printable(name));
    Finding::new(Rule::NotCompared, KeyPath::top(), title)
        .help("review the whole plan; then, just this once, accept it without a comparison: --warn not-compared")
}
