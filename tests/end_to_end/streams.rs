//! Tests of files that cannot be plans, and of the output: its destination, width and colour. The built program runs
//! with real files and pipes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/plan.toml");

/// Returns a command that runs the program with an empty environment.
fn plan() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.env_clear().env("TZ", "UTC");
    command
}

fn status_of(output: &Output) -> i32 {
    output.status.code().expect("the program exits by itself")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("output is UTF-8")
}

fn run(arguments: &[&str]) -> Output {
    plan().args(["-f", SEED, "--as-of", "2003-12-11"]).args(arguments).output().expect("it runs")
}

fn widest(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

#[test]
fn a_missing_file_is_told_with_status_3_and_an_empty_stdout() {
    let output = plan().args(["-f", "no/such plan.toml", "status"]).output().unwrap();
    assert_eq!(status_of(&output), 3);
    assert_eq!(stdout(&output), "");
    assert_eq!(
        stderr(&output),
        "error: no/such plan.toml: this file does not exist\n\
         help: start a new plan there with `plan -f 'no/such plan.toml' init`\n"
    );
}

#[test]
fn no_plan_here_or_above_is_told_with_what_to_do() {
    let empty = TempDir::new().unwrap();
    let output = plan().arg("status").current_dir(&empty).output().unwrap();
    assert_eq!(status_of(&output), 3);
    let directory = empty.path().canonicalize().unwrap();
    assert_eq!(
        stderr(&output),
        format!(
            "error: no plan.toml in {} or any directory above it\n\
             help: start a plan here with `plan init`, or name a plan with `--file PATH`\n",
            directory.display()
        )
    );
}

const NO_PLAN_IN_SRC: &str = "error: src: there is no plan\n\
    help: a plan is a file named `plan.toml`, or another TOML file with a line `[plan]`; start a plan with `plan init`\n";

#[test]
fn a_directory_without_a_plan_says_what_a_plan_would_be() {
    for command in ["status", "check"] {
        let output = plan().args(["-f", "src", command]).output().unwrap();
        assert_eq!(status_of(&output), 3);
        assert_eq!(stderr(&output), NO_PLAN_IN_SRC);
    }
}

#[test]
fn a_change_in_a_directory_without_a_plan_proposes_no_file_that_is_not_there() {
    let mark = ["-f", "src", "mark", "5.1", "complete", "--dry-run"];
    let output = plan().args(mark).output().unwrap();
    assert_eq!(status_of(&output), 3);
    assert_eq!(stderr(&output), NO_PLAN_IN_SRC);
}

#[test]
#[cfg(unix)]
fn an_unreadable_file_is_an_error_of_the_machine_with_status_4() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let (_directory, program) = program_for_anybody();
    let file = program.with_file_name("plan.toml");
    fs::copy(SEED, &file).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = Command::new(&program);
    command.env_clear().arg("-f").arg(&file).arg("status");
    if fs::read(&file).is_ok() {
        // Root can read every file, so run as the user nobody.
        command.uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    assert_eq!(status_of(&output), 4);
    assert_eq!(
        stderr(&output),
        format!("error: {}: cannot be read: Permission denied (os error 13)\n", file.display())
    );
}

/// Returns a copy of the program in a directory that every user may enter.
#[cfg(unix)]
fn program_for_anybody() -> (TempDir, PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let directory = TempDir::new().unwrap();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = directory.path().join("plan");
    // The program is copied by another process. A file that this process had open for writing could not be run while
    // another test forks.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_plan")).arg(&program).status();
    assert!(copied.unwrap().success());
    (directory, program)
}

#[test]
fn the_nearest_plan_above_is_found_as_cargo_finds_its_manifest() {
    let root = TempDir::new().unwrap();
    fs::copy(SEED, root.path().join("plan.toml")).unwrap();
    let deep = root.path().join("minutes/2003");
    fs::create_dir_all(&deep).unwrap();
    let output = plan().args(["check", "--verbose"]).current_dir(&deep).output().unwrap();
    let expected = Path::new("../../plan.toml").display();
    let said = stdout(&output);
    assert!(said.contains(&format!(" {expected}:")), "{said}");
}

#[test]
fn flags_come_before_the_environment_and_the_environment_before_the_default() {
    let asked = |as_of: &[&str]| {
        let output = plan()
            .env("PLAN_FILE", SEED)
            .env("PLAN_AS_OF", "2003-07-01")
            .args(["overdue", "--format", "csv"])
            .args(as_of)
            .output()
            .unwrap();
        stdout(&output).lines().count() - 1
    };
    assert_eq!(asked(&[]), 1);
    assert_eq!(asked(&["--as-of", "2003-06-30"]), 0);
    assert_eq!(asked(&["--as-of", "2004-04-01"]), 4);
    let output = plan().env("PLAN_AS_OF", "soon").args(["-f", SEED, "status"]).output().unwrap();
    assert_eq!(status_of(&output), 2);
    assert!(stderr(&output).starts_with("error: invalid date `soon` in PLAN_AS_OF: not a date\n"));
}

#[test]
fn the_exit_status_is_the_same_in_every_format() {
    for (as_of, expected) in [("2003-06-30", 0), ("2003-07-01", 1), ("2004-04-01", 1)] {
        for format in ["table", "json", "csv", "markdown"] {
            let output = plan()
                .args(["-f", SEED, "overdue", "--as-of", as_of, "--format", format])
                .output()
                .unwrap();
            assert_eq!(status_of(&output), expected, "{as_of} {format}");
            assert_eq!(stderr(&output), "");
        }
    }
}

#[test]
fn an_answer_goes_to_stdout_and_a_broken_plan_to_stderr() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    fs::write(&file, "[plan]\n").unwrap();
    let output = plan().arg("-f").arg(&file).arg("overdue").output().unwrap();
    assert_eq!((status_of(&output), stdout(&output).as_str()), (3, ""));
    assert!(stderr(&output).contains("`title` is missing in `[plan]`"));
    let output = plan().arg("-f").arg(&file).arg("check").output().unwrap();
    assert_eq!((status_of(&output), stderr(&output).as_str()), (1, ""));
    assert!(stdout(&output).contains("`title` is missing in `[plan]`"));
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for width in [60, 80, 100, 140] {
        for command in ["status", "list", "overdue", "show 1 2 3 4 5 6 7 8 9"] {
            let arguments: Vec<&str> = command.split(' ').collect();
            let output = plan()
                .env("COLUMNS", width.to_string())
                .args(["-f", SEED, "--as-of", "2003-12-11"])
                .args(&arguments)
                .output()
                .unwrap();
            let text = stdout(&output);
            assert!(widest(&text) <= width, "{command} at {width}:\n{text}");
        }
    }
}

