//! GitLab's code quality report: what was found, beside the lines of a merge request.

use serde_json::{Value, json};

use super::{Checked, printable};
use crate::{
    model::{Severity, Word},
    store::Lines,
};

/// One list of everything that was found.
///
/// # Errors
/// It cannot be put into JSON.
pub fn report(checked: &[Checked<'_>]) -> anyhow::Result<String> {
    let issues: Vec<Value> = checked.iter().flat_map(issues).collect();
    let mut text = serde_json::to_string_pretty(&issues)?;
    text.push('\n');
    Ok(text)
}

fn issues(checked: &Checked<'_>) -> Vec<Value> {
    let lines = Lines::of(checked.source);
    let fingerprints = checked.fingerprints(&lines);
    let faults = checked.faults.iter().zip(fingerprints);
    faults
        .map(|(fault, fingerprint)| {
            let severity = match fault.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            };
            json!({
                "description": printable(&fault.title),
                "check_name": fault.rule.word(),
                "fingerprint": fingerprint,
                "severity": severity,
                "location": {
                    "path": checked.name,
                    "lines": { "begin": lines.line(fault.span.start()).line },
                },
            })
        })
        .collect()
}
