//! Reads the versions of a file in a merge, and sets git's merge driver.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{
    Commit, Repository,
    command::{NOT_RUN, line, path_from, reason},
};

/// The versions of a file in a merge: the common base and the two sides. If there is no base, `base` is empty. If a
/// side does not have the file, `ours` or `theirs` is `None`.
pub struct Stages {
    pub base: Vec<u8>,
    pub ours: Option<Vec<u8>>,
    pub theirs: Option<Vec<u8>>,
}

/// The result of merging two versions of a file line by line.
pub struct Lines {
    pub merged: Vec<u8>,
    pub has_conflicts: bool,
}

impl Repository {
    /// Returns the versions of a file that a merge left in conflict; `None` if the file has no conflict.
    pub fn stages(&self, path: &Path) -> anyhow::Result<Option<Stages>> {
        let [base, ours, theirs] = [":1", ":2", ":3"].map(|stage| self.blob(stage, path));
        let (base, ours, theirs) = (base?, ours?, theirs?);
        if base.is_none() && ours.is_none() && theirs.is_none() {
            return Ok(None);
        }
        Ok(Some(Stages { base: base.unwrap_or_default(), ours, theirs }))
    }

    /// If a merge is in progress, returns the versions of a file that are being merged. Otherwise, returns the versions
    /// that the present commit merged, or `None` if this commit is not a merge of two commits.
    pub fn merged(&self, path: &Path) -> anyhow::Result<Option<Stages>> {
        let is_under_way = self.find_commit("MERGE_HEAD")?.is_some();
        let [ours, theirs] =
            if is_under_way { ["HEAD", "MERGE_HEAD"] } else { ["HEAD^1", "HEAD^2"] };
        let is_of_more = !is_under_way && self.find_commit("HEAD^3")?.is_some();
        if is_of_more || self.find_commit(theirs)?.is_none() {
            return Ok(None);
        }
        let base = self.try_run(["merge-base", ours, theirs])?.map(Commit::from_answer);
        let base = base.map(|base| self.blob(base.name(), path)).transpose()?.flatten();
        let (ours, theirs) = (self.blob(ours, path)?, self.blob(theirs, path)?);
        Ok(Some(Stages { base: base.unwrap_or_default(), ours, theirs }))
    }

    /// Returns the content of a file at a revision or index stage, or `None` if the file is missing there.
    fn blob(&self, revision: &str, path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
        let mut object = OsString::from(format!("{revision}:"));
        object.push(path);
        self.try_run([OsStr::new("cat-file"), OsStr::new("blob"), object.as_os_str()])
    }

    /// Returns a setting in the repository's own git configuration, or `None` if it is not set there.
    pub fn setting(&self, key: &str) -> anyhow::Result<Option<String>> {
        let value = self.try_run(["config", "--local", "--get", key])?;
        Ok(value.map(|value| String::from_utf8_lossy(&line(value)).into_owned()))
    }

    pub fn set(&self, key: &str, value: &str) -> anyhow::Result<()> {
        self.run(["config", "--local", key, value]).map(drop)
    }

    /// Returns the name of the merge driver that the git attributes of a file select.
    pub fn merge_driver(&self, path: &Path) -> anyhow::Result<String> {
        let words = ["check-attr", "-z", "merge", "--"].map(OsStr::new);
        let answer = self.run(words.into_iter().chain([path.as_os_str()]))?;
        let driver = answer.split(|byte| *byte == 0).nth(2).unwrap_or_default();
        Ok(String::from_utf8_lossy(driver).into_owned())
    }

    /// Returns the path of a file with this name at the top of the working tree.
    pub fn at_top(&self, name: &str) -> PathBuf {
        self.top.join(name)
    }

    /// Returns the path of a file in git's own directory, which is usually `.git`.
    pub fn own_file(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.run(["rev-parse", "--git-path", name])?;
        Ok(self.top.join(path_from(line(path))))
    }
}

/// Merges two files line by line, by comparing both with their common base, and returns the result. The files are not
/// changed.
pub fn merge_lines(base: &Path, ours: &Path, theirs: &Path) -> anyhow::Result<Lines> {
    let words = ["merge-file", "-p", "--diff3", "-L", "ours", "-L", "base", "-L", "theirs", "--"];
    let files = [ours, base, theirs].map(Path::as_os_str);
    let words = words.map(OsStr::new).into_iter().chain(files);
    let output = Repository::at(Path::new(".")).git(words).output().context(NOT_RUN)?;
    // An exit status up to 127 is the number of conflicts. A higher status is an error.
    match output.status.code() {
        Some(count @ 0..=127) => Ok(Lines { merged: output.stdout, has_conflicts: count > 0 }),
        _ => bail!("git: {}", reason(&output.stderr)),
    }
}
