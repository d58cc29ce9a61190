//! Cuts a plan's text into parts that can be merged one by one: tables under headers, and the keys in them.
//! Put together again, the parts are the text.

use std::{
    collections::{HashMap, HashSet},
    iter::Peekable,
    ops::Range,
    vec::IntoIter,
};

use serde_json::Value;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use crate::{
    file::{Origin, Pieces, Tree, has_headers, plain, plain_table, whole_lines},
    model::Extra,
};

/// The keys that name an element of a list. The first that it has is its name.
const NAMES: [&str; 3] = ["id", "date", "heading"];
/// The key that every entry has.
const ENTRY: &str = "on";

/// A part of a plan's text.
#[derive(Debug)]
pub struct Part<'s> {
    /// Where it belongs. The same thing has the same path in every version, and nothing else in its table.
    pub path: Vec<String>,
    /// What it is in messages: the table, and the key where it is one.
    pub name: Name,
    /// The blank lines and comments before it.
    pub lead: &'s str,
    pub text: &'s str,
    pub inside: Inside<'s>,
}

/// A table as messages call it, and a key in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    pub table: String,
    pub key: Option<String>,
}

/// What a part is made of.
#[derive(Debug)]
pub enum Inside<'s> {
    Key(Inline<'s>),
    Table(Table<'s>),
    /// Entries, each under a header, and what they say.
    Entries(Vec<Part<'s>>, Value),
}

/// A value, and where it stands in the text of its key.
#[derive(Debug, Clone)]
pub struct Inline<'s> {
    /// The text of the key.
    pub text: &'s str,
    pub span: Range<usize>,
    pub value: Value,
    /// The elements of a list by their names, which may be empty, or the values of a table by their keys.
    pub items: Vec<(String, Self)>,
}

/// A table under a header.
#[derive(Debug, Default)]
pub struct Table<'s> {
    pub header: &'s str,
    pub keys: Vec<Part<'s>>,
    /// What stands between the last key and the next table.
    pub tail: &'s str,
    pub tables: Vec<Part<'s>>,
    /// One of several under the same header, with a name of its own.
    pub is_element: bool,
}

impl<'s> Part<'s> {
    /// The parts of a text, in a table that stands for the whole of it. Every line of the text ends.
    pub fn parse(text: &'s str) -> Self {
        let (tree, _) = Tree::parse(Pieces::whole().head(text));
        let mut marks = Marks { tree: &tree, text, found: Vec::new(), known: HashMap::new() };
        marks.table(&tree.root, &[], &Name::default());
        marks.found.sort_by_key(|mark| mark.lines.start);
        let top = Mark { path: Vec::new(), name: Name::default(), lines: 0..0, kind: Kind::Table };
        let mut cutter = Cutter { text, position: 0, marks: marks.found.into_iter().peekable() };
        cutter.table(top, "")
    }

    /// The part with what stands before it.
    pub fn whole(&self) -> String {
        format!("{}{}", self.lead, self.text)
    }

    /// Whether both say the same, in whatever layout. Both have one path.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.text == other.text || self.meaning() == other.meaning()
    }

    fn meaning(&self) -> Extra {
        let (tree, _) = Tree::parse(Pieces::whole().head(self.text));
        plain_table(&tree, &tree.root)
    }

    pub fn is_same_text(&self, other: &Self) -> bool {
        self.text == other.text && self.lead == other.lead
    }
}

/// Whether a value can be a list of entries.
pub fn is_entries(value: &Value) -> bool {
    let is_entry = |entry: &Value| entry.get(ENTRY).is_some();
    value.as_array().is_some_and(|entries| entries.iter().all(is_entry))
}

/// A header or a key, and the lines it takes.
struct Mark<'s> {
    path: Vec<String>,
    name: Name,
    lines: Range<usize>,
    kind: Kind<'s>,
}

enum Kind<'s> {
    Key(Inline<'s>),
    Table,
    /// An element of a list, with a name of its own.
    Element,
    /// An element without a name, and what it says.
    Entry(Value),
}

/// Finds every header and key of a tree.
struct Marks<'t, 's> {
    tree: &'t Tree<'s>,
    text: &'s str,
    found: Vec<Mark<'s>>,
    /// How often a path occurs.
    known: HashMap<Vec<String>, usize>,
}

