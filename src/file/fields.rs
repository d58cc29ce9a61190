//! Reads a table of the plan file as a record of the plan format, and collects all errors in the table.

mod levels;
mod timescales;
mod values;

pub use timescales::join;

use std::{borrow::Cow, ops::Range};

use toml::{
    Spanned,
    de::{DeString, DeValue},
};

use super::{
    extra::plain_table,
    tree::{TableAt, Tree, table_at},
};
use crate::{
    checks::{Finding, MOST_FAULTS},
    model::{Day, Extra, Key, KeyValue, Level, MOST_KEYS, ReadTable, Record, Rule, Shape, one_of},
};

type Value<'s> = Spanned<DeValue<'s>>;

/// The name of the table with keys that users define themselves.
const EXTRA: &str = "extra";

/// A reader that finds the value of each key in one table of the plan file, and collects the errors.
pub struct Fields<'t> {
    tree: &'t Tree<'t>,
    table: TableAt<'t, 't>,
    /// The name of the table in messages.
    name: Cow<'static, str>,
    keys: &'static [Key],
    /// The value of each key in `keys`, at the same index. A value is `None` if the table does not have the key.
    values: [Option<&'t Value<'t>>; MOST_KEYS],
    /// The day from which a length of time such as “within six months” is counted. `None` if this day is not known.
    since: Option<Day>,
    faults: &'t mut Vec<Finding>,
}

impl<'t> Fields<'t> {
    /// Reads a table as a record of type `T`, and adds the errors to `faults`. Returns `None` if the record cannot be
    /// read.
    pub fn read<T: Record>(
        tree: &'t Tree<'t>,
        table: TableAt<'t, 't>,
        since: Option<Day>,
        faults: &'t mut Vec<Finding>,
    ) -> Option<T> {
        Self::new(tree, table, (T::NAME.into(), T::KEYS), since, faults).record()
    }

    fn new(
        tree: &'t Tree<'t>,
        table: TableAt<'t, 't>,
        (name, keys): (Cow<'static, str>, &'static [Key]),
        since: Option<Day>,
        faults: &'t mut Vec<Finding>,
    ) -> Self {
        Self { tree, table, name, keys, values: [None; MOST_KEYS], since, faults }
    }

    fn record<T: Record>(mut self) -> Option<T> {
        self.take_values();
        for at in 0..self.keys.len() {
            if self.keys[at].is_needed {
                self.require(at);
            }
        }
        T::read(&mut self)
    }

    /// Stores the values of the table, and adds an error for each unknown key.
    fn take_values(&mut self) {
        let (keys, table) = (self.keys, self.table.keys);
        for (written, value) in table {
            let name = written.get_ref().as_ref();
            match keys.iter().position(|key| key.name == name) {
                Some(at) => self.values[at] = Some(value),
                None => self.unknown(written, value, keys.iter().map(|key| key.name)),
            }
        }
    }

    /// Adds an error for an unknown key. The error suggests a similar key from `known`.
    fn unknown<'k>(
        &mut self,
        written: &Spanned<DeString<'_>>,
        value: &'t Value<'t>,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let name = written.get_ref().as_ref();
        if name == EXTRA {
            self.own_table(value);
            return;
        }
        if self.faults.len() > MOST_FAULTS {
            return;
        }
        // The key `extra` is suggested only if the table already has it, because a mistyped key rarely means `extra`.
        let extra = self.table.keys.contains_key(EXTRA).then_some(EXTRA);
        let known = known.filter(|key| *key != EXTRA);
        let title = format!("unknown key `{name}` in {}", self.name);
        let finding = Finding::new(Rule::UnknownKey, self.tree.bytes(written.span()), title)
            .label("this key does not exist")
            .help(one_of("key", name, known.chain(extra)));
        self.fault(finding);
    }

    /// Returns the name and the value of the key at the index `at`, or `None` if the table does not have this key.
    fn get(&self, at: usize) -> Option<(&'static str, &'t Value<'t>)> {
        Some((self.keys[at].name, self.values[at]?))
    }

    /// Returns the value of the key at the index `at` as a table. Adds an error if the value is not a table.
    fn table_of(&mut self, at: usize) -> Option<TableAt<'t, 't>> {
        let (key, value) = self.get(at)?;
        self.must_be(table_at(value), (key, value), "a table")
    }

    /// Returns the position of a value in the whole text of the file, in bytes.
    fn bytes(&self, value: &Value<'_>) -> Range<usize> {
        self.tree.bytes(value.span())
    }

    fn fault(&mut self, finding: Finding) {
        if self.faults.len() <= MOST_FAULTS {
            self.faults.push(finding);
        }
    }

    /// Returns the value if `read` is `Ok`. If `read` is an error, adds the error to `faults` and returns `None`.
    fn noted<T>(&mut self, read: Result<T, Finding>) -> Option<T> {
        read.map_err(|fault| self.fault(fault)).ok()
    }

    fn own_table(&mut self, value: &'t Value<'t>) -> Extra {
        let table = self.must_be(value.get_ref().as_table(), (EXTRA, value), "a table");
        table.map(|table| plain_table(self.tree, table)).unwrap_or_default()
    }
}

