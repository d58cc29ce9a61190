//! How git is run: the user's own git, in such a way that nothing in a repository can make it run another program.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};
use bstr::ByteVec as _;

use super::Repository;

pub const NOT_RUN: &str = "git cannot be run";

/// Settings that a repository or a user may have otherwise: programs that git would run, what it would take for a
/// rename, and what it would list, in which order and letters.
const SETTINGS: [&str; 9] = [
    // A directory of the working tree that looks like a repository is not one.
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "protocol.allow=never",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "diff.renames=true",
    "diff.renameLimit=32767",
    "i18n.logOutputEncoding=UTF-8",
];
/// Settings that name a file, which is then empty.
const SETTINGS_OF_FILES: [&str; 2] = ["core.hooksPath", "diff.orderFile"];
const EMPTY_FILE: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

impl Repository {
    /// The answer of git.
    pub(super) fn run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> anyhow::Result<Vec<u8>> {
        run(&self.top, words)
    }

    /// The answer of git, or `None` where it fails.
    pub(super) fn try_run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let output = git(&self.top, words).output().context(NOT_RUN)?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// Git with these words, not yet run.
    pub(super) fn git<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        git(&self.top, words)
    }
}

/// The answer of git in a directory.
pub fn run<S: AsRef<OsStr>>(
    directory: &Path,
    words: impl IntoIterator<Item = S>,
) -> anyhow::Result<Vec<u8>> {
    let output = git(directory, words).output().context(NOT_RUN)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    bail!("git: {}", reason(&output.stderr))
}

/// Why git failed, in its own words.
pub fn reason(stderr: &[u8]) -> String {
    String::from_utf8_lossy(stderr).trim().trim_start_matches("fatal: ").to_owned()
}

/// Git in a directory with these words, not yet run.
pub fn git<S: AsRef<OsStr>>(directory: &Path, words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(directory);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    for setting in SETTINGS_OF_FILES {
        command.arg("-c").arg(format!("{setting}={EMPTY_FILE}"));
    }
    command
        .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
        .args(words)
        .env("LC_ALL", "C")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_NO_LAZY_FETCH", "1")
        // Older versions of git fetch all the same; then no protocol is allowed.
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env_remove("GIT_EXTERNAL_DIFF");
    // Git gives a hook relative paths, which are wrong in any other directory.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        if let Some(path) = env::var_os(name).filter(|path| Path::new(path).is_relative()) {
            match env::current_dir().map(|here| here.join(path)) {
                Ok(path) if path.exists() => command.env(name, path),
                _ => command.env_remove(name),
            };
        }
    }
    command
}

/// An answer of one line, without its end.
pub fn line(mut answer: Vec<u8>) -> Vec<u8> {
    if answer.last() == Some(&b'\n') {
        answer.pop();
    }
    answer
}

/// A path as git writes it.
pub fn path_from(bytes: Vec<u8>) -> PathBuf {
    bytes.into_path_buf_lossy()
}
