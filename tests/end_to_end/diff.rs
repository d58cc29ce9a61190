//! Tests of `plan diff` in real git repositories.

use std::fs;

use crate::support::{Answer, OTHER_PLAN, PLAN, Repository, answer, plan};
use action_plan::{file::Reader, model::Plan, plan_diff::between};
use proptest::prelude::*;
use serde_json::Value;

fn diff(repository: &Repository, words: &[&str]) -> Answer {
    repository.plan(&[&["diff"], words].concat())
}

/// Returns the table rows as `ID WORDS` after `text` replaced the committed plan. The output is not a screen.
fn rows_after(text: &str) -> Vec<String> {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", text);
    rows(&repository, &[])
}

fn rows(repository: &Repository, words: &[&str]) -> Vec<String> {
    let mut program = plan(repository.path());
    let answer = answer(program.env_remove("COLUMNS").arg("diff").args(words));
    assert_eq!(answer.status, 1, "{}{}", answer.stdout, answer.stderr);
    let row =
        |line: &str| line.split_once(' ').map(|(id, rest)| format!("{id} {}", rest.trim_start()));
    answer.stdout.lines().skip(1).filter_map(row).collect()
}

#[test]
fn every_change_is_told_in_one_line() {
    let cases: [(&str, &str, &[&str]); 24] = [
        ("body = \"Authority\"", "body = \"Board\"", &["– body changed: [-Authority-]{+Board+}"]),
        ("date = 2003-05-08", "date = 2003-05-09", &["– date: 2003-05-08 → 2003-05-09"]),
        (
            "title = \"Reviews\"",
            "title = \"All reviews\"",
            &["– area reviews: title: Reviews → All reviews"],
        ),
        (
            "title = \"Reviews\"",
            "title = \"Reviews\"\n[[area]]\nid = \"new\"\ntitle = \"New\"",
            &["– area new: added: “New”"],
        ),
        (
            "summary = ",
            "section = [{ heading = \"Costs\", text = \"None.\" }]\nsummary = ",
            &["– the section “Costs”: text added: {+None.+}"],
        ),
        (
            "[[area]]",
            "[[meeting]]\ndate = \"2003-11\"\ntitle = \"Interim\"\n\n[[area]]",
            &["– the meeting of November 2003: added: “Interim”"],
        ),
        (
            "[[area]]",
            "[[owner]]\nname = \"Director\"\nalso = [\"Head\"]\n\n[[area]]",
            &["– the owner Director: added"],
        ),
        (
            "[[area]]",
            "[policy.max_days]\nhigh = 30\n\n[[area]]",
            &["– policy max_days: – → high: 30 days"],
        ),
        (
            "[[area]]",
            "[policy]\ngrace_days = 5\nfail_on = \"high\"\n\n[[area]]",
            &["– policy grace_days: 0 → 5", "– policy fail_on: any priority → high"],
        ),
        (
            "[[area]]",
            "[policy.lints]\nno-owner = \"off\"\n\n[[area]]",
            &["– lint no-owner: warning → off"],
        ),
        ("priority = \"high\"", "priority = \"low\"", &["1 priority: high → low"]),
        ("priority = \"high\"\n", "", &["1 priority: high → –"]),
        (
            "owner = \"Analysis Unit\"",
            "owner = [\"Analysis Unit\", \"Director\"]",
            &["3.1 owner: Analysis Unit → Analysis Unit; Director"],
        ),
        (
            "two topics a year",
            "three topics a year",
            &["2 response text changed: Members go on choosing [-two-]{+three+} topics a year."],
        ),
        ("\"partially-accepted\"", "\"accepted\"", &["2 response: partially accepted → accepted"]),
        (
            "timescale = \"March 2004\"",
            "timescale = \"May 2004\"",
            &["3 timescale: March 2004 → May 2004"],
        ),
        (
            "robust mechanism",
            "fair and robust mechanism",
            &["2 text changed: Select review topics by a {+fair and+} robust mechanism."],
        ),
        (
            "reason = \"Group reorganised\"",
            "reason = \"Group dissolved\"",
            &[
                "1 revision of 2003-06-20 changed: … 2003-06-20: September 2003, “Group [-reorganised”-]{+dissolved”+} (Director)",
            ],
        ),
        (
            "  { on = 2003-07-01, status = \"in-progress\", note = \"First report drafted.\" },\n",
            "",
            &[
                "1.1 entry of 2003-07-01 deleted: [-in progress on 2003-07-01, “First report drafted.”-]",
            ],
        ),
        (
            "evidence = [\"owners.pdf\"] },",
            "evidence = [\"owners.pdf\"] },\n  { on = 2003-07-20, status = \"in-progress\", note = \"Too early.\", by = \"Auditor\" },",
            &["1.2 in progress on 2003-07-20, “Too early.” (Auditor)"],
        ),
        (
            "note = \"Not seen.\" },",
            "note = \"Not seen.\" },\n  { on = 2003-07-30, by = \"Auditor\", result = \"verified\", evidence = [\"a.pdf\"] },",
            &["2 verified by Auditor on 2003-07-30 [a.pdf]"],
        ),
        (
            "timescale = \"March 2004\"",
            "timescale = \"March 2004\"\nrevisions = [{ on = 2003-08-01, to = \"January 2004\" }, { on = 2003-08-02, to = \"May 2004\", reason = \"Late\" }]",
            &[
                "3 brought forward on 2003-08-01: March 2004 → January 2004",
                "3 extended on 2003-08-02: January 2004 → May 2004, “Late”",
            ],
        ),
        (
            "text = \"Refine the customer surveys.\"",
            "text = \"Refine the customer surveys.\"\n\n[recommendation.action.extra]\ncost = 5",
            &["3.1 extra cost: – → 5"],
        ),
        (
            "id = \"3.1\"",
            "id = \"3.2\"",
            &["3.1 renumbered: the id is now 3.2", "3.2 added: “Refine the customer surveys.”"],
        ),
    ];
    for (old, new, expected) in cases {
        let text = PLAN.replacen(old, new, 1);
        assert_ne!(text, PLAN, "{old}");
        assert_eq!(rows_after(&text), expected);
    }
}

