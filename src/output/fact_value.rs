//! The values of fields in JSON and CSV output.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::words;
use crate::{
    doc::absent,
    model::{Day, Extra, Key, KeyValue, Period, Shape, to_single_line},
};

/// The value of a field in JSON and CSV output.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum FactValue<'p> {
    Absent,
    Truth(bool),
    Number(i64),
    Text(Cow<'p, str>),
    Day(Day),
    #[serde(serialize_with = "in_iso")]
    Period(Period),
    List(Vec<Cow<'p, str>>),
    /// All of the user's own keys in an `extra` table, with their values.
    Table(&'p Extra),
    /// The value of one of the user's own keys in an `extra` table.
    Own(Value),
}

fn in_iso<S: Serializer>(period: &Period, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&period.iso())
}

/// Returns the values of a record, such as an entry, with their names in JSON and CSV. A timescale has two values: its
/// wording, followed by its due date.
pub fn named<'p>(
    values: Vec<(&'static Key, Option<KeyValue<'p>>)>,
) -> impl Iterator<Item = (&'static str, FactValue<'p>)> {
    values.into_iter().flat_map(|(key, value)| {
        let due = match &value {
            Some(KeyValue::Timescale(timescale)) => timescale.due.clone().into(),
            _ => FactValue::Absent,
        };
        let value = match (value, key.shape) {
            (Some(value), _) => value.into(),
            (None, Shape::Owners | Shape::Texts) => FactValue::List(Vec::new()),
            (None, _) => FactValue::Absent,
        };
        key.names().zip([value, due])
    })
}

impl FactValue<'_> {
    /// Checks whether the value is absent or empty.
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::List(items) => items.is_empty(),
            Self::Table(table) => table.is_empty(),
            _ => false,
        }
    }

    /// Returns the value as text for people, on one line.
    pub fn words(&self) -> String {
        let words = match self {
            Self::Absent => String::new(),
            Self::Truth(true) => "yes".to_owned(),
            Self::Truth(false) => "no".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => to_single_line(text),
            Self::Day(day) => day.to_string(),
            Self::Period(period) => period.to_string(),
            Self::Own(value) => words::own_value(value),
            Self::List(items) => {
                items.iter().map(|item| to_single_line(item)).collect::<Vec<_>>().join(", ")
            }
            Self::Table(table) => {
                let keys = table.iter().map(|(key, value)| words::extra(key, value));
                keys.collect::<Vec<_>>().join("; ")
            }
        };
        if words.is_empty() { absent() } else { words }
    }
}

/// Implements, for each type on the left of `=>`, the conversion to the variant of [`FactValue`] on the right.
macro_rules! converted {
    ($($from:ty => $variant:ident,)+) => {
        $(impl<'p> From<$from> for FactValue<'p> {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        })+
    };
}

converted! {
    bool => Truth,
    i64 => Number,
    &'p str => Text,
    String => Text,
    Day => Day,
    Period => Period,
}

impl From<usize> for FactValue<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<'p> From<KeyValue<'p>> for FactValue<'p> {
    fn from(value: KeyValue<'p>) -> Self {
        match value {
            KeyValue::Text(text) => Self::Text(text),
            KeyValue::Word(word) => word.into(),
            KeyValue::Day(day) => day.into(),
            KeyValue::Period(period) => period.into(),
            KeyValue::Timescale(timescale) => timescale.wording.to_string().into(),
            KeyValue::Owners(owners) => owners.iter().cloned().collect(),
            KeyValue::Texts(texts) => texts.iter().cloned().collect(),
            KeyValue::Number(number) => i64::from(number).into(),
            KeyValue::Truth(truth) => truth.into(),
            KeyValue::Own(value) => Self::Own(value),
            KeyValue::Id(id) => id.to_string().into(),
        }
    }
}

impl<'p, T: Into<Cow<'p, str>>> FromIterator<T> for FactValue<'p> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<'p, T: Into<Self>> From<Option<T>> for FactValue<'p> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}
