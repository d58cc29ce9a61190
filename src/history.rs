//! The history of a plan: its versions in git, decoded one after another.

mod burnup;
mod snapshot;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use anyhow::bail;

pub use crate::git::{Commit, Version};
use crate::{
    file::{FILE_NAME, Reader},
    git::{FileVersions, Repository, Tree, is_below_a_repository},
    model::Plan,
};
pub use burnup::Gap;
pub use snapshot::{Snapshot, known_on, snapshot_at};

/// The versions of a plan up to a commit, without versions on merged branches.
pub struct History {
    repository: Repository,
    /// The versions, newest first. A commit that deleted the plan counts as a version.
    pub versions: Vec<Version>,
    /// True if a shallow clone lacks the older versions.
    pub is_cut: bool,
}

/// A version of a plan with its decoded content.
pub struct Edition<'v> {
    pub version: &'v Version,
    pub content: Content,
}

/// The content of the plan file after a commit.
#[expect(clippy::large_enum_variant, reason = "nearly all are plans")]
pub enum Content {
    Plan(Plan),
    /// The file is invalid. The text is the first error.
    Invalid(String),
    /// The commit deleted the file.
    Gone,
}

impl Edition<'_> {
    /// Returns the plan, or the reason why there is none.
    pub fn plan(self) -> Result<Plan, String> {
        let commit = self.version.commit.short();
        match self.content {
            Content::Plan(plan) => Ok(plan),
            Content::Invalid(why) => Err(format!("{commit} is not a valid plan: {why}")),
            Content::Gone => Err(format!("{commit} removed the plan")),
        }
    }
}

impl History {
    /// Returns the history of a plan up to the commit `last`. If `last` is `None`, returns the history up to the
    /// present commit.
    ///
    /// # Errors
    /// Fails if the path is in no repository or was never committed, or if git cannot read the history.
    pub fn of(path: &Path, last: Option<&Commit>) -> anyhow::Result<Self> {
        let repository = Repository::containing(path)?;
        let Some(last) = last_or_head(&repository, last)? else {
            bail!("{}: nothing is committed yet", path.display());
        };
        match Self::in_commit(&repository, &last, &repository.path(path)?, None)? {
            Some(history) => Ok(history),
            None => bail!("{} was never committed", path.display()),
        }
    }

    /// Returns the history of a plan up to the commit `last`, or `None` if the plan was not committed by then. `path`
    /// is the plan's path in the commit `later` or, if `later` is `None`, in git's index.
    pub fn in_commit(
        repository: &Repository,
        last: &Commit,
        path: &Path,
        later: Option<&Commit>,
    ) -> anyhow::Result<Option<Self>> {
        let file = committed_path(repository, last, path, later)?;
        let file = file.unwrap_or_else(|| path.to_path_buf());
        let FileVersions { all: versions, is_cut } = repository.versions(last, &file)?;
        let repository = repository.clone();
        Ok((!versions.is_empty()).then_some(Self { repository, versions, is_cut }))
    }

    /// Returns each version with its decoded content, in the order of `versions`.
    ///
    /// # Errors
    /// Fails if git cannot be run. If this clone lacks the content of a version, the iterator yields errors from this
    /// version on.
    pub fn plans<'v>(
        &self,
        versions: &'v [Version],
    ) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Edition<'v>>> + use<'v>> {
        let mut reader = Reader::default();
        let contents = self.repository.contents_of(versions)?;
        Ok(contents.map(move |read| {
            let (version, bytes) = read?;
            let content = bytes.map_or(Content::Gone, |bytes| Content::of(&mut reader, bytes));
            Ok(Edition { version, content })
        }))
    }

    /// Returns the commits on merged branches that changed the plan, oldest first.
    pub fn steps_on_branches(&self) -> anyhow::Result<Vec<BranchStep>> {
        let has_merges = self.versions.iter().any(|version| version.is_merge);
        let Some(newest) = self.versions.first().filter(|_| has_merges) else {
            return Ok(Vec::new());
        };
        let paths: HashSet<&Path> = self.versions.iter().map(|one| one.path.as_path()).collect();
        let paths: Vec<&Path> = paths.into_iter().collect();
        let mut steps = self.repository.steps(&newest.commit, &paths)?;
        let line: HashSet<&Commit> = self.versions.iter().map(|one| &one.commit).collect();
        steps.retain(|[_, version]| !line.contains(&version.commit));
        let versions = steps.concat();
        let mut contents = self.plans(&versions)?;
        let mut found = Vec::new();
        while let (Some(before), Some(after)) = (contents.next(), contents.next()) {
            let (before, after) = (before?, after?);
            let version = after.version.clone();
            found.push(BranchStep { version, before: before.content, after: after.content });
        }
        Ok(found)
    }
}

