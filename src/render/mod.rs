//! From a view to text: pure functions, one file an output. Styles are always written; the stream drops them.

pub mod changes;
pub mod csv;
pub mod due;
pub mod faults;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
pub mod list;
pub mod markdown;
pub mod rules;
pub mod sarif;
pub mod show;
pub mod status;
mod style;
mod table;
mod words;

use std::{collections::HashMap, path::Path};

use crate::{
    model::{Plan, Word, fold, is_forbidden, vocabulary},
    store::{Fault, Lines},
};

pub use style::{ERROR, HELP};

vocabulary! {
    /// How an answer is printed.
    Format {
        Table = "table",
        Json = "json",
        Csv = "csv",
        Markdown = "markdown",
    }
}

vocabulary! {
    /// How what was found is told to a system that runs checks.
    CiFormat {
        /// Workflow commands, which GitHub shows beside the lines.
        Github = "github",
        /// Code quality, which GitLab shows in a merge request.
        Gitlab = "gitlab",
        /// Test results, which most systems show.
        Junit = "junit",
        /// What code scanning reads.
        Sarif = "sarif",
    }
}

/// How a command that both answers and checks prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnyFormat {
    Answer(Format),
    Ci(CiFormat),
}

impl Word for AnyFormat {
    const ALL: &'static [Self] = &[
        Self::Answer(Format::Table),
        Self::Answer(Format::Json),
        Self::Answer(Format::Csv),
        Self::Answer(Format::Markdown),
        Self::Ci(CiFormat::Github),
        Self::Ci(CiFormat::Gitlab),
        Self::Ci(CiFormat::Junit),
        Self::Ci(CiFormat::Sarif),
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Answer(format) => format.word(),
            Self::Ci(format) => format.word(),
        }
    }
}

/// A plan file that was looked at, and what was found in it.
pub struct Checked<'a> {
    /// As the user names it.
    pub path: &'a Path,
    /// As its repository names it.
    pub name: String,
    pub source: &'a str,
    /// `None` where the file is no plan.
    pub plan: Option<&'a Plan<'a>>,
    pub earlier: Option<Earlier<'a>>,
    /// In the order of the file.
    pub faults: Vec<Fault>,
}

/// The version of a plan file that it was compared with.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// Its path and revision.
    pub name: &'a str,
    pub source: &'a str,
}

impl<'a> Checked<'a> {
    /// A file that is no plan, and why.
    pub fn broken(path: &'a Path, source: &'a str, faults: Vec<Fault>) -> Self {
        Self {
            path,
            name: path.display().to_string(),
            source,
            plan: None,
            earlier: None,
            faults,
        }
    }

    /// The faults, worst first; equally bad ones in the order of the file.
    fn worst_first(&self) -> Vec<&Fault> {
        let mut faults: Vec<&Fault> = self.faults.iter().collect();
        faults.sort_by_key(|fault| std::cmp::Reverse(fault.severity));
        faults
    }

    /// A name for each fault that no other has and that stays when lines move.
    fn fingerprints(&self, lines: &Lines<'_>) -> Vec<String> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let names = self.faults.iter().map(|fault| {
            let subject = fault.subject.clone();
            let subject = subject.unwrap_or_else(|| lines.around(fault.span).1.trim().to_owned());
            format!("{}:{}:{subject}", self.name, fault.rule.word())
        });
        names
            .map(|name| {
                let times = seen.entry(name.clone()).or_default();
                *times += 1;
                match times {
                    1 => name,
                    times => format!("{name}:{times}"),
                }
            })
            .collect()
    }
}

/// What output is laid out for.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Columns.
    pub width: usize,
}

/// Text from outside, made safe to print on one line: no control reaches a terminal.
pub fn printable(text: &str) -> String {
    fold(text).replace(is_forbidden, "\u{fffd}")
}
