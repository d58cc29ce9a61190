//! The table of keys: every record of the plan file is declared once, and all properties of its keys come from the
//! declaration.

mod record;

use std::fmt;

pub use self::record::{FieldType, ReadTable, Record};
pub(crate) use self::record::{one_table, record};

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
        help: "The date that the words stand for, if the words are not a date.",
        shape: Shape::Timescale,
        ..never("Due")
    };

    /// A key that is always refused, with a special message.
    pub const green: Key =
        Key { name: "green", help: "Not a key: all other work is green.", ..never("Green") };
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
