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
    /// The plans, how to group the counts, and the files to repeat in proposed commands.
    Status(&'a Portfolio, GroupBy, &'a GivenFiles),
    /// The plans, the rows, and the names of the columns; without names, the default columns are shown.
    List(&'a Portfolio, &'a [Row<'a>], &'a [String]),
    Overdue(Overdue<'a>),
    Show(&'a Portfolio, &'a [Row<'a>]),
    /// The plans, the timeline, and true if only ASCII characters are drawn.
    Timeline(&'a Portfolio, &'a Timeline<'a>, bool),
    Export(&'a Export<'a>),
    Remind(&'a Portfolio, &'a [Reminder<'a>]),
    Diff(&'a Diff<'a>),
    Log(&'a Log<'a>),
    Changes(&'a Changes<'a>),
    Burnup(&'a Burnup<'a>),
    Findings(&'a Findings<'a>),
    Import(&'a Import),
    /// The as-of day, and the rules with their levels.
    Rules(Day, &'a [(Rule, Level)]),
    Help(&'a Help),
}

/// A page of help, and the commands that the page describes.
pub struct Help {
    pub page: String,
    pub as_of: Day,
    /// The commands with their flags, and the exit statuses, as JSON.
    pub commands: Value,
}

/// The kinds of answers. Each command offers the formats that can print its kind.
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
    /// The kinds of answers for people and scripts. Exports for other programs are not in the list.
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

    /// Returns the file endings of the format, the default first.
    fn endings(&self) -> &'static [&'static str];

    /// Returns the characters at the beginning of every file in this format.
    fn file_head(&self) -> &'static str {
        ""
    }

    /// Returns the number of days in a chart of this format; `None` if the format prints rows and no chart.
    fn columns(&self, _: Screen) -> Option<usize> {
        None
    }

    /// Returns true if the format is text, and false if it is binary.
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

/// A format for findings that another program reads.
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
