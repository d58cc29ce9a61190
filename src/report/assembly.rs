//! Puts the parts of the report together, in their order.

use super::{
    Provenance, Report, Source, appendix, builder::ReportBuilder, recommendations,
    selection::RowSelection, supporting_information,
};

/// Writes the report.
pub fn write(source: &Source<'_>, provenance: Provenance) -> Report {
    let builder = ReportBuilder { source };
    let mut sections = vec![
        builder.summary(),
        recommendations::section(&builder),
        supporting_information::section(&builder),
    ];
    sections.extend(builder.sections());
    if builder.count(RowSelection::Total) > 0 {
        sections.push(appendix::section(&builder));
    }
    Report {
        provenance,
        title: builder.title(),
        contents: builder.contents(),
        header: builder.header(),
        sections,
    }
}
