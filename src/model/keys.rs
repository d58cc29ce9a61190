//! The table of keys: every record of the plan file is declared once, and what is said of its keys comes from there.

use std::fmt;

use super::{Extra, KeyValue, Level, Rule};

/// No record has more keys.
pub const MOST_KEYS: usize = 24;

/// A key of the plan file.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// How people call it.
    pub title: &'static str,
    /// A sentence of help.
    pub help: &'static str,
    /// How it may change once it is published.
    pub class: Class,
    /// The kind of its value.
    pub shape: Shape,
    /// Says whether it must be there.
    pub is_needed: bool,
    /// Says whether its text is searched.
    pub is_searched: bool,
    /// Says whether people may ask for the item by it.
    pub is_name: bool,
    /// Says whether it is shown under its title, for it needs no words of its own.
    pub is_shown: bool,
    /// Says whether it is given with the answer to a recommendation.
    pub is_answer: bool,
    /// Says whether a long text is written in lines of its own.
    pub is_long: bool,
    /// The least and the greatest number that it may be.
    pub range: (u32, u32),
    /// A value that could stand there, as it is written, where its kind does not show one.
    pub example: Option<&'static str>,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Key {}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// How the value of a key may change once it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It stays as it was.
    Never,
    /// It changes with an amendment, which is told as a warning: it was published as an answer or an agreement.
    Published,
    /// It changes with an amendment.
    Amended,
    /// It changes by a new entry.
    Entries,
    /// It may change.
    Freely,
}

impl Class {
    /// Says whether an amendment may change it.
    pub const fn is_amended(self) -> bool {
        matches!(self, Self::Published | Self::Amended)
    }
}

/// The kind of a value.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Text,
    Id,
    /// The key that an amendment changes.
    AmendKey(Vocabulary),
    Word(Vocabulary),
    Day,
    Period,
    Timescale,
    Owners,
    Texts,
    Number,
    Truth,
    Table(Nested),
    /// A list of tables.
    Tables(Nested),
    /// Numbers under keys of the plan's own.
    Numbers,
    /// The levels of rules.
    Levels,
    /// The user's own table.
    Extra,
}

/// A record in another.
#[derive(Debug, Clone, Copy)]
pub struct Nested {
    /// How messages name it.
    pub name: &'static str,
    pub keys: &'static [Key],
}

impl Nested {
    pub const fn of<T: Record>() -> Self {
        Self { name: T::NAME, keys: T::KEYS }
    }
}

/// The words of a vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary {
    /// One that is written so.
    pub find: fn(&str) -> Option<&'static str>,
    pub all: fn() -> Vec<&'static str>,
}

impl Shape {
    /// A value of this kind, as it is written.
    pub fn example(self) -> String {
        match self {
            Self::Id => "\"5\"".to_owned(),
            Self::Word(words) => format!("\"{}\"", (words.all)()[0]),
            Self::AmendKey(_) => "\"owner\"".to_owned(),
            Self::Day | Self::Period => "2003-12-31".to_owned(),
            Self::Timescale => "\"December 2003\"".to_owned(),
            _ => "\"…\"".to_owned(),
        }
    }
}

/// A key of which only the class and the title are known yet.
const fn key(class: Class, title: &'static str) -> Key {
    Key {
        name: "",
        title,
        help: "",
        class,
        shape: Shape::Text,
        is_needed: false,
        is_searched: false,
        is_name: false,
        is_shown: false,
        is_answer: false,
        is_long: false,
        range: (0, u32::MAX),
        example: None,
    }
}

/// A key whose value stays.
pub const fn never(title: &'static str) -> Key {
    key(Class::Never, title)
}

/// A key of published words: an amendment of them is told as a warning.
pub const fn published(title: &'static str) -> Key {
    key(Class::Published, title)
}

/// A key whose value is changed with an amendment.
pub const fn amended(title: &'static str) -> Key {
    key(Class::Amended, title)
}

/// A list to which entries are appended.
pub const fn entries(title: &'static str) -> Key {
    key(Class::Entries, title)
}

/// A key whose value may change.
pub const fn freely(title: &'static str) -> Key {
    key(Class::Freely, title)
}

/// The keys beside others that have no field of their own.
#[allow(non_upper_case_globals)]
pub mod beside {
    use super::{Key, Shape, never};

    /// Says what the words of the timescale before it mean, and changes with them.
    pub const due: Key = Key {
        name: "due",
        help: "The date that the words stand for, where they are not a date.",
        shape: Shape::Timescale,
        ..never("Due")
    };

    /// Says nothing, and is refused in words of its own.
    pub const green: Key =
        Key { name: "green", help: "It has no rule: green is the rest.", ..never("Green") };
}

