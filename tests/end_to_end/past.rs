//! Tests that the past does not change: actions and responses count from their dates, and no command that writes
//! changes an answer as of an earlier day.

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use action_plan::{cli::Cli, commands, doc::Screen, model::Day};
use clap::Parser;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::{Answer, Repository};

/// A plan of 8 May 2003: recommendation 1 is complete, 2 is ongoing, and 3 has no response.
const BASE: &str = r#"
[plan]
title = "Action plan on the audit of records"
date = 2003-05-08

[policy]
priorities = ["high", "low"]

[[area]]
id = "manuals"
title = "Manuals"

[[meeting]]
date = "2003-11"

[[recommendation]]
id = "1"
area = "manuals"
priority = "high"
text = "Publish the manual."
timescale = "June 2003"

[[recommendation.action]]
id = "1.1"
owner = "Press office"
text = "Print it."
progress = [
  { on = 2003-06-10, status = "complete", evidence = ["manual.pdf"] },
]

[[recommendation]]
id = "2"
text = "Keep a register."
timescale = "Ongoing"

[[recommendation.action]]
id = "2.1"
text = "Open it."

[[recommendation]]
id = "3"
text = "Train the staff."
response = "awaited"

[[recommendation]]
id = "4"
text = "Number the pages."
owner = "Registry"
timescale = "December 2003"
"#;

fn on(repository: &Repository, day: &str, words: &[&str]) -> Answer {
    repository.ask(&[words, &["--as-of", day]].concat())
}

/// Returns the list, and the summary of half a year, as of 31 December 2003.
fn december(repository: &Repository) -> [String; 2] {
    let list = on(repository, "2003-12-31", &["list", "--format", "csv"]);
    let changes = ["changes", "--since", "2003-06-30", "--format", "csv"];
    [list.stdout, on(repository, "2003-12-31", &changes).stdout]
}

#[test]
fn an_action_and_an_answer_of_february_change_nothing_that_december_says() {
    let repository = Repository::new(BASE);
    let before = december(&repository);
    let february = |words: &[&str]| on(&repository, "2004-02-01", words);
    let added = february(&["add", "action", "1", "--text", "Translate it."]).stderr;
    assert!(added.contains("1.2 counts as added on 2004-02-01"), "{added}");
    let words = ["add", "action", "2", "--text", "Audit it.", "--timescale", "September 2003"];
    february(&words);
    february(&["respond", "3", "accepted", "--timescale", "November 2003"]);
    assert_eq!(december(&repository), before);
    let late = repository.plan(&["overdue", "--as-of", "2004-02-01", "--format", "csv"]).stdout;
    let late: Vec<_> = late.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(late, ["1", "2", "3", "4"]);
}

#[test]
fn an_action_that_was_added_later_is_shown_as_not_yet_there() {
    let repository = Repository::new(BASE);
    on(&repository, "2004-02-01", &["add", "action", "1", "--text", "Translate it."]);
    let shown = on(&repository, "2004-01-31", &["show", "1.2"]).stdout;
    assert!(shown.contains("2004-02-01 (after 2004-01-31, not counted)"), "{shown}");
    assert!(shown.contains("not yet added"), "{shown}");
    let listed = on(&repository, "2004-01-31", &["list", "--actions", "--columns", "id"]).stdout;
    assert!(!listed.contains("1.2"), "{listed}");
}

/// Returns the date of the item with an id; empty if it has none.
fn date(repository: &Repository, id: &str) -> String {
    let text = repository.text();
    let item = text.split("[[").find(|item| item.contains(&format!("\nid = \"{id}\"\n"))).unwrap();
    let date = item.lines().find_map(|line| line.strip_prefix("date = "));
    date.unwrap_or_default().to_owned()
}

#[test]
fn what_is_typed_in_before_the_plan_is_in_use_has_no_day_of_its_own() {
    let repository = Repository::new("# Nothing yet.\n");
    repository.write("plan.toml", "[plan]\ntitle = \"Plan\"\ndate = 2003-05-08\n");
    let ten_days_later = |words: &[&str]| on(&repository, "2003-05-18", words).stderr;
    let told = ten_days_later(&["add", "recommendation", "--text", "Publish the manual."]);
    assert_eq!(told, "added recommendation 1\n1 counts as added on 2003-05-08\n");
    ten_days_later(&["add", "action", "1", "--text", "Print it."]);
    assert_eq!((date(&repository, "1"), date(&repository, "1.1")), Default::default());
    repository.commit("Publish");
    let told = ten_days_later(&["add", "recommendation", "--text", "Keep a register."]);
    assert_eq!(
        told,
        "added recommendation 2\n2 counts as added on 2003-05-18; if it was added on another day: plan \
         amend 2 date DATE --reason WHY\n"
    );
    ten_days_later(&["add", "action", "1", "--text", "Translate it."]);
    assert_eq!(date(&repository, "1.2"), "2003-05-18");
}

