//! The library behind the program `plan`, which tracks an action plan in one readable, version-controlled file.

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
