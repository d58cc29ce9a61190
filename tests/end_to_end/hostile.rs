//! Tests of hostile files and names: endless files, misleading names, and paths that are not files.

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

/// Returns the output of `plan check` for a text.
fn check(text: &str, format: &str) -> Output {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    fs::write(&file, text).unwrap();
    plan(&["check", "--format", format, "-f"]).arg(file).output().unwrap()
}

fn recommendation(number: usize) -> String {
    format!("\n[[recommendation]]\nid = \"{number}\"\ntext = \"x\"\ntimescale = \"Ongoing\"\n")
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
fn of_more_than_100_faults_100_are_shown_and_the_command_that_shows_the_rest_is_named() {
    let keys: String = (0..300).map(|n| format!("k{n} = 1\n")).collect();
    let text = HEAD.to_owned() + &keys;
    let output = stdout(&check(&text, "table"));
    assert_eq!(output.matches("error[unknown-key]").count(), 100, "{output}");
    let (_, more) =
        output.split_once("\nand 200 more: plan -f ").unwrap_or_else(|| panic!("{output}"));
    assert!(more.contains(" check --verbose\n"), "{output}");
    assert!(output.ends_with("plan.toml: 300 errors\n"), "{output}");
    let output = stdout(&check(&text, "json"));
    assert_eq!(output.matches("\"id\": \"unknown-key\"").count(), 300);
}

/// Returns the output of a command, which must end soon.
#[cfg(unix)]
fn soon(mut command: Command) -> Output {
    let mut child = command.spawn().unwrap();
    let since = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if since.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("{command:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

#[cfg(unix)]
fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
#[cfg(unix)]
fn a_pipe_or_device_is_refused_at_once_and_nothing_is_locked() {
    let directory = TempDir::new().unwrap();
    let pipe = directory.path().join("plan.toml");
    fifo(&pipe);
    let lock = fs::File::open(directory.path()).unwrap();
    lock.lock().unwrap();
    for file in [pipe.to_str().unwrap(), "/dev/zero"] {
        for arguments in [&["status"] as &[&str], &["check"], &["mark", "1", "complete"], &["edit"]]
        {
            let mut command = plan(arguments);
            command.args(["-f", file]);
            let output = soon(command);
            assert_eq!(output.status.code(), Some(3), "{arguments:?}");
            let expected = format!("error: {file}: this is a pipe or a device, not a plan file\n");
            assert_eq!(stderr(&output), expected, "{arguments:?}");
        }
    }
}

#[test]
fn a_file_beyond_256_mib_is_one_line_with_status_4() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("plan.toml");
    fs::File::create(&path).unwrap().set_len(256 * 1024 * 1024 + 1).unwrap();
    for arguments in [&["status"] as &[&str], &["mark", "1", "complete"]] {
        let output = plan(arguments).arg("-f").arg(&path).output().unwrap();
        assert_eq!(output.status.code(), Some(4));
        let expected = format!("error: {}: the file is larger than 256 MiB\n", path.display());
        assert_eq!(stderr(&output), expected);
    }
}

/// The name of a bad file, and the function that creates it.
#[cfg(unix)]
type Maker = (&'static str, fn(&Path));

#[test]
#[cfg(unix)]
fn whatever_is_called_plan_toml_is_taken_for_the_plan_and_never_the_plan_above() {
    let above = TempDir::new().unwrap();
    fs::copy(SEED, above.path().join("plan.toml")).unwrap();
    let make: [Maker; 3] = [
        ("this is a link to a missing file", |path| {
            std::os::unix::fs::symlink("gone.toml", path).unwrap();
        }),
        ("this is a directory, not a plan file", |path| fs::create_dir(path).unwrap()),
        ("this is a pipe or a device, not a plan file", fifo),
    ];
    for (number, (reason, make)) in make.into_iter().enumerate() {
        let here = above.path().join(number.to_string());
        fs::create_dir(&here).unwrap();
        make(&here.join("plan.toml"));
        for arguments in [&["status"] as &[&str], &["mark", "5.1", "complete"]] {
            let mut command = plan(arguments);
            command.current_dir(&here);
            let output = soon(command);
            assert_eq!(output.status.code(), Some(3), "{reason}");
            assert!(
                stderr(&output).starts_with(&format!("error: plan.toml: {reason}\n")),
                "{reason}"
            );
            assert_eq!(stdout(&output), "");
        }
    }
    assert_eq!(fs::read(above.path().join("plan.toml")).unwrap(), fs::read(SEED).unwrap());
    let output = plan(&["list", "--format", "csv", "-f"]).arg(above.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(stdout(&output).lines().count() > 1, "the plan that can be read answers");
    assert_eq!(stderr(&output).matches("error: ").count(), 3, "{}", stderr(&output));
}

#[test]
#[cfg(unix)]
fn an_unreadable_directory_is_told_beside_the_answer_and_hides_no_other_plan() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let directory = TempDir::new().unwrap();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // The program is copied by another process, because a program file that is open for writing cannot be run.
    let program = directory.path().join("program");
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_plan")).arg(&program).status();
    assert!(copied.unwrap().success());
    let plans = directory.path().join("plans");
    for name in ["a", "b", "c"] {
        fs::create_dir_all(plans.join(name)).unwrap();
        fs::copy(SEED, plans.join(name).join("plan.toml")).unwrap();
    }
    let locked = plans.join("b");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    for named in [plans.clone(), plans.join("*").join("*.toml")] {
        let mut command = Command::new(&program);
        command.env_clear().arg("-f").arg(&named).args(["status", "--format", "csv"]);
        if fs::read_dir(&locked).is_ok() {
            // Root can read every file, so run as the user nobody.
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        let expected = format!("error: {}: cannot be read: permission denied", locked.display());
        let message = stderr(&output);
        assert!(message.to_lowercase().starts_with(&expected.to_lowercase()), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
        assert_eq!(output.status.code(), Some(4));
        let answer = stdout(&output);
        assert!(answer.contains("\nplan,a,") && answer.contains("\nplan,c,"), "{answer}");
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
#[cfg(unix)]
fn one_file_under_several_names_is_one_plan() {
    let directory = TempDir::new().unwrap();
    let file = |name: &str| directory.path().join(name);
    fs::copy(SEED, file("plan.toml")).unwrap();
    fs::hard_link(file("plan.toml"), file("hard.toml")).unwrap();
    std::os::unix::fs::symlink("plan.toml", file("soft.toml")).unwrap();
    let answer = |files: &[PathBuf]| {
        let mut command = plan(&["list", "--format", "csv"]);
        files.iter().for_each(|file| {
            command.arg("-f").arg(file);
        });
        let output = command.output().unwrap();
        assert_eq!(stderr(&output), "");
        stdout(&output)
    };
    let once = answer(&[file("plan.toml")]);
    let twice = answer(&[file("plan.toml"), directory.path().join("./plan.toml")]);
    assert_eq!(twice, once);
    assert_eq!(answer(&[file("plan.toml"), file("hard.toml"), file("soft.toml")]), once);
    let whole = answer(&[directory.path().to_path_buf(), file("*.toml")]);
    assert_eq!(whole.lines().count(), once.lines().count());
}

/// Checks whether a character could control a terminal or reorder the text around it.
fn steers(letter: &char) -> bool {
    let reorders = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (letter.is_control() && *letter != '\n') || reorders
}

fn assert_harmless(output: &Output, what: &str) {
    for text in [stdout(output), stderr(output)] {
        let found: String = text.chars().filter(steers).collect();
        assert_eq!(found, "", "{what}: {text}");
    }
}

/// Checks whether a GitHub workflow would run a line of its log as a command.
fn is_command(line: &str) -> bool {
    let line = line.trim_start();
    (line.starts_with("::") && !line.starts_with(":::")) || line.contains("##[")
}

const FORMATS: [&str; 6] = ["table", "json", "github", "gitlab", "junit", "sarif"];

#[test]
fn no_letter_of_a_file_steers_the_reader_of_a_check_in_any_format() {
    for letter in ('\0'..='\u{2069}').filter(steers) {
        for text in [
            format!("{HEAD}k{letter}k = \"x{letter}\" # {letter}\n"),
            format!("{HEAD}\"k{letter}k\" = 'x'\n"),
            format!("{HEAD}\"k\\u{:04x}k\" = 'x'\n", u32::from(letter)),
            format!("{HEAD}author = \"x{letter}\"\nby = 5 # {letter}\n"),
        ] {
            // The format for people is tested with every character, and the others with some, because all formats
            // escape characters in the same way.
            let formats = if "\0\u{1b}\u{9b}\u{202e}".contains(letter) { 6 } else { 1 };
            for format in &FORMATS[..formats] {
                assert_harmless(&check(&text, format), &format!("{format} {text:?}"));
            }
        }
    }
}

#[test]
fn json_is_as_true_as_it_is_harmless() {
    let answer = stdout(&check(&format!("{HEAD}\"k\u{202e}k\" = 1\n"), "json"));
    assert!(answer.contains("unknown key `k\\u202ek`"), "{answer}");
}

#[test]
#[cfg(unix)]
fn no_name_of_a_file_steers_the_reader_of_an_answer() {
    let directory = TempDir::new().unwrap();
    let names = ["a\u{1b}[31m\u{202e}.toml", "b\u{9b}\n::error::\u{7}.toml", "c\r##[error]x.toml"];
    let files: Vec<PathBuf> = names.iter().map(|name| directory.path().join(name)).collect();
    files.iter().for_each(|file| assert!(fs::copy(SEED, file).is_ok()));
    let broken = directory.path().join("d\u{1b}\u{202e}.toml");
    fs::write(&broken, "[plan]\n").unwrap();
    let missing = directory.path().join("e\u{1b}\u{202e}");
    let ask = |files: &[&PathBuf], arguments: &[&str]| {
        let mut command = plan(arguments);
        files.iter().for_each(|file| {
            command.arg("-f").arg(file);
        });
        command.env("GITHUB_STEP_SUMMARY", directory.path().join("summary"));
        let output = command.output().unwrap();
        assert_harmless(&output, &format!("{arguments:?}"));
        for line in stderr(&output).lines() {
            assert!(!is_command(line), "{line}");
        }
        output
    };
    let all: Vec<&PathBuf> = files.iter().chain([&broken, &missing]).collect();
    for format in FORMATS {
        ask(&all, &["check", "--format", format]);
        ask(&[&files[0]], &["check", "--format", format]);
    }
    for command in ["status", "list", "overdue"] {
        for format in ["table", "json", "csv", "markdown"] {
            ask(&all, &[command, "--format", format]);
        }
    }
    ask(&all, &["show", "5", "--format", "table"]);
    for file in &all {
        ask(&[file], &["mark", "5.1", "complete", "--dry-run"]);
        ask(&[file], &["mark", "5.1", "complete"]);
        ask(&[file], &["init"]);
    }
    for name in ["\u{1b}", "no/\u{1b}"] {
        ask(&[&directory.path().join(name)], &["init"]);
    }
    let summary = fs::read_to_string(directory.path().join("summary")).unwrap();
    assert_eq!(summary.chars().filter(steers).collect::<String>(), "", "{summary}");
}

#[test]
fn a_dry_run_shows_the_letters_of_comments_and_extra_harmlessly() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    let letters = "\u{80}\u{9b}31m\u{202e}\u{2066}";
    let text = format!(
        "{HEAD}{}# {letters}\n[recommendation.extra]\nx = '{letters}'\n[[recommendation.action]]\nid = \"1.1\"\ntext = \"x\" # {letters}\n",
        recommendation(1)
    );
    fs::write(&file, &text).unwrap();
    let mark = ["mark", "1.1", "complete", "--dry-run"];
    let output = plan(&mark).arg("-f").arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_harmless(&output, "diff");
    assert!(
        stdout(&output).contains("# \u{fffd}\u{fffd}31m\u{fffd}\u{fffd}\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn no_line_of_a_report_is_a_command_to_a_workflow() {
    let words = "x ".repeat(40);
    let text = format!(
        "{HEAD}\"{words}::error::a ##[error]b {words} ::stop-commands::c\" = 1 ##[group]d\n"
    );
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("plan.toml");
    fs::write(&file, &text).unwrap();
    for command in ["check", "status"] {
        for columns in 40..140 {
            let mut command = plan(&[command, "-f"]);
            let output = command.arg(&file).env("COLUMNS", columns.to_string()).output().unwrap();
            for line in (stdout(&output) + &stderr(&output)).lines() {
                assert!(!is_command(line), "{line}");
            }
        }
    }
}
