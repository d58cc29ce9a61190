//! Tests of `plan undo` in real git repositories.

use std::fs;

use crate::support::{PLAN, Repository, done};

fn refused(repository: &Repository, words: &[&str], status: i32) -> String {
    let before = repository.text();
    let answer = repository.plan(words);
    assert_eq!(answer.status, status, "{words:?}: {}", answer.stderr);
    assert_eq!(repository.text(), before);
    answer.stderr
}

#[test]
fn undo_leaves_the_file_as_it_was_committed_to_the_byte_whatever_was_recorded() {
    for words in [
        &["note", "1.1", "Heard"] as &[&str],
        &["mark", "3.1", "complete"],
        &["extend", "1", "December 2003", "--reason", "Staff moved"],
        &["extend", "1", "December 2003", "--request", "--reason", "Staff moved"],
        &["extend", "3.1", "May 2004", "--reason", "Later"],
        &["verify", "2", "--by", "Internal Audit"],
        &["amend", "1.1", "owner", "Social Care", "--reason", "Moved"],
        &["amend", "3", "area", "reviews", "--reason", "Wrong heading"],
        &["amend", "3", "title", "Indicators", "--reason", "Shorter"],
    ] {
        let repository = Repository::new(PLAN);
        done(&repository, words);
        assert_ne!(repository.text(), PLAN);
        let answer = done(&repository, &["undo"]);
        assert!(answer.stderr.starts_with("undid the "), "{}", answer.stderr);
        assert_eq!(repository.text(), PLAN, "{words:?}");
    }
}

#[test]
fn undo_takes_back_an_answer_with_its_day_words_and_timescale() {
    let asked = "[[recommendation]]\nid = \"9\"\ntext = \"Answer this.\"\nresponse = \"awaited\"\n";
    let plan = format!("{PLAN}\n{asked}");
    let repository = Repository::new(&plan);
    let flags = ["--timescale", "May 2004", "--response-text", "Yes."];
    done(&repository, &[&["respond", "9", "accepted"] as &[&str], &flags].concat());
    let answer = done(&repository, &["undo"]);
    assert!(
        answer.stderr.contains("the answer of 2003-08-01 on recommendation 9"),
        "{}",
        answer.stderr
    );
    assert_eq!(repository.text(), plan);
}

#[test]
fn undo_takes_the_newest_entry_of_an_item_and_leaves_the_others() {
    let repository = Repository::new(PLAN);
    done(&repository, &["note", "1.1", "First"]);
    done(&repository, &["note", "3.1", "Another"]);
    let before = repository.text();
    done(&repository, &["note", "1.1", "Second"]);
    let stderr = refused(&repository, &["undo"], 2);
    assert!(stderr.contains("3 uncommitted changes: the entry of 2003-08-01 on"), "{stderr}");
    assert!(stderr.contains("plan undo 1.1 3.1; or undo all: plan undo --all\n"), "{stderr}");
    let answer = done(&repository, &["undo", "1.1", "--dry-run"]);
    assert!(answer.stdout.contains("note = \"Second\""), "{}", answer.stdout);
    let answer = done(&repository, &["undo", "1.1"]);
    assert!(answer.stderr.contains("note = \"Second\""), "{}", answer.stderr);
    assert_eq!(repository.text(), before);
}

#[test]
fn undo_takes_the_filters_of_list_and_passes_over_what_has_nothing_to_undo() {
    let repository = Repository::new(PLAN);
    done(&repository, &["note", "1.1", "First"]);
    done(&repository, &["note", "3.1", "Another"]);
    let before = repository.text();
    done(&repository, &["note", "1.1", "Second"]);
    let stderr = refused(&repository, &["undo", "--search", "second"], 2);
    assert!(stderr.contains("the filters match 1 change: the entry of 2003-08-01 on"), "{stderr}");
    assert!(stderr.contains("add `--yes`"), "{stderr}");
    let stderr = refused(&repository, &["undo", "--search", "second", "--all"], 2);
    assert!(stderr.contains("`--all` and filters cannot be combined"), "{stderr}");
    let answer = done(&repository, &["undo", "--search", "second", "--yes"]);
    assert!(answer.stderr.contains("note = \"Second\""), "{}", answer.stderr);
    assert_eq!(repository.text(), before);
    repository.commit("Record");
    let answer = done(&repository, &["undo", "--open", "--yes"]);
    assert_eq!(answer.stderr, "no uncommitted changes match the filters\n");
    assert_eq!(repository.text(), before);
}

