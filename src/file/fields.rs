//! Reads one table by the keys of its record, and records all errors.

mod levels;
mod timescales;

pub use timescales::join;

use std::{borrow::Cow, cmp::Ordering, ops::Range};

use toml::{
    Spanned,
    de::{DeString, DeValue},
};

use super::{
    controls,
    extra::plain_table,
    tree::{TableAt, Tree, kind, table_at},
};
use crate::{
    checks::{Finding, MOST_FAULTS},
    model::{
        Day, Extra, Id, Key, KeyValue, Level, MOST_KEYS, Period, ReadTable, Record, Rule, Shape,
        Vocabulary, first_forbidden, misread, one_of, printable,
    },
};

type Value<'s> = Spanned<DeValue<'s>>;

/// The key of the user's own table, which every table may have.
const EXTRA: &str = "extra";

/// The values of one table, sorted by the keys of its record, and the list of errors to add to.
pub struct Fields<'t> {
    tree: &'t Tree<'t>,
    table: TableAt<'t, 't>,
    /// The name of the table in messages.
    name: Cow<'static, str>,
    keys: &'static [Key],
    /// The values that are present, by the index of their key.
    values: [Option<&'t Value<'t>>; MOST_KEYS],
    /// The day from which lengths of time count.
    since: Option<Day>,
    faults: &'t mut Vec<Finding>,
}

