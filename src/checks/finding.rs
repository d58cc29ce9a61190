//! One thing found in a plan file: which rule it breaks, where, and what would be right.

use std::ops::Range;

use crate::key_path::KeyPath;
use crate::model::{Rule, Severity};

/// So many faults of a file are told. One that has more is not read to its end.
pub const MOST_FAULTS: usize = 1000;

/// The beginning of the title of a finding that stands for those after it.
const MORE: &str = "and more:";

/// Something found in the file: what keeps it from being a plan, or what a check has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    pub title: String,
    pub at: Location,
    /// A few words on the place; may be empty.
    pub label: String,
    /// The way to put it right.
    pub help: Option<String>,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Its subject, in names that stay when lines move; `None` where that is not known.
    pub subject: Option<String>,
}

/// The place of a finding: rules know the path in the plan, readers the bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    KeyPath(KeyPath),
    Bytes(Range<usize>),
}

impl Location {
    /// Its bytes in the file; the file's beginning until the place is located.
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

/// The version of the plan that a place is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Present,
    /// The one compared with.
    Earlier,
}

impl Finding {
    /// A finding of this rule, as bad as the rule usually is.
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

    /// Adds a place of the same version that explains it.
    #[must_use]
    pub fn related(self, at: impl Into<Location>, label: impl Into<String>) -> Self {
        self.explained_by(at.into(), label.into(), Version::Present)
    }

    /// Adds a place of the earlier version that explains it.
    #[must_use]
    pub fn earlier(self, at: impl Into<Location>, label: impl Into<String>) -> Self {
        self.explained_by(at.into(), label.into(), Version::Earlier)
    }

    /// Says whether it only says that there are more findings.
    pub fn tells_of_more(&self) -> bool {
        self.severity == Severity::Note && self.title.starts_with(MORE)
    }

    fn explained_by(mut self, at: Location, label: String, version: Version) -> Self {
        self.related.push(Related { at, label, version });
        self
    }
}

/// The first findings, and a note that there are more. `what` names them: `faults of the file`.
pub fn first(mut findings: Vec<Finding>, most: usize, what: &str) -> Vec<Finding> {
    if findings.len() > most {
        let rest = &findings[most];
        let title = format!("{MORE} these are the first {most} {what}");
        let more = Finding::new(rest.rule, rest.at.clone(), title)
            .help("mend these, then check the file again");
        findings.truncate(most);
        findings.push(Finding { severity: Severity::Note, ..more });
    }
    findings
}
