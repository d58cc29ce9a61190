//! Prints findings as a GitLab code quality report, which GitLab shows in a merge request.

use serde_json::{Value, json};

use super::{Checked, Findings, answer::FindingsFormat, encoding::pretty_json, printable};
use crate::model::{Keyword, Severity};

/// The format for GitLab merge requests.
pub const FORMAT: FindingsFormat = FindingsFormat { name: "gitlab", endings: &["json"], print };

/// Returns the findings in all plan files as one JSON list.
fn print(findings: &Findings<'_>) -> anyhow::Result<String> {
    pretty_json(&findings.checked.iter().flat_map(issues).collect::<Vec<Value>>())
}

fn issues(checked: &Checked<'_>) -> Vec<Value> {
    let findings = checked.findings.iter().zip(checked.fingerprints());
    findings
        .map(|(finding, fingerprint)| {
            let severity = match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            };
            json!({
                "description": printable(&finding.title),
                "check_name": finding.rule.word(),
                "fingerprint": fingerprint,
                "severity": severity,
                "location": {
                    "path": checked.name,
                    "lines": { "begin": checked.place(finding).line },
                },
            })
        })
        .collect()
}
