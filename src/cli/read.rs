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

#[derive(Debug, Default, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Status]))))]
pub struct StatusArgs {
    /// Group the counts by this [default: area; plan if there are several plans]
    #[arg(long, value_name = "WHAT", value_parser = words::<GroupBy>())]
    pub by: Option<GroupBy>,

    #[command(flatten)]
    pub read: ReadArgs,
}

/// The flag for reading an earlier version of the plan.
#[derive(Debug, Default, Args)]
pub struct AtArgs {
    /// Read the plan as committed at REV or by DATE; DATE also sets the as-of day
    #[arg(long, value_name = "REV|DATE", value_parser = parse_then, allow_hyphen_values = true)]
    pub at: Option<RevisionOrDate>,
}

/// The flags of commands that read: the version of the plan, and the output.
#[derive(Debug, Default, Args)]
pub struct ReadArgs {
    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// All filters of rows except `--outlook`, because some commands use this flag to record an outlook.
#[derive(Debug, Clone, Default, PartialEq, Args)]
pub struct ItemFilterArgs {
    /// Select items in this area, by its id
    #[arg(short, long, value_name = "ID", value_delimiter = ',')]
    pub area: Vec<String>,

    /// Select items with these whole words in an owner's name, in any case
    #[arg(short = 'w', long, value_name = "NAME")]
    pub owner: Vec<String>,

    /// Select items with this priority
    #[arg(short, long, value_name = "PRIORITY", value_delimiter = ',')]
    pub priority: Vec<String>,

    /// Select items with this progress
    #[arg(long, value_name = "PROGRESS", value_delimiter = ',', value_parser = words::<Progress>())]
    pub progress: Vec<Progress>,

    /// Select items with this timing
    #[arg(long, value_name = "TIMING", value_delimiter = ',', value_parser = words::<Timing>())]
    pub timing: Vec<Timing>,

    /// Select items with this management response
    #[arg(long, value_name = "RESPONSE", value_delimiter = ',', value_parser = words::<Response>())]
    pub response: Vec<Response>,

    /// Select open items
    #[arg(long)]
    pub open: bool,

    /// Select complete items without a verification, if the policy requires one
    #[arg(long)]
    pub unverified: bool,

    /// Select items with an extended due date
    #[arg(long)]
    pub extended: bool,

    /// Select items with an extension request that is not decided
    #[arg(long)]
    pub waiting: bool,

    /// Select open items with no update since the last meeting
    #[arg(long)]
    pub stale: bool,

    /// Select items due before this day or month; +30d counts from the as-of day
    #[arg(long, value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub due_before: Option<When>,

    /// Select items with these words in the id, texts, owners, notes, reasons, evidence or extra; ignore case, accents, quotes,
    /// hyphens and line ends
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}

/// All filters that select the rows to show.
#[derive(Debug, Clone, Args)]
pub struct FilterArgs {
    #[command(flatten)]
    pub items: ItemFilterArgs,

    /// Select items with this outlook
    #[arg(long, value_name = "OUTLOOK", value_delimiter = ',', value_parser = words::<Outlook>())]
    pub outlook: Vec<Outlook>,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::List]))), after_help = "\
An item must match every filter. If a filter has several values, an item needs
to match only one of them.

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

    /// Show these columns, for example: id,text,owner,updated,update
    #[arg(short, long, value_name = "NAME", value_delimiter = ',', value_parser = column_names())]
    pub columns: Vec<String>,

    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Timeline]))), after_help = "\
The filters are those of `plan list`. If the output is not a terminal, the
variable COLUMNS sets its width; without this variable, it is 120 columns wide.

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
    pub read: ReadArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Show]))))]
pub struct ShowArgs {
    /// Ids of recommendations (5) or actions (5.1); with several plans: name/5.1
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,

    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Overdue, AnswerKind::Findings]))), after_help = "\
Examples:
  plan overdue --within 30d         also items due within 30 days
  plan overdue --as-of 2003-12-11   what was overdue on that day
  plan overdue --format json        for a script")]
pub struct OverdueArgs {
    /// One row per action instead of a recommendation
    #[arg(long)]
    pub actions: bool,

    #[command(flatten)]
    pub filter: FilterArgs,

