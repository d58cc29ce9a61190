//! Checks a plan. There are three kinds of checks: the rules of the format, the lints, and the history rules, which
//! compare two versions.

mod finding;
pub mod history_rules;
mod lints;
mod validate;

pub use finding::{Finding, Location, MOST_FAULTS, Related, Version, first};
pub use lints::lints;

pub use validate::broken;
