//! Puts the parts of the report together, in their order.

use super::{
    Head, Origin, Report, Source, appendix, builder::ReportBuilder, question::RowSelection,
    recommendations, supporting_information,
};

/// Writes the report. Every figure and every quoted word in it is an answer of `source`.
pub fn write(source: &Source<'_>, origins: Vec<Origin>) -> Report {
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
    let mut report = Report {
        head: Head { span: source.span.clone(), origins, revision: None, facts: 0, digest: 0 },
        title: builder.title(),
        contents: builder.contents(),
        header: builder.header(),
        sections,
    };
    report.number();
    report
}
