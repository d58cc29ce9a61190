//! From TOML's events to a [`Document`]: which keys may be defined where, and every scalar valid.

use std::vec::Drain;

use toml_parser::{
    ErrorSink, Source, Span,
    decoder::{Encoding, ScalarKind},
    lexer::{Token, TokenKind},
    parser::{EventReceiver, parse_document},
};

use super::{
    document::{Array, Document, Entry, Key, Origin, Scalar, Table, Value},
    fault::{Fault, SyntaxFaults},
    parts::Part,
};
use crate::model::{NotAPeriod, Period, Rule, Text, has_forbidden, text};

/// Keys, arrays and tables may be nested this deep; no plan comes near.
const MAX_DEPTH: usize = 64;

/// Parses all of `text`, and goes on after an error so that every fault is gathered.
pub fn parse<'s>(text: &'s str, faults: &mut Vec<Fault>) -> Document<'s> {
    parse_by_headers(Builder::of(Part { text, start: 0 }), faults)
}

/// Parses a part of a text, and gives away each element of the list `[[name]]` at its top as soon as it
/// is whole: when the next one begins, or the part ends. The document is left without them.
pub fn parse_giving_away<'s>(
    part: Part<'s>,
    name: &'static str,
    done: &mut dyn FnMut(Table<'s>),
    faults: &mut Vec<Fault>,
) -> Document<'s> {
    let mut builder = Builder::of(part);
    builder.given_away = Some(GivenAway { name, done });
    parse_by_headers(builder, faults)
}

/// Parses of a sound text only some elements of the list `[[name]]` at the top: those that are `wanted`.
/// Each of the others is an empty table, and nothing else is there. `starts` says where each begins.
pub fn parse_some<'s>(
    text: &'s str,
    name: &'static str,
    starts: &[usize],
    wanted: impl Fn(usize) -> bool,
) -> Document<'s> {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends).enumerate();
    let tables = parts.map(|(index, (&start, end))| {
        let mut whole = Table::default();
        if wanted(index) {
            let text = &text[start..end];
            let mut done = |table| whole = table;
            parse_giving_away(Part { text, start }, name, &mut done, &mut Vec::new());
        }
        whole
    });
    let key = Key {
        name: Text::Borrowed(name),
        span: Span::default(),
    };
    let value = Value::Tables(tables.collect());
    let mut document = Document::default();
    document.root.entries.push(Entry { key, value });
    document
}

/// The grammar of TOML knows nothing of a line's header above it, so that the text can be parsed from
/// header to header: the tokens between two are all that is in memory at once. A header is a line that begins
/// with `[` outside of every bracket.
fn parse_by_headers<'s>(mut builder: Builder<'s, '_>, faults: &mut Vec<Fault>) -> Document<'s> {
    let source = builder.source;
    let mut sink = SyntaxFaults {
        faults,
        end: source.input().len(),
    };
    let mut below_header = |tokens: &[Token], builder: &mut Builder<'s, '_>| {
        parse_document(tokens, builder, &mut sink);
    };
    let mut tokens = Vec::new();
    let mut depth: usize = 0;
    let mut at_line_start = true;
    for token in source.lex() {
        let kind = token.kind();
        if at_line_start && depth == 0 && kind == TokenKind::LeftSquareBracket {
            below_header(&tokens, &mut builder);
            tokens.clear();
        }
        match kind {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        at_line_start = kind == TokenKind::Newline;
        tokens.push(token);
    }
    below_header(&tokens, &mut builder);
    builder.finish(faults)
}

/// A list at the top of the file whose elements are not kept.
struct GivenAway<'s, 'd> {
    name: &'static str,
    done: &'d mut dyn FnMut(Table<'s>),
}

