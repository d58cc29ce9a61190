//! Prints findings as JUnit XML for CI systems: a test suite per plan file, and a test case per rule or per item.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{AnswerKind, Checked, Findings, Format, printable};
use crate::{
    checks::Finding,
    model::{Keyword, Severity},
};

/// The format for CI systems that show test results.
pub static FORMAT: Format = Format {
    name: "junit",
    kinds: &[AnswerKind::Findings],
    endings: &["xml"],
    text: |answer, _| Some(print(answer.findings()?)),
    ..Format::NOTHING
};

fn print(findings: &Findings<'_>) -> anyhow::Result<String> {
    let mut report = Report::new(findings.command);
    for checked in &findings.checked {
        report.add_test_suite(suite(findings, checked));
    }
    Ok(report.to_string()?)
}

/// Builds the test suite of a plan file. A test case fails if at least one of its findings is an error.
fn suite(findings: &Findings<'_>, checked: &Checked<'_>) -> TestSuite {
    let mut suite = TestSuite::new(printable(&format!("{} {}", findings.command, checked.name)));
    for name in &checked.cases {
        let found = checked.findings.iter().filter(|found| (findings.case_of)(found) == name);
        suite.add_test_case(case(checked, name, &found.collect::<Vec<_>>()));
    }
    suite
}

fn case(checked: &Checked<'_>, name: &str, found: &[&Finding]) -> TestCase {
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
        found.iter().partition(|finding| finding.severity == Severity::Error);
    let explain = |findings: &[&Finding]| -> String {
        findings.iter().map(|finding| explained(checked, finding)).collect()
    };
    let mut status = TestCaseStatus::success();
    if let Some(first) = errors.first() {
        let more = match errors.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_message(format!("{}{more}", printable(&first.title)))
            .set_type(first.rule.word())
            .set_description(explain(&errors));
    }
    let mut case = TestCase::new(printable(name), status);
    let path = printable(&checked.name);
    case.set_classname(path.as_str());
    case.extra.insert("file".into(), path.as_str().into());
    if let Some(first) = found.first() {
        let line = checked.place(first).line;
        case.extra.insert("line".into(), line.to_string().into());
    }
    if !others.is_empty() {
        case.set_system_out(explain(&others));
    }
    case
}

fn explained(checked: &Checked<'_>, finding: &Finding) -> String {
    let at = checked.place(finding);
    let severity = finding.severity.word();
    let title = printable(&finding.title);
    let help = finding.help.as_deref().map(|help| format!("  help: {}\n", printable(help)));
    format!(
        "{}:{}:{}: {severity}: {title}\n{}",
        printable(&checked.name),
        at.line,
        at.column,
        help.unwrap_or_default()
    )
}