impl Key {
    /// A key whose text is searched.
    pub const fn searched(self) -> Self {
        Self { is_searched: true, ..self }
    }

    /// A key by which people may ask for the item.
    pub const fn a_name(self) -> Self {
        Self { is_name: true, is_searched: true, ..self }
    }

    /// A key that is shown under its title.
    pub const fn shown(self) -> Self {
        Self { is_shown: true, ..self }
    }

    /// A key that is given with the answer to a recommendation.
    pub const fn answer(self) -> Self {
        Self { is_answer: true, ..self }
    }

    /// A key whose long texts are written in lines of their own.
    pub const fn long(self) -> Self {
        Self { is_long: true, ..self }
    }

    /// A key that must be there.
    pub const fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }

    /// A key of a number in a range.
    pub const fn within(self, least: u32, most: u32) -> Self {
        Self { range: (least, most), ..self }
    }

    /// A key with an example.
    pub const fn like(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }

    /// The names under which its value is written: a timescale has two.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let due = matches!(self.shape, Shape::Timescale).then_some(beside::due.name);
        std::iter::once(self.name).chain(due)
    }
}

/// A table of the plan file with its keys, as [`record!`] declares it.
pub trait Record: Sized {
    /// How messages name such a table.
    const NAME: &'static str;
    /// Its keys, in the order in which they are read, written and shown.
    const KEYS: &'static [Key];
    /// The positions of its keys, in the order of their names.
    const BY_NAME: [u8; MOST_KEYS] = by_name(Self::KEYS);

    /// Reads a table. `None` where what is needed could not be read; the fault is noted.
    fn read(table: &mut impl ReadTable) -> Option<Self>;

    /// Its value under each key. Lists of entries and the user's own table are not among the values.
    fn values(&self) -> Vec<(&'static Key, Option<KeyValue<'_>>)>;

    /// Gives it a value under a key; `None` where it has no such key, or the value is of another kind.
    fn set(&mut self, key: &Key, value: Option<KeyValue<'_>>) -> Option<()>;

    /// Its value under a key.
    fn value(&self, key: &Key) -> Option<KeyValue<'_>> {
        self.values().into_iter().find(|(known, _)| *known == key)?.1
    }
}

/// The positions of keys, in the order of their names.
const fn by_name(keys: &[Key]) -> [u8; MOST_KEYS] {
    let mut order = [0; MOST_KEYS];
    let mut count = 0;
    while count < keys.len() {
        let mut place = count;
        while place > 0 && is_before(keys[count].name, keys[order[place - 1] as usize].name) {
            order[place] = order[place - 1];
            place -= 1;
        }
        order[place] = count as u8;
        count += 1;
    }
    order
}

/// Says whether one name comes before another by their bytes.
const fn is_before(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    one.len() < other.len()
}

/// A table while it is read: its values are asked for by the positions of their keys in [`Record::KEYS`]. What cannot
/// be read is `None`, and a fault is noted.
pub trait ReadTable {
    /// How messages name it.
    fn name(&self) -> &str;
    fn is_empty(&self) -> bool;
    fn has(&self, at: usize) -> bool;
    fn has_one_of(&self, keys: &[&str]) -> bool;
    /// Notes a fault where the key is missing.
    fn require(&mut self, at: usize);
    /// Notes a fault where the key is there.
    fn refuse(&mut self, key: &str, help: &str);
    /// Notes that something is missing in the table.
    fn incomplete(&mut self, title: String, label: &str, help: &str);
    /// From now on lengths of time count from this day, where it is later than the one before.
    fn count_from(&mut self, day: Option<KeyValue<'_>>);
    /// The value of the key, of the kind that it has.
    fn value(&mut self, at: usize) -> Option<KeyValue<'static>>;
    fn table<T: Record>(&mut self, at: usize) -> Option<T>;
    /// Every table of a list; none where one could not be read.
    fn list<T: Record>(&mut self, at: usize) -> Vec<T>;
    fn levels(&mut self, at: usize) -> Vec<(Rule, Level)>;
    /// The numbers of a table whose keys are the plan's own.
    fn numbers(&mut self, at: usize) -> Vec<(String, u32)>;
    fn extra(&mut self, at: usize) -> Extra;
}

/// A type that a key of the plan file can have.
#[diagnostic::on_unimplemented(
    message = "a key of the plan file cannot have the type `{Self}`",
    label = "not a kind of value",
    note = "a key has text, a word of a vocabulary, a day, a period, a timescale, owners, texts, a number or tables"
)]
pub trait FieldType: Sized {
    const SHAPE: Shape;
    const IS_NEEDED: bool = false;

    /// The value that could be read, or its stand-in for it; `None` where nothing can.
    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self>;

