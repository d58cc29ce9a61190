//! One type for the values of all keys, so that all values are compared, stored and shown in the same way.

use std::{borrow::Cow, mem::discriminant};

use serde_json::Value;

use super::{
    Day, Id, Owners, Period, Timescale, owners::BETWEEN_OWNERS, paragraphs, shell_word,
    to_single_line,
};

/// The value of a key. Two values that differ only in line breaks within a paragraph or in the order of owners are
/// equal.
#[derive(Debug, Clone)]
pub enum KeyValue<'a> {
    Text(Cow<'a, str>),
    Id(Cow<'a, Id>),
    /// A word from a closed vocabulary.
    Word(&'static str),
    Day(Day),
    Period(Period),
    Timescale(Cow<'a, Timescale>),
    Owners(Cow<'a, Owners>),
    Texts(Cow<'a, [String]>),
    Number(u32),
    Truth(bool),
    /// A value of one of the user's own keys.
    Own(Value),
}

impl PartialEq for KeyValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        let set = |owners: &Owners| {
            let mut owners: Vec<String> =
                owners.iter().map(|owner| to_single_line(owner)).collect();
            owners.sort();
            owners.dedup();
            owners
        };
        let words =
            |texts: &[String]| texts.iter().map(|text| paragraphs(text)).collect::<Vec<_>>();
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => {
                one == other || paragraphs(one) == paragraphs(other)
            }
            (Self::Timescale(one), Self::Timescale(other)) => {
                one == other || one.line() == other.line()
            }
            (Self::Owners(one), Self::Owners(other)) => one == other || set(one) == set(other),
            (Self::Texts(one), Self::Texts(other)) => one == other || words(one) == words(other),
            (Self::Own(one), Self::Own(other)) => says_same(one, other),
            _ => discriminant(self) == discriminant(other) && self.words() == other.words(),
        }
    }
}

impl Eq for KeyValue<'_> {}

/// Checks whether two values of the user's own keys are equal. Line breaks within a paragraph and the order of keys in
/// tables are ignored.
fn says_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => paragraphs(one) == paragraphs(other),
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| says_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(key, value): (&String, &Value)| {
                other.get(key).is_some_and(|other| says_same(value, other))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        (one, other) => one == other,
    }
}

impl KeyValue<'_> {
    /// Returns the value as one text, in the form in which an amendment stores it.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Id(id) => id.to_string(),
            Self::Word(word) => (*word).to_owned(),
            Self::Day(day) => day.to_string(),
            Self::Period(period) => period.iso(),
            Self::Timescale(timescale) => timescale.words(),
            Self::Owners(owners) => owners.join(BETWEEN_OWNERS),
            Self::Texts(texts) => texts.join(BETWEEN_OWNERS),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Own(value) => value.to_string(),
        }
    }

    /// Returns the value as the user types it in the command `plan amend`, quoted for the shell.
    pub fn arguments(&self) -> String {
        let all = |words: &[String]| {
            let words: Vec<String> = words.iter().map(|word| shell_word(word)).collect();
            words.join(" --and ")
        };
        match self {
            Self::Timescale(timescale) => timescale.arguments(),
            Self::Owners(owners) => all(owners),
            Self::Texts(texts) => all(texts),
            other => shell_word(&other.words()),
        }
    }

    /// Checks whether `is_wanted` is true for any text in the value.
    pub fn has(&self, is_wanted: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Text(text) => is_wanted(text),
            Self::Id(id) => is_wanted(id.as_str()),
            Self::Owners(owners) => owners.iter().any(|owner| is_wanted(owner)),
            Self::Texts(texts) => texts.iter().any(|text| is_wanted(text)),
            other => is_wanted(&other.words()),
        }
    }

    /// Returns the value as text for people: a month with its name, and a list with commas.
    pub fn shown(&self) -> String {
        match self {
            Self::Period(period) => period.to_string(),
            Self::Owners(owners) => owners.join(", "),
            Self::Texts(texts) => texts.join(", "),
            other => other.words(),
        }
    }

    /// Returns a copy of the value that borrows nothing from the plan.
    pub fn into_owned(self) -> KeyValue<'static> {
        match self {
            Self::Text(text) => KeyValue::Text(text.into_owned().into()),
            Self::Id(id) => KeyValue::Id(Cow::Owned(id.into_owned())),
            Self::Word(word) => KeyValue::Word(word),
            Self::Day(day) => KeyValue::Day(day),
            Self::Period(period) => KeyValue::Period(period),
            Self::Timescale(timescale) => KeyValue::Timescale(Cow::Owned(timescale.into_owned())),
            Self::Owners(owners) => KeyValue::Owners(Cow::Owned(owners.into_owned())),
            Self::Texts(texts) => KeyValue::Texts(texts.into_owned().into()),
            Self::Number(number) => KeyValue::Number(number),
            Self::Truth(truth) => KeyValue::Truth(truth),
            Self::Own(value) => KeyValue::Own(value),
        }
    }
}
