//! Tests of the setup commands: completions as shells request them, manual pages, and the instructions for agents. The
//! script .ci/shells tests the shells themselves.

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{PLAN, answer, plan};

/// Returns the candidates for the last of these words, each with its description.
fn candidates(directory: &Path, words: &[&str]) -> Vec<(String, String)> {
    let mut program = plan(directory);
    program.env("PLAN_COMPLETE", "fish").args(["--", "plan"]).args(words);
    let told = answer(&mut program);
    assert_eq!((told.status, told.stderr.as_str()), (0, ""), "{words:?}");
    let pair = |line: &str| {
        let (word, help) = line.split_once('\t').unwrap_or((line, ""));
        (word.to_owned(), help.to_owned())
    };
    told.stdout.lines().map(pair).collect()
}

fn words(directory: &Path, words: &[&str]) -> Vec<String> {
    candidates(directory, words).into_iter().map(|(word, _)| word).collect()
}

fn with_plan(text: &str) -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), text).unwrap();
    directory
}

#[test]
fn completions_know_ids_with_their_titles_areas_owners_and_priorities_of_the_plan_at_hand() {
    let directory = with_plan(include_str!("../schema/valid/every_key.toml"));
    let at = directory.path();
    let title = ("R1".to_owned(), "Reconciliation".to_owned());
    let text = ("R1(a)".to_owned(), "Name a person for each account.".to_owned());
    assert_eq!(candidates(at, &["show", "R1"]), [title, text]);
    assert_eq!(candidates(at, &["list", "--area", ""]), [("accounts".into(), "Accounts".into())]);
    assert_eq!(words(at, &["list", "--owner", "Head"]), ["Head of Finance"]);
    assert_eq!(words(at, &["list", "--priority", "low,"]), ["low,high", "low,low"]);
    assert_eq!(words(at, &["add", "action", "R2"]), ["R2"]);
    assert_eq!(words(at, &["add", "area", "--id", "R"]), [""; 0]);
}

#[test]
fn a_status_is_offered_once_an_item_is_named() {
    let directory = with_plan(PLAN);
    let at = directory.path();
    assert_eq!(words(at, &["mark", "c"]), [""; 0]);
    assert_eq!(words(at, &["mark", "1.1", "c"]), ["complete"]);
    assert_eq!(words(at, &["respond", "1", "rej"]), ["rejected"]);
    assert_eq!(words(at, &["decide", "1", "ref"]), ["refuse"]);
    assert_eq!(words(at, &["amend", "1", "prio"]), ["priority"]);
    assert_eq!(words(at, &["help", "no-ow"]), ["no-owner"]);
}

#[test]
fn words_are_quoted_where_the_shell_does_not_quote_them() {
    let directory = with_plan(include_str!("../schema/valid/every_key.toml"));
    let told = |shell: &str, begun: &str| {
        let mut program = plan(directory.path());
        program.env("PLAN_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", "3").env("_CLAP_IFS", "\n");
        let told = answer(program.args(["--", "plan", "list", "--owner", begun]));
        told.stdout.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    };
    let of = |shell, begun| -> Vec<String> { told(shell, begun) };
    assert_eq!(of("bash", "Head"), ["Head\\ of\\ Finance"]);
    assert_eq!(of("bash", "Head\\ o"), ["Head\\ of\\ Finance"]);
    assert_eq!(of("powershell", "Head"), ["'Head of Finance'"]);
    assert_eq!(of("fish", "Head"), ["Head of Finance"]);
}

#[test]
fn completions_are_those_of_the_plans_that_the_line_names() {
    let directory = TempDir::new().unwrap();
    let at = directory.path();
    fs::create_dir_all(at.join("east")).unwrap();
    fs::create_dir_all(at.join("west")).unwrap();
    fs::write(at.join("east/plan.toml"), PLAN).unwrap();
    fs::write(at.join("west/plan.toml"), PLAN).unwrap();
    assert!(words(at, &["show", "1"]).is_empty(), "there is no plan here");
    assert_eq!(words(at, &["-f", "east/plan.toml", "show", "1."])[0], "1.1");
    for names in [&["-f", "east", "-f", "west"][..], &["--file=east", "-fwest"]] {
        assert_eq!(words(at, &[names, &["show", "west/1."]].concat())[0], "west/1.1");
    }
}