    /// The value; tables have none.
    fn value(&self) -> Option<KeyValue<'_>> {
        None
    }

    /// The value as this type; `None` where it is of another kind.
    fn from_value(_: Option<KeyValue<'_>>) -> Option<Self> {
        None
    }
}

/// Declares a record: a struct whose fields are keys of a table of the plan file. The type of a field says what its
/// value is and whether it must be there, its comment says what it means, and after `=` stand its class and its title.
///
/// - `as "key"`: the key, where the field has another name.
/// - `[and due]`: the next key says what the words of this timescale mean.
/// - `[from on]`: lengths of time count from the day `on`.
/// - `[needed if decision Decision::is_answer]`: it must be there where that holds of another field.
/// - `[else VALUE]`: what holds where the key is missing.
/// - `checked by FUNCTION`: looks at the whole table.
/// - `beside { … }`: fields that are no keys of this table.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $vis:vis struct $record:ident as $name:literal $(checked by $check:path)? {
            $(
                $(#[doc = $help:literal])+
                $field_vis:vis $field:ident: $type:ty
                $(as $written:literal)?
                $([and $also:ident])?
                $([from $since:ident])?
                $([needed if $other:ident $test:path])?
                $([else $usual:expr])?
                = $about:expr,
            )+
        }
        $(beside {
            $($(#[doc = $beside_help:literal])+ $beside_vis:vis $beside:ident: $beside_type:ty,)+
        })?
    ) => {
        $(#[$meta])*
        $vis struct $record {
            $($(#[doc = $help])+ $field_vis $field: $type,)+
            $($($(#[doc = $beside_help])+ $beside_vis $beside: $beside_type,)+)?
        }

        const _: () = {
            assert!(<$record as Record>::KEYS.len() <= keys::MOST_KEYS);

            use $crate::model::keys::{self, FieldType, Key, ReadTable, Record};

            /// The positions of the keys.
            #[allow(non_camel_case_types, dead_code)]
            enum At { $($field, $($also,)?)+ }

            impl Record for $record {
                const NAME: &'static str = $name;
                const KEYS: &'static [Key] = &[
                    $(
                        Key {
                            name: keys::record!(@name $field $($written)?),
                            help: concat!($($help),+).trim_ascii(),
                            shape: <$type as FieldType>::SHAPE,
                            is_needed: $about.is_needed || keys::record!(@needed $type; $($usual)?),
                            ..$about
                        },
                        $(keys::beside::$also,)?
                    )+
                ];

                fn read(table: &mut impl ReadTable) -> Option<Self> {
                    $(
                        $(table.count_from($since.as_ref().and_then(FieldType::value));)?
                        let $field = keys::record!(@read $type; $($usual)?; table, At::$field as usize);
                    )+
                    $($(
                        if $other.flatten().is_some_and($test) {
                            table.require(At::$field as usize);
                        }
                    )?)+
                    $($check(table);)?
                    Some(Self { $($field: $field?,)+ $($($beside: Default::default(),)+)? })
                }

                fn values(&self) -> Vec<(&'static Key, Option<$crate::model::KeyValue<'_>>)> {
                    vec![$((&Self::KEYS[At::$field as usize], FieldType::value(&self.$field)),)+]
                }

                fn set(
                    &mut self,
                    key: &Key,
                    value: Option<$crate::model::KeyValue<'_>>,
                ) -> Option<()> {
                    $(
                        if *key == Self::KEYS[At::$field as usize] {
                            self.$field = FieldType::from_value(value)?;
                            return Some(());
                        }
                    )+
                    None
                }
            }
        };
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $written:literal) => { $written };
    (@needed $type:ty;) => { <$type as FieldType>::IS_NEEDED };
    (@needed $type:ty; $usual:expr) => { false };
    (@read $type:ty;; $table:ident, $at:expr) => { <$type as FieldType>::read($table, $at) };
    (@read $type:ty; $usual:expr; $table:ident, $at:expr) => {
        match $table.value($at) {
            None => Some($usual),
            value => <$type as FieldType>::from_value(value),
        }
    };
}
pub(crate) use record;

/// Makes a record the value of a key with one table, which may be left out.
macro_rules! one_table {
    ($record:ident, $value:expr) => {
        impl $crate::model::keys::FieldType for Option<$record> {
            const SHAPE: $crate::model::Shape =
                $crate::model::Shape::Table($crate::model::keys::Nested::of::<$record>());

            fn read(table: &mut impl $crate::model::ReadTable, at: usize) -> Option<Self> {
                Some(table.table(at))
            }

            fn value(&self) -> Option<$crate::model::KeyValue<'_>> {
                let value: fn(&$record) -> Option<$crate::model::KeyValue<'_>> = $value;
                self.as_ref().and_then(value)
            }
        }
    };
}
pub(crate) use one_table;
