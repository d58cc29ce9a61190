//! Finds the former paths of renamed files, and the parents of merges.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use super::{Commit, Repository, command::path_from};

/// The flags with which git lists renames. For each rename, the list has the old path and the new path.
const RENAMES: [&str; 6] =
    ["--find-renames", "--no-ext-diff", "--no-textconv", "--diff-filter=R", "--name-status", "-z"];

/// The flag for the maximum number of merges that are examined.
const MOST_MERGES: &str = "--max-count=200";

/// A parent of a merge that was made after an earlier commit. `fork` is the merge base of the parent and this earlier
/// commit.
pub struct Parent {
    pub commit: Commit,
    pub fork: Commit,
}

impl Repository {
    /// If a file was renamed, returns the paths that it may have had in the commit `base`, the most likely path first.
    /// `path` is the file's path in the commit `later` or, if `later` is `None`, in the index.
    pub fn former_paths(
        &self,
        path: &Path,
        base: &Commit,
        later: Option<&Commit>,
    ) -> anyhow::Result<Vec<PathBuf>> {
        let renamed = self.renamed_from(path, base, later)?;
        let range = format!("{}..{}", base.0, later.map_or("HEAD", Commit::name));
        let log = ["log", "--follow", "--no-show-signature", "--format="].into_iter();
        let log = log.chain(RENAMES).chain([range.as_str(), "--"]).map(OsStr::new);
        let listed = self.try_run(log.chain([path.as_os_str()]))?.unwrap_or_default();
        let oldest = renames(&listed).last().map(|(old, _)| old);
        Ok(renamed.into_iter().chain(oldest).collect())
    }

    /// Returns the path that the file at `path` had in the commit `base`, if git finds that the file was renamed.
    /// `path` is a path in the commit `later` or, if `later` is `None`, in the index.
    pub(super) fn renamed_from(
        &self,
        path: &Path,
        base: &Commit,
        later: Option<&Commit>,
    ) -> anyhow::Result<Option<PathBuf>> {
        let (command, flag) = match later {
            Some(_) => ("diff-tree", "-r"),
            None => ("diff-index", "--cached"),
        };
        let commits = [Some(base), later].into_iter().flatten().map(Commit::name);
        let listed = self.run([command, flag].into_iter().chain(RENAMES).chain(commits))?;
        Ok(renames(&listed).find(|(_, new)| new == path).map(|(old, _)| old))
    }

    /// Returns the parents of all merges since the commit `base`, and the parents of a merge in progress.
    pub fn parents_of_merges(&self, base: &Commit) -> anyhow::Result<Vec<Parent>> {
        let range = format!("{}..HEAD", base.0);
        let listed = self.try_run(["rev-list", "--merges", "--parents", MOST_MERGES, &range])?;
        let listed = String::from_utf8_lossy(&listed.unwrap_or_default()).into_owned();
        let made = listed.lines().flat_map(|line| line.split(' ').skip(1));
        let made = made.map(|name| Commit(name.to_owned()));
        let mut parents = Vec::new();
        let merged = self.merge_heads()?;
        let head = if merged.is_empty() { None } else { self.find_commit("HEAD")? };
        for commit in made.chain(head).chain(merged) {
            let fork = self.try_run(["merge-base", &commit.0, &base.0])?;
            parents.extend(fork.map(|fork| Parent { commit, fork: Commit::from_answer(fork) }));
        }
        Ok(parents)
    }

    /// If a merge is in progress, returns the commits that it merges into the present commit. Otherwise, returns an
    /// empty list.
    fn merge_heads(&self) -> anyhow::Result<Vec<Commit>> {
        let listed = fs::read_to_string(self.own_file("MERGE_HEAD")?).unwrap_or_default();
        listed.lines().filter_map(|name| self.find_commit(name).transpose()).collect()
    }

    /// Returns the present commit, and the commits of a merge, cherry-pick or rebase in progress.
    pub fn heads(&self) -> anyhow::Result<Vec<Commit>> {
        let mut heads = self.merge_heads()?;
        for name in ["REBASE_HEAD", "CHERRY_PICK_HEAD", "HEAD"] {
            heads.splice(0..0, self.find_commit(name)?);
        }
        Ok(heads)
    }
}

/// Returns the old and the new path of each rename in `listed`. Git wrote this list with the flags [`RENAMES`].
fn renames(listed: &[u8]) -> impl Iterator<Item = (PathBuf, PathBuf)> {
    let mut fields = listed.split(|byte| *byte == 0);
    std::iter::from_fn(move || {
        let _score = fields.next()?;
        let mut path = || Some(path_from(fields.next()?.to_vec()));
        Some((path()?, path()?))
    })
}
