//! Tests of the shell scripts in the GitHub action, in the GitLab component and in docs/ci.md, run in real
//! repositories. Also tests the paths in the documents for developers.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{Answer, PLAN, Repository, answer, program_path, quiet};
use tempfile::TempDir;

const JOBS: &str = include_str!("../../docs/ci.md");
const ACTION: &str = include_str!("../../action.yml");
const COMPONENT: &str = include_str!("../../templates/plan.yml");
const README: &str = include_str!("../../README.md");

/// Returns the code block in docs/ci.md that begins with this line.
fn block(first: &str) -> String {
    block_of(JOBS, first)
}

fn block_of(page: &str, first: &str) -> String {
    let mut blocks = page.split("```").skip(1).step_by(2);
    let found =
        blocks.find_map(|block| block.split_once('\n')?.1.starts_with(first).then_some(block));
    let (_, code) =
        found.unwrap_or_else(|| panic!("no block begins with {first}")).split_once('\n').unwrap();
    code.to_owned()
}

/// Returns the script with this second line. The first line names the interpreter.
fn script(second: &str) -> String {
    block(&format!("#!/bin/sh\n# {second}"))
}

/// Returns the lines of a job that run `plan`, from `marker` to the next line without indentation.
fn commands(job: &str, marker: &str) -> String {
    let part = job.split_once(marker).unwrap().1;
    let lines = part.lines().skip(1).take_while(|line| line.is_empty() || line.starts_with(' '));
    let commands = lines.filter_map(|line| {
        let line = line.trim_start_matches(['-', ' ']);
        let line = line.strip_prefix("run: ").unwrap_or(line);
        line.starts_with("plan ").then_some(line)
    });
    let script = commands.collect::<Vec<_>>().join("\n");
    assert!(!script.is_empty());
    script
}

/// Runs a script as a job does: it stops at the first command that fails.
fn run(directory: &Path, script: &str, variables: &[(&str, &str)]) -> Answer {
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", script]);
    run_in(&mut shell, directory, variables)
}

