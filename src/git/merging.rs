//! Reads a merge with conflicts from git, and sets up another program as merge driver.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{
    Commit, Repository,
    command::{NOT_RUN, git, line, path_from, reason},
};

/// The versions of a file in conflict. A version that is not there is empty for the base, and `None` for a side
/// that deleted the file.
pub struct Stages {
    pub base: Vec<u8>,
    pub ours: Option<Vec<u8>>,
    pub theirs: Option<Vec<u8>>,
}

/// Files that were merged line by line.
pub struct Lines {
    pub merged: Vec<u8>,
    pub has_conflicts: bool,
}

impl Repository {
    /// The versions of a file that a merge left in conflict; `None` where it has no conflict.
    pub fn stages(&self, path: &Path) -> anyhow::Result<Option<Stages>> {
        let [base, ours, theirs] = [":1", ":2", ":3"].map(|stage| self.blob(stage, path));
        let (base, ours, theirs) = (base?, ours?, theirs?);
        if base.is_none() && ours.is_none() && theirs.is_none() {
            return Ok(None);
        }
        Ok(Some(Stages { base: base.unwrap_or_default(), ours, theirs }))
    }

    /// The versions of a file that a merge had before it: the one that is under way, or else the last commit. `None`
    /// where that is no merge of two.
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

    /// A file at a revision or a stage; `None` where it has none.
    fn blob(&self, revision: &str, path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
        let mut object = OsString::from(format!("{revision}:"));
        object.push(path);
        self.try_run([OsStr::new("cat-file"), OsStr::new("blob"), object.as_os_str()])
    }

    /// A setting of this repository, or `None` where it is not set there.
    pub fn setting(&self, key: &str) -> anyhow::Result<Option<String>> {
        let value = self.try_run(["config", "--local", "--get", key])?;
        Ok(value.map(|value| String::from_utf8_lossy(&line(value)).into_owned()))
    }

    pub fn set(&self, key: &str, value: &str) -> anyhow::Result<()> {
        self.run(["config", "--local", key, value]).map(drop)
    }

    /// The merge driver that the attributes give a file.
    pub fn merge_driver(&self, path: &Path) -> anyhow::Result<String> {
        let words = ["check-attr", "-z", "merge", "--"].map(OsStr::new);
        let answer = self.run(words.into_iter().chain([path.as_os_str()]))?;
        let driver = answer.split(|byte| *byte == 0).nth(2).unwrap_or_default();
        Ok(String::from_utf8_lossy(driver).into_owned())
    }

    /// A file at the top of the working tree.
    pub fn at_top(&self, name: &str) -> PathBuf {
        self.top.join(name)
    }

    /// A file of git's own, wherever a linked working tree has it.
    pub fn own_file(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.run(["rev-parse", "--git-path", name])?;
        Ok(self.top.join(path_from(line(path))))
    }
}

/// Merges files line by line, as git does where it knows no better. Nothing is written.
pub fn merge_lines(base: &Path, ours: &Path, theirs: &Path) -> anyhow::Result<Lines> {
    let words = ["merge-file", "-p", "--diff3", "-L", "ours", "-L", "base", "-L", "theirs", "--"];
    let files = [ours, base, theirs].map(Path::as_os_str);
    let words = words.map(OsStr::new).into_iter().chain(files);
    let output = git(Path::new("."), words).output().context(NOT_RUN)?;
    // The status is the number of conflicts, or that of an error.
    match output.status.code() {
        Some(count @ 0..=127) => Ok(Lines { merged: output.stdout, has_conflicts: count > 0 }),
        _ => bail!("git: {}", reason(&output.stderr)),
    }
}
