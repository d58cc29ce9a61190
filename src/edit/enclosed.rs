//! Splits the text of a TOML list or inline table into its elements. Also determines the layout of a new element.

use std::ops::Range;

/// The text of a TOML list or inline table, split into its elements and the text around them.
pub struct Enclosed<'s> {
    /// The opening bracket. If only white space or a comment follows on the same line, this rest of the line is
    /// included.
    pub open: &'s str,
    pub elements: Vec<Enclosure<'s>>,
    pub close: &'s str,
}

/// An element of a list or inline table, with the white space and the comments around it.
#[derive(Debug, Clone, Copy)]
pub struct Enclosure<'s> {
    pub before: &'s str,
    /// The element itself. If there is text between the element and its comma, this text is included.
    pub text: &'s str,
    pub has_comma: bool,
    pub after: &'s str,
}

impl<'s> Enclosed<'s> {
    /// Splits the list or inline table in the byte range `whole` of `text`. `spans` has the byte range of each element.
    pub fn cut(text: &'s str, whole: Range<usize>, spans: &[Range<usize>]) -> Self {
        let close = whole.end - 1;
        let start = |index: usize| spans.get(index).map_or(close, |span| span.start);
        let open = whole.start + 1;
        let mut position = open + rest_of_line(&text[open..start(0)]).len();
        let open = &text[whole.start..position];
        let mut elements = Vec::with_capacity(spans.len());
        for (index, span) in spans.iter().enumerate() {
            let next = start(index + 1);
            let comma = comma(&text[span.end..next]);
            let end = span.end + comma.unwrap_or(0);
            let after = end + usize::from(comma.is_some());
            let rest = rest_of_line(&text[after..next]);
            elements.push(Enclosure {
                before: &text[position..span.start],
                text: &text[span.start..end],
                has_comma: comma.is_some(),
                after: rest,
            });
            position = after + rest.len();
        }
        Self { open, elements, close: &text[position..whole.end] }
    }

    /// Returns a new element with the content `text` for the index `position`. The new element is laid out like the
    /// element before this index.
    pub fn placed<'t>(&self, text: &'t str, position: usize) -> Enclosure<'t>
    where
        's: 't,
    {
        let white = |text: &'s str| &text[text.trim_end_matches([' ', '\t']).len()..];
        let last = self.elements.last();
        let neighbour = self.elements.get(position.saturating_sub(1)).or(last);
        let line = neighbour.map_or(self.open, |neighbour| neighbour.after);
        let newline = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        let is_in_lines = line.ends_with('\n');
        let (before, after) =
            match (neighbour.map(|neighbour| white(neighbour.before)), is_in_lines) {
                (None | Some(""), true) => ("  ", newline),
                (Some(indent), true) => (indent, newline),
                (Some(_), false) if position == 0 => ("", " "),
                (Some(_), false) => (" ", ""),
                (None, false) => {
                    (&self.close[..self.close.len() - self.close.trim_start().len()], "")
                }
            };
        let has_comma = last.map_or(is_in_lines, |last| last.has_comma);
        Enclosure { before, text, has_comma, after }
    }
}

/// Returns the first line of `text`, with its line break, if the line has only white space or a comment. Otherwise,
/// returns an empty text.
fn rest_of_line(text: &str) -> &str {
    let line = text.split_inclusive('\n').next().unwrap_or("");
    let words = line.trim_start();
    let is_rest = line.ends_with('\n') && (words.is_empty() || words.starts_with('#'));
    if is_rest { line } else { "" }
}

/// Returns the position of the first comma that is not inside a comment.
fn comma(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split('#').next().unwrap_or(line);
        if let Some(at) = code.find(',') {
            return Some(start + at);
        }
        start += line.len();
    }
    None
}
