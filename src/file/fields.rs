//! Reads one table key by key and notes every fault. A key that nobody asked for is unknown.

mod timescales;

use std::ops::{Range, RangeInclusive};

use toml::{Spanned, de::DeValue};

use super::{
    controls,
    extra::plain_table,
    tree::{TableAt, Tree, kind},
};
use crate::{
    checks::Finding,
    model::{Day, Extra, Id, Period, Rule, Word, first_forbidden, one_of},
};

type Value<'s> = Spanned<DeValue<'s>>;

/// The keys of one table, what it is called in messages, and where its faults are noted.
pub struct Fields<'d, 's, 'f> {
    tree: &'d Tree<'s>,
    table: TableAt<'d, 's>,
    name: &'static str,
    asked: Vec<&'static str>,
    faults: &'f mut Vec<Finding>,
}

impl<'d, 's, 'f> Fields<'d, 's, 'f> {
    pub fn new(
        tree: &'d Tree<'s>,
        table: TableAt<'d, 's>,
        name: &'static str,
        faults: &'f mut Vec<Finding>,
    ) -> Self {
        Self { tree, table, name, asked: Vec::new(), faults }
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.keys.contains_key(key)
    }

    fn ask(&mut self, key: &'static str) -> Option<&'d Value<'s>> {
        self.asked.push(key);
        self.table.keys.get(key)
    }

    /// Notes a fault at a key that is known and may not be here.
    pub fn refuse(&mut self, key: &'static str, help: &str) {
        self.asked.push(key);
        if let Some((written, _)) = self.table.keys.get_key_value(key) {
            let title = format!("`{key}` cannot stand in {}", self.name);
            self.fault(
                Finding::new(Rule::UnknownKey, self.tree.bytes(written.span()), title).help(help),
            );
        }
    }

    fn fault(&mut self, finding: Finding) {
        self.faults.push(finding);
    }

    /// Notes a fault for every key that was never asked for, and returns the user's own table `extra`.
    pub fn finish(mut self) -> Extra {
        let extra = self.extra();
        for (key, _) in self.table.keys {
            let name = key.get_ref().as_ref();
            if self.asked.contains(&name) {
                continue;
            }
            self.faults.push(
                Finding::new(
                    Rule::UnknownKey,
                    self.tree.bytes(key.span()),
                    format!("unknown key `{name}` in {}", self.name),
                )
                .label("not a key of the format")
                .help(one_of("key", name, self.asked.iter().copied())),
            );
        }
        extra
    }

    fn extra(&mut self) -> Extra {
        let known = self.asked.len();
        let value = self.ask("extra");
        let extra = match value.map(Spanned::get_ref) {
            None => Extra::new(),
            Some(DeValue::Table(table)) => plain_table(self.tree, table),
            Some(_) => {
                self.wrong_kind("extra", value, "a table");
                Extra::new()
            }
        };
        // Nobody means `extra` who mistypes another key.
        if value.is_none() {
            self.asked.truncate(known);
        }
        extra
    }

    fn missing(&mut self, key: &'static str, example: &str) {
        let at = self.tree.bytes(self.table.span.clone());
        self.fault(
            Finding::new(Rule::MissingKey, at, format!("`{key}` is missing in {}", self.name))
                .label(format!("needs `{key}`"))
                .help(format!("add `{key} = {example}`")),
        );
    }

    /// Notes a fault where the key is missing.
    pub fn require(&mut self, key: &'static str, example: &str) {
        if !self.has(key) {
            self.missing(key, example);
        }
    }

    fn wrong_kind(&mut self, key: &str, value: Option<&Value<'s>>, wanted: &str) {
        let Some(value) = value else {
            return;
        };
        let title = format!("`{key}` has the wrong type");
        self.fault(
            Finding::new(Rule::WrongType, self.tree.bytes(value.span()), title)
                .label(format!("this is {}", kind(self.tree, value.get_ref())))
                .help(format!("write {wanted}")),
        );
    }

