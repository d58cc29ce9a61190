//! From TOML's events to a [`Document`]: which keys may be defined where, and every scalar valid.

use toml_parser::{
    ErrorSink, Source, Span,
    decoder::{Encoding, ScalarKind},
    parser::{EventReceiver, RecursionGuard, ValidateWhitespace, parse_document},
};

use super::{
    document::{Array, Document, Entry, Key, Origin, Scalar, Table, Value},
    fault::{Fault, SyntaxFaults},
};
use crate::model::{NotAPeriod, Period, Rule, Text};

/// Keys, arrays and tables may be nested this deep; no plan comes near.
const MAX_DEPTH: u32 = 64;

/// Parses all of `text`, and goes on after an error so that every fault is gathered.
pub fn parse<'s>(text: &'s str, faults: &mut Vec<Fault>) -> Document<'s> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut builder = Builder::new(source);
    let mut sink = SyntaxFaults {
        faults,
        end: text.len(),
    };
    let mut guarded = RecursionGuard::new(&mut builder, MAX_DEPTH);
    let mut receiver = ValidateWhitespace::new(&mut guarded, source);
    parse_document(&tokens, &mut receiver, &mut sink);
    builder.finish(faults)
}

/// An array or inline table whose end has not been seen.
enum Open<'s> {
    Array(Array<'s>),
    Table {
        table: Table<'s>,
        keys: Vec<Key<'s>>,
    },
}

/// A header whose end has not been seen.
struct Header {
    start: usize,
    is_array: bool,
}

/// Where the table that key-value lines go to hangs: entries to enter, and elements of `[[…]]`.
#[derive(Clone, Copy)]
enum Descent {
    Entry(usize),
    LastOf(usize),
}

struct Builder<'s> {
    source: Source<'s>,
    document: Document<'s>,
    /// The table that the last header opened; `None` when that header was in error.
    current: Option<Vec<Descent>>,
    header: Option<Header>,
    /// The key being read on the present line or header.
    keys: Vec<Key<'s>>,
    after_dot: bool,
    open: Vec<Open<'s>>,
    faults: Vec<Fault>,
}

impl<'s> Builder<'s> {
    fn new(source: Source<'s>) -> Self {
        Self {
            source,
            document: Document::default(),
            current: Some(Vec::new()),
            header: None,
            keys: Vec::new(),
            after_dot: false,
            open: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn finish(mut self, faults: &mut Vec<Fault>) -> Document<'s> {
        self.close_all();
        faults.append(&mut self.faults);
        self.document
    }

    /// After an error an array or table may never have been closed.
    fn close_all(&mut self) {
        while let Some(open) = self.open.pop() {
            let value = match open {
                Open::Array(array) => Value::Array(array),
                Open::Table { table, .. } => Value::Table(table),
            };
            self.value(value);
        }
    }

    fn keys(&mut self) -> &mut Vec<Key<'s>> {
        match self.open.last_mut() {
            Some(Open::Table { keys, .. }) => keys,
            _ => &mut self.keys,
        }
    }

    fn open_header(&mut self, span: Span, is_array: bool) {
        self.close_all();
        self.keys.clear();
        self.header = Some(Header {
            start: span.start(),
            is_array,
        });
    }

    fn close_header(&mut self, span: Span) {
        let Some(header) = self.header.take() else {
            return;
        };
        let keys = std::mem::take(&mut self.keys);
        let span = Span::new_unchecked(header.start, span.end());
        self.current = define(
            &mut self.document.root,
            &keys,
            header.is_array,
            span,
            &mut self.faults,
        );
    }

    fn value(&mut self, value: Value<'s>) {
        match self.open.last_mut() {
            Some(Open::Array(array)) => array.items.push(value),
            Some(Open::Table { table, keys }) => {
                let keys = std::mem::take(keys);
                insert(table, keys, value, &mut self.faults);
            }
            None => {
                let keys = std::mem::take(&mut self.keys);
                if let Some(current) = &self.current {
                    let table = enter(&mut self.document.root, current);
                    insert(table, keys, value, &mut self.faults);
                }
            }
        }
    }
}

