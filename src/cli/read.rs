//! The flags of commands that read and check.

use clap::Args;

use super::{
    output::OutputArgs,
    values::{
        Denied, RevisionOrDate, Since, column_names, formats, parse_denied, parse_length,
        parse_lint, parse_since, parse_then, parse_when, words,
    },
};
use crate::{
    model::{Length, Outlook, Response, Rule, Timing, When},
    output::AnswerKind,
    query::{GroupBy, Order, Progress},
};

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Status]))))]
pub struct StatusArgs {
    /// Count by this grouping [default: area; plan where there are several]
    #[arg(long, value_name = "WHAT", value_parser = words::<GroupBy>())]
    pub by: Option<GroupBy>,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// The flag for reading an earlier version of the plan.
#[derive(Debug, Args)]
pub struct AtArgs {
    /// Read the plan as committed at this git revision, or by this day (then also the as-of day)
    #[arg(long, value_name = "REV|DATE", value_parser = parse_then, allow_hyphen_values = true)]
    pub at: Option<RevisionOrDate>,
}

/// The filters of rows, without the filter for the outlook: commands that record an outlook use this flag otherwise.
#[derive(Debug, Clone, Default, PartialEq, Args)]
pub struct ItemFilterArgs {
    /// Only in this area, by its id
    #[arg(short, long, value_name = "ID", value_delimiter = ',')]
    pub area: Vec<String>,

    /// Only with these whole words in an owner's name, in any case
    #[arg(short = 'w', long, value_name = "NAME")]
    pub owner: Vec<String>,

    /// Only with this priority
    #[arg(short, long, value_name = "PRIORITY", value_delimiter = ',')]
    pub priority: Vec<String>,

    /// Only with this progress
    #[arg(long, value_name = "PROGRESS", value_delimiter = ',', value_parser = words::<Progress>())]
    pub progress: Vec<Progress>,

    /// Only with this timing
    #[arg(long, value_name = "TIMING", value_delimiter = ',', value_parser = words::<Timing>())]
    pub timing: Vec<Timing>,

    /// Only with this response of management
    #[arg(long, value_name = "RESPONSE", value_delimiter = ',', value_parser = words::<Response>())]
    pub response: Vec<Response>,

    /// Only open items
    #[arg(long)]
    pub open: bool,

    /// Only complete items that are not verified, where the plan asks for verification
    #[arg(long)]
    pub unverified: bool,

    /// Only items with an extended due date
    #[arg(long)]
    pub extended: bool,

    /// Only items with an extension request that is not decided
    #[arg(long)]
    pub waiting: bool,

    /// Only open items with no update since before the last meeting
    #[arg(long)]
    pub stale: bool,

    /// Only with a due date before this day, month or span from today (+30d)
    #[arg(long, value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub due_before: Option<When>,

    /// Only items that contain these words, in their id, texts, owners, notes, reasons, evidence or extra; case, accents, quotes,
    /// hyphens and line ends do not count
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}

/// All filters for the rows to show.
#[derive(Debug, Clone, Args)]
pub struct FilterArgs {
    #[command(flatten)]
    pub items: ItemFilterArgs,

    /// Only with this outlook
    #[arg(long, value_name = "OUTLOOK", value_delimiter = ',', value_parser = words::<Outlook>())]
    pub outlook: Vec<Outlook>,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::List]))), after_help = "\
An item must match every filter; of several values of one filter, any.

Examples:
  plan list --timing overdue,due-soon --sort deadline
  plan list --actions --owner ilau
  plan list --search \"appraisal\" --format csv")]
pub struct ListArgs {
    /// One row per action instead of a recommendation
    #[arg(long)]
    pub actions: bool,

    #[command(flatten)]
    pub filter: FilterArgs,

    /// Sort by this column
    #[arg(short, long, value_name = "KEY", default_value = "plan", value_parser = words::<Order>())]
    pub sort: Order,

    /// Reverse the order
    #[arg(short, long)]
    pub reverse: bool,

    /// Show these columns, named as in json and csv: id,text,owner,updated,update
    #[arg(short, long, value_name = "NAME", value_delimiter = ',', value_parser = column_names())]
    pub columns: Vec<String>,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Timeline]))), after_help = "\
Takes the filters of `plan list`. Where the output is no terminal, it is 120
columns wide, or as wide as COLUMNS says.

Examples:
  plan timeline --area best-value-reviews
  plan timeline --actions --open      open work, action by action
  plan timeline --ascii > timeline.txt")]
pub struct TimelineArgs {
    /// One bar per action instead of a recommendation
    #[arg(long)]
    pub actions: bool,

    #[command(flatten)]
    pub filter: FilterArgs,

    /// Draw with ASCII characters only; the plan's own words stay as they are
    #[arg(long)]
    pub ascii: bool,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Show]))))]
pub struct ShowArgs {
    /// Ids of recommendations (5) or actions (5.1); of one of several plans: name/5.1
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Overdue, AnswerKind::Findings]))), after_help = "\
Examples:
  plan overdue --within 30d         also what falls due in thirty days
  plan overdue --as-of 2003-12-11   what was overdue on that day
  plan overdue --format json        for a script; same exit status")]
