//! A finding about a plan file: the rule that is broken, the place in the file, and a help text.

use std::ops::Range;

use crate::key_path::KeyPath;
use crate::model::{Rule, Severity};

/// The maximum number of errors that are reported for a file. If there are more, the rest of the file is not read.
pub const MOST_FAULTS: usize = 1000;

/// The beginning of the title of a finding that represents all further findings.
const MORE: &str = "only the first";

/// A finding about a plan: an error that makes the file invalid, or the result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    pub title: String,
    pub at: Location,
    /// A short text that is shown beside the place. It may be empty.
    pub label: String,
    /// A help text that says what the user can do.
    pub help: Option<String>,
    /// Other places in the plan that explain the finding.
    pub related: Vec<Related>,
    /// The subject of the finding as a text of ids and names, which stays the same when lines of the file move. `None`
    /// if it is unknown.
    pub subject: Option<String>,
}

/// The place of a finding. The checks give it as a path of keys in the plan; decoding gives it as a position in the
/// file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    KeyPath(KeyPath),
    Bytes(Range<usize>),
}

impl Location {
    /// Returns the position of the finding in the file, in bytes. As long as a path of keys has not been looked up,
    /// this is the beginning of the file.
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

/// Another place in the plan that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub at: Location,
    pub label: String,
    pub version: Version,
}

/// The version of the plan that a place belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Present,
    /// The earlier of the two versions that are compared.
    Earlier,
}

impl Finding {
    /// Creates a finding about a rule, with the default severity of the rule.
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

    /// Adds another place that explains the finding, in the same version of the plan.
    #[must_use]
    pub fn related(self, at: impl Into<Location>, label: impl Into<String>) -> Self {
        self.explained_by(at.into(), label.into(), Version::Present)
    }

    /// Adds another place that explains the finding, in the earlier version of the plan.
    #[must_use]
    pub fn earlier(self, at: impl Into<Location>, label: impl Into<String>) -> Self {
        self.explained_by(at.into(), label.into(), Version::Earlier)
    }

    /// Checks whether this finding only says that there are more findings, which are not shown.
    pub fn tells_of_more(&self) -> bool {
        self.severity == Severity::Note && self.title.starts_with(MORE)
    }

    fn explained_by(mut self, at: Location, label: String, version: Version) -> Self {
        self.related.push(Related { at, label, version });
        self
    }
}

/// Returns the first `most` findings. If there are more, a note at the end says so. `what` names the findings in this
/// note, as in `faults of the file`.
pub fn first(mut findings: Vec<Finding>, most: usize, what: &str) -> Vec<Finding> {
    if findings.len() > most {
        let rest = &findings[most];
        let title = format!("{MORE} {most} {what} are listed");
        let more = Finding::new(rest.rule, rest.at.clone(), title)
            .help("correct these, then check the file again");
        findings.truncate(most);
        findings.push(Finding { severity: Severity::Note, ..more });
    }
    findings
}
