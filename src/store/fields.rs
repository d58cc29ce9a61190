//! One table read key by key: each key asked for once, each fault noted, whatever was not asked for is unknown.

use std::ops::RangeInclusive;

use toml_parser::{Span, decoder::ScalarKind};

use super::{
    controls,
    document::{Entry, Scalar, Table, Value},
    fault::Fault,
};
use crate::model::{Day, Id, Period, Rule, Text, Timescale, Word, rules::one_of};

/// The keys of one table, and what it is called in messages.
pub struct Fields<'d, 's> {
    source: &'s str,
    table: &'d Table<'s>,
    name: &'static str,
    asked: Asked,
}

/// The keys that were asked for, of which a table has few: only `[policy.lints]` outgrows the array.
#[derive(Default)]
struct Asked {
    first: [&'static str; 16],
    count: usize,
    others: Vec<&'static str>,
}

impl Asked {
    fn push(&mut self, key: &'static str) {
        match self.first.get_mut(self.count) {
            Some(place) => {
                *place = key;
                self.count += 1;
            }
            None => self.others.push(key),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &'static str> + Clone {
        let first = self.first[..self.count].iter();
        first.chain(&self.others).copied()
    }
}

impl<'d, 's> Fields<'d, 's> {
    pub fn of(source: &'s str, table: &'d Table<'s>, name: &'static str) -> Self {
        Self {
            source,
            table,
            name,
            asked: Asked::default(),
        }
    }

    /// Notes a fault at a key that is known and may not be here.
    pub fn refuse(&mut self, key: &'static str, help: &str, faults: &mut Vec<Fault>) {
        if let Some(entry) = self.ask(key) {
            let title = format!("`{key}` cannot stand in {}", self.name);
            faults.push(Fault::new(Rule::UnknownKey, entry.key.span, title).help(help));
        }
    }

    fn ask(&mut self, key: &'static str) -> Option<&'d Entry<'s>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// Faults every key that was never asked for. `extra` is the user's own, in every table.
    pub fn finish(self, faults: &mut Vec<Fault>) {
        let known = |name: &str| self.asked.iter().any(|asked| asked == name);
        for entry in &self.table.entries {
            if known(&entry.key.name) {
                continue;
            }
            if entry.key.name == "extra" {
                if !matches!(entry.value, Value::Table(_)) {
                    faults.push(wrong_kind("extra", &entry.value, "a table"));
                }
                continue;
            }
            let asked = self.asked.iter();
            faults.push(
                Fault::new(
                    Rule::UnknownKey,
                    entry.key.span,
                    format!("unknown key `{}` in {}", entry.key.name, self.name),
                )
                .label("not a key of the format")
                .help(one_of("key", &entry.key.name, asked)),
            );
        }
    }

    fn missing(&self, key: &'static str, example: &str, faults: &mut Vec<Fault>) {
        faults.push(
            Fault::new(
                Rule::MissingKey,
                self.table.span,
                format!("`{key}` is missing in {}", self.name),
            )
            .label(format!("needs `{key}`"))
            .help(format!("add `{key} = {example}`")),
        );
    }

    /// Text that may be absent. Empty text is a fault: it says nothing and hides that.
    pub fn text(&mut self, key: &'static str, faults: &mut Vec<Fault>) -> Option<Text<'s>> {
        let entry = self.ask(key)?;
        let text = string(key, &entry.value, faults)?;
        self.readable(key, text, faults)
    }

    fn readable(
        &self,
        key: &str,
        scalar: &Scalar<'s>,
        faults: &mut Vec<Fault>,
    ) -> Option<Text<'s>> {
        let begins = scalar.text.bytes().next();
        if !begins.is_some_and(|byte| byte.is_ascii_graphic()) && scalar.text.trim().is_empty() {
            faults.push(
                Fault::new(Rule::EmptyText, scalar.span, format!("`{key}` is empty"))
                    .label("says nothing")
                    .help(format!("fill it in, or leave `{key}` out")),
            );
            return None;
        }
        if !scalar.is_readable {
            faults.push(self.control(key, scalar));
            return None;
        }
        Some(scalar.text.clone())
    }

    fn control(&self, key: &str, scalar: &Scalar<'_>) -> Fault {
        let raw = &self.source[scalar.span.start()..scalar.span.end()];
        let (character, span) =
            controls::find(raw, scalar.span.start()).unwrap_or(('\u{fffd}', scalar.span));
        Fault::new(
            Rule::ControlCharacter,
            span,
            format!(
                "control character U+{:04X} in `{key}`",
                u32::from(character)
            ),
        )
        .label("would steer a terminal instead of being read")
        .help("remove it: text is words and line breaks")
    }

    pub fn required_text(
        &mut self,
        key: &'static str,
        example: &str,
        faults: &mut Vec<Fault>,
    ) -> Text<'s> {
        self.must_have(key, example, faults);
        self.text(key, faults).unwrap_or_default()
    }

