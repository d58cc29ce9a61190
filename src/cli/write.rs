//! The flags of commands that write.

use std::path::PathBuf;

use clap::Args;

use super::{
    read::ItemFilterArgs,
    values::{parse_day, parse_due, words},
};
use crate::{
    merge::Side,
    model::{Outlook, Timescale, When},
    plan_diff::EntryKind,
};

/// The flags for the date of an entry and the person who reports it.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// Date of the entry [default: the as-of day]
    #[arg(short = 'd', long, value_name = "DATE", value_parser = parse_day, allow_hyphen_values = true)]
    pub on: Option<When>,

    /// Person or post that reports or decides
    #[arg(short, long, value_name = "WHO")]
    pub by: Option<String>,
}

/// The flag for the evidence of an entry.
#[derive(Debug, Args)]
pub struct EvidenceArgs {
    /// Evidence: a path or link; repeat the flag for several
    #[arg(short, long, value_name = "WHERE")]
    pub evidence: Vec<String>,
}

/// The flags of an entry: the date, the person, a note, and the evidence.
#[derive(Debug, Args)]
pub struct RemarkArgs {
    #[command(flatten)]
    pub source: SourceArgs,

    /// Note on the entry; `-` reads standard input
    #[arg(short = 'm', long, value_name = "TEXT")]
    pub note: Option<String>,

    #[command(flatten)]
    pub proof: EvidenceArgs,
}

/// The flag for the outlook: a judgement whether an open item will be on time.
#[derive(Debug, Args)]
pub struct OutlookArgs {
    /// Outlook for the due date
    #[arg(long, value_name = "OUTLOOK", value_parser = words::<Outlook>())]
    pub outlook: Option<Outlook>,
}

/// The flag for the date that a timescale in free text stands for.
#[derive(Debug, Args)]
pub struct DueArgs {
    /// The date that free-text wording stands for: "2025-05" for "Spring 2025"
    #[arg(long, value_name = "TIMESCALE", value_parser = parse_due)]
    pub due: Option<Timescale>,
}

const IN_PLACE_OF_IDS: &str = "Filters, instead of ids";

/// The filters that select the items to change, in place of ids. `--help` shows them, but `-h` does not.
#[derive(Debug, Args)]
#[command(next_help_heading = IN_PLACE_OF_IDS, mut_args(|arg| match arg.get_help_heading() {
    Some(IN_PLACE_OF_IDS) if arg.get_id() != "yes" => arg.hide_short_help(true),
    _ => arg,
}))]
pub struct SelectArgs {
    #[command(flatten)]
    pub items: ItemFilterArgs,

    /// Change all selected items without asking
    #[arg(short, long)]
    pub yes: bool,
}

/// The flags of every command that writes.
#[derive(Debug, Args)]
pub struct WriteArgs {
    /// Show the change as a diff; write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}

/// The flags of commands that change selected items.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    #[command(flatten)]
    pub write: WriteArgs,

    #[command(flatten)]
    pub select: SelectArgs,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "plan mark [OPTIONS] <ID>... <STATUS>",
    after_help = "\
The id of a recommendation stands for all its open actions. If one id is wrong,
nothing is changed.

Examples:
  plan mark 5.1 complete --on 2003-06-27 --evidence minutes/2003-06.pdf
  plan mark 1.1 1.3 in-progress --note \"Manual drafted.\""
)]
pub struct MarkArgs {
    /// Ids (or filters instead), then the new status
    #[arg(value_name = "ID… STATUS", required = true, num_args = 1..)]
    pub ids_and_status: Vec<String>,

    #[command(flatten)]
    pub outlook: OutlookArgs,

    #[command(flatten)]
    pub remark: RemarkArgs,

    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
#[command(override_usage = "plan note [OPTIONS] <ID>... <TEXT>")]
pub struct NoteArgs {
    /// Ids (or filters instead), then the text; `-` reads standard input
    #[arg(value_name = "ID… TEXT", required = true, num_args = 1..)]
    pub ids_and_text: Vec<String>,

    #[command(flatten)]
    pub outlook: OutlookArgs,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub proof: EvidenceArgs,

    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
#[command(override_usage = "plan extend [OPTIONS] --reason <WHY> <ID>... <TIMESCALE>")]
pub struct ExtendArgs {
    /// Ids (or filters instead), then the new timescale: "September 2003"
    #[arg(value_name = "ID… TIMESCALE", required = true, num_args = 1..)]
    pub ids_and_timescale: Vec<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    /// Reason for the extension; `-` reads standard input
    #[arg(short = 'm', long, value_name = "WHY")]
    pub reason: String,

    /// Only request the extension; the due date stays until `plan decide` approves a new one
    #[arg(long)]
    pub request: bool,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
#[command(
    mut_arg("by", |by| by.required(true).help("Committee or officer that made the decision")),
    mut_arg("due", |due| due.requires("to")),
    override_usage = "plan decide [OPTIONS] --by <WHO> <ID>... <agree|refuse>",
    after_help = "\
Examples:
  plan decide 4 agree --by PPRC --to \"May 2004\"   approve another date
  plan decide 5 7.1 refuse --by PPRC --reason \"Twice is enough\""
)]
pub struct DecideArgs {
    /// Ids (or filters instead), then the decision: agree or refuse
    #[arg(value_name = "ID… agree|refuse", required = true, num_args = 1..)]
    pub ids_and_answer: Vec<String>,

