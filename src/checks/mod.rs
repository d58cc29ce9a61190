//! Checks plans by three groups of rules: the rules of the format, the lints, and the history rules, which compare two
//! versions of a plan.

mod finding;
pub mod history_rules;
mod lints;
mod validate;

pub use finding::{Finding, Location, MOST_FAULTS, Related, Version, first};
pub use lints::lints;

pub use validate::broken;
