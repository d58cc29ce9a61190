//! The flags of commands that write.

use std::path::PathBuf;

use clap::Args;

use super::{
    read::ItemFilterArgs,
    values::{entry_kinds, parse_day, parse_due, words},
};
use crate::{
    merge::Side,
    model::{Outlook, Timescale, When},
    plan_diff::EntryKind,
};

/// When something was true, and who reports it.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// The day it was true [default: the as-of day]
    #[arg(short = 'd', long, value_name = "DATE", value_parser = parse_day, allow_hyphen_values = true)]
    pub on: Option<When>,

    /// Who reports or decides it
    #[arg(short, long, value_name = "WHO")]
    pub by: Option<String>,
}

/// The evidence for an entry.
#[derive(Debug, Args)]
pub struct EvidenceArgs {
    /// Evidence: a path or link; may be given several times
    #[arg(short, long, value_name = "WHERE")]
    pub evidence: Vec<String>,
}

/// The flags of an entry: when and by whom, a note, and the evidence.
#[derive(Debug, Args)]
pub struct RemarkArgs {
    #[command(flatten)]
    pub source: SourceArgs,

    /// A note; `-` reads it from standard input
    #[arg(short = 'm', long, value_name = "TEXT")]
    pub note: Option<String>,

    #[command(flatten)]
    pub proof: EvidenceArgs,
}

/// True if open work will be in time.
#[derive(Debug, Args)]
pub struct OutlookArgs {
    /// The outlook, as somebody judges it today
    #[arg(long, value_name = "OUTLOOK", value_parser = words::<Outlook>())]
    pub outlook: Option<Outlook>,
}

/// The meaning of the words of a timescale.
#[derive(Debug, Args)]
pub struct DueArgs {
    /// The date that free-text wording stands for: "2025-05" for "Spring 2025"
    #[arg(long, value_name = "TIMESCALE", value_parser = parse_due)]
    pub due: Option<Timescale>,
}

/// The filters that name the items of a change in place of ids.
#[derive(Debug, Args)]
#[command(next_help_heading = "In place of ids")]
pub struct SelectArgs {
    #[command(flatten)]
    pub items: ItemFilterArgs,

    /// Change all that the filters mean without asking
    #[arg(short, long)]
    pub yes: bool,
}

/// How a change is written.
#[derive(Debug, Args)]
pub struct WriteArgs {
    /// Show the change as a diff and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "plan mark [OPTIONS] <ID>... <STATUS>",
    after_help = "\
A recommendation's id means its actions that have not ended. All ids or none.

Examples:
  plan mark 5.1 complete --on 2003-06-27 --evidence minutes/2003-06.pdf
  plan mark 1.1 1.3 in-progress --note \"Manual drafted.\""
)]
pub struct MarkArgs {
    /// Ids, and then the status they have now
    #[arg(value_name = "ID… STATUS", required = true, num_args = 1..)]
    pub ids_and_status: Vec<String>,

    #[command(flatten)]
    pub outlook: OutlookArgs,

    #[command(flatten)]
    pub remark: RemarkArgs,

    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub select: SelectArgs,
}

#[derive(Debug, Args)]
#[command(override_usage = "plan note [OPTIONS] <ID>... <TEXT>")]
pub struct NoteArgs {
    /// Ids, and then what there is to say; `-` reads it from standard input
    #[arg(value_name = "ID… TEXT", required = true, num_args = 1..)]
    pub ids_and_text: Vec<String>,

    #[command(flatten)]
    pub outlook: OutlookArgs,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub proof: EvidenceArgs,

    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub select: SelectArgs,
}

#[derive(Debug, Args)]
#[command(override_usage = "plan extend [OPTIONS] --reason <WHY> <ID>... <TIMESCALE>")]
pub struct ExtendArgs {
    /// Ids of recommendations or actions, and then the new timescale: "September 2003"
    #[arg(value_name = "ID… TIMESCALE", required = true, num_args = 1..)]
    pub ids_and_timescale: Vec<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    /// Why it was moved; `-` reads it from standard input
    #[arg(short = 'm', long, value_name = "WHY")]
    pub reason: String,

    /// Ask for it: the deadline stays until `plan decide` says what was decided
    #[arg(long)]
    pub request: bool,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub select: SelectArgs,
}

#[derive(Debug, Args)]
#[command(
    mut_arg("by", |by| by.required(true).help("Who decided: the committee")),
    mut_arg("due", |due| due.requires("to")),
    override_usage = "plan decide [OPTIONS] --by <WHO> <ID>... <agree|refuse>",
    after_help = "\
Examples:
  plan decide 4 agree --by PPRC --to \"May 2004\"   another date than was asked for
  plan decide 5 7.1 refuse --by PPRC --reason \"Twice is enough\""
)]
pub struct DecideArgs {
    /// Ids of recommendations or actions, and then what was decided: agree or refuse
    #[arg(value_name = "ID… agree|refuse", required = true, num_args = 1..)]
    pub ids_and_answer: Vec<String>,

    /// Another date that is agreed to [default: the one that was asked for]
    #[arg(long, value_name = "TIMESCALE")]
    pub to: Option<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    /// Why; `-` reads it from standard input
    #[arg(short = 'm', long, value_name = "WHY")]
    pub reason: Option<String>,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub select: SelectArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("by", |by| by.required(true).help("Who looked: nobody who owns one of its actions")))]
