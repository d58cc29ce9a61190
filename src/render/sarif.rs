//! SARIF 2.1.0, the OASIS format that code scanning reads: rules, results, regions, fingerprints.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Checked, printable};
use crate::{
    model::{Rule, Version, Word},
    store::{Fault, Lines, Span},
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a path keeps as it is when it becomes a URI.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One run with a result for everything that was found. `rules` are those that were looked for.
///
/// # Errors
/// It cannot be put into JSON.
pub fn report(checked: &[Checked<'_>], rules: &[Rule]) -> anyhow::Result<String> {
    let results: Vec<Value> = checked.iter().flat_map(|of| results(of, rules)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "plan",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(*rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true }],
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log)?;
    text.push('\n');
    Ok(text)
}

fn described(rule: Rule) -> Value {
    let severity = rule.usual_level().severity();
    json!({
        "id": rule.word(),
        "shortDescription": { "text": rule.about() },
        "defaultConfiguration": { "level": severity.map_or("none", Word::word) },
    })
}

fn results(checked: &Checked<'_>, rules: &[Rule]) -> Vec<Value> {
    let lines = Lines::of(checked.source);
    let fingerprints = checked.fingerprints(&lines);
    let faults = checked.faults.iter().zip(fingerprints);
    faults
        .map(|(fault, fingerprint)| {
            let mut result = json!({
                "ruleId": fault.rule.word(),
                "level": fault.severity.word(),
                "message": { "text": message(fault) },
                "locations": [location(&checked.name, &lines, fault.span)],
                "partialFingerprints": { "planFinding/v1": fingerprint },
            });
            if let Some(index) = rules.iter().position(|rule| *rule == fault.rule) {
                result["ruleIndex"] = json!(index);
            }
            let present = fault
                .related
                .iter()
                .filter(|related| related.version == Version::Present);
            let related: Vec<Value> = present
                .map(|related| {
                    let mut location = location(&checked.name, &lines, related.span);
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

fn message(fault: &Fault) -> String {
    match &fault.help {
        Some(help) => format!("{}\n\n{}", printable(&fault.title), printable(help)),
        None => printable(&fault.title),
    }
}

fn location(path: &str, lines: &Lines<'_>, span: Span) -> Value {
    let (from, to) = (lines.line(span.start()), lines.line(span.end()));
    json!({ "physicalLocation": {
        "artifactLocation": {
            "uri": utf8_percent_encode(path, KEPT).to_string(),
            "uriBaseId": "%SRCROOT%",
        },
        "region": {
            "startLine": from.line, "startColumn": from.column,
            "endLine": to.line, "endColumn": to.column,
        },
    }})
}

#[cfg(test)]
mod tests {
    use crate::model::{Severity, Word};

    #[test]
    fn severities_are_spelled_as_sarif_spells_them() {
        let words: Vec<&str> = Severity::ALL
            .iter()
            .map(|severity| severity.word())
            .collect();
        assert_eq!(words, ["note", "warning", "error"]);
    }
}
