//! The table of keys: every record of the plan file is declared once, and all properties of its keys come from the
//! declaration.

use std::fmt;

use super::{Extra, KeyValue, Level, Rule};

/// The maximum number of keys in a record.
pub const MOST_KEYS: usize = 24;
/// The maximum number of days in a rule of a plan.
pub const MOST_DAYS: u32 = 3660;
/// The maximum number of extensions in a rule of a plan.
pub const MOST_EXTENSIONS: u32 = 1000;

/// A key of the plan file.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The name in the file.
    pub name: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// The help text: one sentence.
    pub help: &'static str,
    /// The way in which the value may change after publication.
    pub class: Class,
    /// The type of the value.
    pub shape: Shape,
    /// True if the key is required.
    pub is_needed: bool,
    /// True if `--search` searches the text of this key.
    pub is_searched: bool,
    /// True if the user may name an item by this value.
    pub is_name: bool,
    /// True if the value is shown under the key's title, without special words.
    pub is_shown: bool,
    /// True if the key is a part of the management response.
    pub is_answer: bool,
    /// True if a long text is written as a multi-line string.
    pub is_long: bool,
    /// The minimum and the maximum of a number.
    pub range: (u32, u32),
    /// An example of a value in TOML, for types whose general example does not fit.
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

/// The way in which the value of a key may change after publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The value never changes.
    Never,
    /// The value changes only by an amendment, which causes a warning, because the value was published as an answer or
    /// an agreement.
    Published,
    /// The value changes only by an amendment.
    Amended,
    /// The list changes only by new entries.
    Entries,
    /// The value may change freely.
    Freely,
}

impl Class {
    /// Checks whether an amendment may change the value.
    pub const fn is_amended(self) -> bool {
        matches!(self, Self::Published | Self::Amended)
    }
}

/// The type of a value.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Text,
    Id,
    /// The name of the key that an amendment changes.
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
    /// A table of numbers under keys that the plan chooses.
    Numbers,
    /// The levels of rules.
    Levels,
    /// The user's own table.
    Extra,
}

/// The description of a record inside another record.
#[derive(Debug, Clone, Copy)]
pub struct Nested {
    /// The name of the record in messages.
    pub name: &'static str,
    pub keys: &'static [Key],
}

impl Nested {
    pub const fn of<T: Record>() -> Self {
        Self { name: T::NAME, keys: T::KEYS }
    }
}

/// A closed vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary {
    /// Returns the word with exactly this spelling.
    pub find: fn(&str) -> Option<&'static str>,
    pub all: fn() -> Vec<&'static str>,
}

impl Shape {
    /// Returns an example of a value of this type in TOML.
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

/// Creates a key with only its class and its title. The macro [`record!`] fills in the rest.
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

/// Declares a key whose value never changes.
pub const fn never(title: &'static str) -> Key {
    key(Class::Never, title)
}

/// Declares a key of published text, whose amendment causes a warning.
pub const fn published(title: &'static str) -> Key {
    key(Class::Published, title)
}

/// Declares a key whose value changes only by an amendment.
pub const fn amended(title: &'static str) -> Key {
    key(Class::Amended, title)
}

/// Declares a list that changes only by new entries.
pub const fn entries(title: &'static str) -> Key {
    key(Class::Entries, title)
}

/// Declares a key whose value may change freely.
pub const fn freely(title: &'static str) -> Key {
    key(Class::Freely, title)
}

/// Keys that appear only beside another key, and have no field in a record.
#[allow(non_upper_case_globals)]
pub mod beside {
    use super::{Key, Shape, never};

    /// The meaning of the timescale before this key. Both keys change together.
    pub const due: Key = Key {
        name: "due",
        help: "The date that the words stand for, where they are not a date.",
        shape: Shape::Timescale,
        ..never("Due")
    };

    /// A key that is always refused, with a special message.
    pub const green: Key =
        Key { name: "green", help: "It has no rule: green is the rest.", ..never("Green") };
}

impl Key {
    /// Makes the text of the key searchable.
    pub const fn searched(self) -> Self {
        Self { is_searched: true, ..self }
    }

    /// Lets the user name an item by this value.
    pub const fn a_name(self) -> Self {
        Self { is_name: true, is_searched: true, ..self }
    }

    /// Shows the value under the key's title.
    pub const fn shown(self) -> Self {
        Self { is_shown: true, ..self }
    }

    /// Makes the key a part of the management response.
    pub const fn answer(self) -> Self {
        Self { is_answer: true, ..self }
    }

    /// Writes long texts of the key as multi-line strings.
    pub const fn long(self) -> Self {
        Self { is_long: true, ..self }
    }

    /// Makes the key required.
    pub const fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }

