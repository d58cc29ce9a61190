//! Converts the `extra` tables, which contain keys that users define themselves, to JSON values.

use serde_json::Number;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::tree::Tree;
use crate::model::Extra;

/// Converts a table to JSON values. Dates, and numbers that JSON cannot express, become text.
pub fn plain_table(tree: &Tree<'_>, table: &DeTable<'_>) -> Extra {
    let entries = table.iter();
    entries.map(|(key, value)| (key.get_ref().to_string(), plain(tree, value))).collect()
}

pub fn plain(tree: &Tree<'_>, value: &Spanned<DeValue<'_>>) -> serde_json::Value {
    let as_written = || tree.raw(value.span()).into();
    match value.get_ref() {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| as_written(), Into::into),
        DeValue::Float(number) => {
            let number = number.as_str().parse().ok().and_then(Number::from_f64);
            number.map_or_else(as_written, serde_json::Value::Number)
        }
        DeValue::Datetime(_) => as_written(),
        DeValue::Array(items) => items.iter().map(|item| plain(tree, item)).collect(),
        DeValue::Table(inner) => plain_table(tree, inner).into(),
    }
}
