//! Joins the parts of the report in the order in which they are printed.

use super::{
    Appendix, Provenance, Report, Source, appendix, builder::ReportBuilder, recommendations,
    supporting_information,
};

/// Builds the report. `part` describes the selected recommendations in words. It is `None` if the report covers all
/// recommendations.
pub fn write(
    source: &Source<'_>,
    provenance: Provenance,
    appendix: Appendix,
    part: Option<&str>,
) -> Report {
    let builder = ReportBuilder { source };
    let mut sections = vec![
        builder.summary(),
        recommendations::section(&builder),
        supporting_information::section(&builder),
    ];
    sections.extend(builder.sections());
    sections.extend(appendix::section(&builder, appendix));
    Report { provenance, title: builder.title(), byline: builder.byline(part), sections }
}
