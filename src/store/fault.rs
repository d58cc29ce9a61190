//! Faults of a plan file, and the lines and columns they stand at.

use toml_parser::{ErrorSink, Expected, ParseError, Span};

use crate::model::{Rule, Severity, Version};

/// Something that was found in the file: what keeps it from being a plan, or what a lint has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub rule: Rule,
    pub severity: Severity,
    pub title: String,
    /// Where, in bytes of the file.
    pub span: Span,
    /// What stands there, in a few words; may be empty.
    pub label: String,
    /// What would be right.
    pub help: Option<String>,
    /// Other places that explain it.
    pub related: Vec<Elsewhere>,
    /// What it is about, in names that stay when lines move; `None` where that is not known.
    pub subject: Option<String>,
}

/// Another place that explains a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    pub span: Span,
    pub label: String,
    pub version: Version,
}

impl Fault {
    pub fn new(rule: Rule, span: Span, title: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            title: title.into(),
            span,
            label: String::new(),
            help: None,
            related: Vec::new(),
            subject: None,
        }
    }

    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Elsewhere {
            span,
            label: label.into(),
            version: Version::Present,
        });
        self
    }

    /// A fault of TOML itself, as its parser reports it.
    pub fn syntax(error: &ParseError, end: usize) -> Self {
        let span = error
            .unexpected()
            .or(error.context())
            .unwrap_or_else(|| Span::new_unchecked(end, end));
        if error.description() == "string values must be quoted" {
            return Self::bare_value(span);
        }
        let fault = Self::new(Rule::Syntax, span, error.description());
        match error.expected().map(expectation) {
            Some(label) if !label.is_empty() => fault.label(label),
            _ => fault,
        }
    }

    fn bare_value(span: Span) -> Self {
        if span.is_empty() {
            Self::new(Rule::Syntax, span, "a value is missing")
                .help("write a value here, or take the key out")
        } else {
            Self::new(Rule::Syntax, span, "text without quotes")
                .label("not a value")
                .help("write text in quotes: `\"…\"`")
        }
    }
}

fn expectation(expected: &[Expected]) -> String {
    let words: Vec<String> = expected
        .iter()
        .filter_map(|expected| match expected {
            Expected::Literal("\n") => Some("a new line".into()),
            Expected::Literal(literal) => Some(format!("`{literal}`")),
            Expected::Description(description) => Some((*description).into()),
            _ => None,
        })
        .collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => format!("expected {only}"),
        Some((last, rest)) => format!("expected {} or {last}", rest.join(", ")),
    }
}

/// Gathers what the parser reports as faults.
pub struct SyntaxFaults<'f> {
    pub faults: &'f mut Vec<Fault>,
    /// Where the file ends: the place of errors that have none.
    pub end: usize,
}

impl ErrorSink for SyntaxFaults<'_> {
    fn report_error(&mut self, error: ParseError) {
        self.faults.push(Fault::syntax(&error, self.end));
    }
}

/// Where each line of a text begins, to turn bytes into lines and columns.
pub struct Lines<'s> {
    text: &'s str,
    starts: Vec<usize>,
}

/// A line and column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub line: usize,
    pub column: usize,
}

impl<'s> Lines<'s> {
    pub fn of(text: &'s str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    /// Where the byte `offset` stands.
    pub fn line(&self, offset: usize) -> Line {
        let index = self.index(offset);
        let before = &self.text[self.starts[index]..self.floor(offset)];
        Line {
            line: index + 1,
            column: before.chars().count() + 1,
        }
    }

    /// The text of the lines that `span` touches, and where in the whole text it begins.
    pub fn around(&self, span: Span) -> (usize, &'s str) {
        let start = self.starts[self.index(span.start())];
        let last = self.index(span.end().max(span.start()));
        let end = self
            .starts
            .get(last + 1)
            .copied()
            .unwrap_or(self.text.len());
        (start, self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }
}
