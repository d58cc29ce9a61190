//! The list of all formats. A new format needs a source file of its own and a line in [`FORMATS`].

use std::fmt;

use super::{
    AnswerKind, Format, csv::Csv, github, gitlab, ics::Ics, json::Json, junit,
    markdown::MarkdownFormat, sarif, svg::Svg, table::TableFormat, xlsx::Xlsx,
};

/// All formats, in the order of the help text.
pub const FORMATS: [&dyn Format; 11] = [
    &TableFormat,
    &Json,
    &Csv,
    &MarkdownFormat,
    &Svg,
    &github::FORMAT,
    &gitlab::FORMAT,
    &junit::FORMAT,
    &sarif::FORMAT,
    &Ics,
    &Xlsx,
];

/// A format chosen on the command line.
#[derive(Clone, Copy)]
pub struct FormatName(pub &'static dyn Format);

impl FormatName {
    /// Returns the format with this name; `None` if there is no such format.
    pub fn find(name: &str) -> Option<Self> {
        FORMATS.into_iter().find(|format| format.name() == name).map(Self)
    }

    /// Returns the names of the formats that print at least one of `kinds`.
    pub fn names(kinds: &[AnswerKind]) -> Vec<&'static str> {
        let formats = FORMATS.into_iter().map(Self).filter(|format| format.prints_one_of(kinds));
        formats.map(|format| format.0.name()).collect()
    }

    pub fn prints(&self, kind: AnswerKind) -> bool {
        self.0.kinds().contains(&kind)
    }

    pub fn prints_one_of(&self, kinds: &[AnswerKind]) -> bool {
        kinds.iter().any(|kind| self.prints(*kind))
    }
}

impl Default for FormatName {
    fn default() -> Self {
        Self(&TableFormat)
    }
}

impl fmt::Debug for FormatName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}
