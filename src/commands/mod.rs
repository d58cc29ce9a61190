//! One file a command. Here: the one place that picks a command, what commands share, and how they fail.

mod add;
mod against;
mod check;
mod ci;
mod edit;
mod extend;
mod help;
mod init;
mod list;
mod mark;
mod overdue;
mod show;
mod status;
mod verify;
mod write;

use std::{
    env, fmt,
    path::{Path, PathBuf},
};

use crate::{
    cli::{Cli, Command, DATES, Global},
    clock,
    model::{Day, Id, Period, Plan, Refusal, When},
    query::{Row, Survey, View, Wanted},
    render::{self, Checked, Screen},
    store::{self, Document, Fault, FileError},
};

/// What a command has to say, and whether it found what it looks for.
pub struct Output {
    pub text: String,
    /// What was done, for standard error.
    pub said: String,
    /// Something is overdue, or a fault was found: exit status 1.
    pub flagged: bool,
}

impl Output {
    fn plain(text: String) -> Self {
        Self {
            text,
            said: String::new(),
            flagged: false,
        }
    }

    fn said(said: String) -> Self {
        Self {
            text: String::new(),
            said,
            flagged: false,
        }
    }
}

/// Why a command could not answer. Anything that is none of these could not be carried out.
#[derive(Debug)]
pub enum Failure {
    /// The command line asks for something the plan does not have.
    Usage {
        message: String,
        help: Option<String>,
    },
    /// There is no file to read a plan from.
    File(FileError),
    /// The plan is invalid; `report` shows every fault.
    Invalid { report: String },
}

impl Failure {
    fn usage(message: impl Into<String>, help: Option<String>) -> Self {
        let message = message.into();
        Self::Usage { message, help }
    }
}

impl Failure {
    /// What would be right.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Usage { help, .. } => help.clone(),
            Self::File(error) => error.help(),
            Self::Invalid { .. } => None,
        }
    }

    /// The exit status a script can rely on; `plan help exit-status` prints them all.
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::Usage { .. } => 2,
            Self::Invalid { .. } => 3,
            Self::File(FileError::Unreadable { .. }) => 4,
            Self::File(_) => 3,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, .. } => f.write_str(message),
            Self::File(error) => error.fmt(f),
            Self::Invalid { .. } => f.write_str("the plan is invalid"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::usage(refusal.message, refusal.help)
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// A plan file that was read.
struct Opened<'a> {
    path: &'a Path,
    text: &'a str,
    document: Document<'a>,
}

/// What every command is given: where the plan is, and the day asked about.
pub struct Context {
    file: Option<PathBuf>,
    as_of: Option<When>,
    pub screen: Screen,
}

impl Context {
    /// What a flag leaves open, the environment says; an empty variable says nothing.
    fn new(global: Global, screen: Screen) -> Result<Self, Failure> {
        let said = |name| env::var_os(name).filter(|value| !value.is_empty());
        let as_of = match (global.as_of, said("PLAN_AS_OF")) {
            (Some(when), _) => Some(when),
            (None, Some(value)) => Some(as_of_from_environment(&value.to_string_lossy())?),
            (None, None) => None,
        };
        Ok(Self {
            file: global.file.or_else(|| said("PLAN_FILE").map(PathBuf::from)),
            as_of,
            screen,
        })
    }

    /// The plan file's path, and its whole text.
    fn read(&self) -> Result<(PathBuf, String), FileError> {
        let path = self.path()?;
        let text = store::read(&path)?;
        Ok((path, text))
    }

    fn path(&self) -> Result<PathBuf, FileError> {
        match &self.file {
            Some(path) => Ok(path.clone()),
            None => store::discover(),
        }
    }

    fn as_of(&self) -> Result<Day, Failure> {
        match self.as_of {
            None => Ok(clock::today()),
            Some(when) => resolve(when).map(Period::last_day),
        }
    }