type Node<'s> = Spanned<DeValue<'s>>;

impl<'s> Marks<'_, 's> {
    /// What stands in a table: `path` leads to it, and messages call it `name`.
    fn table(&mut self, table: &DeTable<'s>, path: &[String], name: &Name) {
        for (key, value) in table {
            let path = [path, &[key.get_ref().to_string()]].concat();
            match value.get_ref() {
                DeValue::Table(inner) => match self.tree.origin(&value.span()) {
                    Origin::Header => {
                        let name = Name { table: format!("`[{}]`", path.join(".")), key: None };
                        self.header(value, path.clone(), name.clone(), Kind::Table);
                        self.table(inner, &path, &name);
                    }
                    Origin::Key => self.table(inner, &path, name),
                    Origin::Braces => self.key(key.span(), value, path, name),
                },
                DeValue::Array(items) if has_headers(self.tree, items) => {
                    self.elements(items, &path);
                }
                _ => self.key(key.span(), value, path, name),
            }
        }
    }

    fn elements(&mut self, items: &DeArray<'s>, path: &[String]) {
        let list = path.last().map_or("", String::as_str);
        for item in items {
            let Some(table) = item.get_ref().as_table() else {
                continue;
            };
            let named = self.name_of(table);
            let is_entry = named.is_none() && table.contains_key(ENTRY);
            let shown = named.unwrap_or_default();
            let mut path = path.to_vec();
            if is_entry {
                path.push(String::new());
            } else if let Some(last) = path.last_mut() {
                *last = format!("{list} {shown}");
            }
            let count = self.known.entry(path.clone()).or_default();
            *count += 1;
            if let (Some(last), 2..) = (path.last_mut(), *count) {
                *last = format!("{last}#{count}");
            }
            let table_name = match list {
                "recommendation" | "action" => shown,
                _ => format!("{list} {shown}"),
            };
            let name = Name { table: table_name, key: None };
            let kind = match is_entry {
                true => Kind::Entry(plain(self.tree, item)),
                false => Kind::Element,
            };
            self.header(item, path.clone(), name.clone(), kind);
            self.table(table, &path, &name);
        }
    }

    fn header(&mut self, value: &Node<'s>, path: Vec<String>, name: Name, kind: Kind<'s>) {
        let lines = whole_lines(self.text, value.span());
        self.found.push(Mark { path, name, lines, kind });
    }

    fn key(&mut self, key: Range<usize>, value: &Node<'s>, path: Vec<String>, owner: &Name) {
        let lines = whole_lines(self.text, key.start..value.span().end);
        let kind = Kind::Key(self.inline(value, &lines));
        let name = Name { key: path.last().cloned(), ..owner.clone() };
        self.found.push(Mark { path, name, lines, kind });
    }

    fn inline(&self, value: &Node<'s>, lines: &Range<usize>) -> Inline<'s> {
        let items = match value.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .map(|item| {
                    let name = item.get_ref().as_table().and_then(|table| self.name_of(table));
                    (name.unwrap_or_default(), self.inline(item, lines))
                })
                .collect(),
            DeValue::Table(table) => table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), self.inline(value, lines)))
                .collect(),
            _ => Vec::new(),
        };
        let span = value.span().start - lines.start..value.span().end - lines.start;
        let text = &self.text[lines.clone()];
        Inline { text, span, value: plain(self.tree, value), items }
    }

    /// The name of an element of a list; entries have none.
    fn name_of(&self, table: &DeTable<'s>) -> Option<String> {
        let value = NAMES.iter().find_map(|name| Some(plain(self.tree, table.get(*name)?)))?;
        Some(value.as_str().map_or(value.to_string(), str::to_owned))
    }
}

/// Cuts the text at its marks.
struct Cutter<'s> {
    text: &'s str,
    /// The text before this is cut.
    position: usize,
    marks: Peekable<IntoIter<Mark<'s>>>,
}

