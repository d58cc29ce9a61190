//! The command line: all flags, their values and their help. The module `commands` runs the commands.

mod add;
mod export;
mod faults;
mod groups;
mod import;
mod output;
mod read;
mod report;
mod setup;
mod values;
mod write;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{
    model::{When, vocabulary},
    output::{AnswerKind, HELP_WIDTH},
};
pub use add::*;
pub use export::*;
pub use faults::WrongWords;
pub use groups::{group, in_groups};
pub use import::ImportArgs;
pub use output::OutputArgs;
pub use read::*;
pub use report::*;
pub use setup::*;
pub use values::{DATES, Denied, RevisionOrDate, Since};
use values::{formats, parse_when, words};
pub use write::*;

const EXAMPLES: &str = "\
Examples:
  plan init                   start a plan in this directory
  plan add recommendation --text \"Report budgets.\" --timescale \"March 2027\"
  plan mark 1 complete        record that recommendation 1 is complete
  plan status                 see the state of the plan
  plan overdue                list what is overdue, worst first
  plan show 1                 read everything about recommendation 1
  plan check                  find errors in the file";

const TOPICS: &str = "\
`plan help COMMAND` explains a command. `plan help TOPIC` explains a topic: start, dates, \
file, policy, exit-status, or a rule in `plan check --list`.";

/// Track the action plan in plan.toml: what is done, what is overdue, what is due next.
#[derive(Debug, Parser)]
#[command(
    name = "plan",
    bin_name = "plan",
    version = env!("PLAN_VERSION"),
    before_help = EXAMPLES,
    disable_help_subcommand = true,
    max_term_width = HELP_WIDTH,
    after_help = TOPICS
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The flags of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Read this plan file; for several plans, repeat the flag, or name a directory or a quoted pattern
    /// [default: PLAN_FILE, else plan.toml here or in the nearest directory above]
    #[arg(short, long, value_name = "PATH", global = true, help_heading = "Everywhere")]
    pub file: Vec<PathBuf>,

    /// Answer as of this day: 2003-12-31, "December 2003" (its last day), today, yesterday, +30d, -2w [default: PLAN_AS_OF, else today]
    #[arg(long, value_name = "DATE", global = true, value_parser = parse_when, allow_hyphen_values = true, help_heading = "Everywhere")]
    pub as_of: Option<When>,

    /// Use colour: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = words::<Color>(), global = true,
          hide_default_value = true, hide_possible_values = true, help_heading = "Everywhere")]
    pub color: Color,
}

vocabulary! {
    /// The values of the flag `--color`.
    Color {
        Auto = "auto",
        Always = "always",
        Never = "never",
    }
}

/// The commands, grouped as in the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the state of the plan: progress, overdue items, next due dates
    Status(StatusArgs),
    /// List recommendations, or actions: one row each, filtered and sorted
    List(ListArgs),
    /// Show everything about a recommendation or action, and the reason for its timing
    Show(ShowArgs),
    /// List overdue items, worst first; exit status 1 if there are any
    Overdue(OverdueArgs),
    /// Draw a timeline: bars, due dates and extensions, meetings, the as-of day
    Timeline(TimelineArgs),
    /// Add an area, a recommendation, an action or a meeting
    Add(AddArgs),
    /// Set the status of actions: not-started, in-progress, complete, superseded, not-pursued
    Mark(MarkArgs),
    /// Add a progress note; the status stays as it is
    Note(NoteArgs),
    /// Extend a due date; the original is kept
    Extend(ExtendArgs),
    /// Approve or refuse a requested extension
    Decide(DecideArgs),
    /// Record management's response
    Respond(RespondArgs),
    /// Record an independent verification: passed or failed
    Verify(VerifyArgs),
    /// Correct an owner, priority, area, title or review; the old value is kept
    Amend(AmendArgs),
    /// Undo entries that are not committed yet
    Undo(UndoArgs),
    /// Edit the plan in $VISUAL or $EDITOR; only a valid plan replaces it
    Edit(EditArgs),
    /// Check the file for errors and warnings; exit status 1 on an error
    Check(CheckArgs),
    /// Show the differences between two versions, by recommendation and action; exit status 1 if there are any
    Diff(DiffArgs),
    /// List the changes in git, newest first: who changed what, and when
    Log(LogArgs),
    /// Summarise a period: opening and closing counts, and what changed
    Changes(ChangesArgs),
    /// Draw a chart of total, complete and overdue over time
    Burnup(BurnupArgs),
    /// Merge two versions of the plan by the ids of items; exit status 1 on a conflict
    Merge(MergeArgs),
    /// Write the committee report, or verify one
    Report(ReportArgs),
    /// Import a spreadsheet into a plan, once or every month; or import owners' updates
    Import(ImportArgs),
    /// Export the plan: a workbook, tables, a calendar
    Export(ExportArgs),
    /// Print a message to each owner: items overdue, due soon or waiting for a decision
    Remind(RemindArgs),
    /// Start a new plan file
    Init(InitArgs),
    /// Print a shell script that completes commands, ids, areas and owners
    Completions(CompletionsArgs),
    /// Write the manual pages
    Man(ManArgs),
    /// Write the JSON Schema of the plan file, for editors
    Schema(SchemaArgs),
    /// Explain a command, a topic or a rule of `plan check`
    Help(HelpArgs),
}

