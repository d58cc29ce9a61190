//! GitHub's workflow commands: an annotation beside each line, and a summary of the step.

use std::fmt::Write;

use super::{Checked, faults::tally, markdown, printable, words::counted};
use crate::{
    model::{Severity, Word},
    store::{Fault, Lines},
};

/// GitHub shows so many errors, warnings and notices of one step, and drops the others.
const SHOWN: usize = 10;
/// A summary may be no longer than a mebibyte.
const SUMMARISED: usize = 200;

/// Annotations, worst first; where one level has more than are shown, its last one says how many
/// more. Whatever is not annotated follows in plain lines.
pub fn annotations(checked: &[Checked<'_>], command: &str) -> String {
    let mut lines_of: Vec<(Severity, String, String)> = Vec::new();
    for checked in checked {
        let lines = Lines::of(checked.source);
        for fault in checked.worst_first() {
            let annotation = annotation(&checked.name, &lines, fault);
            lines_of.push((
                fault.severity,
                annotation,
                plain(&checked.name, &lines, fault),
            ));
        }
    }
    let mut text = String::new();
    let mut rest = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_level: Vec<_> = lines_of.iter().filter(|(of, ..)| *of == severity).collect();
        let shown = if of_level.len() > SHOWN {
            SHOWN - 1
        } else {
            SHOWN
        };
        let (shown, more) = of_level.split_at(shown.min(of_level.len()));
        text.extend(shown.iter().map(|(_, annotation, _)| annotation.as_str()));
        rest.extend(more.iter().map(|(_, _, plain)| plain.as_str()));
        if !more.is_empty() {
            let word = severity.word();
            let more = counted(
                more.len(),
                &format!("more {word}"),
                &format!("more {word}s"),
            );
            let _ = writeln!(
                text,
                "::{}::{more}: see the log of `{command}`",
                keyword(severity)
            );
        }
    }
    for checked in checked {
        let _ = writeln!(
            rest,
            "{}: {}",
            harmless(&checked.name),
            tally(&checked.faults)
        );
    }
    text + &rest
}

fn keyword(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn annotation(path: &str, lines: &Lines<'_>, fault: &Fault) -> String {
    let (from, to) = (lines.line(fault.span.start()), lines.line(fault.span.end()));
    let mut place = format!(
        "file={},line={},endLine={}",
        property(path),
        from.line,
        to.line
    );
    if from.line == to.line {
        let _ = write!(place, ",col={},endColumn={}", from.column, to.column);
    }
    let message = [Some(&fault.title), fault.help.as_ref()];
    let message: Vec<String> = message
        .into_iter()
        .flatten()
        .map(|text| data(text))
        .collect();
    format!(
        "::{} {place},title={}::{}\n",
        keyword(fault.severity),
        property(fault.rule.word()),
        message.join("%0A")
    )
}

fn plain(path: &str, lines: &Lines<'_>, fault: &Fault) -> String {
    let at = lines.line(fault.span.start());
    format!(
        "{}[{}] {}:{}:{}: {}\n",
        fault.severity.word(),
        fault.rule.word(),
        harmless(path),
        at.line,
        at.column,
        harmless(&fault.title)
    )
}

/// Text as the message of a command.
fn data(text: &str) -> String {
    printable(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Text in a plain line of the log, where nothing of it may be taken for a command.
fn harmless(text: &str) -> String {
    printable(text).replace("##[", "## [").replace("::", ": :")
}

/// What stands on the page of the run: a table of what was found, worst first.
pub fn summary(checked: &[Checked<'_>], command: &str) -> String {
    let mut text = format!("### {command}\n");
    for checked in checked {
        let lines = Lines::of(checked.source);
        let faults = checked.worst_first();
        let name = markdown::escape(&checked.name);
        let _ = writeln!(text, "\n**{name}**: {}\n", tally(&checked.faults));
        if faults.is_empty() {
            continue;
        }
        text.push_str(&markdown::header(&["Level", "Rule", "Line", "What"]));
        for fault in faults.iter().take(SUMMARISED) {
            text.push_str(&markdown::line([
                fault.severity.word().to_owned(),
                fault.rule.word().to_owned(),
                lines.line(fault.span.start()).line.to_string(),
                markdown::escape(&printable(&fault.title)),
            ]));
        }
        if let Some(more @ 1..) = faults.len().checked_sub(SUMMARISED) {
            let _ = writeln!(text, "\nand {more} more: see the log");
        }
    }
    text
}
