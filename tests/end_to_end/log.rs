//! Tests of `plan log` in real git repositories.

use std::fs;

use crate::support::{Answer, OTHER_PLAN, PLAN, Repository, answer, done, plan};
use serde_json::Value;
use tempfile::TempDir;

fn log(repository: &Repository, words: &[&str]) -> Answer {
    let mut program = plan(repository.path());
    answer(program.env_remove("COLUMNS").arg("log").args(words))
}

/// Returns the rows as `DAY WHO ID WORDS`, newest first.
fn printed(repository: &Repository, words: &[&str]) -> Vec<String> {
    let rows = rows(repository, words);
    let rows = rows.iter().map(|row| {
        let text = |key: &str| row[key].as_str().unwrap_or("–");
        let id = if row["item"] == "recommendation" || row["item"] == "action" {
            text("id")
        } else {
            "–"
        };
        format!("{} {} {id} {}", text("day"), text("author"), text("words"))
    });
    rows.collect()
}

fn rows(repository: &Repository, words: &[&str]) -> Vec<Value> {
    let printed = log(repository, &[words, &["--format", "json"]].concat());
    assert_eq!(printed.status, 0, "{}", printed.stderr);
    let json: Value = serde_json::from_str(&printed.stdout).unwrap();
    assert_eq!(json["kind"], "log");
    json["rows"].as_array().unwrap().clone()
}

fn short(repository: &Repository, revision: &str) -> String {
    repository.git(&["rev-parse", "--short=10", revision]).trim().to_owned()
}

/// Commits everything as `author`, at noon of a day.
fn commit(repository: &Repository, day: &str, author: &str) {
    repository.git(&["add", "--all"]);
    let author = format!("{author} <somebody@example.org>");
    repository.git_on(day, &["commit", "--quiet", "--author", &author, "-m", "Change"]);
}

/// Runs a command that writes.
const PUBLISHED: &str = "2003-05-08 A – published: 3 recommendations, 4 actions";

#[test]
fn every_change_has_its_day_author_commit_and_words_newest_first() {
    let repository = Repository::new(PLAN);
    done(&repository, &["mark", "3.1", "in-progress", "--note", "Begun."]);
    done(&repository, &["extend", "3", "May 2004", "--reason", "Manual delayed"]);
    commit(&repository, "2003-08-01", "B. Brown");
    done(&repository, &["note", "3.1", "Heard."]);
    let (second, first) = (short(&repository, "HEAD"), short(&repository, "main"));
    assert_eq!(
        log(&repository, &[]).stdout,
        format!(
            "DAY         WHO            COMMIT      ID   CHANGE\n\
             –           not committed  –           3.1  note on 2003-08-01: Heard.\n\
             2003-08-01  B. Brown       {second}  3    extended: March 2004 → May 2004, “Manual delayed”\n\
             2003-08-01  B. Brown       {second}  3.1  in progress, “Begun.”\n\
             2003-05-08  A              {first}  –    published: 3 recommendations, 4 actions\n"
        )
    );
}

#[test]
fn what_a_merge_brought_in_is_told_with_the_commits_that_made_it() {
    let repository = Repository::new(PLAN);
    done(&repository, &["note", "1.1", "On the branch."]);
    commit(&repository, "2003-08-01", "B. Brown");
    repository.write("plan.toml", &repository.text().replace("two topics", "three topics"));
    commit(&repository, "2003-08-02", "C. Clark");
    repository.git(&["checkout", "--quiet", "main"]);
    done(&repository, &["note", "3.1", "On main."]);
    commit(&repository, "2003-08-03", "D. Dean");
    repository.git(&["merge", "--quiet", "--no-ff", "--no-commit", "change"]);
    repository
        .write("plan.toml", &repository.text().replace("body = \"Authority\"", "body = \"Board\""));
    commit(&repository, "2003-08-05", "E. Evans");
    assert_eq!(
        printed(&repository, &[]),
        [
            "2003-08-05 E. Evans – body changed: [-Authority-]{+Board+}",
            "2003-08-02 C. Clark 2 response text changed: Members go on choosing [-two-]{+three+} topics a year.",
            "2003-08-01 B. Brown 1.1 note: On the branch.",
            "2003-08-03 D. Dean 3.1 note on 2003-08-01: On main. (recorded 2 days later)",
            PUBLISHED,
        ]
    );
}