    /// Approve this date [default: the requested date]
    #[arg(long, value_name = "TIMESCALE")]
    pub to: Option<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    /// Reason for the decision; `-` reads standard input
    #[arg(short = 'm', long, value_name = "WHY")]
    pub reason: Option<String>,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("by", |by| by.required(true).help("Person or post that verified the work; not an owner")))]
pub struct VerifyArgs {
    /// Ids of recommendations (or filters instead)
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// Record a failed verification, which reopens the recommendation; needs `--note`
    #[arg(long)]
    pub refuse: bool,

    #[command(flatten)]
    pub remark: RemarkArgs,

    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
#[command(
    mut_arg("due", |due| due.requires("timescale")),
    override_usage = "plan respond [OPTIONS] <ID>... <RESPONSE>",
    after_help = "\
RESPONSE is accepted, partially-accepted or rejected. A response with a future
date counts as pending until that day.

Examples:
  plan respond 4 accepted --timescale \"March 2004\" --on 2003-06-12
  plan respond 6 rejected --response-text \"It is not ours to do.\""
)]
pub struct RespondArgs {
    /// Ids of recommendations (or filters instead), then management's response
    #[arg(value_name = "ID… RESPONSE", required = true, num_args = 1..)]
    pub ids_and_response: Vec<String>,

    /// Date of the response [default: the as-of day]
    #[arg(short = 'd', long, value_name = "DATE", value_parser = parse_day, allow_hyphen_values = true)]
    pub on: Option<When>,

    /// Management's response in its own words; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub response_text: Option<String>,

    /// Timescale agreed with the response, if none was agreed before
    #[arg(long, value_name = "TIMESCALE")]
    pub timescale: Option<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "plan amend [OPTIONS] --reason <WHY> <ID>... <KEY> <VALUE>",
    after_help = "\
KEY is owner, priority, area, title, ref or review. To correct a mistake, KEY
may also be text, timescale, response or date. In an entry, you can correct
note, reason, by and evidence: progress.2.note is the note of the second
progress entry. The old value is kept in `amendments`. To move a due date, use
`plan extend`.

Examples:
  plan amend --owner Treasurer owner \"Head of Finance\" --reason \"Post renamed\"
  plan amend 5.1 owner \"Head of Review\" --reason \"The group was dissolved\"
  plan amend 5 priority high --reason \"Agreed by the committee\"
  plan amend 4.1 progress.2.note \"Appointed.\" --reason \"Typing slip\""
)]
pub struct AmendArgs {
    /// Ids (or filters instead), then the key and its new value
    #[arg(value_name = "ID… KEY VALUE", required = true, num_args = 1..)]
    pub words: Vec<String>,

    /// Further owner or piece of evidence; repeat the flag for several
    #[arg(long = "and", value_name = "WHO")]
    pub more: Vec<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    /// Reason for the correction; `-` reads standard input
    #[arg(short = 'm', long, value_name = "WHY")]
    pub reason: String,

    #[command(flatten)]
    pub source: SourceArgs,

    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
pub struct EditArgs {
    /// Open the editor at this recommendation or action
    #[arg(value_name = "ID")]
    pub id: Option<String>,

    /// Stop at an error instead of asking whether to edit again
    #[arg(long)]
    pub once: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Committed entries cannot be undone. If a single `plan mark` wrote entries to
several actions of a recommendation, these entries are undone together.

Examples:
  plan undo 1.1 1.2                 the last entry of each
  plan undo 5 --only revisions      if 5 has other new entries too
  plan undo --all --dry-run")]
pub struct UndoArgs {
    /// Undo the last entry of each recommendation, action or area (ids) or meeting (dates) [default: the only
    /// uncommitted entry]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// Undo all uncommitted entries
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,

    /// Undo only entries of this list: progress, revisions, verification, amendments, response
    #[arg(long, value_name = "KEY", value_parser = words::<EntryKind>(), hide_possible_values = true, conflicts_with = "all")]
    pub only: Option<EntryKind>,

    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "plan merge --install\n       plan merge --resolve [--renumber <SIDE>]\n       plan merge <BASE> <OURS> <THEIRS> <PATH>",
    after_help = "\
The merged plan has the entries of both sides, in order of date, and the changes
that the sides made to different keys. If both sides changed the same key in
different ways, both values are left between conflict markers, and the exit
status is 1.

After `--install`, git merges plans in this repository with this command.
Hosting sites still merge line by line: merge in a clone instead, or run
`plan merge --resolve` on the file with the conflict markers."
)]
pub struct MergeArgs {
    /// Files that git names `%O %A %B %P`; OURS receives the merged plan
    #[arg(value_names = ["BASE", "OURS", "THEIRS", "PATH"], num_args = 4, required_unless_present_any = ["install", "resolve"])]
    pub versions: Vec<PathBuf>,

    /// Set up git in this repository to merge plans with this command
    #[arg(long, conflicts_with_all = ["versions", "resolve"])]
    pub install: bool,

    /// Resolve a conflicted plan, matching items by id
    #[arg(long, conflicts_with = "versions")]
    pub resolve: bool,

    /// Give new ids to new items of this side (ours, theirs) if the other side used the same ids, even after a merge
    /// without a conflict
    #[arg(long, value_name = "SIDE", requires = "resolve", value_parser = words::<Side>(), hide_possible_values = true)]
    pub renumber: Option<Side>,

    #[command(flatten)]
    pub write: WriteArgs,
}
