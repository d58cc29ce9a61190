//! The committee report as a document, with its text, tables, figures and quotations. This module reads and writes no
//! files.

mod appendix;
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

/// Builds the report. `part` describes the selected recommendations in words. It is `None` if the report covers all
/// recommendations.
pub fn write(
    source: &Source<'_>,
    provenance: Provenance,
    appendix: Appendix,
    part: Option<&str>,
) -> Report {
    let mut sections = vec![
        source.summary(),
        recommendations::section(source),
        supporting_information::section(source),
    ];
    sections.extend(source.sections());
    sections.extend(appendix::section(source, appendix));
    Report { provenance, title: source.title(), byline: source.byline(part), sections }
}

/// Builds a line from its parts, which are texts, values or other lines.
macro_rules! line {
    ($($part:expr),* $(,)?) => { $crate::doc::Line::default()$(.and($part))* };
}
use line;
