//! Values of the model as TOML.

use toml_writer::{ToTomlKey, ToTomlValue, TomlKeyBuilder, TomlStringBuilder};

use crate::model::{Day, Key, KeyValue, Period};

/// A longer text is written as a block.
const LONG: usize = 100;

pub fn string(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// A key, in quotes where it needs them.
pub fn key(name: &str) -> String {
    let key = TomlKeyBuilder::new(name);
    key.as_unquoted().unwrap_or_else(|| key.as_basic()).to_toml_key()
}

/// A key of the file and its value as TOML; `None` where there is nothing to say.
pub type TomlKey = (&'static str, Option<String>);

/// A value under its key, in a `file`; a timescale has two keys.
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
        // Only people write those.
        KeyValue::Own(_) => None,
    });
    if let (Some(KeyValue::Timescale(timescale)), Some(due)) = (value, keys.get_mut(1)) {
        // The words do not say it themselves.
        due.1 = timescale.due.as_deref().map(wording);
    }
    keys
}

/// A day as a date, any other wording as text.
fn wording(words: &str) -> String {
    match words.parse::<Day>() {
        Ok(on) if on.to_string() == words => on.to_string(),
        _ => string(words),
    }
}

/// A day as a date, a month as text.
fn period(date: Period) -> String {
    match date {
        Period::Day(on) => on.to_string(),
        Period::Month(_) | Period::Year(_) => string(&date.iso()),
    }
}

/// One name as text, several as a list; `None` where there is none.
fn names(names: &[String]) -> Option<String> {
    match names {
        [name] => Some(string(name)),
        several => list(several),
    }
}

/// A list of texts; `None` where there is none.
fn list(items: &[String]) -> Option<String> {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
}

/// Long text as a block between `"""`, as published plans have it. Text that such a block would change is written
/// on one line, and so is every text in a `file` whose lines end with a carriage return too, which a block keeps.
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
