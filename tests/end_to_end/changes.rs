//! Tests of `plan changes` in real git repositories.

use std::fs;

use crate::support::{Answer, OTHER_PLAN, PLAN, Repository, answer, plan};
use serde_json::Value;
use tempfile::TempDir;

/// Returns a repository with a plan published on 8 May. Recommendation 3 was completed on 20 May, which was recorded on
/// 10 June. On 20 July, recommendation 1 was extended.
fn repository() -> Repository {
    let repository = Repository::new(PLAN);
    repository.git(&["tag", "published"]);
    let recorded = format!("{PLAN}progress = [{{ on = 2003-05-20, status = \"complete\" }}]\n");
    repository.write("plan.toml", &recorded);
    repository.commit_on("2003-06-10", "Record late");
    let words = ["extend", "1", "March 2004", "--reason", "Manual delayed", "--by", "Director"];
    let answer = repository.plan(&[&words[..], &["--on", "2003-07-20"]].concat());
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    repository.commit_on("2003-07-20", "Extend");
    repository
}

fn ask(repository: &Repository, words: &[&str]) -> Answer {
    repository.ask(&[&["changes", "--as-of", "2003-07-31"], words].concat())
}

fn json(repository: &Repository, words: &[&str]) -> Value {
    let answer = ask(repository, &[&["--format", "json"], words].concat());
    serde_json::from_str(&answer.stdout).unwrap()
}

/// Returns the counts of a summary.
fn sum(summary: &Value) -> [u64; 5] {
    ["open_before", "added", "reopened", "closed", "open_now"]
        .map(|name| summary[name].as_u64().unwrap())
}

/// Returns each event as `what id`.
fn events(answer: &Value) -> Vec<String> {
    let rows = answer["rows"].as_array().unwrap().iter();
    let words = |row: &Value, name| row[name].as_str().unwrap().to_owned();
    rows.map(|row| format!("{} {}", words(row, "what"), words(row, "id"))).collect()
}

#[test]
fn an_account_begins_with_what_was_known_then_and_tells_what_was_recorded_late() {
    let repository = repository();
    let answer = json(&repository, &["--since", "2003-05-31"]);
    assert_eq!(sum(&answer["accounts"][0]), [3, 0, 0, 1, 2]);
    assert_eq!(answer["accounts"][0]["source"], "git");
    let events = events(&answer);
    assert!(events.contains(&"completed 3".to_owned()), "{events:?}");
    assert!(events.contains(&"recorded-late 3.1".to_owned()), "{events:?}");
    let later = json(&repository, &["--since", "2003-06-10"]);
    assert_eq!(sum(&later["accounts"][0]), [2, 0, 0, 0, 2]);
}

#[test]
fn a_period_may_begin_with_a_revision() {
    let repository = repository();
    let answer = json(&repository, &["--since", "published"]);
    assert_eq!(answer["accounts"][0]["from"], "2003-05-08");
    let rows = answer["rows"].as_array().unwrap();
    let extended = rows.iter().rfind(|row| row["what"] == "extended").unwrap();
    assert_eq!(extended["old"], "September 2003");
    assert_eq!((&extended["new"], &extended["times"]), (&"March 2004".into(), &2.into()));
    assert_eq!(
        (&extended["reason"], &extended["by"]),
        (&"Manual delayed".into(), &"Director".into())
    );
    let refused = repository.plan(&["changes", "--since", "nowhere"]);
    assert_eq!((refused.status, refused.stdout.as_str()), (4, ""));
    for words in ["git has no revision `nowhere`", "last-meeting", "write 2003-12-31"] {
        assert!(refused.stderr.contains(words), "{}", refused.stderr);
    }
}

#[test]
fn a_period_older_than_the_first_commit_is_told_from_the_entries_and_says_so() {
    let repository = Repository::new(PLAN);
    repository.git(&["commit", "--quiet", "--amend", "--date", "2003-07-01", "-m", "Late"]);
    repository.git_on("2003-07-01", &["commit", "--quiet", "--amend", "-m", "Publish in July"]);
    let text = ask(&repository, &["--since", "2003-06-01"]).stdout;
    let reason = "Based on entry dates: git history starts on 2003-07-01.";
    assert!(text.contains(reason), "{text}");
    assert!(!text.contains("Recorded late"), "{text}");
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), PLAN).unwrap();
    let mut program = plan(directory.path());
    let text = answer(program.args(["changes", "--as-of", "2003-07-31"])).stdout;
    assert!(text.contains("Based on entry dates: the plan is not in a git repository"), "{text}");
}