    /// Limits the number to a range.
    pub const fn within(self, least: u32, most: u32) -> Self {
        Self { range: (least, most), ..self }
    }

    /// Adds an example of a value.
    pub const fn like(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }

    /// Returns the names under which the value is written. A timescale has two names: its own and `due`.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let due = matches!(self.shape, Shape::Timescale).then_some(beside::due.name);
        std::iter::once(self.name).chain(due)
    }
}

/// A table of the plan file with its keys, as declared by [`record!`].
pub trait Record: Sized {
    /// The name of the table in messages.
    const NAME: &'static str;
    /// The keys, in the order in which they are read, written and shown.
    const KEYS: &'static [Key];
    /// The indexes of the keys, sorted by name.
    const BY_NAME: [u8; MOST_KEYS] = by_name(Self::KEYS);

    /// Reads a table; `None` if a required value could not be read. Errors are recorded.
    fn read(table: &mut impl ReadTable) -> Option<Self>;

    /// Returns the record's value under each key. Lists of entries and the user's own table are left out.
    fn values(&self) -> Vec<(&'static Key, Option<KeyValue<'_>>)>;

    /// Sets the value of a key; `None` if the record has no such key, or if the value has another type.
    fn set(&mut self, key: &Key, value: Option<KeyValue<'_>>) -> Option<()>;

    /// Returns the record's value under a key.
    fn value(&self, key: &Key) -> Option<KeyValue<'_>> {
        self.values().into_iter().find(|(known, _)| *known == key)?.1
    }
}

/// Returns the indexes of the keys, sorted by name.
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

/// Checks whether a name comes before another in byte order.
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

/// A table during decoding. Its values are requested by the index of their key in [`Record::KEYS`]. For a value that
/// cannot be read, `None` is returned and an error is recorded.
pub trait ReadTable {
    /// Returns the name of the table in messages.
    fn name(&self) -> &str;
    fn is_empty(&self) -> bool;
    fn has(&self, at: usize) -> bool;
    fn has_one_of(&self, keys: &[&str]) -> bool;
    /// Records an error if the key is missing.
    fn require(&mut self, at: usize);
    /// Records an error if the key is present.
    fn refuse(&mut self, key: &str, help: &str);
    /// Records an error about something missing in the table.
    fn incomplete(&mut self, title: String, label: &str, help: &str);
    /// Sets the day from which lengths of time count in the following timescales, if it is later than the previous one.
    fn count_from(&mut self, day: Option<KeyValue<'_>>);
    /// Returns the value of the key, if it has the key's type.
    fn value(&mut self, at: usize) -> Option<KeyValue<'static>>;
    fn table<T: Record>(&mut self, at: usize) -> Option<T>;
    /// Returns the tables of a list; empty if any of them could not be read.
    fn list<T: Record>(&mut self, at: usize) -> Vec<T>;
    fn levels(&mut self, at: usize) -> Vec<(Rule, Level)>;
    /// Returns the numbers of a table whose keys the plan chooses.
    fn numbers(&mut self, at: usize) -> Vec<(String, u32)>;
    fn extra(&mut self, at: usize) -> Extra;
}

/// The type of a field in a record.
#[diagnostic::on_unimplemented(
    message = "a key of the plan file cannot have the type `{Self}`",
    label = "not a kind of value",
    note = "a key has text, a word of a vocabulary, a day, a period, a timescale, owners, texts, a number or tables"
)]
pub trait FieldType: Sized {
    const SHAPE: Shape;
    const IS_NEEDED: bool = false;

    /// Reads the field; a value that could not be read becomes a placeholder, or `None` if there is no placeholder.
    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self>;

    /// Returns the value of the field; `None` for tables.
    fn value(&self) -> Option<KeyValue<'_>> {
        None
    }

    /// Converts a value to this type; `None` if the value has another type.
    fn from_value(_: Option<KeyValue<'_>>) -> Option<Self> {
        None
    }
}

/// Declares a record: a struct whose fields are the keys of a table in the plan file. The type of a field gives the
/// type of the value and says whether the key is required. The doc comment of the field is its help text. The class and
/// the title of the key follow after `=`.
///
/// - `as "key"`: the name of the key, if it differs from the field's name.
/// - `[and due]`: the next key gives the meaning of this timescale's wording.
/// - `[from on]`: lengths of time count from the day `on`.
/// - `[needed if decision Decision::is_answer]`: the key is required if this function returns true for the other field.
/// - `[else VALUE]`: the value if the key is missing.
/// - `checked by FUNCTION`: a function that checks the whole table.
/// - `beside { … }`: fields that are not keys of this table.
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

            /// The index of each key in `KEYS`.
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

/// Implements [`FieldType`] for a record that is one optional table.
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