#[test]
fn a_plan_with_an_entry_is_in_use_before_it_is_committed() {
    let repository = Repository::new("# Nothing yet.\n");
    repository.write("plan.toml", BASE);
    on(&repository, "2003-07-01", &["add", "action", "2", "--text", "Audit it."]);
    assert_eq!(date(&repository, "2.2"), "2003-07-01");
}

#[test]
fn a_day_that_is_given_is_written_and_one_that_was_wrong_is_amended() {
    let repository = Repository::new(BASE);
    let july = |words: &[&str]| on(&repository, "2003-07-31", words);
    july(&["add", "recommendation", "--text", "Bind it.", "--date", "2003-07-20"]);
    july(&["add", "action", "5", "--text", "Buy glue.", "--date", "2003-07-20"]);
    assert_eq!(
        (date(&repository, "5"), date(&repository, "5.1")),
        ("2003-07-20".into(), "".into())
    );
    july(&["add", "recommendation", "--text", "Index it.", "--date", "2003-05-08"]);
    assert_eq!(date(&repository, "6"), "");
    let listed =
        |day: &str| on(&repository, day, &["list", "--columns", "id"]).stdout.lines().count();
    assert_eq!((listed("2003-07-15"), listed("2003-07-20")), (6, 7));
    july(&["amend", "5", "date", "2003-07-10", "--reason", "It was in the letter of the 10th"]);
    assert_eq!(date(&repository, "5"), "2003-07-10");
    assert_eq!(listed("2003-07-15"), 7);
    let again = july(&["amend", "6", "date", "2003-05-01", "--reason", "Before the plan"]).stderr;
    assert!(again.contains("nothing to change"), "{again}");
    for (words, message) in [
        (["amend", "5", "date", "2003-08-01"], "2003-08-01 is in the future"),
        (["amend", "5", "date", "July 2003"], "`July 2003` is not a full date"),
    ] {
        let words = [&words[..], &["--reason", "R", "--as-of", "2003-07-31"]].concat();
        let refused = repository.plan(&words);
        assert_eq!(refused.status, 2);
        assert!(refused.stderr.contains(message), "{}", refused.stderr);
    }
}

/// Returns the findings of the history rules on 1 March 2004, after an action with these keys was added to
/// recommendation `id`.
fn judged(id: &str, keys: &str) -> Answer {
    let repository = Repository::new(BASE);
    let action = format!(
        "[[recommendation.action]]\nid = \"{id}.2\"\nowner = \"X\"\ntext = \"More.\"\n{keys}\n"
    );
    let next = format!("[[recommendation]]\nid = \"{}\"", id.parse::<u32>().unwrap() + 1);
    repository.write("plan.toml", &BASE.replace(&next, &format!("{action}\n{next}")));
    repository.plan(&["check", "--as-of", "2004-03-01", "--against", "main"])
}

#[test]
fn an_action_without_a_day_or_with_one_before_what_was_recorded_is_an_error() {
    for (id, keys, expected) in [
        ("1", "", "error[backdated]: action 1.2 is new but has no date"),
        ("2", "", "error[backdated]: action 2.2 is new but has no date"),
        ("1", "date = 2003-06-09", "error[backdated]: the new action 1.2 is dated 2003-06-09"),
        (
            "2",
            "date = 2003-06-09",
            "warning[recorded-late]: the new action 2.2 is dated 2003-06-09",
        ),
        ("1", "date = 2004-02-01", "warning[reopened]: action 1.2 was added to recommendation 1"),
    ] {
        let found = judged(id, keys);
        assert!(found.stdout.contains(expected), "{id} {keys}: {}", found.stdout);
        assert_eq!(found.status, i32::from(expected.starts_with("error")), "{}", found.stdout);
    }
    let found = judged("2", "date = 2004-02-01").stdout;
    assert!(!found.contains("backdated") && !found.contains("reopened"), "{found}");
}

