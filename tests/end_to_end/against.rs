//! Tests of `plan check --against` in real git repositories. A case is a set of files: `tests/against/NAME.diff` is
//! applied to `plan.toml` on a branch, `NAME.theirs.diff` to the main branch at the same time, and `NAME.txt` is the
//! output. `TRYCMD=overwrite` replaces the output files.

use std::{env, fs, path::Path, process::Command};

use crate::support::{PLAN, Repository, answer, check, files, plan};
use tempfile::TempDir;

#[test]
fn every_quiet_change_is_found_and_every_honest_one_passes() {
    let mut wrong = Vec::new();
    for diff in files("against", ".diff") {
        if diff.to_string_lossy().ends_with(".theirs.diff") {
            continue;
        }
        let printed = case(&diff);
        let expected = diff.with_extension("txt");
        if env::var_os("TRYCMD").is_some_and(|wish| wish == "overwrite") {
            fs::write(&expected, &printed).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != printed {
            wrong.push(format!("{}\n{printed}", diff.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn case(diff: &Path) -> String {
    let repository = Repository::new(PLAN);
    let theirs = diff.with_extension("theirs.diff");
    if theirs.exists() {
        repository.git(&["checkout", "--quiet", "main"]);
        repository.git(&["apply", "--index", theirs.to_str().unwrap()]);
        repository.commit("Meanwhile");
        repository.git(&["checkout", "--quiet", "change"]);
    }
    repository.git(&["apply", "--index", diff.to_str().unwrap()]);
    let file = repository.git(&["ls-files", "*.toml"]);
    let words = ["--file", file.trim(), "--against", "main", "--verbose"];
    let told = check(&repository, &words);
    let base = repository.git(&["rev-parse", "--short=10", "change"]);
    let told = format!("exit status {}\n{}{}", told.status, told.stdout, told.stderr);
    told.replace(base.trim(), "COMMIT")
}

#[test]
fn a_committed_change_is_found_as_an_uncommitted_one_is() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    repository.commit("Quietly");
    let told = check(&repository, &["--against", "main"]);
    assert_eq!(told.status, 1, "{}", told.stdout);
    assert!(told.stdout.contains("error[response-altered]"), "{}", told.stdout);
}

#[test]
fn a_rename_is_followed_through_history_however_much_has_changed_since() {
    let repository = Repository::new(PLAN);
    fs::create_dir(repository.path().join("plans")).unwrap();
    repository.git(&["mv", "plan.toml", "plans/audit.toml"]);
    repository.commit("Move");
    repository.git(&["mv", "plans/audit.toml", "audit.toml"]);
    repository.commit("Move again");
    let rest = PLAN.split("[[recommendation]]").next().unwrap();
    repository.write("audit.toml", rest);
    repository.commit("Quietly");
    let told = check(&repository, &["--file", "audit.toml", "--against", "main"]);
    assert_eq!(told.status, 1, "{} {}", told.stdout, told.stderr);
    assert_eq!(told.stdout.matches("error[dropped]").count(), 3, "{}", told.stdout);
    assert!(told.stderr.contains("compared with plan.toml at "), "{}", told.stderr);
}

#[test]
fn a_plan_that_was_not_there_yet_has_nothing_to_be_compared_with() {
    let repository = Repository::new(PLAN);
    repository.write("other.toml", crate::support::OTHER_PLAN);
    repository.git(&["add", "--all"]);
    let told = check(&repository, &["--file", "other.toml", "--against", "main"]);
    assert_eq!(told.status, 0, "{} {}", told.stdout, told.stderr);
    assert!(told.stderr.contains("other.toml is new since"), "{}", told.stderr);
}

#[test]
fn a_file_that_git_does_not_track_is_not_taken_for_a_new_one() {
    let repository = Repository::new(PLAN);
    fs::rename(repository.path().join("plan.toml"), repository.path().join("moved.toml")).unwrap();
    let told = check(&repository, &["--file", "moved.toml", "--against", "main"]);
    assert_eq!(told.status, 4);
    assert_eq!(told.stdout, "");
    assert!(told.stderr.contains("git does not track this file"), "{}", told.stderr);
}

#[test]
fn a_missing_revision_and_a_shallow_clone_are_told_apart() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    repository.commit("Quietly");
    let missing = check(&repository, &["--against", "mian"]);
    assert_eq!(missing.status, 4);
    assert_eq!(missing.stdout, "");
    assert!(missing.stderr.contains("git has no revision `mian`"), "{}", missing.stderr);

    let elsewhere = TempDir::new().unwrap();
    let from = format!("file://{}", repository.path().display());
    repository.git(&[
        "clone",
        "--quiet",
        "--depth=1",
        "--branch=change",
        &from,
        elsewhere.path().to_str().unwrap(),
    ]);
    for revision in ["main", "origin/main", "HEAD~1"] {
        let words = ["check", "--against", revision];
        let shallow = answer(plan(elsewhere.path()).args(words));
        assert_eq!(shallow.status, 4, "{revision}");
        assert_eq!(shallow.stdout, "");
        for advice in ["this clone is shallow", "fetch-depth: 0", "git fetch --unshallow"] {
            assert!(shallow.stderr.contains(advice), "{revision}: {}", shallow.stderr);
        }
    }
}

#[test]
fn histories_cut_off_before_they_meet_are_a_shallow_clone_too() {
    let repository = Repository::new(PLAN);
    repository.commit("One more");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.commit("Meanwhile");
    let elsewhere = TempDir::new().unwrap();
    let from = format!("file://{}", repository.path().display());
    let to = elsewhere.path().to_str().unwrap();
    repository.git(&["clone", "--quiet", "--depth=1", "--no-single-branch", &from, to]);
    let told = answer(plan(elsewhere.path()).args(["check", "--against", "origin/change"]));
    assert_eq!(told.status, 4);
    assert!(told.stderr.contains("this clone is shallow"), "{}", told.stderr);
}

#[test]
fn without_a_revision_the_target_branch_is_compared_with() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    repository.commit("Quietly");
    let elsewhere = TempDir::new().unwrap();
    let from = repository.path().to_str().unwrap();
    let to = elsewhere.path().to_str().unwrap();
    repository.git(&["clone", "--quiet", "--branch=change", from, to]);
    let base = repository.git(&["rev-parse", "main"]);
    let says = |name: &str, value: &str| {
        let mut command = plan(elsewhere.path());
        answer(command.env(name, value).args(["check", "--against"]))
    };
    for (name, value) in
        [("GITHUB_BASE_REF", "main"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.trim())]
    {
        let told = says(name, value);
        assert_eq!(told.status, 1, "{name}: {}", told.stderr);
        assert!(told.stdout.contains("error[response-altered]"), "{name}: {}", told.stdout);
    }
    let unknown = answer(plan(repository.path()).args(["check", "--against"]));
    assert_eq!(unknown.status, 4);
    assert!(unknown.stderr.contains("`origin/HEAD`"), "{}", unknown.stderr);
}

#[test]
fn outside_of_a_repository_there_is_nothing_to_compare_with() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), PLAN).unwrap();
    let told = answer(plan(directory.path()).args(["check", "--against", "main"]));
    assert_eq!(told.status, 4);
    assert_eq!(told.stdout, "");
    assert!(told.stderr.contains("not a git repository"), "{}", told.stderr);
}

