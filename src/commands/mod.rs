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
mod portfolio;
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
    model::{Day, Period, PlanId, Refusal, When, one_of},
    query::{Portfolio, Row},
    render::{self, Checked, Screen},
    store::{self, Fault, FileError},
};

/// What a command has to say, and whether it found what it looks for.
pub struct Output {
    pub text: String,
    /// What was done, for standard error.
    pub said: String,
    /// Something is overdue, or a fault was found: exit status 1.
    pub flagged: bool,
    /// Of several plans those that could not be asked.
    pub broken: Vec<Failure>,
}

impl Output {
    fn plain(text: String) -> Self {
        Self {
            text,
            said: String::new(),
            flagged: false,
            broken: Vec::new(),
        }
    }

    fn said(said: String) -> Self {
        Self {
            text: String::new(),
            said,
            flagged: false,
            broken: Vec::new(),
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
    /// Of several plans none could be asked.
    All(Vec<Self>),
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
            Self::Invalid { .. } | Self::All(_) => None,
        }
    }

    /// The exit status a script can rely on; `plan help exit-status` prints them all.
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::Usage { .. } => 2,
            Self::Invalid { .. } => 3,
            Self::File(FileError::Unreadable { .. }) => 4,
            Self::File(_) => 3,
            Self::All(failures) => failures.iter().map(Self::exit_status).max().unwrap_or(3),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, .. } => f.write_str(message),
            Self::File(error) => error.fmt(f),
            Self::Invalid { .. } => f.write_str("the plan is invalid"),
            Self::All(_) => f.write_str("no plan could be read"),
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

/// What every command is given: where the plan is, and the day asked about.
pub struct Context {
    /// As the user names them: files, directories, patterns.
    file: Vec<PathBuf>,
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
            file: if global.file.is_empty() {
                said("PLAN_FILE").map(PathBuf::from).into_iter().collect()
            } else {
                global.file
            },
            as_of,
            screen,
        })
    }

    /// The one plan file that a change is made to.
    fn path(&self) -> Result<PathBuf, Failure> {
        match self.file.as_slice() {
            [] => Ok(store::discover()?),
            [path] => Ok(path.clone()),
            _ => {
                let help = "name it with `--file PATH`, once".to_owned();
                Err(Failure::usage("a change is made to one plan", Some(help)))
            }
        }
    }

    fn as_of(&self) -> Result<Day, Failure> {
        match self.as_of {
            None => Ok(clock::today()),
            Some(when) => resolve(when).map(Period::last_day),
        }
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
fn find<'v>(portfolio: &'v Portfolio<'_>, wanted: &PlanId) -> Result<Row<'v>, Failure> {
    match portfolio.find(wanted).as_slice() {
        [row] => Ok(*row),
        [] => Err(unknown(portfolio, wanted)),
        several => {
            let ids: Vec<String> = several
                .iter()
                .map(|row| format!("`{}`", row.shown_id()))
                .collect();
            let message = format!("several plans have `{}`", wanted.id);
            Err(Failure::usage(
                message,
                Some(format!("say which: {}", ids.join(", "))),
            ))
        }
    }
}

fn unknown(portfolio: &Portfolio<'_>, wanted: &PlanId) -> Failure {
    let names = || {
        portfolio
            .views
            .iter()
            .filter_map(|view| view.name.as_deref())
    };
    match &wanted.plan {
        Some(plan) if !names().any(|name| name == plan) => Failure::usage(
            format!("there is no plan `{plan}` among those asked"),
            Some(one_of("plan", plan, names())),
        ),
        plan => {
            let asked = portfolio.views.iter().find(|view| view.name == *plan);
            let asked = asked.or(portfolio.views.first());
            asked.map_or_else(
                || Failure::usage(format!("there is no `{}`", wanted.id), None),
                |view| view.plan.unknown_id(&wanted.id).into(),
            )
        }
    }
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
