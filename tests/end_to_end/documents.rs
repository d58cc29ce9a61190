//! Tests of the sessions in the documents: the commands of a page run in order in one shell, and must print the output
//! on the page. A page that begins with `git init` runs in an empty directory; other pages run in the project's
//! directory.

use std::{env, fmt::Write, fs, path::Path, process::Command};

use crate::support::program_path;
use tempfile::TempDir;

/// The setup of the shell for a page. Git's clock follows `PLAN_AS_OF`.
const PREAMBLE: &str = "
git() {
  GIT_AUTHOR_DATE=\"${PLAN_AS_OF:-2021-01-11}T12:00:00Z\" \\
  GIT_COMMITTER_DATE=\"${PLAN_AS_OF:-2021-01-11}T12:00:00Z\" command git \"$@\"
}
";

/// A marker printed after each command. No page contains it.
const MARK: &str = "\u{1}";

/// Returns the page with the present output of each command.
fn printed(page: &str) -> String {
    let directory = TempDir::new().unwrap();
    let mut script = PREAMBLE.to_owned();
    for line in sessions(page).filter_map(command) {
        writeln!(script, "{line}\nprintf '{MARK}%s\\n' $?").unwrap();
    }
    let mut answers = answers(&script, page, directory.path()).into_iter();
    let (mut told, mut inside, mut skipping) = (String::new(), false, false);
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
            skipping = false;
        }
        if inside && let Some(words) = command(line) {
            let (text, status) = answers.next().unwrap_or_else(|| panic!("no answer to {words}"));
            writeln!(told, "{line}").unwrap();
            if status != "0" {
                writeln!(told, "? {status}").unwrap();
            }
            told.push_str(&text);
            skipping = true;
        } else if !skipping {
            writeln!(told, "{line}").unwrap();
        }
    }
    told
}

/// Returns the lines of the page's sessions.
fn sessions(page: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    page.lines().filter(move |line| {
        if line.starts_with("```") {
            inside = *line == "```console";
        }
        inside
    })
}

fn command(line: &str) -> Option<&str> {
    line.strip_prefix("$ ")
}

/// Returns the output and the exit status of each command.
fn answers(script: &str, page: &str, empty: &Path) -> Vec<(String, String)> {
    let begins_anew = sessions(page).find_map(command).is_some_and(|it| it.starts_with("git init"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1\n{script}")]);
    shell.current_dir(if begins_anew { empty } else { root });
    for name in ["PLAN_FILE", "PLAN_AS_OF", "GITHUB_BASE_REF"] {
        shell.env_remove(name);
    }
    shell.env("PATH", program_path()).env("HOME", empty).env("COLUMNS", "80").env("TZ", "UTC");
    shell.env("GIT_CONFIG_NOSYSTEM", "1").env("NO_COLOR", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        shell.env(format!("GIT_{who}_NAME"), "A. Clerk");
        shell.env(format!("GIT_{who}_EMAIL"), "clerk@example.org");
    }
    let text = String::from_utf8(shell.output().unwrap().stdout).unwrap();
    let mut rest = text.as_str();
    let mut told = Vec::new();
    while let Some((answer, after)) = rest.split_once(MARK) {
        let (status, after) = after.split_once('\n').unwrap();
        told.push((answer.to_owned(), status.to_owned()));
        rest = after;
    }
    told
}

#[test]
fn every_session_that_a_document_shows_prints_what_it_says() {
    let mut wrong = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut count = 0;
    for path in pages.chain([root.join("README.md")]) {
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let page = fs::read_to_string(&path).unwrap();
        let printed = printed(&page);
        count += sessions(&page).filter_map(command).count();
        // `DOCUMENTS=overwrite cargo test --test end_to_end documents` writes the present output to the page.
        if env::var("DOCUMENTS").is_ok_and(|what| what == "overwrite") {
            fs::write(&path, printed).unwrap();
        } else if printed != page {
            wrong.push(format!("{}:\n{}", path.display(), first_difference(&page, &printed)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 0, "no document shows a session");
}

fn first_difference(page: &str, printed: &str) -> String {
    let pair = page.lines().zip(printed.lines()).find(|(one, other)| one != other);
    pair.map_or_else(
        || "the one ends before the other".to_owned(),
        |(page, printed)| format!("  page:    {page}\n  printed: {printed}"),
    )
}