#[test]
fn what_is_new_and_what_is_dropped_is_told_by_its_words() {
    let third = PLAN.find("[[recommendation]]\nid = \"3\"").unwrap();
    let new = "[[recommendation]]\nid = \"4\"\ntitle = \"Costs\"\ntext = \"Count the costs.\"\ntimescale = \"May 2004\"\n";
    assert_eq!(
        rows_after(&format!("{}{new}", &PLAN[..third])),
        [
            "3 dropped: “Improve the reporting of performance indicators.”",
            "4 added: “Costs”, May 2004"
        ]
    );
}

#[test]
fn a_note_is_told_apart_from_a_change_of_status() {
    let repository = Repository::new(PLAN);
    for words in [
        &["note", "1.1", "Heard."] as &[&str],
        &["mark", "3.1", "in-progress", "--by", "Director"],
        &["amend", "3.1", "owner", "Director", "--reason", "Moved"],
    ] {
        let done = repository.plan(&[words, &["--as-of", "2003-08-01"]].concat());
        assert_eq!(done.status, 0, "{}", done.stderr);
    }
    assert_eq!(
        rows(&repository, &[]),
        [
            "1.1 note on 2003-08-01: Heard.",
            "3.1 owner: Analysis Unit → Director",
            "3.1 in progress on 2003-08-01 (Director)",
            "3.1 owner amended on 2003-08-01, “Moved”",
        ]
    );
}

