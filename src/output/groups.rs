//! Groups warnings by rule: one line names the rule, the number of warnings and the items.

use std::collections::HashSet;

use super::{Checked, printable};
use crate::{
    checks::Finding,
    doc::{
        Screen,
        style::{SOON, paint},
        text::wrap,
    },
    model::{Id, Keyword, Rule, RuleKind, Severity},
};

/// The maximum number of items named per rule on a screen.
const NAMED: usize = 12;
/// The minimum width, in columns, of the text beside the name of a rule.
const LEAST_WORDS: usize = 30;

/// Splits the findings of a file, worst first, into those shown in full and those grouped. If there are several lint
/// warnings, they are grouped, unless a history rule found an error in the file.
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

/// Returns one line per rule, in the order of the list of rules.
pub fn lines(checked: &Checked<'_>, grouped: &[&Finding], screen: Screen) -> String {
    let ids = checked.plan.iter().flat_map(|plan| plan.ids()).map(Id::as_str).collect();
    let mut groups: Vec<(Rule, String)> = Vec::new();
    for rule in Rule::ALL {
        let of_rule: Vec<_> = grouped.iter().filter(|finding| finding.rule == *rule).collect();
        let words = match of_rule.as_slice() {
            [] => continue,
            [finding] => printable(&finding.title),
            several => {
                let about = rule.about().split(". ").next().unwrap_or_default();
                let (first, about) = about.trim_end_matches('.').split_at(1);
                let about = first.to_lowercase() + about;
                let items = several.iter().map(|finding| item(finding, &ids)).collect();
                format!("{about} ({}): {}", several.len(), named(items, screen))
            }
        };
        groups.push((*rule, words));
    }
    let name = |rule: Rule| format!("[{}]", rule.word());
    let indent = groups.iter().map(|(rule, _)| name(*rule).len()).max().unwrap_or(0);
    let warning = Severity::Warning.word();
    let rest = warning.len() + indent + 1;
    let is_narrow = screen.width.is_some_and(|width| width < rest + LEAST_WORDS);
    let (indent, rest) = if is_narrow { (0, 2) } else { (indent, rest) };
    let mut text = String::new();
    for (rule, words) in groups {
        let first = format!("{}{:indent$} ", paint(SOON, warning), name(rule));
        text.push_str(&wrap(&words, screen, &first, &" ".repeat(rest)));
    }
    if text.is_empty() { text } else { text + "\n" }
}

/// Returns the id of the item of a finding, or the name of another part of the plan.
fn item(finding: &Finding, ids: &HashSet<&str>) -> String {
    let subject = finding.subject.as_deref().unwrap_or_default();
    let parts = subject.match_indices('/').map(|(at, _)| &subject[..at]);
    let id = parts.chain([subject]).rfind(|part| ids.contains(part));
    printable(&id.map_or_else(|| subject.replace('/', " "), str::to_owned))
}

/// Joins the items without repetitions. On a screen, only the first items are listed.
fn named(mut items: Vec<String>, screen: Screen) -> String {
    items.dedup();
    if screen.width.is_some() && items.len() > NAMED {
        items.truncate(NAMED);
        items.push("…".to_owned());
    }
    items.join(", ")
}
