//! The types that every command uses: its input [`Context`], and its result [`Output`] or [`Failure`].

mod activity;
mod answer_file;
mod at;
mod plans;
mod store;

use std::{
    env, fmt,
    path::{Path, PathBuf},
};

use crate::{
    checks::Finding,
    cli::{DATES, Global, OutputArgs, RevisionOrDate},
    clock,
    doc::Screen,
    edit::{Refusal, Unchanged},
    file::{self, FileError},
    model::{Day, Period, When},
    output::{self, Answer, Checked, GivenFiles},
    paths::slashed,
};
pub use activity::Activity;
pub use answer_file::{Endings, format_of, write_answer};
pub use plans::{DecodedFile, Files, Opened, Plans, Written, unknown, unknown_plan};
pub use store::{contents_in, every_plan, plans_in};

/// The result of a command: its answer, its messages, and the values that determine the exit status.
#[derive(Default)]
pub struct Output {
    pub text: String,
    /// The answer if its format is not text; otherwise empty.
    pub bytes: Vec<u8>,
    /// Messages about the run, written to standard error.
    pub notices: String,
    /// True if the command ends with exit status 1, for example because an item is overdue.
    pub flagged: bool,
    /// The errors about plans that could not be read. The answer covers the other plans.
    pub broken: Vec<Failure>,
}

impl Output {
    /// Creates an output with an answer.
    pub fn text(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Creates an output that has no answer, only a message for standard error.
    pub fn notice(notices: String) -> Self {
        Self { notices, ..Self::default() }
    }

    /// Creates the output of a command that changed nothing.
    pub fn unchanged() -> Self {
        Self::notice("nothing was changed\n".to_owned())
    }
}

/// The reason why a command has no answer.
#[derive(Debug)]
pub enum Failure {
    /// The command line is wrong, or names something that the plan does not have.
    Usage { message: String, help: Option<String> },
    /// The plan file cannot be read.
    File(FileError),
    /// The plan is invalid; `report` shows all errors.
    Invalid { report: String },
    /// Several failures, for example one for each plan that cannot be read.
    All(Vec<Self>),
    /// Another error, such as an error of the operating system.
    Other(anyhow::Error),
}

impl Failure {
    pub fn usage(message: impl Into<String>, help: Option<String>) -> Self {
        let message = message.into();
        Self::Usage { message, help }
    }

    /// Combines several failures into one failure.
    pub fn several(mut failures: Vec<Self>) -> Self {
        if failures.len() == 1 { failures.remove(0) } else { Self::All(failures) }
    }

    /// Adds the user's `--file` flags to the commands in the failure's help text.
    #[must_use]
    pub fn repeating(self, given: &GivenFiles) -> Self {
        match self {
            Self::Usage { message, help } => {
                Self::Usage { message, help: help.map(|help| given.in_commands(&help)) }
            }
            Self::All(failures) => {
                let failures = failures.into_iter().map(|failure| failure.repeating(given));
                Self::All(failures.collect())
            }
            other => other,
        }
    }

    /// Returns a help text that says what to do, if there is one.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Usage { help, .. } => help.clone(),
            Self::File(FileError::Missing(path)) if path.extension() == Some("toml".as_ref()) => {
                let named = GivenFiles(vec![path.clone()]);
                Some(named.in_commands("start a new plan there with `plan init`"))
            }
            Self::File(error) => error.help(),
            Self::Invalid { .. } | Self::All(_) | Self::Other(_) => None,
        }
    }

    /// Returns the exit status of the program for this failure: 2, 3 or 4.
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::Usage { .. } => 2,
            Self::Invalid { .. } => 3,
            Self::File(FileError::Unreadable(..) | FileError::TooLarge(..)) | Self::Other(_) => 4,
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
            Self::All(_) => f.write_str("none of the plans could be read"),
            Self::Other(error) => write!(f, "{error:#}"),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let Refusal { message, help, more } = refusal;
        let more = more.into_iter().map(Self::from);
        Self::several(std::iter::once(Self::usage(message, help)).chain(more).collect())
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

/// The settings that every command uses, such as the paths of the plan files.
pub struct Context {
    /// The paths of plans as the user gives them: files, directories or patterns.
    pub file: Vec<PathBuf>,
    /// The paths of plans that the user gave on the command line. Paths from an environment variable are not included.
    pub given: GivenFiles,
    as_of: Day,
    is_as_of_given: bool,
    /// The time in the git history at which plans are read; `None` means the present files.
    at: Option<RevisionOrDay>,
    today: Day,
    pub screen: Screen,
}

/// A time in the git history, given by a revision or a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevisionOrDay {
    /// A git revision, such as a branch, a tag or a commit.
    Revision(String),
    /// The last commit that was made by the end of this day.
    Day(Day),
}

