//! The keys of the plan file and their properties. Each kind of table in the file is called a record.

mod record;

use std::fmt;

pub use self::record::{FieldType, ReadTable, Record, Values};
pub(crate) use self::record::{one_table, record};

/// The maximum number of keys in a record.
pub const MOST_KEYS: usize = 24;
/// The maximum number of days in any setting of the plan's policy.
pub const MOST_DAYS: u32 = 3660;
/// The maximum number of extensions in any setting of the plan's policy.
pub const MOST_EXTENSIONS: u32 = 1000;

/// A key of the plan file.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The name of the key in the file.
    pub name: &'static str,
    /// The title that is shown to people instead of the name.
    pub title: &'static str,
    /// The help text of the key.
    pub help: &'static str,
    /// The way in which the value may change after publication.
    pub class: Class,
    /// The type of the value.
    pub shape: Shape,
    /// True if the key is required.
    pub is_needed: bool,
    /// True if the option `--search` searches the value of this key.
    pub is_searched: bool,
    /// True if the user may name an item by the value of this key, such as its `id`.
    pub is_name: bool,
    /// True if the description of an item lists the value under the key's title.
    pub is_shown: bool,
    /// True if the key is a part of management's response.
    pub is_answer: bool,
    /// True if a long value of this key is written as a multi-line string.
    pub is_long: bool,
    /// The minimum and the maximum of the value, if it is a number.
    pub range: (u32, u32),
    /// An example of a value in TOML; `None` if the general example of the value's type fits.
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
    /// The value changes only by an amendment, and each amendment causes a warning.
    Published,
    /// The value changes only by an amendment.
    Amended,
    /// The value is a list that changes only by new entries.
    Entries,
    /// The value may change freely.
    Freely,
}

impl Class {
    /// Checks whether an amendment may change a value of this class.
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
    /// A table such as `[policy.max_days]`. The plan chooses the keys, and each value is a number.
    Numbers,
    /// A table of rules, each with the level that the plan sets for it.
    Levels,
    /// The table `extra`, which holds the user's own keys.
    Extra,
}

/// The name and the keys of a record that is nested in another record.
#[derive(Debug, Clone, Copy)]
pub struct Nested {
    /// The name of the nested record in messages.
    pub name: &'static str,
    pub keys: &'static [Key],
}

impl Nested {
    pub const fn of<T: Record>() -> Self {
        Self { name: T::NAME, keys: T::KEYS }
    }
}

/// A closed vocabulary: the only words that a value may have.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary {
    /// Returns the word with exactly the given spelling; `None` if the vocabulary has no such word.
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

/// Creates a key with only its class and its title. The macro [`record!`] adds the other properties.
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

/// Declares a key whose value changes only by an amendment that causes a warning.
pub const fn published(title: &'static str) -> Key {
    key(Class::Published, title)
}

/// Declares a key whose value changes only by an amendment.
pub const fn amended(title: &'static str) -> Key {
    key(Class::Amended, title)
}

/// Declares a key whose value is a list that changes only by new entries.
pub const fn entries(title: &'static str) -> Key {
    key(Class::Entries, title)
}

/// Declares a key whose value may change freely.
pub const fn freely(title: &'static str) -> Key {
    key(Class::Freely, title)
}

/// Keys that no record stores in a field of their own. In the macro [`record!`], `[and …]` after a field adds one of
/// these keys to the record.
#[allow(non_upper_case_globals)]
pub mod beside {
    use super::{Key, Shape, never};

    /// The key `due`: the due date of an item whose timescale the program cannot read as a date.
    pub const due: Key = Key {
        name: "due",
        help: "The due date, if the timescale is not a date.",
        shape: Shape::Timescale,
        ..never("Due")
    };

    /// The key `green`, which no plan may have. Green needs no limits, because all work that is neither red nor amber
    /// is green.
    pub const green: Key = Key {
        name: "green",
        help: "Green has no key: work that is neither red nor amber is green.",
        ..never("Green")
    };
}

impl Key {
    /// Makes the option `--search` search the value of the key.
    pub const fn searched(self) -> Self {
        Self { is_searched: true, ..self }
    }

    /// Lets the user name an item by the value of this key, and makes `--search` search the value.
    pub const fn a_name(self) -> Self {
        Self { is_name: true, is_searched: true, ..self }
    }

    /// Makes the description of an item list the value under the key's title.
    pub const fn shown(self) -> Self {
        Self { is_shown: true, ..self }
    }

    /// Makes the key a part of management's response.
    pub const fn answer(self) -> Self {
        Self { is_answer: true, ..self }
    }

    /// Makes the program write a long value of this key as a multi-line string.
    pub const fn long(self) -> Self {
        Self { is_long: true, ..self }
    }

    /// Makes the key required.
    pub const fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }

    /// Limits the value to a number from `least` to `most`.
    pub const fn within(self, least: u32, most: u32) -> Self {
        Self { range: (least, most), ..self }
    }

    /// Adds an example of a value in TOML.
    pub const fn like(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }

    /// Returns the name of this key. If the value is a timescale, also returns the name of the key `due`, which the
    /// table can have in addition.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let due = matches!(self.shape, Shape::Timescale).then_some(beside::due.name);
        std::iter::once(self.name).chain(due)
    }
}
