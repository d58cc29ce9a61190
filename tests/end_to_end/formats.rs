//! Tests of the formats of `check` and `overdue` for other systems. They are read by other software: SARIF by its
//! published schema, JUnit by a separate parser, and GitHub's commands by their grammar.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use crate::support::{Answer, answer, files, plan};
use junit_parser::TestSuites;
use serde_json::Value;
use tempfile::TempDir;

const SCHEMA: &str = include_str!("../schema/sarif-2.1.0.json");
const FORMATS: [&str; 6] = ["table", "json", "github", "gitlab", "junit", "sarif"];

/// Returns every plan of the other tests, including the broken ones.
fn plans() -> Vec<PathBuf> {
    let mut plans = files("cases", "plan.toml");
    plans.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("plan.toml"));
    plans
}

fn ask(file: &Path, command: &str, format: &str) -> Answer {
    let mut program = plan(file.parent().unwrap());
    program.arg("--file").arg(file.file_name().unwrap());
    answer(program.args([command, "--as-of", "2003-12-11", "--format", format]))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn rows(file: &Path, command: &str) -> Vec<Value> {
    let answer = json(&ask(file, command, "json").stdout);
    answer["rows"].as_array().unwrap().clone()
}

/// Runs `look` on the answer for each plan that has an answer.
fn each(format: &str, mut look: impl FnMut(&Path, &str, &Answer)) {
    let mut looked = 0;
    for file in plans() {
        for command in ["check", "overdue"] {
            let told = ask(&file, command, format);
            if told.status > 1 {
                assert_eq!(told.stdout, "", "{}", file.display());
                continue;
            }
            look(&file, command, &told);
            looked += 1;
        }
    }
    assert!(looked > 50);
}

#[test]
fn the_exit_status_is_the_same_in_every_format() {
    for file in plans() {
        for command in ["check", "overdue"] {
            let statuses = FORMATS.map(|format| ask(&file, command, format).status);
            let first = statuses[0];
            assert_eq!(statuses, [first; FORMATS.len()], "{command} {}", file.display());
        }
    }
}

#[test]
fn sarif_is_valid_by_the_published_schema_and_leaves_nothing_out() {
    let validator = schema();
    each("sarif", |file, command, told| {
        let log = json(&told.stdout);
        let errors: Vec<String> =
            validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.display());
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), rows(file, command).len(), "{}", file.display());
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        // GitHub refuses rules without these properties.
        for rule in rules {
            assert!(rule["fullDescription"]["text"].is_string(), "{rule}");
            assert!(rule["help"]["text"].is_string(), "{rule}");
        }
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        let fingerprints: HashSet<&str> = results.iter().map(fingerprint).collect();
        assert_eq!(fingerprints.len(), results.len(), "{}", file.display());
        let failing = results.iter().any(|result| result["level"] == "error");
        assert_eq!(failing, told.status == 1, "{command} {}", file.display());
    });
}

/// Returns the published schema without its pattern for the unused key `language`. A strict parser rejects this pattern
/// because of an unmatched bracket.
fn schema() -> jsonschema::Validator {
    let mut schema = json(SCHEMA);
    for table in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][table]["properties"]["language"];
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    jsonschema::validator_for(&schema).unwrap()
}

fn fingerprint(result: &Value) -> &str {
    result["partialFingerprints"]["planFinding/v1"].as_str().unwrap()
}

#[test]
fn a_broken_schema_would_be_noticed() {
    let validator = schema();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan.toml");
    let mut log = json(&ask(&file, "check", "sarif").stdout);
    log["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&log));
}

#[test]
fn fingerprints_stay_when_lines_move_and_days_pass() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    let seed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("plan.toml")).unwrap();
    fs::write(&file, &seed).unwrap();
    let of = |command: &str, format: &str, as_of: &str| -> Vec<String> {
        let mut program = plan(directory.path());
        let told = answer(program.args([command, "--as-of", as_of, "--format", format]));
        let log = json(&told.stdout);
        match format {
            "sarif" => {
                let results = log["runs"][0]["results"].as_array().unwrap();
                results.iter().map(|result| fingerprint(result).to_owned()).collect()
            }
            _ => {
                let issues = log.as_array().unwrap().iter();
                issues.map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
            }
        }
    };
    for format in ["sarif", "gitlab"] {
        let check = of("check", format, "2003-12-11");
        let late = of("overdue", format, "2003-12-11");
        assert!(!check.is_empty() && !late.is_empty());
        fs::write(&file, format!("# A line more.\n\n{seed}")).unwrap();
        assert_eq!(of("check", format, "2003-12-12"), check);
        assert_eq!(of("overdue", format, "2003-12-12"), late);
        fs::write(&file, &seed).unwrap();
    }
}