#[test]
fn a_wide_screen_shows_more_words() {
    let at = |width: &str| {
        let output = plan().env("COLUMNS", width).args(["-f", SEED, "status"]).output().unwrap();
        widest(&stdout(&output))
    };
    assert!(at("140") > 120);
    assert!(at("60") <= 60);
}

#[test]
fn the_seed_fits_one_screen_on_every_day_of_its_life() {
    for as_of in ["2003-05-08", "2003-07-01", "2003-12-11", "2004-04-01"] {
        let output = plan()
            .env("COLUMNS", "80")
            .args(["-f", SEED, "status", "--as-of", as_of])
            .output()
            .unwrap();
        let text = stdout(&output);
        assert!(text.lines().count() < 24, "{as_of}:\n{text}");
    }
}

/// Returns a plan with 400 recommendations in 130 areas, in every state for which `status` has a line.
fn plan_of_everything() -> String {
    let long =
        "of health and human services and of much besides, in the second printing of last year";
    let mut text = format!(
        "[plan]\ntitle = \"Corrective actions {long}\"\nbody = \"Office {long}\"\ndate = 2023-01-10\n\
         [policy]\npriorities = [\"1\", \"2\", \"3\"]\nclosure_needs_verification = true\n\
         escalate = {{ days_late = 30 }}\nrag = {{ red = {{ days_late = 1 }} }}\n\
         [[meeting]]\ndate = 2023-05-20\n[[meeting]]\ndate = 2023-11-20\ntitle = \"Report {long}\"\n"
    );
    for area in 0..130 {
        text.push_str(&format!(
            "[[area]]\nid = \"a{area}\"\ntitle = \"Department {area} {long}\"\n"
        ));
    }
    let states = [
        "timescale = \"March 2023\"",
        "timescale = \"2024\"\nprogress = [{ on = 2023-05-01, status = \"in-progress\", outlook = \"at-risk\" }]",
        "timescale = \"July 2023\"",
        "timescale = \"2024\"\nrevisions = [{ on = 2023-03-01, to = \"2025\", reason = \"R\", decision = \"requested\" }]",
        "",
        "timescale = \"2024\"\nprogress = [{ on = 2023-03-01, status = \"complete\" }]",
        "timescale = \"Ongoing\"",
        "timescale = \"2024\"\nresponse = \"awaited\"",
        "timescale = \"2024\"\nresponse = \"rejected\"",
        "timescale = \"2024\"\nprogress = [{ on = 2023-03-01, status = \"superseded\", note = \"N\" }]",
        "timescale = \"2024\"\nprogress = [{ on = 2023-03-01, status = \"not-pursued\", note = \"N\" }]",
    ];
    for number in 1..=400 {
        text.push_str(&format!(
            "[[recommendation]]\nid = \"2022-{number:03}\"\ntext = \"Reconcile {long}.\"\nowner = \"O\"\n\
             area = \"a{}\"\npriority = \"{}\"\n{}\n\
             [[recommendation.action]]\nid = \"2022-{number:03}.1\"\ntext = \"Do it.\"\n",
            number % 130,
            number % 3 + 1,
            states[number % states.len()],
        ));
    }
    text
}