    /// A list of texts; absent is empty.
    pub fn texts(&mut self, key: &'static str, faults: &mut Vec<Fault>) -> Option<Vec<Text<'s>>> {
        let entry = self.ask(key)?;
        let Value::Array(array) = &entry.value else {
            faults.push(wrong_kind(
                key,
                &entry.value,
                "a list of texts, as in `[\"…\"]`",
            ));
            return None;
        };
        let items = array.items.iter();
        Some(
            items
                .filter_map(|item| self.readable(key, string(key, item, faults)?, faults))
                .collect(),
        )
    }

    pub fn id(&mut self, example: &str, faults: &mut Vec<Fault>) -> Id<'s> {
        let text = self.required_text("id", example, faults);
        if text.is_empty() {
            return Id::unreadable();
        }
        Id::parse(text).unwrap_or_else(|refused| {
            let span = self.span("id");
            faults.push(
                Fault::new(Rule::BadId, span, "this cannot be an id")
                    .label("cannot be typed as one word")
                    .help(refused.to_string()),
            );
            Id::unreadable()
        })
    }

    /// A word of a closed vocabulary that is called as its key is.
    pub fn word<W: Word>(&mut self, key: &'static str, faults: &mut Vec<Fault>) -> Option<W> {
        self.word_of(key, key, faults)
    }

    /// A word of a closed vocabulary of `what`.
    pub fn word_of<W: Word>(
        &mut self,
        what: &str,
        key: &'static str,
        faults: &mut Vec<Fault>,
    ) -> Option<W> {
        let entry = self.ask(key)?;
        let scalar = string(key, &entry.value, faults)?;
        let word = W::from_word(&scalar.text);
        if word.is_none() {
            faults.push(
                Fault::new(
                    Rule::UnknownWord,
                    scalar.span,
                    format!("unknown {what} `{}`", scalar.text),
                )
                .label(format!("not a {what}"))
                .help(one_of(what, &scalar.text, W::words().into_iter())),
            );
        }
        word
    }

    pub fn required_word<W: Word>(
        &mut self,
        key: &'static str,
        faults: &mut Vec<Fault>,
    ) -> Option<W> {
        if self.table.get(key).is_none() {
            self.missing(key, &format!("\"{}\"", W::ALL[0].word()), faults);
        }
        self.word(key, faults)
    }

    /// A day, required.
    pub fn day(&mut self, key: &'static str, faults: &mut Vec<Fault>) -> Option<Day> {
        const ACCEPTED: &str = "write the day, as in 2003-12-31";
        self.must_have(key, "2003-12-31", faults);
        match self.period(key, ACCEPTED, faults)? {
            Period::Day(day) => Some(day),
            Period::Month(_) => {
                let title = format!("`{key}` is not a day");
                let fault = Fault::new(Rule::BadDate, self.span(key), title);
                faults.push(fault.label("a whole month").help(ACCEPTED));
                None
            }
        }
    }

    /// A day or a month, required.
    pub fn required_period(
        &mut self,
        key: &'static str,
        faults: &mut Vec<Fault>,
    ) -> Option<Period> {
        self.must_have(key, "2003-12-31", faults);
        self.optional_period(key, faults)
    }

    /// A day or a month.
    pub fn optional_period(
        &mut self,
        key: &'static str,
        faults: &mut Vec<Fault>,
    ) -> Option<Period> {
        const ACCEPTED: &str = "write a day, as in 2003-11-20, or a month, as in \"2003-11\"";
        self.period(key, ACCEPTED, faults)
    }

    fn must_have(&self, key: &'static str, example: &str, faults: &mut Vec<Fault>) {
        if self.table.get(key).is_none() {
            self.missing(key, example, faults);
        }
    }

    fn period(
        &mut self,
        key: &'static str,
        accepted: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<Period> {
        let entry = self.ask(key)?;
        let scalar = dated(key, &entry.value, faults)?;
        match Period::parse(&scalar.text) {
            Ok(period) => Some(period),
            Err(reason) => {
                let title = format!("`{key}` is not a date");
                let fault = Fault::new(Rule::BadDate, scalar.span, title);
                faults.push(fault.label(reason.to_string()).help(accepted));
                None
            }
        }
    }

    pub fn timescale(
        &mut self,
        key: &'static str,
        faults: &mut Vec<Fault>,
    ) -> Option<Timescale<'s>> {
        let entry = self.ask(key)?;
        let scalar = dated(key, &entry.value, faults)?;
        if !scalar.is_readable {
            faults.push(self.control(key, scalar));
            return None;
        }
        match Timescale::parse(scalar.text.clone()) {
            Ok(timescale) => Some(timescale),
            Err(reason) => {
                let title = format!("`{}` is not a timescale", scalar.text);
                let fault = Fault::new(Rule::BadTimescale, scalar.span, title);
                let help = format!("write it as one of {}", Timescale::ACCEPTED);
                faults.push(fault.label(reason.0.to_string()).help(help));
                None
            }
        }
    }

    pub fn required_timescale(
        &mut self,
        key: &'static str,
        faults: &mut Vec<Fault>,
    ) -> Option<Timescale<'s>> {
        self.must_have(key, "\"December 2003\"", faults);
        self.timescale(key, faults)
    }

