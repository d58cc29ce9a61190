//! The values of keys: compared, kept and given back whatever key they are of.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    Day, Extra, Id, Keyword, Level, Owners, Period, Rule, Timescale,
    keys::{FieldType, ReadTable, Record, Shape},
    owners::BETWEEN_OWNERS,
    paragraphs, to_single_line,
};

/// The value of a key. Two are equal where they say the same, however they are laid out.
#[derive(Debug, Clone)]
pub enum KeyValue<'a> {
    Text(Cow<'a, str>),
    /// A word of a vocabulary.
    Word(&'static str),
    Day(Day),
    Period(Period),
    Timescale(Cow<'a, Timescale>),
    /// A set: their order says nothing.
    Owners(Cow<'a, Owners>),
    Texts(Cow<'a, [String]>),
    Number(u32),
    Truth(bool),
    /// A value of the user's own.
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
            (Self::Word(one), Self::Word(other)) => one == other,
            (Self::Day(one), Self::Day(other)) => one == other,
            (Self::Period(one), Self::Period(other)) => one == other,
            (Self::Timescale(one), Self::Timescale(other)) => {
                one == other || one.line() == other.line()
            }
            (Self::Owners(one), Self::Owners(other)) => one == other || set(one) == set(other),
            (Self::Texts(one), Self::Texts(other)) => one == other || words(one) == words(other),
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Truth(one), Self::Truth(other)) => one == other,
            (Self::Own(one), Self::Own(other)) => says_same(one, other),
            _ => false,
        }
    }
}

impl Eq for KeyValue<'_> {}

/// Whether two values of the user's own say the same: texts in the same words, tables in any order.
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
    /// The value as one text, as an amendment keeps it.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone().into_owned(),
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

    /// The value as people read it.
    pub fn shown(&self) -> String {
        match self {
            Self::Period(period) => period.to_string(),
            Self::Owners(owners) => owners.join(", "),
            Self::Texts(texts) => texts.join(", "),
            other => other.words(),
        }
    }

    /// The value without the plan that it is of.
    pub fn into_owned(self) -> KeyValue<'static> {
        match self {
            Self::Text(text) => KeyValue::Text(text.into_owned().into()),
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

/// A type of one value. A key of this type must be there; one of an `Option` of it may be left out.
pub trait OneValue: Sized {
    const ONE: Shape;

    /// A value that could stand there, as it is written.
    fn one_example() -> String;

    fn read_one(table: &mut impl ReadTable, at: usize) -> Option<Self>;

    /// What stands in for a value that is missing or cannot be read, so that the rest can still be judged.
    fn stand_in() -> Option<Self> {
        None
    }

    fn to_value(&self) -> KeyValue<'_>;

    fn of_value(value: KeyValue<'_>) -> Option<Self>;
}

impl<T: OneValue> FieldType for T {
    const SHAPE: Shape = T::ONE;
    const IS_NEEDED: bool = true;

    fn example() -> String {
        T::one_example()
    }

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        T::read_one(table, at).or_else(T::stand_in)
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        Some(self.to_value())
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        T::of_value(value?)
    }
}

impl<T: OneValue> FieldType for Option<T> {
    const SHAPE: Shape = T::ONE;

    fn example() -> String {
        T::one_example()
    }

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(T::read_one(table, at))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        self.as_ref().map(T::to_value)
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        value.map_or(Some(None), |value| T::of_value(value).map(Some))
    }
}

impl OneValue for String {
    const ONE: Shape = Shape::Text;

    fn one_example() -> String {
        "\"…\"".to_owned()
    }

    fn read_one(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        table.text(at)
    }

    fn stand_in() -> Option<Self> {
        Some(Self::new())
    }

    fn to_value(&self) -> KeyValue<'_> {
        KeyValue::Text(self.into())
    }

    fn of_value(value: KeyValue<'_>) -> Option<Self> {
        if let KeyValue::Text(text) = value { Some(text.into_owned()) } else { None }
    }
}

impl OneValue for Id {
    const ONE: Shape = Shape::Id;

    fn one_example() -> String {
        "\"5\"".to_owned()
    }

    fn read_one(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        table.id(at)
    }

    fn stand_in() -> Option<Self> {
        Some(Self::unreadable())
    }

    fn to_value(&self) -> KeyValue<'_> {
        KeyValue::Text(self.as_str().into())
    }

    fn of_value(value: KeyValue<'_>) -> Option<Self> {
        if let KeyValue::Text(text) = value { Self::parse(text).ok() } else { None }
    }
}

impl<W: Keyword> OneValue for W {
    const ONE: Shape = Shape::Word(W::words);