#[test]
fn renames_are_followed_and_are_no_change() {
    let repository = Repository::new(PLAN);
    repository.git(&["mv", "plan.toml", "audit.toml"]);
    commit(&repository, "2003-06-01", "B");
    repository.write("audit.toml", &PLAN.replace("two topics", "three topics"));
    commit(&repository, "2003-06-02", "B");
    let printed = printed(&repository, &["--file", "audit.toml"]);
    assert_eq!(printed.len(), 2);
    assert!(printed[0].starts_with("2003-06-02 B 2 response text changed:"), "{printed:?}");
    assert_eq!(printed[1], PUBLISHED);
}

#[test]
fn a_version_that_is_no_valid_plan_is_named_and_skipped() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &format!("{PLAN}<<<<<<< ours\n=======\n>>>>>>> theirs\n"));
    commit(&repository, "2003-06-01", "B");
    let conflict = short(&repository, "HEAD");
    fs::write(repository.path().join("plan.toml"), b"\xff").unwrap();
    commit(&repository, "2003-06-02", "B");
    let no_text = short(&repository, "HEAD");
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    commit(&repository, "2003-06-03", "C");
    let mended = printed(&repository, &[]);
    assert!(mended[0].starts_with("2003-06-03 C 2 response text changed:"), "{mended:?}");
    assert_eq!(
        mended[1..],
        [
            format!("2003-06-02 B – {no_text}: not a valid plan, skipped: not UTF-8 text"),
            format!(
                "2003-06-01 B – {conflict}: not a valid plan, skipped: git could not merge this part of the plan"
            ),
            PUBLISHED.to_owned(),
        ]
    );
    assert_eq!(rows(&repository, &[])[1]["unreadable"], true);
    repository.write("plan.toml", "broken");
    let broken = printed(&repository, &[]);
    assert!(broken[0].starts_with("– – – the file: not a valid plan, skipped: "), "{broken:?}");
    commit(&repository, "2003-06-04", "C");
    assert_eq!(printed(&repository, &[]).len(), broken.len());
}

#[test]
fn a_plan_that_was_taken_away_and_brought_back_is_told_so() {
    let repository = Repository::new(PLAN);
    fs::remove_file(repository.path().join("plan.toml")).unwrap();
    commit(&repository, "2003-06-01", "B");
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    commit(&repository, "2003-06-02", "B");
    let back = printed(&repository, &[]);
    assert_eq!(back[0], "2003-06-02 B – the plan was restored");
    assert!(back[1].starts_with("2003-06-02 B 2 response text changed:"), "{back:?}");
    assert_eq!(back[2..], ["2003-06-01 B – the plan was deleted", PUBLISHED]);
    fs::remove_file(repository.path().join("plan.toml")).unwrap();
    assert_eq!(printed(&repository, &["--file", "plan.toml"])[0], "– – – the plan was deleted");
}

#[test]
fn a_plan_that_is_gone_has_its_log_up_to_that_from_wherever_it_would_be_the_nearest() {
    let repository = Repository::new(PLAN);
    repository.git(&["rm", "--quiet", "plan.toml"]);
    commit(&repository, "2003-06-01", "B");
    fs::create_dir(repository.path().join("below")).unwrap();
    let expected = [
        "2003-06-01 B – the plan was deleted",
        "2003-05-08 A – published: 3 recommendations, 4 actions",
    ];
    assert_eq!(printed(&repository, &[]), expected);
    assert_eq!(printed(&repository, &["--file", "plan.toml"]), expected);
    let below = repository.path().join("below");
    let answers = answer(plan(&below).arg("log"));
    assert!(answers.stdout.contains("the plan was deleted"), "{}", answers.stderr);
    let then = answer(plan(&below).args(["status", "--at", "HEAD~1"]));
    assert_eq!(then.status, 0, "{}", then.stderr);
}