impl EventReceiver for Builder<'_> {
    fn std_table_open(&mut self, span: Span, _errors: &mut dyn ErrorSink) {
        self.open_header(span, false);
    }

    fn std_table_close(&mut self, span: Span, _errors: &mut dyn ErrorSink) {
        self.close_header(span);
    }

    fn array_table_open(&mut self, span: Span, _errors: &mut dyn ErrorSink) {
        self.open_header(span, true);
    }

    fn array_table_close(&mut self, span: Span, _errors: &mut dyn ErrorSink) {
        self.close_header(span);
    }

    fn inline_table_open(&mut self, span: Span, _errors: &mut dyn ErrorSink) -> bool {
        let table = Table::at(Origin::Inline, span);
        let keys = Vec::new();
        self.open.push(Open::Table { table, keys });
        true
    }

    fn inline_table_close(&mut self, span: Span, _errors: &mut dyn ErrorSink) {
        if let Some(Open::Table { .. }) = self.open.last()
            && let Some(Open::Table { mut table, .. }) = self.open.pop()
        {
            table.span = table.span.append(span);
            self.value(Value::Table(table));
        }
    }

    fn array_open(&mut self, span: Span, _errors: &mut dyn ErrorSink) -> bool {
        let items = Vec::new();
        self.open.push(Open::Array(Array { items, span }));
        true
    }

    fn array_close(&mut self, span: Span, _errors: &mut dyn ErrorSink) {
        if let Some(Open::Array(_)) = self.open.last()
            && let Some(Open::Array(mut array)) = self.open.pop()
        {
            array.span = array.span.append(span);
            self.value(Value::Array(array));
        }
    }

    fn simple_key(&mut self, span: Span, kind: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let raw = toml_parser::Raw::new_unchecked(text_of(self.source, span), kind, span);
        let mut name = Text::Borrowed("");
        raw.decode_key(&mut name, errors);
        let continues = std::mem::take(&mut self.after_dot);
        let keys = self.keys();
        if !continues {
            keys.clear();
        }
        if keys.len() < MAX_DEPTH as usize {
            keys.push(Key { name, span });
        } else {
            let fault = Fault::new(Rule::Syntax, span, "the key is nested too deeply");
            self.faults.push(fault);
        }
    }

    fn key_sep(&mut self, _span: Span, _errors: &mut dyn ErrorSink) {
        self.after_dot = true;
    }

    fn key_val_sep(&mut self, _span: Span, _errors: &mut dyn ErrorSink) {
        self.after_dot = false;
    }

    fn scalar(&mut self, span: Span, kind: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let raw = toml_parser::Raw::new_unchecked(text_of(self.source, span), kind, span);
        let mut text = Text::Borrowed("");
        let kind = raw.decode_scalar(&mut text, errors);
        check_scalar(kind, &text, span, &mut self.faults);
        self.value(Value::Scalar(Scalar { kind, text, span }));
    }
}

fn text_of<'s>(source: Source<'s>, span: Span) -> &'s str {
    source.input().get(span.start()..span.end()).unwrap_or("")
}

/// What the grammar lets through but no calendar or machine has.
fn check_scalar(kind: ScalarKind, text: &str, span: Span, faults: &mut Vec<Fault>) {
    match kind {
        ScalarKind::String | ScalarKind::Boolean(_) => {}
        ScalarKind::Integer(radix) => {
            if i64::from_str_radix(text, radix.value()).is_err() {
                faults.push(Fault::new(Rule::Syntax, span, "the number is too large"));
            }
        }
        ScalarKind::Float => {
            if text.parse::<f64>().is_err() {
                faults.push(Fault::new(Rule::Syntax, span, "not a number"));
            }
        }
        ScalarKind::DateTime => {
            if let Err(refused) = text.parse::<toml_datetime::Datetime>() {
                faults.push(bad_date(text, span, &refused.to_string()));
            }
        }
    }
}

fn bad_date(text: &str, span: Span, refused: &str) -> Fault {
    match Period::parse(text) {
        Ok(_) => Fault::new(Rule::BadDate, span, "a month without quotes")
            .label("TOML has days, not months")
            .help(format!("write it in quotes: `\"{text}\"`")),
        Err(NotAPeriod::Unrecognised) => Fault::new(Rule::BadDate, span, refused),
        Err(reason) => Fault::new(Rule::BadDate, span, reason.to_string()),
    }
}

fn enter<'t, 's>(root: &'t mut Table<'s>, descents: &[Descent]) -> &'t mut Table<'s> {
    let mut table = root;
    for descent in descents {
        let (index, into_last) = match descent {
            Descent::Entry(index) => (*index, false),
            Descent::LastOf(index) => (*index, true),
        };
        table = match (&mut table.entries[index].value, into_last) {
            (Value::Table(inner), false) => inner,
            (Value::Tables(tables), true) if !tables.is_empty() => {
                let last = tables.len() - 1;
                &mut tables[last]
            }
            _ => unreachable!("a descent is made from the tree it enters"),
        };
    }
    table
}

