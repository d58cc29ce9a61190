//! The history of a plan: its versions in git, decoded one after another.

use std::path::{Path, PathBuf};

use anyhow::bail;

pub use crate::git::{Commit, Version};
use crate::{
    file::Reader,
    git::{Found, Repository},
    model::Plan,
};

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
        let Some(file) = committed_path(&repository, &last, path)? else {
            bail!("{}: it was never committed", path.display());
        };
        let versions = repository.versions(&last, &file)?;
        Ok(Self { repository, versions: versions.all, is_cut: versions.is_cut })
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
    let path = repository.path(path)?;
    let real = |path: &Path| {
        repository.follow(&tree, path).map(|found| match found {
            Found::File(file) => Some(file.path),
            Found::Directory(_) | Found::Nothing => None,
        })
    };
    if let Some(real) = real(&path)? {
        return Ok(Some(real));
    }
    for former in repository.former_paths(&path, commit, None)? {
        if let Some(real) = real(&former)? {
            return Ok(Some(real));
        }
    }
    Ok(None)
}
