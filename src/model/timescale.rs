//! Timescales in the report's own wording, and what each means.

use super::{NotAPeriod, Period, Status};

/// An agreed timescale: the wording as printed, for ever, and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timescale {
    pub wording: String,
    pub term: Term,
}

/// What a timescale means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// To be done by the last day of the period.
    By(Period),
    /// No end: never overdue, but it can go stale.
    Ongoing,
    /// Done when the plan was published.
    Complete,
    /// Done since then.
    InPlaceSince(Period),
}

impl Term {
    /// The deadline, where there is one.
    pub fn deadline(self) -> Option<Period> {
        match self {
            Self::By(period) => Some(period),
            Self::Ongoing | Self::Complete | Self::InPlaceSince(_) => None,
        }
    }
}

impl Term {
    /// Where work stands when the plan is published, before any entry.
    pub fn first_status(self) -> Status {
        match self {
            Self::By(_) => Status::NotStarted,
            Self::Ongoing => Status::InProgress,
            Self::Complete | Self::InPlaceSince(_) => Status::Complete,
        }
    }
}

/// Why some wording is not a [`Timescale`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATimescale(pub NotAPeriod);

impl Timescale {
    /// The forms a reader may write, for messages.
    pub const ACCEPTED: &'static str = "\"December 2003\", \"2003-12\", \"by end of December 2003\", 2003-12-31, \
         \"31 December 2003\", \"Ongoing\", \"Complete\", \"In place since January 2003\"";

    /// Reads the wording of a report, in any case; the wording is kept as it is.
    ///
    /// # Errors
    /// The wording is not one of the accepted forms, or names a date the calendar does not have.
    pub fn parse(wording: impl Into<String>) -> Result<Self, NotATimescale> {
        let wording = wording.into();
        let term = parse_term(&wording).map_err(NotATimescale)?;
        Ok(Self { wording, term })
    }

    /// Stands in for a timescale that could not be read, so that the rest can still be judged.
    pub fn unreadable() -> Self {
        Self { wording: String::new(), term: Term::Ongoing }
    }
}

fn parse_term(wording: &str) -> Result<Term, NotAPeriod> {
    let is = |words: &[&str]| starts_with(wording, words).is_some_and(str::is_empty);
    if is(&["ongoing"]) {
        return Ok(Term::Ongoing);
    }
    if is(&["complete"]) {
        return Ok(Term::Complete);
    }
    if let Some(since) = starts_with(wording, &["in", "place", "since"]) {
        return Period::parse(since).map(Term::InPlaceSince);
    }
    let rest = starts_with(wording, &["by"]).unwrap_or(wording);
    let end_of =
        starts_with(rest, &["the", "end", "of"]).or_else(|| starts_with(rest, &["end", "of"]));
    match (end_of, Period::parse(end_of.unwrap_or(rest))?) {
        (Some(_), Period::Day(_)) => Err(NotAPeriod::Unrecognised),
        (_, period) => Ok(Term::By(period)),
    }
}

/// What follows `words` in `text`, in any case and with any white space between.
fn starts_with<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let mut rest = text.trim_start();
    for word in words {
        let (first, others) = rest.split_at_checked(word.len())?;
        let ends = others.is_empty() || others.starts_with(char::is_whitespace);
        if !ends || !first.eq_ignore_ascii_case(word) {
            return None;
        }
        rest = others.trim_start();
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Month;

    fn term(wording: &str) -> Term {
        Timescale::parse(wording).unwrap().term
    }

    #[test]
    fn every_wording_of_a_month_means_that_month() {
        let december = Term::By(Period::Month(Month::new(2003, 12).unwrap()));
        for wording in [
            "December 2003",
            "Dec 2003",
            "dEc 2003",
            "2003-12",
            "by end of December 2003",
            "By the end of December 2003",
            "by December 2003",
            "end of 2003-12",
        ] {
            assert_eq!(term(wording), december, "{wording}");
        }
    }

    #[test]
    fn finished_and_endless_wordings_are_told_apart() {
        assert_eq!(term("Ongoing"), Term::Ongoing);
        assert_eq!(term("COMPLETE"), Term::Complete);
        assert_eq!(
            term("In place since January 2003"),
            Term::InPlaceSince(Period::Month(Month::new(2003, 1).unwrap()))
        );
    }

    #[test]
    fn the_wording_is_kept_as_written() {
        let timescale = Timescale::parse("by  End of DECEMBER 2003").unwrap();
        assert_eq!(timescale.wording, "by  End of DECEMBER 2003");
    }

    #[test]
    fn wordings_that_would_need_a_guess_are_refused() {
        for wording in [
            "",
            "soon",
            "Immediately",
            "2021-22 fiscal year",
            "6/30/23",
            "Q4 2003",
            "end of 31 December 2003",
            "in place since",
            "ongoing until December 2003",
        ] {
            assert!(Timescale::parse(wording).is_err(), "{wording}");
        }
    }
}