/// Opens the table of a header; the way to it, or `None` with a fault reported.
fn define<'s>(
    root: &mut Table<'s>,
    keys: &[Key<'s>],
    is_array: bool,
    span: Span,
    faults: &mut Vec<Fault>,
) -> Option<Vec<Descent>> {
    let (last, parents) = keys.split_last()?;
    let mut way = Vec::with_capacity(keys.len());
    let mut table = root;
    for key in parents {
        let descent = super_table(table, key, faults)?;
        way.push(descent);
        table = enter(table, &[descent]);
    }
    let existing = table.position(&last.name);
    let Some(index) = existing else {
        let new = Table::at(Origin::Header, span);
        let value = if is_array {
            Value::Tables(vec![new])
        } else {
            Value::Table(new)
        };
        table.entries.push(Entry {
            key: last.clone(),
            value,
        });
        way.push(descent_into(table, table.entries.len() - 1));
        return Some(way);
    };
    let entry = &mut table.entries[index];
    match &mut entry.value {
        Value::Tables(tables) if is_array => tables.push(Table::at(Origin::Header, span)),
        Value::Table(implicit) if !is_array && implicit.origin == Origin::Implicit => {
            implicit.origin = Origin::Header;
            implicit.span = span;
            entry.key.span = last.span;
        }
        _ => {
            let earlier = entry.key.span;
            duplicate(last, earlier, faults);
            return None;
        }
    }
    way.push(descent_into(table, index));
    Some(way)
}

fn descent_into(table: &Table<'_>, index: usize) -> Descent {
    match table.entries[index].value {
        Value::Tables(_) => Descent::LastOf(index),
        _ => Descent::Entry(index),
    }
}

/// The way into the table `key` of a header's path, made if it is not there.
fn super_table<'s>(
    table: &mut Table<'s>,
    key: &Key<'s>,
    faults: &mut Vec<Fault>,
) -> Option<Descent> {
    let Some(index) = table.position(&key.name) else {
        table.entries.push(Entry {
            key: key.clone(),
            value: Value::Table(Table::at(Origin::Implicit, key.span)),
        });
        return Some(Descent::Entry(table.entries.len() - 1));
    };
    match &table.entries[index].value {
        Value::Tables(_) => Some(Descent::LastOf(index)),
        Value::Table(inner) if inner.origin != Origin::Inline => Some(Descent::Entry(index)),
        other => {
            not_extendable(key, other, faults);
            None
        }
    }
}

/// Puts `value` under a key that may be dotted.
fn insert<'s>(
    table: &mut Table<'s>,
    mut keys: Vec<Key<'s>>,
    value: Value<'s>,
    faults: &mut Vec<Fault>,
) {
    let Some(last) = keys.pop() else {
        return;
    };
    let mut table = table;
    for key in keys {
        let Some(index) = dotted_table(table, key, faults) else {
            return;
        };
        table = enter(table, &[Descent::Entry(index)]);
    }
    match table.get(&last.name) {
        Some(existing) => duplicate(&last, existing.key.span, faults),
        None => table.entries.push(Entry { key: last, value }),
    }
}

fn dotted_table<'s>(table: &mut Table<'s>, key: Key<'s>, faults: &mut Vec<Fault>) -> Option<usize> {
    let Some(index) = table.position(&key.name) else {
        let inner = Table::at(Origin::Dotted, key.span);
        table.entries.push(Entry {
            key,
            value: Value::Table(inner),
        });
        return Some(table.entries.len() - 1);
    };
    match &mut table.entries[index].value {
        Value::Table(inner) if matches!(inner.origin, Origin::Dotted | Origin::Implicit) => {
            // A header may no longer define what a dotted key has added to.
            inner.origin = Origin::Dotted;
            Some(index)
        }
        other => {
            not_extendable(&key, other, faults);
            None
        }
    }
}

fn duplicate(key: &Key<'_>, earlier: Span, faults: &mut Vec<Fault>) {
    faults.push(
        Fault::new(
            Rule::DuplicateKey,
            key.span,
            format!("`{}` is defined twice", key.name),
        )
        .label("defined again here")
        .related(earlier, "first defined here")
        .help("a key stands once in its table: keep one of the two"),
    );
}

fn not_extendable(key: &Key<'_>, existing: &Value<'_>, faults: &mut Vec<Fault>) {
    let title = format!(
        "`{}` is already {}, which cannot be added to here",
        key.name,
        existing.kind()
    );
    faults.push(
        Fault::new(Rule::DuplicateKey, key.span, title)
            .related(existing.span(), "first defined here"),
    );
}

#[cfg(test)]
#[path = "syntax_tests.rs"]
mod tests;