#[test]
fn a_version_that_is_no_valid_plan_is_named_and_the_one_before_it_counts() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", "<<<<<<< ours\n=======\n>>>>>>> theirs\n");
    repository.commit_on("2003-06-01", "Conflict");
    repository.write("plan.toml", PLAN);
    let text = ask(&repository, &["--since", "2003-06-02"]).stdout;
    assert!(text.contains("is not a valid plan: git could not"), "{text}");
    assert!(text.contains("Opening   3"), "{text}");
}

#[test]
fn a_period_that_begins_while_the_plan_was_gone_begins_with_its_last_version() {
    let repository = repository();
    repository.git(&["rm", "--quiet", "plan.toml"]);
    repository.commit_on("2003-07-21", "Take it away");
    repository.git(&["checkout", "--quiet", "HEAD~1", "--", "plan.toml"]);
    repository.commit_on("2003-07-25", "Bring it back");
    let text = ask(&repository, &["--since", "2003-07-22"]).stdout;
    assert!(text.contains("made on 2003-07-20."), "{text}");
    assert!(text.contains("removed the plan"), "{text}");
}

#[test]
fn a_repository_that_git_cannot_read_is_an_error_and_not_taken_for_none() {
    let repository = repository();
    let mut program = plan(repository.path());
    let refused =
        answer(program.args(["changes", "--as-of", "2003-07-31"]).env("PATH", "/nowhere"));
    assert_eq!((refused.status, refused.stdout.as_str()), (4, ""));
    assert!(refused.stderr.contains("git cannot be run"), "{}", refused.stderr);
}

#[test]
fn a_dropped_recommendation_is_closed_and_a_new_one_added() {
    let repository = repository();
    let text = fs::read_to_string(repository.path().join("plan.toml")).unwrap();
    let (rest, _) = text.split_once("[[recommendation]]\nid = \"3\"").unwrap();
    let new =
        "[[recommendation]]\nid = \"4\"\ntext = \"Something else.\"\ntimescale = \"2004-01\"\n";
    repository.write("plan.toml", &format!("{rest}{new}"));
    let answer = json(&repository, &["--since", "2003-05-31"]);
    assert_eq!(sum(&answer["accounts"][0]), [3, 1, 0, 1, 3]);
    let events = events(&answer);
    assert!(events.contains(&"dropped 3".to_owned()), "{events:?}");
    assert!(events.contains(&"added 4".to_owned()), "{events:?}");
}

#[test]
fn an_account_is_the_same_in_every_format_and_one_a_plan() {
    let repository = repository();
    repository.write("fleet.toml", OTHER_PLAN);
    repository.commit_on("2003-07-21", "Add another");
    let words = ["--since", "2003-05-31", "-f", "plan.toml", "-f", "fleet.toml"];
    let answer = json(&repository, &words);
    let summaries = answer["accounts"].as_array().unwrap();
    assert_eq!(summaries.len(), 2);
    assert_eq!(summaries[1]["source"], "entries");
    let csv = ask(&repository, &[&["--format", "csv"], &words[..]].concat()).stdout;
    let markdown = ask(&repository, &[&["--format", "markdown"], &words[..]].concat()).stdout;
    let table = ask(&repository, &words).stdout;
    assert_eq!(csv.lines().count(), 1 + 2 * 5 + answer["rows"].as_array().unwrap().len());
    for summary in summaries {
        let [before, .., now] = sum(summary);
        let plan = summary["plan"].as_str().unwrap();
        assert!(csv.contains(&format!("{plan},2003-05-31,2003-07-31,")), "{csv}");
        assert!(table.contains(&format!("Closing   {now}\n")), "{table}");
        assert!(markdown.contains(&format!("| Opening | {before} |")), "{markdown}");
    }
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    let repository = repository();
    let answer = repository.plan(&["changes", "--since", "2003-07-01", "--as-of", "2003-06-01"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (2, ""));
}