#[test]
fn settings_of_a_repository_change_nothing_of_what_is_told() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    commit(&repository, "2003-06-01", "Zoë");
    let expected = printed(&repository, &[]);
    assert!(expected[0].starts_with("2003-06-01 Zoë "), "{expected:?}");
    let at = ["status", "--at", "2003-05-31"];
    let status = repository.plan(&at).stdout;
    for (key, value) in [
        ("diff.orderFile", "/no/such/file"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("log.diffMerges", "off"),
        ("log.follow", "true"),
        ("log.showSignature", "true"),
        ("diff.relative", "true"),
        ("color.ui", "always"),
        ("format.pretty", "fuller"),
    ] {
        repository.git(&["config", key, value]);
    }
    assert_eq!(printed(&repository, &[]), expected);
    assert_eq!(repository.plan(&at).stdout, status);
    assert!(!status.is_empty());
}

#[test]
fn an_entry_that_was_committed_long_after_its_day_is_marked() {
    let repository = Repository::new(PLAN);
    done(&repository, &["note", "3.1", "Heard.", "--on", "2003-07-01"]);
    commit(&repository, "2003-07-31", "B");
    done(&repository, &["mark", "3.1", "complete", "--on", "2003-07-01", "--note", "Done."]);
    commit(&repository, "2003-08-01", "B");
    let rows = rows(&repository, &["3.1"]);
    assert_eq!(rows[0]["words"], "complete on 2003-07-01, “Done.” (recorded 31 days later, late)");
    assert_eq!((&rows[0]["days_later"], &rows[0]["late"]), (&31.into(), &true.into()));
    assert_eq!(rows[1]["words"], "note on 2003-07-01: Heard. (recorded 30 days later)");
    assert_eq!((&rows[1]["days_later"], &rows[1]["late"]), (&30.into(), &false.into()));
}

