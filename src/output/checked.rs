//! Plan files that were looked at, with what was found in each.

use std::{cmp::Reverse, collections::HashMap, path::Path};

use super::GivenFiles;
use crate::{
    checks::Finding,
    file::{Line, Lines},
    model::{Day, Keyword, Plan, Rule, RuleKind, Severity},
};

/// The words for a file without a finding.
pub const NO_FAULT: &str = "no fault";

/// A finding without a subject is named after its line, at most this many characters on both sides of its place.
const LINE: usize = 200;

/// The findings of a command in the plans it looked at.
pub struct Findings<'a> {
    /// The command that looked, as in `plan check`.
    pub command: &'static str,
    /// The words for a file in which it found nothing.
    pub nothing: &'static str,
    /// The files that proposed commands repeat.
    pub given: &'a GivenFiles,
    /// A table shows each warning, and not one line a rule.
    pub is_verbose: bool,
    pub as_of: Day,
    pub checked: Vec<Checked<'a>>,
    /// The rules that were looked for.
    pub rules: Vec<Rule>,
    /// The case that a finding belongs to.
    pub case_of: fn(&Finding) -> &str,
}

/// A plan file that was looked at, and what was found in it.
pub struct Checked<'a> {
    /// As the user names it.
    pub path: &'a Path,
    /// As its repository names it.
    pub name: String,
    pub lines: Lines<'a>,
    /// `None` where the file is no plan.
    pub plan: Option<&'a Plan>,
    pub earlier: Option<Earlier<'a>>,
    /// In the order in which they are printed.
    pub findings: Vec<Finding>,
    /// The names of what was looked at, which are the same in every run.
    pub cases: Vec<String>,
}

/// The version of a plan file that it was compared with.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// Its path and revision.
    pub name: &'a str,
    pub source: &'a str,
}

impl<'a> Checked<'a> {
    /// A file and what was found in it.
    pub fn new(path: &'a Path, source: &'a str, findings: Vec<Finding>) -> Self {
        Self {
            path,
            name: path.display().to_string(),
            lines: Lines::of(source),
            plan: None,
            earlier: None,
            findings,
            cases: Vec::new(),
        }
    }

    /// The beginning of a finding.
    pub fn place(&self, finding: &Finding) -> Line {
        self.lines.line(finding.at.bytes().start)
    }

    /// The findings, worst first; equally bad ones keep their order.
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| Reverse(finding.severity));
        findings
    }

    /// A name for each finding that no other has and that stays when lines move.
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

    /// `2 errors, 1 warning`, and of deadlines `5 overdue, 2 falling due`; `nothing` where there is none.
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

    /// Says whether there are more faults than were gathered.
    pub fn has_more(&self) -> bool {
        self.findings.last().is_some_and(Finding::tells_of_more)
    }
}
