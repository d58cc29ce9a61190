//! The command line: every flag, its words and its help. Nothing runs here.

use std::path::PathBuf;

use clap::{
    Args, Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};

use crate::{
    model::{Id, Length, PlanId, Rule, Timescale, Timing, When, Word, nearest, vocabulary},
    output::{FormatName, Kind},
    query::{Order, Progress},
};

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
    /// Where the plan stands: done, late, next
    Status(StatusArgs),
    /// One row a recommendation, or an action, filtered and sorted
    List(ListArgs),
    /// Everything about one recommendation or action, and why its timing is what it is
    Show(ShowArgs),
    /// What is late, worst first; exit status 1 if anything is
    Overdue(OverdueArgs),
    /// Every fault in the plan file and what a careful reader would remark; exit status 1 on an error
    Check(CheckArgs),
    /// Record what has become of actions: not-started, in-progress, complete, superseded, not-pursued
    Mark(MarkArgs),
    /// Record a word on actions without a change of status
    Note(NoteArgs),
    /// Agree a later timescale; the original stays
    Extend(ExtendArgs),
    /// Record that somebody independent confirmed, or refused, that a recommendation is done
    Verify(VerifyArgs),
    /// Add a recommendation, an action or a meeting
    Add(AddArgs),
    /// Edit the plan in $VISUAL or $EDITOR; only a valid plan replaces it
    Edit(EditArgs),
    /// Write a new plan file to start from
    Init,
    /// Help on a command, or on `exit-status`
    Help(HelpArgs),
}

#[derive(Debug, Args)]
pub struct StatusArgs {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats(&[Kind::Status]))]
    pub format: FormatName,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Filters combine: every one given must hold; of several values of one, any.

Examples:
  plan list --timing overdue,due-soon --sort deadline
  plan list --actions --owner ilau
  plan list --search \"appraisal\" --format csv")]
pub struct ListArgs {
    /// One row an action instead of a recommendation
    #[arg(long)]
    pub actions: bool,

    /// Only in this area, by its id
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub area: Vec<String>,

    /// Only where an owner's name contains this, in any case
    #[arg(long, value_name = "NAME")]
    pub owner: Vec<String>,

    /// Only with this priority
    #[arg(long, value_name = "PRIORITY", value_delimiter = ',')]
    pub priority: Vec<String>,

    /// Only with this progress
    #[arg(long, value_name = "PROGRESS", value_delimiter = ',', value_parser = words::<Progress>())]
    pub progress: Vec<Progress>,

    /// Only with this timing
    #[arg(long, value_name = "TIMING", value_delimiter = ',', value_parser = words::<Timing>())]
    pub timing: Vec<Timing>,

    /// Only what has not been heard of since before the last meeting
    #[arg(long)]
    pub stale: bool,

    /// Only with a deadline before this day, month or span from today (+30d)
    #[arg(long, value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub due_before: Option<When>,

    /// Only where these words stand in the text, an owner's name or a note, in any case
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,

    /// What to order by
    #[arg(long, value_name = "KEY", default_value = "plan", value_parser = words::<Order>())]
    pub sort: Order,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats(&[Kind::List]))]
    pub format: FormatName,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Ids of recommendations (5) or actions (5.1); of one of several plans: name/5.1
    #[arg(value_name = "ID", required = true, value_parser = parse_plan_id)]
    pub ids: Vec<PlanId>,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats(&[Kind::Show]))]
    pub format: FormatName,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  plan overdue --within 30d         and what falls due in thirty days
  plan overdue --as-of 2003-12-11   what was late on that day
  plan overdue --format json        for a script; same exit status")]
pub struct OverdueArgs {
    /// One row a late action instead of a recommendation
    #[arg(long)]
    pub actions: bool,

    /// Also list what falls due within this time (30d, 2w, 3m); it never changes the exit status
    #[arg(long, value_name = "TIME", value_parser = parse_length)]
    pub within: Option<Length>,

    /// Fail only where something of this priority or a higher one is overdue [default: the plan's `fail_on`, else all]
    #[arg(long, value_name = "PRIORITY")]
    pub fail_on: Option<String>,

