//! Files and names that nobody means well with: endless, misleading, or no files at all.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may fail loudly, and make the files they need"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/plan.toml");
const HEAD: &str = "[plan]\ntitle = \"T\"\ndate = 2003-05-08\n";

fn plan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command
        .env_clear()
        .args(["--as-of", "2003-12-11"])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What `plan check` answers to a text.
fn check(text: &str, format: &str) -> Output {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    fs::write(&file, text).unwrap();
    plan(&["check", "--format", format, "-f"]).arg(file).output().unwrap()
}

fn recommendation(number: usize) -> String {
    format!("\n[[recommendation]]\nid = \"{number}\"\ntext = \"x\"\ntimescale = \"Ongoing\"\n")
}

/// So many faults or values of one kind, and a size at which they take a while.
type Shape = (&'static str, usize, fn(usize) -> String);

const SHAPES: [Shape; 10] = [
    ("signs on one line", 1_000, |n| "=".repeat(n)),
    ("keys in extra", 4_000, |n| {
        "[plan.extra]\n".to_owned() + &(0..n).map(|n| format!("k{n} = 1\n")).collect::<String>()
    }),
    ("areas", 1_000, |n| {
        (0..n).map(|n| format!("[[area]]\nid = \"a{n}\"\ntitle = \"t\"\n")).collect()
    }),
    ("the same key", 250, |n| "a = 1\n".repeat(n)),
    ("keys that stand twice", 250, |n| (0..n).map(|m| format!("k{} = 1\n", m % (n / 2))).collect()),
    ("unknown keys", 1_000, |n| (0..n).map(|n| format!("k{n} = 1\n")).collect()),
    ("faults on one line", 700, |n| {
        let values: Vec<String> = (0..n).map(|n| format!("k{n} = 1e999")).collect();
        format!("x = {{ {} }}\n", values.join(", "))
    }),
    ("unknown areas", 200, |n| {
        let areas = (0..n).map(|n| format!("[[area]]\nid = \"a{n}\"\ntitle = \"t\"\n"));
        let uses = (0..n).map(|n| recommendation(n) + &format!("area = \"zzz{n}\"\n"));
        areas.chain(uses).collect()
    }),
    ("texts that are not closed", 500, |n| "x = \"\"\"\n".repeat(n)),
    ("nested lists", 10_000, |n| format!("x = {}1{}\n", "[".repeat(n), "]".repeat(n))),
];

#[test]
fn ten_times_as_much_takes_about_ten_times_as_long() {
    let time = |text: &str, format| {
        let since = Instant::now();
        check(text, format);
        since.elapsed().max(Duration::from_millis(20))
    };
    for (name, size, text) in SHAPES {
        for format in ["table", "sarif"] {
            let once = time(&(HEAD.to_owned() + &text(size)), format);
            let ten_times = time(&(HEAD.to_owned() + &text(10 * size)), format);
            assert!(ten_times < 40 * once, "{name} in {format}: {once:?}, then {ten_times:?}");
        }
    }
}

#[test]
fn a_fault_in_a_long_line_shows_some_200_columns_and_its_true_column() {
    let line = format!("summary = \"{}\" = \"{}\"", "é".repeat(50_000), "b".repeat(50_000));
    let output = stdout(&check(&format!("{HEAD}{line}\n"), "table"));
    assert!(output.contains("plan.toml:4:50014\n"), "{output}");
    let widest = output.lines().map(|line| line.chars().count()).max().unwrap();
    assert!((60..230).contains(&widest), "{widest}");
    let key = format!("{HEAD}{} = 1\n", "k".repeat(100_000));
    assert!(stdout(&check(&key, "table")).len() < 5_000);
}

#[test]
fn of_more_than_100_faults_100_are_shown_and_json_has_all() {
    let text: String = (0..300).map(|number| format!("k{number} = 1\n")).collect();
    let output = stdout(&check(&(HEAD.to_owned() + &text), "table"));
    assert_eq!(output.matches("error[unknown-key]").count(), 100, "{output}");
    assert!(output.contains("\nand 200 more: `plan check --format json` has all\n"), "{output}");
    assert!(output.ends_with("plan.toml: 300 errors\n"), "{output}");
    let output = stdout(&check(&(HEAD.to_owned() + &text), "json"));
    assert_eq!(output.matches("\"id\": \"unknown-key\"").count(), 300);
}
