//! From answers to text: a list of formats, one file each. Styles are always written; the stream drops them.

mod burnup;
mod change_text;
mod changes;
mod checked;
mod csv;
mod findings;
mod formats;
mod github;
mod gitlab;
mod ics;
mod json;
mod junit;
mod log;
pub(crate) mod markdown;
mod outcome;
mod overdue;
pub(crate) mod prose;
mod row_fields;
mod rows;
mod rule_list;
mod sarif;
mod show;
mod status;
mod style;
mod suggested_commands;
mod svg;
mod table;
pub(crate) mod timeline;
mod versions;
pub(crate) mod words;

pub use crate::model::printable;
pub use burnup::Burnup;
pub use changes::{Changes, PlanPeriodSummary, Source};
pub use checked::{Checked, Earlier, Findings};
pub use findings::report;
pub use formats::{Answer, FORMATS, Format, FormatName, Kind};
pub use github::{overdue_summary, summary, without_commands};
pub use log::{Change, Changed, Committed, Log, PlanLog};
pub use outcome::{diff, outcome};
pub use overdue::finding as overdue_finding;
pub use rows::column_facts;
pub use style::{ERROR, HELP};
pub use suggested_commands::GivenFiles;
pub use svg::BurnupPicture;
pub use versions::{Diff, PlanDiff};

/// The screen that output is laid out for.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Its columns. `None` means that the output goes to no screen, and nothing is cut.
    pub width: Option<usize>,
}
