//! Timescales in the wording of the report, and their meaning.

use super::{DayOrder, NotATimescale, Period, Term, meaning, shell_word, to_single_line};

/// An agreed timescale: its wording as the report prints it, and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timescale {
    pub wording: String,
    /// The agreed meaning in a form that the program can read; `None` if the program can read the wording itself.
    pub due: Option<String>,
    pub term: Term,
}

impl Timescale {
    /// Reads a timescale from its wording in the report, in upper or lower case. The timescale keeps the wording
    /// unchanged.
    ///
    /// # Errors
    /// Fails if the wording has none of the accepted forms, or if its date does not exist.
    pub fn parse(wording: impl Into<String>) -> Result<Self, NotATimescale> {
        let wording = wording.into();
        match parse_term(&wording) {
            Some(term) => Ok(Self { wording, due: None, term }),
            None => Err(meaning(&wording, DayOrder::Unknown)),
        }
    }

    /// Creates a timescale whose wording the program cannot read. The timescale `due` gives the agreed meaning.
    #[must_use]
    pub fn agreed(wording: String, due: Self) -> Self {
        Self { wording, term: due.term, due: Some(due.wording) }
    }

    /// Returns a placeholder for a timescale that could not be read, so that the rest of the plan can still be checked.
    pub fn unreadable() -> Self {
        Self { wording: String::new(), due: None, term: Term::Ongoing }
    }

    /// Returns the wording, followed by the text of `due`, if any: `after the review (due: December 2003)`.
    pub fn words(&self) -> String {
        match &self.due {
            Some(due) => format!("{} (due: {due})", self.wording),
            None => self.wording.clone(),
        }
    }

    /// Reads a timescale from text in the form that [`Self::words`] returns; `None` if the text has another form.
    pub fn of_words(words: &str) -> Option<Self> {
        if let Ok(timescale) = Self::parse(words) {
            return Some(timescale);
        }
        let (wording, due) = words.strip_suffix(')')?.rsplit_once(" (due: ")?;
        Some(Self::agreed(wording.to_owned(), Self::parse(due).ok()?))
    }

    /// Returns the timescale as the user types it in a command: the wording, followed by `--due` and the value of
    /// `due`, if any.
    pub fn arguments(&self) -> String {
        let due = self.due.iter().map(|due| format!(" --due {}", shell_word(due)));
        shell_word(&self.wording) + &due.collect::<String>()
    }

    /// Returns the same text as [`Self::words`], on one line.
    pub fn line(&self) -> String {
        to_single_line(&self.words())
    }
}

/// Returns the meaning of a wording; `None` if the wording has none of the accepted forms.
fn parse_term(wording: &str) -> Option<Term> {
    let is = |words: &[&str]| starts_with(wording, words).is_some_and(str::is_empty);
    let no_date: [&[&str]; 5] = [&["to", "be", "agreed"], &["tba"], &["tbc"], &["tbd"], &["n/a"]];
    match () {
        () if is(&["ongoing"]) || is(&["on-going"]) => return Some(Term::Ongoing),
        () if is(&["complete"]) => return Some(Term::Complete),
        () if no_date.iter().any(|words| is(words)) => return Some(Term::ToBeAgreed),
        () => {}
    }
    if let Some(since) = starts_with(wording, &["in", "place", "since"]) {
        return Period::parse_or_year(since).ok().map(Term::InPlaceSince);
    }
    let by = starts_with(wording, &["by"]);
    let rest = by.unwrap_or(wording);
    let ends: [&[&str]; 4] = [&["the", "end", "of"], &["the", "end"], &["end", "of"], &["end"]];
    let end = ends.iter().find_map(|words| starts_with(rest, words));
    match (end, Period::parse_or_year(end.unwrap_or(rest)).ok()?) {
        // These forms are refused: “end of” makes no sense before a day, and “by 2025” may mean before 2025 or during
        // 2025.
        (Some(_), Period::Day(_)) => None,
        (None, Period::Year(_)) if by.is_some() => None,
        (_, period) => Some(Term::By(period)),
    }
}

/// Returns the rest of `text` after `words`; `None` if `text` does not begin with `words`. Case and the amount of white
/// space are ignored.
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

impl Term {
    /// Returns the meaning of a timescale. Without a timescale, the meaning is that a date is still to be agreed.
    pub fn of(timescale: Option<&Timescale>) -> Self {
        timescale.map_or(Self::ToBeAgreed, |timescale| timescale.term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::{Month, Year};

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
            "Dec. 2003",
            "2003-12",
            "by end of December 2003",
            "By the end of December 2003",
            "by December 2003",
            "end of 2003-12",
            "end December 2003",
            " END\u{a0}\tDec.\n2003 ",
        ] {
            assert_eq!(term(wording), december, "{wording}");
        }
    }

    #[test]
    fn every_wording_of_a_year_means_its_last_day() {
        let year = Term::By(Period::Year(Year::new(2003).unwrap()));
        for wording in ["2003", "End of 2003", "by the end of 2003", "end 2003", "By end 2003"] {
            assert_eq!(term(wording), year, "{wording}");
        }
        assert!(Timescale::parse("by 2003").is_err());
    }

    #[test]
    fn finished_endless_and_undated_wordings_are_told_apart() {
        for wording in ["Ongoing", "ON-GOING"] {
            assert_eq!(term(wording), Term::Ongoing);
        }
        for wording in ["To be agreed", "to  BE agreed", "TBA", "tbc", "TBD", "N/A", "n/a"] {
            assert_eq!(term(wording), Term::ToBeAgreed, "{wording}");
        }
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
            "Spring 2003",
            "end of 31 December 2003",
            "in place since",
            "ongoing until December 2003",
            "31 June 2023",
            "29 February 2023",
        ] {
            assert!(Timescale::parse(wording).is_err(), "{wording}");
        }
    }

    #[test]
    fn every_term_can_be_written_in_words_that_mean_it() {
        for wording in [
            "2003",
            "2003-12",
            "2003-12-31",
            "Ongoing",
            "TBA",
            "Complete",
            "In place since 2003",
            "In place since January 2003",
            "In place since 2003-01-31",
        ] {
            assert_eq!(term(&term(wording).wording()), term(wording), "{wording}");
        }
    }
}
