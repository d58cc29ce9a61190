//! The flags of what is written for other programs and for owners.

use std::path::PathBuf;

use clap::Args;

use super::{
    AtArgs, FilterArgs,
    output::OutputArgs,
    values::{formats, parse_length, parse_when, words},
};
use crate::{
    model::{Length, When},
    output::{AnswerKind, ExportTable},
};

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Export])).required_unless_present_any(["output", "updates"])),
    mut_arg("json", |json| json.hide(true)), mut_arg("answer_by", |day| day.requires("updates")), mut_arg("within", |time| time.requires("updates")), after_help = "\
A workbook (xlsx) has the sheets Summary, Recommendations, Actions, Updates and
Extensions, with the columns of `list --format csv`; a click on + shows those
that are folded away. csv has one table. docs/round.md says more.

--updates writes a workbook for each owner with open items, and beside it the
message to send it with (.eml), where `[[owner]]` has an address. Import what
they filled in with `plan import DIR --updates`. Nothing is sent.

A calendar (ics) has an event for every due date and meeting; a month's is on
its last day. An event keeps its UID, so a program that follows RFC 5546 moves
it when it reads a later export; calcurse adds a second one. docs/readers.md
says what each program does.

Examples:
  plan export --output plan.xlsx
  plan export --format csv --table updates --owner ilau > updates.csv
  plan export --format ics --owner ilau > ilau.ics
  plan export --updates updates/2003-12 --answer-by 2003-12-19")]
pub struct ExportArgs {
    /// The table that csv has: recommendations unless another is named
    #[arg(long, value_name = "TABLE", value_parser = words::<ExportTable>())]
    pub table: Option<ExportTable>,

    #[command(flatten)]
    pub filter: FilterArgs,

    /// Include finished work in a calendar, as cancelled events; some programs show those as live ones
    #[arg(long)]
    pub cancelled: bool,

    /// A workbook for each owner to fill in, and the message to send it with, in this new directory
    #[arg(long, value_name = "DIR", conflicts_with_all = ["table", "cancelled", "output", "format", "at"])]
    pub updates: Option<PathBuf>,

    /// The address that the messages come from [default: git's user.email]
    #[arg(long, value_name = "ADDRESS", requires = "updates")]
    pub from: Option<String>,

    #[command(flatten)]
    pub round: RoundArgs,

    #[command(flatten)]
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// The flags of a request for updates from owners.
#[derive(Debug, Args)]
pub struct RoundArgs {
    /// The day by which owners are to answer [default: two weeks from the as-of day]
    #[arg(long, value_name = "DATE", value_parser = parse_when, default_value = "+2w", hide_default_value = true)]
    pub answer_by: When,

    /// Messages name what falls due within this time (30d, 2w, 3m)
    #[arg(long, value_name = "TIME", value_parser = parse_length, default_value = "30d")]
    pub within: Length,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Remind]))), after_help = "\
The messages of `plan export --updates`, without workbooks: what is overdue, due
soon and requested, by owner. Nothing is sent.

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
    pub at: AtArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}
