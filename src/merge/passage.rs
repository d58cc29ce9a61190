//! Cuts the text of a plan into passages, which are merged separately. A passage is a table with a header, a key, or an
//! element inside brackets or braces.

use std::{iter::Peekable, ops::Range, vec::IntoIter};

use serde_json::Value;
use toml::de::DeValue;

use super::outline::{ENTRY, Heading, Name, Node, Outline, PassageKind, name_of};
use crate::{
    edit::{Enclosed, Enclosure},
    file::{Origin, Piece, Tree, plain, plain_table},
    model::Extra,
};

/// A placeholder for the comma after a list element. When elements are joined, the placeholder becomes a comma or
/// nothing. This character cannot occur in a plan.
const COMMA: char = '\0';

/// A passage: a part of a plan's text, such as a table or a key, that is merged separately.
#[derive(Debug, Default)]
pub struct Passage<'s> {
    pub kind: PassageKind,
    /// The path that identifies the passage in every version of the plan.
    pub path: Vec<String>,
    pub name: Name,
    /// The blank lines and comments before the passage.
    pub lead: &'s str,
    /// The text of the passage without `lead`.
    pub text: &'s str,
    /// The content of the passage: `text` without `after` and without the comma before `after`.
    pub body: &'s str,
    /// The part of `body` before the passages in `inside`: a header, a key or an opening bracket.
    pub head: &'s str,
    pub inside: Vec<Self>,
    /// The part of `body` after the passages in `inside`: a closing bracket.
    pub close: &'s str,
    /// The text after the content and the comma, up to the end of the line, such as a comment.
    pub after: &'s str,
    /// The value of a key or an element, or null for a table.
    pub value: Value,
}

impl<'s> Passage<'s> {
    /// Parses the whole text of a plan as one passage with passages inside. Every line of the text must end with a line
    /// break.
    pub fn parse(text: &'s str) -> Self {
        let (tree, _) = Tree::parse(Piece::whole(text));
        let headings = Outline::of(&tree, text).into_iter().peekable();
        let mut cutter = Cutter { tree: &tree, text, position: 0, headings };
        cutter.table(Heading::default())
    }

    /// Returns the text of the passage, with `lead` before it.
    pub fn whole(&self) -> String {
        format!("{}{}", self.lead, self.ended(self.body, self.after))
    }

    /// Returns `body` followed by `after`. For an element inside brackets or braces, a placeholder for the comma stands
    /// between `body` and `after`.
    pub fn ended(&self, body: &str, after: &str) -> String {
        match self.kind {
            PassageKind::Enclosed { .. } => format!("{body}{COMMA}{after}"),
            _ => format!("{body}{after}"),
        }
    }

    fn has_comma(&self) -> bool {
        matches!(self.kind, PassageKind::Enclosed { has_comma: true })
    }

    /// Joins the merged passages inside this passage, and puts commas between list elements. A comma follows the last
    /// merged element only if the last element of this passage has a comma.
    pub fn joined(&self, inside: &[String]) -> String {
        let Some((last, before)) = inside.split_last() else { return String::new() };
        let end = if self.inside.last().is_some_and(Self::has_comma) { "," } else { "" };
        format!("{}{}", before.concat().replace(COMMA, ","), last.replace(COMMA, end))
    }

    /// Returns the text of the passage `other` in the layout of this passage. The other side added `other`, which is
    /// inserted at the index `position`.
    pub fn placed(&self, other: &Self, position: usize) -> String {
        if !self.is_value() {
            return other.whole();
        }
        let own = |part: &Self| Enclosure {
            before: part.lead,
            text: part.body,
            has_comma: part.has_comma(),
            after: part.after,
        };
        let enclosed = Enclosed {
            open: self.head,
            elements: self.inside.iter().map(own).collect(),
            close: self.close,
        };
        let placed = enclosed.placed(other.body, position);
        // The comments around `other` are kept only if nothing but a comment follows the element on its line in both
        // layouts.
        let has_lines = placed.after.ends_with('\n') && other.after.ends_with('\n');
        let [lead, after] = match has_lines {
            true => [other.lead, other.after],
            false => [placed.before, placed.after],
        };
        format!("{lead}{}", other.ended(other.body, after))
    }

