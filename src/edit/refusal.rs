//! The error for a change that is not allowed, and checks of texts from the user.

use crate::model::{Day, Given, Timescale, first_forbidden, paragraphs};

/// An error that says why a change is not allowed, with a help text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    pub help: Option<String>,
    /// Further errors of the same change, which are reported together with this error.
    pub more: Vec<Refusal>,
}

impl Refusal {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()), more: Vec::new() }
    }
}

pub fn refuse<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(message, help))
}

/// Returns all results if there is no error. Otherwise, returns one error that includes all errors.
pub fn each<T>(results: impl IntoIterator<Item = Result<T, Refusal>>) -> Result<Vec<T>, Refusal> {
    let (mut all, mut refused) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(result) => all.push(result),
            Err(refusal) => refused.push(refusal),
        }
    }
    let mut refused = refused.into_iter();
    refused.next().map_or(Ok(all), |mut first| {
        first.more.extend(refused);
        Err(first)
    })
}

/// Checks that the texts can be written to a plan. `what` names the texts in error messages.
///
/// # Errors
/// Fails if a text is empty or contains a control character.
pub fn readable<'t>(
    what: &str,
    texts: impl IntoIterator<Item = &'t String>,
) -> Result<(), Refusal> {
    for text in texts {
        if paragraphs(text).is_empty() {
            return refuse(format!("{what} is empty"), "write at least one word");
        }
        if let Some(letter) = first_forbidden(text) {
            return refuse(
                format!("control character U+{:04X} in {what}", u32::from(letter)),
                "remove the character; the only control characters that text may contain are tabs and line breaks",
            );
        }
    }
    Ok(())
}

/// Reads a timescale from its wording. If the program does not understand the wording, `due` must give the due date.
///
/// # Errors
/// Fails if the wording is not understood and `due` is `None`, or if the wording is understood and `due` is given.
pub fn read_timescale(
    wording: String,
    due: Option<Timescale>,
    agreed: Option<Day>,
) -> Result<Timescale, Refusal> {
    readable("the timescale", [&wording])?;
    readable("--due", due.as_ref().map(|due| &due.wording))?;
    match (Timescale::parse(wording.as_str()), due) {
        (Ok(timescale), None) => Ok(timescale),
        (Ok(_), Some(_)) => {
            refuse(format!("`{wording}` is already a date; leave out `--due`"), "leave out `--due`")
        }
        (Err(_), Some(due)) => Ok(Timescale::agreed(wording, due)),
        (Err(reason), None) => refuse(
            format!("`{wording}` is not a timescale: {reason}"),
            reason.help(agreed, Given::Flag),
        ),
    }
}