impl Context {
    /// Creates the context from the global flags. Environment variables replace missing flags.
    pub fn new(global: Global, screen: Screen) -> Result<Self, Failure> {
        let variable = |name| env::var_os(name).filter(|value| !value.is_empty());
        let as_of = match (global.as_of, variable("PLAN_AS_OF")) {
            (Some(when), _) => Some(when),
            (None, Some(value)) => Some(as_of_from_environment(&value.to_string_lossy())?),
            (None, None) => None,
        };
        let today = clock::today();
        let given: Vec<_> = global.file.iter().map(|path| slashed(path)).collect();
        let file = if given.is_empty() {
            variable("PLAN_FILE").map(|path| slashed(Path::new(&path))).into_iter().collect()
        } else {
            given.clone()
        };
        let given = GivenFiles(given);
        Ok(Self {
            file,
            given,
            at: None,
            is_as_of_given: as_of.is_some(),
            today,
            as_of: as_of.map_or(Ok(today), |when| resolve(when, today).map(Period::last_day))?,
            screen,
        })
    }

    /// Returns a context that reads plans as they were at the time `then`. If `then` is a day and the user set no as-of
    /// day, this day becomes the as-of day.
    pub fn at(self, then: Option<RevisionOrDate>) -> Result<Self, Failure> {
        let at = then.map(|then| self.resolve_then(then)).transpose()?;
        let as_of = match at {
            Some(RevisionOrDay::Day(day)) if !self.is_as_of_given => day,
            _ => self.as_of,
        };
        Ok(Self { at, as_of, ..self })
    }

    /// Converts a date or revision on the command line to a day or a git revision.
    pub fn resolve_then(&self, then: RevisionOrDate) -> Result<RevisionOrDay, Failure> {
        Ok(match then {
            RevisionOrDate::When(when) => RevisionOrDay::Day(self.resolve(when)?.last_day()),
            RevisionOrDate::Revision(revision) => RevisionOrDay::Revision(revision),
        })
    }

    /// Returns the as-of day, for which answers are computed. Relative dates such as `+30d` count from this day.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// Returns the as-of day if the user set it. Otherwise, returns the default as-of day or `day`, whichever is
    /// earlier.
    pub fn as_of_by(&self, day: Day) -> Day {
        if self.is_as_of_given { self.as_of } else { self.as_of.min(day) }
    }

    /// Checks whether the command reads the present plans, and not those of an earlier time.
    pub fn is_present(&self) -> bool {
        self.at.is_none()
    }

    /// Returns today's date by the clock.
    pub fn today(&self) -> Day {
        self.today
    }

    /// Returns the day, month or other period that a date on the command line means.
    pub fn resolve(&self, when: When) -> Result<Period, Failure> {
        resolve(when, self.as_of)
    }

    /// Returns the path of the plan file that a command changes. Fails if the user names several files.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        match self.file.as_slice() {
            [] => Ok(file::discover()?),
            [path] => Ok(path.clone()),
            _ => {
                let help = "name one plan with `--file PATH`".to_owned();
                Err(Failure::usage("only one plan can be changed at a time", Some(help)))
            }
        }
    }

    /// Returns an answer as text in the chosen format.
    pub fn print(&self, args: &OutputArgs, answer: &Answer<'_>) -> Result<String, Failure> {
        Ok(args.format().print(answer, self.screen)?)
    }

    /// Creates the result of checking a plan file. If the user gave `--file`, adds the path of the checked file to the
    /// commands in help texts.
    pub fn checked<'a>(
        &self,
        path: &'a Path,
        text: &'a str,
        mut findings: Vec<Finding>,
    ) -> Checked<'a> {
        let given = self.given.or(path);
        for help in findings.iter_mut().filter_map(|finding| finding.help.as_mut()) {
            *help = given.in_commands(help);
        }
        Checked::new(path, text, findings)
    }

    /// Creates the failure for an invalid plan, with a report of all errors.
    pub fn invalid(&self, path: &Path, text: &str, faults: Vec<Finding>) -> Failure {
        let checked = self.checked(path, text, faults);
        let report = output::report(&[checked], false, &self.given, self.screen);
        Failure::Invalid { report }
    }

    /// Creates the failure for a change that was not made. `unchanged` is the reason.
    pub fn unchanged(&self, unchanged: Unchanged, path: &Path, text: &str) -> Failure {
        match unchanged {
            Unchanged::Invalid(faults) => self.invalid(path, text, faults),
            Unchanged::Refused(refusal) => refusal.into(),
            Unchanged::Internal(error) => error.into(),
        }
    }
}

fn as_of_from_environment(value: &str) -> Result<When, Failure> {
    When::parse(value).map_err(|reason| {
        let message = format!("invalid date `{value}` in PLAN_AS_OF: {reason}");
        Failure::usage(message, Some(DATES.to_owned()))
    })
}

fn resolve(when: When, from: Day) -> Result<Period, Failure> {
    when.on(from).ok_or_else(|| Failure::usage("this date is too far in the past or future", None))
}
