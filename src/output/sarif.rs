//! Prints findings as SARIF 2.1.0, the OASIS format for code scanning.

use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{
    AnswerKind, Checked, Findings, Format, encoding::pretty_json, links::RULES, printable,
};
use crate::{
    checks::{Finding, Version},
    model::{Keyword, Rule},
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The characters of a path that need no escape in a URI.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The format for code scanning.
pub static FORMAT: Format = Format {
    name: "sarif",
    kinds: &[AnswerKind::Findings],
    endings: &["sarif", "json"],
    text: |answer, _| Some(pretty_json(&log(answer.findings()?))),
    ..Format::NOTHING
};

/// Returns a SARIF log of one run, with a result per finding.
fn log(findings: &Findings<'_>) -> Value {
    let rules = &findings.rules;
    let results = findings.checked.iter().flat_map(|checked| results(checked, rules));
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "plan",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_HOMEPAGE"),
                "rules": rules.iter().map(|rule| described(*rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true }],
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

/// Returns the description of a rule in SARIF, with the properties that GitHub requires.
fn described(rule: Rule) -> Value {
    let severity = rule.usual_level().severity();
    let name = rule.word();
    let about = json!({ "text": rule.about() });
    let level = match rule.can_be_set() {
        true => format!(" To turn the rule off, set {name} = \"off\" under `[policy.lints]`."),
        false => String::new(),
    };
    json!({
        "id": name,
        "shortDescription": about,
        "fullDescription": about,
        "help": { "text": format!("`plan help {name}` explains the rule.{level}") },
        "helpUri": RULES,
        "defaultConfiguration": { "level": severity.map_or("none", Keyword::word) },
    })
}

fn results(checked: &Checked<'_>, rules: &[Rule]) -> Vec<Value> {
    let findings = checked.findings.iter().zip(checked.fingerprints());
    findings
        .map(|(finding, fingerprint)| {
            let mut result = json!({
                "ruleId": finding.rule.word(),
                "level": finding.severity.word(),
                "message": { "text": message(finding) },
                "locations": [location(checked, finding.at.bytes())],
                "partialFingerprints": { "planFinding/v1": fingerprint },
            });
            if let Some(index) = rules.iter().position(|rule| *rule == finding.rule) {
                result["ruleIndex"] = json!(index);
            }
            let present =
                finding.related.iter().filter(|related| related.version == Version::Present);
            let related: Vec<Value> = present
                .map(|related| {
                    let mut location = location(checked, related.at.bytes());
                    location["message"] = json!({ "text": printable(&related.label) });
                    location
                })
                .collect();
            if !related.is_empty() {
                result["relatedLocations"] = json!(related);
            }
            result
        })
        .collect()
}

fn message(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\n\n{}", printable(&finding.title), printable(help)),
        None => printable(&finding.title),
    }
}

fn location(checked: &Checked<'_>, span: Range<usize>) -> Value {
    let (from, to) = (checked.lines.line(span.start), checked.lines.line(span.end));
    json!({ "physicalLocation": {
        "artifactLocation": artifact(&checked.name),
        "region": {
            "startLine": from.line, "startColumn": from.column,
            "endLine": to.line, "endColumn": to.column,
        },
    }})
}

/// Returns the location of a file as a URI. A relative path starts at the root of the repository.
fn artifact(name: &str) -> Value {
    let path = utf8_percent_encode(name, KEPT).to_string();
    match name.split_once('/') {
        Some(("", _)) => json!({ "uri": format!("file://{path}") }),
        Some((drive, _)) if drive.ends_with(':') => json!({ "uri": format!("file:///{path}") }),
        _ => json!({ "uri": path, "uriBaseId": "%SRCROOT%" }),
    }
}

#[cfg(test)]
mod tests {
    use super::artifact;
    use crate::model::{Keyword, Severity};

    #[test]
    fn a_file_outside_of_a_repository_has_a_whole_address() {
        assert_eq!(artifact("/a b/plan.toml")["uri"], "file:///a%20b/plan.toml");
        assert_eq!(artifact("C:/a/plan.toml")["uri"], "file:///C%3A/a/plan.toml");
        assert_eq!(artifact("/a/plan.toml").get("uriBaseId"), None);
        assert_eq!(artifact("a/plan.toml")["uri"], "a/plan.toml");
        assert_eq!(artifact("a/plan.toml")["uriBaseId"], "%SRCROOT%");
    }

    #[test]
    fn severities_are_spelled_as_sarif_spells_them() {
        let words: Vec<&str> = Severity::ALL.iter().map(|severity| severity.word()).collect();
        assert_eq!(words, ["note", "warning", "error"]);
    }
}