#[test]
fn a_day_that_another_branch_recorded_before_a_merge_is_not_backdated_by_it() {
    let repository = Repository::new(BASE);
    on(
        &repository,
        "2004-02-01",
        &["add", "action", "1", "--text", "Translate it.", "--owner", "X"],
    );
    repository.commit("Add an action");
    repository.git(&["checkout", "--quiet", "main"]);
    on(&repository, "2004-02-05", &["mark", "1.1", "in-progress", "--note", "Second edition."]);
    repository.commit("Reopen");
    repository.git(&["merge", "--quiet", "--no-edit", "change"]);
    let found = repository.plan(&["check", "--as-of", "2004-03-01", "--against", "HEAD~1"]).stdout;
    assert!(!found.contains("backdated"), "{found}");
}

#[test]
fn a_day_without_an_amendment_is_an_error_and_with_one_a_warning() {
    let repository = Repository::new(&BASE.replace("id = \"4\"", "id = \"4\"\ndate = 2003-06-01"));
    repository.write("plan.toml", &repository.text().replace("2003-06-01", "2003-05-20"));
    let check = || repository.plan(&["check", "--as-of", "2004-03-01", "--against", "main"]).stdout;
    assert!(check().contains("error[field-changed]: recommendation 4 was dated 2003-06-01"));
    assert!(check().contains("plan amend 4 date DATE --reason WHY"), "{}", check());
    repository.git(&["checkout", "--quiet", "plan.toml"]);
    on(&repository, "2003-07-01", &["amend", "4", "date", "2003-05-20", "--reason", "Misread"]);
    assert!(check().contains("warning[amended]: the date of recommendation 4"), "{}", check());
}

#[test]
fn an_action_added_to_finished_work_is_told_as_reopening_it() {
    let repository = Repository::new(BASE);
    on(&repository, "2004-02-01", &["add", "action", "1", "--text", "Translate it."]);
    repository.commit_on("2004-02-02", "Add an action");
    let changes = on(&repository, "2004-02-29", &["changes", "--since", "2004-01-01"]).stdout;
    assert!(changes.contains("Reopened  1  1"), "{changes}");
    assert!(changes.contains("2004-02-01, action 1.2 was added"), "{changes}");
    let log = repository.ask(&["log", "--format", "json"]).stdout;
    assert!(log.contains("added on 2004-02-01: “Translate it.”"), "{log}");
    assert!(log.contains("its recommendation is reopened"), "{log}");
    let report = ["report", "--since", "2004-01-01", "--format", "markdown"];
    let report = on(&repository, "2004-02-29", &report).stdout;
    assert!(report.contains("reopened"), "{report}");
}

/// A plan that is changed by commands inside this test, on one as-of day after another.
struct Sequence {
    directory: TempDir,
    day: Day,
    /// The answers as of each earlier day.
    answers: BTreeMap<Day, Vec<String>>,
    told: Vec<String>,
}

const WORDS: [&str; 6] = ["Audit", "Registry", "Works", "Estates", "Legal", "Press office"];
const TIMESCALES: [&str; 6] =
    ["July 2003", "September 2003", "January 2004", "Ongoing", "To be agreed", "2005"];
const IDS: [&str; 12] = ["1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1", "4", "4.1", "5", "5.1"];
const STATUSES: [&str; 5] = ["complete", "in-progress", "not-started", "superseded", "not-pursued"];

fn one_of<'w>(words: &[&'w str], at: u8) -> &'w str {
    words[usize::from(at) % words.len()]
}

impl Sequence {
    fn new() -> Self {
        let directory = TempDir::new().unwrap();
        fs::write(directory.path().join("plan.toml"), BASE).unwrap();
        let day = "2003-06-12".parse().unwrap();
        Self { directory, day, answers: BTreeMap::new(), told: Vec::new() }
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("plan.toml")
    }

    /// Returns the answer to a command as of a day, or the error if the command is refused.
    fn run(&self, words: &[&str], day: Day) -> Result<String, String> {
        let (path, day) = (self.path(), day.to_string());
        let given = ["plan", "-f", path.to_str().unwrap(), "--as-of", &day];
        let cli = Cli::try_parse_from(given.iter().chain(words)).map_err(|e| e.to_string())?;
        let output = commands::run(cli, Screen { width: None, has_links: false });
        output.map(|output| output.text).map_err(|refused| refused.to_string())
    }

