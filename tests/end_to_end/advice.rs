//! Checks that the output of `plan check` fits on a screen, and that every command proposed by a finding works
//! unchanged.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{PLAN, Repository, answer, files, plan, program_path};

/// As-of days on which the plans of the cases have warnings.
const DAYS: [&str; 2] = ["2004-02-01", "2026-04-30"];

/// Returns the commands in the help of a finding: those in backquotes, or after a colon.
fn commands(help: &str) -> Vec<String> {
    let mut found: Vec<String> = help
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|quoted| quoted.starts_with("plan "))
        .map(str::to_owned)
        .collect();
    if let Some((_, command)) = help.split_once(": plan ") {
        found.push(format!("plan {command}"));
    }
    found
}

/// Returns the help lines of the findings of `plan check` with these arguments.
fn checked(directory: &Path, day: &str, words: &[&str]) -> Vec<String> {
    let told =
        answer(plan(directory).args(["check", "--as-of", day, "--format", "json"]).args(words));
    let Ok(found) = serde_json::from_str::<Value>(&told.stdout) else {
        return Vec::new();
    };
    let rows = found["rows"].as_array().unwrap();
    rows.iter().filter_map(|row| Some(row["help"].as_str()?.to_owned())).collect()
}

/// Returns the help lines of the findings of `plan overdue`.
fn overdue(directory: &Path, day: &str) -> Vec<String> {
    let told = answer(plan(directory).args([
        "overdue",
        "--as-of",
        day,
        "--within",
        "90d",
        "--actions",
        "--format",
        "github",
    ]));
    let messages = told.stdout.lines().filter_map(|line| line.rsplit_once("%0A"));
    messages.map(|(_, help)| help.replace("%25", "%")).collect()
}