#[test]
fn a_broken_or_hostile_plan_disturbs_no_shell() {
    let broken = with_plan("[plan");
    assert!(words(broken.path(), &["mark", ""]).iter().all(|word| word.starts_with("--")));
    assert_eq!(words(broken.path(), &["mark", "--no"]), ["--note"]);
    let hostile = PLAN.replace("text = \"", "title = \"a\\tb\\nc $(touch x) `y`\"\ntext = \"");
    let hostile = with_plan(&hostile);
    for (word, help) in candidates(hostile.path(), &["show", ""]) {
        assert!(!format!("{word}{help}").contains(char::is_control), "{word:?} {help:?}");
    }
}

#[test]
fn each_shell_has_a_script_that_asks_plan_and_one_that_does_not() {
    let directory = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = |more: &[&str]| {
            let told = answer(plan(directory.path()).args(["completions", shell]).args(more));
            assert_eq!(told.status, 0, "{shell}: {}", told.stderr);
            told.stdout
        };
        assert!(script(&[]).contains("PLAN_COMPLETE"), "{shell}");
        let whole = script(&["--static"]);
        assert!(whole.contains("completions") && !whole.contains("PLAN_COMPLETE"), "{shell}");
    }
}

/// Returns the commands as `plan help` lists them for programs.
fn commands(directory: &Path) -> Vec<Value> {
    let told = answer(plan(directory).args(["help", "--format", "json"]));
    let help: Value = serde_json::from_str(&told.stdout).unwrap();
    help["rows"].as_array().unwrap().clone()
}

#[test]
fn each_command_has_a_manual_page_with_its_flags() {
    let directory = TempDir::new().unwrap();
    let at = directory.path();
    assert_eq!(answer(plan(at).args(["man", "pages"])).status, 0);
    for command in commands(at) {
        let name = command["id"].as_str().unwrap().replace(' ', "-");
        let page = fs::read_to_string(at.join(format!("pages/plan-{name}.1"))).unwrap();
        for argument in command["arguments"].as_array().unwrap() {
            for flag in argument["flags"].as_array().unwrap() {
                let flag = flag.as_str().unwrap().replace('-', "\\-");
                assert!(page.contains(&flag), "{name}: {flag}");
            }
        }
    }
    let main = answer(plan(at).arg("man")).stdout;
    assert_eq!(main, fs::read_to_string(at.join("pages/plan.1")).unwrap());
}

#[test]
fn each_command_is_in_a_group_and_takes_the_flags_that_its_help_shows() {
    let directory = TempDir::new().unwrap();
    let commands = commands(directory.path());
    assert!(commands.len() > 25, "{}", commands.len());
    let mut groups: Vec<&str> = commands.iter().map(|row| row["group"].as_str().unwrap()).collect();
    groups.dedup();
    assert_eq!(groups, ["Look", "Record", "Check", "History", "Report", "Set up"]);
    for command in &commands {
        let words = command["id"].as_str().unwrap().split(' ');
        let help = answer(plan(directory.path()).args(words).arg("--help")).stdout;
        for argument in command["arguments"].as_array().unwrap() {
            for flag in argument["flags"].as_array().unwrap() {
                assert!(help.contains(flag.as_str().unwrap()), "{} {flag}", command["id"]);
            }
        }
    }
}

#[test]
fn instructions_for_agents_name_only_commands_that_there_are() {
    let directory = TempDir::new().unwrap();
    let at = directory.path();
    let told = answer(plan(at).args(["init", "--agents"]));
    assert_eq!(told.status, 0, "{}", told.stderr);
    let text = fs::read_to_string(at.join("AGENTS.md")).unwrap();
    let rows = commands(at);
    let is_known = |word: &str| {
        rows.iter().any(|row| row["id"].as_str().unwrap().split(' ').next() == Some(word))
    };
    let said = text.split("plan ").skip(1).filter_map(|rest| rest.split([' ', '`', '\n']).next());
    let commands: Vec<&str> = said.filter(|word| is_known(word)).collect();
    assert!(commands.len() > 15, "{commands:?}");
    for line in text.lines().filter_map(|line| line.strip_prefix("    plan ")) {
        let word = line.split(' ').next().unwrap();
        assert!(is_known(word), "there is no command `{word}`");
    }
    // An existing file is kept.
    fs::write(at.join("AGENTS.md"), "Mine.\n").unwrap();
    assert_eq!(answer(plan(at).args(["init", "--agents"])).status, 4);
    assert_eq!(fs::read_to_string(at.join("AGENTS.md")).unwrap(), "Mine.\n");
    fs::remove_file(at.join("AGENTS.md")).unwrap();
    assert_eq!(answer(plan(at).args(["init", "--agents"])).status, 0);
}
