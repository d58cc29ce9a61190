//! Tests of `--at` in real git repositories: plans as they were at a revision or on a day.

use std::fs;

use crate::support::{Answer, OTHER_PLAN, PLAN, Repository};
use serde_json::Value;
use tempfile::TempDir;

/// Returns the plan with an entry dated `on` that completes its last action.
fn completed(on: &str) -> String {
    assert!(PLAN.trim_end().ends_with("customer surveys.\""));
    format!("{PLAN}progress = [{{ on = {on}, status = \"complete\" }}]\n")
}

/// Returns a repository with a plan published on 8 May. On 10 July, the completion of 3.1 on 20 June is recorded.
fn repository() -> Repository {
    let repository = Repository::new(PLAN);
    repository.git(&["tag", "published"]);
    repository.write("plan.toml", &completed("2003-06-20"));
    repository.commit_on("2003-07-10", "Record late");
    repository
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.stdout).unwrap()
}

/// Returns the progress of action 3.1.
fn progress(repository: &Repository, words: &[&str]) -> String {
    let words = [&["list", "--actions", "--format", "json"], words].concat();
    let answer = json(&repository.ask(&words));
    let rows = answer["rows"].as_array().unwrap().iter();
    let row = rows.clone().find(|row| row["id"] == "3.1").unwrap();
    row["progress"].as_str().unwrap().to_owned()
}

#[test]
fn what_was_recorded_later_was_not_known_whenever_it_was_true() {
    let repository = repository();
    for (words, expected) in [
        (&["--as-of", "2003-06-30"] as &[&str], "complete"),
        (&["--at", "2003-06-30"], "not-started"),
        (&["--at", "published", "--as-of", "2003-12-31"], "not-started"),
        (&["--at", "HEAD", "--as-of", "2003-06-30"], "complete"),
        (&["--at", "HEAD", "--as-of", "2003-06-19"], "not-started"),
        (&["--at", "2003-07-10"], "complete"),
        (&["--at", "2003-07-09", "--as-of", "2003-07-31"], "not-started"),
        (&["--at", "June 2003"], "not-started"),
        (&["--at", "-1w", "--as-of", "2003-07-16"], "not-started"),
    ] {
        assert_eq!(progress(&repository, words), expected, "{words:?}");
    }
}

#[test]
fn a_day_is_also_the_as_of_day_unless_one_is_given() {
    let repository = repository();
    let as_of = |words: &[&str]| {
        let answer = repository.ask(&[&["status", "--format", "json"], words].concat());
        json(&answer)["as_of"].as_str().unwrap().to_owned()
    };
    assert_eq!(as_of(&["--at", "2003-06-30"]), "2003-06-30");
    assert_eq!(as_of(&["--at", "2003-06-30", "--as-of", "2003-07-01"]), "2003-07-01");
    assert_eq!(as_of(&["--at", "published", "--as-of", "2003-07-01"]), "2003-07-01");
}

#[test]
fn every_reading_command_says_which_commit_it_answers_from() {
    let repository = repository();
    let commit = repository.git(&["rev-parse", "--short=10", "published"]);
    for words in [&["status"] as &[&str], &["list"], &["show", "1"], &["overdue"], &["check"]] {
        let answer = repository.ask(&[words, &["--at", "2003-05-20"]].concat());
        assert_eq!(
            answer.stderr,
            format!("the plan as it was in commit {} of 2003-05-08\n", commit.trim())
        );
    }
}

#[test]
fn a_plan_is_found_under_the_path_that_it_had_then() {
    let repository = repository();
    repository.git(&["mv", "plan.toml", "audit.toml"]);
    repository.commit_on("2003-08-01", "Rename");
    let words = ["list", "-f", "audit.toml", "--at", "published"];
    assert!(repository.ask(&words).stdout.contains("RECOMMENDATION"));
    // The plan was deleted since, but existed at that revision.
    repository.ask(&["status", "--at", "published"]);
}

