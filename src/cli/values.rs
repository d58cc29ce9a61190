//! Parsers for the values of flags.

use std::{ffi::OsStr, marker::PhantomData};

use clap::{
    Arg, Command,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use crate::{
    model::{
        ACCEPTED_TIMESCALES, Keyword, Length, NotAPeriod, Period, Rule, Timescale, When, nearest,
    },
    output::{AnswerKind, Format, column_facts},
};

/// A date or a git revision, as given on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevisionOrDate {
    When(When),
    Revision(String),
}

/// The start of a period, as given on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    LastMeeting,
    RevisionOrDate(RevisionOrDate),
}

/// The findings that `--deny` turns into errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    Warnings,
    Lint(Rule),
}

/// Returns a parser for the words of the vocabulary `W`. The parser also accepts other usual spellings of these words.
/// For a mistyped word, the error suggests the nearest word.
pub fn words<W: Keyword + Send + Sync>() -> impl TypedValueParser<Value = W> {
    KeywordParser(PhantomData)
}

#[derive(Clone)]
struct KeywordParser<W>(PhantomData<W>);

impl<W: Keyword + Send + Sync> TypedValueParser for KeywordParser<W> {
    type Value = W;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<W, clap::Error> {
        let meant = value.to_str().and_then(W::meant).map(W::word);
        let exact = PossibleValuesParser::new(W::words())
            .try_map(|word| W::from_word(&word).ok_or("not one of the possible values"));
        exact.parse_ref(command, arg, meant.map_or(value, OsStr::new))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(W::words().into_iter().map(PossibleValue::new)))
    }
}

/// Returns a parser for the names of the formats that can print an answer of one of `kinds`.
pub fn formats(kinds: &[AnswerKind]) -> impl TypedValueParser<Value = &'static Format> {
    PossibleValuesParser::new(Format::names(kinds))
        .try_map(|name| Format::find(&name).ok_or("not one of the possible values"))
}

/// Returns a parser for the names of columns. The parser also accepts `owner` for the column `owners`.
pub fn column_names() -> impl TypedValueParser<Value = String> {
    const OWNERS: &str = "owners";
    const OWNER: &str = "owner";
    let names = column_facts().map(PossibleValue::new);
    let names = names.map(|name| if name.get_name() == OWNERS { name.alias(OWNER) } else { name });
    PossibleValuesParser::new(names)
        .map(|name| if name == OWNER { OWNERS.to_owned() } else { name })
}

pub fn parse_lint(text: &str) -> Result<Rule, String> {
    let settable = || Rule::ALL.iter().copied().filter(|rule| rule.can_be_set());
    match Rule::from_word(text) {
        Some(rule) if rule.can_be_set() => return Ok(rule),
        Some(_) => {
            return Err("this rule is always an error, so its level cannot be set".to_owned());
        }
        None => {}
    }
    let meant = nearest(text, settable().map(Keyword::word));
    Err(match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`plan check --list` shows every lint".to_owned(),
    })
}

pub fn parse_denied(text: &str) -> Result<Denied, String> {
    match text {
        "warnings" => Ok(Denied::Warnings),
        _ => parse_lint(text).map(Denied::Lint),
    }
}

/// The advice in error messages on how to write a date on the command line.
pub const DATES: &str =
    "write 2003-12-31, 2003-12, \"December 2003\", today, yesterday, +30d or -2w";

pub fn parse_when(text: &str) -> Result<When, String> {
    When::parse(text).map_err(|reason| format!("{reason}\n\n  {DATES}"))
}

/// Parses the date of a meeting. The error does not suggest `-2w`, because clap would read it as a flag.
pub fn parse_meeting(text: &str) -> Result<When, String> {
    const MEETINGS: &str = "write 2003-12-31, 2003-12, \"December 2003\", today or +30d";
    When::parse(text).map_err(|reason| format!("{reason}\n\n  {MEETINGS}"))
}

/// Parses a date, or else a git revision.
pub fn parse_then(text: &str) -> Result<RevisionOrDate, String> {
    match When::parse(text) {
        Ok(when) => Ok(RevisionOrDate::When(when)),
        Err(NotAPeriod::Unrecognised) if text.is_empty() || text.starts_with('-') => {
            Err(format!("neither a date nor a git revision\n\n  {DATES}"))
        }
        Err(NotAPeriod::Unrecognised) => Ok(RevisionOrDate::Revision(text.to_owned())),
        Err(reason) => Err(format!("{reason}\n\n  {DATES}")),
    }
}

/// Parses the start of a period: `last-meeting`, a date or a git revision.
pub fn parse_since(text: &str) -> Result<Since, String> {
    match text {
        "last-meeting" => Ok(Since::LastMeeting),
        _ => parse_then(text).map(Since::RevisionOrDate),
    }
}

/// Parses a date that must be a single day.
pub fn parse_day(text: &str) -> Result<When, String> {
    const DAYS: &str = "write 2003-12-31, \"31 December 2003\", today, yesterday or -2w";
    match When::parse(text) {
        Ok(When::Period(Period::Month(_))) => Err(format!("the day is missing\n\n  {DAYS}")),
        Ok(when) => Ok(when),
        Err(reason) => Err(format!("{reason}\n\n  {DAYS}")),
    }
}

/// Parses a timescale, such as `2003-12`. The error lists the accepted spellings.
pub fn parse_due(text: &str) -> Result<Timescale, String> {
    Timescale::parse(text.to_owned())
        .map_err(|reason| format!("{reason}\n\n  write one of {}", ACCEPTED_TIMESCALES))
}

pub fn parse_length(text: &str) -> Result<Length, String> {
    Length::parse(text)
        .ok_or_else(|| "write a number followed by d, w, m or y, as in 30d".to_owned())
}
