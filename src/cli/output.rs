//! The flags for the format of an answer, and for the file to which the answer is written.

use std::path::{Path, PathBuf};

use clap::Args;

use super::values::formats;
use crate::output::{AnswerKind, FORMATS, Format};

#[derive(Debug, Clone, Default, Args)]
pub struct OutputArgs {
    /// Output format [default: by the ending of FILE, else table]
    #[arg(long, value_name = "FORMAT", value_parser = formats(AnswerKind::ANSWERS))]
    pub format: Option<&'static Format>,

    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Write the answer to this file, replacing it; `-` means standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl OutputArgs {
    /// Returns the chosen format, or the first format by default, which prints tables.
    pub fn format(&self) -> &'static Format {
        self.format.unwrap_or(FORMATS[0])
    }

    /// Returns the path of the file for the answer. Returns `None` if the answer goes to standard output.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| *file != Path::new("-"))
    }
}
