//! Reads one table key by key and notes every fault. A key that is not read is unknown.

mod timescales;

use std::ops::{Range, RangeInclusive};

use toml::{Spanned, de::DeValue};

use super::{
    controls,
    extra::plain_table,
    tree::{TableAt, Tree, kind, table_at},
};
use crate::{
    checks::Finding,
    model::{Day, Extra, Id, Keyword, Period, Rule, first_forbidden, one_of},
};

type Value<'s> = Spanned<DeValue<'s>>;

/// The keys of one table, what it is called in messages, and where its faults are noted.
pub struct Fields<'t> {
    tree: &'t Tree<'t>,
    table: TableAt<'t, 't>,
    pub name: &'static str,
    /// The keys that may stand in the table.
    known: Vec<&'static str>,
    faults: &'t mut Vec<Finding>,
}

impl<'t> Fields<'t> {
    /// Reads a table, and notes a fault for every key of it that `read` does not ask for.
    pub fn read<T>(
        tree: &'t Tree<'t>,
        table: TableAt<'t, 't>,
        name: &'static str,
        faults: &'t mut Vec<Finding>,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let mut fields = Fields { tree, table, name, known: Vec::new(), faults };
        let result = read(&mut fields);
        fields.refuse_unknown();
        result
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.keys.contains_key(key)
    }

    pub fn is_empty(&self) -> bool {
        self.table.keys.is_empty()
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Value<'t>> {
        self.known.push(key);
        self.table.keys.get(key)
    }

    /// The bytes of a value in the whole text.
    fn bytes(&self, value: &Value<'_>) -> Range<usize> {
        self.tree.bytes(value.span())
    }

    fn fault(&mut self, finding: Finding) {
        self.faults.push(finding);
    }

    /// What could be read; a fault is noted.
    fn noted<T>(&mut self, read: Result<T, Finding>) -> Option<T> {
        read.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Notes a fault at a key that is known and may not be here.
    pub fn refuse(&mut self, key: &'static str, help: &str) {
        self.known.push(key);
        if let Some((written, _)) = self.table.keys.get_key_value(key) {
            let at = self.tree.bytes(written.span());
            let title = format!("`{key}` cannot stand in {}", self.name);
            self.fault(Finding::new(Rule::UnknownKey, at, title).help(help));
        }
    }

    fn refuse_unknown(&mut self) {
        // Nobody means `extra` who mistypes another key: it is suggested only beside one.
        if let Some(extra) = self.table.keys.get("extra") {
            self.known.push("extra");
            if !extra.get_ref().is_table() {
                self.wrong_kind("extra", extra, "a table");
            }
        }
        for key in self.table.keys.keys() {
            let name = key.get_ref().as_ref();
            if self.known.contains(&name) {
                continue;
            }
            let title = format!("unknown key `{name}` in {}", self.name);
            self.faults.push(
                Finding::new(Rule::UnknownKey, self.tree.bytes(key.span()), title)
                    .label("not a key of the format")
                    .help(one_of("key", name, self.known.iter().copied())),
            );
        }
    }

    /// The user's own table.
    pub fn extra(&self) -> Extra {
        let table = self.table.keys.get("extra").and_then(|value| value.get_ref().as_table());
        table.map_or_else(Extra::new, |table| plain_table(self.tree, table))
    }

    /// Notes that something is missing in the table.
    pub fn incomplete(
        &mut self,
        title: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let at = self.tree.bytes(self.table.span.clone());
        self.fault(Finding::new(Rule::MissingKey, at, title).label(label).help(help));
    }

    /// Notes a fault where the key is missing.
    pub fn require(&mut self, key: &str, example: &str) {
        if !self.has(key) {
            self.incomplete(
                format!("`{key}` is missing in {}", self.name),
                format!("needs `{key}`"),
                format!("add `{key} = {example}`"),
            );
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

    /// Text that may be absent. Empty text is a fault.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        self.readable(key, value)
    }

    pub fn required_text(&mut self, key: &'static str, example: &str) -> String {
        self.require(key, example);
        self.text(key).unwrap_or_default()
    }

    fn readable(&mut self, key: &str, value: &'t Value<'t>) -> Option<String> {
        let text = self.string(key, value)?;
        let at = self.bytes(value);
        if text.trim().is_empty() {
            self.fault(
                Finding::new(Rule::EmptyText, at, format!("`{key}` is empty"))
                    .label("says nothing")
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
        self.fault(
            Finding::new(Rule::ControlCharacter, found.unwrap_or(at), title)
                .label("would steer a terminal instead of being read")
                .help("remove it: text is words and line breaks"),
        );
        None
    }

    /// A list of texts; `None` where there is none.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let value = self.get(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "a list of texts, as in `[\"…\"]`");
            return None;
        };
        Some(items.iter().filter_map(|item| self.readable(key, item)).collect())
    }

    /// One name, or a list of names.
    pub fn names(&mut self, key: &'static str) -> Vec<String> {
        match self.table.keys.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(_)) => self.texts(key).unwrap_or_default(),
            _ => self.text(key).into_iter().collect(),
        }
    }

    pub fn id(&mut self, example: &str) -> Id {
        self.require("id", example);
        self.written_id().unwrap_or_else(Id::unreadable)
    }

