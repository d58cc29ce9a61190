//! The committee report as a document: words that are the clerk's, and facts of the plan. Pure.

mod appendix;
mod assembly;
mod builder;
mod burnup;
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
pub use verify::{Difference, Level, Paper, differences, read_html, read_markdown};

/// A report, ready to be laid out.
pub struct Report {
    pub provenance: Provenance,
    pub title: Line,
    /// The words below it: for whom it is, and what it is about.
    pub contents: Line,
    pub sections: Vec<Section>,
}

/// A part of a report under a heading.
pub struct Section {
    pub heading: Line,
    /// It begins on a page of its own.
    pub on_new_page: bool,
    pub blocks: Vec<Block>,
}

/// A line of parts: words, facts, lines.
macro_rules! line {
    ($($part:expr),* $(,)?) => { $crate::doc::Line::default()$(.and($part))* };
}
use line;