#[test]
fn filters_undo_a_change_of_a_recommendation_and_one_of_its_action_in_one_run() {
    let repository = Repository::new(PLAN);
    let before = repository.text();
    done(&repository, &["note", "1", "Of the whole"]);
    done(&repository, &["note", "1.1", "Of the action"]);
    let answer = done(&repository, &["undo", "--search", "of the", "--dry-run"]);
    assert!(answer.stderr.contains("the filters match"), "{}", answer.stderr);
    done(&repository, &["undo", "--search", "of the", "--yes"]);
    assert_eq!(repository.text(), before);
    let answer = done(&repository, &["undo", "--open", "--dry-run"]);
    assert_eq!(answer.stderr, "no uncommitted changes match the filters\n");
}

#[test]
fn undo_never_takes_what_is_committed_and_does_nothing_without_git() {
    let repository = Repository::new(PLAN);
    done(&repository, &["note", "1.1", "Heard"]);
    repository.commit("Record");
    let stderr = refused(&repository, &["undo", "1.1"], 2);
    assert!(stderr.contains("1.1 has no uncommitted change"), "{stderr}");
    done(&repository, &["note", "1.1", "More"]);
    fs::remove_dir_all(repository.path().join(".git")).unwrap();
    let stderr = refused(&repository, &["undo", "1.1"], 4);
    assert!(stderr.contains("plan.toml is not in a git repository"), "{stderr}");
    assert!(stderr.contains("`plan edit`"), "{stderr}");
    repository.git(&["init", "--quiet"]);
    let stderr = refused(&repository, &["undo", "1.1"], 4);
    assert!(stderr.contains("nothing is committed in this repository yet"), "{stderr}");
    repository.git(&["commit", "--quiet", "--allow-empty", "-m", "Begin"]);
    let stderr = refused(&repository, &["undo", "1.1"], 4);
    assert!(stderr.contains("plan.toml was never committed"), "{stderr}");
}

#[test]
fn undo_takes_the_last_of_two_amendments_of_a_key_and_then_the_first() {
    let repository = Repository::new(PLAN);
    done(&repository, &["amend", "1.1", "owner", "Social Care", "--reason", "Moved"]);
    let first = repository.text();
    done(&repository, &["amend", "1.1", "owner", "Health", "--and", "B", "--reason", "Moved on"]);
    done(&repository, &["undo", "1.1"]);
    assert_eq!(repository.text(), first);
    done(&repository, &["undo", "1.1"]);
    assert_eq!(repository.text(), PLAN);
}

#[test]
fn undo_takes_back_what_was_added_after_what_was_recorded_of_it() {
    for (add, name) in [
        (&["add", "action", "1", "--text", "Look again."] as &[&str], "1.3"),
        (&["add", "recommendation", "--text", "Look.", "--timescale", "May 2004"], "4"),
    ] {
        let repository = Repository::new(PLAN);
        done(&repository, add);
        let added = repository.text();
        done(&repository, &["amend", name, "owner", "Director", "--reason", "Named"]);
        done(&repository, &["undo", name]);
        assert_eq!(repository.text(), added);
        let answer = done(&repository, &["undo", name]);
        assert!(answer.stderr.contains("[[recommendation"), "{}", answer.stderr);
        assert_eq!(repository.text(), PLAN);
    }
    let repository = Repository::new(PLAN);
    done(&repository, &["add", "meeting", "2003-11-20", "--title", "Progress"]);
    done(&repository, &["add", "area", "Another area"]);
    done(&repository, &["undo", "another-area", "2003-11-20"]);
    assert_eq!(repository.text(), PLAN);
}