#[test]
fn a_plan_with_everything_fits_one_screen_which_shows_the_worst_and_counts_the_rest() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), plan_of_everything()).unwrap();
    let on_a_screen = |arguments: &[&str]| {
        let mut command = plan();
        command.current_dir(&directory).env("COLUMNS", "80");
        let output =
            command.args(["status", "--as-of", "2023-06-15"]).args(arguments).output().unwrap();
        assert_eq!(status_of(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let text = on_a_screen(&[]);
    for by in ["area", "owner", "priority"] {
        let text = on_a_screen(&["--by", by]);
        assert!(text.lines().count() < 24 && widest(&text) <= 80, "{by}:\n{text}");
    }
    for line in [
        "Overdue           36  of 256 open",
        "2022-033  10 weeks  March 2023 ",
        "more overdue: plan overdue",
        "Decide 37 · Escalate 36 · Verify 36 · ",
    ] {
        assert!(text.contains(line), "{line}:\n{text}");
    }
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let coloured = |environment: &[(&str, &str)], arguments: &[&str]| {
        let mut command = plan();
        command.envs(environment.iter().copied());
        let output = command.args(["-f", SEED, "status"]).args(arguments).output().unwrap();
        stdout(&output).contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &["--color", "always"]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
}

#[test]
fn colour_changes_no_word() {
    let plain = stdout(&run(&["status"]));
    let coloured = stdout(&run(&["status", "--color", "always"]));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = plan()
        .args(["-f", SEED, "show", "1", "2", "3"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((status_of(&output), stderr(&output).as_str()), (0, ""));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_under_stdout_is_an_error_with_status_4() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = plan().args(["-f", SEED, "status"]).stdout(full).output().unwrap();
    assert_eq!(status_of(&output), 4);
    assert!(stderr(&output).contains("No space left on device"));
}

#[test]
fn a_terminal_escape_on_the_command_line_is_not_echoed() {
    let output = run(&["list", "--search", "x", "--area", "\u{1b}[31mred"]);
    assert_eq!(status_of(&output), 2);
    assert!(!stderr(&output).contains('\u{1b}'), "{:?}", stderr(&output));
}

#[test]
fn plan_alone_answers_with_help_where_there_is_no_plan_and_as_status_does_where_there_is_one() {
    let directory = TempDir::new().unwrap();
    let alone = || plan().current_dir(directory.path()).output().unwrap();
    let help = alone();
    assert_eq!(status_of(&help), 0, "{}", stderr(&help));
    assert!(stdout(&help).contains("Usage: plan"), "{}", stdout(&help));
    assert!(stdout(&help).starts_with("There is no plan here. Start one with `plan init`.\n"));
    fs::copy(SEED, directory.path().join("plan.toml")).unwrap();
    let status = plan().current_dir(directory.path()).arg("status").output().unwrap();
    assert_eq!(stdout(&alone()), stdout(&status));
}
