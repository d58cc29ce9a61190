//! A git repository for each test, and the built program.

pub mod desk;
pub mod workbooks;

use std::{
    env,
    ffi::OsString,
    fs,
    io::{Cursor, Read as _},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use zip::ZipArchive;

/// The plan that the cases change.
pub const PLAN: &str = include_str!("../../against/plan.toml");

/// Returns the parts of a zip file, each with its name.
pub fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

/// A plan that has no content in common with [`PLAN`].
pub const OTHER_PLAN: &str = r#"
[plan]
title = "Action plan on the audit of fleet"
date = 2003-06-10

[[recommendation]]
id = "1"
text = "Replace cars that have run more than a hundred thousand miles."
timescale = "March 2004"

[[recommendation.action]]
id = "1.1"
owner = "Fleet Manager"
text = "List them, with the mileage of each."
"#;

/// A repository with a plan on the branch `main`, and with the branch `change` checked out.
pub struct Repository {
    directory: TempDir,
}

impl Repository {
    pub fn new(plan: &str) -> Self {
        let repository = Self { directory: TempDir::new().unwrap() };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.write("plan.toml", plan);
        repository.commit("Publish the plan");
        repository.git(&["checkout", "--quiet", "-b", "change"]);
        repository
    }

    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// Commits everything with the time set to noon of a day.
    pub fn commit_on(&self, day: &str, message: &str) {
        self.git(&["add", "--all"]);
        self.git_on(day, &["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// Runs git with the time set to noon of a day.
    pub fn git_on(&self, day: &str, words: &[&str]) {
        let date = format!("{day}T12:00:00Z");
        let mut git = git(self.path(), words);
        git.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
        let output = git.output().unwrap();
        assert!(output.status.success(), "git {words:?}: {output:?}");
    }

    /// Runs git and returns its output.
    ///
    /// # Panics
    ///
    /// Panics if git fails.
    pub fn git(&self, words: &[&str]) -> String {
        let output = git(self.path(), words).output().unwrap();
        assert!(output.status.success(), "git {words:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a git command that may fail, such as a merge with a conflict.
    pub fn try_git(&self, words: &[&str]) -> Answer {
        answer(&mut git(self.path(), words))
    }

    /// Returns the text of the plan in the working tree.
    pub fn text(&self) -> String {
        fs::read_to_string(self.path().join("plan.toml")).unwrap()
    }

    /// Runs the program with `words` in this repository.
    pub fn plan(&self, words: &[&str]) -> Answer {
        answer(plan(self.path()).args(words))
    }

    /// Runs the program with `words`, and checks that the exit status is 0.
    #[track_caller]
    pub fn ask(&self, words: &[&str]) -> Answer {
        let answer = self.plan(words);
        assert_eq!(answer.status, 0, "{words:?}: {}", answer.stderr);
        answer
    }
}

/// Runs the program with `words` as of 1 August 2003, and checks that the exit status is 0.
#[track_caller]
pub fn done(repository: &Repository, words: &[&str]) -> Answer {
    repository.ask(&[words, &["--as-of", "2003-08-01"]].concat())
}

/// Runs `plan check` with `words` as of 1 August 2003.
pub fn check(repository: &Repository, words: &[&str]) -> Answer {
    check_in(repository.path(), words)
}

/// Runs `plan check` with `words` in a directory as of 1 August 2003.
pub fn check_in(directory: &Path, words: &[&str]) -> Answer {
    answer(plan(directory).args(["check", "--as-of", "2003-08-01"]).args(words))
}

/// Returns [`PLAN`] with a word of a published text changed without an amendment.
pub fn quiet() -> String {
    PLAN.replace("two topics", "three topics")
}

/// Returns the search path on which git and scripts find the program.
pub fn program_path() -> OsString {
    let program = Path::new(env!("CARGO_BIN_EXE_plan")).parent().unwrap();
    let path = env::var_os("PATH").unwrap();
    env::join_paths([program.to_path_buf()].into_iter().chain(env::split_paths(&path))).unwrap()
}

fn git(directory: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(directory)
        .args(words)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("PATH", program_path());
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "A")
            .env(format!("GIT_{who}_EMAIL"), "a@example.org")
            .env(format!("GIT_{who}_DATE"), "2003-05-08T12:00:00Z");
    }
    command
}

/// Returns a command that runs the program in `directory`, without environment variables that would change its output.
pub fn plan(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.current_dir(directory).env("COLUMNS", "100");
    for name in [
        "PLAN_FILE",
        "PLAN_AS_OF",
        "GITHUB_BASE_REF",
        "GITHUB_STEP_SUMMARY",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(name);
    }
    command
}

/// The output of the program and its exit status.
pub struct Answer {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

pub fn answer(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    Answer {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Returns every file below `tests/directory` with this ending, in order.
pub fn files(directory: &str, ending: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(directory);
    let mut found = Vec::new();
    let mut open = vec![directory];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}
