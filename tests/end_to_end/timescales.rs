//! Tests of `due` in commands that write, in the history rules and in `undo`: it always stays with its timescale.

use crate::support::{Answer, Repository};

const SPRING: &str = "timescale = \"Spring 2025\"\ndue = \"2025-05\"\n";

fn plan(keys: &str) -> String {
    format!(
        "[plan]\ntitle = \"P\"\ndate = 2025-01-13\n\n[[recommendation]]\nid = \"1\"\nowner = \"D\"\ntext = \"A.\"\n{keys}"
    )
}

fn ask(repository: &Repository, words: &[&str]) -> Answer {
    repository.plan(&[&["--as-of", "2025-03-01"], words].concat())
}

fn write(repository: &Repository, words: &[&str]) {
    repository.ask(&[&["--as-of", "2025-03-01"], words].concat());
}

fn compared(repository: &Repository) -> Answer {
    ask(repository, &["check", "--against", "main", "--allow", "complete-without-evidence"])
}

#[test]
fn due_is_written_beside_the_words_it_belongs_to() {
    let repository = Repository::new(&plan(SPRING));
    write(&repository, &["extend", "1", "Autumn 2025", "--due", "2025-11", "--reason", "Staff"]);
    let words = ["--text", "B.", "--timescale", "30/06/2026", "--due", "2026-06-30"];
    write(&repository, &[&["add", "recommendation"][..], &words].concat());
    write(&repository, &["add", "recommendation", "--text", "C."]);
    let action =
        ["add", "action", "2", "--text", "D.", "--timescale", "Q2 2026", "--due", "2026-06"];
    write(&repository, &action);
    let text = repository.text();
    for line in [
        "  { on = 2025-03-01, to = \"Autumn 2025\", due = \"2025-11\", reason = \"Staff\" },\n",
        "date = 2025-03-01\ntext = \"B.\"\ntimescale = \"30/06/2026\"\ndue = 2026-06-30\n",
        "text = \"D.\"\ntimescale = \"Q2 2026\"\ndue = \"2026-06\"\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    assert!(text.ends_with("id = \"3\"\ndate = 2025-03-01\ntext = \"C.\"\n"), "{text}");
    assert_eq!(compared(&repository).status, 0);
}

#[test]
fn a_command_refuses_words_without_due_and_due_without_need() {
    let repository = Repository::new(&plan(SPRING));
    let refused = |words: &[&str], message: &str| {
        let answer = ask(&repository, words);
        assert_eq!(answer.status, 2, "{}", answer.stderr);
        assert!(answer.stderr.contains(message), "{}", answer.stderr);
    };
    let why = ["--reason", "R"];
    refused(&[&["extend", "1", "Summer 2025"], &why[..]].concat(), "`--due \"2025-08\"`");
    let twice = ["extend", "1", "2025-12", "--due", "2025-11"];
    refused(&[&twice, &why[..]].concat(), "leave out `--due`");
    let unread = ["extend", "1", "Summer 2025", "--due", "when warm"];
    refused(&[&unread, &why[..]].concat(), "not a date");
    refused(&["add", "recommendation", "--text", "B.", "--due", "2025-11"], "--timescale");
    let owner = ["amend", "1", "owner", "E", "--due", "2025-11"];
    refused(&[&owner, &why[..]].concat(), "`--due` is only for a timescale");
}

#[test]
fn an_amended_timescale_changes_both_and_keeps_both_and_passes_the_history_rules() {
    let cases: [(&str, &[&str], &str); 4] = [
        (
            SPRING,
            &["Summer 2025", "--due", "2025-08"],
            "timescale = \"Summer 2025\"\ndue = \"2025-08\"\n",
        ),
        (SPRING, &["May 2025"], "timescale = \"May 2025\"\namendments"),
        (
            "timescale = \"May 2025\"    # printed so\n",
            &["Spring 2025", "--due", "2025-05"],
            "timescale = \"Spring 2025\"    # printed so\ndue = \"2025-05\"\namendments",
        ),
        (
            "",
            &["Spring 2025", "--due", "2025-05"],
            "timescale = \"Spring 2025\"\ndue = \"2025-05\"\n",
        ),
    ];
    for (before, value, after) in cases {
        let repository = Repository::new(&plan(before));
        let words = [&["amend", "1", "timescale"], value, &["--reason", "Mistyped"]].concat();
        write(&repository, &words);
        let changed = repository.text();
        assert!(changed.contains(after), "{changed}");
        let was = "was = \"Spring 2025 (due: 2025-05)\"";
        assert_eq!(changed.contains(was), before == SPRING, "{changed}");
        let answer = compared(&repository);
        assert!(answer.stdout.contains("warning[amended]"), "{}", answer.stdout);
        assert_eq!(answer.status, 0, "{}", answer.stdout);
        write(&repository, &["undo", "1"]);
        assert_eq!(repository.text(), plan(before));
    }
}

#[test]
fn due_is_compared_like_the_timescale_it_belongs_to() {
    let revised =
        "revisions = [{ on = 2025-02-01, to = \"Q4 2025\", due = \"2025-12\", reason = \"R\" }]\n";
    let cases = [
        (SPRING, "timescale = \"Spring 2025\"\ndue = \"2025-06\"\n", "timescale-replaced"),
        (SPRING, "timescale = \"May 2025\"\n", "timescale-replaced"),
        ("timescale = \"May 2025\"\n", SPRING, "timescale-replaced"),
        ("", "timescale = \"May 2025\"\n", "timescale-replaced"),
        ("timescale = \"TBA\"\n", "timescale = \"May 2025\"\n", "timescale-replaced"),
        (
            revised,
            "revisions = [{ on = 2025-02-01, to = \"Q4 2025\", due = \"2026-12\", reason = \"R\" }]\n",
            "entry-altered",
        ),
    ];
    for (before, after, rule) in cases {
        let repository = Repository::new(&plan(before));
        repository.write("plan.toml", &plan(after));
        let answer = compared(&repository);
        assert_eq!(answer.status, 1, "{before}{after}{}", answer.stdout);
        assert!(answer.stdout.contains(&format!("error[{rule}]")), "{}", answer.stdout);
    }
}

#[test]
fn a_first_date_comes_as_a_revision_which_passes_and_is_no_extension() {
    for before in ["", "timescale = \"TBC\"\n", "timescale = \"Soon\"\ndue = \"To be agreed\"\n"] {
        let repository = Repository::new(&plan(before));
        write(&repository, &["extend", "1", "May 2025", "--reason", "Agreed"]);
        let answer = compared(&repository);
        assert_eq!(answer.status, 0, "{}", answer.stdout);
        assert!(!ask(&repository, &["list"]).stdout.contains("+1"));
        assert!(ask(&repository, &["list", "--timing", "not-due"]).stdout.contains("in 13 weeks"));
    }
}
