//! Tests that `plan check --against` compares the requested trees, even if a branch changes paths, links and names.

use std::{fs, os::unix::fs::symlink};

use crate::support::{Answer, OTHER_PLAN, PLAN, Repository, check, check_in, quiet};

#[track_caller]
fn assert_found(answer: &Answer, rule: &str) {
    assert_eq!(answer.status, 1, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stdout.contains(&format!("error[{rule}]")), "{}", answer.stdout);
}

#[track_caller]
fn assert_refused(answer: &Answer, reason: &str) {
    assert_eq!(answer.status, 4, "{}{}", answer.stdout, answer.stderr);
    assert_eq!(answer.stdout, "");
    assert!(answer.stderr.contains(reason), "{}", answer.stderr);
}

/// Returns a repository in which `plan.toml` is a link to `archive/2003.toml`.
fn linked() -> Repository {
    let repository = Repository::new(PLAN);
    repository.git(&["checkout", "--quiet", "main"]);
    fs::create_dir(repository.path().join("archive")).unwrap();
    repository.git(&["mv", "plan.toml", "archive/2003.toml"]);
    symlink("archive/2003.toml", repository.path().join("plan.toml")).unwrap();
    repository.commit("Link");
    repository.git(&["checkout", "--quiet", "-B", "change"]);
    repository
}

#[test]
fn rewriting_what_an_old_link_points_to_is_found() {
    let repository = linked();
    repository.write("archive/2003.toml", &quiet());
    repository.commit("Quietly");
    assert_found(&check(&repository, &["--against", "main"]), "response-altered");
    assert_found(&check(&repository, &["--against", "main", "--staged"]), "response-altered");
}

#[test]
fn a_link_that_points_to_another_plan_now_is_followed_in_each_version() {
    let repository = linked();
    repository.write("archive/other.toml", &quiet());
    fs::remove_file(repository.path().join("plan.toml")).unwrap();
    symlink("./archive/../archive/other.toml", repository.path().join("plan.toml")).unwrap();
    repository.commit("Quietly");
    assert_found(&check(&repository, &["--against", "main"]), "response-altered");
    assert_found(&check(&repository, &["--against", "main", "--staged"]), "response-altered");
}

#[test]
fn a_plan_that_became_a_link_is_compared_all_the_same() {
    let repository = Repository::new(PLAN);
    repository.write("elsewhere.toml", &quiet());
    fs::remove_file(repository.path().join("plan.toml")).unwrap();
    symlink("elsewhere.toml", repository.path().join("plan.toml")).unwrap();
    repository.commit("Quietly");
    assert_found(&check(&repository, &["--against", "main"]), "response-altered");
}

#[test]
fn a_link_between_directories_is_followed_in_each_version() {
    let repository = linked();
    symlink("archive", repository.path().join("current")).unwrap();
    repository.commit("Link a directory");
    repository.git(&["branch", "--force", "main"]);
    repository.write("archive/2003.toml", &quiet());
    repository.commit("Quietly");
    let answer = check(&repository, &["--file", "current/2003.toml", "--against", "main"]);
    assert_found(&answer, "response-altered");
}

#[test]
fn a_link_out_of_the_repository_or_to_itself_cannot_be_compared() {
    let repository = Repository::new(PLAN);
    let outside = tempfile::NamedTempFile::new().unwrap();
    fs::write(outside.path(), PLAN).unwrap();
    let path = repository.path().join("plan.toml");
    fs::remove_file(&path).unwrap();
    symlink(outside.path(), &path).unwrap();
    repository.commit("Link");
    assert_refused(&check(&repository, &["--against", "main"]), "points outside the");
    assert_refused(&check(&repository, &["--against", "main", "--staged"]), "points outside the");
    fs::remove_file(&path).unwrap();
    symlink("plan.toml", &path).unwrap();
    repository.commit("Loop");
    assert_refused(&check(&repository, &["--against", "main", "--staged"]), "points to itself");
}

#[test]
fn a_tracked_plan_that_gitignore_hides_is_compared() {
    let repository = Repository::new(PLAN);
    repository.write("other.toml", OTHER_PLAN);
    repository.commit("Another plan");
    repository.git(&["branch", "--force", "main"]);
    repository.write(".gitignore", "plan.toml\n");
    repository.write("plan.toml", &quiet());
    repository.commit("Quietly");
    let answer = check(&repository, &["--file", ".", "--against", "main"]);
    assert_found(&answer, "response-altered");
}

