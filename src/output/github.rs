//! Prints findings for GitHub workflows: each finding as an annotation, and all findings as a summary of the step.

use std::fmt::Write;

use anstream::adapter::strip_str;

use super::{AnswerKind, Checked, Findings, Format, printable, rows, words::counted};
use crate::{
    checks::Finding,
    doc::{Column, Fit, Line, Table, escape::escape, markdown},
    model::{Keyword, Severity},
    query::{Portfolio, Row},
};

/// The maximum number of annotations of one level (error, warning or notice) that GitHub shows for a workflow step.
const SHOWN: usize = 10;
/// The maximum number of rows in a table of a summary, because GitHub rejects a summary of more than one mebibyte.
const SUMMARISED: usize = 200;

/// The format for GitHub workflows.
pub static FORMAT: Format = Format {
    name: "github",
    kinds: &[AnswerKind::Findings],
    text: |answer, _| Some(Ok(annotations(answer.findings()?))),
    ..Format::NOTHING
};

/// Returns the findings as annotations, most severe first. Findings beyond GitHub's limit follow as plain lines.
fn annotations(findings: &Findings<'_>) -> String {
    let (checked, command) = (&findings.checked, findings.command);
    let mut found: Vec<(Severity, String, String)> = Vec::new();
    for checked in checked {
        for finding in checked.worst_first() {
            found.push((finding.severity, annotation(checked, finding), plain(checked, finding)));
        }
    }
    let mut text = String::new();
    let mut rest = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_level: Vec<_> = found.iter().filter(|(level, ..)| *level == severity).collect();
        let shown = if of_level.len() > SHOWN { SHOWN - 1 } else { SHOWN };
        let (shown, more) = of_level.split_at(shown.min(of_level.len()));
        text.extend(shown.iter().map(|(_, annotation, _)| annotation.as_str()));
        rest.extend(more.iter().map(|(_, _, plain)| plain.as_str()));
        if !more.is_empty() {
            let word = severity.word();
            let more = counted(more.len(), &format!("more {word}"), &format!("more {word}s"));
            let _ = writeln!(text, "::{}::{more}: see the log of `{command}`", keyword(severity));
        }
    }
    for checked in checked {
        let _ = writeln!(rest, "{}: {}", printable(&checked.name), checked.tally(findings.nothing));
    }
    text + &without_commands(&rest)
}

fn keyword(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn annotation(checked: &Checked<'_>, finding: &Finding) -> String {
    let (from, to) = (checked.place(finding), checked.lines.line(finding.at.bytes().end));
    let path = property(&checked.name);
    let mut place = format!("file={path},line={},endLine={}", from.line, to.line);
    if from.line == to.line {
        let _ = write!(place, ",col={},endColumn={}", from.column, to.column);
    }
    let message = [Some(&finding.title), finding.help.as_ref()];
    let message: Vec<String> = message.into_iter().flatten().map(|text| data(text)).collect();
    format!(
        "::{} {place},title={}::{}\n",
        keyword(finding.severity),
        property(finding.rule.word()),
        message.join("%0A")
    )
}

fn plain(checked: &Checked<'_>, finding: &Finding) -> String {
    let at = checked.place(finding);
    format!(
        "{}[{}] {}:{}:{}: {}\n",
        finding.severity.word(),
        finding.rule.word(),
        printable(&checked.name),
        at.line,
        at.column,
        printable(&finding.title)
    )
}

/// Escapes a text for use as the message of a GitHub workflow command.
fn data(text: &str) -> String {
    printable(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a text for use as the value of a property, such as a file name, in a GitHub workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Changes the text of a log so that GitHub reads no line as a command. For example, `::` at the beginning of a line
/// becomes `: :`.
pub fn without_commands(text: &str) -> String {
    let is_command = |line: &str| {
        let line = strip_str(line).to_string();
        let line = line.trim_start();
        line.starts_with("::") && !line.starts_with(":::")
    };
    let lines = text.split_inclusive('\n').map(|line| {
        let line = line.replace("##[", "## [");
        if is_command(&line) { line.replacen("::", ": :", 1) } else { line }
    });
    lines.collect()
}

/// Returns the summary of `plan overdue` for GitHub: the overdue items, then the items that are due soon or due for
/// review.
pub fn overdue_summary(portfolio: &Portfolio, rows: &[Row<'_>]) -> String {
    let overdue = rows.iter().filter(|row| row.is_overdue()).count();
    let coming = match rows.len() - overdue {
        0 => String::new(),
        coming => format!(", {coming} falling due"),
    };
    let mut text =
        format!("### plan overdue\n\n**{overdue} overdue**{coming} on {}\n", portfolio.as_of);
    let shown = &rows[..rows.len().min(SUMMARISED)];
    if !shown.is_empty() {
        let _ = write!(text, "\n{}", markdown::table(&rows::usual_table(shown)));
    }
    text + &left_out(rows.len())
}

/// Returns a line with the number of rows that do not fit into the table; empty if all `rows` fit.
fn left_out(rows: usize) -> String {
    match rows.checked_sub(SUMMARISED) {
        Some(more @ 1..) => format!("\nand {more} more: see the log\n"),
        _ => String::new(),
    }
}

/// Returns the summary of `plan check` for GitHub: a table of the findings, most severe first.
pub fn summary(findings: &Findings<'_>) -> String {
    let (checked, command) = (&findings.checked, findings.command);
    let mut text = format!("### {command}\n");
    for checked in checked {
        let found = checked.worst_first();
        let name = escape(&printable(&checked.name));
        let _ = writeln!(text, "\n**{name}**: {}\n", checked.tally(findings.nothing));
        if found.is_empty() {
            continue;
        }
        let row = |finding: &&Finding| {
            let words = [finding.severity.word(), finding.rule.word()].map(Line::from);
            let line = checked.place(finding).line.to_string();
            let cells = [line, printable(&finding.title)].map(Line::from);
            words.into_iter().chain(cells).collect()
        };
        let rows = found.iter().take(SUMMARISED).map(row).collect();
        let columns = ["Level", "Rule", "Line", "What"].map(|name| Column::new(name, Fit::Always));
        text.push_str(&markdown::table(&Table::new(columns, rows)));
        text.push_str(&left_out(found.len()));
    }
    text
}