#[test]
fn nothing_differs_where_a_plan_is_only_laid_out_in_another_way() {
    let repository = Repository::new(PLAN);
    let same = diff(&repository, &[]);
    assert_eq!((same.status, same.stdout.as_str()), (0, "Nothing differs.\n"));
    let own = "\n[recommendation.extra]\nnote = \"\"\"\na\nb\"\"\"\nlist = [{ c = 1, d = \"\"\"e\nf\"\"\" }]\n";
    let text = format!("{PLAN}{own}");
    repository.write("plan.toml", &text);
    repository.commit("Own words");
    let text = text.replace("c = 1, ", "").replace(" }]", ", c = 1 }]");
    repository.write("plan.toml", &text.replace('\n', "\r\n").replace(", status", " ,  status"));
    for format in ["table", "markdown", "json"] {
        let same = diff(&repository, &["--format", format]);
        assert_eq!(same.status, 0, "{}", same.stdout);
    }
}

#[test]
fn every_format_tells_the_same_and_the_exit_status_with_it() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    let json = diff(&repository, &["--format", "json"]);
    assert_eq!(json.status, 1);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["kind"], "diff");
    let head = repository.git(&["rev-parse", "--short=10", "HEAD"]);
    assert_eq!((&json["from"], &json["to"]), (&head.trim().into(), &Value::Null));
    assert_eq!(json["plan"]["title"], "Action plan on the audit of reviews");
    let [row] = json["rows"].as_array().unwrap().as_slice() else { panic!("{json}") };
    assert_eq!(row["id"], "2");
    assert_eq!(row["item"], "recommendation");
    assert_eq!((&row["change"], &row["key"]), (&"changed".into(), &"response_text".into()));
    assert_eq!(row["old"], "Members go on choosing two topics a year.");
    assert_eq!(row["new"], "Members go on choosing three topics a year.");
    let words = row["words"].as_str().unwrap();
    assert_eq!(rows(&repository, &[]), [format!("2 {words}")]);
    let markdown = diff(&repository, &["--format", "markdown"]);
    assert_eq!(markdown.status, 1);
    assert!(markdown.stdout.contains("choosing ~~two~~ **three** topics"), "{}", markdown.stdout);
    assert_eq!(diff(&repository, &["--exit-zero"]).status, 0);
}

#[test]
fn one_revision_is_compared_with_the_file_and_two_with_each_other() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("two topics", "three topics"));
    repository.commit("Three");
    repository.write("plan.toml", &PLAN.replace("two topics", "four topics"));
    let printed = |words: &[&str]| diff(&repository, words).stdout;
    assert!(printed(&[]).contains("[-three-]{+four+}"));
    assert!(printed(&["main"]).contains("[-two-]{+four+}"));
    assert!(printed(&["main", "HEAD"]).contains("[-two-]{+three+}"));
    assert!(printed(&["HEAD", "main"]).contains("[-three-]{+two+}"));
    assert_eq!(diff(&repository, &["HEAD", "HEAD"]).status, 0);
    let notice = diff(&repository, &["main"]).stderr;
    assert!(notice.starts_with("compared with plan.toml at "), "{notice}");
}

#[test]
fn a_renamed_plan_is_compared_with_what_it_was() {
    let repository = Repository::new(PLAN);
    repository.git(&["mv", "plan.toml", "audit.toml"]);
    repository.write("audit.toml", &PLAN.replace("two topics", "three topics"));
    repository.git(&["add", "--all"]);
    let expected =
        ["2 response text changed: Members go on choosing [-two-]{+three+} topics a year."];
    assert_eq!(rows(&repository, &["--file", "audit.toml"]), expected);
    repository.commit("Move");
    assert_eq!(rows(&repository, &["--file", "audit.toml", "main", "HEAD"]), expected);
    assert_eq!(rows(&repository, &["--file", "audit.toml", "main"]), expected);
}