#[test]
fn the_staged_plan_is_checked_and_not_the_file() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &quiet());
    repository.git(&["add", "plan.toml"]);
    repository.write("plan.toml", PLAN);
    assert_found(&check(&repository, &["--staged"]), "response-altered");
    assert_eq!(check(&repository, &["--against", "HEAD"]).status, 0);
    repository.git(&["add", "plan.toml"]);
    repository.write("plan.toml", &quiet());
    let answer = check(&repository, &["--staged"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
}

#[test]
fn each_plan_that_is_named_is_found_or_the_staged_check_is_red() {
    let repository = Repository::new(PLAN);
    repository.write("other.toml", OTHER_PLAN);
    let words = ["--file", "plan.toml", "--file", "other.toml", "--staged"];
    assert_refused(&check(&repository, &words), "other.toml: git does not track this plan");
    repository.git(&["add", "other.toml"]);
    let answer = check(&repository, &words);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
}

#[test]
fn plans_of_two_repositories_are_not_compared_at_once() {
    let (one, other) = (Repository::new(PLAN), Repository::new(PLAN));
    let file = other.path().join("plan.toml");
    let words = ["--file", "plan.toml", "--file", file.to_str().unwrap(), "--against", "main"];
    assert_refused(&check(&one, &words), "is not in the repository");
}

#[test]
fn a_branch_that_mends_a_broken_plan_is_compared_with_its_newest_valid_version() {
    let repository = Repository::new(PLAN);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("plan.toml", &PLAN.replace("\"June 2003\"", "\"Juni 2003\""));
    repository.commit("Break it");
    repository.git(&["checkout", "--quiet", "-B", "change"]);
    repository.write("plan.toml", PLAN);
    repository.commit("Mend it");
    let answer = check(&repository, &["--against", "main"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(
        answer.stderr.contains("is not a valid plan, so the comparison is with"),
        "{}",
        answer.stderr
    );
    repository.write("plan.toml", &quiet());
    repository.commit("Mend it quietly");
    assert_found(&check(&repository, &["--against", "main"]), "response-altered");
}

#[test]
fn a_plan_that_vanished_is_found_in_every_format() {
    let repository = Repository::new(PLAN);
    repository.write("other.toml", OTHER_PLAN);
    repository.commit("Another plan");
    repository.git(&["branch", "--force", "main"]);
    fs::remove_file(repository.path().join("plan.toml")).unwrap();
    repository.commit("Delete");
    assert_found(&check(&repository, &["--file", ".", "--against", "main"]), "vanished");
    assert_found(&check(&repository, &["--file", "*.toml", "--against", "main"]), "vanished");
    assert_found(&check(&repository, &["--against", "main"]), "vanished");
    assert_found(&check(&repository, &["--against", "main", "--staged"]), "vanished");
    for format in ["json", "github", "gitlab", "junit", "sarif"] {
        let words = ["--file", ".", "--against", "main", "--format", format];
        let answer = check(&repository, &words);
        assert_eq!(answer.status, 1, "{format}: {}{}", answer.stdout, answer.stderr);
        assert!(answer.stdout.contains("vanished"), "{format}: {}", answer.stdout);
    }
}

#[test]
fn a_plan_hidden_by_a_dot_or_moved_out_of_what_is_asked_is_found() {
    for to in ["plans/.plan.toml", "plans/.hidden/plan.toml", "elsewhere/plan.toml"] {
        let repository = Repository::new(PLAN);
        fs::create_dir_all(repository.path().join("plans/.hidden")).unwrap();
        fs::create_dir_all(repository.path().join("elsewhere")).unwrap();
        repository.git(&["mv", "plan.toml", "plans/plan.toml"]);
        repository.write("plans/other.toml", OTHER_PLAN);
        repository.commit("Two plans");
        repository.git(&["branch", "--force", "main"]);
        repository.git(&["mv", "plans/plan.toml", to]);
        repository.commit("Hide");
        assert_found(&check(&repository, &["--file", "plans", "--against", "main"]), "vanished");
    }
}

#[test]
fn a_plan_moved_with_so_much_filler_that_git_sees_no_rename_is_compared() {
    let repository = Repository::new(PLAN);
    fs::remove_file(repository.path().join("plan.toml")).unwrap();
    let filler = "# filler that nobody reads, line after line after line\n".repeat(2000);
    repository.write("audit.toml", &(filler + &quiet()));
    repository.commit("Quietly");
    for file in ["audit.toml", "."] {
        let answer = check(&repository, &["--file", file, "--against", "main"]);
        assert_found(&answer, "response-altered");
    }
}

#[test]
fn a_copy_of_a_plan_is_compared_with_the_plan_that_it_comes_from() {
    let repository = Repository::new(PLAN);
    repository.write("audit.toml", &quiet());
    repository.commit("Copy");
    let answer = check(&repository, &["--file", "audit.toml", "--against", "main"]);
    assert_found(&answer, "response-altered");
}

#[test]
fn a_new_plan_that_repeats_another_is_new_where_that_one_is_checked_too() {
    let repository = Repository::new(PLAN);
    repository.write("next.toml", &quiet());
    repository.commit("The next plan repeats this one");
    let answer = check(&repository, &["--file", ".", "--against", "main"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stderr.contains("next.toml is new since"), "{}", answer.stderr);
}

#[test]
fn a_new_plan_in_the_place_of_one_that_is_gone_does_not_pass_for_new() {
    let repository = Repository::new(PLAN);
    fs::remove_file(repository.path().join("plan.toml")).unwrap();
    repository.write("audit.toml", OTHER_PLAN);
    repository.commit("Quietly");
    let answer = check(&repository, &["--file", "audit.toml", "--against", "main"]);
    assert_found(&answer, "vanished");
}

#[test]
fn a_nearer_plan_does_not_hide_the_one_that_was_checked() {
    let repository = Repository::new(PLAN);
    let below = repository.path().join("audit");
    fs::create_dir(&below).unwrap();
    fs::write(below.join("plan.toml"), OTHER_PLAN).unwrap();
    repository.commit("A nearer plan");
    assert_found(&check_in(&below, &["--against", "main"]), "vanished");
}

#[test]
fn several_renamed_plans_are_each_compared_with_what_they_were() {
    let repository = Repository::new(PLAN);
    repository.write("fleet.toml", OTHER_PLAN);
    repository.commit("Two plans");
    repository.git(&["branch", "--force", "main"]);
    for file in ["plan.toml", "fleet.toml"] {
        fs::remove_file(repository.path().join(file)).unwrap();
    }
    let filler = "# filler that nobody reads\n".repeat(2000);
    repository.write("a.toml", &(filler.clone() + &OTHER_PLAN.replace("hundred", "thousand")));
    repository.write("b.toml", &(filler + &quiet()));
    repository.commit("Quietly");
    let answer = check(&repository, &["--file", ".", "--against", "main"]);
    assert_found(&answer, "response-altered");
    assert_found(&answer, "text-altered");
    assert!(!answer.stdout.contains("dropped"), "{}", answer.stdout);
}

#[test]
fn a_tag_or_branch_with_the_name_of_a_remote_branch_is_not_compared_with() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &quiet());
    repository.commit("Quietly");
    repository.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    for kind in ["tags", "heads"] {
        repository.git(&["update-ref", &format!("refs/{kind}/origin/main"), "HEAD"]);
    }
    repository.git(&["tag", "main", "HEAD"]);
    for revision in ["origin/main", "origin/main~0", "main", "refs/remotes/origin/main"] {
        let answer = check(&repository, &["--against", revision]);
        assert_found(&answer, "response-altered");
    }
    repository.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    repository.git(&["remote", "add", "origin", "/nowhere"]);
    assert_refused(&check(&repository, &["--against", "origin/main"]), "no revision");
}

#[test]
fn a_users_rename_settings_do_not_count() {
    let repository = Repository::new(PLAN);
    let others = ["one", "two", "three"];
    for name in others {
        repository.write(&format!("{name}.txt"), &format!("{name}\n").repeat(40));
    }
    repository.commit("Other files");
    repository.git(&["branch", "--force", "main"]);
    repository.git(&["config", "diff.renames", "false"]);
    repository.git(&["config", "diff.renameLimit", "1"]);
    repository.git(&["mv", "plan.toml", "audit.toml"]);
    for name in others {
        fs::remove_file(repository.path().join(format!("{name}.txt"))).unwrap();
        repository
            .write(&format!("new-{name}.txt"), &format!("something else {name}\n").repeat(40));
    }
    // Only git's detection of renames can find the origin of this text, because it is no longer a valid plan.
    let broken = PLAN.replace("\"June 2003\"", "\"Juni 2003\"");
    repository.write("audit.toml", &broken);
    repository.commit("Move and break");
    let answer = check(&repository, &["--file", "audit.toml", "--against", "main"]);
    assert_eq!(answer.status, 1);
    assert!(!answer.stdout.contains("vanished"), "{}", answer.stdout);
}

#[test]
fn a_forced_push_that_drops_a_record_is_found_by_an_exact_comparison() {
    let repository = Repository::new(PLAN);
    let entry = "note = \"First report drafted.\" },";
    let more = format!("{entry}\n  {{ on = 2003-07-20, status = \"complete\", note = \"x\" }},");
    repository.write("plan.toml", &PLAN.replace(entry, &more));
    repository.commit("Record");
    let before = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["reset", "--quiet", "--hard", "main"]);
    repository.commit("Something else");
    assert_eq!(check(&repository, &["--against", before.trim()]).status, 0);
    let answer = check(&repository, &["--against", before.trim(), "--exact"]);
    assert_found(&answer, "entry-altered");
}

#[test]
fn a_name_of_zeros_means_a_new_branch_which_is_compared_with_where_it_left_the_main_one() {
    let zeros = "0".repeat(40);
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &quiet());
    repository.commit("Quietly");
    let answer = check(&repository, &["--against", &zeros, "--exact"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stderr.contains("new on a new branch"), "{}", answer.stderr);
    repository.git(&["update-ref", "refs/remotes/origin/trunk", "main"]);
    assert_refused(
        &check(&repository, &["--against", &zeros]),
        "does not know which branch is the main branch",
    );
    repository.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    let answer = check(&repository, &["--against", &zeros, "--exact"]);
    assert_found(&answer, "response-altered");
}

#[test]
fn histories_that_part_at_several_commits_are_not_compared_with_one_of_them() {
    let repository = Repository::new(PLAN);
    repository.commit("Ours");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("plan.toml", &quiet());
    repository.commit("Theirs");
    repository.git(&["branch", "theirs"]);
    repository.git(&["merge", "--quiet", "--no-edit", "change"]);
    repository.git(&["checkout", "--quiet", "change"]);
    repository.git(&["merge", "--quiet", "--no-commit", "theirs"]);
    repository.write("plan.toml", PLAN);
    repository.commit("Merge without their change");
    assert_refused(&check(&repository, &["--against", "main"]), "several merge bases");
    assert_found(&check(&repository, &["--against", "main", "--exact"]), "response-altered");
    repository.git(&["merge", "--quiet", "--no-edit", "main"]);
    assert_found(&check(&repository, &["--against", "main"]), "response-altered");
}

#[test]
fn a_first_commit_has_nothing_to_be_compared_with() {
    let directory = tempfile::TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), PLAN).unwrap();
    let git = |words: &[&str]| {
        let mut git = std::process::Command::new("git");
        assert!(git.current_dir(directory.path()).args(words).status().unwrap().success());
    };
    git(&["init", "--quiet"]);
    git(&["add", "plan.toml"]);
    let answer = check_in(directory.path(), &["--staged"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stderr.contains("nothing to compare"), "{}", answer.stderr);
}

