//! The flags of `plan import`.

use std::path::PathBuf;

use clap::Args;

use super::{OutputArgs, values::formats, write::WriteArgs};
use crate::output::AnswerKind;

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats(&[AnswerKind::Import]))), after_help = "\
Rows are found again by their ids, so the same file may come every month: what is new is appended, what was
recorded here since stays, and rows that are gone close nothing.

Examples:
  plan import tracker.xlsx                                 what is in it?
  plan import tracker.xlsx --suggest-map > map.toml        a mapping to correct
  plan import tracker.xlsx --map map.toml --into plan.toml
  plan import april.xlsx --map map.toml --into plan.toml --dry-run
  plan import updates/2003-12 --updates                    what owners filled in")]
pub struct ImportArgs {
    /// The file: xlsx, xls, ods, csv or json
    #[arg(value_name = "FILE")]
    pub path: PathBuf,

    /// Print a mapping to correct
    #[arg(long, conflicts_with_all = ["map", "into", "rest"])]
    pub suggest_map: bool,

    /// Read the file as this mapping says
    #[arg(long, value_name = "MAP", requires = "into")]
    pub map: Option<PathBuf>,

    /// Make this plan, or append to it what is new
    #[arg(long, value_name = "PLAN", requires = "map")]
    pub into: Option<PathBuf>,

    /// Write the rows that found no place to this csv file
    #[arg(long, value_name = "FILE", requires = "map")]
    pub rest: Option<PathBuf>,

    /// Name the encoding of a csv file: windows-1252, utf-16le
    #[arg(long, value_name = "ENCODING")]
    pub encoding: Option<String>,

    /// Name the list of objects of a json file by its keys: data.items
    #[arg(long, value_name = "KEYS")]
    pub path_in_json: Option<String>,

    /// Record what owners filled in: a workbook of `plan export --updates`, or a directory of them
    #[arg(long, conflicts_with_all = ["suggest_map", "map", "into", "rest", "encoding", "path_in_json", "format", "output"])]
    pub updates: bool,

    /// Say who reports the updates [default: the owner of each workbook]
    #[arg(short, long, value_name = "NAME", requires = "updates")]
    pub by: Option<String>,

    #[command(flatten)]
    pub write: WriteArgs,

    /// Exit with status 0 even if something found no place
    #[arg(long)]
    pub exit_zero: bool,

    #[command(flatten)]
    pub output: OutputArgs,
}
