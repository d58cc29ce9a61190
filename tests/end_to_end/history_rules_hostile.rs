//! Tests that no content of a repository makes `plan check --against` run a program, fetch, or read another repository.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use crate::support::{PLAN, Repository, check_in, quiet};
use tempfile::TempDir;

/// A program that writes a marker file when it runs.
struct Trap {
    directory: TempDir,
}

impl Trap {
    fn new() -> Self {
        let trap = Self { directory: TempDir::new().unwrap() };
        let text = format!("#!/bin/sh\necho run >> '{}'\nexit 1\n", trap.marker().display());
        fs::write(trap.program(), text).unwrap();
        fs::set_permissions(trap.program(), fs::Permissions::from_mode(0o755)).unwrap();
        trap
    }

    fn marker(&self) -> PathBuf {
        self.directory.path().join("marker")
    }

    fn program(&self) -> PathBuf {
        self.directory.path().join("program")
    }

    fn word(&self) -> String {
        self.program().to_str().unwrap().to_owned()
    }

    fn was_run(&self) -> bool {
        self.marker().exists()
    }

    fn disarm(&self) {
        let _ = fs::remove_file(self.marker());
    }
}

#[test]
fn no_monitor_filter_hook_pager_or_signature_program_of_the_configuration_is_run() {
    let trap = Trap::new();
    let repository = Repository::new(PLAN);
    repository.write(".gitattributes", "*.toml filter=trap diff=trap merge=trap\n");
    repository.write("plan.toml", &quiet());
    repository.commit("Quietly");
    repository.git(&["mv", "plan.toml", "audit.toml"]);
    repository.commit("Move");
    let program = trap.word();
    for key in [
        "core.fsmonitor",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "diff.trap.textconv",
        "diff.trap.command",
        "diff.external",
        "core.pager",
        "core.sshCommand",
        "core.gitProxy",
        "core.askPass",
        "core.editor",
        "credential.helper",
        "gpg.program",
        "gpg.ssh.program",
    ] {
        repository.git(&["config", key, &program]);
    }
    repository.git(&["config", "log.showSignature", "true"]);
    repository.git(&["config", "pager.log", "true"]);
    let hooks = trap.directory.path().join("hooks");
    fs::create_dir(&hooks).unwrap();
    for hook in
        ["post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"]
    {
        fs::copy(trap.program(), hooks.join(hook)).unwrap();
    }
    repository.git(&["config", "core.hooksPath", hooks.to_str().unwrap()]);
    // For git, the index looks changed.
    repository.write("audit.toml", &(quiet() + "# changed\n"));
    trap.disarm();
    for words in [
        &["--file", "audit.toml", "--against", "main"][..],
        &["--file", "audit.toml", "--against", "main", "--exact"],
        &["--file", "audit.toml", "--against", "main", "--staged"],
        &["--file", ".", "--against", "main"],
    ] {
        let answer = check_in(repository.path(), words);
        assert_eq!(answer.status, 1, "{words:?}: {}{}", answer.stdout, answer.stderr);
        assert!(answer.stdout.contains("error[response-altered]"), "{}", answer.stdout);
        assert!(!trap.was_run(), "{words:?}: {:?}", fs::read_to_string(trap.marker()));
    }
}

/// Returns a partial clone without the contents of older commits. Its remote is `url`.
fn partial_clone(repository: &Repository, url: &str) -> TempDir {
    let clone = TempDir::new().unwrap();
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", repository.path().display());
    let to = clone.path().to_str().unwrap();
    repository.git(&[
        "clone",
        "--quiet",
        "--filter=blob:none",
        "--branch=change",
        "--no-local",
        &from,
        to,
    ]);
    let config = ["-C", to, "config", "remote.origin.url", url];
    repository.git(&config);
    clone
}

#[test]
fn a_content_that_a_partial_clone_left_out_is_not_fetched_and_not_taken_for_absent() {
    let trap = Trap::new();
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &quiet());
    repository.commit("Quietly");
    let command = format!("ext::{} %S", trap.word());
    let ssh = "ssh://example.org/plan.git".to_owned();
    let file = format!("file://{}", repository.path().display());
    for url in [&command, &ssh, &file] {
        let clone = partial_clone(&repository, url);
        let set = |key: &str, value: &str| {
            repository.git(&["-C", clone.path().to_str().unwrap(), "config", key, value]);
        };
        set("core.sshCommand", &trap.word());
        set("protocol.ext.allow", "always");
        set("protocol.allow", "always");
        set("remote.origin.uploadpack", &trap.word());
        trap.disarm();
        for format in ["table", "json", "github", "gitlab", "junit", "sarif"] {
            let answer = check_in(clone.path(), &["--against", "origin/main", "--format", format]);
            assert_eq!(answer.status, 4, "{url} {format}: {}{}", answer.stdout, answer.stderr);
            assert_eq!(answer.stdout, "");
            assert!(answer.stderr.contains("from this partial clone"), "{url}: {}", answer.stderr);
            assert!(!trap.was_run(), "{url}");
        }
    }
}

#[test]
fn an_object_that_is_lost_is_not_taken_for_a_plan_that_was_not_there() {
    let repository = Repository::new(PLAN);
    let object = repository.git(&["rev-parse", "main:plan.toml"]);
    repository.write("plan.toml", &quiet());
    repository.commit("Quietly");
    let (directory, name) = object.trim().split_at(2);
    let file = repository.path().join(".git/objects").join(directory).join(name);
    fs::remove_file(file).unwrap();
    let answer = check_in(repository.path(), &["--against", "main"]);
    assert_eq!(answer.status, 4, "{}{}", answer.stdout, answer.stderr);
    assert_eq!(answer.stdout, "");
    assert!(answer.stderr.contains("cannot be read"), "{}", answer.stderr);
}

#[test]
fn a_directory_that_looks_like_a_repository_is_not_taken_for_the_repository() {
    let trap = Trap::new();
    let repository = Repository::new(PLAN);
    let nested = repository.path().join("plans");
    fs::create_dir_all(nested.join("objects")).unwrap();
    fs::create_dir_all(nested.join("refs/heads")).unwrap();
    fs::write(nested.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    let config = format!(
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {}\n",
        trap.word()
    );
    fs::write(nested.join("config"), config).unwrap();
    fs::write(nested.join("objects/.keep"), "").unwrap();
    fs::write(nested.join("refs/heads/.keep"), "").unwrap();
    repository.git(&["mv", "plan.toml", "plans/plan.toml"]);
    repository.write("plans/plan.toml", &quiet());
    repository.commit("Move");
    trap.disarm();
    for directory in [repository.path(), &nested] {
        let file = repository.path().join("plans/plan.toml");
        let file = file.to_str().unwrap();
        let answer = check_in(directory, &["--file", file, "--against", "main"]);
        assert_eq!(answer.status, 1, "{}{}", answer.stdout, answer.stderr);
        assert!(answer.stdout.contains("error[response-altered]"), "{}", answer.stdout);
        assert!(!trap.was_run());
    }
}

#[test]
fn a_replacement_of_the_earlier_commit_or_content_is_not_followed() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &quiet());
    repository.commit("Quietly");
    repository.git(&["replace", "main:plan.toml", "HEAD:plan.toml"]);
    repository.git(&["replace", "main", "HEAD"]);
    let answer = check_in(repository.path(), &["--against", "main"]);
    assert_eq!(answer.status, 1, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stdout.contains("error[response-altered]"), "{}", answer.stdout);
}