    /// Checks whether the passage is a value: a key, or an element inside another value.
    pub fn is_value(&self) -> bool {
        matches!(self.kind, PassageKind::Key | PassageKind::Enclosed { .. })
    }

    /// Checks whether two passages with the same path have the same content. Layout is ignored.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.text == other.text
            || match self.is_value() {
                true => self.value == other.value,
                false => self.meaning() == other.meaning(),
            }
    }

    fn meaning(&self) -> Extra {
        let (tree, _) = Tree::parse(Piece::whole(self.text));
        plain_table(&tree, &tree.root)
    }

    pub fn is_same_text(&self, other: &Self) -> bool {
        self.text == other.text && self.lead == other.lead
    }
}

/// Checks whether a value is a list of entries, which means that all its elements have a date. An empty list is a list
/// of entries too.
pub fn is_entries(value: &Value) -> bool {
    let is_entry = |entry: &Value| entry.get(ENTRY).is_some();
    value.as_array().is_some_and(|entries| entries.iter().all(is_entry))
}

/// Cuts the text of a plan into passages at its headers and keys.
struct Cutter<'t, 's> {
    tree: &'t Tree<'s>,
    text: &'s str,
    /// The position, in bytes, up to which the text has been cut into passages.
    position: usize,
    headings: Peekable<IntoIter<Heading<'t, 's>>>,
}

impl<'t, 's> Cutter<'t, 's> {
    fn passage(&mut self, heading: Heading<'t, 's>) -> Passage<'s> {
        match (heading.kind, heading.value) {
            (PassageKind::Entries, _) => self.table(heading),
            (PassageKind::Key, Some(value)) => {
                let lead = self.take(heading.lines.start);
                let Heading { kind, path, name, lines, .. } = heading;
                let range = self.position..value.span().end;
                let after = &self.text[range.end..lines.end];
                let text = self.take(lines.end);
                let key = Passage { kind, path, name, lead, text, after, ..Passage::default() };
                self.filled(key, value, range)
            }
            _ => {
                let lead = self.take(heading.lines.start);
                Passage { lead, ..self.table(heading) }
            }
        }
    }

    /// Returns the passage of a table, including all passages inside the table.
    fn table(&mut self, heading: Heading<'t, 's>) -> Passage<'s> {
        let start = self.position;
        let mut has_tail = heading.kind == PassageKind::Entries;
        let head = if has_tail { "" } else { self.take(heading.lines.end) };
        let mut inside = Vec::new();
        loop {
            let next = self.headings.peek();
            if !has_tail && next.is_none_or(|next| next.kind != PassageKind::Key) {
                let end = next.map_or(self.text.len(), |next| {
                    let between = &self.text[self.position..next.lines.start];
                    next.lines.start - last_lead(between).len()
                });
                let (kind, path) = (PassageKind::Tail, [&*heading.path, &[String::new()]].concat());
                inside.push(Passage { kind, path, lead: self.take(end), ..Passage::default() });
                has_tail = true;
            }
            let below = |next: &Heading<'_, '_>| is_below(&next.path, &heading.path);
            let Some(next) = self.headings.next_if(below) else { break };
            inside.push(self.passage(next));
        }
        let text = &self.text[start..self.position];
        let value = match (heading.kind, heading.value) {
            (PassageKind::Entries, _) => inside.iter().map(|entry| entry.value.clone()).collect(),
            (_, entry) => entry.map_or(Value::Null, |entry| plain(self.tree, entry)),
        };
        let Heading { kind, path, name, .. } = heading;
        Passage { kind, path, name, text, body: text, head, inside, value, ..Passage::default() }
    }

    /// Returns the passage `outer` with its value and its content. The content is the text at `range`, and the elements
    /// of the value become passages inside `outer`.
    fn filled(&self, outer: Passage<'s>, value: &Node<'s>, range: Range<usize>) -> Passage<'s> {
        let items = self.items(value, &outer.name);
        let body = &self.text[range.clone()];
        let outer = Passage { body, head: body, value: plain(self.tree, value), ..outer };
        let Some(items) = items else { return outer };
        let spans: Vec<Range<usize>> = items.iter().map(|(_, span, _)| span.clone()).collect();
        let whole = value.span();
        let cut = Enclosed::cut(self.text, whole.clone(), &spans);
        let elements = cut.elements.into_iter().zip(items);
        let inside = elements.map(|(element, (name, span, value))| {
            let Enclosure { before: lead, text, has_comma, after } = element;
            let end = span.start + text.len();
            let element = Passage {
                kind: PassageKind::Enclosed { has_comma },
                path: vec![name.key.clone().unwrap_or(name.table.clone())],
                name,
                lead,
                text: &self.text[span.start..end + usize::from(has_comma) + after.len()],
                after,
                ..Passage::default()
            };
            self.filled(element, value, span.start..end)
        });
        Passage {
            inside: inside.collect(),
            head: &self.text[range.start..whole.start + cut.open.len()],
            close: &self.text[whole.end - cut.close.len()..range.end],
            ..outer
        }
    }

    /// Returns the elements of a list or the keys of a table, each with its name, position and value. Returns `None`
    /// for any other value.
    fn items<'v>(
        &self,
        value: &'v Node<'s>,
        owner: &Name,
    ) -> Option<Vec<(Name, Range<usize>, &'v Node<'s>)>> {
        let mut items: Vec<_> = match value.get_ref() {
            DeValue::Array(items) => {
                let item = |item: &'v Node<'s>| {
                    let table = item.get_ref().as_table();
                    let name = table.and_then(|table| name_of(self.tree, table));
                    let name = name.map(|table| Name { table, key: None });
                    (name.unwrap_or_else(|| owner.clone()), item.span(), item)
                };
                items.iter().map(item).collect()
            }
            // A table with dotted keys is not cut, because the parts of one value can be in several places of the text.
            DeValue::Table(table)
                if table.values().all(|value| {
                    !value.get_ref().is_table() || self.tree.origin(&value.span()) == Origin::Braces
                }) =>
            {
                let keys = table.iter().map(|(key, value)| {
                    let name = Name { key: Some(key.get_ref().to_string()), ..owner.clone() };
                    (name, key.span().start..value.span().end, value)
                });
                keys.collect()
            }
            _ => return None,
        };
        items.sort_by_key(|(_, span, _)| span.start);
        Some(items)
    }

    /// Returns the text from the present position up to `end`, and moves the position to `end`.
    fn take(&mut self, end: usize) -> &'s str {
        let text = &self.text[self.position..end];
        self.position = end;
        text
    }
}

