//! Runs the user's git program. The settings of a repository cannot make git run another program.

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

/// The git settings for every run. They override the settings of the repository and of the user.
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
/// The git settings that name a file or directory. They are set to an empty file, so that they have no effect.
const SETTINGS_OF_FILES: [&str; 2] = ["core.hooksPath", "diff.orderFile"];
const EMPTY_FILE: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

impl Repository {
    /// Runs git in this repository and returns the output.
    pub(super) fn run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> anyhow::Result<Vec<u8>> {
        let output = self.git(words).output().context(NOT_RUN)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        bail!("git: {}", reason(&output.stderr))
    }

    /// Runs git in this repository and returns the output, or `None` if git ends with an error.
    pub(super) fn try_run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let output = self.git(words).output().context(NOT_RUN)?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// Builds a command that runs git with these arguments in this repository.
    pub(super) fn git<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.top);
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
            // Without this variable, older versions of git would fetch missing objects over the network.
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env_remove("GIT_EXTERNAL_DIFF");
        // Git sets these variables if it runs this program in a hook. A relative path in a variable is made absolute or is
        // removed, because git now runs in another directory.
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
}

/// Returns the error message in git's error output.
pub fn reason(stderr: &[u8]) -> String {
    String::from_utf8_lossy(stderr).trim().trim_start_matches("fatal: ").to_owned()
}

/// Returns git's output without the line break at the end.
pub fn line(mut answer: Vec<u8>) -> Vec<u8> {
    if answer.last() == Some(&b'\n') {
        answer.pop();
    }
    answer
}

/// Converts the bytes of a path in git's output to a path.
pub fn path_from(bytes: Vec<u8>) -> PathBuf {
    bytes.into_path_buf_lossy()
}