#[test]
fn gitlab_takes_a_list_of_issues_each_with_its_line_and_a_fingerprint_of_its_own() {
    each("gitlab", |file, command, told| {
        let report = json(&told.stdout);
        let issues = report.as_array().unwrap();
        assert_eq!(issues.len(), rows(file, command).len(), "{}", file.display());
        let mut fingerprints = HashSet::new();
        for issue in issues {
            for key in ["description", "check_name", "fingerprint"] {
                assert!(!issue[key].as_str().unwrap().is_empty());
            }
            let severity = issue["severity"].as_str().unwrap();
            assert!(["info", "minor", "major"].contains(&severity));
            assert!(!issue["location"]["path"].as_str().unwrap().is_empty());
            assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
            assert!(fingerprints.insert(issue["fingerprint"].as_str().unwrap()));
        }
        let failing = issues.iter().any(|issue| issue["severity"] == "major");
        assert_eq!(failing, told.status == 1, "{command} {}", file.display());
    });
}

#[test]
fn junit_is_read_by_another_reader_with_a_failure_wherever_the_command_fails() {
    each("junit", |file, command, told| {
        let read = junit_parser::from_reader(told.stdout.as_bytes());
        let suites = read.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert_eq!(suites.failures > 0, told.status == 1, "{command} {}", file.display());
        assert_eq!(suites.tests, counted(&suites, |_| true));
        let failed = |case: &junit_parser::TestCase| case.status.is_failure();
        assert_eq!(suites.failures, counted(&suites, failed));
        let rows = rows(file, command);
        for row in rows.iter().filter(|row| row["level"] == "error") {
            let name = row["id"].as_str().unwrap();
            let mut cases = suites.suites.iter().flat_map(|suite| &suite.cases);
            let case = cases.find(|case| case.original_name == name).unwrap();
            let failure = case.status.failure_as_ref();
            let place = format!(":{}:{}: error: ", row["line"], row["column"]);
            assert!(failure.text.contains(&place), "{}: {}", file.display(), failure.text);
        }
    });
}

fn counted(suites: &TestSuites, wanted: impl Fn(&junit_parser::TestCase) -> bool) -> u64 {
    let cases = suites.suites.iter().flat_map(|suite| &suite.cases);
    cases.filter(|case| wanted(case)).count().try_into().unwrap()
}

#[test]
fn github_gets_at_most_ten_commands_of_a_level_and_no_other_line_is_one() {
    each("github", |file, command, told| {
        let found = rows(file, command);
        for level in ["error", "warning", "notice"] {
            let commands = commands(&told.stdout, level);
            assert!(commands.len() <= 10, "{}", file.display());
        }
        let errors = found.iter().filter(|row| row["level"] == "error").count();
        if command == "check" && errors <= 10 {
            assert_eq!(commands(&told.stdout, "error").len(), errors, "{}", file.display());
        }
        for line in told.stdout.lines() {
            let known =
                ["::error ", "::warning ", "::notice ", "::error::", "::warning::", "::notice::"];
            let is_command = known.iter().any(|command| line.starts_with(command));
            assert!(is_command || !line.contains("::"), "{}: {line}", file.display());
            assert!(!line.contains("##["), "{line}");
        }
    });
}

fn commands<'a>(text: &'a str, level: &str) -> Vec<&'a str> {
    let (with, without) = (format!("::{level} "), format!("::{level}::"));
    text.lines().filter(|line| line.starts_with(&with) || line.starts_with(&without)).collect()
}

/// Returns a plan with `count` overdue recommendations without actions, each due a day after the one before.
fn late(count: u32) -> String {
    let mut text = "[plan]\ntitle = \"Plan\"\ndate = 2003-05-08\n".to_owned();
    for number in 1..=count {
        text.push_str(&format!(
            "\n[[recommendation]]\nid = \"{number}\"\ntext = \"Do it.\"\ntimescale = 2003-06-{number:02}\n"
        ));
    }
    text
}

#[test]
fn github_is_told_the_worst_ten_and_how_many_more() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    fs::write(&file, late(25)).unwrap();
    let told = ask(&file, "overdue", "github").stdout;
    let errors = commands(&told, "error");
    assert_eq!(errors.len(), 10);
    for (number, error) in errors[..9].iter().enumerate() {
        let id = number + 1;
        assert!(error.contains(&format!("::recommendation {id} is ")), "{error}");
    }
    assert_eq!(errors[9], "::error::16 more errors: see the log of `plan overdue`");
    for number in 10..=25 {
        assert!(told.contains("\nerror[overdue] plan.toml:"), "{told}");
        assert!(told.contains(&format!(": recommendation {number} is ")), "{told}");
    }
    fs::write(&file, late(10)).unwrap();
    let told = ask(&file, "overdue", "github").stdout;
    assert_eq!(commands(&told, "error").len(), 10);
    assert!(!told.contains("more error"));
}

