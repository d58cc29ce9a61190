//! Where new text goes in a plan's text, and how it is laid out: it takes the style of its neighbours, and
//! everything else stays as it is, to the byte.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeArray, DeValue},
};

use super::enclosed::{Enclosed, Enclosure, comma};
use crate::{
    file::{Origin, TableAt, Tree, has_headers, table_at},
    key_path::KeyPath,
};

/// Text that goes between two bytes of the original, or takes the place of some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    pub at: usize,
    /// How many bytes of the original it replaces.
    pub replaces: usize,
    pub text: String,
}

/// An element to add to a list: the place of the list's table, and the element's keys with their values as TOML.
pub struct Addition {
    pub owner: KeyPath,
    pub list: &'static str,
    pub keys: Vec<(&'static str, String)>,
}

impl Addition {
    /// `{ on = …, status = … }`, or without the inner spaces.
    pub fn inline(&self, tight: bool) -> String {
        let keys: Vec<String> =
            self.keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let space = if tight { "" } else { " " };
        format!("{{{space}{}{space}}}", keys.join(", "))
    }
}

/// Makes the insertions in the original. They must be in the order of their places.
pub fn splice(source: &str, insertions: &[Insertion]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut done = 0;
    for insertion in insertions {
        text.push_str(&source[done..insertion.at]);
        text.push_str(&insertion.text);
        done = insertion.at + insertion.replaces;
    }
    text.push_str(&source[done..]);
    text
}

/// Reads the layout of the original around one tree of it. Positions are those of the whole text.
pub struct Layout<'t, 's> {
    pub source: &'s str,
    pub tree: &'t Tree<'s>,
}

impl<'s> Layout<'_, 's> {
    fn start(&self, span: &Range<usize>) -> usize {
        self.tree.bytes(span.clone()).start
    }

    fn end(&self, span: &Range<usize>) -> usize {
        self.tree.bytes(span.clone()).end
    }

    /// The file's line break.
    fn newline(&self) -> &'static str {
        match self.source.find('\n') {
            Some(at) if self.source[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// Where the line that holds the byte `at` ends, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.source[at..];
        let line = rest.split('\n').next().unwrap_or(rest);
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// What stands before `at` on its line.
    fn line_before(&self, at: usize) -> &'s str {
        let before = &self.source[..at];
        &before[before.rfind('\n').map_or(0, |found| found + 1)..]
    }

    /// The white space that the line of `at` begins with.
    fn indent(&self, at: usize) -> &'s str {
        let start = at - self.line_before(at).len();
        let line = &self.source[start..];
        let text = line.trim_start_matches([' ', '\t']);
        &line[..line.len() - text.len()]
    }

    /// One more element of a list in brackets.
    pub fn in_array(
        &self,
        list: &Spanned<DeValue<'_>>,
        items: &DeArray<'_>,
        addition: &Addition,
    ) -> Vec<Insertion> {
        let whole = self.tree.bytes(list.span());
        let spans: Vec<_> = items.iter().map(|item| self.tree.bytes(item.span())).collect();
        let enclosed = Enclosed::cut(self.source, whole.clone(), &spans);
        let last = spans.last().zip(enclosed.elements.last());
        let inside = last.and_then(|(_, last)| last.text.strip_prefix('{'));
        let is_tight = inside.is_some_and(|inside| !inside.starts_with([' ', '\t', '\r', '\n']));
        let element = addition.inline(is_tight);
        let Enclosure { before, text, has_comma, after } = enclosed.placed(&element, items.len());
        let element = format!("{before}{text}{}{after}", if has_comma { "," } else { "" });
        let comma = last.filter(|(_, last)| !last.has_comma);
        let comma = comma.map(|(span, _)| at(span.end, ",".to_owned()));
        let element = at(whole.end - enclosed.close.len(), element);
        comma.into_iter().chain([element]).collect()
    }

    /// A new key inside an inline table, after its last value.
    pub fn in_braces(&self, table: &TableAt<'_, '_>, key: &str, value: &str) -> Insertion {
        match table.keys.values().map(|value| self.extent(value)).max() {
            Some(end) => at(end, format!(", {key} = {value}")),
            None => at(self.start(&table.span) + 1, format!(" {key} = {value} ")),
        }
    }

    /// A list of its own after the table's last key.
    pub fn new_list(&self, owner: &TableAt<'_, '_>, addition: &Addition) -> Insertion {
        let newline = self.newline();
        let (end, indent) = self.last_key(owner);
        let list = addition.list;
        let element = addition.inline(false);
        let lines = [format!("{list} = ["), format!("  {element},"), "]".to_owned()];
        let lines = lines.map(|line| format!("{newline}{indent}{line}"));
        at(self.line_end(end), lines.concat())
    }

    /// The value of a key, in place of the one before or as a new key below the key `above`; `due` goes below its
    /// timescale.
    pub fn set(&self, table: &TableAt<'_, '_>, key: &str, value: &str, above: &str) -> Insertion {
        let value = value.replace('\n', self.newline());
        if let Some(old) = table.keys.get(key) {
            let (start, end) = (self.start(&old.span()), self.end(&old.span()));
            return Insertion { at: start, replaces: end - start, text: value };
        }
        if self.tree.origin(&table.span) == Origin::Braces {
            return self.in_braces(table, key, &value);
        }
        let timescale = table.keys.get_key_value("timescale").filter(|_| key == "due");
        let (end, indent) = match timescale.or_else(|| table.keys.get_key_value(above)) {
            Some((key, value)) => (self.end(&value.span()), self.indent(self.start(&key.span()))),
            None => self.last_key(table),
        };
        at(self.line_end(end), format!("{}{indent}{key} = {value}", self.newline()))
    }