#[test]
fn a_plan_that_only_one_version_has_is_one_line() {
    let repository = Repository::new(PLAN);
    repository.write("other.toml", OTHER_PLAN);
    let untracked = diff(&repository, &["--file", "other.toml"]);
    assert_eq!(untracked.status, 4);
    assert!(untracked.stderr.contains("with `git add`"), "{}", untracked.stderr);
    repository.git(&["add", "--all"]);
    let published = ["– published: 1 recommendation, 1 action"];
    assert_eq!(rows(&repository, &["--file", "other.toml"]), published);
    repository.commit("Another");
    assert_eq!(rows(&repository, &["--file", "other.toml", "main", "HEAD"]), published);
    let gone = ["– the plan was deleted"];
    assert_eq!(rows(&repository, &["--file", "other.toml", "HEAD", "main"]), gone);
    fs::remove_file(repository.path().join("other.toml")).unwrap();
    assert_eq!(rows(&repository, &["--file", "other.toml"]), gone);
    let neither = diff(&repository, &["--file", "third.toml"]);
    assert_eq!((neither.status, neither.stdout.as_str()), (3, ""));
    let neither = diff(&repository, &["--file", "third.toml", "main", "HEAD"]);
    assert_eq!((neither.status, neither.stdout.as_str()), (4, ""));
    assert!(neither.stderr.contains("neither revision has this plan"), "{}", neither.stderr);
}

#[test]
fn before_the_first_commit_all_of_the_plan_is_new() {
    let repository = Repository::new(PLAN);
    repository.git(&["checkout", "--quiet", "--orphan", "first"]);
    assert_eq!(rows(&repository, &[]), ["– published: 3 recommendations, 4 actions"]);
}

#[test]
fn several_plans_have_a_section_each() {
    let repository = Repository::new(PLAN);
    fs::create_dir(repository.path().join("fleet")).unwrap();
    repository.write("fleet/plan.toml", OTHER_PLAN);
    repository.commit("Another");
    repository.write("fleet/plan.toml", &OTHER_PLAN.replace("March 2004", "April 2004"));
    let printed = diff(&repository, &["--file", "."]);
    assert_eq!(printed.status, 1, "{}", printed.stderr);
    assert_eq!(
        printed.stdout,
        "fleet/plan.toml\nID  CHANGE\n1   timescale: March 2004 → April 2004\n\nplan.toml\nNothing differs.\n"
    );
    let json = diff(&repository, &["--file", ".", "--format", "json"]).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["plan"], Value::Null);
    assert_eq!(json["rows"][0]["file"], "fleet/plan.toml");
    assert_eq!(
        diff(&repository, &["--file", ".", "HEAD", "main"]).stdout,
        "plan.toml\nNothing differs.\n\nfleet/plan.toml\nID  CHANGE\n–   the plan was deleted\n"
    );
    repository.write("plan.toml", "broken");
    let printed = diff(&repository, &["--file", "."]);
    assert_eq!(printed.status, 3);
    assert!(printed.stdout.contains("March 2004 → April 2004"), "{}", printed.stdout);
    assert!(printed.stderr.contains("plan.toml:1"), "{}", printed.stderr);
}

#[test]
fn a_broken_plan_is_an_error_and_a_broken_earlier_one_is_replaced_by_the_newest_valid_one() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("2003-06-02", "2003-06-32"));
    let printed = diff(&repository, &[]);
    assert_eq!((printed.status, printed.stdout.as_str()), (3, ""));
    assert!(printed.stderr.contains("error[bad-date]"), "{}", printed.stderr);
    repository.commit("Break it");
    assert_eq!(diff(&repository, &["main", "HEAD"]).status, 3);
    repository.write("plan.toml", PLAN);
    let printed = diff(&repository, &[]);
    assert_eq!((printed.status, printed.stdout.as_str()), (0, "Nothing differs.\n"));
    assert!(
        printed.stderr.contains("is not a valid plan, so the comparison is with"),
        "{}",
        printed.stderr
    );
    let never = Repository::new("broken");
    never.write("plan.toml", PLAN);
    let printed = diff(&never, &[]);
    assert_eq!((printed.status, printed.stdout.as_str()), (3, ""));
    assert!(
        printed.stderr.contains("nor any earlier version is a valid plan"),
        "{}",
        printed.stderr
    );
}