/// A commit on a merged branch, with the content of the plan file before and after this commit.
pub struct BranchStep {
    pub version: Version,
    pub before: Content,
    pub after: Content,
}

impl Content {
    /// Decodes the bytes of a plan file.
    pub fn of(reader: &mut Reader<'_>, bytes: Vec<u8>) -> Self {
        let Ok(text) = String::from_utf8(bytes) else {
            return Self::Invalid("not UTF-8 text".to_owned());
        };
        match reader.decode(text) {
            Ok(read) => Self::Plan(read.plan),
            Err(faults) => {
                let first = faults.into_iter().next();
                Self::Invalid(first.map_or_else(String::new, |fault| fault.title))
            }
        }
    }
}

/// Returns the repository that contains a path, and the commit `last` or, if `last` is `None`, the present commit. The
/// inner error says that there is no repository or no commit.
pub fn repository_at(
    path: &Path,
    last: Option<&Commit>,
) -> anyhow::Result<Result<(Repository, Commit), &'static str>> {
    let repository = match Repository::containing(path) {
        Ok(repository) => repository,
        Err(error) if is_below_a_repository(path) => return Err(error),
        Err(_) => return Ok(Err("the plan is not in a git repository")),
    };
    let commit = last_or_head(&repository, last)?;
    Ok(commit.map(|commit| (repository, commit)).ok_or("nothing is committed yet"))
}

fn last_or_head(repository: &Repository, last: Option<&Commit>) -> anyhow::Result<Option<Commit>> {
    last.map_or_else(|| repository.find_commit("HEAD"), |last| Ok(Some(last.clone())))
}

/// Returns the path of a deleted plan that was in the current directory or in the nearest directory above it. Returns
/// `None` if the git history has no such plan.
///
/// # Errors
/// Fails if there is no repository, or if git cannot read its history.
pub fn nearest_gone() -> anyhow::Result<Option<PathBuf>> {
    let here = Path::new(".");
    let repository = Repository::containing(here)?;
    let Some(last) = repository.find_commit("HEAD")? else { return Ok(None) };
    for directory in repository.path(here)?.ancestors() {
        let path = directory.join(FILE_NAME);
        if !repository.versions(&last, &path)?.all.is_empty() {
            return Ok(Some(repository.shown(&path)));
        }
    }
    Ok(None)
}

/// Returns the path of a plan in `commit`, even if the plan was renamed later. `path` is the plan's path in the commit
/// `later` or, if `later` is `None`, in git's index.
fn committed_path(
    repository: &Repository,
    commit: &Commit,
    path: &Path,
    later: Option<&Commit>,
) -> anyhow::Result<Option<PathBuf>> {
    let tree = repository.tree(commit)?;
    if let Some(file) = tree.file(path)? {
        return Ok(Some(file.path));
    }
    for former in repository.former_paths(path, commit, later)? {
        if let Some(file) = tree.file(&former)? {
            return Ok(Some(file.path));
        }
    }
    Ok(None)
}

/// Returns the plan at the first of `paths` that leads to a file in the tree. Returns `None` if no path leads to a
/// file, or if the plan is invalid.
pub fn plan_in(tree: &Tree, paths: &[&Path], reader: &mut Reader) -> anyhow::Result<Option<Plan>> {
    for path in paths {
        if let Some(content) = tree.content_at(path)? {
            let text = String::from_utf8(content).ok();
            return Ok(text.and_then(|text| reader.decode(text).ok()).map(|read| read.plan));
        }
    }
    Ok(None)
}
