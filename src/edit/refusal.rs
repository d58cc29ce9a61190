//! Why a change may not be made, and the texts that a plan may hold.

use crate::model::{first_forbidden, paragraphs};

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