    fn string(&mut self, key: &str, value: &'d Value<'s>) -> Option<&'d str> {
        match value.get_ref() {
            DeValue::String(text) => return Some(text.as_ref()),
            DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong_kind(key, Some(value), "text in quotes");
            }
            _ => {
                let raw = self.tree.raw(value.span());
                self.wrong_kind(key, Some(value), &format!("it in quotes: `{key} = \"{raw}\"`"));
            }
        }
        None
    }

    /// Text that may be absent. Empty text is a fault.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.ask(key)?;
        self.readable(key, value)
    }

    pub fn required_text(&mut self, key: &'static str, example: &str) -> String {
        self.require(key, example);
        self.text(key).unwrap_or_default()
    }

    fn readable(&mut self, key: &str, value: &'d Value<'s>) -> Option<String> {
        let text = self.string(key, value)?;
        let at = self.tree.bytes(value.span());
        if text.trim().is_empty() {
            self.fault(
                Finding::new(Rule::EmptyText, at, format!("`{key}` is empty"))
                    .label("says nothing")
                    .help(format!("fill it in, or leave `{key}` out")),
            );
            return None;
        }
        self.harmless(key, text, value)
    }

    fn harmless(&mut self, key: &str, text: &str, value: &Value<'s>) -> Option<String> {
        let Some(character) = first_forbidden(text) else {
            return Some(text.to_owned());
        };
        let at = self.tree.bytes(value.span());
        let raw = self.tree.raw(value.span());
        let found = controls::find(raw).map(|found| found.start + at.start..found.end + at.start);
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
        let value = self.ask(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind(key, Some(value), "a list of texts, as in `[\"…\"]`");
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
        let Some(value) = self.ask("id") else {
            return Id::unreadable();
        };
        let Some(text) = self.readable("id", value) else {
            return Id::unreadable();
        };
        Id::parse(text).unwrap_or_else(|refused| {
            let at = self.tree.bytes(value.span());
            self.fault(
                Finding::new(Rule::BadId, at, "this cannot be an id")
                    .label("cannot be typed as one word")
                    .help(refused.to_string()),
            );
            Id::unreadable()
        })
    }

    /// A word of a closed vocabulary that is named as its key is.
    pub fn word<W: Word>(&mut self, key: &'static str) -> Option<W> {
        self.word_of(key, key)
    }

    /// A word of a closed vocabulary of `what`.
    pub fn word_of<W: Word>(&mut self, what: &str, key: &'static str) -> Option<W> {
        let value = self.ask(key)?;
        let text = self.string(key, value)?;
        let word = W::from_word(text);
        if word.is_none() {
            let at = self.tree.bytes(value.span());
            self.fault(
                Finding::new(Rule::UnknownWord, at, format!("unknown {what} `{text}`"))
                    .label(format!("not a {what}"))
                    .help(one_of(what, text, W::words().into_iter())),
            );
        }
        word
    }

    pub fn required_word<W: Word>(&mut self, key: &'static str) -> Option<W> {
        self.require(key, &format!("\"{}\"", W::ALL[0].word()));
        self.word(key)
    }

    /// A day, required.
    pub fn day(&mut self, key: &'static str) -> Option<Day> {
        self.require(key, "2003-12-31");
        self.optional_day(key)
    }

    /// A day.
    pub fn optional_day(&mut self, key: &'static str) -> Option<Day> {
        const ACCEPTED: &str = "write the day, as in 2003-12-31";
        let (period, at) = self.period(key, ACCEPTED)?;
        match period {
            Period::Day(day) => Some(day),
            Period::Month(_) | Period::Year(_) => {
                let finding = Finding::new(Rule::BadDate, at, format!("`{key}` is not a day"));
                self.fault(finding.label("a whole month").help(ACCEPTED));
                None
            }
        }
    }

    /// A day or a month, required.
    pub fn required_period(&mut self, key: &'static str) -> Option<Period> {
        self.require(key, "2003-12-31");
        self.optional_period(key)
    }

    /// A day or a month.
    pub fn optional_period(&mut self, key: &'static str) -> Option<Period> {
        const ACCEPTED: &str = "write a day, as in 2003-11-20, or a month, as in \"2003-11\"";
        self.period(key, ACCEPTED).map(|(period, _)| period)
    }

    fn period(&mut self, key: &'static str, accepted: &str) -> Option<(Period, Range<usize>)> {
        let value = self.ask(key)?;
        let text = self.dated(key, value)?;
        let at = self.tree.bytes(value.span());
        match Period::parse(text) {
            Ok(period) => Some((period, at)),
            Err(reason) => {
                let finding = Finding::new(Rule::BadDate, at, format!("`{key}` is not a date"));
                self.fault(finding.label(reason.to_string()).help(accepted));
                None
            }
        }
    }

    /// The wording of a string or a bare date.
    fn dated(&mut self, key: &str, value: &'d Value<'s>) -> Option<&'d str> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.as_ref()),
            DeValue::Datetime(_) => Some(self.tree.raw(value.span())),
            _ => {
                self.wrong_kind(key, Some(value), "a day as 2003-12-31, or a date in quotes");
                None
            }
        }
    }

    /// A whole number in `range`.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<u32>) -> Option<u32> {
        let value = self.ask(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = range.into_inner();
            self.wrong_kind(key, Some(value), &format!("a whole number from {least} to {most}"));
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
        let at = self.table.keys.get("format").map_or(0..0, |value| self.tree.bytes(value.span()));
        let title =
            format!("the plan is of format {format}, and this program reads format {KNOWN}");
        self.fault(
            Finding::new(Rule::NewerFormat, at, title)
                .label("needs a newer program")
                .help("update `plan`; what the format means is not guessed"),
        );
    }

    pub fn truth(&mut self, key: &'static str) -> Option<bool> {
        let value = self.ask(key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wrong_kind(key, Some(value), "true or false");
        }
        truth
    }

    pub fn table(&mut self, key: &'static str) -> Option<TableAt<'d, 's>> {
        let value = self.ask(key)?;
        let table = table_at(value);
        if table.is_none() {
            self.wrong_kind(key, Some(value), "a table");
        }
        table
    }

    /// A list of tables, written as `[[key]]` or `key = [{ … }]`. An element that is no table is a fault,
    /// and `None` stands in its place.
    pub fn tables(&mut self, key: &'static str) -> Vec<Option<TableAt<'d, 's>>> {
        let Some(value) = self.ask(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind(key, Some(value), "a list of tables");
            return Vec::new();
        };
        for item in items.iter().filter(|item| !item.get_ref().is_table()) {
            let at = self.tree.bytes(item.span());
            self.fault(
                Finding::new(Rule::WrongType, at, format!("every entry of `{key}` is a table"))
                    .label(format!("this is {}", kind(self.tree, item.get_ref())))
                    .help("write it as `{ key = value, … }`"),
            );
        }
        items.iter().map(table_at).collect()
    }
}

pub fn table_at<'d, 's>(value: &'d Value<'s>) -> Option<TableAt<'d, 's>> {
    Some(TableAt { keys: value.get_ref().as_table()?, span: value.span() })
}