impl<'t> Fields<'t> {
    /// Reads a table. Records an error for every missing or unknown key.
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
        self.take_values(&T::BY_NAME);
        for at in 0..self.keys.len() {
            if self.keys[at].is_needed {
                self.require(at);
            }
        }
        T::read(&mut self)
    }

    /// Takes the values that are present. The keys of the table and those of the record are both walked in the order of
    /// their names.
    fn take_values(&mut self, by_name: &[u8]) {
        let keys = self.keys;
        let mut known = by_name[..keys.len()].iter().map(|at| usize::from(*at)).peekable();
        let table = self.table.keys;
        for (written, value) in table {
            let name = written.get_ref().as_ref();
            let order = loop {
                match known.peek().map(|at| keys[*at].name.cmp(name)) {
                    Some(Ordering::Less) => known.next(),
                    order => break order,
                };
            };
            match known.next_if(|_| order == Some(Ordering::Equal)) {
                Some(at) => self.values[at] = Some(value),
                None => self.unknown(written, value, keys.iter().map(|key| key.name)),
            }
        }
    }

    /// Records an error for a key that the record does not have.
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
            .label("not a key of the format")
            .help(one_of("key", name, known.chain(extra)));
        self.fault(finding);
    }

    /// Returns the name of the key at an index, and its value, if the value is present.
    fn get(&self, at: usize) -> Option<(&'static str, &'t Value<'t>)> {
        Some((self.keys[at].name, self.values[at]?))
    }

    /// Returns the position of a value in the whole text, in bytes.
    fn bytes(&self, value: &Value<'_>) -> Range<usize> {
        self.tree.bytes(value.span())
    }

    fn fault(&mut self, finding: Finding) {
        if self.faults.len() <= MOST_FAULTS {
            self.faults.push(finding);
        }
    }

    /// Returns the value if it could be read, and records the error otherwise.
    fn noted<T>(&mut self, read: Result<T, Finding>) -> Option<T> {
        read.map_err(|fault| self.fault(fault)).ok()
    }

    fn own_table(&mut self, value: &'t Value<'t>) -> Extra {
        match value.get_ref().as_table() {
            Some(table) => plain_table(self.tree, table),
            None => {
                self.wrong_kind(EXTRA, value, "a table");
                Extra::new()
            }
        }
    }

    fn wrong_kind(&mut self, key: &str, value: &Value<'_>, wanted: &str) {
        let title = format!("`{key}` has the wrong type");
        self.fault(
            Finding::new(Rule::WrongType, self.bytes(value), title)
                .label(format!("this is {}", kind(self.tree, value.get_ref())))
                .help(format!("write {wanted}")),
        );
    }

    fn string(&mut self, key: &str, value: &'t Value<'t>) -> Option<&'t str> {
        match value.get_ref() {
            DeValue::String(text) => return Some(text.as_ref()),
            DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong_kind(key, value, "text in quotes");
            }
            _ => {
                let raw = self.tree.raw(value.span());
                self.wrong_kind(key, value, &format!("it in quotes: `{key} = \"{raw}\"`"));
            }
        }
        None
    }

    /// Reads a text that is not empty.
    fn readable(&mut self, key: &str, value: &'t Value<'t>) -> Option<String> {
        let text = self.string(key, value)?;
        let at = self.bytes(value);
        if text.trim().is_empty() {
            self.fault(
                Finding::new(Rule::EmptyText, at, format!("`{key}` is empty"))
                    .label("is empty")
                    .help(format!("fill it in, or leave `{key}` out")),
            );
            return None;
        }
        let Some(character) = first_forbidden(text) else {
            return Some(text.to_owned());
        };
        let found = controls::find(self.tree.raw(value.span()));
        let found = found.map(|found| found.start + at.start..found.end + at.start);
        let title = format!("control character U+{:04X} in `{key}`", u32::from(character));
        let finding = Finding::new(Rule::ControlCharacter, found.unwrap_or(at), title);
        let wrong = misread(text).filter(|wrong| wrong.word.contains(character));
        self.fault(match wrong.and_then(|wrong| Some((wrong.word, wrong.right?))) {
            Some((word, right)) => {
                let help = format!("`{}` should be `{right}`", printable(&word));
                finding.label("the text was read in the wrong encoding").help(help)
            }
            None => finding
                .label("could steer a terminal")
                .help("remove it: text is words and line breaks"),
        });
        None
    }

    /// Reads a word of a vocabulary; `what` is the name of the vocabulary in messages.
    fn word_of(
        &mut self,
        words: Vocabulary,
        what: &str,
        key: &str,
        value: &'t Value<'t>,
    ) -> Option<&'static str> {
        let text = self.string(key, value)?;
        let at = self.bytes(value);
        self.noted((words.find)(text).ok_or_else(|| {
            Finding::new(Rule::UnknownWord, at, format!("unknown {what} `{text}`"))
                .label(format!("not a {what}"))
                .help(one_of(what, text, (words.all)().into_iter()))
        }))
    }

    fn texts(&mut self, key: &str, value: &'t Value<'t>) -> Option<Vec<String>> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "a list of texts, as in `[\"…\"]`");
            return None;
        };
        Some(items.iter().filter_map(|item| self.readable(key, item)).collect())
    }

    /// Reads one name or a list of names.
    fn names(&mut self, key: &str, value: &'t Value<'t>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(_) => self.texts(key, value),
            _ => self.readable(key, value).map(|name| vec![name]),
        }
    }

    fn id(&mut self, key: &str, value: &'t Value<'t>) -> Option<Id> {
        let text = self.readable(key, value)?;
        let at = self.bytes(value);
        self.noted(Id::parse(text).map_err(|refused| {
            Finding::new(Rule::BadId, at, "this cannot be an id")
                .label("not a valid id")
                .help(refused.to_string())
        }))
    }

    fn day(&mut self, key: &str, value: &'t Value<'t>) -> Option<Day> {
        const ACCEPTED: &str = "write the day, as in 2003-12-31";
        let (period, at) = self.dated(key, value, ACCEPTED)?;
        self.noted(match period {
            Period::Day(day) => Ok(day),
            Period::Month(_) | Period::Year(_) => {
                let finding = Finding::new(Rule::BadDate, at, format!("`{key}` is not a day"));
                Err(finding.label("a whole month").help(ACCEPTED))
            }
        })
    }

    fn period(&mut self, key: &str, value: &'t Value<'t>) -> Option<Period> {
        const ACCEPTED: &str = "write a day, as in 2003-11-20, or a month, as in \"2003-11\"";
        self.dated(key, value, ACCEPTED).map(|(period, _)| period)
    }

    fn dated(
        &mut self,
        key: &str,
        value: &'t Value<'t>,
        accepted: &str,
    ) -> Option<(Period, Range<usize>)> {
        let text = self.wording_of_date(key, value)?;
        let at = self.bytes(value);
        let period = Period::parse(text).map_err(|reason| {
            Finding::new(Rule::BadDate, at.clone(), format!("`{key}` is not a date"))
                .label(reason.to_string())
                .help(accepted)
        });
        Some((self.noted(period)?, at))
    }

    /// Returns the text of a date, written as a string or as a TOML date.
    fn wording_of_date(&mut self, key: &str, value: &'t Value<'t>) -> Option<&'t str> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.as_ref()),
            DeValue::Datetime(_) => Some(self.tree.raw(value.span())),
            _ => {
                self.wrong_kind(key, value, "a day as 2003-12-31, or a date in quotes");
                None
            }
        }
    }

    /// Reads a whole number within a range.
    fn number(
        &mut self,
        key: &str,
        value: &'t Value<'t>,
        (least, most): (u32, u32),
    ) -> Option<u32> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.wrong_kind(key, value, &format!("a whole number from {least} to {most}"));
        }
        number
    }

    fn truth(&mut self, key: &str, value: &'t Value<'t>) -> Option<bool> {
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wrong_kind(key, value, "true or false");
        }
        truth
    }

    /// Returns an entry of a list as a table.
    fn entry(&mut self, key: &str, item: &'t Value<'t>) -> Option<TableAt<'t, 't>> {
        let table = table_at(item);
        if table.is_none() {
            let title = format!("every entry of `{key}` is a table");
            self.fault(
                Finding::new(Rule::WrongType, self.bytes(item), title)
                    .label(format!("this is {}", kind(self.tree, item.get_ref())))
                    .help("write it as `{ key = value, … }`"),
            );
        }
        table
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
            Shape::Truth => KeyValue::Truth(self.truth(key, value)?),
            Shape::Timescale
            | Shape::Table(_)
            | Shape::Tables(_)
            | Shape::Numbers
            | Shape::Levels
            | Shape::Extra => return None,
        })
    }

    fn table<T: Record>(&mut self, at: usize) -> Option<T> {
        let (key, value) = self.get(at)?;
        let Some(table) = table_at(value) else {
            self.wrong_kind(key, value, "a table");
            return None;
        };
        let name = if T::NAME.is_empty() { format!("`{key}`").into() } else { T::NAME.into() };
        Fields::new(self.tree, table, (name, T::KEYS), self.since, self.faults).record()
    }

    /// Reads a list of tables. If an entry cannot be read, the error is recorded and the list is empty, because the
    /// indexes would no longer match the file.
    fn list<T: Record>(&mut self, at: usize) -> Vec<T> {
        let Some((key, value)) = self.get(at) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "a list of tables");
            return Vec::new();
        };
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
