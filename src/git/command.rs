//! Runs the user's own git in such a way that a repository cannot make it run another program.

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

/// Settings that override those of the repository and the user: they concern programs that git would run, the detection
/// of renames, and the content, order and encoding of listings.
const SETTINGS: [&str; 9] = [
    // A directory in the working tree must not be used as a repository because it looks like one.
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
/// Settings that name a file. They are set to an empty file.
const SETTINGS_OF_FILES: [&str; 2] = ["core.hooksPath", "diff.orderFile"];
const EMPTY_FILE: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

impl Repository {
    /// Runs git and returns its output.
    pub(super) fn run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> anyhow::Result<Vec<u8>> {
        run(&self.top, words)
    }

    /// Runs git and returns its output; `None` if git fails.
    pub(super) fn try_run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let output = git(&self.top, words).output().context(NOT_RUN)?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// Builds a git command with these arguments.
    pub(super) fn git<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        git(&self.top, words)
    }
}

/// Runs git in a directory and returns its output.
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

/// Returns git's own message about a failure.
pub fn reason(stderr: &[u8]) -> String {
    String::from_utf8_lossy(stderr).trim().trim_start_matches("fatal: ").to_owned()
}

/// Builds a git command that runs in a directory.
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
        // Older versions of git would still fetch missing objects, so no protocol is allowed.
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env_remove("GIT_EXTERNAL_DIFF");
    // Git passes relative paths to a hook, which are wrong in any other directory.
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

/// Removes the line break from an output of one line.
pub fn line(mut answer: Vec<u8>) -> Vec<u8> {
    if answer.last() == Some(&b'\n') {
        answer.pop();
    }
    answer
}

/// Converts a path from git's output.
pub fn path_from(bytes: Vec<u8>) -> PathBuf {
    bytes.into_path_buf_lossy()
}