/// Returns the error if a command fails. Commands that write run with `--dry-run`.
fn failure(directory: &Path, day: &str, command: &str) -> Option<String> {
    let reads = ["check", "edit", "help", "list", "merge", "overdue", "show"];
    let verb = command.split(' ').nth(1).unwrap_or_default();
    let dry = if reads.contains(&verb) { "" } else { " --dry-run" };
    if ["edit", "merge"].contains(&verb) {
        return None;
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{command}{dry}")]).current_dir(directory);
    shell.env("PATH", program_path()).env("PLAN_AS_OF", day).env_remove("PLAN_FILE");
    let told = answer(&mut shell);
    let is_done = told.status == 0 || (told.status == 1 && dry.is_empty());
    (!is_done).then(|| format!("{command}\n{}", told.stderr))
}

#[test]
fn every_command_that_a_finding_of_a_case_names_works_as_it_is() {
    let mut wrong = Vec::new();
    let mut tried = BTreeSet::new();
    for path in files("cases", ".toml") {
        // No command can change an item in an inline table, and every command says so.
        if path.to_string_lossy().contains("an_item_in_braces") {
            continue;
        }
        let directory = TempDir::new().unwrap();
        fs::copy(&path, directory.path().join("plan.toml")).unwrap();
        for day in DAYS {
            let mut helps = checked(directory.path(), day, &[]);
            helps.extend(overdue(directory.path(), day));
            for command in helps.iter().flat_map(|help| commands(help)) {
                if tried.insert((path.clone(), command.clone())) {
                    let failure = failure(directory.path(), day, &command);
                    wrong.extend(failure.map(|failure| format!("{}: {failure}", path.display())));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried.len() > 100, "{}", tried.len());
}

#[test]
fn what_a_history_rule_advises_works_once_the_published_words_are_back() {
    let mut tried = 0;
    for path in files("against", ".diff") {
        let repository = Repository::new(PLAN);
        if path.to_string_lossy().ends_with(".theirs.diff") {
            continue;
        }
        repository.git(&["apply", "--allow-empty", path.to_str().unwrap()]);
        let helps = checked(repository.path(), "2003-08-01", &["--against", "main"]);
        repository.git(&["reset", "--quiet", "--hard", "main"]);
        for command in helps.iter().flat_map(|help| commands(help)) {
            let failure = failure(repository.path(), "2003-08-01", &command);
            assert_eq!(failure, None, "{}", path.display());
            tried += 1;
        }
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn without_the_main_branch_of_the_remote_a_comparison_says_how_to_make_it_known() {
    let repository = Repository::new(PLAN);
    let unknown = repository.plan(&["check", "--against"]);
    assert_eq!(unknown.status, 4);
    assert!(unknown.stderr.contains("there is no remote `origin`"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("`plan check --against HEAD`"), "{}", unknown.stderr);

    let clone = TempDir::new().unwrap();
    let into = clone.path().to_str().unwrap();
    repository.git(&["clone", "--quiet", ".", into]);
    let git = |words: &[&str]| {
        let done = Command::new("git").current_dir(into).args(words).status().unwrap();
        assert!(done.success(), "git {words:?}");
    };
    git(&["remote", "set-head", "origin", "--delete"]);
    let unknown = answer(plan(clone.path()).args(["check", "--against"]));
    assert_eq!(unknown.status, 4);
    assert!(unknown.stderr.contains("`git remote set-head origin --auto`"), "{}", unknown.stderr);
    git(&["remote", "set-head", "origin", "--auto"]);
    let known = answer(plan(clone.path()).args(["check", "--against"]));
    assert_eq!(known.status, 0, "{}", known.stderr);
}

#[test]
fn nothing_overdue_is_not_called_no_fault() {
    let repository = Repository::new(PLAN);
    let told = repository.plan(&["overdue", "--as-of", "2003-05-09", "--format", "github"]);
    assert_eq!((told.status, told.stdout.as_str()), (0, "plan.toml: nothing is overdue\n"));
}

/// Returns a plan with forty recommendations without entries. Their texts are longer than a screen.
fn forty() -> String {
    let mut plan = PLAN.split("[[area]]").next().unwrap().to_owned();
    for number in 1..=40 {
        plan.push_str(&format!(
            "\n[[recommendation]]\nid = \"{number}\"\ntext = \"Do it.\"\ntimescale = \"TBA\"\n\n\
             [[recommendation.action]]\nid = \"{number}.1\"\ntext = \"Begin.\"\n"
        ));
    }
    plan
}

#[test]
fn the_warnings_of_a_plan_fit_on_one_screen_and_verbose_has_each() {
    let repository = Repository::new(&forty());
    let on_screen = |words: &[&str]| {
        let mut command = plan(repository.path());
        answer(command.env("COLUMNS", "80").args(["check", "--as-of", "2003-08-01"]).args(words))
    };
    let told = on_screen(&[]);
    assert_eq!(told.status, 0, "{}", told.stderr);
    assert!(told.stdout.lines().count() <= 24, "{}", told.stdout);
    assert!(told.stdout.contains("(40): 1.1, 2.1, 3.1, "), "{}", told.stdout);
    assert!(told.stdout.contains("12.1, …\n"), "{}", told.stdout);
    assert!(!told.stdout.contains("-->"), "{}", told.stdout);
    let squeezed = told.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        squeezed.ends_with(
            "plan.toml: 80 warnings `plan check --verbose` quotes the lines concerned; \
             `plan help undated` explains a rule."
        ),
        "{squeezed}"
    );
    let verbose = on_screen(&["--verbose"]);
    assert_eq!(verbose.stdout.matches("-->").count(), 80);
    let json = on_screen(&["--format", "json"]);
    assert_eq!(json.stdout.matches("\"help\":").count(), 80);
}

#[test]
fn an_underline_is_no_longer_than_the_screen() {
    let long = "x".repeat(300);
    let text = PLAN.replacen("timescale = \"", &format!("timescale = \"{long}"), 1);
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), text).unwrap();
    for columns in [60, 80, 140] {
        let width = columns.to_string();
        let told = answer(plan(directory.path()).env("COLUMNS", width).arg("check"));
        assert_eq!(told.status, 1, "{}", told.stderr);
        let underline = told.stdout.lines().find(|line| line.contains("^^^")).unwrap();
        let underline = &underline[..underline.rfind('^').unwrap()];
        assert!(underline.chars().count() < columns, "{underline}");
    }
}

#[test]
fn what_a_comparison_finds_keeps_its_source_and_verbose_has_that_of_warnings_too() {
    let repository = Repository::new(PLAN);
    let more = forty().split_once("\n[[recommendation]]").unwrap().1.replace("id = \"", "id = \"N");
    let added = format!("{}\n[[recommendation]]{more}", repository.text());
    repository.write("plan.toml", &added);
    let honest = repository.plan(&["check", "--as-of", "2003-08-01", "--against", "main"]);
    assert_eq!(honest.status, 0, "{}", honest.stdout);
    assert!(!honest.stdout.contains("-->"), "{}", honest.stdout);
    repository.write("plan.toml", &added.replace("two topics", "three topics"));
    let words = ["check", "--as-of", "2003-08-01", "--against", "main", "--verbose"];
    let quiet = repository.plan(&words[..5]);
    assert_eq!(quiet.status, 1, "{}", quiet.stdout);
    assert!(quiet.stdout.contains("error[response-altered]: "), "{}", quiet.stdout);
    assert!(quiet.stdout.contains("-->"), "{}", quiet.stdout);
    assert!(quiet.stdout.lines().count() <= 24, "{}", quiet.stdout);
    let verbose = repository.plan(&words);
    assert_eq!(verbose.stdout.matches("-->").count(), 81, "{}", verbose.stdout);
}