#[test]
fn a_plan_that_a_sparse_checkout_leaves_out_is_not_gone() {
    let repository = Repository::new(PLAN);
    for (directory, text) in [("plans", PLAN), ("notes", OTHER_PLAN)] {
        fs::create_dir(repository.path().join(directory)).unwrap();
        repository.write(&format!("{directory}/plan.toml"), text);
    }
    repository.commit("Two plans below");
    repository.git(&["branch", "--force", "main"]);
    repository.git(&["sparse-checkout", "set", "--cone", "notes"]);
    assert!(!repository.path().join("plans").exists());
    for words in [&["--file", "plans/plan.toml"][..], &["--file", "."]] {
        let answer = check(&repository, &[words, &["--against", "main"]].concat());
        assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
        assert!(answer.stderr.contains("compared with plans/plan.toml at "), "{}", answer.stderr);
    }
    let log = repository.ask(&["--file", "plans/plan.toml", "log"]);
    assert!(!log.stdout.contains("gone"), "{}", log.stdout);
    // The index decides which files exist, and changes or deletions in the index are found.
    repository.git(&["rm", "--quiet", "--sparse", "--cached", "plans/plan.toml"]);
    let answer = check(&repository, &["--file", "plans/plan.toml", "--against", "main"]);
    assert_found(&answer, "vanished");
}
