//! The answers that commands give, and the trait of the formats that print them.

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
    /// The plans, the property by which the counts are grouped, and the `--file` values that proposed commands repeat.
    Status(&'a Portfolio, GroupBy, &'a GivenFiles),
    /// The plans, the rows of the list, and the names of the columns to show. Without names, the default columns are
    /// shown.
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

/// A page of help, and the commands that the page describes.
pub struct Help {
    pub page: String,
    pub as_of: Day,
    /// The commands with their flags, and the exit statuses of the program, as JSON.
    pub commands: Value,
}

/// The kinds of answers. A command offers, for `--format`, the formats that can print its kind of answer.
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
    /// The kinds of answers that people and scripts read: all kinds except `Export`, which is for other programs.
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

    /// Returns the file name extensions of the format. The first one is the default.
    fn endings(&self) -> &'static [&'static str];

    /// Returns the characters at the beginning of every file in this format.
    fn file_head(&self) -> &'static str {
        ""
    }

    /// Returns the number of days that a chart in this format shows; `None` if this format prints rows instead of a
    /// chart.
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

    /// Returns the answer as the bytes of a binary file, and notices about content that the format cannot hold.
    fn bytes(&self, answer: &Answer<'_>) -> anyhow::Result<(Vec<u8>, String)> {
        Err(not_printed(self.name(), answer))
    }
}

/// A format in which findings are written for another program, such as GitHub.
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

/// Returns the error for a format that cannot print this kind of answer.
pub fn not_printed(format: &str, answer: &Answer<'_>) -> anyhow::Error {
    anyhow::anyhow!("`{format}` does not print {:?}", answer.kind())
}
