//! Tests of the history of a plan in real git repositories.

use std::{fs, path::Path, sync::Arc};

use crate::support::{OTHER_PLAN, PLAN, Repository};
use action_plan::history::{Content, Edition, History};
use tempfile::TempDir;

/// Returns the plan with another note in a progress entry.
fn noted(word: &str) -> String {
    PLAN.replace("First report drafted.", word)
}

fn history(path: &Path) -> History {
    History::of(path, None).unwrap()
}

/// Returns each version as `day path content`, newest first.
fn told(history: &History) -> Vec<String> {
    let editions = history.plans(&history.versions).unwrap().map(Result::unwrap);
    let tell = |edition: Edition<'_>| {
        let what = match edition.content {
            Content::Plan(plan) => plan.title,
            Content::Invalid(why) => format!("invalid: {why}"),
            Content::Gone => "gone".to_owned(),
        };
        let version = edition.version;
        format!("{} {} {what}", version.committed, version.path.display())
    };
    editions.map(tell).collect()
}

const TITLE: &str = "Action plan on the audit of reviews";

#[test]
fn a_rename_is_followed_and_so_is_one_that_is_not_committed() {
    let repository = Repository::new(PLAN);
    // Neither setting changes the history that the program reads.
    repository.git(&["config", "log.follow", "true"]);
    repository.git(&["config", "log.showRoot", "false"]);
    repository.write("plan.toml", &noted("Second"));
    repository.commit_on("2003-06-01", "Change");
    fs::create_dir(repository.path().join("plans")).unwrap();
    repository.git(&["mv", "plan.toml", "plans/audit.toml"]);
    repository.commit_on("2003-07-01", "Move");
    // A new plan gets the old path, but is not a version of the old plan.
    repository.write("plan.toml", OTHER_PLAN);
    repository.commit_on("2003-07-02", "Begin another");
    repository.git(&["mv", "plans/audit.toml", "audit.toml"]);
    assert_eq!(
        told(&history(&repository.path().join("audit.toml"))),
        [
            format!("2003-07-01 plans/audit.toml {TITLE}"),
            format!("2003-06-01 plan.toml {TITLE}"),
            format!("2003-05-08 plan.toml {TITLE}"),
        ]
    );
}

#[test]
fn a_copy_of_a_plan_has_a_history_of_its_own() {
    let repository = Repository::new(PLAN);
    repository.write("copy.toml", PLAN);
    repository.commit_on("2003-06-01", "Copy");
    let told = told(&history(&repository.path().join("copy.toml")));
    assert_eq!(told, [format!("2003-06-01 copy.toml {TITLE}")]);
}

#[test]
fn a_plan_that_was_taken_away_and_brought_back_has_its_whole_history() {
    let repository = Repository::new(PLAN);
    repository.git(&["rm", "--quiet", "plan.toml"]);
    repository.commit_on("2003-06-01", "Delete");
    repository.write("plan.toml", &noted("Again"));
    repository.commit_on("2003-07-01", "Bring back");
    let told = told(&history(&repository.path().join("plan.toml")));
    let (back, first) =
        (format!("2003-07-01 plan.toml {TITLE}"), format!("2003-05-08 plan.toml {TITLE}"));
    assert_eq!(told, [back, "2003-06-01 plan.toml gone".to_owned(), first]);
}

#[test]
fn a_version_with_conflict_markers_or_other_faults_is_named_and_hides_no_other() {
    let repository = Repository::new(PLAN);
    let conflict = "<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n";
    repository.write("plan.toml", &format!("{PLAN}{conflict}"));
    repository.commit_on("2003-06-01", "Conflict");
    fs::write(repository.path().join("plan.toml"), b"\xff").unwrap();
    repository.commit_on("2003-06-02", "No text");
    repository.write("plan.toml", &noted("Mended"));
    repository.commit_on("2003-06-03", "Mend");
    let told = told(&history(&repository.path().join("plan.toml")));
    assert_eq!(told[1], "2003-06-02 plan.toml invalid: not UTF-8 text");
    assert_eq!(told[2], "2003-06-01 plan.toml invalid: git could not merge this part of the plan");
    assert_eq!(told.len(), 4);
}

