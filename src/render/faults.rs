//! Faults as a compiler shows them: file, line, column, the piece of source, a help line.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{Checked, Screen, printable, words::counted};
use crate::{
    model::{Plan, Severity, Version, Word},
    store::{Fault, Lines, Span},
};

/// Every fault, and how many there are; of each file, and the next one's after it.
pub fn report(checked: &[Checked<'_>], screen: Screen) -> String {
    checked.iter().map(|checked| of(checked, screen)).collect()
}

fn of(checked: &Checked<'_>, screen: Screen) -> String {
    let path = printable(&checked.path.display().to_string());
    let lines = Lines::of(checked.source);
    let earlier = checked
        .earlier
        .map(|earlier| (printable(earlier.name), Lines::of(earlier.source)));
    let renderer = Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .term_width(screen.width);
    let mut text = String::new();
    for fault in &checked.faults {
        text.push_str(&renderer.render(&[primary(&path, &lines, earlier.as_ref(), fault)]));
        text.push_str("\n\n");
    }
    text.push_str(&match checked.plan {
        Some(plan) if checked.faults.is_empty() => nothing(&path, plan),
        _ => format!("{path}: {}\n", tally(&checked.faults)),
    });
    text
}

fn nothing(path: &str, plan: &Plan<'_>) -> String {
    let recommendations = plan.recommendations.len();
    let actions: usize = plan.recommendations.iter().map(|of| of.actions.len()).sum();
    format!(
        "{path}: no fault in {} and {}\n",
        counted(recommendations, "recommendation", "recommendations"),
        counted(actions, "action", "actions"),
    )
}

/// `2 errors, 1 warning`.
pub fn tally(faults: &[Fault]) -> String {
    let count = |severity| {
        faults
            .iter()
            .filter(|fault| fault.severity == severity)
            .count()
    };
    let counts = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Note), "note", "notes"),
    ];
    let told: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if told.is_empty() {
        "no fault".to_owned()
    } else {
        told.join(", ")
    }
}

fn primary<'a>(
    path: &'a str,
    lines: &Lines<'a>,
    earlier: Option<&'a (String, Lines<'a>)>,
    fault: &'a Fault,
) -> Group<'a> {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(printable(&fault.title))
        .id(fault.rule.word());
    let mut group = title.element(snippet(
        path,
        lines,
        fault.span,
        AnnotationKind::Primary,
        &fault.label,
    ));
    for related in &fault.related {
        let (path, lines) = match (related.version, earlier) {
            (Version::Earlier, Some((name, lines))) => (name.as_str(), lines),
            _ => (path, lines),
        };
        let kind = AnnotationKind::Context;
        group = group.element(snippet(path, lines, related.span, kind, &related.label));
    }
    if let Some(help) = &fault.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    group
}

/// The lines around `span`. Only the first line of a long value is shown.
fn snippet<'a>(
    path: &'a str,
    lines: &Lines<'a>,
    span: Span,
    kind: AnnotationKind,
    label: &str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (start, text) = lines.around(span.before());
    let begin = (span.start() - start).min(text.len());
    let end = (span.end().saturating_sub(start)).clamp(begin, text.len());
    let mut annotation = kind.span(begin..end);
    if !label.is_empty() {
        annotation = annotation.label(printable(label));
    }
    Snippet::source(without_c1(text))
        .path(path)
        .line_start(lines.line(span.start()).line)
        .annotation(annotation)
}

/// The eight-bit controls, which the renderer lets through, become a dot of the same length.
fn without_c1(text: &str) -> String {
    text.replace(|character| matches!(character, '\u{80}'..='\u{9f}'), "·")
}
