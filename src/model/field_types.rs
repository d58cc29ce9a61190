//! Conversions between the fields of a record and the values of its keys. A record is a table of the plan file.

use std::borrow::Cow;

use super::{
    AmendKey, Day, Extra, Id, Key, KeyValue, Keyword, Level, Owners, Period, Rule, Timescale,
    keys::{FieldType, Nested, ReadTable, Record, Shape, Vocabulary},
    owners::BETWEEN_OWNERS,
};

/// The type of a single value, such as a day. If a field has this type, its key is required. If a field is an `Option`
/// of this type, its key is optional.
pub trait OneValue: Sized {
    const ONE: Shape;

    fn to_value(&self) -> KeyValue<'_>;

    /// Converts the value of a key to this type; `None` if the value has another type.
    fn of_value(value: KeyValue<'_>) -> Option<Self>;

    /// Creates a placeholder for a required value that could not be read, so that the rest of the record can still be
    /// checked. `None` if the type has no placeholder.
    const STAND_IN: Option<fn() -> Self> = None;

    /// Creates a placeholder for an optional value that could not be read. Because of the placeholder, no second error
    /// reports the value as missing. `None` if the type has no placeholder.
    const UNREADABLE: Option<fn() -> Self> = None;
}

impl<T: OneValue> FieldType for T {
    const SHAPE: Shape = T::ONE;
    const IS_NEEDED: bool = true;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        table.value(at).and_then(T::of_value).or_else(|| T::STAND_IN.map(|create| create()))
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

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        let value = table.value(at).and_then(T::of_value);
        Some(value.or_else(|| T::UNREADABLE.filter(|_| table.has(at)).map(|create| create())))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        self.as_ref().map(T::to_value)
    }

    fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
        value.map_or(Some(None), |value| T::of_value(value).map(Some))
    }
}

/// Implements [`OneValue`] for types whose values are copied to and from a [`KeyValue`].
macro_rules! copied {
    ($($type:ty: $variant:ident),+) => {
        $(impl OneValue for $type {
            const ONE: Shape = Shape::$variant;

            fn to_value(&self) -> KeyValue<'_> {
                KeyValue::$variant(*self)
            }

            fn of_value(value: KeyValue<'_>) -> Option<Self> {
                if let KeyValue::$variant(value) = value { Some(value) } else { None }
            }
        })+
    };
}

copied! { Day: Day, Period: Period, u32: Number }

/// Implements [`OneValue`] for types that a [`KeyValue`] borrows.
macro_rules! lent {
    ($($type:ty: $variant:ident { $($item:item)* })+) => {
        $(impl OneValue for $type {
            const ONE: Shape = Shape::$variant;

            fn to_value(&self) -> KeyValue<'_> {
                KeyValue::$variant(Cow::Borrowed(self))
            }

            fn of_value(value: KeyValue<'_>) -> Option<Self> {
                if let KeyValue::$variant(value) = value { Some(value.into_owned()) } else { None }
            }

            $($item)*
        })+
    };
}

lent! {
    String: Text {
        const STAND_IN: Option<fn() -> Self> = Some(Self::new);
    }
    Id: Id {
        const STAND_IN: Option<fn() -> Self> = Some(Self::unreadable);
    }
    Timescale: Timescale {
        const UNREADABLE: Option<fn() -> Self> = Some(Self::unreadable);
    }
}

impl OneValue for AmendKey {
    const ONE: Shape = Shape::AmendKey(Vocabulary {
        find: |word| Some(Self::from_word(word)?.0.name),
        all: || Self::words().collect(),
    });

    fn to_value(&self) -> KeyValue<'_> {
        KeyValue::Text(self.word().into())
    }

    fn of_value(value: KeyValue<'_>) -> Option<Self> {
        if let KeyValue::Text(word) = value { Self::from_word(&word) } else { None }
    }
}

impl<W: Keyword> OneValue for W {
    const ONE: Shape =
        Shape::Word(Vocabulary { find: |word| W::from_word(word).map(W::word), all: W::words });

    fn to_value(&self) -> KeyValue<'_> {
        KeyValue::Word(self.word())
    }

    fn of_value(value: KeyValue<'_>) -> Option<Self> {
        if let KeyValue::Word(word) = value { W::from_word(word) } else { None }
    }
}

/// Implements [`FieldType`] for lists of texts. The key is optional; if it is missing, the list is empty.
macro_rules! several {
    ($($type:ty: $variant:ident),+) => {
        $(impl FieldType for $type {
            const SHAPE: Shape = Shape::$variant;

            fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
                Some(Self::from_value(table.value(at)).unwrap_or_default())
            }

            fn value(&self) -> Option<KeyValue<'_>> {
                (!self.is_empty()).then(|| KeyValue::$variant(Cow::Borrowed(self)))
            }

            fn from_value(value: Option<KeyValue<'_>>) -> Option<Self> {
                match value {
                    None => Some(Self::default()),
                    Some(KeyValue::$variant(several)) => Some(several.into_owned()),
                    Some(_) => None,
                }
            }
        })+
    };
}

several! { Owners: Owners, Vec<String>: Texts }

/// A field that is true or false. If the key is missing, the field is false.
impl FieldType for bool {
    const SHAPE: Shape = Shape::Truth;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(matches!(table.value(at), Some(KeyValue::Truth(true))))
    }

    fn value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Truth(*self))
    }
}

/// A field that is a list of tables, such as `progress`. No [`KeyValue`] can hold the list, so `value` returns `None`.
impl<T: Record> FieldType for Vec<T> {
    const SHAPE: Shape = Shape::Tables(Nested::of::<T>());

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.list(at))
    }
}

/// A field with the levels that a plan sets for rules. No [`KeyValue`] can hold the levels, so `value` returns `None`.
impl FieldType for Vec<(Rule, Level)> {
    const SHAPE: Shape = Shape::Levels;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.levels(at))
    }
}

impl FieldType for Extra {
    const SHAPE: Shape = Shape::Extra;

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.extra(at))
    }
}

impl Key {
    /// Reads a value of this key from the text that an amendment stores. Returns `None` if the text is not a value of
    /// this key.
    pub fn read(&self, words: &str) -> Option<KeyValue<'static>> {
        let texts = || words.split(BETWEEN_OWNERS).map(str::to_owned).collect::<Vec<_>>();
        Some(match self.shape {
            Shape::Text => KeyValue::Text(words.to_owned().into()),
            Shape::Word(known) => KeyValue::Word((known.find)(words)?),
            Shape::Day => KeyValue::Day(words.parse().ok()?),
            Shape::Period => KeyValue::Period(Period::parse(words).ok()?),
            Shape::Timescale => KeyValue::Timescale(Cow::Owned(Timescale::of_words(words)?)),
            Shape::Owners => KeyValue::Owners(Cow::Owned(texts().into())),
            Shape::Texts => KeyValue::Texts(texts().into()),
            _ => return None,
        })
    }
}
