//! A finding about a plan file: the broken rule, the place, and a help text.

use std::ops::Range;

use crate::key_path::KeyPath;
use crate::model::{Rule, Severity};

/// The maximum number of errors reported per file. After that, the rest of the file is not read.
pub const MOST_FAULTS: usize = 1000;

/// The beginning of the title of a finding that represents all further findings.
const MORE: &str = "there are more:";

/// A finding: an error that makes the file invalid, or a result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    pub title: String,
    pub at: Location,
    /// A short text for the place; may be empty.
    pub label: String,
    /// A help text that says what to do.
    pub help: Option<String>,
    /// Other places that explain the finding.
    pub related: Vec<Related>,
    /// The subject as ids and names that stay the same when lines move; `None` if unknown.
    pub subject: Option<String>,
}

/// The place of a finding. Checks know the path in the plan, and decoding knows the position in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    KeyPath(KeyPath),
    Bytes(Range<usize>),
}

impl Location {
    /// Returns the position in the file in bytes. It is the beginning of the file until the path has been looked up.
    pub fn bytes(&self) -> Range<usize> {
        match self {
            Self::KeyPath(_) => 0..0,
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

impl From<KeyPath> for Location {
    fn from(place: KeyPath) -> Self {
        Self::KeyPath(place)
    }
}

impl From<Range<usize>> for Location {
    fn from(bytes: Range<usize>) -> Self {
        Self::Bytes(bytes)
    }
}

/// Another place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub at: Location,
    pub label: String,
    pub version: Version,
}

/// The version of the plan that contains a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Present,
    /// The earlier version of a comparison.
    Earlier,
}

impl Finding {
    /// Creates a finding with the default severity of the rule.
    pub fn new(rule: Rule, at: impl Into<Location>, title: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.usual_level().severity().unwrap_or(Severity::Warning),
            title: title.into(),
            at: at.into(),
            label: String::new(),
            help: None,
            related: Vec::new(),
            subject: None,
        }
    }

    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a place in the same version that explains the finding.
    #[must_use]
    pub fn related(self, at: impl Into<Location>, label: impl Into<String>) -> Self {
        self.explained_by(at.into(), label.into(), Version::Present)
    }

    /// Adds a place in the earlier version that explains the finding.
    #[must_use]
    pub fn earlier(self, at: impl Into<Location>, label: impl Into<String>) -> Self {
        self.explained_by(at.into(), label.into(), Version::Earlier)
    }

    /// Checks whether this finding only says that there are more findings.
    pub fn tells_of_more(&self) -> bool {
        self.severity == Severity::Note && self.title.starts_with(MORE)
    }

    fn explained_by(mut self, at: Location, label: String, version: Version) -> Self {
        self.related.push(Related { at, label, version });
        self
    }
}

/// Returns the first findings and, if there are more, a note that says so. `what` names them in the note, as in `faults
/// of the file`.
pub fn first(mut findings: Vec<Finding>, most: usize, what: &str) -> Vec<Finding> {
    if findings.len() > most {
        let rest = &findings[most];
        let title = format!("{MORE} only the first {most} {what} are listed");
        let more = Finding::new(rest.rule, rest.at.clone(), title)
            .help("correct these, then check the file again");
        findings.truncate(most);
        findings.push(Finding { severity: Severity::Note, ..more });
    }
    findings
}
