//! What history says of renames and merges.

use std::{
    ffi::OsStr,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use super::{
    Commit, Repository,
    command::{line, path_from},
};

/// So many merges are looked at.
const MANY: &str = "--max-count=200";

/// A parent of a merge, and where its history left that of an earlier commit.
pub struct Parent {
    pub commit: Commit,
    pub fork: Commit,
}

impl Repository {
    /// The paths under which a file of a later commit, or else of the index, may have been at `base`, the likeliest
    /// first: the one that git takes it to be renamed from, and the oldest one in the history since.
    ///
    /// # Errors
    /// A content that git needs for it is not in this clone.
    pub fn former_paths(
        &self,
        path: &Path,
        base: &Commit,
        later: Option<&Commit>,
    ) -> anyhow::Result<Vec<PathBuf>> {
        let flags = ["--find-renames", "--no-ext-diff", "--no-textconv", "--diff-filter=R"];
        let names = ["--name-status", "-z"];
        let (command, flag) = match later {
            Some(_) => ("diff-tree", "-r"),
            None => ("diff-index", "--cached"),
        };
        let later = later.map(|later| later.0.as_str());
        let compared = [command, flag].into_iter().chain(flags).chain(names);
        let listed = self.run(compared.chain([base.0.as_str()]).chain(later))?;
        let now = renames(&listed).find(|(_, new)| *new == path.as_os_str().as_bytes());
        let range = format!("{}..{}", base.0, later.unwrap_or("HEAD"));
        let log = ["log", "--follow", "--no-show-signature", "--format="].into_iter();
        let log = log.chain(flags).chain(names).chain([range.as_str(), "--"]).map(OsStr::new);
        let listed_since = self.try_run(log.chain([path.as_os_str()]))?.unwrap_or_default();
        let since = renames(&listed_since).last();
        let old = now.into_iter().chain(since).map(|(old, _)| old);
        Ok(old.map(|old| PathBuf::from(OsStr::from_bytes(old))).collect())
    }

    /// The parents of the merges since `base`, and of the one that is being made.
    ///
    /// # Errors
    /// Git cannot be run.
    pub fn parents_of_merges(&self, base: &Commit) -> anyhow::Result<Vec<Parent>> {
        let range = format!("{}..HEAD", base.0);
        let listed = self.try_run(["rev-list", "--merges", "--parents", MANY, &range])?;
        let listed = String::from_utf8_lossy(&listed.unwrap_or_default()).into_owned();
        let made = listed.lines().flat_map(|line| line.split(' ').skip(1));
        let made = made.map(|name| Commit(name.to_owned()));
        let mut parents = Vec::new();
        for commit in made.chain(self.parents_of_current_merge()?) {
            let fork = self.try_run(["merge-base", &commit.0, &base.0])?;
            parents.extend(fork.map(|fork| Parent { commit, fork: Commit::from_answer(fork) }));
        }
        Ok(parents)
    }

    fn parents_of_current_merge(&self) -> anyhow::Result<Vec<Commit>> {
        let file = path_from(line(self.run(["rev-parse", "--git-path", "MERGE_HEAD"])?));
        if !self.top.join(file).exists() {
            return Ok(Vec::new());
        }
        let parents = [self.find_commit("HEAD")?, self.find_commit("MERGE_HEAD")?];
        Ok(parents.into_iter().flatten().collect())
    }
}

/// The old and new paths of `--name-status -z`, where only renames are listed.
pub(super) fn renames(listed: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut fields = listed.split(|byte| *byte == 0);
    std::iter::from_fn(move || {
        let _score = fields.next()?;
        Some((fields.next()?, fields.next()?))
    })
}
