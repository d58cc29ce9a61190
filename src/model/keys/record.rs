//! The macro that declares each kind of table in a plan file, and the traits that read and set the values of its keys.

use super::{Key, Shape};
use crate::model::{Extra, KeyValue, Level, Rule};

/// Keys, each with its value. The value is `None` if the key is not set.
pub type Values<'v> = Vec<(&'static Key, Option<KeyValue<'v>>)>;

/// A kind of table in the plan file, with its keys. The macro `record!` implements this trait for each record that it
/// declares.
pub trait Record: Sized {
    /// The name of the table in messages.
    const NAME: &'static str;
    /// The keys, in the order in which they are read, written and shown.
    const KEYS: &'static [Key];

    /// Reads a record from a table; `None` if a required value could not be read. Every error is recorded in the table.
    fn read(table: &mut impl ReadTable) -> Option<Self>;

    /// Returns each key of the record with its value. The value is `None` if the key is not set, or if the key holds a
    /// list of tables.
    fn values(&self) -> Values<'_>;

    /// Sets the value of a key. Returns `None` if the record has no such key, or if the value has the wrong type.
    fn set(&mut self, key: &Key, value: Option<KeyValue<'_>>) -> Option<()>;

    /// Returns the record's value of `key`; `None` if the record has no value of this key.
    fn value(&self, key: &Key) -> Option<KeyValue<'_>> {
        self.values().into_iter().find(|(known, _)| *known == key)?.1
    }
}

/// A table of the plan file from which a record is read. The argument `at` of each method is the index of a key in
/// [`Record::KEYS`]. A value that cannot be read is recorded as an error.
pub trait ReadTable {
    /// Returns the name of the table in messages.
    fn name(&self) -> &str;
    fn is_empty(&self) -> bool;
    fn has(&self, at: usize) -> bool;
    fn has_one_of(&self, keys: &[&str]) -> bool;
    /// Records an error if the table does not have the key at index `at`.
    fn require(&mut self, at: usize);
    /// Records an error with the help text `help` if the table has the key `key`.
    fn refuse(&mut self, key: &str, help: &str);
    /// Records the error that the table is incomplete, for example because it has no limit.
    fn incomplete(&mut self, title: String, label: &str, help: &str);
    /// Sets the day from which a timescale such as `within six months` counts. If this method is called several times,
    /// the latest of the days is used.
    fn count_from(&mut self, day: Option<KeyValue<'_>>);
    /// Returns the value of the key; `None` if the key is missing or its value has another type.
    fn value(&mut self, at: usize) -> Option<KeyValue<'static>>;
    fn table<T: Record>(&mut self, at: usize) -> Option<T>;
    /// Returns the records in a list of tables; an empty list if any of the tables could not be read.
    fn list<T: Record>(&mut self, at: usize) -> Vec<T>;
    fn levels(&mut self, at: usize) -> Vec<(Rule, Level)>;
    /// Returns the keys and the values of a table whose shape is [`Shape::Numbers`].
    fn numbers(&mut self, at: usize) -> Vec<(String, u32)>;
    fn extra(&mut self, at: usize) -> Extra;
}

/// A type that a field of a record may have.
#[diagnostic::on_unimplemented(
    message = "a key of the plan file cannot have the type `{Self}`",
    label = "not a type of value that a key can have",
    note = "a key holds text, a word from a list, a day, a period, a timescale, owners, a list, a number or tables"
)]
pub trait FieldType: Sized {
    const SHAPE: Shape;
    const IS_NEEDED: bool = false;

    /// Reads the field from the table. If the value cannot be read, returns a placeholder, or `None` if the type has no
    /// placeholder.
    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self>;

    /// Returns the value of the field. Returns `None` if the key is not set, or if a [`KeyValue`] cannot hold the
    /// field.
    fn value(&self) -> Option<KeyValue<'_>> {
        None
    }

    /// Converts a value to this type; `None` if the value has another type.
    fn from_value(_: Option<KeyValue<'_>>) -> Option<Self> {
        None
    }
}

/// Declares a record: a struct whose fields are the keys of a table in the plan file. The type of a field is the type
/// of the value, and determines whether the key is required. The doc comment of a field is the help text of its key.
/// The class and the title of the key follow after `=`. These parts are optional:
///
/// - `as "key"`: the name of the key, if it differs from the field's name.
/// - `[and due]`: after this key comes the key `due`, which the module `beside` declares and which has no field.
/// - `[from on]`: a timescale such as `within six months` counts from the day in the field `on`.
/// - `[needed if decision Decision::is_answer]`: the key is required if the function `Decision::is_answer` returns true
///   for the field `decision`.
/// - `[else VALUE]`: the field has this value if the key is missing.
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

            /// The keys of the record. The number of each variant is the index of its key in `KEYS`.
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

                fn values(&self) -> $crate::model::Values<'_> {
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

/// Implements [`FieldType`] for a field that holds an optional table. The function `$value` describes the whole table
/// as one [`KeyValue`], or returns `None`.
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
