//! Tests of docs/checks.md, which `plan help RULE` prints: every rule has a section, every example gives the result on
//! the page, and the commands in a section remove the finding.

use std::{fs, path::Path, process::Command};

use crate::support::{Answer, Repository, answer, plan, program_path};
use serde_json::Value;
use tempfile::TempDir;

/// The as-of day for the examples of the page.
const DAY: &str = "2026-04-30";
/// The beginning of an example that has no `[plan]` table.
const HEAD: &str = "[plan]\ntitle = \"Action plan\"\ndate = 2025-10-23\n\n";

/// The section of a rule.
struct Section {
    rule: String,
    text: String,
}

/// A code block in a section.
struct Example<'s> {
    /// The first word of the paragraph above the code: `Wrong`, `Example`, `Right` or `Meanwhile`. Any other word marks
    /// a correction.
    label: &'s str,
    language: &'s str,
    code: &'s str,
}

fn sections() -> Vec<Section> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    let page = fs::read_to_string(path).unwrap();
    let parts = page.split("\n### ").skip(1).map(|part| part.split("\n## ").next().unwrap());
    parts
        .map(|part| {
            let (rule, text) = part.split_once('\n').unwrap();
            Section { rule: rule.to_owned(), text: text.to_owned() }
        })
        .collect()
}

impl Section {
    fn examples(&self) -> Vec<Example<'_>> {
        let parts: Vec<&str> = self.text.split("```").collect();
        assert!(parts.len() % 2 == 1, "{}: a block of code has no end", self.rule);
        let pairs = parts.chunks_exact(2);
        pairs
            .map(|pair| {
                let above = pair[0].trim_end().rsplit("\n\n").next().unwrap();
                let label = above.trim().split([' ', ':']).next().unwrap();
                let (language, code) = pair[1].split_once('\n').unwrap();
                Example { label, language, code }
            })
            .collect()
    }

    /// Returns the examples that break the rule.
    fn findings(&self) -> Vec<Example<'_>> {
        let mut examples = self.examples();
        examples.retain(Example::is_finding);
        examples
    }

    /// Returns the plan on the other branch, if the section shows one.
    fn meanwhile(&self) -> Option<Example<'_>> {
        self.examples().into_iter().find(|example| example.label == "Meanwhile")
    }
}

impl Example<'_> {
    fn is_finding(&self) -> bool {
        ["Wrong", "Example"].contains(&self.label)
    }

    fn is_remedy(&self) -> bool {
        self.language == "sh" && !self.is_finding()
    }

    /// Returns the plan before the change that the example shows.
    fn before(&self) -> String {
        match self.language {
            "diff" => side(self.code, '-'),
            "toml" => HEAD.to_owned(),
            _ => with_head("[[recommendation]]\nid = \"1\"\ntext = \"Do it.\"\n"),
        }
    }

    /// Returns the rules that the example breaks.
    fn found(&self, section: &Section) -> Vec<String> {
        if self.language != "toml" {
            return found(self.repository(section).path(), self);
        }
        let directory = TempDir::new().unwrap();
        fs::write(directory.path().join("plan.toml"), with_head(self.code)).unwrap();
        found(directory.path(), self)
    }

    /// Returns a repository with the earlier plan on `main`, and the example in the working tree of another branch.
    fn repository(&self, section: &Section) -> Repository {
        let repository = Repository::new(&self.before());
        if let Some(meanwhile) = section.meanwhile() {
            repository.git(&["checkout", "--quiet", "main"]);
            repository.write("plan.toml", &side(meanwhile.code, '+'));
            repository.commit("Meanwhile");
            repository.git(&["checkout", "--quiet", "change"]);
        }
        match self.language {
            "diff" => repository.write("plan.toml", &side(self.code, '+')),
            "toml" => repository.write("plan.toml", &with_head(self.code)),
            _ => assert_eq!(run(&repository, self.code).status, 0, "{}", self.code),
        }
        repository
    }
}

fn with_head(code: &str) -> String {
    if code.contains("[plan]\n") { code.to_owned() } else { format!("{HEAD}{code}") }
}

/// Returns the plan from a diff, using only its common lines and the lines with one sign.
fn side(diff: &str, sign: char) -> String {
    let lines = diff.lines().filter_map(|line| match line.chars().next() {
        None | Some(' ') => Some(line.get(1..).unwrap_or("")),
        Some(first) => (first == sign).then(|| &line[1..]),
    });
    with_head(&lines.map(|line| line.to_owned() + "\n").collect::<String>())
}

