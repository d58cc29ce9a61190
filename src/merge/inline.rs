//! A list of entries between brackets, put together from the elements of two sides.

use super::{
    Side,
    entries::Pick,
    part::{KeyValue, Part},
};

/// The text of a list, cut at its elements.
struct List<'s> {
    /// Up to the first element, without white space before that.
    open: &'s str,
    elements: Vec<Element<'s>>,
    close: &'s str,
}

/// An element of a list, with what stands around it up to the next one.
#[derive(Debug, Clone, Copy)]
struct Element<'s> {
    before: &'s str,
    text: &'s str,
    /// Between the element and its comma.
    between: &'s str,
    has_comma: bool,
    after: &'s str,
}

/// The key with the list that `picks` make of both sides, in the layout of ours.
pub fn united(
    ours: (&Part<'_>, &KeyValue),
    theirs: (&Part<'_>, &KeyValue),
    picks: &[Pick],
) -> String {
    let (ours, theirs) = (List::cut(ours.0.text, ours.1), List::cut(theirs.0.text, theirs.1));
    let last = picks.len().saturating_sub(1);
    let elements = picks.iter().enumerate().map(|(position, pick)| {
        let element = match pick.side {
            Side::Ours => ours.elements[pick.index],
            Side::Theirs => ours.adopt(&theirs.elements[pick.index], position == 0),
        };
        let comma = if element.has_comma || position < last { "," } else { "" };
        let Element { before, text, between, after, .. } = element;
        format!("{before}{text}{between}{comma}{after}")
    });
    format!("{}{}{}", ours.open, elements.collect::<String>(), ours.close)
}

impl<'s> List<'s> {
    fn cut(text: &'s str, key: &KeyValue) -> Self {
        let close = key.value.end - 1;
        let first = key.elements.first().map_or(close, |first| first.start);
        let open = key.value.start + 1;
        let open = open + rest_of_line(&text[open..first]).len();
        let mut position = open;
        let mut elements = Vec::new();
        for (index, element) in key.elements.iter().enumerate() {
            let next = key.elements.get(index + 1).map_or(close, |next| next.start);
            let comma = comma(&text[element.end..next]);
            let between = comma.map_or(0, |at| at);
            let after = element.end + between + usize::from(comma.is_some());
            let rest = rest_of_line(&text[after..next]);
            elements.push(Element {
                before: &text[position..element.start],
                text: &text[element.clone()],
                between: &text[element.end..element.end + between],
                has_comma: comma.is_some(),
                after: rest,
            });
            position = after + rest.len();
        }
        Self { open: &text[..open], elements, close: &text[position..] }
    }

    /// An element of another list as an element of this one.
    fn adopt(&self, other: &Element<'s>, is_first: bool) -> Element<'s> {
        let has_comma = self.elements.last().is_some_and(|last| last.has_comma);
        let has_lines = self.elements.iter().any(|element| element.after.ends_with('\n'));
        if other.after.ends_with('\n')
            && (has_lines || other.before.contains('#') || other.after.contains('#'))
        {
            return Element { has_comma, ..*other };
        }
        let (before, after) = match self.elements.first() {
            Some(first) if has_lines => (white_end(first.before), "\n"),
            _ if is_first => ("", " "),
            _ => (" ", ""),
        };
        Element { before, text: other.text, between: "", has_comma, after }
    }
}

/// The white space at the end.
fn white_end(text: &str) -> &str {
    &text[text.trim_end_matches([' ', '\t']).len()..]
}

/// The rest of the line with its end, if nothing but a comment stands there.
fn rest_of_line(text: &str) -> &str {
    let line = text.split_inclusive('\n').next().unwrap_or("");
    let words = line.trim_start();
    let is_rest = line.ends_with('\n') && (words.is_empty() || words.starts_with('#'));
    if is_rest { line } else { "" }
}

/// Where a comma is, past white space and comments.
fn comma(text: &str) -> Option<usize> {
    let mut position = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split('#').next().unwrap_or(line);
        if let Some(at) = code.find(',') {
            return Some(position + at);
        }
        position += line.len();
    }
    None
}