#[test]
fn a_revision_that_is_none_is_an_error() {
    let repository = Repository::new(PLAN);
    assert_eq!(diff(&repository, &["mian"]).status, 4);
    assert_eq!(diff(&repository, &["HEAD", "mian"]).status, 4);
    assert_eq!(diff(&repository, &["--", "-x"]).status, 2);
    assert_eq!(diff(&repository, &["a", "b", "c"]).status, 2);
}

#[test]
fn a_row_is_cut_at_a_screen_and_no_control_character_reaches_it() {
    let repository = Repository::new(PLAN);
    let extra = "\n[recommendation.action.extra]\n\"a\\u001bb\" = \"c\\u001b[31md\"\n";
    repository
        .write("plan.toml", &format!("{}{extra}", PLAN.replace("June 2003\"", "June 2009\"")));
    for format in ["table", "markdown", "json"] {
        let printed = diff(&repository, &["--format", format]);
        assert_eq!(printed.status, 1);
        assert!(!printed.stdout.contains('\u{1b}'), "{}", printed.stdout);
    }
    repository
        .write("plan.toml", &PLAN.replace("Select review topics", "In every year select topics"));
    let mut narrow = plan(repository.path());
    let printed = answer(narrow.args(["diff", "--color", "always"]).env("COLUMNS", "50"));
    for line in printed.stdout.lines() {
        let plain = anstream::adapter::strip_str(line).to_string();
        assert!(plain.chars().count() <= 50, "{plain}");
    }
    assert!(printed.stdout.contains('…'), "{}", printed.stdout);
}

fn decoded(text: &str) -> Option<Plan> {
    Reader::default().decode(text).ok().map(|read| read.plan)
}

/// Generates the plan of the cases with its recommendations in another order, with different white space and with
/// comments.
fn laid_out_anew() -> impl Strategy<Value = String> {
    let (head, rest) = PLAN.split_at(PLAN.find("[[recommendation]]").unwrap());
    let pieces: Vec<String> =
        rest.split("[[recommendation]]\n").skip(1).map(str::to_owned).collect();
    let pieces = Just(pieces).prop_shuffle();
    (pieces, any::<[bool; 4]>(), 0..3usize).prop_map(move |(pieces, choices, blanks)| {
        let blanks = "\n".repeat(blanks);
        let mut text = head.to_owned();
        for piece in pieces {
            text.push_str(&format!("{blanks}# A comment\n[[recommendation]]\n{piece}\n"));
        }
        let changes = [
            (
                "{ on = 2003-07-10, status = \"complete\",",
                "{status = \"complete\", on=2003-07-10  ,",
            ),
            ("to timescale, budget and\nquality", "to\n  timescale,\tbudget and quality"),
            ("owner = \"Director\"", "owner = ['Director']"),
            ("title = \"Reviews\"\n", "title = \"\"\"\nReviews\"\"\" # as printed\n"),
        ];
        for ((old, new), choice) in changes.into_iter().zip(choices) {
            if choice {
                assert!(text.contains(old), "{old}");
                text = text.replace(old, new);
            }
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn another_layout_or_order_is_no_difference(text in laid_out_anew()) {
        let (old, new) = (decoded(PLAN).unwrap(), decoded(&text).unwrap());
        prop_assert_eq!(between(&old, &new), []);
    }

    #[test]
    fn a_letter_or_line_of_the_plan_that_is_changed_is_told(at in 0..PLAN.len(), letter in "[a-z0-9]") {
        let old = decoded(PLAN).unwrap();
        let mut changed = PLAN.to_owned();
        if PLAN.as_bytes()[at].is_ascii_alphanumeric() {
            changed.replace_range(at..=at, &letter);
        }
        let start = PLAN[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = PLAN[at..].find('\n').map_or(PLAN.len(), |end| at + end + 1);
        let shorter = format!("{}{}", &PLAN[..start], &PLAN[end..]);
        for text in [changed, shorter] {
            let is_other = text.split_whitespace().ne(PLAN.split_whitespace());
            if let Some(new) = decoded(&text).filter(|_| is_other) {
                prop_assert!(!between(&old, &new).is_empty(), "{}", text);
            }
        }
    }
}
