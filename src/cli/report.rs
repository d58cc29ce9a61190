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
  plan report                          for the next meeting, since the last
  plan report --meeting 2003-11 -o paper.md
  plan report -o paper.html            one page, with its charts
  plan report -o paper.docx            a Word file, with its charts
  plan report --area budget -o budget.docx
  plan report --verify paper.html      does anything in it contradict the plan?")]
pub struct ReportArgs {
    /// When the period begins: a date, a git revision, or last-meeting
    #[arg(long, value_name = "WHEN", default_value = "last-meeting", value_parser = parse_since,
          allow_hyphen_values = true)]
    pub since: Since,

    /// The meeting that the paper is for, by its date [default: the next one]; without --as-of the
    /// period ends with it
    #[arg(long, value_name = "DATE", value_parser = parse_when, allow_hyphen_values = true)]
    pub meeting: Option<When>,

    /// The recommendations of the appendix
    #[arg(long, value_name = "WHICH", default_value = "changed", value_parser = words::<Appendix>())]
    pub appendix: Appendix,

    #[command(flatten)]
    pub filter: FilterArgs,

    #[command(flatten)]
    pub at: AtArgs,

    /// Write the paper to this file, or with `-` to standard output. A file that is there is kept, as a
    /// clerk may have edited it
    #[arg(short, long, value_name = "FILE", conflicts_with = "verify")]
    pub output: Option<PathBuf>,

    /// With --output, write over the paper that is there
    #[arg(long, requires = "output")]
    pub force: bool,

    /// Write this report again from the plan and commit that its last line names, or with --at from
    /// that one, and compare: exit status 1 if it contradicts the plan
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub verify: Option<PathBuf>,

    /// With --verify, exit status 1 also for words that were added or reworded
    #[arg(long, requires = "verify")]
    pub strict: bool,

    /// How to lay it out [default: as the ending of FILE says, else markdown]
    #[arg(long, value_name = "FORMAT", value_parser = words::<ReportFormat>())]
    pub format: Option<ReportFormat>,
}
