//! Tracks an action plan kept in one readable, version-controlled file. This library is the implementation of the
//! program `plan`.

pub mod app;
pub mod checks;
pub mod cli;
mod clock;
pub mod commands;
pub mod doc;
pub mod edit;
pub mod file;
mod git;
pub mod history;
pub mod import;
pub mod key_path;
pub mod merge;
pub mod model;
pub mod output;
mod paths;
pub mod plan_diff;
pub mod query;
pub mod report;
pub mod terminal;
#[cfg(test)]
mod testing;
