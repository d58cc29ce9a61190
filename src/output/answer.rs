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
    /// The counts, and the files that proposed commands repeat.
    Status(&'a Portfolio, GroupBy, &'a GivenFiles),
    /// The rows, with the columns that are shown instead of the usual ones.
    List(&'a Portfolio, &'a [Row<'a>], &'a [String]),
    Overdue(Overdue<'a>),
    Show(&'a Portfolio, &'a [Row<'a>]),
    /// The bars, and whether they are drawn in ASCII.
    Timeline(&'a Portfolio, &'a Timeline<'a>, bool),
    Export(&'a Export<'a>),
    Remind(&'a Portfolio, &'a [Reminder<'a>]),
    Diff(&'a Diff<'a>),
    Log(&'a Log<'a>),
    Changes(&'a Changes<'a>),
    Burnup(&'a Burnup<'a>),
    Findings(&'a Findings<'a>),
    Import(&'a Import),
    /// The rules and their levels, as of a day.
    Rules(Day, &'a [(Rule, Level)]),
    Help(&'a Help),
}

/// A page of help, or the commands that it is about.
pub struct Help {
    pub page: String,
    pub as_of: Day,
    /// The commands with their flags, and the exit statuses.
    pub commands: Value,
}

/// The kinds of answers, for the choices of a command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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

impl Kind {
    /// The answers for people and scripts: all but files for other programs.
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
    pub fn kind(&self) -> Kind {
        match self {
            Self::Status(..) => Kind::Status,
            Self::List(..) => Kind::List,
            Self::Overdue(..) => Kind::Overdue,
            Self::Show(..) => Kind::Show,
            Self::Timeline(..) => Kind::Timeline,
            Self::Export(..) => Kind::Export,
            Self::Remind(..) => Kind::Remind,
            Self::Diff(_) => Kind::Diff,
            Self::Log(_) => Kind::Log,
            Self::Changes(_) => Kind::Changes,
            Self::Burnup(_) => Kind::Burnup,
            Self::Findings(_) => Kind::Findings,
            Self::Import(_) => Kind::Import,
            Self::Rules(..) => Kind::Rules,
            Self::Help(_) => Kind::Help,
        }
    }
}

/// One way to print answers.
pub trait Format: Sync {
    /// Its name after `--format`.
    fn name(&self) -> &'static str;

    /// The answers it prints.
    fn kinds(&self) -> &'static [Kind];

    /// The endings of its files, the usual one first.
    fn endings(&self) -> &'static [&'static str];

    /// The mark that its files begin with.
    fn file_head(&self) -> &'static str {
        ""
    }

    /// How many days a chart in this format shows; `None` where it has rows and no chart.
    fn columns(&self, _: Screen) -> Option<usize> {
        None
    }

    /// Says whether it is read as text.
    fn is_text(&self) -> bool {
        true
    }

    fn print(&self, answer: &Answer<'_>, _: Screen) -> anyhow::Result<String> {
        Err(not_printed(self.name(), answer))
    }

    /// The answer as the bytes of a file that is no text, and what that has no room for.
    fn bytes(&self, answer: &Answer<'_>) -> anyhow::Result<(Vec<u8>, String)> {
        Err(not_printed(self.name(), answer))
    }
}

/// A format that another program reads findings in.
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

    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Findings]
    }

    fn print(&self, answer: &Answer<'_>, _: Screen) -> anyhow::Result<String> {
        match answer {
            Answer::Findings(findings) => (self.print)(findings),
            other => Err(not_printed(self.name, other)),
        }
    }
}

/// The error of a format that does not print this kind of answer.
pub fn not_printed(format: &str, answer: &Answer<'_>) -> anyhow::Error {
    anyhow::anyhow!("`{format}` does not print {:?}", answer.kind())
}