#[test]
fn github_is_told_of_errors_before_warnings() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    let policy = "\n[policy.lints]\ndeadline-before-plan = \"error\"\n";
    fs::write(&file, late(3).replace("2003-06-03", "2002-06-03") + policy).unwrap();
    let told = ask(&file, "check", "github").stdout;
    let kinds: Vec<&str> = told.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(kinds, ["::error", "::warning", "::warning", "::warning", "plan.toml:"]);
}

#[test]
fn names_that_mean_something_to_a_format_are_escaped() {
    let directory = TempDir::new().unwrap();
    let name = "a,b: 100% <&\"]]>::é\n.toml";
    let file = directory.path().join(name);
    fs::write(&file, late(1)).unwrap();
    let github = ask(&file, "overdue", "github").stdout;
    let begins = "::error file=a%2Cb%3A 100%25 <&\"]]>%3A%3Aé .toml,line=";
    assert!(github.starts_with(begins), "{github}");
    assert_eq!(github.lines().count(), 2);
    let sarif = json(&ask(&file, "overdue", "sarif").stdout);
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert_eq!(uri, "a%2Cb%3A%20100%25%20%3C%26%22%5D%5D%3E%3A%3A%C3%A9%0A.toml");
    let junit = ask(&file, "overdue", "junit").stdout;
    let suites = junit_parser::from_reader(junit.as_bytes()).unwrap();
    let case = &suites.suites[0].cases[0];
    assert_eq!(case.file.as_deref(), Some("a,b: 100% <&\"]]>::é .toml"));
    let gitlab = json(&ask(&file, "overdue", "gitlab").stdout);
    assert_eq!(gitlab[0]["location"]["path"], name);
}

#[test]
fn the_summary_of_the_step_is_added_to_what_is_there() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    fs::write(&file, late(2)).unwrap();
    let summary = directory.path().join("summary.md");
    fs::write(&summary, "before\n").unwrap();
    for command in ["check", "overdue"] {
        let mut program = plan(directory.path());
        program.env("GITHUB_STEP_SUMMARY", &summary);
        answer(program.args([command, "--as-of", "2003-12-11", "--format", "github"]));
    }
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("before\n### plan check\n"), "{text}");
    let counts = "\n### plan overdue\n\n**2 overdue** on 2003-12-11\n\n| Id | ";
    assert!(text.contains(counts), "{text}");
    let row = "| 1 | Do it. | 2003-06-01 | not started | 6 months overdue |";
    assert!(text.contains(row), "{text}");

    let mut program = plan(directory.path());
    program.env("GITHUB_STEP_SUMMARY", directory.path().join("nowhere/summary.md"));
    let told = answer(program.args(["check", "--format", "github"]));
    assert_eq!((told.status, told.stdout.as_str()), (4, ""));
}

#[test]
fn places_are_named_from_the_root_of_the_repository() {
    let repository = crate::support::Repository::new(&late(1));
    fs::create_dir_all(repository.path().join("audit/2003")).unwrap();
    repository.git(&["mv", "plan.toml", "audit/2003/plan.toml"]);
    let file = repository.path().join("audit/2003/plan.toml");
    let told = ask(&file, "overdue", "github").stdout;
    assert!(told.starts_with("::error file=audit/2003/plan.toml,line="), "{told}");
}

#[test]
fn a_csv_file_begins_with_a_byte_order_mark_and_standard_output_does_not() {
    let directory = TempDir::new().unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan.toml");
    let list = |words: &[&str]| {
        answer(plan(directory.path()).args(["list", "-f", file.to_str().unwrap()]).args(words))
    };
    let printed = list(&["--format", "csv"]);
    assert!(printed.stdout.starts_with("id,"), "{}", printed.stdout);
    let told = list(&["--output", "rows.csv"]);
    assert_eq!((told.status, told.stdout.as_str()), (0, ""));
    let written = fs::read_to_string(directory.path().join("rows.csv")).unwrap();
    assert_eq!(written, format!("\u{feff}{}", printed.stdout));
    assert_eq!(list(&["--output", "rows.json"]).status, 0);
    let rows = fs::read_to_string(directory.path().join("rows.json")).unwrap();
    assert_eq!(rows, list(&["--format", "json"]).stdout);
    let told = list(&["--output", "rows.docx"]);
    assert_eq!(told.status, 2);
    assert!(told.stderr.contains("json, csv, markdown"), "{}", told.stderr);
}
