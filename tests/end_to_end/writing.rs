//! Tests of a file that others use too: concurrent writers, writers killed at any time, and files that cannot be
//! written.

#![cfg(target_os = "linux")]
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use tempfile::TempDir;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/plan.toml");

fn plan(file: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command
        .env_clear()
        .env("PLAN_AS_OF", "2003-07-01")
        .arg("-f")
        .arg(file)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(file: &Path, arguments: &[&str]) -> Output {
    plan(file, arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Returns a directory with a copy of the example plan.
fn copy() -> (TempDir, PathBuf) {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    fs::copy(SEED, &file).unwrap();
    (directory, file)
}

/// Returns a plan with one recommendation and this many actions.
fn many(actions: usize) -> (TempDir, PathBuf) {
    let (directory, file) = copy();
    let mut text = "[plan]\ntitle = \"Many\"\ndate = 2003-05-08\n\n[[recommendation]]\nid = \"1\"\ntext = \"Much.\"\ntimescale = \"Ongoing\"\n".to_owned();
    for number in 1..=actions {
        text.push_str(&format!(
            "\n[[recommendation.action]]\nid = \"1.{number}\"\ntext = \"Do.\"\n"
        ));
    }
    fs::write(&file, text).unwrap();
    (directory, file)
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// Returns how often writers are killed; `tests/hard.sh` sets a higher number.
fn rounds() -> u64 {
    let asked = std::env::var("PLAN_TEST_ROUNDS").ok();
    asked.map_or(50, |rounds| rounds.parse().unwrap())
}

#[test]
fn of_32_writers_at_once_every_one_is_heard() {
    for _ in 0..rounds().div_ceil(200) {
        thirty_two_at_once();
    }
}

fn thirty_two_at_once() {
    let (directory, file) = many(32);
    let id = |number: usize| format!("1.{number}");
    let writers: Vec<Child> = (1..=32)
        .map(|number| plan(&file, &["mark", &id(number), "complete"]).spawn().unwrap())
        .collect();
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.matches("status = \"complete\"").count(), 32);
    assert!(run(&file, &["check"]).status.success());
    assert_eq!(names(directory.path()), ["plan.toml"]);
}

#[test]
fn a_writer_killed_at_any_moment_leaves_the_old_plan_or_the_new_one_whole() {
    let (directory, file) = copy();
    for round in 0..rounds() {
        let before = fs::read_to_string(&file).unwrap();
        let note = format!("Round {round}.");
        let mut writer = plan(&file, &["note", "1.1", &note]).spawn().unwrap();
        thread::sleep(Duration::from_micros(round * 197 % 30_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let after = fs::read_to_string(&file).unwrap();
        let is_new = after.contains(&note) && after.len() > before.len();
        assert!(after == before || is_new, "torn in round {round}");
        assert!(run(&file, &["check"]).status.success(), "round {round}");
    }
    let output = run(&file, &["note", "1.1", "The next command works."]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(names(directory.path()), ["plan.toml"], "what was left behind is swept up");
}

#[test]
fn what_a_killed_writer_left_behind_is_swept_up_by_the_next() {
    let (directory, file) = copy();
    fs::write(directory.path().join(".plan.toml.a1B2c3.plan-tmp"), "half").unwrap();
    fs::write(directory.path().join(".other.toml.a1B2c3.plan-tmp"), "half").unwrap();
    assert!(run(&file, &["mark", "5.1", "complete"]).status.success());
    let mut left = names(directory.path());
    left.sort();
    assert_eq!(left, [".other.toml.a1B2c3.plan-tmp", "plan.toml"]);
}

#[test]
fn init_killed_at_any_moment_leaves_a_whole_plan_or_none_and_no_litter_for_long() {
    for round in 0..rounds() {
        let directory = TempDir::new().unwrap();
        let file = directory.path().join("plan.toml");
        let mut writer = plan(&file, &["init"]).spawn().unwrap();
        thread::sleep(Duration::from_micros(round * 197 % 10_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        // A killed writer may leave this file behind.
        fs::write(directory.path().join(".plan.toml.a1B2c3.plan-tmp"), "half").unwrap();
        let next: &[&str] = if file.exists() { &["add", "meeting", "2003-12"] } else { &["init"] };
        let output = run(&file, next);
        assert!(output.status.success(), "round {round}: {}", stderr(&output));
        let mut left = names(directory.path());
        left.retain(|name| name != "plan.schema.json");
        assert_eq!(left, ["plan.toml"], "round {round}");
        assert!(run(&file, &["status"]).status.success(), "round {round}");
    }
}

#[test]
fn marking_the_seed_adds_lines_and_changes_none() {
    let (_directory, file) = copy();
    let before = fs::read_to_string(&file).unwrap();
    let output = run(
        &file,
        &["mark", "5", "complete", "--on", "2003-06-27", "--note", "In the June report."],
    );
    assert_eq!(
        stderr(&output),
        "5.1: not started → complete\n5.2: not started → complete\n5.3: not started → complete\n\
         recommendation 5: not started → complete, 3 days before its due date\n"
    );
    let after = fs::read_to_string(&file).unwrap();
    let mut kept = before.lines().peekable();
    let added: Vec<&str> = after.lines().filter(|line| kept.next_if_eq(line).is_none()).collect();
    assert_eq!((kept.next(), added.len()), (None, 9));
}

#[test]
fn one_bad_id_and_nothing_is_written() {
    let (_directory, file) = copy();
    let before = fs::read(&file).unwrap();
    let output = run(&file, &["mark", "1.1", "1.9", "complete"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_dry_run_and_a_change_that_is_none_write_nothing() {
    let (_directory, file) = copy();
    let before = fs::metadata(&file).unwrap().modified().unwrap();
    let output = run(&file, &["mark", "5.1", "complete", "--dry-run"]);
    let diff = String::from_utf8(output.stdout).unwrap();
    assert!(diff.contains("+  { on = 2003-07-01, status = \"complete\" },"), "{diff}");
    assert!(run(&file, &["mark", "6", "complete"]).status.success());
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
}

#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    let (directory, file) = copy();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let link = directory.path().join("a link with spaces é.toml");
    std::os::unix::fs::symlink("plan.toml", &link).unwrap();
    assert!(run(&link, &["mark", "5.1", "complete"]).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&file).unwrap().contains("status = \"complete\""));
}

#[test]
fn a_read_only_file_is_left_alone() {
    let (directory, file) = copy();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let output = run(&file, &["mark", "5.1", "complete"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("the file is read-only; nothing was written"));
    assert_eq!(fs::read(&file).unwrap(), fs::read(SEED).unwrap());
    assert_eq!(names(directory.path()), ["plan.toml"]);
}

#[test]
fn a_full_disk_leaves_the_original_and_no_litter() {
    let (directory, file) = copy();
    // Files may grow to 4 kB only, and the signal about larger files is ignored.
    let output = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_plan"),
            "-f",
        ])
        .arg(&file)
        .args(["mark", "5.1", "complete", "--as-of", "2003-07-01"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("cannot be written; the file is unchanged"),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read(&file).unwrap(), fs::read(SEED).unwrap());
    assert_eq!(names(directory.path()), ["plan.toml"]);
}

/// Runs `plan edit` with a shell script as editor. The script gets the file to edit as `$1`.
fn edit(file: &Path, script: &str) -> Output {
    let editor = file.with_file_name("editor.sh");
    fs::write(&editor, script).unwrap();
    plan(file, &["edit", "5"])
        .env("PATH", "/usr/bin:/bin")
        .env("PLAN", file)
        .env("EDITOR", format!("sh '{}'", editor.display()))
        .output()
        .unwrap()
}

/// Runs `plan edit` with a line of shell as editor, and with a separate directory for the copies.
fn edit_in(copies: &Path, file: &Path, editor: &str) -> Output {
    let mut command = plan(file, &["edit"]);
    command.env("PATH", "/usr/bin:/bin").env("TMPDIR", copies).env("EDITOR", editor);
    command.env("PLAN", env!("CARGO_BIN_EXE_plan")).env("FILE", file).output().unwrap()
}

#[test]
fn a_killed_edit_leaves_its_copy_which_may_be_the_only_one_of_what_was_typed() {
    let (_directory, file) = copy();
    let copies = TempDir::new().unwrap();
    edit_in(copies.path(), &file, "sed -i 's/June 2003/July 2003/' \"$1\"; kill -9 $PPID; :");
    assert!(edit_in(copies.path(), &file, "true").status.success());
    let left = names(copies.path());
    let text = fs::read_to_string(copies.path().join(&left[0]).join("plan.toml")).unwrap();
    assert!(left.len() == 1 && text.contains("July 2003"), "{left:?}");
}

#[test]
fn an_edit_at_work_keeps_its_copy_and_what_its_editor_puts_beside_it_goes() {
    let (_directory, file) = copy();
    let copies = TempDir::new().unwrap();
    let editor = "EDITOR=true \"$PLAN\" -f \"$FILE\" edit; sed -i.bak 's/June 2003/July 2003/'";
    let output = edit_in(copies.path(), &file, editor);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(fs::read_to_string(&file).unwrap().contains("timescale = \"July 2003\""));
    assert_eq!(names(copies.path()), [] as [&str; 0]);
}

#[test]
fn an_edited_copy_that_is_kept_is_swept_by_nobody() {
    let (_directory, file) = copy();
    let copies = TempDir::new().unwrap();
    let output = edit_in(copies.path(), &file, "sed -i 's/June 2003/Soon/'");
    let kept = stderr(&output).rsplit(' ').next().unwrap().trim().to_owned();
    assert!(edit_in(copies.path(), &file, "true").status.success());
    assert!(fs::read_to_string(&kept).unwrap().contains("\"Soon\""));
    assert_eq!(names(copies.path()), [Path::new(&kept).file_name().unwrap().to_str().unwrap()]);
}

#[test]
fn an_edit_replaces_the_plan_only_when_it_is_valid() {
    let (_directory, file) = copy();
    let output = edit(&file, "sed -i 's/June 2003/Soon/' \"$1\"");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("`Soon` is not a timescale"), "{}", stderr(&output));
    assert_eq!(fs::read(&file).unwrap(), fs::read(SEED).unwrap());
    let kept = stderr(&output).rsplit(' ').next().unwrap().trim().to_owned();
    assert!(fs::read_to_string(&kept).unwrap().contains("\"Soon\""));
    fs::remove_file(kept).unwrap();
    let output = edit(&file, "sed -i 's/June 2003/July 2003/' \"$1\"");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(fs::read_to_string(&file).unwrap().contains("timescale = \"July 2003\""));
}

#[test]
fn a_plan_changed_by_an_editor_meanwhile_is_not_overwritten() {
    let (_directory, file) = copy();
    let output = edit(&file, "echo '# mine' >> \"$PLAN\"; echo '# theirs' >> \"$1\"");
    assert_eq!(output.status.code(), Some(4));
    assert!(
        stderr(&output).contains("another program changed the file in the meantime"),
        "{}",
        stderr(&output)
    );
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.ends_with("# mine\n") && !text.contains("# theirs"));
}

#[test]
fn a_lock_that_is_held_for_seconds_is_waited_for() {
    let (directory, file) = copy();
    let lock = fs::File::open(directory.path()).unwrap();
    lock.lock().unwrap();
    let mut writer = plan(&file, &["mark", "5.1", "complete"]).spawn().unwrap();
    thread::sleep(Duration::from_secs(6));
    assert!(writer.try_wait().unwrap().is_none(), "it waits");
    drop(lock);
    assert!(writer.wait().unwrap().success());
}

#[test]
fn init_overwrites_nothing() {
    let (_directory, file) = copy();
    let output = run(&file, &["init"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("already exists"));
    assert_eq!(fs::read(&file).unwrap(), fs::read(SEED).unwrap());
}
