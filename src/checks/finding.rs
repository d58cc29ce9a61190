//! A finding about a plan file: the broken rule, the place in the file, and a help text.

use std::ops::Range;

use crate::key_path::KeyPath;
use crate::model::{Rule, Severity};

/// The maximum number of errors that are reported for one file.
pub const MOST_FAULTS: usize = 1000;

/// The first words of the note that says that further findings are left out.
const MORE: &str = "only the first";

/// A problem in a plan, reported as an error, a warning or a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    pub title: String,
    pub at: Location,
    /// A short text that messages show beside the faulty lines of the file. It may be empty.
    pub label: String,
    /// A help text that says what the user can do.
    pub help: Option<String>,
    /// Other places in the plan that explain the finding.
    pub related: Vec<Related>,
    /// The subject of the finding as a text of ids and names, such as `5.1/owner`. This text stays the same when lines
    /// are added to the file.
    pub subject: Option<String>,
}

/// The place of a finding, as a path of keys in the plan or as a range of bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    KeyPath(KeyPath),
    Bytes(Range<usize>),
}

impl Location {
    /// Returns the place as a range of bytes in the file. For a path of keys, returns an empty range at the beginning
    /// of the file.
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

/// The version of the plan to which a related place belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Present,
    Earlier,
}

impl Finding {
    /// Creates a finding that a rule is broken, with the default severity of this rule.
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

    /// Adds a related place in the present version of the plan. The place explains the finding.
    #[must_use]
    pub fn related(self, at: impl Into<Location>, label: impl Into<String>) -> Self {
        self.explained_by(at.into(), label.into(), Version::Present)
    }

    /// Adds several related places in the present version of the plan. Each place has a label.
    #[must_use]
    pub fn all_related<L: Into<String>>(
        self,
        places: impl IntoIterator<Item = (impl Into<Location>, L)>,
    ) -> Self {
        places.into_iter().fold(self, |finding, (at, label)| finding.related(at, label))
    }

    /// Adds a related place in the earlier version of the plan. The place explains the finding.
    #[must_use]
    pub fn earlier(self, at: impl Into<Location>, label: impl Into<String>) -> Self {
        self.explained_by(at.into(), label.into(), Version::Earlier)
    }

    /// Adds the finding to a list of findings.
    pub fn add_to(self, found: &mut Vec<Self>) {
        found.push(self);
    }

    /// Checks whether this is the note which says that further findings are left out.
    pub fn tells_of_more(&self) -> bool {
        self.severity == Severity::Note && self.title.starts_with(MORE)
    }

    fn explained_by(mut self, at: Location, label: String, version: Version) -> Self {
        self.related.push(Related { at, label, version });
        self
    }
}

/// Returns the first `most` findings, and a note if others are left out. The note calls the findings `what`, such as
/// `warnings about the file`.
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