#[test]
fn the_faults_of_an_old_version_are_told_with_where_it_comes_from() {
    let repository = repository();
    repository.write("plan.toml", &PLAN.replace("June 2003", "Juni 2003"));
    repository.commit_on("2003-08-01", "Break");
    let commit = repository.git(&["rev-parse", "--short=10", "HEAD"]);
    repository.write("plan.toml", PLAN);
    let answer = repository.plan(&["status", "--at", "HEAD"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (3, ""));
    let place = format!("plan.toml at {}:", commit.trim());
    assert!(answer.stderr.contains(&place), "{}", answer.stderr);
    let answer = repository.plan(&["check", "--at", "HEAD"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stdout.contains(&place), "{}", answer.stdout);
}

#[test]
fn what_git_cannot_tell_is_an_error_that_says_what_would_be_right() {
    let repository = repository();
    let refused = |words: &[&str], status: i32, message: &str| {
        let answer = repository.plan(&[&["status"], words].concat());
        assert_eq!((answer.status, answer.stdout.as_str()), (status, ""), "{}", answer.stderr);
        assert!(answer.stderr.contains(message), "{}", answer.stderr);
    };
    refused(&["--at", "nowhere"], 4, "git has no revision `nowhere`");
    refused(&["--at", "2003/05/20"], 4, "write 2003-12-31");
    refused(&["--at", "2003-05-07"], 4, "the first commit was made on 2003-05-08");
    refused(&["--at", "2003-02-30"], 2, "February 2003, which has 28 days");
    refused(&["--at", "--output=x"], 2, "neither a date nor a git revision");
    refused(&["--at", "HEAD", "-f", "other.toml"], 3, "this plan did not exist at ");
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("plan.toml"), PLAN).unwrap();
    let file = outside.path().join("plan.toml");
    refused(&["--at", "HEAD", "-f", file.to_str().unwrap()], 4, "not a git repository");
    let answer = repository.plan(&["check", "--at", "HEAD", "--against", "main"]);
    assert_eq!(answer.status, 2);
    let answer = repository.plan(&["mark", "1.1", "complete", "--at", "HEAD"]);
    assert_eq!(answer.status, 2);
}

#[test]
fn a_portfolio_answers_with_the_plans_that_were_there_and_names_the_others() {
    let repository = repository();
    repository.write("fleet.toml", OTHER_PLAN);
    repository.commit_on("2003-08-01", "Add another");
    let ids = |answer: &Answer| -> Vec<String> {
        let answer = json(answer);
        let rows = answer["rows"].as_array().unwrap().iter();
        rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let list = ["list", "--format", "json", "-f", ".", "--at"];
    let now = repository.ask(&[&list[..], &["HEAD"]].concat());
    assert!(ids(&now).contains(&"fleet/1".to_owned()));
    let then = repository.ask(&[&list[..], &["2003-07-31"]].concat());
    assert!(ids(&then).iter().all(|id| !id.starts_with("fleet/")) && !ids(&then).is_empty());
    assert!(then.stderr.contains("fleet.toml: this plan did not exist at"), "{}", then.stderr);
}

#[test]
fn a_log_an_account_and_a_burn_up_end_with_the_version_that_is_asked_about() {
    let repository = repository();
    repository.git(&["mv", "plan.toml", "actions.toml"]);
    repository.commit_on("2003-08-01", "Rename");
    let later = completed("2003-06-20").replace("two topics", "three topics");
    repository.write("actions.toml", &later);
    repository.commit_on("2003-09-01", "Change a text");
    repository.write("actions.toml", &later.replace("three topics", "four topics"));
    let rows = |words: &[&str]| {
        let words = [words, &["-f", "actions.toml", "--format", "json"]].concat();
        json(&repository.ask(&words))["rows"].as_array().unwrap().clone()
    };
    let newest = |words: &[&str]| rows(&[&["log"], words].concat())[0]["day"].clone();
    assert!(newest(&[]).is_null(), "what is not committed is told without --at");
    assert_eq!(newest(&["--at", "HEAD"]), "2003-09-01");
    assert_eq!(newest(&["--at", "2003-08-15"]), "2003-07-10");
    assert_eq!(newest(&["--at", "published"]), "2003-05-08");
    let completed = |words: &[&str]| {
        let words = [&["changes", "--since", "published"], words].concat();
        rows(&words).iter().filter(|row| row["what"] == "completed").count()
    };
    assert_eq!(completed(&["--as-of", "2003-06-30"]), 1, "it was true");
    assert_eq!(completed(&["--at", "2003-06-30"]), 0, "it was not known");
    assert_eq!(completed(&["--at", "2003-07-31"]), 1);
    let known = |at: &str| {
        let rows = rows(&["burnup", "--as-of", "2003-12-31", "--at", at]);
        rows.last().unwrap()["complete"].as_u64()
    };
    assert_eq!((known("published"), known("HEAD")), (Some(0), Some(1)));
}

#[test]
fn an_as_of_day_is_refused_where_it_would_change_nothing() {
    let repository = repository();
    for (command, help) in [("diff", "plan diff REV REV"), ("log", "plan log --at DATE")] {
        let answer = repository.plan(&[command, "--as-of", "2003-06-30"]);
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.contains(help), "{}", answer.stderr);
    }
    repository.ask(&["log", "--at", "-1w", "--as-of", "2003-07-31"]);
}