    /// A whole number in `range`.
    pub fn number(
        &mut self,
        key: &'static str,
        range: RangeInclusive<u32>,
        faults: &mut Vec<Fault>,
    ) -> Option<u32> {
        let entry = self.ask(key)?;
        let number = match &entry.value {
            Value::Scalar(scalar) if matches!(scalar.kind, ScalarKind::Integer(_)) => scalar
                .text
                .parse()
                .ok()
                .filter(|number| range.contains(number)),
            _ => None,
        };
        if number.is_none() {
            let (least, most) = range.into_inner();
            let wanted = format!("a whole number from {least} to {most}");
            faults.push(wrong_kind(key, &entry.value, &wanted));
        }
        number
    }

    pub fn truth(&mut self, key: &'static str, faults: &mut Vec<Fault>) -> Option<bool> {
        let entry = self.ask(key)?;
        match &entry.value {
            Value::Scalar(Scalar {
                kind: ScalarKind::Boolean(truth),
                ..
            }) => Some(*truth),
            other => {
                faults.push(wrong_kind(key, other, "true or false"));
                None
            }
        }
    }

    pub fn table(&mut self, key: &'static str, faults: &mut Vec<Fault>) -> Option<&'d Table<'s>> {
        let entry = self.ask(key)?;
        match &entry.value {
            Value::Table(table) => Some(table),
            other => {
                faults.push(wrong_kind(key, other, "a table"));
                None
            }
        }
    }

    /// A list of tables, however written: `[[key]]`, or `key = [{ … }]`. An element that is no
    /// table is faulted and `None` stands in its place.
    pub fn tables(&mut self, key: &'static str, faults: &mut Vec<Fault>) -> Tables<'d, 's> {
        let Some(entry) = self.ask(key) else {
            return Tables::Headed(&[]);
        };
        match &entry.value {
            Value::Tables(tables) => Tables::Headed(tables),
            Value::Array(array) => {
                for item in &array.items {
                    no_table(key, item, faults);
                }
                Tables::Inline(&array.items)
            }
            other => {
                faults.push(wrong_kind(key, other, "a list of tables"));
                Tables::Headed(&[])
            }
        }
    }

    fn span(&self, key: &str) -> Span {
        self.table
            .get(key)
            .map_or(self.table.span, |entry| entry.value.span())
    }
}

/// The elements of a list of tables.
#[derive(Clone, Copy)]
pub enum Tables<'d, 's> {
    Headed(&'d [Table<'s>]),
    Inline(&'d [Value<'s>]),
}

impl<'d, 's> Tables<'d, 's> {
    pub fn len(self) -> usize {
        match self {
            Self::Headed(tables) => tables.len(),
            Self::Inline(values) => values.len(),
        }
    }

    /// `None` where the element is no table.
    pub fn get(self, index: usize) -> Option<&'d Table<'s>> {
        match self {
            Self::Headed(tables) => tables.get(index),
            Self::Inline(values) => match values.get(index)? {
                Value::Table(table) => Some(table),
                _ => None,
            },
        }
    }
}

fn no_table(key: &'static str, item: &Value<'_>, faults: &mut Vec<Fault>) {
    if matches!(item, Value::Table(_)) {
        return;
    }
    let title = format!("every entry of `{key}` is a table");
    faults.push(
        Fault::new(Rule::WrongType, item.span(), title)
            .label(format!("this is {}", item.kind()))
            .help("write it as `{ key = value, … }`"),
    );
}

fn wrong_kind(key: &str, value: &Value<'_>, wanted: &str) -> Fault {
    Fault::new(
        Rule::WrongType,
        value.span(),
        format!("`{key}` has the wrong type"),
    )
    .label(format!("this is {}", value.kind()))
    .help(format!("write {wanted}"))
}

fn string<'d, 's>(
    key: &str,
    value: &'d Value<'s>,
    faults: &mut Vec<Fault>,
) -> Option<&'d Scalar<'s>> {
    match value {
        Value::Scalar(scalar) if scalar.kind == ScalarKind::String => Some(scalar),
        Value::Scalar(scalar) => {
            let wanted = format!("it in quotes: `{key} = \"{}\"`", scalar.text);
            faults.push(wrong_kind(key, value, &wanted));
            None
        }
        other => {
            faults.push(wrong_kind(key, other, "text in quotes"));
            None
        }
    }
}

/// A string or a bare date.
fn dated<'d, 's>(
    key: &str,
    value: &'d Value<'s>,
    faults: &mut Vec<Fault>,
) -> Option<&'d Scalar<'s>> {
    match value {
        Value::Scalar(scalar)
            if matches!(scalar.kind, ScalarKind::String | ScalarKind::DateTime) =>
        {
            Some(scalar)
        }
        other => {
            faults.push(wrong_kind(
                key,
                other,
                "a day as 2003-12-31, or a date in quotes",
            ));
            None
        }
    }
}