impl ReadTable for Fields<'_> {
    fn is_empty(&self) -> bool {
        self.table.keys.is_empty()
    }

    fn has_one_of(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.table.keys.contains_key(*key))
    }

    fn has(&self, at: usize) -> bool {
        self.values[at].is_some()
    }

    fn require(&mut self, at: usize) {
        if self.has(at) {
            return;
        }
        let key = &self.keys[at];
        let example = key.example.map_or_else(|| key.shape.example(), str::to_owned);
        self.incomplete(
            format!("`{key}` is missing in {}", self.name),
            &format!("needs `{key}`"),
            &format!("add `{key} = {example}`"),
        );
    }

    fn incomplete(&mut self, title: String, label: &str, help: &str) {
        let at = self.tree.bytes(self.table.span.clone());
        self.fault(Finding::new(Rule::MissingKey, at, title).label(label).help(help));
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn refuse(&mut self, key: &str, help: &str) {
        if let Some((written, _)) = self.table.keys.get_key_value(key) {
            let at = self.tree.bytes(written.span());
            let title = format!("`{key}` is not allowed in {}", self.name);
            self.fault(Finding::new(Rule::UnknownKey, at, title).help(help));
        }
    }

    fn count_from(&mut self, day: Option<KeyValue<'_>>) {
        if let Some(KeyValue::Day(day)) = day {
            self.since = self.since.max(Some(day));
        }
    }

    fn value(&mut self, at: usize) -> Option<KeyValue<'static>> {
        let Key { name: key, shape, range, .. } = self.keys[at];
        if let Shape::Timescale = shape {
            let timescale = self.timescale(at)?;
            return Some(KeyValue::Timescale(Cow::Owned(timescale)));
        }
        let value = self.values[at]?;
        Some(match shape {
            Shape::Text => KeyValue::Text(self.readable(key, value)?.into()),
            Shape::Id => KeyValue::Id(Cow::Owned(self.id(key, value)?)),
            Shape::Word(words) => KeyValue::Word(self.word_of(words, key, key, value)?),
            Shape::AmendKey(words) => {
                self.word_of(words, key, key, value)?;
                KeyValue::Text(self.string(key, value)?.to_owned().into())
            }
            Shape::Day => KeyValue::Day(self.day(key, value)?),
            Shape::Period => KeyValue::Period(self.period(key, value)?),
            Shape::Owners => KeyValue::Owners(Cow::Owned(self.names(key, value)?.into())),
            Shape::Texts => KeyValue::Texts(self.texts(key, value)?.into()),
            Shape::Number => KeyValue::Number(self.number(key, value, range)?),
            Shape::Truth => {
                let truth = value.get_ref().as_bool();
                KeyValue::Truth(self.must_be(truth, (key, value), "true or false")?)
            }
            Shape::Timescale
            | Shape::Table(_)
            | Shape::Tables(_)
            | Shape::Numbers
            | Shape::Levels
            | Shape::Extra => return None,
        })
    }

    fn table<T: Record>(&mut self, at: usize) -> Option<T> {
        let table = self.table_of(at)?;
        let key = &self.keys[at];
        let name = if T::NAME.is_empty() { format!("`{key}`").into() } else { T::NAME.into() };
        Fields::new(self.tree, table, (name, T::KEYS), self.since, self.faults).record()
    }

    /// Reads a list of tables. If one element cannot be read, the whole list is empty, because the other elements would
    /// have wrong indexes.
    fn list<T: Record>(&mut self, at: usize) -> Vec<T> {
        let Some((key, value)) = self.get(at) else { return Vec::new() };
        let items = self.must_be(value.get_ref().as_array(), (key, value), "a list of tables");
        let Some(items) = items else { return Vec::new() };
        let mut entries = Some(Vec::with_capacity(items.len()));
        for item in items {
            let table = self.entry(key, item);
            let entry =
                table.and_then(|table| Fields::read(self.tree, table, self.since, self.faults));
            match (entry, &mut entries) {
                (Some(entry), Some(entries)) => entries.push(entry),
                _ => entries = None,
            }
        }
        entries.unwrap_or_default()
    }

    fn levels(&mut self, at: usize) -> Vec<(Rule, Level)> {
        self.levels_of_rules(at).unwrap_or_default()
    }

    fn numbers(&mut self, at: usize) -> Vec<(String, u32)> {
        self.numbers_by_name(at).unwrap_or_default()
    }

    fn extra(&mut self, at: usize) -> Extra {
        self.values[at].map(|value| self.own_table(value)).unwrap_or_default()
    }
}
