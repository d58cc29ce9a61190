//! The answers of the commands, and the trait [`Format`], which prints answers.

use serde_json::Value;

use super::{Burnup, Changes, Diff, Export, Findings, GivenFiles, Import, Log, Overdue, Reminder};
use crate::{
    doc::Screen,
    model::{Day, Level, Rule},
    query::{GroupBy, Portfolio, Row, Timeline},
};

/// The answer that a command prints.
#[derive(Clone, Copy)]
pub enum Answer<'a> {
    /// The plans, the property by which recommendations are grouped, and the `--file` values on the command line.
    Status(&'a Portfolio, GroupBy, &'a GivenFiles),
    /// The plans, the rows to list, and the names of the chosen columns. An empty list of names stands for the default
    /// columns.
    List(&'a Portfolio, &'a [Row<'a>], &'a [String]),
    Overdue(Overdue<'a>),
    Show(&'a Portfolio, &'a [Row<'a>]),
    /// The plans, the timeline, and a flag that is true if only ASCII characters may be drawn.
    Timeline(&'a Portfolio, &'a Timeline<'a>, bool),
    Export(&'a Export<'a>),
    Remind(&'a Portfolio, &'a [Reminder<'a>]),
    Diff(&'a Diff<'a>),
    Log(&'a Log<'a>),
    Changes(&'a Changes<'a>),
    Burnup(&'a Burnup<'a>),
    Findings(&'a Findings<'a>),
    Import(&'a Import),
    /// The as-of day, and the rules of `plan check`, each with its level.
    Rules(Day, &'a [(Rule, Level)]),
    Help(&'a Help),
}

/// The answer of `plan help`: a page for people, and data from which a program can read all commands.
pub struct Help {
    pub page: String,
    pub as_of: Day,
    /// All commands with their flags, and the exit statuses of the program, as JSON.
    pub commands: Value,
}

/// The kind of an answer. The flag `--format` of a command accepts only the formats that can print the answer of this
/// command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    Status,
    List,
    Overdue,
    Show,
    Timeline,
    Export,
    Remind,
    Diff,
    Log,
    Changes,
    Burnup,
    Findings,
    Import,
    Rules,
    Help,
}

impl AnswerKind {
    /// All kinds of answers except `Export`.
    pub const ANSWERS: [Self; 14] = [
        Self::Status,
        Self::List,
        Self::Overdue,
        Self::Show,
        Self::Timeline,
        Self::Remind,
        Self::Diff,
        Self::Log,
        Self::Changes,
        Self::Burnup,
        Self::Findings,
        Self::Import,
        Self::Rules,
        Self::Help,
    ];
}

impl Answer<'_> {
    pub fn kind(&self) -> AnswerKind {
        match self {
            Self::Status(..) => AnswerKind::Status,
            Self::List(..) => AnswerKind::List,
            Self::Overdue(..) => AnswerKind::Overdue,
            Self::Show(..) => AnswerKind::Show,
            Self::Timeline(..) => AnswerKind::Timeline,
            Self::Export(..) => AnswerKind::Export,
            Self::Remind(..) => AnswerKind::Remind,
            Self::Diff(_) => AnswerKind::Diff,
            Self::Log(_) => AnswerKind::Log,
            Self::Changes(_) => AnswerKind::Changes,
            Self::Burnup(_) => AnswerKind::Burnup,
            Self::Findings(_) => AnswerKind::Findings,
            Self::Import(_) => AnswerKind::Import,
            Self::Rules(..) => AnswerKind::Rules,
            Self::Help(_) => AnswerKind::Help,
        }
    }
}

/// A format that prints answers.
pub trait Format: Sync {
    /// Returns the name of the format, as given to `--format`.
    fn name(&self) -> &'static str;

    /// Returns the kinds of answers that the format can print.
    fn kinds(&self) -> &'static [AnswerKind];

    /// Returns the file name extensions of the format. The first extension is the default.
    fn endings(&self) -> &'static [&'static str];

    /// Returns the characters at the beginning of every file in this format, such as a byte-order mark.
    fn file_head(&self) -> &'static str {
        ""
    }

    /// Returns the maximum number of days that a chart in this format shows; `None` if the format has no charts.
    fn columns(&self, _: Screen) -> Option<usize> {
        None
    }

    /// Returns true for a text format, and false for a binary format.
    fn is_text(&self) -> bool {
        true
    }

    fn print(&self, answer: &Answer<'_>, _: Screen) -> anyhow::Result<String> {
        Err(not_printed(self.name(), answer))
    }

    /// Returns the answer as the bytes of a binary file, and notices about content that is left out.
    fn bytes(&self, answer: &Answer<'_>) -> anyhow::Result<(Vec<u8>, String)> {
        Err(not_printed(self.name(), answer))
    }
}

/// A format that passes findings to another program, such as GitHub.
pub struct FindingsFormat {
    pub name: &'static str,
    pub endings: &'static [&'static str],
    pub print: fn(&Findings<'_>) -> anyhow::Result<String>,
}

impl Format for FindingsFormat {
    fn name(&self) -> &'static str {
        self.name
    }

    fn endings(&self) -> &'static [&'static str] {
        self.endings
    }

    fn kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Findings]
    }

    fn print(&self, answer: &Answer<'_>, _: Screen) -> anyhow::Result<String> {
        match answer {
            Answer::Findings(findings) => (self.print)(findings),
            other => Err(not_printed(self.name, other)),
        }
    }
}

/// Returns the error for a format that cannot print `answer`. `format` is the name of the format.
pub fn not_printed(format: &str, answer: &Answer<'_>) -> anyhow::Error {
    anyhow::anyhow!("`{format}` cannot show {:?}", answer.kind())
}