#[test]
fn a_merge_is_one_version_by_its_own_day() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &noted("On the branch"));
    repository.commit_on("2003-06-01", "Branch");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("notes.txt", "Meanwhile");
    repository.commit_on("2003-06-02", "Meanwhile");
    repository.git_on("2003-07-01", &["merge", "--quiet", "--no-ff", "-m", "Merge", "change"]);
    let told = told(&history(&repository.path().join("plan.toml")));
    let days: Vec<&str> = told.iter().map(|line| &line[..10]).collect();
    assert_eq!(days, ["2003-07-01", "2003-05-08"]);
}

#[test]
fn a_shallow_clone_says_that_it_has_no_older_versions() {
    let repository = Repository::new(PLAN);
    for (day, word) in [("2003-06-01", "One"), ("2003-07-01", "Two")] {
        repository.write("plan.toml", &noted(word));
        repository.commit_on(day, word);
    }
    let clone = TempDir::new().unwrap();
    let from = format!("file://{}", repository.path().display());
    let to = clone.path().to_str().unwrap();
    repository.git(&["clone", "--quiet", "--depth=2", "--branch=change", &from, to]);
    let shallow = history(&clone.path().join("plan.toml"));
    assert_eq!(shallow.versions.len(), 2);
    assert!(shallow.is_cut);
    let whole = history(&repository.path().join("plan.toml"));
    assert_eq!(whole.versions.len(), 3);
    assert!(!whole.is_cut);
}

#[test]
fn worktrees_and_submodules_have_the_history_of_their_own_repository() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &noted("Second"));
    repository.commit_on("2003-06-01", "Change");
    let outside = TempDir::new().unwrap();
    let worktree = outside.path().join("worktree");
    repository.git(&["worktree", "add", "--quiet", worktree.to_str().unwrap(), "main"]);
    assert_eq!(history(&worktree.join("plan.toml")).versions.len(), 1);

    let above = Repository::new(OTHER_PLAN);
    let url = repository.path().to_str().unwrap();
    above.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "inner"]);
    above.commit_on("2003-08-01", "Add the submodule");
    assert_eq!(history(&above.path().join("inner/plan.toml")).versions.len(), 2);
    assert_eq!(history(&above.path().join("plan.toml")).versions.len(), 1);
}

#[test]
fn a_plan_that_was_a_link_has_the_history_of_what_it_led_to() {
    let repository = Repository::new(PLAN);
    repository.git(&["mv", "plan.toml", "2003.toml"]);
    repository.commit_on("2003-05-20", "Move");
    std::os::unix::fs::symlink("2003.toml", repository.path().join("plan.toml")).unwrap();
    repository.commit_on("2003-06-01", "Link");
    fs::remove_file(repository.path().join("plan.toml")).unwrap();
    repository.write("plan.toml", &noted("A file again"));
    repository.commit_on("2003-07-01", "Unlink");
    let told = told(&history(&repository.path().join("plan.toml")));
    let paths: Vec<&str> = told.iter().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(paths, ["plan.toml", "2003.toml", "plan.toml"], "{told:?}");
}

#[test]
fn what_did_not_change_from_one_version_to_the_next_is_decoded_once() {
    let repository = Repository::new(PLAN);
    for word in ["One", "Two", "One"] {
        repository.write("plan.toml", &noted(word));
        repository.commit(word);
    }
    let history = history(&repository.path().join("plan.toml"));
    let plans: Vec<_> = history
        .plans(&history.versions)
        .unwrap()
        .map(|edition| match edition.unwrap().content {
            Content::Plan(plan) => plan,
            Content::Invalid(_) | Content::Gone => panic!("a plan"),
        })
        .collect();
    let same = |one: usize, other: usize| {
        let pairs = plans[one].recommendations.iter().zip(&plans[other].recommendations);
        pairs.filter(|(one, other)| !Arc::ptr_eq(one, other)).count()
    };
    assert_eq!((same(0, 1), same(1, 2), same(0, 2), same(0, 3)), (1, 1, 0, 1));
}
