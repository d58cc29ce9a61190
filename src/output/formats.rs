//! The list of all formats. A new format needs a source file of its own and a line in [`FORMATS`].

use super::{
    AnswerKind, Format, csv, github, gitlab, ics, json, junit, markdown, sarif, svg, table, xlsx,
};

/// All formats, in the order of the help text.
pub const FORMATS: [&Format; 11] = [
    &table::FORMAT,
    &json::FORMAT,
    &csv::FORMAT,
    &markdown::FORMAT,
    &svg::FORMAT,
    &github::FORMAT,
    &gitlab::FORMAT,
    &junit::FORMAT,
    &sarif::FORMAT,
    &ics::FORMAT,
    &xlsx::FORMAT,
];

impl Format {
    /// Returns the format with this name; `None` if there is no such format.
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|format| format.name == name)
    }

    /// Returns the names of the formats that print at least one of `kinds`.
    pub fn names(kinds: &[AnswerKind]) -> Vec<&'static str> {
        FORMATS
            .into_iter()
            .filter(|format| format.prints(kinds))
            .map(|format| format.name)
            .collect()
    }
}
