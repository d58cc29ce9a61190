//! Prints findings like compiler messages: the file, line and column, the source text and a help line.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{
    Checked, GivenFiles, NO_FAULT, github::without_commands, groups, printable, words::counted,
};
use crate::{
    checks::{Finding, Version},
    doc::{
        Screen,
        screen::READING_WIDTH,
        text::{at_spaces, cut, letters, width, wrap},
    },
    file::{Excerpt, Line, Lines, printable_path},
    model::{Keyword, Plan, Severity},
};

/// The maximum number of findings shown per file, unless the user asks for all.
const SHOWN: usize = 100;
/// The maximum numbers of characters that are shown before and after the start of a finding in its line.
const COLUMNS_BEFORE: usize = 80;
const COLUMNS_AFTER: usize = 120;
/// An underline may always take this number of columns, even if no room is left for the label beside it.
const LEAST_UNDERLINE: usize = 30;
/// If a finding refers to more than this number of other positions in the file, only the line numbers of these
/// positions are listed.
const MOST_RELATED: usize = 2;
/// The number of lines on a screen, and the number of lines that are reserved below the findings.
const SCREEN_LINES: usize = 23;
const LAST_LINES: usize = 3;
/// The maximum length of a message in columns.
const WORDS: usize = 1000;

/// The number of columns at the left of a source line for the line number and a bar.
const GUTTER: usize = 10;

/// Returns the findings as text, file by file. If `is_verbose` is false, warnings are grouped by rule.
pub fn report(
    checked: &[Checked<'_>],
    is_verbose: bool,
    given: &GivenFiles,
    screen: Screen,
) -> String {
    let mut text = String::new();
    let mut grouped = Vec::new();
    for checked in checked {
        let (whole, mut of_file) = groups::split(checked, is_verbose);
        let shown = if is_verbose { whole.len() } else { whole.len().min(SHOWN) };
        let sources = with_sources(checked, &whole[..shown], is_verbose, screen);
        let fitting =
            if is_verbose { shown } else { fitting(checked, &sources, &whole, &of_file, screen) };
        text.extend(sources.into_iter().take(fitting));
        if fitting < shown {
            of_file.splice(..0, whole.iter().skip(fitting).copied());
        } else if let Some(more @ 1..) = whole.len().checked_sub(shown) {
            let rest = format!("and {more} more: plan check --verbose\n\n");
            text.push_str(&given.or(checked.path).in_commands(&rest));
        }
        text.push_str(&groups::lines(checked, &of_file, screen));
        text.push_str(&last_line(checked, screen));
        grouped.extend(of_file);
    }
    if let Some(first) = grouped.first() {
        let verbose = given.in_commands("`plan check --verbose` quotes the lines concerned");
        let line = format!("{verbose}; `plan help {}` explains a rule.", first.rule.word());
        text.push_str(&wrap(&line, screen, "", ""));
    }
    without_commands(&text)
}

/// Returns the number of findings that fit on one screen with their source lines. Without a screen, all findings fit.
fn fitting(
    checked: &Checked<'_>,
    sources: &[String],
    whole: &[&Finding],
    grouped: &[&Finding],
    screen: Screen,
) -> usize {
    let lines = |text: &str| text.lines().count();
    let fits = |shown: &usize| {
        let rest: Vec<&Finding> = whole[*shown..].iter().chain(grouped).copied().collect();
        let last = if rest.is_empty() { 1 } else { LAST_LINES };
        let of_sources: usize = sources[..*shown].iter().map(|text| lines(text)).sum();
        of_sources + lines(&groups::lines(checked, &rest, screen)) + last <= SCREEN_LINES
    };
    let least = sources.len().min(1);
    match screen.width {
        None => sources.len(),
        Some(_) => (least..=sources.len()).rev().find(fits).unwrap_or(least),
    }
}

/// Returns the text of each finding with its source line.
fn with_sources(
    checked: &Checked<'_>,
    findings: &[&Finding],
    is_verbose: bool,
    screen: Screen,
) -> Vec<String> {
    let path = printable_path(checked.path);
    let room = screen.width.unwrap_or(READING_WIDTH).saturating_sub(GUTTER).max(1);
    let earlier_lines = checked.earlier.map(|earlier| Lines::of(earlier.source));
    let earlier = checked.earlier.zip(earlier_lines.as_ref());
    let sources = Sources {
        present: ShownText { name: path, lines: &checked.lines, room },
        earlier: earlier.map(|(earlier, lines)| ShownText {
            name: printable(earlier.name),
            lines,
            room,
        }),
    };
    let renderer = Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .term_width(screen.width.unwrap_or(READING_WIDTH));
    let rendered = findings.iter().map(|finding| {
        let rendered = renderer.render(&[primary(&sources, finding, is_verbose, screen)]);
        with_true_columns(rendered, &sources, finding) + "\n\n"
    });
    rendered.collect()
}

/// Returns the last line about a plan file, with the number of its findings.
fn last_line(checked: &Checked<'_>, screen: Screen) -> String {
    let path = printable_path(checked.path);
    let line = match checked.plan {
        Some(plan) if checked.findings.is_empty() => nothing(&path, plan),
        _ => format!("{path}: {}", checked.tally(NO_FAULT)),
    };
    wrap(&line, screen, "", "  ")
}

fn nothing(path: &str, plan: &Plan) -> String {
    let recommendations = plan.recommendations.len();
    let actions: usize =
        plan.recommendations.iter().map(|recommendation| recommendation.actions.len()).sum();
    format!(
        "{path}: {NO_FAULT} in {} and {}",
        counted(recommendations, "recommendation", "recommendations"),
        counted(actions, "action", "actions"),
    )
}

/// The text of one version of a plan file, and the name to show for this version.
struct ShownText<'a> {
    name: String,
    lines: &'a Lines<'a>,
    /// The maximum length of an underline in columns.
    room: usize,
}