    /// Print nothing; the exit status is the answer
    #[arg(short, long, conflicts_with = "output")]
    pub quiet: bool,

    /// Also list items due for completion or review within this time (30d, 2w, 3m); the exit status stays the same
    #[arg(long, value_name = "TIME", value_parser = parse_length)]
    pub within: Option<Length>,

    /// Exit with status 1 only if an item of this priority or higher is overdue [default: the plan's `fail_on`, else any priority]
    #[arg(long, value_name = "PRIORITY")]
    pub fail_on: Option<String>,

    /// Exit with status 0 even if something is overdue
    #[arg(long)]
    pub exit_zero: bool,

    /// Show these columns, for example: id,owner,updated,update
    #[arg(short, long, value_name = "NAME", value_delimiter = ',', value_parser = column_names())]
    pub columns: Vec<String>,

    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Diff]))), after_help = "\
Changes in layout and order are not listed. If the plan file was renamed, its
earlier versions are found too. `--as-of` has no effect.

Examples:
  plan diff                          changes that are not committed yet
  plan diff main                     changes since the version on main
  plan diff v1 v2 --format markdown  changes from v1 to v2, for a web page")]
pub struct DiffArgs {
    /// Earlier and later version, as git revisions [default: HEAD and the present file]
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
The newest change comes first. If the plan file was renamed, its earlier changes
are listed too. Changes that a merge brought in are listed under the merge, with
their commits. If an entry was committed after its own date, the log says how
many days later, and adds `late` if it is more than 30 days. A version that is
not a valid plan is skipped with a notice.

Examples:
  plan log                 every change, with its day and author
  plan log 5               recommendation 5 and its actions
  plan log --at 2003-12    changes committed by the end of that month
  plan log --format json   for a script, with the commits")]
pub struct LogArgs {
    /// List only changes of these recommendations (with their actions) or actions
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Changes]))), after_help = "\
Opening count + added + reopened - closed = closing count. The opening count
comes from git and shows what was known when the period began. If the period
began before the first commit, the dates of the entries are used instead, and a
note says so. `--as-of` sets the end of the period. `--at` does too, and also
leaves out what was committed later.

Examples:
  plan changes                        since the last meeting
  plan changes --since 2003-09-30     since the end of that day
  plan changes --at 2003-11-30        changes known at that day's meeting
  plan changes --since v1 --as-of 2003-11-30 --format json")]
pub struct ChangesArgs {
    /// Start the period at the end of this date, at this git revision, or at last-meeting
    #[arg(long, value_name = "WHEN", default_value = "last-meeting", value_parser = parse_since,
          allow_hyphen_values = true)]
    pub since: Since,

    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Burnup]))), after_help = "\
The chart begins with the first commit. For each day, it shows the plan as last
committed on or before that day. csv, json and markdown have one row for each
day with a commit or, with `--by-entry`, for each day with an entry.

Examples:
  plan burnup                            since the plan was published
  plan burnup --since 2004-01-01 --format svg > burnup.svg
  plan burnup --by-entry                 use the dates of the entries")]
pub struct BurnupArgs {
    /// Draw from the dates of the entries instead of the git history
    #[arg(long)]
    pub by_entry: bool,

    /// Begin the chart on this day [default: the plan's date]
    #[arg(long, value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub since: Option<When>,

    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Findings]))), after_help = "\
The check fails on an error, not on a warning. A plan can set the levels of
lints and history rules under `[policy.lints]`.

Examples:
  plan check --list                  every rule, and its level in this plan
  plan check --deny warnings         fail on a warning too
  plan check --against main          compare with the version on main too
  plan check --staged                check what git will commit
  plan check --allow no-owner        no warning about actions without an owner
  plan check --format github         annotations on a pull request")]
pub struct CheckArgs {
    /// Report changes to agreed text and past entries since this git revision
    /// [without REV: since the merge base with the target branch]
    #[arg(long, value_name = "REV", num_args = 0..=1, conflicts_with = "at")]
    pub against: Option<Option<String>>,

    /// Compare with REV itself, not with the merge base; use this before a push
    #[arg(long, requires = "against")]
    pub exact: bool,

    /// Check what git is about to commit instead of the files; compare with HEAD unless --against is given
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

    /// List every rule with its level
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
