//! Faults as a compiler shows them: file, line, column, the piece of source, a help line.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use toml_parser::Span;

use super::{Screen, printable, words::counted};
use crate::{
    model::Plan,
    store::{Fault, Lines},
};

/// Every fault, and how many there are.
pub fn report(path: &Path, source: &str, faults: &[Fault], screen: Screen) -> String {
    let path = printable(&path.display().to_string());
    let lines = Lines::of(source);
    let renderer = Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .term_width(screen.width);
    let mut text = String::new();
    for fault in faults {
        text.push_str(&renderer.render(&[primary(&path, &lines, fault)]));
        text.push_str("\n\n");
    }
    let count = counted(faults.len(), "fault", "faults");
    text.push_str(&format!("{path}: {count}\n"));
    text
}

/// Said when there is none.
pub fn none(path: &Path, plan: &Plan<'_>) -> String {
    let recommendations = plan.recommendations.len();
    let actions: usize = plan.recommendations.iter().map(|of| of.actions.len()).sum();
    format!(
        "{}: no fault in {} and {}\n",
        printable(&path.display().to_string()),
        counted(recommendations, "recommendation", "recommendations"),
        counted(actions, "action", "actions"),
    )
}

fn primary<'a>(path: &'a str, lines: &Lines<'a>, fault: &'a Fault) -> Group<'a> {
    let title = printable(&fault.title);
    let mut group = Level::ERROR.primary_title(title).element(snippet(
        path,
        lines,
        fault.span,
        AnnotationKind::Primary,
        &fault.label,
    ));
    if let Some((span, label)) = &fault.related {
        group = group.element(snippet(path, lines, *span, AnnotationKind::Context, label));
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