    /// Returns the answers of the plan as of a day.
    fn answers(&self, day: Day) -> Vec<String> {
        let half_a_year_before = (day - chrono::Days::new(180)).to_string();
        let questions: [&[&str]; 4] = [
            &["list"],
            &["list", "--actions"],
            &["status", "--by", "owner"],
            &["changes", "--since", &half_a_year_before],
        ];
        let json = ["--format", "json"];
        questions.map(|words| self.run(&[words, &json].concat(), day).unwrap()).to_vec()
    }

    /// Runs a writing command selected by the numbers, some days later, and compares the answers as of an earlier day.
    fn step(&mut self, [later, what, item, how, word]: [u8; 5]) -> Result<(), TestCaseError> {
        let days = [0, 1, 3, 20, 45][usize::from(later) % 5];
        if days > 0 {
            let eve = self.day + chrono::Days::new(days - 1);
            let answers = self.answers(eve);
            self.answers.insert(eve, answers);
            self.day = self.day + chrono::Days::new(days);
        }
        let command = self.command(what, item, how, word);
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        if self.run(&words, self.day).is_ok() {
            self.told.push(format!("{} {command:?}", self.day));
            let earlier = self.answers.keys().nth(usize::from(word) % self.answers.len().max(1));
            earlier.map_or(Ok(()), |day| self.compare(*day))?;
        }
        Ok(())
    }

    fn compare(&self, day: Day) -> Result<(), TestCaseError> {
        for (before, now) in self.answers[&day].iter().zip(&self.answers(day)) {
            prop_assert_eq!(before, now, "as of {}, after {:#?}", day, &self.told);
        }
        Ok(())
    }

    fn command(&self, what: u8, item: u8, how: u8, word: u8) -> Vec<String> {
        let (id, who) = (one_of(&IDS, item), one_of(&WORDS, word));
        let timescale = one_of(&TIMESCALES, how);
        let next_year = (self.day + chrono::Days::new(1 + u64::from(how))).to_string();
        let title = format!("Title {word}");
        let words: Vec<&str> = match what % 18 {
            0 => vec!["add", "area", &title],
            1 => vec!["add", "meeting", &next_year],
            2 => vec![
                "add",
                "recommendation",
                "--text",
                who,
                "--timescale",
                timescale,
                "--owner",
                who,
            ],
            3 => vec!["add", "recommendation", "--text", who, "--response", "awaited"],
            4 | 5 => vec!["add", "action", id, "--text", who, "--owner", who],
            6 => vec!["add", "action", id, "--text", who, "--timescale", timescale],
            7..=9 => vec!["mark", id, one_of(&STATUSES, how), "--note", who],
            10 => vec!["note", id, who, "--outlook", one_of(&["on-track", "at-risk"], how)],
            11 => vec!["extend", id, timescale, "--reason", who],
            12 => vec!["extend", id, timescale, "--reason", who, "--request"],
            13 => vec!["decide", id, one_of(&["agree", "refuse"], how), "--by", who],
            14 => match how % 3 {
                0 => vec!["verify", id, "--by", who, "--refuse", "--note", "No"],
                _ => vec!["verify", id, "--by", who],
            },
            15 => match how % 3 {
                0 => vec!["respond", id, "rejected", "--response-text", who],
                _ => vec!["respond", id, "accepted", "--timescale", timescale],
            },
            16 => vec!["amend", id, "owner", who, "--reason", "Moved"],
            _ => match how % 6 {
                0 => vec!["amend", id, "timescale", timescale, "--reason", "Misread"],
                1 => vec!["amend", id, "title", &title, "--reason", "Shorter"],
                2 => vec!["amend", id, "priority", "low", "--reason", "Agreed"],
                3 => vec!["amend", id, "text", &title, "--reason", "Misread"],
                4 => vec!["amend", id, "response", "rejected", "--reason", "Misread"],
                _ => vec!["amend", id, "review", &next_year, "--reason", "Agreed"],
            },
        };
        words.into_iter().map(str::to_owned).collect()
    }
}

// `PAST_SEQUENCES` is the number of sequences.
proptest! {
    #![proptest_config(ProptestConfig {
        cases: env::var("PAST_SEQUENCES").map_or(16, |count| count.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_answer_as_of_an_earlier_day_changes(
        steps in proptest::collection::vec(any::<[u8; 5]>(), 1..14),
    ) {
        let mut sequence = Sequence::new();
        for step in steps {
            sequence.step(step)?;
        }
        for day in sequence.answers.keys() {
            sequence.compare(*day)?;
        }
    }
}