impl Command {
    /// Returns the flags of a command that reads, and the kinds of answers that the command can give.
    fn read(&mut self) -> Option<(&mut ReadArgs, &'static [AnswerKind])> {
        let (read, kinds): (_, &[AnswerKind]) = match self {
            Self::Status(args) => (&mut args.read, &[AnswerKind::Status]),
            Self::List(args) => (&mut args.read, &[AnswerKind::List]),
            Self::Show(args) => (&mut args.read, &[AnswerKind::Show]),
            Self::Overdue(args) => (&mut args.read, &[AnswerKind::Overdue, AnswerKind::Findings]),
            Self::Timeline(args) => (&mut args.read, &[AnswerKind::Timeline]),
            Self::Log(args) => (&mut args.read, &[AnswerKind::Log]),
            Self::Changes(args) => (&mut args.read, &[AnswerKind::Changes]),
            Self::Burnup(args) => (&mut args.read, &[AnswerKind::Burnup]),
            Self::Export(args) => (&mut args.read, &[AnswerKind::Export]),
            Self::Remind(args) => (&mut args.read, &[AnswerKind::Remind]),
            _ => return None,
        };
        Some((read, kinds))
    }

    /// Returns the output flags of the command, and the kinds of answers that the command can give. Returns `None` if
    /// the command has no output flags, or if another flag makes it write something else.
    pub fn output(&mut self) -> Option<(&mut OutputArgs, &'static [AnswerKind])> {
        let (output, kinds): (_, &[AnswerKind]) = match self {
            Self::Check(args) => (&mut args.output, &[AnswerKind::Findings]),
            Self::Diff(args) => (&mut args.output, &[AnswerKind::Diff]),
            Self::Help(args) => (&mut args.output, &[AnswerKind::Help]),
            Self::Export(args) if args.updates.is_some() || args.mapping => return None,
            Self::Import(args) if args.suggest_map || args.updates => return None,
            Self::Import(args) => (&mut args.output, &[AnswerKind::Import]),
            other => return other.read().map(|(read, kinds)| (&mut read.output, kinds)),
        };
        Some((output, kinds))
    }

    /// Returns the value of `--at`, if the command has this flag.
    pub fn at(&mut self) -> Option<RevisionOrDate> {
        match self {
            Self::Check(args) => args.at.at.clone(),
            Self::Report(args) => args.at.at.clone(),
            other => other.read()?.0.at.at.clone(),
        }
    }
}

#[derive(Debug, Default, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Help]))), after_help = "\
Examples:
  plan help mark
  plan help dates
  plan help no-owner             a rule listed by `plan check --list`
  plan help --format json        for a program: commands, flags, exit statuses")]
pub struct HelpArgs {
    /// A command, a rule listed by `plan check --list`, or a topic: start, dates, file, policy, exit-status
    #[arg(value_name = "TOPIC")]
    pub topic: Vec<String>,

    #[command(flatten)]
    pub output: OutputArgs,
}
