//! What words that are no timescale by themselves may have been agreed to mean. It is proposed, never assumed.

mod numeric;
mod scan;

use std::fmt;

use chrono::Datelike;

use super::{Day, Length, Month, NotAPeriod, Period, Term, Year};
pub use numeric::numeric_days;
use scan::{Mention, Scan};

/// Why some wording is not a timescale, and what `due` beside it may say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotATimescale {
    /// It names a date that the calendar does not have.
    Impossible(NotAPeriod),
    /// One meaning is likely, and still to be agreed.
    Likely(Due),
    /// It may mean any of these.
    Ambiguous { why: &'static str, dues: Vec<Due> },
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
                super::Timescale::ACCEPTED,
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
            Self::Ambiguous { dues, .. } => {
                let lines: Vec<String> = dues.iter().filter_map(line).collect();
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

/// What words that are not read may mean.
pub(super) fn meaning(wording: &str) -> NotATimescale {
    let scan = match Scan::of(wording) {
        Ok(scan) => scan,
        Err(reason) => return NotATimescale::Impossible(reason),
    };
    match (Period::parse_or_year(wording), scan.mentions.as_slice()) {
        (Err(reason @ NotAPeriod::NoSuchMonth { .. }), _) if scan.is_incomplete => {
            NotATimescale::Impossible(reason)
        }
        (_, []) => no_date(&scan),
        (_, [mention]) => one_date(&scan, mention),
        (_, several) => several_dates(several),
    }
}

fn likely(term: Term) -> NotATimescale {
    NotATimescale::Likely(Due::Term(term))
}

fn ambiguous(why: &'static str, terms: impl IntoIterator<Item = Term>) -> NotATimescale {
    let mut dues: Vec<Due> = Vec::new();
    for due in terms.into_iter().map(Due::Term) {
        if !dues.contains(&due) {
            dues.push(due);
        }
    }
    NotATimescale::Ambiguous { why, dues }
}

/// Several dates in one cell: whoever wrote them knows which one is the end.
fn several_dates(mentions: &[Mention]) -> NotATimescale {
    /// More are not worth listing.
    const MOST: usize = 8;
    if let Some(why) = mentions.iter().find_map(|mention| mention.why) {
        let last = mentions.last().map_or(&[][..], |mention| &mention.periods);
        return ambiguous(why, last.iter().map(|period| Term::By(*period)));
    }
    let periods = mentions.iter().flat_map(|mention| &mention.periods).take(MOST);
    ambiguous("several dates, of which one counts", periods.map(|period| Term::By(*period)))
}

fn one_date(scan: &Scan, mention: &Mention) -> NotATimescale {
    let by = mention.periods.iter().map(|period| Term::By(*period));
    match (mention.periods.as_slice(), mention.why) {
        ([Period::Year(_)], None) if scan.is_incomplete => NotATimescale::Unknown { why: NO_DATE },
        ([_], None) if scan.is_incomplete => ambiguous("more than this date stands there", by),
        ([period], None) => clear_date(scan, *period),
        (_, why) => ambiguous(why.unwrap_or(NO_DATE), by),
    }
}

/// The words around a date say whether it is a deadline.
fn clear_date(scan: &Scan, period: Period) -> NotATimescale {
    let (due, since) = (Term::By(period), Term::InPlaceSince(period));
    let (is_update, is_ahead) = (scan.has(UPDATE), scan.has(AHEAD));
    let before_or_due = || before(period).map(Term::By).into_iter().chain([due]);
    match period {
        _ if is_endless(scan) => {
            let why = if is_update {
                "the date is of an update to work that goes on"
            } else {
                "a deadline, and work that goes on after it"
            };
            ambiguous(why, [due, Term::Ongoing])
        }
        _ if is_update => {
            ambiguous("the date is of an update, not of delivery", [Term::ToBeAgreed, due])
        }
        _ if scan.has(&["since"]) || scan.has(DONE) && !is_ahead => likely(since),
        _ if scan.has(CLOSED) && !is_ahead => {
            ambiguous("complete since then, or to be complete by then", [since, due])
        }
        _ if scan.has(&["early", "mid", "middle"]) || scan.has_a_row(START_OF) => {
            ambiguous("a part of that time, without its end", [due])
        }
        Period::Day(first) if scan.has_a_row(WEEK_FROM) => week(first),
        _ if scan.has(START) => {
            ambiguous("when it begins is not when it ends", [Term::Ongoing, due])
        }
        _ if scan.has(&["before", "prior"]) => {
            ambiguous("before that date, or by its end", before_or_due())
        }
        // Another word may be what a month or a season is called there, or mistyped.
        Period::Year(_) if !scan.has_only(AROUND_A_YEAR) => NotATimescale::Unknown { why: NO_DATE },
        Period::Year(_) if scan.has(&["by"]) && !scan.has(&["end"]) => {
            ambiguous("before that year, or by its end", before_or_due())
        }
        _ => likely(due),
    }
}

/// A week that is named by its first day.
fn week(first: Day) -> NotATimescale {
    let days = [0, 4, 6].map(|days| Length::Days(days).after(first));
    let terms = days.into_iter().flatten().map(|day| Term::By(Period::Day(day)));
    ambiguous("a week that begins on that day", terms)
}

/// The period of the same length before this one.
fn before(period: Period) -> Option<Period> {
    let last = period.first_day().pred_opt()?;
    let year = Year::new(last.year())?;
    Some(match period {
        Period::Day(_) => Period::Day(last),
        Period::Month(_) => Period::Month(Month::of(last)),
        Period::Year(_) => Period::Year(year),
    })
}

fn no_date(scan: &Scan) -> NotATimescale {
    match scan.length() {
        Some(_) if scan.has(&["every", "each"]) => return likely(Term::Ongoing),
        Some(_) if scan.counts_from_elsewhere() => {
            return NotATimescale::Unknown { why: "counts from something that has no date here" };
        }
        Some(length) => return NotATimescale::Likely(Due::AfterPlan(length)),
        None => {}
    }
    let is_undated = scan.has(UNDATED) || scan.has_a_row(UNDATED_IN_WORDS);
    match () {
        () if scan.is_incomplete && scan.has_month() => NotATimescale::Unknown { why: NO_YEAR },
        () if scan.is_incomplete => NotATimescale::Unknown { why: NO_DATE },
        () if is_undated => likely(Term::ToBeAgreed),
        () if scan.has(&["immediate", "immediately"]) => {
            NotATimescale::Likely(Due::AfterPlan(Length::Days(0)))
        }
        () if is_endless(scan) || scan.has(REGULAR) => likely(Term::Ongoing),
        () if scan.is_dash() => likely(Term::ToBeAgreed),
        () if is_done(scan) => likely(Term::Complete),
        () => NotATimescale::Unknown { why: NO_DATE },
    }
}

fn is_endless(scan: &Scan) -> bool {
    scan.has(ENDLESS) || scan.has_a_row(&[&["on", "going"]])
}

fn is_done(scan: &Scan) -> bool {
    let done = scan.has(DONE) || scan.has(CLOSED) || scan.has_a_row(&[&["in", "place"]]);
    done && !scan.has(AHEAD) && !scan.has(&["not", "to", "partially", "partly"])
}

const NO_DATE: &str = "not a date";
const NO_YEAR: &str = "a date without its year";
const AROUND_A_YEAR: &[&str] = &[
    "by",
    "the",
    "end",
    "of",
    "in",
    "during",
    "within",
    "for",
    "late",
    "year",
    "calendar",
    "target",
    "due",
    "expected",
    "completion",
    "s",
];
const UNDATED: &[&str] = &["tba", "tbc", "tbd", "none", "unknown", "undecided"];
const UNDATED_IN_WORDS: &[&[&str]] = &[
    &["to", "be", "agreed"],
    &["to", "be", "confirmed"],
    &["to", "be", "determined"],
    &["to", "be", "decided"],
    &["to", "be", "advised"],
    &["not", "applicable"],
    &["n", "a"],
];
const ENDLESS: &[&str] = &[
    "ongoing",
    "continuous",
    "continuously",
    "continuing",
    "continue",
    "continues",
    "thereafter",
    "permanent",
    "rolling",
];
const REGULAR: &[&str] =
    &["every", "each", "daily", "weekly", "monthly", "quarterly", "annual", "annually", "yearly"];
const UPDATE: &[&str] =
    &["update", "updates", "updated", "details", "published", "shared", "announced"];
const DONE: &[&str] =
    &["implemented", "completed", "done", "achieved", "finished", "finalised", "finalized"];
/// Words that say both that something is done and that it is to be done.
const CLOSED: &[&str] = &["complete", "closed"];
/// Words with which what is done is only going to be done.
const AHEAD: &[&str] = &[
    "be", "by", "will", "should", "expected", "due", "target", "planned", "until", "when", "once",
];
const WEEK_FROM: &[&[&str]] = &[
    &["w", "c"],
    &["wc"],
    &["w", "b"],
    &["week", "of"],
    &["week", "commencing"],
    &["week", "beginning"],
    &["week", "starting"],
];
const START_OF: &[&[&str]] = &[&["start", "of"], &["beginning", "of"]];
const START: &[&str] = &[
    "from",
    "after",
    "following",
    "starting",
    "start",
    "starts",
    "commencing",
    "beginning",
    "begin",
    "begins",
    "effective",
    "onwards",
    "earliest",
];

#[cfg(test)]
mod tests;
