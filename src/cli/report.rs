//! The flags of `plan report`.

use std::path::PathBuf;

use clap::Args;

use super::{
    AtArgs, FilterArgs, Since,
    values::{parse_since, parse_when, words},
};
use crate::{
    model::{When, vocabulary},
    report::Appendix,
};

vocabulary! {
    /// The layout of a report.
    ReportFormat {
        Markdown = "markdown",
        Html = "html",
        Docx = "docx",
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  plan report                          for the next meeting
  plan report --meeting 2003-11 -o report.md
  plan report -o report.html           one page, with charts
  plan report -o report.docx           a Word file, with charts
  plan report --area budget -o budget.docx
  plan report --verify report.html     compare a report with the plan")]
pub struct ReportArgs {
    /// Begin the period at the end of this date, at this git revision, or at last-meeting
    #[arg(long, value_name = "WHEN", default_value = "last-meeting", value_parser = parse_since,
          allow_hyphen_values = true)]
    pub since: Since,

    /// Write for the meeting of this date [default: the next meeting]; without --as-of, the
    /// period ends with the meeting
    #[arg(long, value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub meeting: Option<When>,

    /// Put these recommendations in the appendix
    #[arg(long, value_name = "WHICH", default_value = "changed", value_parser = words::<Appendix>())]
    pub appendix: Appendix,

    #[command(flatten)]
    pub filter: FilterArgs,

    #[command(flatten)]
    pub at: AtArgs,

    /// Write the report to this file, or with `-` to standard output; an existing file is kept
    /// unless --force is given
    #[arg(short, long, value_name = "FILE", conflicts_with = "verify")]
    pub output: Option<PathBuf>,

    /// With --output, replace an existing file
    #[arg(long, requires = "output")]
    pub force: bool,

    /// Compare this report with the plan at the commit that its last line names, or at --at;
    /// exit with status 1 if the report contradicts the plan
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub verify: Option<PathBuf>,

    /// With --verify, exit with status 1 also if words were added or reworded
    #[arg(long, requires = "verify")]
    pub strict: bool,

    /// Output format [default: by the ending of FILE, else markdown]
    #[arg(long, value_name = "FORMAT", value_parser = words::<ReportFormat>())]
    pub format: Option<ReportFormat>,
}
