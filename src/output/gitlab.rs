//! GitLab's code quality report: what was found, beside the lines of a merge request.

use serde_json::{Value, json};

use super::{Answer, Checked, Format, Kind, Screen, formats::not_printed, json::pretty, printable};
use crate::{
    file::Lines,
    model::{Severity, Word},
};

/// The format for GitLab's merge requests.
pub struct Gitlab;

impl Format for Gitlab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Findings]
    }

    /// One list of everything that was found.
    fn print(&self, answer: &Answer<'_>, _: Screen) -> anyhow::Result<String> {
        let Answer::Findings(findings) = answer else {
            return Err(not_printed(self, answer));
        };
        pretty(&findings.checked.iter().flat_map(issues).collect::<Vec<Value>>())
    }
}

fn issues(checked: &Checked<'_>) -> Vec<Value> {
    let lines = Lines::of(checked.source);
    let fingerprints = checked.fingerprints(&lines);
    let findings = checked.findings.iter().zip(fingerprints);
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
                    "lines": { "begin": lines.line(finding.at.bytes().start).line },
                },
            })
        })
        .collect()
}