pub struct OverdueArgs {
    /// One row per action instead of a recommendation
    #[arg(long)]
    pub actions: bool,

    #[command(flatten)]
    pub filter: FilterArgs,

    /// Print nothing; the exit status is the answer
    #[arg(short, long, conflicts_with = "output")]
    pub quiet: bool,

    /// Also list items that fall due or are to be reviewed within this time (30d, 2w, 3m); it never changes the exit status
    #[arg(long, value_name = "TIME", value_parser = parse_length)]
    pub within: Option<Length>,

    /// Exit with status 1 only if an item of this priority or a higher one is overdue [default: the plan's `fail_on`, else all]
    #[arg(long, value_name = "PRIORITY")]
    pub fail_on: Option<String>,

    /// Exit with status 0 even if something is overdue
    #[arg(long)]
    pub exit_zero: bool,

    /// Show these columns, named as in json and csv: id,owner,updated,update
    #[arg(short, long, value_name = "NAME", value_delimiter = ',', value_parser = column_names())]
    pub columns: Vec<String>,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Diff]))), after_help = "\
Layout and order do not count, and a renamed plan is found again. The as-of day
makes no difference.

Examples:
  plan diff                          changes that are not committed yet
  plan diff main                     changes since the plan on main
  plan diff v1 v2 --format markdown  between two versions, for a page")]
pub struct DiffArgs {
    /// The earlier and the later version: git revisions [default: HEAD and the file as it is]
    #[arg(value_name = "REV", num_args = 0..=2)]
    pub revisions: Vec<String>,

    /// Exit with status 0 even if something differs
    #[arg(long)]
    pub exit_zero: bool,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Log]))), after_help = "\
Newest first; renames of the file are followed. A change that a merge brought in
is listed at the merge, with the commits that made it. An entry committed after
its own day says how many days later, and is `late` when that is more than 30. A
version that is no valid plan is named and skipped.

Examples:
  plan log                 every change, with its day and author
  plan log 5               recommendation 5 and its actions
  plan log --at 2003-12    changes committed by the end of that month
  plan log --format json   for a script, with the commits")]
pub struct LogArgs {
    /// Only these recommendations, with their actions, or these actions
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Changes]))), after_help = "\
Opening count + added + reopened - closed = closing count. The opening count is
what was known then, read from git; before the first commit it is read from the
dates of the entries, and the answer says so. `--as-of` ends the period; `--at`
also leaves out what was written later.

Examples:
  plan changes                        since the last meeting
  plan changes --since 2003-09-30     since the end of that day
  plan changes --at 2003-11-30        what the meeting of that day knew
  plan changes --since v1 --as-of 2003-11-30 --format json")]
pub struct ChangesArgs {
    /// The start of the period: a date (its last day counts as before), a git revision, or last-meeting
    #[arg(long, value_name = "WHEN", default_value = "last-meeting", value_parser = parse_since,
          allow_hyphen_values = true)]
    pub since: Since,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Burnup]))), after_help = "\
Each day shows what was known then: the plan as committed by that day. Before
the first commit nothing is drawn. csv, json and markdown have a row for each
day with a commit, or with `--by-entry` for each day with a dated entry.

Examples:
  plan burnup                            since the plan was published
  plan burnup --since 2004-01-01 --format svg > burnup.svg
  plan burnup --by-entry                 from the dates of the entries")]
pub struct BurnupArgs {
    /// Use the dates of the entries in the present plan instead of git's history
    #[arg(long)]
    pub by_entry: bool,

    /// The first day of the chart [default: the day the plan was published]
    #[arg(long, value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub since: Option<When>,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Findings]))), after_help = "\
An error makes it fail, a warning does not. A plan sets its own levels under
`[policy.lints]`.

Examples:
  plan check --list                  every rule, and its level in this plan
  plan check --deny warnings         strict: a warning fails too
  plan check --against main          also changes to the record since main
  plan check --staged                before a commit: what git will commit
  plan check --allow no-owner        no warning about actions without an owner
  plan check --format github         annotations on a pull request")]
pub struct CheckArgs {
    /// Report changes to agreed text and past entries since this git revision
    /// [without REV: since the merge base with the branch it is meant for]
    #[arg(long, value_name = "REV", num_args = 0..=1, conflicts_with = "at")]
    pub against: Option<Option<String>>,

    /// Compare with REV itself, not with the merge base: with the tip before a push
    #[arg(long, requires = "against")]
    pub exact: bool,

    /// Check what git is about to commit instead of the files [without --against: compared with HEAD]
    #[arg(long, conflicts_with = "at")]
    pub staged: bool,

    #[command(flatten)]
    pub at: AtArgs,

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

    /// Show each warning with its source, instead of one line per rule
    #[arg(short, long)]
    pub verbose: bool,

    /// Exit with status 0 even if there is an error
    #[arg(long)]
    pub exit_zero: bool,

    #[command(flatten)]
    pub output: OutputArgs,
}