/// An array or inline table whose end has not been seen.
enum Open<'s> {
    Array(Array<'s>),
    Table {
        table: Table<'s>,
        /// Where, among the keys being read, those of this table begin.
        keys_from: usize,
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

struct Builder<'s, 'd> {
    source: Source<'s>,
    /// Where the source begins in the file: places are those of the file.
    base: usize,
    document: Document<'s>,
    /// The table that the last header opened; `None` when that header was in error.
    current: Option<Vec<Descent>>,
    header: Option<Header>,
    /// The parts of the keys being read: of the present line or header, then of each open table in it.
    keys: Vec<Key<'s>>,
    after_dot: bool,
    open: Vec<Open<'s>>,
    faults: Vec<Fault>,
    given_away: Option<GivenAway<'s, 'd>>,
}

impl<'s> Builder<'s, '_> {
    fn of(part: Part<'s>) -> Self {
        Self {
            source: Source::new(part.text),
            base: part.start,
            document: Document::default(),
            current: Some(Vec::new()),
            header: None,
            keys: Vec::new(),
            after_dot: false,
            open: Vec::new(),
            faults: Vec::new(),
            given_away: None,
        }
    }

    fn finish(mut self, faults: &mut Vec<Fault>) -> Document<'s> {
        self.close_all();
        self.give_away_last();
        faults.append(&mut self.faults);
        self.document
    }

    /// After an error an array or table may never have been closed.
    fn close_all(&mut self) {
        while let Some(open) = self.open.pop() {
            match open {
                Open::Array(array) => self.value(Value::Array(array)),
                Open::Table { table, keys_from } => self.close_table(table, keys_from),
            }
        }
    }

    /// A key of the table that was left without a value goes with it.
    fn close_table(&mut self, table: Table<'s>, keys_from: usize) {
        self.keys.truncate(keys_from);
        self.value(Value::Table(table));
    }

    /// Whether what opened last is to be looked into.
    fn is_shallow(&mut self, what: &str, span: Span) -> bool {
        let shallow = self.open.len() <= MAX_DEPTH;
        if !shallow {
            self.too_deep(what, span);
        }
        shallow
    }

    fn too_deep(&mut self, what: &str, span: Span) {
        let title = format!("{what} is nested too deeply");
        self.faults.push(Fault::new(Rule::Syntax, span, title));
    }

    /// A place of the source as one of the file.
    fn placed(&self, span: Span) -> Span {
        Span::new_unchecked(span.start() + self.base, span.end() + self.base)
    }

    /// Where the key being read begins among the keys: those of the table around it that is open last.
    fn keys_from(&self) -> usize {
        let from = |open: &Open<'s>| match open {
            Open::Table { keys_from, .. } => Some(*keys_from),
            Open::Array(_) => None,
        };
        self.open.iter().rev().find_map(from).unwrap_or(0)
    }

    fn open_header(&mut self, span: Span, is_array: bool) {
        self.close_all();
        self.keys.clear();
        self.header = Some(Header {
            start: self.placed(span).start(),
            is_array,
        });
    }

    fn close_header(&mut self, span: Span) {
        let Some(header) = self.header.take() else {
            return;
        };
        if header.is_array
            && let [key] = self.keys.as_slice()
            && self
                .given_away
                .as_ref()
                .is_some_and(|away| key.name == away.name)
        {
            self.give_away_last();
        }
        let span = Span::new_unchecked(header.start, self.placed(span).end());
        self.current = define(
            &mut self.document.root,
            &self.keys,
            header.is_array,
            span,
            &mut self.faults,
        );
        self.keys.clear();
    }

    /// The last element of the list that is given away is whole: no line below can add to it.
    fn give_away_last(&mut self) {
        let Some(away) = &mut self.given_away else {
            return;
        };
        let root = &mut self.document.root;
        let Some(index) = root.position(away.name) else {
            return;
        };
        if let Value::Tables(tables) = &mut root.entries[index].value
            && let Some(whole) = tables.pop()
        {
            (away.done)(whole);
        }
    }

    fn value(&mut self, value: Value<'s>) {
        match self.open.last_mut() {
            Some(Open::Array(array)) => array.items.push(value),
            Some(Open::Table { table, keys_from }) => {
                let keys = self.keys.drain(*keys_from..);
                insert(table, keys, value, &mut self.faults);
            }
            None => {
                let keys = self.keys.drain(..);
                if let Some(current) = &self.current {
                    let table = enter(&mut self.document.root, current);
                    insert(table, keys, value, &mut self.faults);
                }
            }
        }
    }
}

