//! The history of a plan: its versions in git, decoded one after another.

mod known;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use anyhow::bail;

pub use crate::git::{Commit, Version};
use crate::{
    file::Reader,
    git::{Found, Repository},
    model::Plan,
};
pub use known::{Known, known_at, known_on};

/// The versions of one plan along the first-parent line, up to a commit.
pub struct History {
    repository: Repository,
    /// Newest first. A version of the plan that a commit took away is among them.
    pub versions: Vec<Version>,
    /// The clone is shallow and has no older versions than the oldest of these.
    pub is_cut: bool,
}

/// A version of a plan, decoded.
pub struct Edition<'v> {
    pub version: &'v Version,
    pub content: Content,
}

/// What a commit made of a plan.
#[expect(clippy::large_enum_variant, reason = "nearly all are plans")]
pub enum Content {
    Plan(Plan),
    /// The file is no valid plan, and why: its first fault.
    Invalid(String),
    /// The commit took it away.
    Gone,
}

impl History {
    /// The history of the plan at a path, up to the present commit.
    ///
    /// # Errors
    /// It is in no repository or was never committed, or git cannot read its history.
    pub fn of(path: &Path) -> anyhow::Result<Self> {
        let repository = Repository::containing(path)?;
        let Some(last) = repository.find_commit("HEAD")? else {
            bail!("{}: nothing is committed yet", path.display());
        };
        match Self::up_to(&repository, &last, path)? {
            Some(history) => Ok(history),
            None => bail!("{}: it was never committed", path.display()),
        }
    }

    /// The history of a plan up to a commit; `None` where that has no such plan.
    fn up_to(repository: &Repository, last: &Commit, path: &Path) -> anyhow::Result<Option<Self>> {
        Self::in_commit(repository, last, &repository.path(path)?)
    }

    /// The same by the path that the plan has in the repository.
    ///
    /// # Errors
    /// Git cannot read its history.
    pub fn in_commit(
        repository: &Repository,
        last: &Commit,
        path: &Path,
    ) -> anyhow::Result<Option<Self>> {
        let Some(file) = committed_path(repository, last, path)? else {
            return Ok(None);
        };
        let versions = repository.versions(last, &file)?;
        let repository = repository.clone();
        Ok(Some(Self { repository, versions: versions.all, is_cut: versions.is_cut }))
    }

    /// The plans of these versions, in their order. A recommendation that did not change from one to the next is
    /// the same one.
    ///
    /// # Errors
    /// Git cannot be run. A content that is not in this clone is an error in its turn.
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

    /// What the commits on branches that were merged made of the plan, oldest first.
    ///
    /// # Errors
    /// Git cannot be run, or a content is not in this clone.
    pub fn steps_on_branches(&self) -> anyhow::Result<Vec<Step>> {
        let Some(newest) = self.versions.first().filter(|_| self.has_merges()) else {
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
            found.push(Step { version, before: before.content, after: after.content });
        }
        Ok(found)
    }

    fn has_merges(&self) -> bool {
        self.versions.iter().any(|version| version.is_merge)
    }
}

/// What a commit on a branch that was merged made of a plan.
pub struct Step {
    pub version: Version,
    pub before: Content,
    pub after: Content,
}

impl Content {
    /// What a file with these bytes says.
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

/// The path that a plan has in a commit: after all links, and before a rename that is not committed yet.
fn committed_path(
    repository: &Repository,
    commit: &Commit,
    path: &Path,
) -> anyhow::Result<Option<PathBuf>> {
    let tree = repository.tree(commit)?;
    let real = |path: &Path| {
        repository.follow(&tree, path).map(|found| match found {
            Found::File(file) => Some(file.path),
            Found::Directory(_) | Found::Nothing => None,
        })
    };
    if let Some(real) = real(path)? {
        return Ok(Some(real));
    }
    for former in repository.former_paths(path, commit, None)? {
        if let Some(real) = real(&former)? {
            return Ok(Some(real));
        }
    }
    Ok(None)
}
