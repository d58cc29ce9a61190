//! `plan undo` in real git repositories.

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
        assert!(answer.stderr.starts_with("took back the "), "{}", answer.stderr);
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
    assert!(stderr.contains("3 entries are not committed"), "{stderr}");
    assert!(stderr.contains("they are on action 1.1, action 3.1\n"), "{stderr}");
    let answer = done(&repository, &["undo", "1.1", "--dry-run"]);
    assert!(answer.stdout.contains("note = \"Second\""), "{}", answer.stdout);
    let answer = done(&repository, &["undo", "1.1"]);
    assert!(answer.stderr.contains("note = \"Second\""), "{}", answer.stderr);
    assert_eq!(repository.text(), before);
}

#[test]
fn undo_never_takes_what_is_committed_and_does_nothing_without_git() {
    let repository = Repository::new(PLAN);
    done(&repository, &["note", "1.1", "Heard"]);
    repository.commit("Record");
    let stderr = refused(&repository, &["undo", "1.1"], 2);
    assert!(stderr.contains("no entry on 1.1 that is not committed"), "{stderr}");
    done(&repository, &["note", "1.1", "More"]);
    fs::remove_dir_all(repository.path().join(".git")).unwrap();
    refused(&repository, &["undo", "1.1"], 4);
}

#[test]
fn undo_refuses_what_it_cannot_take_back_by_itself() {
    let repository = Repository::new(PLAN);
    done(&repository, &["amend", "1.1", "owner", "Social Care", "--reason", "Moved"]);
    done(&repository, &["amend", "1.1", "owner", "Health", "--reason", "Moved on"]);
    let stderr = refused(&repository, &["undo", "1.1"], 2);
    assert!(stderr.contains("cannot be taken back by itself"), "{stderr}");
    assert!(stderr.contains("plan edit"), "{stderr}");
    done(&repository, &["add", "action", "1", "--text", "Look again."]);
    let stderr = refused(&repository, &["undo", "1.3"], 2);
    assert!(stderr.contains("1.3 is new itself"), "{stderr}");
    assert!(stderr.contains("`plan edit 1.3`"), "{stderr}");
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