fn run(repository: &Repository, script: &str) -> Answer {
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", script]).current_dir(repository.path());
    answer(shell.env("PATH", program_path()).env("PLAN_AS_OF", DAY).env_remove("PLAN_FILE"))
}

/// Returns the rules of the findings in the plan. Diff examples are compared with `main`.
fn found(directory: &Path, example: &Example<'_>) -> Vec<String> {
    let mut words = vec!["check", "--as-of", DAY, "--format", "json"];
    if example.language != "toml" {
        words.extend(["--against", "main"]);
    }
    let told = answer(plan(directory).args(&words));
    let rows = serde_json::from_str::<Value>(&told.stdout)
        .unwrap_or_else(|_| panic!("{}\n{}", example.code, told.stderr));
    let rows = rows["rows"].as_array().unwrap();
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Returns the rules in `plan check --list`, with their default levels, and true if the level can be set.
fn rules() -> Vec<(String, String, bool)> {
    let directory = TempDir::new().unwrap();
    let told = answer(plan(directory.path()).args(["check", "--list", "--format", "json"]));
    let list: Value = serde_json::from_str(&told.stdout).unwrap();
    let rows = list["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        (text("id"), text("level"), row["can_be_set"].as_bool().unwrap())
    })
    .collect()
}

#[test]
fn every_rule_has_one_section_in_the_order_of_the_list_with_its_level() {
    let sections = sections();
    let titles: Vec<&str> = sections.iter().map(|section| section.rule.as_str()).collect();
    let rules = rules();
    let names: Vec<&str> = rules.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(titles, names);
    for (section, (name, level, can_be_set)) in sections.iter().zip(&rules) {
        let more = if *can_be_set { "unless `[policy.lints]` sets another" } else { "always" };
        let line = format!("\nLevel: {level}, {more}.\n");
        assert!(section.text.starts_with(&line), "{name} needs the line {line}");
        assert!(section.text.contains("\nWhat to do: "), "{name} does not say what to do");
    }
}

#[test]
fn an_example_shown_as_wrong_gives_the_rule_and_one_shown_as_right_gives_nothing() {
    let mut wrong = Vec::new();
    for section in sections() {
        assert!(!section.findings().is_empty(), "{} has no example", section.rule);
        for example in section.examples() {
            let is_right = example.label == "Right";
            assert!(
                is_right
                    || example.is_finding()
                    || example.is_remedy()
                    || example.label == "Meanwhile",
                "{}: the code below `{}` is neither right nor wrong",
                section.rule,
                example.label
            );
            if is_right || example.is_finding() {
                let found = example.found(&section);
                let is_as_said =
                    if is_right { found.is_empty() } else { found.contains(&section.rule) };
                if !is_as_said {
                    wrong.push(format!("{} in {}: {found:?}", example.label, section.rule));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_commands_of_a_section_remove_the_finding() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for section in sections() {
        let examples = section.examples();
        let findings = section.findings();
        for remedy in examples.iter().filter(|example| example.is_remedy()) {
            let example = &findings[0];
            let repository = example.repository(&section);
            let told = run(&repository, remedy.code);
            let found = found(repository.path(), example);
            if told.status != 0 || found.contains(&section.rule) {
                let code = remedy.code;
                wrong.push(format!("{}: {code}{}{found:?}", section.rule, told.stderr));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(count > 0);
}

#[test]
fn help_on_a_rule_prints_its_section_within_eighty_columns() {
    let directory = TempDir::new().unwrap();
    for section in sections() {
        let told = answer(plan(directory.path()).args(["help", &section.rule]));
        assert_eq!(told.status, 0, "{}", told.stderr);
        assert!(
            told.stdout.starts_with(&format!("{}\n\nLevel: ", section.rule)),
            "{}",
            told.stdout
        );
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let without_fences = ["toml", "diff", "sh"]
            .iter()
            .fold(section.text.clone(), |text, name| text.replace(&format!("```{name}\n"), ""));
        assert_eq!(
            squeezed(told.stdout.split_once('\n').unwrap().1),
            squeezed(&without_fences.replace("```", ""))
        );
        for line in told.stdout.lines() {
            assert!(line.chars().count() <= 80, "{}: {line}", section.rule);
        }
    }
}

#[test]
fn a_mistyped_rule_is_answered_with_the_nearest_one() {
    let directory = TempDir::new().unwrap();
    let told = answer(plan(directory.path()).args(["help", "no-ownr"]));
    assert_eq!(told.status, 2);
    assert!(told.stderr.contains("did you mean `no-owner`?"), "{}", told.stderr);
}
