//! What words that are no timescale by themselves may have been agreed to mean. It is proposed, never assumed.

mod numeric;
mod wording;

use std::fmt;

use super::{Day, Length, NotAPeriod, Period, Term};

/// The forms a reader may write, for messages.
pub const ACCEPTED_TIMESCALES: &str = "\"December 2003\", \"2003-12\", \"by end of December 2003\", 2003-12-31, \
     \"31 December 2003\", \"2003\", \"Ongoing\", \"To be agreed\", \"Complete\", \"In place since January 2003\"";
pub use numeric::numeric_days;
pub(super) use wording::meaning;

/// Why some wording is not a timescale, and what `due` beside it may say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotATimescale {
    /// It names a date that the calendar does not have.
    Impossible(NotAPeriod),
    /// One meaning is likely, and still to be agreed.
    Likely(Due),
    /// It may mean any of these.
    Ambiguous { why: &'static str, periods: Vec<Period> },
    /// There is nothing in it that could be a date.
    Unknown { why: &'static str },
}

/// What words may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    Term(Term),
    /// The day that is this long after the words were agreed.
    AfterPlan(Length),
}

/// How a `due` is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// A line of the plan file: `due = "2025-05"`.
    Line,
    /// A flag of a command: `--due "2025-05"`.
    Flag,
}

impl fmt::Display for NotATimescale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Impossible(reason) => reason.fmt(f),
            Self::Likely(_) => f.write_str("not a date by itself"),
            Self::Ambiguous { why, .. } | Self::Unknown { why } => f.write_str(why),
        }
    }
}

impl NotATimescale {
    /// What would be right, where it was agreed on this day.
    pub fn help(&self, published: Option<Day>, given: Given) -> String {
        let line = |due: &Due| Some(format!("`{}`", given.write(&due.wording(published)?)));
        let key = given.key();
        match self {
            Self::Impossible(_) => {
                format!("correct the date, or say with {key} what was agreed that it means")
            }
            Self::Unknown { .. } => format!(
                "write it as one of {}; or keep the words and say with {key}, in such a form, what they mean: \
                 `{}`",
                ACCEPTED_TIMESCALES,
                given.write("To be agreed")
            ),
            Self::Likely(due) => match (line(due), due) {
                (Some(line), _) => format!("if that was agreed, add {line}"),
                (None, Due::AfterPlan(length)) => {
                    format!(
                        "say with {key} which day was agreed, perhaps {length} after the day it was agreed"
                    )
                }
                (None, Due::Term(_)) => format!("say with {key} what was agreed that it means"),
            },
            Self::Ambiguous { periods, .. } => {
                let lines: Vec<String> = periods
                    .iter()
                    .map(|period| format!("`{}`", given.write(&period.iso())))
                    .collect();
                format!("add what was agreed: {}", lines.join(" or "))
            }
        }
    }
}

impl Due {
    /// Words that are read as this, where it was agreed on this day.
    pub fn wording(self, published: Option<Day>) -> Option<String> {
        match self {
            Self::Term(term) => Some(term.wording()),
            Self::AfterPlan(length) => length.after(published?).map(|day| day.to_string()),
        }
    }
}

impl Given {
    fn write(self, wording: &str) -> String {
        let value = match wording.parse::<Day>() {
            Ok(_) => wording.to_owned(),
            Err(_) => format!("\"{wording}\""),
        };
        match self {
            Self::Line => format!("due = {value}"),
            Self::Flag => format!("--due {value}"),
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Line => "`due`",
            Self::Flag => "`--due`",
        }
    }
}

#[cfg(test)]
mod tests;
