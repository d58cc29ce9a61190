//! Finds the headers and keys in the text of a plan, with their positions.

use std::{collections::HashMap, ops::Range};

use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use crate::file::{Origin, Tree, has_headers, plain, whole_lines};

/// The keys whose values can name an element of a list, in order of preference.
const NAMES: [&str; 4] = ["id", "date", "heading", "name"];

/// The key for the date of an entry. Every entry has this key.
pub const ENTRY: &str = "on";

/// The kind of a passage. A passage is a part of a plan's text that is merged separately.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PassageKind {
    /// A table with a `[…]` header.
    #[default]
    Table,
    /// An element of a list of tables, with a `[[…]]` header.
    Element,
    /// A list of entries, each of which has a header.
    Entries,
    Key,
    /// The comments after the last key of a table.
    Tail,
    /// An element of a list in brackets, or a key of a table in braces.
    Enclosed {
        has_comma: bool,
    },
}

/// The name that messages use for a table or, if `key` is set, for this key of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    pub table: String,
    pub key: Option<String>,
}

/// A header or a key in the text of a plan, with the position of its lines.
#[derive(Default)]
pub struct Heading<'t, 's> {
    pub kind: PassageKind,
    pub path: Vec<String>,
    pub name: Name,
    pub lines: Range<usize>,
    pub value: Option<&'t Node<'s>>,
}

/// Finds all headers and keys in the tree of a parsed plan.
pub struct Outline<'t, 's> {
    tree: &'t Tree<'s>,
    text: &'s str,
    found: Vec<Heading<'t, 's>>,
    /// The number of elements found so far with each path. If a path occurs again, a number is added to it.
    known: HashMap<Vec<String>, usize>,
}

pub type Node<'s> = Spanned<DeValue<'s>>;

impl<'t, 's> Outline<'t, 's> {
    /// Returns the headers and keys of `text` in their order. The argument `tree` is the parsed text.
    pub fn of(tree: &'t Tree<'s>, text: &'s str) -> Vec<Heading<'t, 's>> {
        let mut outline = Self { tree, text, found: Vec::new(), known: HashMap::new() };
        outline.table(&tree.root, &[], &Name::default());
        outline.found.sort_by_key(|heading| heading.lines.start);
        outline.found
    }

    /// Adds the headers and keys of a table. The argument `path` is the path of the table, and `name` is its name in
    /// messages.
    fn table(&mut self, table: &'t DeTable<'s>, path: &[String], name: &Name) {
        for (key, value) in table {
            let path = [path, &[key.get_ref().to_string()]].concat();
            let origin = self.tree.origin(&value.span());
            match value.get_ref() {
                DeValue::Table(inner) if origin == Origin::Header => {
                    let name = Name { table: format!("`[{}]`", path.join(".")), key: None };
                    self.add(PassageKind::Table, path.clone(), name.clone(), value.span(), None);
                    self.table(inner, &path, &name);
                }
                DeValue::Table(inner) if origin == Origin::Key => self.table(inner, &path, name),
                DeValue::Array(items) if has_headers(self.tree, items) => {
                    self.elements(items, &path, name);
                }
                _ => {
                    let name = Name { key: path.last().cloned(), ..name.clone() };
                    let span = key.span().start..value.span().end;
                    self.add(PassageKind::Key, path, name, span, Some(value));
                }
            }
        }
    }

    fn elements(&mut self, items: &'t DeArray<'s>, path: &[String], owner: &Name) {
        let list = path.last().map_or("", String::as_str);
        for (index, item) in items.iter().enumerate() {
            let Some(table) = item.get_ref().as_table() else { continue };
            let named = name_of(self.tree, table);
            let is_entry = named.is_none() && table.contains_key(ENTRY);
            if is_entry && index == 0 {
                let name = Name { key: Some(list.to_owned()), ..owner.clone() };
                let start = item.span().start;
                self.add(PassageKind::Entries, path.to_vec(), name, start..start, None);
            }
            let shown = named.unwrap_or_default();
            let mut path = path.to_vec();
            match path.last_mut() {
                Some(last) if !is_entry => *last = format!("{list} {shown}"),
                _ => path.push(String::new()),
            }
            let count = self.known.entry(path.clone()).or_default();
            *count += 1;
            if let (Some(last), 2..) = (path.last_mut(), *count) {
                *last = format!("{last}#{count}");
            }
            let table_name = match list {
                "recommendation" | "action" => shown,
                _ if is_entry => owner.table.clone(),
                _ if shown.is_empty() => format!("{list} {}", index + 1),
                _ => format!("{list} {shown}"),
            };
            let name = Name { table: table_name, key: None };
            let value = Some(item).filter(|_| is_entry);
            self.add(PassageKind::Element, path.clone(), name.clone(), item.span(), value);
            self.table(table, &path, &name);
        }
    }

    fn add(
        &mut self,
        kind: PassageKind,
        path: Vec<String>,
        name: Name,
        span: Range<usize>,
        value: Option<&'t Node<'s>>,
    ) {
        let mut lines = whole_lines(self.text, span);
        if kind == PassageKind::Entries {
            lines.end = lines.start;
        }
        self.found.push(Heading { kind, path, name, lines, value });
    }
}

/// Returns the name of a list element, or `None` for an entry, which has no name.
pub fn name_of(tree: &Tree<'_>, table: &DeTable<'_>) -> Option<String> {
    let value = NAMES.iter().find_map(|name| Some(plain(tree, table.get(*name)?)))?;
    Some(value.as_str().map_or(value.to_string(), str::to_owned))
}
