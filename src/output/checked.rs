//! The plan files that a command checked, and the findings in each file.

use std::{cmp::Reverse, collections::HashMap, path::Path};

use super::GivenFiles;
use crate::{
    checks::Finding,
    file::{Line, Lines},
    model::{Day, Keyword, Plan, Rule, RuleKind, Severity},
};

/// The words for a plan file without findings.
pub const NO_FAULT: &str = "no errors";

/// The maximum number of characters that an excerpt of a line has on each side of the start of a finding. The excerpt
/// identifies a finding that has no subject.
const LINE: usize = 200;

/// The findings of a command in all checked plan files.
pub struct Findings<'a> {
    /// The command that made the findings, such as `plan check`.
    pub command: &'static str,
    /// The words that are printed for a plan file without findings.
    pub nothing: &'static str,
    /// The `--file` values on the command line, which are repeated in every command that the output proposes.
    pub given: &'a GivenFiles,
    /// True if every warning is shown; false if warnings are grouped by rule.
    pub is_verbose: bool,
    pub as_of: Day,
    pub checked: Vec<Checked<'a>>,
    /// The rules that the command applied.
    pub rules: Vec<Rule>,
    /// A function that returns the name of the JUnit test case for a finding.
    pub case_of: fn(&Finding) -> &str,
}

/// A plan file that was checked, and its findings.
pub struct Checked<'a> {
    /// The path of the plan file as the user typed it.
    pub path: &'a Path,
    /// The path of the plan file in output for other programs. In a git repository, this path is relative to the root
    /// of the repository.
    pub name: String,
    pub lines: Lines<'a>,
    /// The decoded plan; `None` if the file is not a valid plan.
    pub plan: Option<&'a Plan>,
    pub earlier: Option<Earlier<'a>>,
    /// The findings in the plan file.
    pub findings: Vec<Finding>,
    /// The number of warnings that are not shown, because the earlier version of the plan has the same warnings.
    pub earlier_warnings: usize,
    /// The names of all JUnit test cases for the plan file, including cases without findings.
    pub cases: Vec<String>,
}

/// The earlier version with which a plan file was compared.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// The name of the earlier version, as shown to the user, such as `plan.toml at main`.
    pub name: &'a str,
    pub source: &'a str,
}

impl<'a> Checked<'a> {
    /// Creates a [`Checked`] from the path, the text and the findings of a plan file. The caller can then set the other
    /// fields.
    pub fn new(path: &'a Path, source: &'a str, findings: Vec<Finding>) -> Self {
        Self {
            path,
            name: path.display().to_string(),
            lines: Lines::of(source),
            plan: None,
            earlier: None,
            findings,
            earlier_warnings: 0,
            cases: Vec::new(),
        }
    }

    /// Returns the line and column at which a finding begins.
    pub fn place(&self, finding: &Finding) -> Line {
        self.lines.line(finding.at.bytes().start)
    }

    /// Returns the findings, most severe first.
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| Reverse(finding.severity));
        findings
    }

    /// Returns a unique name for each finding. The name stays the same if the finding moves to another line.
    pub fn fingerprints(&self) -> Vec<String> {
        let mut times: HashMap<String, usize> = HashMap::new();
        let names = self.findings.iter().map(|finding| {
            let line = || self.lines.excerpt(finding.at.bytes().start, LINE, LINE).text.trim();
            let subject = finding.subject.as_deref().unwrap_or_else(line);
            format!("{}:{}:{subject}", self.name, finding.rule.word())
        });
        names
            .map(|name| {
                let times = times.entry(name.clone()).or_default();
                *times += 1;
                match times {
                    1 => name,
                    times => format!("{name}:{times}"),
                }
            })
            .collect()
    }

    /// Returns the counts of findings in words, such as `2 errors, 1 warning`. If there are no findings, returns the
    /// argument `nothing`.
    pub fn tally(&self, nothing: &str) -> String {
        let of_rule = |rule| self.findings.iter().filter(|finding| finding.rule == rule).count();
        let is_counted =
            |finding: &&Finding| finding.rule.kind() != RuleKind::Due && !finding.tells_of_more();
        let faults = || self.findings.iter().filter(is_counted);
        let of_severity = |severity| faults().filter(|fault| fault.severity == severity).count();
        let counts = [
            (of_rule(Rule::Overdue), "overdue", "overdue"),
            (of_rule(Rule::FallingDue), "falling due", "falling due"),
            (of_severity(Severity::Error), "error", "errors"),
            (of_severity(Severity::Warning), "warning", "warnings"),
            (of_severity(Severity::Note), "note", "notes"),
        ];
        let found = counts.into_iter().filter(|(count, ..)| *count > 0);
        let words: Vec<String> =
            found.map(|(count, one, many)| super::words::counted(count, one, many)).collect();
        match words.is_empty() {
            true => nothing.to_owned(),
            false if self.has_more() => words.join(", ") + " and more",
            false => words.join(", "),
        }
    }

    /// Checks whether the plan file has further errors that are not among the findings.
    pub fn has_more(&self) -> bool {
        self.findings.last().is_some_and(Finding::tells_of_more)
    }
}