    /// Exit with status 0 even if something is overdue
    #[arg(long)]
    pub exit_zero: bool,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table",
          value_parser = formats(&[Kind::Overdue, Kind::Findings]))]
    pub format: FormatName,
}

#[derive(Debug, Args)]
#[command(after_help = "\
An error makes it fail, a warning does not. A plan sets its own levels under `[policy.lints]`.

Examples:
  plan check --list                  every rule, and its level in this plan
  plan check --deny warnings         strict: a warning fails too
  plan check --against main          and what may not change quietly
  plan check --allow no-owner        say nothing of actions without an owner
  plan check --format github         annotations on a pull request")]
pub struct CheckArgs {
    /// Also compare with the plan at this git revision, and find what was done quietly since
    /// [without REV: where this branch left the one it is meant for]
    #[arg(long, value_name = "REV", num_args = 0..=1)]
    pub against: Option<Option<String>>,

    /// Make this lint an error; `warnings` means every warning
    #[arg(long, value_name = "LINT", value_parser = parse_denied, value_delimiter = ',')]
    pub deny: Vec<Denied>,

    /// Make this lint a warning
    #[arg(long, value_name = "LINT", value_parser = parse_lint, value_delimiter = ',')]
    pub warn: Vec<Rule>,

    /// Turn this lint off
    #[arg(long, value_name = "LINT", value_parser = parse_lint, value_delimiter = ',')]
    pub allow: Vec<Rule>,

    /// Explain every rule, with its level
    #[arg(long)]
    pub list: bool,

    /// Exit with status 0 even if there is an error
    #[arg(long)]
    pub exit_zero: bool,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats(&[Kind::Findings]))]
    pub format: FormatName,
}

/// What `--deny` makes an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    Warnings,
    Lint(Rule),
}

/// When something was true, and who reports it.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// The day it was true [default: the as-of day]
    #[arg(long, value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub on: Option<When>,

    /// Who reports or decides it
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
}

/// A note on an entry.
#[derive(Debug, Args)]
pub struct NoteTextArgs {
    /// What there is to say; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// Where the proof of an entry is.
#[derive(Debug, Args)]
pub struct EvidenceArgs {
    /// Where the proof is; may be given several times
    #[arg(long, value_name = "WHERE")]
    pub evidence: Vec<String>,
}

/// How a change is written.
#[derive(Debug, Args)]
pub struct WriteArgs {
    /// Show the change as a diff and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A recommendation's id means its actions that have not ended. All ids or none.

Examples:
  plan mark 5.1 complete --on 2003-06-27 --evidence minutes/2003-06.pdf
  plan mark 1.1 1.3 in-progress --note \"Manual drafted.\"")]
pub struct MarkArgs {
    /// Ids, and then the status they have now
    #[arg(value_name = "ID… STATUS", required = true, num_args = 2..)]
    pub ids_and_status: Vec<String>,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub text: NoteTextArgs,

    #[command(flatten)]
    pub proof: EvidenceArgs,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
pub struct NoteArgs {
    /// Ids, and then what there is to say; `-` reads it from standard input
    #[arg(value_name = "ID… TEXT", required = true, num_args = 2..)]
    pub ids_and_text: Vec<String>,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub proof: EvidenceArgs,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
pub struct ExtendArgs {
    /// Ids of recommendations or actions, and then the new timescale: "September 2003"
    #[arg(value_name = "ID… TIMESCALE", required = true, num_args = 2..)]
    pub ids_and_timescale: Vec<String>,

    /// Why it was moved; `-` reads it from standard input
    #[arg(long, value_name = "WHY")]
    pub reason: String,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("by", |by| by.required(true).help("Who looked: nobody who owns one of its actions")))]
pub struct VerifyArgs {
    /// Ids of recommendations
    #[arg(value_name = "ID", required = true, value_parser = parse_id)]
    pub ids: Vec<Id>,

    /// It is not accepted as done, and so open again; needs `--note`
    #[arg(long)]
    pub refuse: bool,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub text: NoteTextArgs,

    #[command(flatten)]
    pub proof: EvidenceArgs,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
pub struct AddArgs {
    #[command(subcommand)]
    pub what: AddWhat,
}

#[derive(Debug, Subcommand)]
pub enum AddWhat {
    /// A recommendation, with the next free id
    Recommendation(AddRecommendationArgs),
    /// An action of a recommendation, with the next free id
    Action(AddActionArgs),
    /// A meeting at which progress is looked at
    Meeting(AddMeetingArgs),
}

#[derive(Debug, Args)]
pub struct AddRecommendationArgs {
    /// What was recommended, word for word; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub text: String,