pub struct VerifyArgs {
    /// Ids of recommendations
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// It is not accepted as done, and so open again; needs `--note`
    #[arg(long)]
    pub refuse: bool,

    #[command(flatten)]
    pub remark: RemarkArgs,

    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub select: SelectArgs,
}

#[derive(Debug, Args)]
#[command(
    mut_arg("due", |due| due.requires("timescale")),
    override_usage = "plan respond [OPTIONS] <ID>... <RESPONSE>",
    after_help = "\
RESPONSE is accepted, partially-accepted or rejected. Before the day of the answer the response was awaited.

Examples:
  plan respond 4 accepted --timescale \"March 2004\" --on 2003-06-12
  plan respond 6 rejected --response-text \"It is not ours to do.\""
)]
pub struct RespondArgs {
    /// Ids of recommendations, and then management's response
    #[arg(value_name = "ID… RESPONSE", required = true, num_args = 1..)]
    pub ids_and_response: Vec<String>,

    /// The day of the answer [default: the as-of day]
    #[arg(short = 'd', long, value_name = "DATE", value_parser = parse_day, allow_hyphen_values = true)]
    pub on: Option<When>,

    /// Management's response in its own words; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub response_text: Option<String>,

    /// The timescale agreed with it, where there was none
    #[arg(long, value_name = "TIMESCALE")]
    pub timescale: Option<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub select: SelectArgs,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "plan amend [OPTIONS] --reason <WHY> <ID>... <KEY> <VALUE>",
    after_help = "\
KEY is owner, priority, area, title, ref or review; or text, timescale, response or date, where that was wrong.
Or it is a word of an entry, a note, reason, by or evidence: progress.2.note is the note of the second.
What it was stays in `amendments`. A deadline that moves is `plan extend`.

Examples:
  plan amend --owner \"Head of Treasury\" owner \"Head of Finance\" --reason \"Post abolished\"
  plan amend 5.1 owner \"Head of Review\" --reason \"The group was dissolved\"
  plan amend 5 priority high --reason \"Agreed by the committee\"
  plan amend 4.1 progress.2.note \"Appointed.\" --reason \"Typing slip\""
)]
pub struct AmendArgs {
    /// Ids, the key, and its new value
    #[arg(value_name = "ID… KEY VALUE", required = true, num_args = 1..)]
    pub words: Vec<String>,

    /// One more owner, or piece of evidence; may be given several times
    #[arg(long = "and", value_name = "WHO")]
    pub more: Vec<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    /// Why it was changed; `-` reads it from standard input
    #[arg(short = 'm', long, value_name = "WHY")]
    pub reason: String,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub select: SelectArgs,
}

#[derive(Debug, Args)]
pub struct EditArgs {
    /// The recommendation or action to open the editor at
    #[arg(value_name = "ID")]
    pub id: Option<String>,

    /// Give up on a fault instead of asking whether to edit again
    #[arg(long)]
    pub once: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
What is committed stays. Of a recommendation, the same entry of several actions, as `plan mark` records it, goes as one.

Examples:
  plan undo 1.1 1.2                 the last entry of each
  plan undo 5 --only revisions      where it has other new entries too
  plan undo --all --dry-run")]
pub struct UndoArgs {
    /// Recommendations and actions, areas, and the dates of meetings: what was last recorded of each goes [default: the
    /// only change that is not committed]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// Everything that was recorded and is not committed
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,

    /// Only what stands under this key: progress, revisions, verification, amendments, response
    #[arg(long, value_name = "KEY", value_parser = entry_kinds(), hide_possible_values = true, requires = "ids")]
    pub only: Option<EntryKind>,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "plan merge --install\n       plan merge --resolve [--renumber <SIDE>]\n       plan merge <BASE> <OURS> <THEIRS> <PATH>",
    after_help = "Entries of both sides are kept, in the order of their days, and changes of different keys are \
combined. What both sides changed differently stays between conflict markers, and the exit status is 1.\n\n\
`--install` makes git merge the plan in this way in this repository. Sites that host repositories merge it line by \
line all the same: merge in a clone, or run `plan merge --resolve` on the file with the markers."
)]
pub struct MergeArgs {
    /// The files that git names, `%O %A %B %P`; the merged plan is written to OURS
    #[arg(value_names = ["BASE", "OURS", "THEIRS", "PATH"], num_args = 4, required_unless_present_any = ["install", "resolve"])]
    pub versions: Vec<PathBuf>,

    /// Set this repository up: git merges the plan with this command
    #[arg(long, conflicts_with_all = ["versions", "resolve"])]
    pub install: bool,

    /// Merge again by ids what git left in conflict
    #[arg(long, conflicts_with = "versions")]
    pub resolve: bool,

    /// Give new ids to what this side added under an id that the other side added too, also after a merge without a
    /// conflict: ours, theirs
    #[arg(long, value_name = "SIDE", requires = "resolve", value_parser = words::<Side>(), hide_possible_values = true)]
    pub renumber: Option<Side>,

    #[command(flatten)]
    pub write: WriteArgs,
}
