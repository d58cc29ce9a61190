//! The flags of `plan import`.

use std::path::PathBuf;

use clap::Args;

use super::{OutputArgs, values::formats, write::WriteArgs};
use crate::output::AnswerKind;

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Import]))), after_help = "\
Rows are matched by their ids, so you can import each new version of a file.
New information is appended, and entries that are already in the plan are kept.
An item that has no row in the file is not changed.

Examples:
  plan import tracker.xlsx                                 show what is in the file
  plan import tracker.xlsx --suggest-map > map.toml        propose a mapping
  plan import tracker.xlsx --map map.toml --into plan.toml
  plan import april.xlsx --map map.toml --into plan.toml --dry-run
  plan import updates/2003-12 --updates                    record owners' updates")]
pub struct ImportArgs {
    /// File to import: xlsx, xls, ods, csv or json
    #[arg(value_name = "FILE")]
    pub path: PathBuf,

    /// Print a suggested mapping, which you then correct; with --map, complete that mapping with new values of the file
    #[arg(long, group = "made", conflicts_with = "rest")]
    pub suggest_map: bool,

    /// Read the file with this mapping
    #[arg(long, value_name = "MAP", requires = "made")]
    pub map: Option<PathBuf>,

    /// Create this plan, or append what is new to it
    #[arg(long, value_name = "PLAN", group = "made", requires = "map")]
    pub into: Option<PathBuf>,

    /// Write rows that could not be placed to this csv file
    #[arg(long, value_name = "FILE", requires = "map")]
    pub rest: Option<PathBuf>,

    /// Read a csv file in this encoding: windows-1252, utf-16le
    #[arg(long, value_name = "ENCODING")]
    pub encoding: Option<String>,

    /// Read this list of objects in a json file: data.items
    #[arg(long, value_name = "KEYS")]
    pub path_in_json: Option<String>,

    /// Record owners' updates from a workbook of `plan export --updates`, or from a directory of them
    #[arg(long, conflicts_with_all = ["suggest_map", "map", "into", "rest", "encoding", "path_in_json", "format", "output"])]
    pub updates: bool,

    /// Person or post that reports the updates [default: the owner of each workbook]
    #[arg(short, long, value_name = "NAME", requires = "updates")]
    pub by: Option<String>,

    #[command(flatten)]
    pub write: WriteArgs,

    /// Exit with status 0 even if something could not be placed
    #[arg(long)]
    pub exit_zero: bool,

    #[command(flatten)]
    pub output: OutputArgs,
}