    /// Takes a key out, with its comma or its line; a comment beside it stays.
    pub fn unset(&self, table: &TableAt<'_, '_>, key: &str) -> Option<Insertion> {
        let (name, value) = table.keys.get_key_value(key)?;
        let (start, end) = (self.start(&name.span()), self.end(&value.span()));
        let remove = |range: Range<usize>| {
            Some(Insertion { at: range.start, replaces: range.len(), text: String::new() })
        };
        if self.tree.origin(&table.span) == Origin::Braces {
            let before = self.source[..start].trim_end();
            if before.ends_with(',') {
                return remove(before.len() - 1..end);
            }
            let rest = &self.source[end..self.end(&table.span)];
            let next = comma(rest).map_or(end, |comma| end + comma + 1);
            let space = self.source[next..].len() - self.source[next..].trim_start().len();
            return remove(start..next + space);
        }
        let (line, eol) = (start - self.line_before(start).len(), self.line_end(end));
        let is_alone = |text: &str| text.trim().is_empty();
        if !is_alone(&self.source[line..start]) || !is_alone(&self.source[end..eol]) {
            return remove(start..end);
        }
        // The line break before it goes, for something else may be added at its end.
        let before = line.saturating_sub(1);
        let before = self.source[..before].strip_suffix('\r').map_or(before, str::len);
        remove(before..eol)
    }

    /// Where the last key of a table ends, and how it is indented.
    fn last_key(&self, owner: &TableAt<'_, '_>) -> (usize, &'s str) {
        let ends = owner
            .keys
            .iter()
            .filter_map(|(key, value)| Some((self.own_end(value)?, self.start(&key.span()))));
        match ends.max() {
            Some((end, key)) => (end, self.indent(key)),
            None => (self.end(&owner.span), self.indent(self.start(&owner.span))),
        }
    }

    /// One more `[[…]]` after the last, its header written the same way.
    pub fn after_tables(&self, last: &TableAt<'_, '_>, addition: &Addition) -> Insertion {
        let start = self.start(&last.span);
        let header = &self.source[start..self.end(&last.span)];
        let before = self.source[..start].trim_end_matches([' ', '\t']);
        let parted = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        self.block(last, header, parted, addition)
    }

    /// The first `[[…]]` of its kind: after everything that belongs to its owner.
    pub fn first_table(&self, owner: &TableAt<'_, '_>, addition: &Addition) -> Insertion {
        let list = addition.list;
        let header = &self.source[self.start(&owner.span)..self.end(&owner.span)];
        let path = header.trim_start_matches('[').trim_end_matches(']').trim();
        let header =
            if path.is_empty() { format!("[[{list}]]") } else { format!("[[{path}.{list}]]") };
        self.block(owner, &header, true, addition)
    }

    /// A table under a header, after everything that belongs to `neighbour` and indented as it is.
    fn block(
        &self,
        neighbour: &TableAt<'_, '_>,
        header: &str,
        parted: bool,
        addition: &Addition,
    ) -> Insertion {
        let newline = self.newline();
        let indent = self.indent(self.start(&neighbour.span));
        let first = neighbour.keys.keys().map(|key| self.start(&key.span())).min();
        let keys = match first {
            Some(first) if !neighbour.span.is_empty() => self.indent(first),
            _ => "",
        };
        let eol = self.line_end(self.table_extent(neighbour).min(self.source.len()));
        let mut text = String::new();
        let at_line_start = eol == 0 || self.source[..eol].ends_with('\n');
        if !at_line_start {
            text.push_str(newline);
        }
        if parted {
            text.push_str(newline);
        }
        text.push_str(&format!("{indent}{header}"));
        for (key, value) in &addition.keys {
            let value = value.replace('\n', newline);
            text.push_str(&format!("{newline}{keys}{key} = {value}"));
        }
        if at_line_start {
            text.push_str(newline);
        }
        at(eol, text)
    }

    /// Where a value ends that stands among the key lines of its table. A table made by dotted keys ends with the
    /// last of them. `None` for a value under a header of its own.
    fn own_end(&self, value: &Spanned<DeValue<'_>>) -> Option<usize> {
        match value.get_ref() {
            DeValue::Table(table) => match self.tree.origin(&value.span()) {
                Origin::Braces => Some(self.end(&value.span())),
                Origin::Key => table.values().filter_map(|value| self.own_end(value)).max(),
                Origin::Header => None,
            },
            DeValue::Array(items) if has_headers(self.tree, items) => None,
            _ => Some(self.end(&value.span())),
        }
    }

    /// Where everything that belongs to a value ends.
    fn extent(&self, value: &Spanned<DeValue<'_>>) -> usize {
        match value.get_ref() {
            DeValue::Table(_) => table_at(value).map_or(0, |table| self.table_extent(&table)),
            DeValue::Array(items) if has_headers(self.tree, items) => {
                items.iter().map(|item| self.extent(item)).max().unwrap_or(0)
            }
            _ => self.end(&value.span()),
        }
    }

    fn table_extent(&self, table: &TableAt<'_, '_>) -> usize {
        let inside = table.keys.values().map(|value| self.extent(value));
        inside.max().unwrap_or(0).max(self.end(&table.span))
    }
}

fn at(at: usize, text: String) -> Insertion {
    Insertion { at, replaces: 0, text }
}
