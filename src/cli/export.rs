//! The flags of `plan export` and of other commands that write for owners.

use std::path::PathBuf;

use clap::Args;

use super::{
    FilterArgs, ReadArgs,
    values::{formats, parse_length, parse_when, words},
};
use crate::{
    model::{Length, When},
    output::{AnswerKind, ExportTable},
};

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Export])).required_unless_present_any(["output", "updates", "mapping"])),
    mut_arg("json", |json| json.hide(true)), mut_arg("answer_by", |day| day.requires("updates")), mut_arg("within", |time| time.requires("updates")), after_help = "\
A workbook (xlsx) has the sheets Summary, Recommendations, Actions, Updates and
Extensions, with the columns of `list --format csv`. Click on + to show the
collapsed columns. A csv file has one table. docs/round.md explains the columns.

--updates writes a workbook for each owner with open items. For an owner with an
address, it also writes a message (.eml) with the workbook attached. Import the
answers with `plan import DIR --updates`. `plan` sends nothing.

--mapping prints a mapping with which `plan import` can read the workbook again.
With --table, it prints the mapping for the csv file of that table instead.

A calendar (ics) has an event for every due date and meeting. If only the month
is given, the event is on the last day of the month. An event has the same UID
in every export. If its date changes, a program that follows RFC 5546 moves the
event; calcurse adds a second event instead. docs/readers.md says what each
program does.

Examples:
  plan export --output plan.xlsx
  plan export --format csv --table updates --owner ilau > updates.csv
  plan export --format ics --owner ilau > ilau.ics
  plan export --updates updates/2003-12 --answer-by 2003-12-19")]
pub struct ExportArgs {
    /// Write this table as csv [default: recommendations]
    #[arg(long, value_name = "TABLE", value_parser = words::<ExportTable>())]
    pub table: Option<ExportTable>,

    /// Print the mapping with which `plan import` can read the workbook, or the table, again
    #[arg(long, conflicts_with_all = ["cancelled", "updates", "format"])]
    pub mapping: bool,

    #[command(flatten)]
    pub filter: FilterArgs,

    /// Include finished work in a calendar as cancelled events; some programs show these like other events
    #[arg(long)]
    pub cancelled: bool,

    /// Write for each owner, into this new directory, a workbook to fill in and a message to send it with
    #[arg(long, value_name = "DIR", conflicts_with_all = ["table", "cancelled", "output", "format", "at"])]
    pub updates: Option<PathBuf>,

    /// Address of the sender in the messages [default: git's user.email]
    #[arg(long, value_name = "ADDRESS", requires = "updates")]
    pub from: Option<String>,

    #[command(flatten)]
    pub round: RoundArgs,

    #[command(flatten)]
    pub read: ReadArgs,
}

/// The flags of a request for updates from owners.
#[derive(Debug, Args)]
pub struct RoundArgs {
    /// Ask owners to answer by this day [default: two weeks from the as-of day]
    #[arg(long, value_name = "DATE", value_parser = parse_when, default_value = "+2w", hide_default_value = true)]
    pub answer_by: When,

    /// List items that fall due within this time (30d, 2w, 3m)
    #[arg(long, value_name = "TIME", value_parser = parse_length, default_value = "30d")]
    pub within: Length,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Remind]))), after_help = "\
Prints the messages that `plan export --updates` writes for owners, without the
workbooks. `plan` sends nothing.

Examples:
  plan remind                        all owners with open items
  plan remind --owner ilau --within 2w
  plan remind --timing overdue --format json")]
pub struct RemindArgs {
    #[command(flatten)]
    pub filter: FilterArgs,

    #[command(flatten)]
    pub round: RoundArgs,

    #[command(flatten)]
    pub read: ReadArgs,
}
