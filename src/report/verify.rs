//! Compares a report with the same report written again.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::model::{printable, to_single_line};

/// A line for each passage of a report that differs from the report written again.
pub fn differences(file: &str, written: &str) -> Vec<String> {
    let lines = |text: &str| -> Vec<String> { text.lines().map(to_single_line).collect() };
    let (file, written) = (lines(file), lines(written));
    let changes = capture_diff_slices(Algorithm::Myers, &file, &written);
    let differs = changes.into_iter().filter(|change| change.tag() != DiffTag::Equal);
    let told = differs.map(|change| {
        let line = change.old_range().start + 1;
        let words =
            |lines: &[String]| printable(&lines.join(" ").chars().take(80).collect::<String>());
        let (file, plan) = (words(&file[change.old_range()]), words(&written[change.new_range()]));
        format!("line {line}: “{file}” in the report, “{plan}” by the plan")
    });
    told.collect()
}