impl EventReceiver for Builder<'_, '_> {
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
        let span = self.placed(span);
        let table = Table::at(Origin::Inline, span);
        let keys_from = self.keys.len();
        self.open.push(Open::Table { table, keys_from });
        self.is_shallow("the table", span)
    }

    fn inline_table_close(&mut self, span: Span, _errors: &mut dyn ErrorSink) {
        if let Some(Open::Table { .. }) = self.open.last()
            && let Some(Open::Table {
                mut table,
                keys_from,
            }) = self.open.pop()
        {
            table.span = table.span.append(self.placed(span));
            self.close_table(table, keys_from);
        }
    }

    fn array_open(&mut self, span: Span, _errors: &mut dyn ErrorSink) -> bool {
        let items = Vec::new();
        let span = self.placed(span);
        self.open.push(Open::Array(Array { items, span }));
        self.is_shallow("the list", span)
    }

    fn array_close(&mut self, span: Span, _errors: &mut dyn ErrorSink) {
        if let Some(Open::Array(_)) = self.open.last()
            && let Some(Open::Array(mut array)) = self.open.pop()
        {
            array.span = array.span.append(self.placed(span));
            self.value(Value::Array(array));
        }
    }

    fn simple_key(&mut self, span: Span, kind: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let raw = text_of(self.source, span);
        let name = if kind.is_none() && is_plain_key(raw) {
            Text::Borrowed(raw)
        } else {
            let mut name = Text::Borrowed("");
            toml_parser::Raw::new_unchecked(raw, kind, span).decode_key(&mut name, errors);
            name
        };
        let continues = std::mem::take(&mut self.after_dot);
        let span = self.placed(span);
        let from = self.keys_from();
        if !continues {
            self.keys.truncate(from);
        }
        if self.keys.len() - from < MAX_DEPTH {
            self.keys.push(Key { name, span });
        } else {
            self.too_deep("the key", span);
        }
    }

    fn key_sep(&mut self, _span: Span, _errors: &mut dyn ErrorSink) {
        self.after_dot = true;
    }

    fn key_val_sep(&mut self, _span: Span, _errors: &mut dyn ErrorSink) {
        self.after_dot = false;
    }

    fn scalar(&mut self, span: Span, kind: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let raw = text_of(self.source, span);
        if let Some((plain, is_readable)) = kind.and_then(|kind| plain_text(raw, kind)) {
            return self.value(Value::Scalar(Scalar {
                kind: ScalarKind::String,
                is_readable,
                text: Text::Borrowed(plain),
                span: self.placed(span),
            }));
        }
        let mut text = Text::Borrowed("");
        let raw = toml_parser::Raw::new_unchecked(raw, kind, span);
        let kind = raw.decode_scalar(&mut text, errors);
        check_scalar(kind, &text, span, &mut self.faults);
        self.value(Value::Scalar(Scalar {
            kind,
            is_readable: !has_forbidden(&text),
            text,
            span: self.placed(span),
        }));
    }

    fn comment(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        let raw = text_of(self.source, span);
        if text::kinds_of_bytes(raw) & (text::CONTROL | text::CARRIAGE_RETURN) != 0 {
            toml_parser::Raw::new_unchecked(raw, None, span).decode_comment(errors);
        }
    }

    fn newline(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        let raw = text_of(self.source, span);
        if raw != "\n" {
            toml_parser::Raw::new_unchecked(raw, None, span).decode_newline(errors);
        }
    }
}

/// What a string means where that is what it says, nothing in it being escaped or refused; and whether
/// it can be read without harm.
fn plain_text(raw: &str, encoding: Encoding) -> Option<(&str, bool)> {
    let quotes = match encoding {
        Encoding::BasicString | Encoding::LiteralString => 1,
        Encoding::MlBasicString | Encoding::MlLiteralString => 3,
    };
    let (open, rest) = raw.split_at_checked(quotes)?;
    let plain = rest.strip_suffix(open)?;
    let kinds = text::kinds_of_bytes(plain);
    if kinds & (text::CONTROL | text::BACKSLASH | text::CARRIAGE_RETURN) != 0 {
        return None;
    }
    let is_readable = kinds & text::MAY_BEGIN_MARK == 0 || !text::has_mark(plain);
    let plain = match plain.strip_prefix('\n') {
        Some(rest) if quotes == 3 => rest,
        _ => plain,
    };
    Some((plain, is_readable))
}

/// Whether a key without quotes needs no look at its characters.
fn is_plain_key(raw: &str) -> bool {
    let plain = raw.bytes().map(|byte| PLAIN[usize::from(byte)]);
    !raw.is_empty() && plain.fold(true, |all, plain| all & plain)
}

/// The bytes that a key without quotes is made of.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = (byte as u8).is_ascii_alphanumeric() || byte == 0x2d || byte == 0x5f;
        byte += 1;
    }
    plain
};

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
        // Every day of the calendar is one of TOML's.
        ScalarKind::DateTime if matches!(Period::parse(text), Ok(Period::Day(_))) => {}
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
    mut keys: Drain<'_, Key<'s>>,
    value: Value<'s>,
    faults: &mut Vec<Fault>,
) {
    let Some(last) = keys.next_back() else {
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
