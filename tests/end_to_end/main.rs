//! Tests of the built program with real files, repositories, streams and clocks. They form one test program, because
//! linking one is faster than linking thirty.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests may fail loudly, make the files they need, and count aloud"
)]
#![cfg_attr(not(unix), allow(unused_imports, reason = "some tests are of Unix alone"))]

mod accounts;
#[cfg(unix)]
mod advice;
mod against;
mod amending;
mod answers;
mod at;
mod burnup;
mod calendar;
mod changes;
#[cfg(unix)]
mod checks_page;
mod comes_back;
mod diff;
mod diff_order;
#[cfg(unix)]
mod documents;
mod export;
mod formats;
mod generated;
mod glossary;
#[cfg(unix)]
mod history;
mod history_rules_answers;
mod history_rules_findings;
#[cfg(unix)]
mod history_rules_hostile;
#[cfg(unix)]
mod history_rules_trees;
mod hostile;
mod importing;
mod log;
mod mending;
mod merging;
mod paper;
mod papers;
mod past;
#[cfg(unix)]
mod readme;
mod rewritings;
mod round;
mod schema;
mod setup;
mod spreadsheet_faults;
mod streams;
mod strings;
mod support;
mod timeline;
mod timescales;
mod undo;
mod undo_sequences;
mod verifying;
mod word_file;
mod writing;
