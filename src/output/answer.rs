//! The answers of the commands, and the struct [`Format`], which prints answers.

use serde_json::Value;

use super::{Burnup, Changes, Diff, Export, Findings, GivenFiles, Import, Log, Overdue, Reminder};
use crate::{
    doc::Screen,
    model::{Day, Keyword as _, Level, Rule, vocabulary},
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

vocabulary! {
    /// The kind of an answer. The flag `--format` accepts only formats that can print the kind of answer that the
    /// command gives. In JSON, the value of `kind` is the word of the kind.
    AnswerKind {
        Status = "status",
        List = "list",
        Overdue = "overdue",
        Show = "show",
        Timeline = "timeline",
        Remind = "remind",
        Diff = "diff",
        Log = "log",
        Changes = "changes",
        Burnup = "burnup",
        Findings = "check",
        Import = "import",
        Rules = "rules",
        Help = "help",
        Export = "export",
    }
}

impl AnswerKind {
    /// All kinds of answers except `Export`. The split is correct only if `Export` is the last kind.
    pub const ANSWERS: &[Self] = Self::ALL.split_at(Self::Export as usize).0;
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

    /// Returns the findings, if the answer consists of findings.
    pub fn findings(&self) -> Option<&Findings<'_>> {
        if let Self::Findings(findings) = self { Some(findings) } else { None }
    }
}

/// A format that prints answers.
#[derive(Debug)]
pub struct Format {
    /// The name of the format, as given to `--format`.
    pub name: &'static str,
    /// The kinds of answers that the format can print.
    pub kinds: &'static [AnswerKind],
    /// The file name extensions of the format. The first extension is the default.
    pub endings: &'static [&'static str],
    /// The characters at the beginning of every file in this format, such as a byte-order mark.
    pub file_head: &'static str,
    /// A function that returns the maximum number of days that a chart in this format shows; `None` if the format has
    /// no charts.
    pub columns: fn(Screen) -> Option<usize>,
    /// A function that returns the text of an answer; `None` if the format cannot print this kind of answer.
    pub text: fn(&Answer<'_>, Screen) -> Option<anyhow::Result<String>>,
    /// The function that writes a binary file; `None` for a text format.
    pub bytes: Option<WriteBytes>,
}

/// A function that returns the bytes of a binary file with an export, and notices about content that is left out.
pub type WriteBytes = fn(&Export<'_>) -> anyhow::Result<(Vec<u8>, String)>;

impl Format {
    /// A format that prints nothing. Every other format sets some fields, and takes the rest from this format.
    pub const NOTHING: Self = Self {
        name: "",
        kinds: &[],
        endings: &[],
        file_head: "",
        columns: |_| None,
        text: |_, _| None,
        bytes: None,
    };

    pub fn prints(&self, kinds: &[AnswerKind]) -> bool {
        kinds.iter().any(|kind| self.kinds.contains(kind))
    }

    /// Returns the text of an answer.
    ///
    /// # Errors
    /// Fails if the format cannot print this kind of answer.
    pub fn print(&self, answer: &Answer<'_>, screen: Screen) -> anyhow::Result<String> {
        let not_printed = || anyhow::anyhow!("`{}` cannot show {:?}", self.name, answer.kind());
        (self.text)(answer, screen).ok_or_else(not_printed)?
    }
}
