//! Groups the warnings in a plan file by rule, and prints one line per rule.

use std::collections::HashSet;

use super::{Checked, printable};
use crate::{
    checks::Finding,
    doc::{
        Screen,
        style::{ERROR, SOON, paint},
        text::wrap,
    },
    model::{Id, Keyword, Rule, RuleKind, Severity},
};

/// The maximum number of ids or line numbers that the line about a rule lists on a screen.
const NAMED: usize = 12;
/// If a rule has at most this number of errors, each error gets a line of its own.
const FEW: usize = 3;
/// The minimum width, in columns, of the text beside the name of a rule.
const LEAST_WORDS: usize = 30;

/// Returns the findings to show in full, and the findings to group by rule. Only lint warnings are grouped.
pub fn split<'c>(
    checked: &'c Checked<'_>,
    is_verbose: bool,
) -> (Vec<&'c Finding>, Vec<&'c Finding>) {
    let is_remark = |finding: &Finding| {
        finding.severity == Severity::Warning && matches!(finding.rule.kind(), RuleKind::Lint(_))
    };
    let is_of_history = |finding: &Finding| {
        let kind = finding.rule.kind();
        finding.severity == Severity::Error && matches!(kind, RuleKind::HistoryRules(_))
    };
    let findings = checked.worst_first();
    let remarks = findings.iter().filter(|finding| is_remark(finding)).count();
    if is_verbose || remarks < 2 || findings.iter().any(|finding| is_of_history(finding)) {
        return (findings, Vec::new());
    }
    findings.into_iter().partition(|finding| !is_remark(finding))
}

/// Returns lines about the `grouped` findings, usually one line per rule.
pub fn lines(checked: &Checked<'_>, grouped: &[&Finding], screen: Screen) -> String {
    let ids = checked.plan.iter().flat_map(|plan| plan.ids()).map(Id::as_str).collect();
    let line = |finding: &Finding| checked.place(finding).line.to_string();
    let mut groups: Vec<(Severity, Rule, String)> = Vec::new();
    // Among the findings of the same severity, those of the rule `policy-loosened` come first.
    let mut rules = Rule::ALL.to_vec();
    rules.sort_by_key(|rule| *rule != Rule::PolicyLoosened);
    let rules = |severity: &Severity| rules.iter().map(|rule| (*severity, *rule)).collect();
    let rules = Severity::ALL.iter().rev().flat_map::<Vec<_>, _>(rules);
    for (severity, rule) in rules {
        let is_meant = |finding: &&&Finding| (finding.severity, finding.rule) == (severity, rule);
        let of_rule: Vec<&Finding> = grouped.iter().filter(is_meant).copied().collect();
        let is_error = severity == Severity::Error;
        let several = |places: String| {
            let about = rule.about().split(". ").next().unwrap_or_default();
            let (first, about) = about.trim_end_matches('.').split_at(1);
            format!("{}{about} ({}): {places}", first.to_lowercase(), of_rule.len())
        };
        match of_rule.as_slice() {
            [] => {}
            few if is_error && few.len() <= FEW => groups.extend(few.iter().map(|finding| {
                let words = format!("{} (line {})", printable(&finding.title), line(finding));
                (severity, rule, words)
            })),
            [finding] => groups.push((severity, rule, printable(&finding.title))),
            all if is_error => {
                let lines = named(all.iter().map(|finding| line(finding)).collect(), screen);
                groups.push((severity, rule, several(format!("lines {lines}"))));
            }
            all => {
                let items = all.iter().map(|finding| item(finding, &ids)).collect();
                groups.push((severity, rule, several(named(items, screen))));
            }
        }
    }
    printed(&groups, screen)
}

fn printed(groups: &[(Severity, Rule, String)], screen: Screen) -> String {
    let name = |severity: Severity, rule: Rule| format!("{}[{}]", severity.word(), rule.word());
    let widths = groups.iter().map(|(severity, rule, _)| name(*severity, *rule).len());
    let indent = widths.max().unwrap_or(0);
    let is_narrow = screen.width.is_some_and(|width| width < indent + 1 + LEAST_WORDS);
    let (indent, rest) = if is_narrow { (0, 2) } else { (indent, indent + 1) };
    let mut text = String::new();
    for (severity, rule, words) in groups {
        let style = if *severity == Severity::Error { ERROR } else { SOON };
        let name = format!("{:indent$}", name(*severity, *rule));
        let (severity, name) = name.split_at(severity.word().len());
        let first = format!("{}{name} ", paint(style, severity));
        text.push_str(&wrap(words, screen, &first, &" ".repeat(rest)));
    }
    if text.is_empty() { text } else { text + "\n" }
}

/// Returns the id of the item that a finding concerns. If there is no such item, returns the subject of the finding.
fn item(finding: &Finding, ids: &HashSet<&str>) -> String {
    let subject = finding.subject.as_deref().unwrap_or_default();
    let parts = subject.match_indices('/').map(|(at, _)| &subject[..at]);
    let id = parts.chain([subject]).rfind(|part| ids.contains(part));
    printable(&id.map_or_else(|| subject.replace('/', " "), str::to_owned))
}

/// Joins ids or line numbers with commas, and drops adjacent repetitions. On a screen, only the first [`NAMED`] are
/// listed.
fn named(mut items: Vec<String>, screen: Screen) -> String {
    items.dedup();
    if screen.width.is_some() && items.len() > NAMED {
        items.truncate(NAMED);
        items.push("…".to_owned());
    }
    items.join(", ")
}
