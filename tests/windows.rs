//! Tests of the differences on Windows: opening files, starting an editor, and writing paths.

#![cfg(windows)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may fail loudly and make the files they need"
)]

use std::{
    fs,
    os::windows::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use tempfile::TempDir;

const SEED: &str = include_str!("../plan.toml");

/// Returns a directory with a copy of the example plan.
fn copy() -> (TempDir, PathBuf) {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    fs::write(&file, SEED).unwrap();
    (directory, file)
}

/// Returns a command that runs the program in a directory.
fn plan(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.current_dir(directory).env_remove("PLAN_FILE").env("PLAN_AS_OF", "2003-07-01");
    command
}

/// Returns the standard output and the standard error of a command.
fn answer(command: &mut Command) -> [String; 2] {
    let output = command.output().unwrap();
    [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn of_eight_writers_at_once_every_one_is_heard_and_no_lock_is_left() {
    let (directory, file) = copy();
    let notes: Vec<String> = (0..8).map(|number| format!("Note {number}.")).collect();
    let note = |note: &String| plan(directory.path()).args(["note", "5.1", note]).spawn().unwrap();
    for mut writer in notes.iter().map(note).collect::<Vec<_>>() {
        assert!(writer.wait().unwrap().success());
    }
    let text = fs::read_to_string(file).unwrap();
    assert!(notes.iter().all(|note| text.contains(note)), "{text}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn a_file_that_another_program_looks_at_is_replaced_when_it_lets_go() {
    let (directory, file) = copy();
    const SHARED_FOR_READING: u32 = 1;
    let looked_at =
        fs::OpenOptions::new().read(true).share_mode(SHARED_FOR_READING).open(&file).unwrap();
    let mark = ["mark", "5.1", "complete"];
    let mut writer = plan(directory.path()).args(mark).spawn().unwrap();
    thread::sleep(Duration::from_millis(500));
    assert!(writer.try_wait().unwrap().is_none(), "it waits");
    drop(looked_at);
    assert!(writer.wait().unwrap().success());
    assert!(fs::read_to_string(file).unwrap().contains("status = \"complete\""));
}

#[test]
fn a_plan_with_returns_keeps_them_and_what_is_added_has_them_too() {
    let (directory, file) = copy();
    fs::write(&file, SEED.replace('\n', "\r\n")).unwrap();
    let words = ["note", "5.1", "One.\nTwo."];
    let [_, stderr] = answer(plan(directory.path()).args(words));
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains("Two."), "{stderr}");
    assert!(text.split_inclusive('\n').all(|line| line.ends_with("\r\n")), "{text:?}");
}

#[test]
fn cmd_starts_the_editor_with_its_flags() {
    let (directory, file) = copy();
    fs::write(directory.path().join("mine.toml"), SEED.replace("June 2003", "July 2003")).unwrap();
    let mut edit = plan(directory.path());
    edit.args(["edit", "5"]).env_remove("VISUAL").env("EDITOR", "copy /y mine.toml");
    let [_, stderr] = answer(&mut edit);
    assert!(stderr.ends_with(": changed\n"), "{stderr}");
    assert!(fs::read_to_string(file).unwrap().contains("timescale = \"July 2003\""));
}

#[test]
fn names_and_paths_of_plans_have_slashes() {
    let directory = TempDir::new().unwrap();
    for name in ["a", "b"] {
        let deep = directory.path().join(name).join("2003");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("plan.toml"), SEED).unwrap();
    }
    let csv = ["-f", ".", "list", "--format", "csv"];
    let [listed, _] = answer(plan(directory.path()).args(csv));
    assert!(listed.contains("a/2003/plan"), "{listed}");
    let check = ["-f", "a\\2003\\plan.toml", "check"];
    let [checked, _] = answer(plan(directory.path()).args(check));
    assert!(checked.contains("a/2003/plan.toml"), "{checked}");
}