impl<'a> ShownText<'a> {
    /// Returns an excerpt of the line around the byte `at`, at which a finding begins.
    fn excerpt(&self, at: usize) -> Excerpt<'a> {
        self.lines.excerpt(at, COLUMNS_BEFORE, COLUMNS_AFTER)
    }
}

/// The checked plan file and, if there is one, the earlier version with which it was compared.
struct Sources<'a> {
    present: ShownText<'a>,
    earlier: Option<ShownText<'a>>,
}

impl<'a> Sources<'a> {
    fn version(&self, version: Version) -> &ShownText<'a> {
        match (version, &self.earlier) {
            (Version::Earlier, Some(earlier)) => earlier,
            _ => &self.present,
        }
    }
}

fn primary<'a>(
    sources: &'a Sources<'a>,
    finding: &'a Finding,
    is_verbose: bool,
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
    let bytes = finding.at.bytes();
    let kind = AnnotationKind::Primary;
    let mut group = title.element(snippet(&sources.present, bytes, kind, &finding.label));
    let is_brief = !is_verbose && finding.related.len() > MOST_RELATED;
    if is_brief {
        let lines = finding.related.iter().map(|related| {
            sources.version(related.version).lines.line(related.at.bytes().start).line.to_string()
        });
        let lines = format!("also on lines {}", lines.collect::<Vec<_>>().join(", "));
        group = group.element(Level::NOTE.message(folded(&lines, HELP_BEGINS, screen)));
    }
    for related in finding.related.iter().filter(|_| !is_brief) {
        let source = sources.version(related.version);
        let kind = AnnotationKind::Context;
        group = group.element(snippet(source, related.at.bytes(), kind, &related.label));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(folded(help, HELP_BEGINS, screen)));
    }
    group
}

/// Corrects the column numbers in a rendered finding. The renderer counts columns from the start of the excerpt instead
/// of the start of the line.
fn with_true_columns(mut rendered: String, sources: &Sources<'_>, finding: &Finding) -> String {
    let related = finding.related.iter().map(|related| (related.version, related.at.bytes()));
    for (version, bytes) in std::iter::once((Version::Present, finding.at.bytes())).chain(related) {
        let source = sources.version(version);
        let excerpt = source.excerpt(bytes.start);
        if excerpt.cut_before {
            let Line { line, column } = source.lines.line(bytes.start);
            let counted = excerpt.text[..excerpt.at].chars().count() + 2;
            let place = |column| format!("{}:{line}:{column}\n", source.name);
            rendered = rendered.replacen(&place(counted), &place(column), 1);
        }
    }
    rendered
}

/// The number of columns at the left of the text in a help line.
const HELP_BEGINS: usize = 14;

/// Wraps a message to the width of the screen minus `taken` columns.
fn folded(text: &str, taken: usize, screen: Screen) -> String {
    const LEAST: usize = 20;
    let width = screen.width.unwrap_or(usize::MAX).saturating_sub(taken).max(LEAST);
    textwrap::fill(&shortened(text), at_spaces(width))
}

/// Shortens a message that quotes a very long value.
fn shortened(text: &str) -> String {
    cut(&printable(text), WORDS, "…")
}

/// Builds the source line for a finding at `span`. If the finding covers several lines, only the first line is shown.
fn snippet<'a>(
    source: &'a ShownText<'a>,
    span: Range<usize>,
    kind: AnnotationKind,
    label: &str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let excerpt = source.excerpt(span.start);
    let cut = |is_cut| if is_cut { "…" } else { "" };
    let (before, after) = (cut(excerpt.cut_before), cut(excerpt.cut_after));
    let text = format!("{before}{}{after}", without_c1(excerpt.text));
    let label = shortened(label);
    let begin = before.len() + excerpt.at;
    let end = (begin + span.len()).min(before.len() + excerpt.text.len());
    let mut annotation = kind.span(begin..end.min(longest_end(&text, begin, source.room, &label)));
    if !label.is_empty() {
        annotation = annotation.label(label);
    }
    Snippet::source(text)
        .path(&source.name)
        .line_start(source.lines.line(span.start).line)
        .annotation(annotation)
}

/// Returns the last index in `text` at which an underline may end, so that the label fits beside it. The underline
/// starts at the index `begin`.
fn longest_end(text: &str, begin: usize, room: usize, label: &str) -> usize {
    let beside = room.saturating_sub(width(label) + 1).max(LEAST_UNDERLINE);
    begin + letters(&text[begin..], beside.min(room)).len()
}

/// Replaces eight-bit control characters with dots, because the renderer does not escape these characters.
fn without_c1(text: &str) -> String {
    text.replace(|character| matches!(character, '\u{80}'..='\u{9f}'), "·")
}
