//! `plan merge`: merges two versions of a plan by the ids of items, as git's merge driver or to resolve a conflict.

mod install;
mod resolve;

use std::path::Path;

use crate::{
    app::{Context, Failure, Output},
    cli::MergeArgs,
    file, git,
    merge::{Merged, merge},
    output::printable,
};

use super::write::writer;

pub fn run(args: &MergeArgs, context: &Context) -> Result<Output, Failure> {
    match args.versions.as_slice() {
        [base, ours, theirs, path] => drive([base, ours, theirs], path),
        _ if args.install => install::run(args, context),
        _ => resolve::run(args, context),
    }
}

/// Merges the three files that git passes to a merge driver, and writes the result into the file `ours`.
fn drive([base, ours, theirs]: [&Path; 3], path: &Path) -> Result<Output, Failure> {
    let writer = writer(ours)?;
    let [base_text, text, their_text] = [file::read(base)?, file::read(ours)?, file::read(theirs)?];
    match merge(&base_text, &text, &their_text, None) {
        Ok(merged) => {
            writer.replace(&text, &merged.text)?;
            Ok(output(&merged, path))
        }
        Err(invalid) => {
            let lines = git::merge_lines(base, ours, theirs)?;
            let merged = String::from_utf8(lines.merged).map_err(anyhow::Error::from)?;
            writer.replace(&text, &merged)?;
            let fault = invalid.faults.first().map_or("", |fault| fault.title.as_str());
            Ok(Output {
                flagged: lines.has_conflicts || file::Reader::default().decode(&merged).is_err(),
                ..Output::notice(format!(
                    "{}: merged line by line, because {} is not a valid plan: {}\n",
                    file::printable_path(path),
                    invalid.version,
                    printable(fault)
                ))
            })
        }
    }
}

/// Returns the messages of a merge: one line per conflict and per note.
fn output(merged: &Merged, path: &Path) -> Output {
    let path = file::printable_path(path);
    let conflicts = merged.conflicts.iter();
    let conflicts = conflicts.map(|conflict| format!("{path}: conflict: {conflict}\n"));
    let notes = merged.notes.iter().map(|note| format!("{path}: note: {note}\n"));
    Output {
        flagged: !merged.conflicts.is_empty(),
        ..Output::notice(conflicts.chain(notes).collect())
    }
}
