//! Writes values of the model as TOML.

use serde_json::Value;
use toml_writer::{ToTomlKey, ToTomlValue, TomlKeyBuilder, TomlStringBuilder};

use crate::model::{Day, Key, KeyValue, Period};

/// The length, in bytes, above which a text is written as a multi-line string.
const LONG: usize = 100;

pub fn string(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// Returns the name of a key as TOML, in quotes if TOML requires quotes.
pub fn key(name: &str) -> String {
    let key = TomlKeyBuilder::new(name);
    key.as_unquoted().unwrap_or_else(|| key.as_basic()).to_toml_key()
}

/// Returns the value of a user-defined key as TOML.
pub fn own(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(own).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(keys) => {
            let keys = keys.iter().map(|(name, value)| format!("{} = {}", key(name), own(value)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        plain => plain.to_string(),
    }
}

/// A TOML key with its value. `None` means that the key has no value.
pub type TomlKey = (&'static str, Option<String>);

/// Returns the TOML keys in which a value is written, each with its value as TOML. A timescale needs a second key,
/// `due`.
pub fn written(key: &Key, value: Option<&KeyValue<'_>>, file: &str) -> Vec<TomlKey> {
    let mut keys: Vec<TomlKey> = key.names().map(|name| (name, None)).collect();
    keys[0].1 = value.and_then(|value| match value {
        KeyValue::Text(text) if key.is_long => Some(long_text(text, file)),
        KeyValue::Text(text) => Some(string(text)),
        KeyValue::Id(id) => Some(string(id.as_str())),
        KeyValue::Word(word) => Some(string(word)),
        KeyValue::Day(day) => Some(day.to_string()),
        KeyValue::Period(date) => Some(period(*date)),
        KeyValue::Timescale(timescale) => Some(wording(&timescale.wording)),
        KeyValue::Owners(owners) => names(owners),
        KeyValue::Texts(texts) => list(texts),
        KeyValue::Number(number) => Some(number.to_string()),
        KeyValue::Truth(truth) => Some(truth.to_string()),
        // No command changes user-defined keys.
        KeyValue::Own(_) => None,
    });
    if let (Some(KeyValue::Timescale(timescale)), Some(due)) = (value, keys.get_mut(1)) {
        // `due` is written only if the program cannot read the wording of the timescale.
        due.1 = timescale.due.as_deref().map(wording);
    }
    keys
}

/// Returns the wording of a timescale as TOML: as a TOML date if the wording is a day, and as a string otherwise.
fn wording(words: &str) -> String {
    match words.parse::<Day>() {
        Ok(on) if on.to_string() == words => on.to_string(),
        _ => string(words),
    }
}

/// Returns a period as TOML: a day as a TOML date, and a month or year as a string.
fn period(date: Period) -> String {
    match date {
        Period::Day(on) => on.to_string(),
        Period::Month(_) | Period::Year(_) => string(&date.iso()),
    }
}

/// Returns names as TOML: one name as a string, and several names as a list. Returns `None` if there are no names.
fn names(names: &[String]) -> Option<String> {
    match names {
        [name] => Some(string(name)),
        several => list(several),
    }
}

/// Returns the texts as a TOML list. Returns `None` if there are no texts.
fn list(items: &[String]) -> Option<String> {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
}

/// Returns a text as TOML. A long text becomes a multi-line string if such a string keeps the text unchanged.
fn long_text(text: &str, file: &str) -> String {
    let is_short = text.len() <= LONG && !text.contains('\n');
    if is_short
        || text.contains(['\\', '\r'])
        || text.contains("\"\"\"")
        || text.ends_with('"')
        || file.contains("\r\n")
    {
        return string(text);
    }
    format!("\"\"\"\n{text}\"\"\"")
}
