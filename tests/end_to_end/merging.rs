//! Tests of `plan merge` in real git repositories: as the driver of merges and rebases, and on the command line.

use std::fs;

use crate::support::{PLAN, Repository, done};

/// Returns a repository that merges plans by ids. The change `theirs` is on the branch `change`, and `ours` is on
/// `main`.
fn branches(plan: &str, ours: impl Fn(&Repository), theirs: impl Fn(&Repository)) -> Repository {
    let repository = Repository::new(plan);
    done(&repository, &["merge", "--install"]);
    repository.commit("Merge plans by ids");
    repository.git(&["branch", "--force", "main"]);
    theirs(&repository);
    repository.commit("Theirs");
    repository.git(&["checkout", "--quiet", "main"]);
    ours(&repository);
    repository.commit("Ours");
    repository
}

fn replace(repository: &Repository, old: &str, new: &str) {
    let text = repository.text();
    assert!(text.contains(old), "{old}");
    repository.write("plan.toml", &text.replace(old, new));
}

/// Merges `change` without a conflict, and returns the merged text.
fn merged(repository: &Repository) -> String {
    let answer = repository.try_git(&["merge", "--no-edit", "change"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    done(repository, &["check"]);
    repository.text()
}

/// Merges `change` with a conflict, and returns the report of the driver.
fn conflict(repository: &Repository) -> String {
    let answer = repository.try_git(&["merge", "--no-edit", "change"]);
    assert_eq!(answer.status, 1, "{}", answer.stdout);
    let unmerged = repository.git(&["ls-files", "--unmerged"]);
    assert!(unmerged.contains("plan.toml"), "{unmerged}");
    assert_eq!(repository.plan(&["check"]).status, 1);
    answer.stderr
}

fn progress(repository: &Repository, id: &str) -> Vec<String> {
    let plan: toml::Table = toml::from_str(&repository.text()).unwrap();
    let of_plan = plan["recommendation"].as_array().unwrap().iter();
    let actions = of_plan.filter_map(|found| found.get("action")?.as_array()).flatten();
    let mut found = actions.filter(|action| action["id"].as_str() == Some(id));
    let entries = found.next().unwrap()["progress"].as_array().unwrap();
    let shown = |entry: &toml::Value| {
        let status = entry.get("status").map_or("update", |status| status.as_str().unwrap());
        format!("{} {status}", entry["on"].as_datetime().unwrap())
    };
    entries.iter().map(shown).collect()
}

fn mark_ours(repository: &Repository) {
    done(repository, &["mark", "3.1", "in-progress", "--on", "2003-07-03"]);
    done(repository, &["note", "3.1", "Half done.", "--on", "2003-07-20"]);
}

fn mark_theirs(repository: &Repository) {
    done(repository, &["mark", "3.1", "in-progress", "--on", "2003-07-10"]);
    done(repository, &["mark", "3.1", "complete", "--on", "2003-07-25", "--evidence", "a.pdf"]);
}

#[test]
fn entries_of_both_branches_are_kept_in_date_order_by_merge_and_by_rebase() {
    let expected = [
        "2003-07-03 in-progress",
        "2003-07-10 in-progress",
        "2003-07-20 update",
        "2003-07-25 complete",
    ];
    let repository = branches(PLAN, mark_ours, mark_theirs);
    merged(&repository);
    assert_eq!(progress(&repository, "3.1"), expected);
    let repository = branches(PLAN, mark_ours, mark_theirs);
    repository.git(&["rebase", "--quiet", "change"]);
    assert_eq!(progress(&repository, "3.1"), expected);
}

#[test]
fn what_both_branches_marked_on_one_day_ends_with_the_work_that_is_furthest_and_is_noted() {
    let complete = |repository: &Repository| {
        done(repository, &["mark", "3.1", "complete"]);
    };
    let started = |repository: &Repository| {
        done(repository, &["mark", "3.1", "in-progress"]);
    };
    for repository in [branches(PLAN, complete, started), branches(PLAN, started, complete)] {
        let answer = repository.try_git(&["merge", "--no-edit", "change"]);
        assert!(
            answer.stderr.contains("note: 3.1: both sides added to `progress`"),
            "{}",
            answer.stderr
        );
        let expected = ["2003-08-01 in-progress", "2003-08-01 complete"];
        assert_eq!(progress(&repository, "3.1"), expected);
    }
}

#[test]
fn changes_of_different_keys_combine_and_comments_and_layout_of_ours_stay() {
    let repository = branches(
        PLAN,
        |repository| {
            replace(
                repository,
                "timescale = \"March 2004\"",
                "timescale = \"March 2004\" # as agreed",
            );
            done(repository, &["amend", "3.1", "owner", "Unit", "--reason", "Renamed"]);
            done(
                repository,
                &["extend", "1", "October 2003", "--reason", "Staff", "--on", "2003-07-02"],
            );
        },
        |repository| {
            replace(
                repository,
                "[[area]]\nid = \"indicators\"",
                "# Theirs.\n[[area]]\nid = \"indicators\"",
            );
            done(repository, &["amend", "3", "title", "Indicators", "--reason", "Shorter"]);
            done(
                repository,
                &["extend", "1", "November 2003", "--reason", "More", "--on", "2003-07-01"],
            );
            done(repository, &["add", "action", "3", "--text", "Measure.", "--owner", "Unit"]);
            done(repository, &["add", "area", "Fleet"]);
        },
    );
    let text = merged(&repository);
    for line in [
        "timescale = \"March 2004\" # as agreed",
        "# Theirs.\n[[area]]",
        "owner = \"Unit\"",
        "title = \"Indicators\"",
        "id = \"3.2\"",
        "id = \"fleet\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let [november, october] = ["November 2003", "October 2003"].map(|to| text.find(to).unwrap());
    assert!(november < october, "{text}");
}

#[test]
fn a_contradiction_is_a_conflict_on_just_that_part() {
    let amend = |owner: &'static str| {
        move |repository: &Repository| {
            done(repository, &["amend", "1.1", "owner", owner, "--reason", "Moved"]);
            done(repository, &["note", "1.2", owner]);
        }
    };
    let repository = branches(PLAN, amend("Ours"), amend("Theirs"));
    let stderr = conflict(&repository);
    assert!(stderr.contains("plan.toml: conflict: 1.1: both sides changed `owner`"), "{stderr}");
    let text = repository.text();
    let marked = "id = \"1.1\"\n<<<<<<< ours\nowner = \"Ours\"\n||||||| base\nowner = \"Consultancy Group\"\n\
                  =======\nowner = \"Theirs\"\n>>>>>>> theirs\ntext = ";
    assert!(text.contains(marked), "{text}");
    assert_eq!(text.matches("<<<<<<<").count(), 1);
    assert!(text.contains("note = \"Ours\"") && text.contains("note = \"Theirs\""), "{text}");
}

#[test]
fn what_one_branch_deleted_and_the_other_changed_is_a_conflict() {
    let delete = |repository: &Repository| {
        let text = repository.text();
        repository
            .write("plan.toml", text.split("\n[[recommendation]]\nid = \"3\"").next().unwrap());
    };
    let stderr = conflict(&branches(PLAN, delete, mark_theirs));
    assert!(stderr.contains("conflict: ours deleted 3, and theirs changed it"), "{stderr}");
    let stderr = conflict(&branches(PLAN, mark_ours, delete));
    assert!(stderr.contains("conflict: theirs deleted 3, and ours changed it"), "{stderr}");
    let text = merged(&branches(PLAN, delete, |repository| {
        done(repository, &["note", "1.1", "Elsewhere."]);
    }));
    assert!(!text.contains("id = \"3\""));
}

fn add(text: &'static str) -> impl Fn(&Repository) {
    move |repository| {
        let added = ["add", "recommendation", "--timescale", "May 2004", "--text", text];
        done(repository, &added);
        done(repository, &["add", "action", "4", "--text", text, "--owner", "Unit"]);
        done(repository, &["add", "action", "3", "--text", text, "--owner", "Unit"]);
    }
}

#[test]
fn an_id_that_both_branches_gave_is_a_conflict_that_renumbering_mends_on_the_side_that_is_named() {
    for (side, first, second) in [("theirs", "Ours.", "Theirs."), ("ours", "Theirs.", "Ours.")] {
        let repository = branches(PLAN, add("Ours."), add("Theirs."));
        let stderr = conflict(&repository);
        for (old, new) in [("4", "5"), ("3.2", "3.3")] {
            let expected = format!(
                "both sides added {old}; to change the id in their version to {new}, run `plan merge --resolve --renumber theirs`"
            );
            assert!(stderr.contains(&expected), "{stderr}");
        }
        let answer = done(&repository, &["merge", "--resolve", "--renumber", side]);
        assert!(
            answer.stderr.contains(&format!("note: {side}: id 4 is now 5")),
            "{}",
            answer.stderr
        );
        assert!(answer.stderr.contains("continue with `git add plan.toml`"), "{}", answer.stderr);
        done(&repository, &["check"]);
        for (id, text) in
            [("4", first), ("5", second), ("4.1", first), ("5.1", second), ("3.3", second)]
        {
            let shown = done(&repository, &["show", id]);
            assert!(shown.stdout.contains(text), "{side} {id}: {}", shown.stdout);
        }
        repository.commit("Merged");
    }
}

#[test]
fn sides_that_are_valid_alone_and_not_together_are_a_conflict() {
    let repository = branches(
        &PLAN.replace("area = \"indicators\"\n", ""),
        |repository| {
            replace(repository, "[[area]]\nid = \"indicators\"\ntitle = \"Indicators\"\n\n", "")
        },
        |repository| {
            done(repository, &["amend", "3", "area", "indicators", "--reason", "Sorted"]);
        },
    );
    let stderr = conflict(&repository);
    assert!(
        stderr.contains("the merged plan would be invalid: there is no area `indicators`"),
        "{stderr}"
    );
    let marked = "<<<<<<< ours\n||||||| base\n=======\narea = \"indicators\"\n>>>>>>> theirs\n";
    assert!(repository.text().contains(marked), "{}", repository.text());
}

#[test]
fn a_version_that_is_no_plan_is_merged_line_by_line_and_said_to_be_so() {
    let broken =
        |repository: &Repository| replace(repository, "date = 2003-05-08", "date = 2003-05-0x");
    let repository = branches(PLAN, broken, mark_theirs);
    let stderr = conflict_without_marks(&repository);
    assert!(stderr.contains("merged line by line, because ours is not a valid plan"), "{stderr}");
    let text = repository.text();
    assert!(text.contains("2003-05-0x") && text.contains("a.pdf"), "{text}");
}

fn conflict_without_marks(repository: &Repository) -> String {
    let answer = repository.try_git(&["merge", "--no-edit", "change"]);
    assert_eq!(answer.status, 1, "{}", answer.stdout);
    answer.stderr
}

#[test]
fn lines_end_as_those_of_ours_and_no_byte_of_ours_changes() {
    let plan = PLAN.replace('\n', "\r\n");
    let repository = branches(&plan, mark_ours, |repository| {
        done(repository, &["note", "1.1", "Theirs."]);
    });
    let ours = repository.text();
    let text = merged(&repository);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.replace("  { on = 2003-08-01, note = \"Theirs.\" },\r\n", ""), ours);
}

/// Returns a repository in which git merged by lines, like a hosting site without the driver.
fn merged_by_lines(style: &str) -> Repository {
    let repository = branches(PLAN, mark_ours, mark_theirs);
    repository.git(&["config", "--remove-section", "merge.plan"]);
    repository.git(&["config", "merge.conflictStyle", style]);
    conflict(&repository);
    assert!(repository.text().contains("<<<<<<< HEAD"));
    repository
}

#[test]
fn resolve_merges_by_ids_what_git_merged_by_lines() {
    for style in ["merge", "diff3"] {
        let repository = merged_by_lines(style);
        let before = repository.text();
        let answer = repository.plan(&["merge", "--resolve", "--dry-run"]);
        assert!(answer.stdout.contains("-<<<<<<< HEAD"), "{}", answer.stdout);
        assert_eq!(repository.text(), before);
        done(&repository, &["merge", "--resolve"]);
        assert_eq!(progress(&repository, "3.1").len(), 4);
    }
}

#[test]
fn resolve_takes_the_versions_from_the_markers_where_they_were_committed() {
    let repository = merged_by_lines("diff3");
    repository.commit("With markers");
    done(&repository, &["merge", "--resolve"]);
    assert_eq!(progress(&repository, "3.1").len(), 4);
    let repository = merged_by_lines("merge");
    repository.commit("With markers");
    let before = repository.text();
    let answer = repository.plan(&["merge", "--resolve"]);
    assert_eq!(answer.status, 2, "{}", answer.stderr);
    assert!(answer.stderr.contains("merge.conflictStyle=diff3"), "{}", answer.stderr);
    assert_eq!(repository.text(), before);
}

#[test]
fn resolve_throws_away_nothing_that_was_written_since() {
    let repository = merged_by_lines("merge");
    replace(&repository, "Half done.", "Half done, they say.");
    let refused = |help: &str| {
        let before = repository.text();
        let answer = repository.plan(&["merge", "--resolve"]);
        assert_eq!(answer.status, 2, "{}", answer.stderr);
        assert!(answer.stderr.contains(help), "{}", answer.stderr);
        assert_eq!(repository.text(), before);
    };
    refused("was added after the merge and would be lost");
    repository.write("plan.toml", PLAN);
    refused("continue with `git add plan.toml`");
    repository.commit("Resolved");
    refused("there is nothing to resolve");
}

#[test]
fn install_writes_the_configuration_once_and_for_just_this_plan() {
    let repository = Repository::new(PLAN);
    fs::create_dir(repository.path().join("a b")).unwrap();
    repository.write("a b/audit.toml", PLAN);
    repository.write(".gitattributes", "*.pdf binary");
    done(&repository, &["merge", "--install", "--dry-run"]);
    let attributes = || fs::read_to_string(repository.path().join(".gitattributes")).unwrap();
    assert_eq!(attributes(), "*.pdf binary");
    let answer = done(&repository, &["merge", "--install"]);
    let line = ".gitattributes: plan.toml merge=plan diff=plan\n";
    assert!(answer.stderr.contains(line), "{}", answer.stderr);
    let driver = repository.git(&["config", "merge.plan.driver"]);
    assert!(driver.starts_with("plan merge %O %A %B %P ||"), "{driver}");
    let answer = done(&repository, &["merge", "--install"]);
    assert!(answer.stderr.contains("already"), "{}", answer.stderr);
    done(&repository, &["merge", "--install", "--file", "a b/audit.toml"]);
    let lines = "plan.toml merge=plan diff=plan\n\"a b/audit.toml\" merge=plan diff=plan\n";
    assert_eq!(attributes(), format!("*.pdf binary\n{lines}"));
    let own = fs::read_to_string(repository.path().join(".git/info/attributes")).unwrap();
    assert!(own.ends_with(lines), "{own}");
}

#[test]
fn an_installed_driver_merges_where_only_the_other_branch_names_it() {
    let repository = branches(PLAN, mark_ours, mark_theirs);
    repository.git(&["rm", "--quiet", ".gitattributes"]);
    repository.commit("Without attributes");
    merged(&repository);
    assert_eq!(progress(&repository, "3.1").len(), 4);
}

#[test]
fn hunks_of_a_diff_name_the_item_that_they_are_in() {
    let repository = Repository::new(PLAN);
    done(&repository, &["merge", "--install"]);
    mark_ours(&repository);
    let shown = repository.git(&["diff", "--unified=0", "plan.toml"]);
    assert!(shown.contains("@@ id = \"3.1\"\n"), "{shown}");
}

/// Returns a repository in which git merged two new recommendations with the same id without a conflict.
fn twins() -> Repository {
    let repository = Repository::new(PLAN);
    repository.git(&["branch", "--force", "main"]);
    let add = |text: &str| {
        done(&repository, &["add", "recommendation", "--text", text, "--timescale", "2005"]);
    };
    add("Theirs.");
    repository.commit("Theirs");
    let theirs = repository.text();
    repository.git(&["checkout", "--quiet", "main"]);
    let added = theirs[PLAN.len()..].replace("Theirs.", "Ours.").replace("2005", "2006");
    let first = PLAN.find("[[recommendation]]").unwrap();
    let ours = format!("{}{}\n\n{}", &PLAN[..first], added.trim(), &PLAN[first..]);
    repository.write("plan.toml", &ours);
    repository.commit("Ours");
    repository.git(&["merge", "--quiet", "--no-edit", "change"]);
    assert_eq!(repository.plan(&["check"]).status, 1);
    repository
}

#[test]
fn twin_ids_of_a_merge_without_a_conflict_are_mended() {
    for (side, text) in [("theirs", "Theirs."), ("ours", "Ours.")] {
        let repository = twins();
        let answer = repository.plan(&["merge", "--resolve"]);
        assert_eq!(answer.status, 2, "{}", answer.stderr);
        assert!(answer.stderr.contains("the id `4` is used twice"), "{}", answer.stderr);
        assert!(answer.stderr.contains("--renumber theirs"), "{}", answer.stderr);
        done(&repository, &["merge", "--resolve", "--renumber", side]);
        done(&repository, &["check"]);
        let shown = repository.plan(&["show", "5"]).stdout;
        assert!(shown.contains(text), "{shown}");
    }
}

#[test]
fn twin_ids_that_cannot_be_mended_are_explained_and_nothing_is_written() {
    let refused = |repository: &Repository, words: &str| {
        let before = repository.text();
        let answer = repository.plan(&["merge", "--resolve", "--renumber", "theirs"]);
        assert_eq!(answer.status, 2, "{}", answer.stderr);
        assert!(answer.stderr.contains(words), "{}", answer.stderr);
        assert_eq!(repository.text(), before);
    };
    let repository = twins();
    replace(&repository, "Ours.", "Ours, and more.");
    refused(&repository, "was added after the merge and would be lost");
    repository.commit("More");
    refused(&repository, "the last commit is not a merge of two branches");
}

#[test]
fn without_the_program_git_leaves_both_sides_between_ordinary_markers() {
    let repository = branches(PLAN, mark_ours, mark_theirs);
    let driver = repository.git(&["config", "merge.plan.driver"]);
    let driver = driver.trim_end().replacen("plan ", "no-such-plan ", 1);
    repository.git(&["config", "merge.plan.driver", &driver]);
    conflict(&repository);
    let text = repository.text();
    for words in ["<<<<<<< ours", "Half done.", "a.pdf", ">>>>>>> theirs"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    done(&repository, &["merge", "--resolve"]);
    assert_eq!(progress(&repository, "3.1").len(), 4);
}

#[test]
fn a_plan_that_one_branch_deleted_is_left_for_people_to_decide() {
    let delete =
        |repository: &Repository| fs::remove_file(repository.path().join("plan.toml")).unwrap();
    let repository = branches(PLAN, mark_ours, delete);
    conflict_without_marks(&repository);
    let before = repository.text();
    let answer = repository.plan(&["merge", "--resolve"]);
    assert_eq!(answer.status, 2, "{}", answer.stderr);
    assert!(answer.stderr.contains("one side deleted the plan"), "{}", answer.stderr);
    assert_eq!(repository.text(), before);
}