#[test]
fn undo_of_a_recommendation_takes_back_what_one_command_recorded_of_its_actions() {
    let repository = Repository::new(PLAN);
    done(&repository, &["mark", "1", "3", "in-progress", "--note", "Begun."]);
    done(&repository, &["undo", "1", "3"]);
    assert_eq!(repository.text(), PLAN);
    done(&repository, &["mark", "1.1", "complete"]);
    done(&repository, &["note", "1.2", "Named."]);
    let stderr = refused(&repository, &["undo", "1"], 2);
    assert!(stderr.contains("it is not clear which of these changes is the last"), "{stderr}");
    assert!(stderr.contains("plan undo 1.1, or plan undo 1.2\n"), "{stderr}");
    done(&repository, &["undo", "--all"]);
    assert_eq!(repository.text(), PLAN);
    done(&repository, &["extend", "1.1", "1", "May 2004", "--reason", "Staff"]);
    let stderr = refused(&repository, &["undo", "1"], 2);
    assert!(stderr.contains("plan undo 1 --only revisions, or plan undo 1.1\n"), "{stderr}");
}

#[test]
fn undo_asks_which_of_two_lists_was_meant_where_nothing_tells_which_came_last() {
    let repository = Repository::new(PLAN);
    done(&repository, &["amend", "1", "title", "Reviews", "--reason", "Shorter"]);
    let amended = repository.text();
    done(&repository, &["extend", "1", "May 2004", "--reason", "Staff"]);
    let stderr = refused(&repository, &["undo", "1"], 2);
    assert!(stderr.contains("plan undo 1 --only revisions"), "{stderr}");
    assert!(stderr.contains("plan undo 1 --only amendments"), "{stderr}");
    done(&repository, &["undo", "1", "--only", "revisions"]);
    assert_eq!(repository.text(), amended);
}

#[test]
fn undo_leaves_what_a_merge_brings_and_hand_made_changes() {
    let repository = Repository::new(PLAN);
    done(&repository, &["note", "1.1", "Recorded on a branch"]);
    repository.commit("Record");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("other", "x");
    repository.commit("Something else");
    repository.git(&["merge", "--quiet", "--no-commit", "change"]);
    let stderr = refused(&repository, &["undo"], 2);
    assert!(stderr.contains("there are no uncommitted changes"), "{stderr}");
    let by_hand = format!("# mine\n{}", repository.text());
    repository.write("plan.toml", &by_hand);
    done(&repository, &["note", "1.1", "During the merge"]);
    done(&repository, &["undo", "--all"]);
    assert_eq!(repository.text(), by_hand);
}

#[test]
fn undo_leaves_what_a_cherry_pick_or_a_rebase_brings() {
    for words in [["cherry-pick", "change"], ["rebase", "main"]] {
        let repository = Repository::new(PLAN);
        done(&repository, &["note", "1.1", "Recorded on a branch"]);
        repository.commit("Record");
        repository.git(&["checkout", "--quiet", "main"]);
        done(&repository, &["note", "1.1", "Recorded here"]);
        repository.commit("Record");
        if words[0] == "rebase" {
            repository.git(&["checkout", "--quiet", "change"]);
        }
        assert_ne!(repository.try_git(&words).status, 0);
        repository.ask(&["merge", "--resolve"]);
        let merged = repository.text();
        let stderr = refused(&repository, &["undo", "--all"], 2);
        assert!(stderr.contains("there are no uncommitted changes"), "{stderr}");
        done(&repository, &["note", "1.1", "Meanwhile"]);
        done(&repository, &["undo"]);
        assert_eq!(repository.text(), merged, "{words:?}");
    }
}

#[test]
fn undo_is_exact_where_git_changed_the_line_breaks() {
    let repository = Repository::new(PLAN);
    let text = PLAN.replace('\n', "\r\n");
    repository.write("plan.toml", &text);
    done(&repository, &["amend", "1", "text", "Other words\nin two lines.", "--reason", "Slip"]);
    done(&repository, &["mark", "1.1", "complete"]);
    done(&repository, &["undo", "--all"]);
    assert_eq!(repository.text(), text);
}

#[test]
fn undo_takes_back_a_decision_and_then_the_request() {
    let repository = Repository::new(PLAN);
    done(&repository, &["extend", "1", "December 2003", "--request", "--reason", "Staff moved"]);
    let waiting = repository.text();
    done(&repository, &["decide", "1", "agree", "--by", "PPRC", "--to", "October 2003"]);
    let answer = done(&repository, &["undo", "1"]);
    assert!(answer.stderr.contains("decision = \"agreed\""), "{}", answer.stderr);
    assert_eq!(repository.text(), waiting);
    done(&repository, &["undo", "1"]);
    assert_eq!(repository.text(), PLAN);
}
