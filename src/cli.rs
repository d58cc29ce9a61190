//! The command line: every flag, its words and its help. Nothing runs here.

mod add;
mod faults;
mod output;
mod read;
mod report;
mod values;
mod write;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{
    model::{When, vocabulary},
    output::Kind,
};
pub use add::*;
pub use output::OutputArgs;
pub use read::*;
pub use report::*;
pub use values::{DATES, Denied, RevisionOrDate, Since};
use values::{parse_when, words};
pub use write::*;

const EXAMPLES: &str = "\
Examples:
  plan status                      where does the plan stand?
  plan overdue                     what is late, worst first
  plan list --area best-value-reviews --timing overdue
  plan show 5                      one recommendation, like a page
  plan status --as-of 2003-12-11   how it stood on that day
  plan check                       every fault in the file, with its line";

/// Track an action plan kept in plan.toml: what is done, what is late, what is next.
#[derive(Debug, Parser)]
#[command(
    name = "plan",
    version,
    before_help = EXAMPLES,
    disable_help_subcommand = true,
    after_help = "`plan help COMMAND` says more about a command, `plan help exit-status` what a script can rely on."
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags every command takes.
#[derive(Debug, Args)]
pub struct Global {
    /// The plan file; several times, a directory or a pattern in quotes for several plans at once
    /// [default: PLAN_FILE, else plan.toml here or in the nearest directory above]
    #[arg(short, long, value_name = "PATH", global = true, help_heading = "Everywhere")]
    pub file: Vec<PathBuf>,

    /// Answer as of this day: 2003-12-31, "December 2003" (its last day), today, yesterday, +30d, -2w [default: PLAN_AS_OF, else today]
    #[arg(long, value_name = "DATE", global = true, value_parser = parse_when, allow_hyphen_values = true, help_heading = "Everywhere")]
    pub as_of: Option<When>,

    /// When to use colour: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = words::<Color>(), global = true,
          hide_default_value = true, hide_possible_values = true, help_heading = "Everywhere")]
    pub color: Color,
}

vocabulary! {
    /// When output is coloured.
    Color {
        Auto = "auto",
        Always = "always",
        Never = "never",
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show where the plan stands: progress, overdue, due next
    Status(StatusArgs),
    /// List recommendations, or actions: one row each, filtered and sorted
    List(ListArgs),
    /// Show everything about a recommendation or action, and the reason for its timing
    Show(ShowArgs),
    /// List overdue items, worst first; exit status 1 if there are any
    Overdue(OverdueArgs),
    /// Draw the plan over its months: bars, due dates and how they moved, meetings, the as-of line
    Timeline(TimelineArgs),
    /// Check the file for errors and warnings; exit status 1 on an error
    Check(CheckArgs),
    /// Show the differences between two versions, by recommendation and action; exit status 1 if there are any
    Diff(DiffArgs),
    /// Tell who changed what, and when, from git; newest first
    Log(LogArgs),
    /// Tell the progress over a period: opening and closing counts and what changed
    Changes(ChangesArgs),
    /// Draw a chart of total, complete and overdue over time
    Burnup(BurnupArgs),
    /// Write the committee report, or verify one
    Report(ReportArgs),
    /// Write due dates and meetings for another program: a calendar
    Export(ExportArgs),
    /// Set the status of actions: not-started, in-progress, complete, superseded, not-pursued
    Mark(MarkArgs),
    /// Add an update; the status stays as it is
    Note(NoteArgs),
    /// Extend a due date; the original is kept
    Extend(ExtendArgs),
    /// Approve or refuse a requested extension
    Decide(DecideArgs),
    /// Record an independent verification: passed or failed
    Verify(VerifyArgs),
    /// Record management's response
    Respond(RespondArgs),
    /// Correct an owner, priority, area, title or review; the old value is kept
    Amend(AmendArgs),
    /// Add an area, a recommendation, an action or a meeting
    Add(AddArgs),
    /// Undo entries that are not committed yet
    Undo(UndoArgs),
    /// Edit the plan in $VISUAL or $EDITOR; only a valid plan replaces it
    Edit(EditArgs),
    /// Merge two versions of the plan by its ids, for git or by hand; exit status 1 on a conflict
    Merge(MergeArgs),
    /// Write a new plan file to start from
    Init(InitArgs),
    /// Help on a command, on a rule of `check`, or on exit-status, file, timescale, policy, dates
    Help(HelpArgs),
}

impl Command {
    /// The form of the answer, the file that it goes to, and the kinds of answers that the command has.
    pub fn output(&mut self) -> Option<(&mut OutputArgs, &'static [Kind])> {
        let (output, kinds): (_, &[Kind]) = match self {
            Self::Status(args) => (&mut args.output, &[Kind::Status]),
            Self::List(args) => (&mut args.output, &[Kind::List]),
            Self::Show(args) => (&mut args.output, &[Kind::Show]),
            Self::Overdue(args) => (&mut args.output, &[Kind::Overdue, Kind::Findings]),
            Self::Timeline(args) => (&mut args.output, &[Kind::Timeline]),
            Self::Check(args) => (&mut args.output, &[Kind::Findings]),
            Self::Diff(args) => (&mut args.output, &[Kind::Diff]),
            Self::Log(args) => (&mut args.output, &[Kind::Log]),
            Self::Changes(args) => (&mut args.output, &[Kind::Changes]),
            Self::Burnup(args) => (&mut args.output, &[Kind::Burnup]),
            Self::Export(args) => (&mut args.output, &[Kind::Export]),
            _ => return None,
        };
        Some((output, kinds))
    }

    /// When the plan was written that the command asks about.
    pub fn at(&self) -> Option<&RevisionOrDate> {
        let at = match self {
            Self::Status(args) => &args.at,
            Self::List(args) => &args.at,
            Self::Show(args) => &args.at,
            Self::Overdue(args) => &args.at,
            Self::Timeline(args) => &args.at,
            Self::Export(args) => &args.at,
            Self::Check(args) => &args.at,
            Self::Log(args) => &args.at,
            Self::Changes(args) => &args.at,
            Self::Burnup(args) => &args.at,
            Self::Report(args) => &args.at,
            _ => return None,
        };
        at.at.as_ref()
    }
}

#[derive(Debug, Args)]
pub struct HelpArgs {
    /// A command, a rule of `plan check --list`, or a topic: exit-status, file, timescale, policy, dates
    #[arg(value_name = "TOPIC")]
    pub topic: Vec<String>,
}