impl<'s> Cutter<'s> {
    /// The table of a header, with everything below it.
    fn table(&mut self, mark: Mark<'s>, lead: &'s str) -> Part<'s> {
        let is_element = matches!(mark.kind, Kind::Element);
        let header = self.take(mark.lines.end);
        let start = mark.lines.start;
        let mut table = Table { header, is_element, ..Table::default() };
        while let Some(key) = self.key() {
            table.keys.push(key);
        }
        let end = match self.marks.peek() {
            Some(next) => {
                let between = &self.text[self.position..next.lines.start];
                next.lines.start - last_lead(between).len()
            }
            None => self.text.len(),
        };
        table.tail = self.take(end);
        while let Some(next) = self.marks.next_if(|next| is_below(&next.path, &mark.path)) {
            let part = match next.kind {
                Kind::Entry(_) => self.entries(next, &mark),
                _ => self.next_table(next),
            };
            table.tables.push(part);
        }
        tell_apart(&mut table);
        Part {
            path: mark.path,
            name: mark.name,
            lead,
            text: &self.text[start..self.position],
            inside: Inside::Table(table),
        }
    }

    fn next_table(&mut self, mark: Mark<'s>) -> Part<'s> {
        let lead = self.take(mark.lines.start);
        self.table(mark, lead)
    }

    /// The entries of one list that follow each other, from the first on.
    fn entries(&mut self, first: Mark<'s>, owner: &Mark<'s>) -> Part<'s> {
        let start = self.position;
        let list = first.path[..first.path.len() - 1].to_vec();
        let (mut entries, mut values) = (Vec::new(), Vec::new());
        let mut next = Some(first);
        while let Some(mut mark) = next {
            if let Kind::Entry(value) = &mut mark.kind {
                values.push(value.take());
            }
            entries.push(self.next_table(mark));
            next = self.marks.next_if(|next| is_below(&next.path, &list));
        }
        Part {
            name: Name { key: list.last().cloned(), ..owner.name.clone() },
            path: list,
            lead: "",
            text: &self.text[start..self.position],
            inside: Inside::Entries(entries, Value::Array(values)),
        }
    }

    /// The key that comes next, before any header.
    fn key(&mut self) -> Option<Part<'s>> {
        let mark = self.marks.next_if(|next| matches!(next.kind, Kind::Key(_)))?;
        let Kind::Key(value) = mark.kind else {
            return None;
        };
        Some(Part {
            path: mark.path,
            name: mark.name,
            lead: self.take(mark.lines.start),
            text: self.take(mark.lines.end),
            inside: Inside::Key(value),
        })
    }

    /// The text up to `end`.
    fn take(&mut self, end: usize) -> &'s str {
        let text = &self.text[self.position..end];
        self.position = end;
        text
    }
}

/// Gives each part of a table a path of its own. Other tables may stand between the entries of one list.
fn tell_apart(table: &mut Table<'_>) {
    let mut known = HashSet::new();
    for part in table.keys.iter_mut().chain(&mut table.tables) {
        while !known.insert(part.path.clone()) {
            part.path.push(String::new());
        }
    }
}

fn is_below(path: &[String], above: &[String]) -> bool {
    path.len() > above.len() && path.starts_with(above)
}

/// The comment directly above what follows, and the blank lines above that.
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

    fn put_together(part: &Part<'_>) -> String {
        let inside = match &part.inside {
            Inside::Key(_) => part.text.to_owned(),
            Inside::Entries(entries, _) => entries.iter().map(put_together).collect(),
            Inside::Table(table) => {
                let keys: String = table.keys.iter().map(put_together).collect();
                let tables: String = table.tables.iter().map(put_together).collect();
                format!("{}{keys}{}{tables}", table.header, table.tail)
            }
        };
        assert_eq!(inside, part.text);
        format!("{}{inside}", part.lead)
    }

    #[test]
    fn the_parts_of_a_text_put_together_are_the_text() {
        let odd = "# top\n[plan]\ntitle = 'x' # c\n\n# of the date\ndate = 2003-05-08\n\n# tail\n\n# r\n\
            [[recommendation]]\nid = '1'\nextra.a.b = 1\nextra.c = [\n 1, # one\n]\n[plan.extra]\ny = 1\n\
            [[recommendation.action]]\nid = '1.1'\n [[recommendation.action.progress]]\n on = 2003-05-09\n\n\
            [recommendation.action.extra.z]\nq = '''\n]]\n'''\n[[recommendation.action.progress]]\non = 2003-05-10\n\
            # end\n";
        let long = generate_plan::plan(40, 7);
        for text in ["", "# only a comment\n", odd, &long, include_str!("../../plan.toml")] {
            assert_eq!(put_together(&Part::parse(text)), text);
        }
    }
}
