//! Prints findings as a GitLab code quality report, which GitLab shows in a merge request.

use serde_json::{Value, json};

use super::{AnswerKind, Checked, Format, encoding::pretty_json, printable};
use crate::model::{Keyword, Severity};

/// The format for GitLab merge requests.
pub static FORMAT: Format = Format {
    name: "gitlab",
    kinds: &[AnswerKind::Findings],
    endings: &["json"],
    text: |answer, _| {
        let checked = answer.findings()?.checked.iter();
        Some(pretty_json(&checked.flat_map(issues).collect::<Vec<Value>>()))
    },
    ..Format::NOTHING
};

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