    fn one_example() -> String {
        format!("\"{}\"", W::ALL[0].word())
    }

    fn read_one(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        table.word(at)
    }

    fn to_value(&self) -> KeyValue<'_> {
        KeyValue::Word(self.word())
    }

    fn of_value(value: KeyValue<'_>) -> Option<Self> {
        if let KeyValue::Word(word) = value { W::from_word(word) } else { None }
    }
}

impl OneValue for Day {
    const ONE: Shape = Shape::Day;

    fn one_example() -> String {
        "2003-12-31".to_owned()
    }

    fn read_one(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        table.day(at)
    }

    fn to_value(&self) -> KeyValue<'_> {
        KeyValue::Day(*self)
    }

    fn of_value(value: KeyValue<'_>) -> Option<Self> {
        if let KeyValue::Day(day) = value { Some(day) } else { None }
    }
}

impl OneValue for Period {
    const ONE: Shape = Shape::Period;

    fn one_example() -> String {
        "2003-12-31".to_owned()
    }

    fn read_one(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        table.period(at)
    }

    fn to_value(&self) -> KeyValue<'_> {
        KeyValue::Period(*self)
    }

    fn of_value(value: KeyValue<'_>) -> Option<Self> {
        if let KeyValue::Period(period) = value { Some(period) } else { None }
    }
}

impl OneValue for u32 {
    const ONE: Shape = Shape::Number;

    fn one_example() -> String {
        "1".to_owned()
    }

    fn read_one(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        table.number(at)
    }

    fn to_value(&self) -> KeyValue<'_> {
        KeyValue::Number(*self)
    }

    fn of_value(value: KeyValue<'_>) -> Option<Self> {
        if let KeyValue::Number(number) = value { Some(number) } else { None }
    }
}

/// Without the key it is not so.
impl FieldType for bool {
    const SHAPE: Shape = Shape::Truth;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.truth(at).unwrap_or_default())
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Truth(*self))
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        if let Some(KeyValue::Truth(truth)) = value { Some(truth) } else { None }
    }
}

impl FieldType for Timescale {
    const SHAPE: Shape = Shape::Timescale;
    const IS_NEEDED: bool = true;

    fn example() -> String {
        "\"December 2003\"".to_owned()
    }

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        table.timescale(at)
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Timescale(Cow::Borrowed(self)))
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        if let KeyValue::Timescale(timescale) = value? {
            Some(timescale.into_owned())
        } else {
            None
        }
    }
}

impl FieldType for Option<Timescale> {
    const SHAPE: Shape = Shape::Timescale;

    /// One that could not be read is faulted once; it is not missing as well.
    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        let timescale = table.timescale(at);
        Some(timescale.or_else(|| table.has(at).then(Timescale::unreadable)))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        self.as_ref()?.value()
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        if value.is_none() { Some(None) } else { Timescale::from_value(value).map(Some) }
    }
}

impl FieldType for Owners {
    const SHAPE: Shape = Shape::Owners;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.names(at).into())
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        (!self.is_empty()).then(|| KeyValue::Owners(Cow::Borrowed(self)))
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        match value {
            None => Some(Self::default()),
            Some(KeyValue::Owners(owners)) => Some(owners.into_owned()),
            Some(_) => None,
        }
    }
}

impl FieldType for Vec<String> {
    const SHAPE: Shape = Shape::Texts;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.texts(at).unwrap_or_default())
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        (!self.is_empty()).then(|| KeyValue::Texts(self.as_slice().into()))
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        match value {
            None => Some(Self::new()),
            Some(KeyValue::Texts(texts)) => Some(texts.into_owned()),
            Some(_) => None,
        }
    }
}

impl FieldType for Option<Vec<String>> {
    const SHAPE: Shape = Shape::Texts;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.texts(at))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        self.as_ref()?.value()
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        if value.is_none() { Some(None) } else { Vec::from_value(value).map(Some) }
    }
}

/// A list of tables has no value of its own: its entries have.
impl<T: Record> FieldType for Vec<T> {
    const SHAPE: Shape = Shape::Tables;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.list(at))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        None
    }

    fn from_value(_: Option<KeyValue<'_>>) -> Option<Self> {
        None
    }
}

/// The levels of rules, which are compared by the rule.
impl FieldType for Vec<(Rule, Level)> {
    const SHAPE: Shape = Shape::Tables;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.levels(at))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        None
    }

    fn from_value(_: Option<KeyValue<'_>>) -> Option<Self> {
        None
    }
}

impl FieldType for Extra {
    const SHAPE: Shape = Shape::Extra;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.extra(at))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        None
    }

    fn from_value(_: Option<KeyValue<'_>>) -> Option<Self> {
        None
    }
}