    /// Reads the plan and answers from its view on the day asked about.
    fn answer(
        &self,
        answer: impl FnOnce(&View<'_>) -> anyhow::Result<Output>,
    ) -> anyhow::Result<Output> {
        let as_of = self.as_of()?;
        let (path, text) = self.read().map_err(Failure::from)?;
        let plan = store::decode(&text).map_err(|faults| self.invalid(&path, &text, &faults))?;
        answer(&View::new(&plan, as_of))
    }

    /// Reads the plan, counts all of it and keeps what is wanted.
    fn survey(
        &self,
        wanted: Wanted,
        answer: impl FnOnce(&View<'_>) -> anyhow::Result<Output>,
    ) -> anyhow::Result<Output> {
        let as_of = self.as_of()?;
        let (path, text) = self.read().map_err(Failure::from)?;
        let start = |head: &Plan<'_>| Survey::over(head, as_of, wanted);
        let (head, survey) = store::survey(&text, start, Survey::see)
            .map_err(|faults| self.invalid(&path, &text, &faults))?;
        let (recommendations, tally) = survey.ended();
        let plan = Plan {
            recommendations,
            ..head
        };
        answer(&View::surveyed(&plan, as_of, tally))
    }

    /// The same, with the file that the plan stands in.
    fn answer_with_places(
        &self,
        answer: impl FnOnce(&View<'_>, &Opened<'_>) -> anyhow::Result<Output>,
    ) -> anyhow::Result<Output> {
        let as_of = self.as_of()?;
        let (path, text) = self.read().map_err(Failure::from)?;
        let (plan, document) = store::decode_with_document(&text)
            .map_err(|faults| self.invalid(&path, &text, &faults))?;
        let opened = Opened {
            path: &path,
            text: &text,
            document,
        };
        answer(&View::new(&plan, as_of), &opened)
    }

    fn invalid(&self, path: &Path, text: &str, faults: &[Fault]) -> Failure {
        let checked = Checked::broken(path, text, faults.to_vec());
        let report = render::faults::report(&[checked], self.screen);
        Failure::Invalid { report }
    }
}

fn as_of_from_environment(value: &str) -> Result<When, Failure> {
    When::parse(value).map_err(|reason| {
        Failure::usage(
            format!("invalid date `{value}` in PLAN_AS_OF: {reason}"),
            Some(DATES.to_owned()),
        )
    })
}

fn resolve(when: When) -> Result<Period, Failure> {
    when.on(clock::today())
        .ok_or_else(|| Failure::usage("the date is beyond the calendar", None))
}

/// The row with this id.
fn find<'v>(view: &'v View<'_>, id: &Id<'_>) -> Result<Row<'v>, Failure> {
    view.find(id).ok_or_else(|| view.plan.unknown_id(id).into())
}

/// Runs the command of the command line; without one, a short help.
///
/// # Errors
/// A [`Failure`], or whatever else kept the command from being carried out.
pub fn run(cli: Cli, screen: Screen) -> anyhow::Result<Output> {
    let context = Context::new(cli.global, screen)?;
    match cli.command {
        Some(Command::Status(args)) => status::run(&args, &context),
        Some(Command::List(args)) => list::run(args, &context),
        Some(Command::Show(args)) => show::run(&args, &context),
        Some(Command::Overdue(args)) => overdue::run(&args, &context),
        Some(Command::Check(args)) => check::run(&args, &context),
        Some(Command::Mark(args)) => mark::mark(args, &context),
        Some(Command::Note(args)) => mark::note(args, &context),
        Some(Command::Extend(args)) => extend::run(args, &context),
        Some(Command::Verify(args)) => verify::run(args, &context),
        Some(Command::Add(args)) => add::run(args, &context),
        Some(Command::Edit(args)) => edit::run(&args, &context),
        Some(Command::Init) => context.init(),
        Some(Command::Help(args)) => help::run(args.topic.as_deref()),
        None => help::run(None),
    }
}
