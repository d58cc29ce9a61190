//! Reads the values of a table. Each value must have the type that its key requires.

use std::ops::Range;

use toml::de::DeValue;

use super::{
    super::{
        controls,
        tree::{TableAt, kind, table_at},
    },
    Fields, Value,
};
use crate::{
    checks::Finding,
    model::{Day, Id, Period, Rule, Vocabulary, first_forbidden, misread, one_of, printable},
};

impl<'t> Fields<'t> {
    pub(super) fn wrong_kind(&mut self, key: &str, value: &Value<'_>, wanted: &str) {
        let title = format!("`{key}` has the wrong type");
        self.fault(
            Finding::new(Rule::WrongType, self.bytes(value), title)
                .label(format!("this is {}", kind(self.tree, value.get_ref())))
                .help(format!("write {wanted}")),
        );
    }

    /// Returns `read`. If `read` is `None`, adds an error that says which type the value must have.
    pub(super) fn must_be<T>(
        &mut self,
        read: Option<T>,
        (key, value): (&str, &Value<'_>),
        wanted: &str,
    ) -> Option<T> {
        if read.is_none() {
            self.wrong_kind(key, value, wanted);
        }
        read
    }

    pub(super) fn string(&mut self, key: &str, value: &'t Value<'t>) -> Option<&'t str> {
        match value.get_ref() {
            DeValue::String(text) => return Some(text.as_ref()),
            DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong_kind(key, value, "text in quotes");
            }
            _ => {
                let raw = self.tree.raw(value.span());
                self.wrong_kind(key, value, &format!("the value in quotes: `{key} = \"{raw}\"`"));
            }
        }
        None
    }

    /// Reads a text. An empty text or a text with control characters is an error.
    pub(super) fn readable(&mut self, key: &str, value: &'t Value<'t>) -> Option<String> {
        let text = self.string(key, value)?;
        let at = self.bytes(value);
        if text.trim().is_empty() {
            self.fault(
                Finding::new(Rule::EmptyText, at, format!("`{key}` is empty"))
                    .label("this is empty")
                    .help(format!("give a value, or delete `{key}`")),
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
                .label("this is a control character, which could change what the terminal shows")
                .help(
                    "remove the character; the only control characters that text may contain \
                     are tabs and line breaks",
                ),
        });
        None
    }

    /// Reads one of the words in `words`. The argument `what` names the kind of word in messages, such as `status`.
    pub(super) fn word_of(
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

    pub(super) fn texts(&mut self, key: &str, value: &'t Value<'t>) -> Option<Vec<String>> {
        let wanted = "a list of quoted text, as in `[\"…\"]`";
        let items = self.must_be(value.get_ref().as_array(), (key, value), wanted)?;
        Some(items.iter().filter_map(|item| self.readable(key, item)).collect())
    }

    /// Reads one name or a list of names.
    pub(super) fn names(&mut self, key: &str, value: &'t Value<'t>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(_) => self.texts(key, value),
            _ => self.readable(key, value).map(|name| vec![name]),
        }
    }

    pub(super) fn id(&mut self, key: &str, value: &'t Value<'t>) -> Option<Id> {
        let text = self.readable(key, value)?;
        let at = self.bytes(value);
        self.noted(Id::parse(text).map_err(|refused| {
            Finding::new(Rule::BadId, at, "this id has an invalid form")
                .label("invalid id")
                .help(refused.to_string())
        }))
    }

    pub(super) fn day(&mut self, key: &str, value: &'t Value<'t>) -> Option<Day> {
        const ACCEPTED: &str = "write the day, as in 2003-12-31";
        let (period, at) = self.dated(key, value, ACCEPTED)?;
        self.noted(match period {
            Period::Day(day) => Ok(day),
            Period::Month(_) | Period::Year(_) => {
                let finding =
                    Finding::new(Rule::BadDate, at, format!("`{key}` is not a full date"));
                Err(finding.label("the day is missing").help(ACCEPTED))
            }
        })
    }

    pub(super) fn period(&mut self, key: &str, value: &'t Value<'t>) -> Option<Period> {
        const ACCEPTED: &str = "write a date, as in 2003-11-20, or a month, as in \"2003-11\"";
        self.dated(key, value, ACCEPTED).map(|(period, _)| period)
    }

    fn dated(
        &mut self,
        key: &str,
        value: &'t Value<'t>,
        accepted: &str,
    ) -> Option<(Period, Range<usize>)> {
        // The date may be written as a string or as a TOML date.
        let text = match value.get_ref() {
            DeValue::String(text) => Some(text.as_ref()),
            DeValue::Datetime(_) => Some(self.tree.raw(value.span())),
            _ => None,
        };
        let wanted = "a day such as 2003-12-31, or a date in quotes";
        let text = self.must_be(text, (key, value), wanted)?;
        let at = self.bytes(value);
        let period = Period::parse(text).map_err(|reason| {
            Finding::new(Rule::BadDate, at.clone(), format!("`{key}` is not a date"))
                .label(reason.to_string())
                .help(accepted)
        });
        Some((self.noted(period)?, at))
    }

    /// Reads a whole number from `least` to `most`.
    pub(super) fn number(
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
        self.must_be(number, (key, value), &format!("a whole number from {least} to {most}"))
    }

    /// Returns `item`, an element of the list `key`, as a table. Adds an error if the element is not a table.
    pub(super) fn entry(&mut self, key: &str, item: &'t Value<'t>) -> Option<TableAt<'t, 't>> {
        let table = table_at(item);
        if table.is_none() {
            let title = format!("every entry of `{key}` must be a table");
            self.fault(
                Finding::new(Rule::WrongType, self.bytes(item), title)
                    .label(format!("this is {}", kind(self.tree, item.get_ref())))
                    .help("write the entry as `{ key = value, … }`"),
            );
        }
        table
    }
}