    /// The agreed timescale, in the words of the report
    #[arg(long, value_name = "TIMESCALE", value_parser = parse_timescale)]
    pub timescale: Timescale,

    /// Its area, by its id
    #[arg(long, value_name = "ID")]
    pub area: Option<String>,

    /// One of the plan's priorities
    #[arg(long, value_name = "PRIORITY")]
    pub priority: Option<String>,

    /// Its id [default: the next free number]
    #[arg(long, value_name = "ID", value_parser = parse_id)]
    pub id: Option<Id>,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
pub struct AddActionArgs {
    /// The recommendation it answers
    #[arg(value_name = "ID", value_parser = parse_id)]
    pub recommendation: Id,

    /// What will be done; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub text: String,

    /// Who will do it
    #[arg(long, value_name = "WHO")]
    pub owner: Option<String>,

    /// A timescale of its own, where it has one
    #[arg(long, value_name = "TIMESCALE", value_parser = parse_timescale)]
    pub timescale: Option<Timescale>,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
pub struct AddMeetingArgs {
    /// A day or a month
    #[arg(value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub date: When,

    /// What it is about
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
pub struct EditArgs {
    /// Where to begin: a recommendation or an action
    #[arg(value_name = "ID", value_parser = parse_id)]
    pub id: Option<Id>,

    /// Give up on a fault instead of asking whether to edit again
    #[arg(long)]
    pub once: bool,
}

#[derive(Debug, Args)]
pub struct HelpArgs {
    /// A command, or `exit-status`
    #[arg(value_name = "TOPIC")]
    pub topic: Option<String>,
}

/// Accepts the words of a vocabulary; a mistyped one is answered with the nearest right one.
fn words<W: Word + Send + Sync>() -> impl TypedValueParser<Value = W> {
    PossibleValuesParser::new(W::words())
        .try_map(|word| W::from_word(&word).ok_or("not one of the possible values"))
}

/// Accepts the names of the formats that print one of `kinds`.
fn formats(kinds: &[Kind]) -> impl TypedValueParser<Value = FormatName> {
    PossibleValuesParser::new(FormatName::names(kinds))
        .try_map(|name| FormatName::find(&name).ok_or("not one of the possible values"))
}

fn parse_lint(text: &str) -> Result<Rule, String> {
    let settable = || Rule::ALL.iter().copied().filter(|rule| rule.can_be_set());
    match Rule::from_word(text) {
        Some(rule) if rule.can_be_set() => return Ok(rule),
        Some(_) => return Err("it is always an error: without it the file is no plan".to_owned()),
        None => {}
    }
    let meant = nearest(text, settable().map(Word::word));
    Err(match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`plan check --list` shows every lint".to_owned(),
    })
}

fn parse_denied(text: &str) -> Result<Denied, String> {
    match text {
        "warnings" => Ok(Denied::Warnings),
        _ => parse_lint(text).map(Denied::Lint),
    }
}

/// The forms of a date on the command line, for messages.
pub const DATES: &str =
    "write 2003-12-31, 2003-12, \"December 2003\", today, yesterday, +30d or -2w";

fn parse_when(text: &str) -> Result<When, String> {
    When::parse(text).map_err(|reason| format!("{reason}\n\n  {DATES}"))
}

fn parse_timescale(text: &str) -> Result<Timescale, String> {
    Timescale::parse(text.to_owned())
        .map_err(|reason| format!("{}\n\n  write it as one of {}", reason.0, Timescale::ACCEPTED))
}

fn parse_length(text: &str) -> Result<Length, String> {
    Length::parse(text).ok_or_else(|| "write a number and d, w, m or y, as in 30d".to_owned())
}

fn parse_plan_id(text: &str) -> Result<PlanId, String> {
    PlanId::parse(text).map_err(|refused| refused.to_string())
}

fn parse_id(text: &str) -> Result<Id, String> {
    Id::parse(text.to_owned()).map_err(|refused| refused.to_string())
}