fn is_below(path: &[String], above: &[String]) -> bool {
    path.len() > above.len() && path.starts_with(above)
}

/// Returns the last part of `between`, the text between two passages. This part is the comment directly above the
/// second passage, with the blank lines above this comment.
fn last_lead(between: &str) -> &str {
    let mut start = between.len();
    let mut is_blank = false;
    for line in between.split_inclusive('\n').rev() {
        is_blank |= line.trim().is_empty();
        if is_blank && !line.trim().is_empty() {
            break;
        }
        start -= line.len();
    }
    &between[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put_together(part: &Passage<'_>) -> String {
        let inside: Vec<String> = part.inside.iter().map(put_together).collect();
        let body = format!("{}{}{}", part.head, part.joined(&inside), part.close);
        assert_eq!(body, part.body);
        let comma = if part.has_comma() { "," } else { "" };
        assert_eq!(format!("{body}{comma}{}", part.after), part.text);
        part.whole()
    }

    #[test]
    fn the_passages_of_a_text_put_together_are_the_text() {
        let odd = "# top\n[plan]\ntitle = 'x' # c\n\n# of the date\ndate = 2003-05-08\n\n# tail\n\n# r\n\
            [[recommendation]]\nid = '1'\nextra.a.b = 1\nextra.c = [\n 1, # one\n]\n[plan.extra]\ny = 1\n\
            [[recommendation.action]]\nid = '1.1'\n [[recommendation.action.progress]]\n on = 2003-05-09\n\n\
            [recommendation.action.extra.z]\nq = '''\n]]\n'''\n[[recommendation.action.progress]]\non = 2003-05-10\n\
            # end\n";
        let long = generate_plan::plan(40, 7);
        for text in ["", "# only a comment\n", odd, &long, include_str!("../../plan.toml")] {
            assert_eq!(put_together(&Passage::parse(text)), text);
        }
    }
}
