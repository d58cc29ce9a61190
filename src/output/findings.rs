//! Faults as a compiler shows them: file, line, column, the piece of source, a help line.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{
    Checked, Screen, printable,
    prose::{READING_WIDTH, wrap},
    words::counted,
};
use crate::{
    checks::{Finding, Version},
    file::Lines,
    model::{Plan, Severity, Word},
};

/// Every fault, and how many there are; of each file, and the next one's after it.
pub fn report(checked: &[Checked<'_>], screen: Screen) -> String {
    checked.iter().map(|checked| one(checked, screen)).collect()
}

fn one(checked: &Checked<'_>, screen: Screen) -> String {
    let path = printable(&checked.path.display().to_string());
    let lines = Lines::of(checked.source);
    let earlier =
        checked.earlier.map(|earlier| (printable(earlier.name), Lines::of(earlier.source)));
    let renderer = Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .term_width(screen.width.unwrap_or(READING_WIDTH));
    let mut text = String::new();
    for finding in &checked.findings {
        text.push_str(&renderer.render(&[primary(
            &path,
            &lines,
            earlier.as_ref(),
            finding,
            screen,
        )]));
        text.push_str("\n\n");
    }
    let line = match checked.plan {
        Some(plan) if checked.findings.is_empty() => nothing(&path, plan),
        _ => format!("{path}: {}", checked.tally()),
    };
    text.push_str(&wrap(&line, screen, "", "  "));
    text
}

fn nothing(path: &str, plan: &Plan) -> String {
    let recommendations = plan.recommendations.len();
    let actions: usize =
        plan.recommendations.iter().map(|recommendation| recommendation.actions.len()).sum();
    format!(
        "{path}: no fault in {} and {}",
        counted(recommendations, "recommendation", "recommendations"),
        counted(actions, "action", "actions"),
    )
}

fn primary<'a>(
    path: &'a str,
    lines: &Lines<'a>,
    earlier: Option<&'a (String, Lines<'a>)>,
    finding: &'a Finding,
    screen: Screen,
) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(folded(&finding.title, finding.rule.word().len() + 12, screen))
        .id(finding.rule.word());
    let mut group = title.element(snippet(
        path,
        lines,
        finding.at.bytes(),
        AnnotationKind::Primary,
        &finding.label,
    ));
    for related in &finding.related {
        let (path, lines) = match (related.version, earlier) {
            (Version::Earlier, Some((name, lines))) => (name.as_str(), lines),
            _ => (path, lines),
        };
        let kind = AnnotationKind::Context;
        group = group.element(snippet(path, lines, related.at.bytes(), kind, &related.label));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(folded(help, HELP_BEGINS, screen)));
    }
    group
}

/// Before the words of a help line stand a line number and `= help: `.
const HELP_BEGINS: usize = 14;

/// A message on as many lines as the screen needs, where so many columns are taken before it.
fn folded(text: &str, taken: usize, screen: Screen) -> String {
    const LEAST: usize = 20;
    let width = screen.width.unwrap_or(usize::MAX).saturating_sub(taken).max(LEAST);
    let options =
        textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(&printable(text), options)
}

/// The lines around `span`. Only the first line of a long value is shown.
fn snippet<'a>(
    path: &'a str,
    lines: &Lines<'a>,
    span: Range<usize>,
    kind: AnnotationKind,
    label: &str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (start, text) = lines.around(span.start..span.start);
    let begin = (span.start - start).min(text.len());
    let end = (span.end.saturating_sub(start)).clamp(begin, text.len());
    let mut annotation = kind.span(begin..end);
    if !label.is_empty() {
        annotation = annotation.label(printable(label));
    }
    Snippet::source(without_c1(text))
        .path(path)
        .line_start(lines.line(span.start).line)
        .annotation(annotation)
}

/// The eight-bit controls, which the renderer lets through, become a dot of the same length.
fn without_c1(text: &str) -> String {
    text.replace(|character| matches!(character, '\u{80}'..='\u{9f}'), "·")
}
