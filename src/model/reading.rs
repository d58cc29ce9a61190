//! Proposes meanings for a timescale whose wording has none of the forms that the program accepts. The user must
//! confirm or choose the meaning.

mod dates;
mod found;
mod languages;
mod lengths;
mod numeric;
mod wording;
mod words;

use std::fmt;

use self::dates::NO_YEAR;
use super::{Day, Length, NotAPeriod, Term, example_month};

/// The accepted forms of a timescale, for messages.
pub const ACCEPTED_TIMESCALES: &str = "\"December 2003\", \"2003-12\", \"by end of December 2003\", 2003-12-31, \
     \"31 December 2003\", \"2003\", \"Ongoing\", \"To be agreed\", \"Complete\", \"In place since January 2003\"";
pub use numeric::{DayOrder, day_order, numeric_days};
pub use wording::meaning;

const FINISHED: &str = "says that the work is done, but gives no due date";

/// The reason why the program does not accept a wording as a timescale, with any meanings that it proposes instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotATimescale {
    /// The wording has a date that does not exist.
    Impossible(NotAPeriod),
    /// One meaning is likely, but the user must confirm it.
    Likely(Due),
    /// The wording may have any of the meanings in `dues`, and the user must choose.
    Ambiguous { why: &'static str, dues: Vec<Due> },
    /// The program cannot propose a meaning, for the reason `why`.
    Unknown { why: &'static str },
}

/// A possible meaning of the wording of a timescale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    Term(Term),
    /// The work is due this length of time after the day on which the timescale was agreed.
    AfterPlan(Length),
}

/// The place where the user writes `due`: in the plan file or on the command line.
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
            Self::Likely(_) => f.write_str("not a clear date"),
            Self::Ambiguous { why, .. } | Self::Unknown { why } => f.write_str(why),
        }
    }
}

impl NotATimescale {
    /// Removes each meaning that says that the work is already done. If no meaning is left, the result is `Unknown`.
    #[must_use]
    pub fn unfinished(self) -> Self {
        let is_ahead =
            |due: &Due| !matches!(due, Due::Term(Term::Complete | Term::InPlaceSince(_)));
        match self {
            Self::Likely(due) if !is_ahead(&due) => Self::Unknown { why: FINISHED },
            Self::Ambiguous { why, mut dues } => {
                dues.retain(is_ahead);
                if dues.is_empty() {
                    return Self::Unknown { why: FINISHED };
                }
                Self::Ambiguous { why, dues }
            }
            other => other,
        }
    }

    /// Returns a help text that proposes the dates that the user may have meant. `published` is the day on which the
    /// timescale was agreed. `given` says whether the user writes `due` in the file or as a flag.
    pub fn help(&self, published: Option<Day>, given: Given) -> String {
        let line = |due: &Due| Some(format!("`{}`", given.write(&due.wording(published)?)));
        let key = given.key();
        match self {
            Self::Impossible(_) => {
                format!("correct the date, or give the agreed date with {key}")
            }
            Self::Unknown { why: FINISHED } => {
                "revise the timescale to a date or `Ongoing`; record finished work as a `progress` entry"
                    .to_owned()
            }
            Self::Unknown { why: NO_YEAR } => format!(
                "add the year, or keep the words and give the date they stand for with {key}, as in `{}`",
                given.write(&published.map_or_else(|| "2026-09".to_owned(), example_month))
            ),
            Self::Unknown { .. } => format!(
                "use one of these forms: {}; or keep the wording and add {key} with a value in one of them, as in `{}`",
                ACCEPTED_TIMESCALES,
                given.write("To be agreed")
            ),
            Self::Likely(due) => due.proposed(line(due), published, key),
            Self::Ambiguous { dues, .. } => {
                let undated = Due::Term(Term::ToBeAgreed);
                let dated = dues.iter().filter(|due| **due != undated);
                let lines: Vec<String> = dated.filter_map(line).collect();
                let until = format!("`{}`", given.write(&Term::ToBeAgreed.wording()));
                match (lines.is_empty(), dues.contains(&undated)) {
                    (true, _) => format!("agree a date; until then add {until}"),
                    (_, false) => format!("add the agreed date: {}", lines.join(" or ")),
                    (_, true) => format!(
                        "add the agreed date: {}; until a date is agreed, add {until}",
                        lines.join(" or ")
                    ),
                }
            }
        }
    }
}

impl Due {
    /// The meaning of a wording such as `immediately`: the work is due on the day of the agreement.
    pub const AT_ONCE: Self = Self::AfterPlan(Length::Days(0));

    /// Returns a help text that proposes this meaning of a wording. `line` is the line that the user should add, or
    /// `None` if the program cannot compute this line because `published` is unknown.
    fn proposed(self, line: Option<String>, published: Option<Day>, key: &str) -> String {
        match (line, self) {
            (Some(line), Self::AfterPlan(length)) if self != Self::AT_ONCE => {
                let day = published.map_or_else(String::new, |day| day.to_string());
                format!("add {line} ({length} after {day}) if that was agreed")
            }
            (Some(line), _) => format!("add {line} if that was agreed"),
            (None, Self::AfterPlan(_)) if self == Self::AT_ONCE => {
                format!("give the agreed due date with {key}")
            }
            (None, Self::AfterPlan(length)) => {
                format!(
                    "give the agreed due date with {key}, for example {length} after the date of agreement"
                )
            }
            (None, Self::Term(_)) => format!("give the agreed due date with {key}"),
        }
    }

    /// Returns an accepted wording with this meaning. If the meaning is a length of time after `published`, the wording
    /// is the resulting date, or `None` if `published` is unknown.
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
