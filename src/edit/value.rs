//! Values of the model as TOML.

use toml_writer::{ToTomlValue, TomlStringBuilder};

use crate::model::{Day, Period, Timescale};

/// Text longer than this is written in lines of its own.
const LONG: usize = 100;

pub fn day(day: Day) -> String {
    day.to_string()
}

/// The keys of a timescale: its wording, and `due` where that says what it means.
pub fn timescale(key: &'static str, timescale: &Timescale) -> Vec<(&'static str, String)> {
    let due = timescale.due.as_deref().map(|due| ("due", wording(due)));
    std::iter::once((key, wording(&timescale.wording))).chain(due).collect()
}

/// A day as a date, any other wording as text.
fn wording(words: &str) -> String {
    match words.parse::<Day>() {
        Ok(on) if on.to_string() == words => day(on),
        _ => string(words),
    }
}

pub fn string(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// A day as a date, a month as text.
pub fn period(date: Period) -> String {
    match date {
        Period::Day(on) => day(on),
        Period::Month(_) | Period::Year(_) => string(&date.iso()),
    }
}

/// One name as text, several as a list.
pub fn names(names: &[String]) -> String {
    match names {
        [name] => string(name),
        several => list(several),
    }
}

pub fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    format!("[{}]", items.join(", "))
}

/// How the lines of a file end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// With a line feed.
    Plain,
    /// With a carriage return too, which a text of several lines would keep.
    Returned,
}

impl Lines {
    pub fn of_file(source: &str) -> Self {
        if source.contains("\r\n") { Self::Returned } else { Self::Plain }
    }
}

/// Long text as a block between `"""`, as published plans have it. Text that such a block would
/// change is written on one line.
pub fn long_text(text: &str, lines: Lines) -> String {
    let is_short = text.len() <= LONG && !text.contains('\n');
    if is_short
        || lines == Lines::Returned
        || text.contains(['\\', '\r'])
        || text.contains("\"\"\"")
        || text.ends_with('"')
    {
        return string(text);
    }
    format!("\"\"\"\n{text}\"\"\"")
}

/// A text of one long line in lines of at most [`LONG`] columns; a text that has lines keeps them.
pub fn folded(text: &str) -> String {
    if text.contains('\n') || text.len() <= LONG {
        return text.to_owned();
    }
    let options = textwrap::Options::new(LONG)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options)
}