#[test]
fn ids_keep_what_is_about_them_and_their_actions() {
    let repository = Repository::new(PLAN);
    done(&repository, &["note", "1.1", "Heard."]);
    done(&repository, &["note", "3.1", "Heard."]);
    commit(&repository, "2003-08-01", "B");
    let third = PLAN.find("[[recommendation]]\nid = \"3\"").unwrap();
    repository.write("plan.toml", &PLAN[..third]);
    commit(&repository, "2003-08-02", "B");
    let dropped = "2003-08-02 B 3 dropped: “Improve the reporting of performance indicators.”";
    let heard = "2003-08-01 B 3.1 note: Heard.";
    assert_eq!(printed(&repository, &["3"]), [dropped, heard, PUBLISHED]);
    assert_eq!(printed(&repository, &["3.1"]), [heard, PUBLISHED]);
    let unknown = log(&repository, &["9"]);
    assert_eq!((unknown.status, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("there is no recommendation or action `9`"));
}

#[test]
fn actions_belong_to_the_longest_id_that_theirs_begin_with() {
    let head = "[plan]\ntitle = \"P\"\ndate = 2003-05-08\n";
    let item = |kind: &str, id: &str| format!("\n[[{kind}]]\nid = \"{id}\"\ntext = \"Do it.\"\n");
    let (whole, part) = ("recommendation", "recommendation.action");
    let items = [(whole, "5"), (part, "5(b)"), (whole, "5a"), (part, "5a.1")];
    let plan = items.map(|(kind, id)| item(kind, id)).concat();
    let repository = Repository::new(&format!("{head}{plan}"));
    for (id, on) in [("5(b)", "2003-06-01"), ("5a.1", "2003-06-02")] {
        done(&repository, &["note", id, "Begun.", "--on", on]);
    }
    commit(&repository, "2003-06-03", "B");
    let ids = |id: &str| -> Vec<Value> {
        let rows = rows(&repository, &[id]).into_iter();
        rows.filter(|row| !row["id"].is_null()).map(|row| row["id"].clone()).collect()
    };
    assert_eq!(ids("5"), ["5(b)"]);
    assert_eq!(ids("5a"), ["5a.1"]);
}

#[test]
fn several_plans_have_a_section_each_and_ids_name_theirs() {
    let repository = Repository::new(PLAN);
    fs::create_dir(repository.path().join("fleet")).unwrap();
    repository.write("fleet/plan.toml", OTHER_PLAN);
    commit(&repository, "2003-06-01", "B");
    let both = log(&repository, &["--file", "."]);
    assert_eq!(both.status, 0, "{}", both.stderr);
    assert!(both.stdout.starts_with("fleet/plan.toml\nDAY "), "{}", both.stdout);
    assert!(both.stdout.contains("\n\nplan.toml\nDAY "), "{}", both.stdout);
    let one = rows(&repository, &["--file", ".", "fleet/1"]);
    assert!(one.iter().all(|row| row["file"] == "fleet/plan.toml"), "{one:?}");
    assert_eq!(one.len(), 1);
    let unknown = log(&repository, &["--file", ".", "fleet/3"]);
    assert_eq!(unknown.status, 2);
    assert!(!unknown.stderr.contains("did you mean `3`"), "{}", unknown.stderr);
    let unknown = log(&repository, &["--file", ".", "flet/1"]);
    assert!(unknown.stderr.contains("none of the plans is called `flet`"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("did you mean `fleet`?"), "{}", unknown.stderr);
    repository.write("third.toml", OTHER_PLAN);
    let beside = log(&repository, &["--file", "."]);
    assert_eq!(beside.status, 4);
    assert!(beside.stdout.contains("published: 1 recommendation, 1 action"));
    assert!(beside.stderr.contains("third.toml was never committed"), "{}", beside.stderr);
}

#[test]
fn a_shallow_clone_says_that_older_changes_are_missing() {
    let repository = Repository::new(PLAN);
    for (day, word) in [("2003-06-01", "three"), ("2003-07-01", "four")] {
        repository.write("plan.toml", &PLAN.replace("two topics", &format!("{word} topics")));
        commit(&repository, day, "B");
    }
    let clone = TempDir::new().unwrap();
    let from = format!("file://{}", repository.path().display());
    let to = clone.path().to_str().unwrap();
    repository.git(&["clone", "--quiet", "--depth=2", "--branch=change", &from, to]);
    let printed = answer(plan(clone.path()).args(["log", "--format", "json"]));
    let json: Value = serde_json::from_str(&printed.stdout).unwrap();
    assert_eq!(json["complete"], false);
    assert_eq!(json["rows"].as_array().unwrap().len(), 1, "{json}");
    assert!(printed.stderr.contains("this clone is shallow"), "{}", printed.stderr);
}

#[test]
fn without_a_history_there_is_no_log() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), PLAN).unwrap();
    let printed = answer(plan(directory.path()).arg("log"));
    assert_eq!((printed.status, printed.stdout.as_str()), (4, ""));
    let repository = Repository::new(PLAN);
    repository.write("other.toml", OTHER_PLAN);
    let printed = log(&repository, &["--file", "other.toml"]);
    assert_eq!((printed.status, printed.stdout.as_str()), (4, ""));
    assert!(printed.stderr.contains("was never committed"), "{}", printed.stderr);
}

#[test]
fn a_narrow_screen_leaves_out_the_commits_and_cuts_the_words() {
    let repository = Repository::new(PLAN);
    done(
        &repository,
        &["note", "3.1", "Heard of many things that nobody had heard of until this very day."],
    );
    commit(&repository, "2003-08-01", "B\u{1b}[31m Brown");
    let mut program = plan(repository.path());
    let printed = answer(program.args(["log", "--color", "always"]).env("COLUMNS", "70"));
    assert!(!printed.stdout.contains("COMMIT"), "{}", printed.stdout);
    assert!(printed.stdout.contains('…'), "{}", printed.stdout);
    for line in printed.stdout.lines() {
        assert!(anstream::adapter::strip_str(line).to_string().chars().count() <= 70, "{line}");
    }
    assert!(!log(&repository, &[]).stdout.contains('\u{1b}'));
}
