//! Tests that a warning which a command can correct names this command, and that the command removes the warning,
//! causes no other, and satisfies the history rules.

use crate::support::Repository;
use serde_json::Value;

const HEAD: &str = "[plan]\ntitle = \"P\"\ndate = 2003-05-08\n\n[[meeting]]\ndate = 2003-09-01\n\n";
const AS_OF: &str = "2003-12-11";

/// A rule, a plan that breaks the rule, the beginning of the command in the help, and the complete command.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

const CASES: [Case; 15] = [
    (
        "no-owner",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-12\"\n[[recommendation.action]]\nid = \"1.1\"\ntext = \"B.\"\n",
        "plan amend 1.1 owner",
        &["amend", "1.1", "owner", "Director", "--reason", "Appointed"],
    ),
    (
        "no-action",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-12\"\n",
        "plan add action 1",
        &["add", "action", "1", "--text", "Do it.", "--owner", "Director"],
    ),
    (
        "no-priority",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-12\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\n[policy]\nfail_on = \"high\"\n",
        "plan amend 1 priority",
        &["amend", "1", "priority", "low", "--reason", "Agreed"],
    ),
    (
        "stale",
        "id = \"1\"\ntext = \"A.\"\nreview = \"2004-12\"\ntimescale = \"Ongoing\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\n",
        "plan note 1",
        &["note", "1", "It goes on."],
    ),
    (
        "undated",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"TBA\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\n",
        "plan extend 1 2004-03 --reason WHY",
        &["extend", "1", "March 2004", "--reason", "Agreed"],
    ),
    (
        "undated",
        "id = \"1\"\ntext = \"A.\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\n",
        "plan extend 1 2004-03 --reason WHY",
        &["extend", "1", "Spring 2004", "--due", "2004-05", "--reason", "Agreed"],
    ),
    (
        "undated-without-review",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"Ongoing\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\nprogress = [{ on = 2003-10-01, status = \"in-progress\" }]\n",
        "plan amend 1 review",
        &["amend", "1", "review", "2004-11", "--reason", "Agreed"],
    ),
    (
        "complete-without-evidence",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-12\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\nprogress = [{ on = 2003-10-01, status = \"complete\" }]\n",
        "plan note 1.1",
        &["note", "1.1", "Here it is.", "--evidence", "r.pdf"],
    ),
    (
        "unverified",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-12\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\nprogress = [{ on = 2003-10-01, status = \"complete\", evidence = [\"r\"] }]\n[policy]\nclosure_needs_verification = true\n",
        "plan verify 1",
        &["verify", "1", "--by", "Auditor"],
    ),
    (
        "verified-by-owner",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-12\"\nverification = [{ on = 2003-10-02, by = \"D\", result = \"verified\" }]\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\nprogress = [{ on = 2003-10-01, status = \"complete\", evidence = [\"r\"] }]\n",
        "plan verify 1",
        &["verify", "1", "--by", "Auditor"],
    ),
    (
        "extended-without-reason",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-06\"\nrevisions = [{ on = 2003-10-01, to = \"2004-12\" }]\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\n",
        "plan note 1",
        &["note", "1", "The group was dissolved."],
    ),
    (
        "serial-extension",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-06\"\nrevisions = [{ on = 2003-06-01, to = \"2004-07\", reason = \"r\" }, { on = 2003-07-01, to = \"2004-08\", reason = \"r\" }, { on = 2003-08-01, to = \"2004-09\", reason = \"r\" }]\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\n",
        "plan mark 1 not-pursued",
        &["mark", "1", "not-pursued", "--note", "It will not be done."],
    ),
    (
        "revised-to-past",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2003-06\"\nrevisions = [{ on = 2003-08-01, to = \"2003-07\", reason = \"r\" }]\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\n",
        "plan extend 1",
        &["extend", "1", "2004-03", "--reason", "Late"],
    ),
    (
        "milestone-after-deadline",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-06\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\ntimescale = \"2004-09\"\n",
        "plan extend 1",
        &["extend", "1", "2004-10", "--reason", "The action is longer"],
    ),
    (
        "backwards-without-note",
        "id = \"1\"\ntext = \"A.\"\ntimescale = \"2004-06\"\n[[recommendation.action]]\nid = \"1.1\"\nowner = \"D\"\ntext = \"B.\"\nprogress = [{ on = 2003-06-01, status = \"in-progress\" }, { on = 2003-07-01, status = \"not-started\" }]\n",
        "plan note 1.1",
        &["note", "1.1", "The contractor left."],
    ),
];

fn found(repository: &Repository, words: &[&str]) -> Vec<Value> {
    let words = [&["check", "--as-of", AS_OF, "--format", "json"], words].concat();
    let answer = repository.plan(&words);
    let json: Value = serde_json::from_str(&answer.stdout).unwrap();
    json["rows"].as_array().unwrap().clone()
}

fn rules(found: &[Value]) -> Vec<&str> {
    found.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn what_a_help_line_says_mends_the_fault_brings_no_other_and_passes_the_history_rules() {
    for (rule, plan, begins, command) in CASES {
        let repository = Repository::new(&format!("{HEAD}[[recommendation]]\n{plan}"));
        let before = found(&repository, &[]);
        let fault = before.iter().find(|row| row["id"] == rule);
        let fault = fault.unwrap_or_else(|| panic!("{rule} is not found in {before:#?}"));
        let help = fault["help"].as_str().unwrap();
        assert!(help.contains(begins), "{rule}: {help}");
        let words = [&["--as-of", AS_OF], command].concat();
        let answer = repository.plan(&words);
        assert_eq!(answer.status, 0, "{rule}: {}", answer.stderr);
        let after = found(&repository, &[]);
        let mut known = rules(&before);
        known.retain(|known| *known != rule);
        for left in rules(&after) {
            assert!(known.contains(&left), "{rule}: {left} remains or is new: {after:#?}");
        }
        let compared = repository.plan(&["check", "--as-of", AS_OF, "--against", "main"]);
        assert_eq!(compared.status, 0, "{rule}: {}", compared.stdout);
    }
}
