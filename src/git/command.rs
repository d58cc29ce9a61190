//! Runs the git program of the user in such a way that a repository cannot make git run another program.

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

/// The settings that override those of the repository and of the user. They concern programs that git would run, the
/// detection of renames, and the content, order and encoding of git's lists.
const SETTINGS: [&str; 9] = [
    // A directory in the working tree that only looks like a bare repository must not be used as a repository.
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
/// The settings that name a file or directory. They are set to an empty file, so that they have no effect.
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

    /// Runs git and returns its output. Returns `None` if git ends with an error.
    pub(super) fn try_run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let output = git(&self.top, words).output().context(NOT_RUN)?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// Builds a command that runs git with these arguments in this repository.
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

/// Returns the message with which git explains its failure.
pub fn reason(stderr: &[u8]) -> String {
    String::from_utf8_lossy(stderr).trim().trim_start_matches("fatal: ").to_owned()
}

/// Builds a command that runs git with these arguments in a directory.
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
        // Older versions of git would still fetch missing objects over the network, so no protocol is allowed.
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env_remove("GIT_EXTERNAL_DIFF");
    // Git passes these paths to a hook. A relative path would be wrong, because git runs in another directory here, so
    // it is made absolute or removed.
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

/// Removes the line break at the end of an output that has one line.
pub fn line(mut answer: Vec<u8>) -> Vec<u8> {
    if answer.last() == Some(&b'\n') {
        answer.pop();
    }
    answer
}

/// Converts a path in git's output to a path of this system.
pub fn path_from(bytes: Vec<u8>) -> PathBuf {
    bytes.into_path_buf_lossy()
}