fn run_in(command: &mut Command, directory: &Path, variables: &[(&str, &str)]) -> Answer {
    for name in ["PLAN_FILE", "GITHUB_BASE_REF", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    command
        .current_dir(directory)
        .env("PATH", program_path())
        .env("PLAN_AS_OF", "2003-08-01")
        .envs(variables.iter().copied());
    answer(command)
}

/// Returns a repository, and a clone of it in which the plan was replaced by `change`.
fn clone(change: &str) -> (Repository, TempDir) {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", change);
    repository.commit("Change the plan");
    let clone = TempDir::new().unwrap();
    let (from, to) = (repository.path().to_str().unwrap(), clone.path().to_str().unwrap());
    repository.git(&["clone", "--quiet", "--branch=change", from, to]);
    (repository, clone)
}

fn honest() -> String {
    PLAN.replace(
        "note = \"First report drafted.\" },",
        "note = \"First report drafted.\" },\n  { on = 2003-07-20, status = \"complete\", evidence = [\"report.pdf\"] },",
    )
}

/// Returns the script of a step in the GitHub action.
fn step(name: &str) -> String {
    let step = ACTION.split_once(&format!("- name: {name}\n")).unwrap().1;
    let run = step.split_once("run: |\n").unwrap().1;
    let lines = run.lines().take_while(|line| line.starts_with("        "));
    lines.map(|line| format!("{}\n", &line[8..])).collect()
}

/// Runs the GitHub action for an event, and returns the output of the step that checks the plan.
fn github(directory: &Path, event: &str, variables: &[(&str, &str)]) -> Answer {
    let variables = [&[("GITHUB_EVENT_NAME", event)], variables].concat();
    run(directory, &step("Check the plan"), &variables)
}

#[test]
fn the_github_job_is_red_for_a_quiet_change_and_green_for_an_honest_one() {
    for (change, status) in [(quiet(), 1), (honest(), 0)] {
        let (repository, clone) = clone(&change);
        let summary = clone.path().join(".git/summary.md");
        let variables =
            [("GITHUB_BASE_REF", "main"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
        let told = github(clone.path(), "pull_request", &variables);
        assert_eq!(told.status, status, "{}{}", told.stdout, told.stderr);
        assert_eq!(told.stdout.contains("::error file=plan.toml,"), status == 1);
        assert!(fs::read_to_string(summary).unwrap().contains("### plan check"));

        let before = repository.git(&["rev-parse", "main"]);
        let told = github(clone.path(), "push", &[("BEFORE", before.trim())]);
        assert_eq!(told.status, status, "{}{}", told.stdout, told.stderr);
    }
}

#[test]
fn the_github_job_is_red_for_a_forced_push_that_drops_a_record() {
    let (repository, clone) = clone(&honest());
    let before = repository.git(&["rev-parse", "change"]);
    repository.git(&["-C", clone.path().to_str().unwrap(), "reset", "--quiet", "--hard", "HEAD~1"]);
    let answer = github(clone.path(), "push", &[("BEFORE", before.trim())]);
    assert_eq!(answer.status, 1, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stdout.contains("title=entry-altered"), "{}", answer.stdout);
}

#[test]
fn the_github_job_compares_a_new_branch_with_the_main_one() {
    let zeros = "0".repeat(40);
    for (change, status) in [(quiet(), 1), (honest(), 0)] {
        let (repository, clone) = clone(&change);
        let at = ["-C", clone.path().to_str().unwrap()];
        repository.git(&[&at[..], &["remote", "set-head", "origin", "--delete"]].concat());
        let answer = github(clone.path(), "push", &[("BEFORE", &zeros)]);
        assert_eq!(answer.status, status, "{}{}", answer.stdout, answer.stderr);
    }
}

#[test]
fn the_github_job_is_red_on_the_day_after_a_deadline() {
    let (_repository, clone) = clone(&honest());
    let overdue = |event, as_of| {
        let none_fail = [("FAIL", "false"), ("WITHIN", "30d")];
        let variables = [&[("PLAN_AS_OF", as_of), ("GITHUB_EVENT_NAME", event)], &none_fail[..]];
        run(clone.path(), &step("Tell what is overdue"), &variables.concat())
    };
    let late = |as_of| overdue("schedule", as_of);
    let told = overdue("push", "2004-01-01");
    assert!(told.status == 0 && told.stdout.contains("::error file=plan.toml,"), "{}", told.stdout);
    assert_eq!(late("2004-01-01").status, 1);
    assert!(late("2004-01-01").stdout.contains("::error file=plan.toml,"));
    assert_eq!(late("2003-12-31").status, 0);
}

#[test]
fn the_gitlab_jobs_are_red_when_they_should_be_and_leave_their_reports() {
    let job = COMPONENT;
    for (change, status) in [(quiet(), 1), (honest(), 0)] {
        let (repository, clone) = clone(&change);
        let base = repository.git(&["rev-parse", "main"]);
        let variables = [("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.trim())];
        let told = run(clone.path(), &commands(job, "\nplan-check:"), &variables);
        assert_eq!(told.status, status, "{}{}", told.stdout, told.stderr);
        let report = fs::read_to_string(clone.path().join("plan-quality.json")).unwrap();
        assert_eq!(report.contains("response-altered"), status == 1);
    }
    let (_repository, clone) = clone(&honest());
    let told =
        run(clone.path(), &commands(job, "\nplan-overdue:"), &[("PLAN_AS_OF", "2004-01-01")]);
    assert_eq!(told.status, 1, "{}", told.stderr);
    let report = fs::read(clone.path().join("plan-overdue.xml")).unwrap();
    assert_eq!(junit_parser::from_reader(report.as_slice()).unwrap().failures, 1);
}

fn executable(path: PathBuf, text: &str) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn the_hook_lets_an_honest_commit_through_and_stops_a_quiet_one() {
    let hook = script(".githooks/pre-commit");
    let repository = Repository::new(PLAN);
    executable(repository.path().join(".githooks/pre-commit"), &hook);
    repository.git(&["config", "core.hooksPath", ".githooks"]);
    let commit = |plan: &str| {
        repository.write("plan.toml", plan);
        let mut git = Command::new("git");
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
        run_in(git.args(["commit", "--quiet", "-am", "Change"]), repository.path(), &[])
    };
    let told = commit(&honest());
    assert_eq!(told.status, 0, "{}{}", told.stdout, told.stderr);
    let told = commit(&quiet());
    assert_eq!(told.status, 1);
    assert!((told.stdout + &told.stderr).contains("response-altered"));
}

#[test]
fn the_hook_checks_the_first_commit_too() {
    let directory = TempDir::new().unwrap();
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
        run_in(git.args(words), directory.path(), &[])
    };
    git(&["init", "--quiet"]);
    executable(directory.path().join(".githooks/pre-commit"), &script(".githooks/pre-commit"));
    git(&["config", "core.hooksPath", ".githooks"]);
    fs::write(directory.path().join("plan.toml"), PLAN.replace("June 2003", "Juni 2003")).unwrap();
    git(&["add", "--all"]);
    assert_eq!(git(&["commit", "--quiet", "-m", "Publish"]).status, 1);
    fs::write(directory.path().join("plan.toml"), PLAN).unwrap();
    git(&["add", "--all"]);
    assert_eq!(git(&["commit", "--quiet", "-m", "Publish"]).status, 0);
}

#[test]
fn the_cron_script_is_silent_until_something_is_late_and_says_when_the_plan_is_broken() {
    let directory = TempDir::new().unwrap();
    let late = directory.path().join("plan-late");
    fs::write(&late, script("plan-late")).unwrap();
    let records = TempDir::new().unwrap();
    let ask = |as_of| {
        let mut cron = Command::new("sh");
        cron.arg(&late).arg(records.path());
        run_in(&mut cron, directory.path(), &[("PLAN_AS_OF", as_of)])
    };
    fs::write(records.path().join("plan.toml"), PLAN).unwrap();
    let told = ask("2003-06-30");
    assert_eq!((told.status, told.stdout.as_str(), told.stderr.as_str()), (0, "", ""));
    let told = ask("2004-01-01");
    assert_eq!(told.status, 1);
    assert!(told.stdout.contains("13 weeks"), "{}", told.stdout);
    fs::write(records.path().join("plan.toml"), PLAN.replace("June 2003", "Juni 2003")).unwrap();
    let told = ask("2003-06-30");
    assert_eq!((told.status, told.stdout.trim()), (3, ""));
    assert!(told.stderr.contains("bad-timescale"), "{}", told.stderr);
}

#[test]
fn the_start_that_the_readme_shows_ends_with_an_overdue_recommendation() {
    let directory = TempDir::new().unwrap();
    let who = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
    let mut variables = who.map(|name| (name, "A")).to_vec();
    variables.push(("PLAN_AS_OF", "2021-04-08"));
    let told = run(directory.path(), &block_of(README, "git init audit"), &variables);
    assert_eq!(told.status, 1, "{}{}", told.stdout, told.stderr);
    assert!(told.stdout.contains("8 days"), "{}", told.stdout);
}

#[test]
fn every_link_of_a_document_leads_to_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    for path in pages.chain([root.join("README.md")]) {
        let page = fs::read_to_string(&path).unwrap();
        let links = page.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        for (link, _) in links.filter(|(link, _)| !link.contains("://")) {
            let file = link.split('#').next().unwrap();
            let target = path.parent().unwrap().join(file);
            assert!(target.exists(), "{} links to {link}", path.display());
        }
    }
}

#[test]
fn every_path_that_documents_for_developers_name_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "benches/README.md"] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        let words = text.split(|sign: char| sign.is_whitespace() || "`()|,;:".contains(sign));
        let paths = words.map(|word| word.trim_end_matches('.')).filter(|word| {
            ["src/", "tests/", "benches/", "templates/", ".ci/"]
                .iter()
                .any(|room| word.starts_with(room))
        });
        let mut count = 0;
        for path in paths {
            assert!(root.join(path).exists(), "{name} names {path}");
            count += 1;
        }
        assert!(count > 0, "{name} names no path");
    }
}