    fn written_id(&mut self) -> Option<Id> {
        let value = self.get("id")?;
        let text = self.readable("id", value)?;
        let at = self.bytes(value);
        self.noted(Id::parse(text).map_err(|refused| {
            Finding::new(Rule::BadId, at, "this cannot be an id")
                .label("cannot be typed as one word")
                .help(refused.to_string())
        }))
    }

    /// A word of a closed vocabulary that is named as its key is.
    pub fn word<W: Keyword>(&mut self, key: &'static str) -> Option<W> {
        self.word_of(key, key)
    }

    /// A word of a closed vocabulary of `what`.
    pub fn word_of<W: Keyword>(&mut self, what: &str, key: &'static str) -> Option<W> {
        let value = self.get(key)?;
        let text = self.string(key, value)?;
        let at = self.bytes(value);
        self.noted(W::from_word(text).ok_or_else(|| {
            Finding::new(Rule::UnknownWord, at, format!("unknown {what} `{text}`"))
                .label(format!("not a {what}"))
                .help(one_of(what, text, W::words().into_iter()))
        }))
    }

    pub fn required_word<W: Keyword>(&mut self, key: &'static str) -> Option<W> {
        self.require(key, &format!("\"{}\"", W::ALL[0].word()));
        self.word(key)
    }

    pub fn required_day(&mut self, key: &'static str) -> Option<Day> {
        self.require(key, "2003-12-31");
        self.day(key)
    }

    pub fn day(&mut self, key: &'static str) -> Option<Day> {
        const ACCEPTED: &str = "write the day, as in 2003-12-31";
        let (period, at) = self.dated(key, ACCEPTED)?;
        self.noted(match period {
            Period::Day(day) => Ok(day),
            Period::Month(_) | Period::Year(_) => {
                let finding = Finding::new(Rule::BadDate, at, format!("`{key}` is not a day"));
                Err(finding.label("a whole month").help(ACCEPTED))
            }
        })
    }

    /// A day or a month.
    pub fn period(&mut self, key: &'static str) -> Option<Period> {
        const ACCEPTED: &str = "write a day, as in 2003-11-20, or a month, as in \"2003-11\"";
        self.dated(key, ACCEPTED).map(|(period, _)| period)
    }

    fn dated(&mut self, key: &'static str, accepted: &str) -> Option<(Period, Range<usize>)> {
        let value = self.get(key)?;
        let text = self.wording_of_date(key, value)?;
        let at = self.bytes(value);
        let period = Period::parse(text).map_err(|reason| {
            Finding::new(Rule::BadDate, at.clone(), format!("`{key}` is not a date"))
                .label(reason.to_string())
                .help(accepted)
        });
        Some((self.noted(period)?, at))
    }

    /// The wording of a string or a bare date.
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

    /// A whole number in `range`.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<u32>) -> Option<u32> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = range.into_inner();
            self.wrong_kind(key, value, &format!("a whole number from {least} to {most}"));
        }
        number
    }

    /// Notes a fault where the plan is of a format that this program does not know.
    pub fn format(&mut self) {
        const KNOWN: u32 = 1;
        const MOST: u32 = 1000;
        let Some(format) = self.number("format", KNOWN..=MOST).filter(|format| *format > KNOWN)
        else {
            return;
        };
        let at = self.table.keys.get("format").map_or(0..0, |value| self.bytes(value));
        let title =
            format!("the plan is of format {format}, and this program reads format {KNOWN}");
        self.fault(
            Finding::new(Rule::NewerFormat, at, title)
                .label("needs a newer program")
                .help("update `plan`; what the format means is not guessed"),
        );
    }

    pub fn truth(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wrong_kind(key, value, "true or false");
        }
        truth
    }

    /// Reads the table under a key; `None` where there is none.
    pub fn table<T>(
        &mut self,
        key: &'static str,
        name: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        let value = self.get(key)?;
        let table = table_at(value);
        if table.is_none() {
            self.wrong_kind(key, value, "a table");
        }
        Some(Fields::read(self.tree, table?, name, self.faults, read))
    }

    /// Reads every table of a list, written as `[[key]]` or `key = [{ … }]`. Where one could not be read the list
    /// comes back empty, because its positions would no longer be those of the file; the fault is noted.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        name: &'static str,
        read: impl Fn(&mut Fields<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "a list of tables");
            return Vec::new();
        };
        let entries: Vec<Option<T>> =
            items.iter().map(|item| self.entry(key, item, name, &read)).collect();
        entries.into_iter().collect::<Option<_>>().unwrap_or_default()
    }

    fn entry<T>(
        &mut self,
        key: &str,
        item: &'t Value<'t>,
        name: &'static str,
        read: impl Fn(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let Some(table) = table_at(item) else {
            let title = format!("every entry of `{key}` is a table");
            self.fault(
                Finding::new(Rule::WrongType, self.bytes(item), title)
                    .label(format!("this is {}", kind(self.tree, item.get_ref())))
                    .help("write it as `{ key = value, … }`"),
            );
            return None;
        };
        Fields::read(self.tree, table, name, self.faults, read)
    }
}
