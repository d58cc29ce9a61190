//! The plan, and everything that is computed from it. The model uses no clock, and does no input or output.

mod amend_key;
mod calendar;
mod decision;
mod earlier;
mod entries;
mod escalation;
mod extra;
mod field_types;
mod id;
mod item;
mod key_value;
pub(crate) mod keys;
mod keyword;
mod misread;
mod numbering;
mod owners;
mod paragraphs;
mod plan;
mod policy;
mod rag;
mod ratings;
mod reading;
mod rule;
mod standing;
mod term;
mod text;
mod timescale;

pub use calendar::{
    Day, Length, Month, NotAPeriod, Period, When, Year, days_between, example_month,
};
pub use decision::{agreed_on, answered, ratified, unanswered};
pub use entries::{
    AmendKey, Amendment, Dated, Decision, OldestFirst, Outlook, ProgressEntry, Revision, Status,
    Verdict, Verification, numbered_on, oldest_first, seen_on,
};
pub use escalation::Escalation;
pub use extra::Extra;
pub use id::{Id, NotAnId, Recommendations, readings};
pub use item::{ItemRef, Position};
pub use key_value::KeyValue;
pub use keys::{
    Class, Key, MOST_KEYS, Nested, ReadTable, Record, Shape, Values, Vocabulary, beside,
};
pub(crate) use keyword::vocabulary;
pub use keyword::{Keyword, nearest, one_of, spoken, word_meant};
pub use misread::{Misread, misread};
pub use owners::Owners;
pub use paragraphs::{Paragraph, is_bullet, items, paragraphs};
pub use plan::{
    Action, Area, MOST_FORMAT, Meeting, Owner, Plan, Recommendation, Response, Section,
};
pub use policy::{MaxDays, Policy};
pub use rag::{Colour, Rag, Signal};
pub use ratings::Cause;
pub use reading::{
    ACCEPTED_TIMESCALES, DayOrder, Given, NotATimescale, day_order, meaning, numeric_days,
};
pub use rule::{Level, Rule, RuleKind, Severity};
pub use standing::{Finish, Lateness, RecommendationStanding, Stale, Standing, Timing, extensions};
pub use term::Term;
pub use text::{
    counted, first_forbidden, hyphenated, is_forbidden, is_formula, plain_words, printable,
    same_person, searchable, shell_word, to_single_line,
};
pub use timescale::Timescale;
