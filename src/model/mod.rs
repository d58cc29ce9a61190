//! The plan and what can be computed from it: pure, with no clock, no input or output, no printing.

mod calendar;
mod change;
pub mod guard;
pub mod lints;
mod place;
mod plan;
mod progress;
mod rule;
pub mod rules;
mod standing;
pub mod text;
mod timescale;
mod word;

pub use calendar::{Day, Length, NotAPeriod, Period, When, days_between};
pub use change::{Change, Desk, NewRecommendation, Refusal, Said, Target};
pub use lints::same_person;
pub use place::{Place, Step};
pub use plan::{
    Action, Area, Id, Meeting, Plan, PlanId, Policy, Recommendation, Response, Section,
};
pub use progress::{ProgressEntry, Revision, Status, Verdict, Verification};
pub use rule::{Finding, Kind, Level, Rule, Severity, Version};
pub use rules::one_of;
pub use standing::{
    ActionStanding, Asked, Finish, Lateness, RecommendationStanding, Stale, Timing, Whose,
};
pub use text::{Text, fold, fold_beginning, has_forbidden, is_forbidden, paragraphs};
pub use timescale::{Term, Timescale};
pub(crate) use word::vocabulary;
pub use word::{Word, nearest};
