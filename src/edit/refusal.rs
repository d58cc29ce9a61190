//! Why a change may not be made, and the texts that a plan may hold.

use crate::model::{Day, Given, Timescale, first_forbidden, paragraphs};

/// Why a change may not be made, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    pub help: Option<String>,
    /// The other faults of the same change.
    pub more: Vec<Refusal>,
}

pub fn refuse<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { message: message.into(), help: Some(help.into()), more: Vec::new() })
}

/// All of the results, or one refusal with everything that is wrong.
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

/// Checks that none of the texts given for `what` is empty or holds a control character.
///
/// # Errors
/// One of them is empty or holds a control character.
pub fn readable<'t>(
    what: &str,
    texts: impl IntoIterator<Item = &'t String>,
) -> Result<(), Refusal> {
    for text in texts {
        if paragraphs(text).is_empty() {
            return refuse(format!("{what} is empty"), "write at least a word");
        }
        if let Some(letter) = first_forbidden(text) {
            return refuse(
                format!("control character U+{:04X} in {what}", u32::from(letter)),
                "remove it: text is words and line breaks",
            );
        }
    }
    Ok(())
}

/// A timescale in the words of the report, with what they were agreed to mean where they are not read. Lengths of time
/// count from the day on which it was agreed, where that is known.
///
/// # Errors
/// The words are not read and nothing says what they mean, or they are read and something else does too.
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
            refuse(format!("`{wording}` is already a date; leave out `--due`"), "leave `--due` out")
        }
        (Err(_), Some(due)) => Ok(Timescale::agreed(wording, due)),
        (Err(reason), None) => refuse(
            format!("`{wording}` is not a timescale: {reason}"),
            reason.help(agreed, Given::Flag),
        ),
    }
}