#[test]
fn a_revision_cannot_be_an_option_of_git() {
    let repository = Repository::new(PLAN);
    let told = repository.plan(&["check", "--against=--upload-pack=touch x"]);
    assert_eq!(told.status, 2);
    assert!(told.stderr.contains("is not a revision"), "{}", told.stderr);
}

#[test]
fn a_plan_that_never_was_valid_is_said_not_to_be_compared_and_can_be_let_through() {
    let repository = Repository::new(&PLAN.replace("\"June 2003\"", "\"Juni 2003\""));
    let policy = "\n[policy.lints]\nnot-compared = \"off\"\n\n[[area]]";
    repository.write("plan.toml", &PLAN.replacen("\n[[area]]", policy, 1));
    let told = check(&repository, &["--against", "main"]);
    assert_eq!(told.status, 1, "{}", told.stdout);
    assert!(told.stdout.contains("error[not-compared]"), "{}", told.stdout);
    let passed = check(&repository, &["--against", "main", "--warn", "not-compared"]);
    assert_eq!(passed.status, 0, "{}", passed.stdout);
}

#[test]
fn a_broken_plan_is_said_not_to_have_been_compared() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("\"June 2003\"", "\"Juni 2003\""));
    let told = check(&repository, &["--against", "main"]);
    assert_eq!(told.status, 1);
    assert!(told.stdout.contains("error[bad-timescale]"), "{}", told.stdout);
    assert!(told.stderr.contains("not compared"), "{}", told.stderr);
}

#[cfg(unix)]
#[test]
fn the_quiet_change_is_found_from_a_hook_of_git_too() {
    use std::os::unix::fs::PermissionsExt;
    let repository = Repository::new(PLAN);
    let hook = repository.path().join(".git/hooks/pre-commit");
    let program = env!("CARGO_BIN_EXE_plan");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, format!("#!/bin/sh\nexec {program} check --against HEAD\n")).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    let committed = Command::new("git")
        .current_dir(repository.path())
        .args(["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-aqm", "Quietly"])
        .output()
        .unwrap();
    assert!(!committed.status.success());
    let said = String::from_utf8_lossy(&committed.stderr).into_owned()
        + &String::from_utf8_lossy(&committed.stdout);
    assert!(said.contains("response-altered"), "{said}");
}
