//! The committee report as a document, with its text, tables, figures and quotations. This module reads and writes no
//! files.

mod appendix;
mod assembly;
mod builder;
mod burnup;
mod entry_words;
mod facts;
mod provenance;
mod recommendations;
mod render;
mod selection;
mod source;
mod supporting_information;
mod tables;
mod timeline;
mod verify;
mod words;

use crate::doc::{Block, Line};
pub use appendix::Appendix;
pub use assembly::write;
pub use burnup::drawn as days_drawn;
pub use provenance::{Origin, Provenance, short_commit};
pub use render::{docx, html, markdown};
pub use source::{Source, Span};
pub use verify::{
    Difference, Level, Paper, Picture, differences, read_docx, read_html, read_markdown,
};

/// A report, ready to be rendered.
pub struct Report {
    pub provenance: Provenance,
    pub title: Line,
    /// The line below the title, with the committee, the date and the author of the report.
    pub byline: Line,
    pub sections: Vec<Section>,
}

/// A part of a report under a heading.
pub struct Section {
    pub heading: Line,
    /// True if the section begins on a new page.
    pub on_new_page: bool,
    pub blocks: Vec<Block>,
}

/// Builds a line from its parts, which are texts, values or other lines.
macro_rules! line {
    ($($part:expr),* $(,)?) => { $crate::doc::Line::default()$(.and($part))* };
}
use line;
