//! A TOML document as a tree that knows where everything stands: every value, key and header has its bytes.

use std::fmt::Write;

use toml_parser::{Span, decoder::ScalarKind};

use crate::model::{Place, Step, Text};

/// A whole document; its names and strings are borrowed from the text where they stand as they are.
#[derive(Debug, Default)]
pub struct Document<'s> {
    pub root: Table<'s>,
}

/// How a table came to be, which decides what may still be added to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// `[a.b]` made `a`; a header may still define it.
    #[default]
    Implicit,
    /// `[a]`, or an element of `[[a]]`.
    Header,
    /// `a.b = …` made `a`.
    Dotted,
    /// `{ … }`.
    Inline,
}

/// Most tables of a plan have no more keys.
const USUAL_ENTRIES: usize = 6;

#[derive(Debug, Default)]
pub struct Table<'s> {
    pub entries: Vec<Entry<'s>>,
    pub origin: Origin,
    /// The header, the braces, or the key that made it.
    pub span: Span,
}

#[derive(Debug)]
pub struct Entry<'s> {
    pub key: Key<'s>,
    pub value: Value<'s>,
}

#[derive(Debug, Clone)]
pub struct Key<'s> {
    pub name: Text<'s>,
    pub span: Span,
}

#[derive(Debug)]
pub enum Value<'s> {
    Scalar(Scalar<'s>),
    Array(Array<'s>),
    Table(Table<'s>),
    /// `[[name]]`, as often as it stands there.
    Tables(Vec<Table<'s>>),
}

#[derive(Debug)]
pub struct Scalar<'s> {
    pub kind: ScalarKind,
    /// A string's content; a number without its underscores and radix; any other as written.
    pub text: Text<'s>,
    /// Nothing in the text would steer a terminal.
    pub is_readable: bool,
    pub span: Span,
}

#[derive(Debug, Default)]
pub struct Array<'s> {
    pub items: Vec<Value<'s>>,
    /// From bracket to bracket.
    pub span: Span,
}

impl<'s> Table<'s> {
    pub fn at(origin: Origin, span: Span) -> Self {
        Self {
            entries: Vec::with_capacity(USUAL_ENTRIES),
            origin,
            span,
        }
    }

    pub fn position(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key.name == name)
    }

    pub fn get(&self, name: &str) -> Option<&Entry<'s>> {
        self.position(name).map(|index| &self.entries[index])
    }
}

impl<'s> Value<'s> {
    pub fn span(&self) -> Span {
        match self {
            Self::Scalar(scalar) => scalar.span,
            Self::Array(array) => array.span,
            Self::Table(table) => table.span,
            Self::Tables(tables) => tables
                .first()
                .map_or_else(Span::default, |first| first.span),
        }
    }

    /// What it is, in a reader's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Scalar(scalar) => match scalar.kind {
                ScalarKind::String => "text",
                ScalarKind::Boolean(_) => "a boolean",
                ScalarKind::DateTime => "a date",
                ScalarKind::Float => "a decimal number",
                ScalarKind::Integer(_) => "a number",
            },
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Tables(_) => "a list of tables",
        }
    }

    fn item(&self, index: usize) -> Option<Node<'_, 's>> {
        match self {
            Self::Array(array) => array.items.get(index).map(Node::Value),
            Self::Tables(tables) => tables.get(index).map(Node::Table),
            Self::Scalar(_) | Self::Table(_) => None,
        }
    }
}

/// Something a [`Place`] leads to.
#[derive(Clone, Copy)]
enum Node<'d, 's> {
    Table(&'d Table<'s>),
    Value(&'d Value<'s>),
}

impl<'d, 's> Node<'d, 's> {
    fn table(self) -> Option<&'d Table<'s>> {
        match self {
            Self::Table(table) | Self::Value(Value::Table(table)) => Some(table),
            Self::Value(_) => None,
        }
    }

    fn step(self, step: Step) -> Option<Self> {
        match step {
            Step::Key(key) => self
                .table()?
                .get(key)
                .map(|entry| Node::Value(&entry.value)),
            Step::Index(index) => match self {
                Self::Value(value) => value.item(index),
                Self::Table(_) => None,
            },
        }
    }

    fn span(self) -> Span {
        match self {
            Self::Table(table) => table.span,
            Self::Value(value) => value.span(),
        }
    }
}

impl<'s> Document<'s> {
    /// The table at `place`.
    pub fn table(&self, place: &Place) -> Option<&Table<'s>> {
        let mut node = Node::Table(&self.root);
        for step in place.steps() {
            node = node.step(*step)?;
        }
        node.table()
    }

    /// Every value below a table named `extra`, with the way to it, in order: what is the user's own.
    pub fn extras(&self) -> Vec<String> {
        let mut found = Vec::new();
        extras(&self.root, &mut String::new(), false, &mut found);
        found.sort();
        found
    }

    /// The same of one table, with the way from there.
    pub fn extras_of(table: &Table<'_>) -> Vec<String> {
        let mut found = Vec::new();
        extras(table, &mut String::new(), false, &mut found);
        found
    }

    /// The bytes of what stands at `place`, or of the nearest thing around it that is there.
    pub fn locate(&self, place: &Place) -> Span {
        let mut node = Node::Table(&self.root);
        for step in place.steps() {
            match node.step(*step) {
                Some(next) => node = next,
                None => break,
            }
        }
        node.span()
    }
}

/// `way` is the way to the table, and is left as it was.
fn extras(table: &Table<'_>, way: &mut String, inside: bool, found: &mut Vec<String>) {
    for entry in &table.entries {
        let inside = inside || entry.key.name == "extra";
        if !inside && matches!(entry.value, Value::Scalar(_)) {
            continue;
        }
        let length = way.len();
        way.push('.');
        way.push_str(&entry.key.name);
        extra_values(&entry.value, way, inside, found);
        way.truncate(length);
    }
}

fn extra_values(value: &Value<'_>, way: &mut String, inside: bool, found: &mut Vec<String>) {
    let length = way.len();
    match value {
        Value::Scalar(scalar) if inside => found.push(format!("{way} = {}", scalar.text)),
        Value::Scalar(_) => {}
        Value::Table(table) => extras(table, way, inside, found),
        Value::Tables(tables) => {
            for (index, table) in tables.iter().enumerate() {
                let _ = write!(way, "[{index}]");
                extras(table, way, inside, found);
                way.truncate(length);
            }
        }
        Value::Array(array) => {
            for (index, item) in array.items.iter().enumerate() {
                if inside || !matches!(item, Value::Scalar(_)) {
                    let _ = write!(way, "[{index}]");
                    extra_values(item, way, inside, found);
                    way.truncate(length);
                }
            }
        }
    }
}
