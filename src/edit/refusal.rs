//! Why a change may not be made, and the texts that a plan may hold.

use crate::model::{Given, Timescale, first_forbidden, paragraphs};

/// Why a change may not be made, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    pub help: Option<String>,
}

pub fn refuse<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { message: message.into(), help: Some(help.into()) })
}

/// Checks that a text is not empty and holds no control character.
///
/// # Errors
/// It does not hold.
pub fn readable(what: &str, words: &str) -> Result<(), Refusal> {
    if paragraphs(words).is_empty() {
        return refuse(format!("{what} is empty"), "write at least a word");
    }
    match first_forbidden(words) {
        None => Ok(()),
        Some(letter) => refuse(
            format!("control character U+{:04X} in {what}", u32::from(letter)),
            "remove it: text is words and line breaks",
        ),
    }
}

/// A timescale in the words of the report, with what they were agreed to mean where they are not read.
///
/// # Errors
/// The words are not read and nothing says what they mean, or they are read and something else does too.
pub fn read_timescale(wording: String, due: Option<Timescale>) -> Result<Timescale, Refusal> {
    readable("the timescale", &wording)?;
    if let Some(due) = &due {
        readable("--due", &due.wording)?;
    }
    match (Timescale::parse(wording.as_str()), due) {
        (Ok(timescale), None) => Ok(timescale),
        (Ok(_), Some(_)) => refuse(
            format!("`{wording}` is read by itself, so `--due` would be a second deadline"),
            "leave `--due` out",
        ),
        (Err(_), Some(due)) => Ok(Timescale::agreed(wording, due)),
        (Err(reason), None) => refuse(
            format!("`{wording}` is not a timescale: {reason}"),
            reason.help(None, Given::Flag),
        ),
    }
}
