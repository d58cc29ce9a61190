//! `plan merge --resolve`: resolves a conflict in a plan with a merge by the ids of items.

use std::{collections::HashSet, path::Path};

use super::output;
use crate::{
    app::{Context, Failure, Output},
    cli::MergeArgs,
    file::{self, Reader},
    git::{Repository, Stages},
    merge::{Merged, NotAPlan, Side, Versions, is_mark, is_marked, merge, versions},
    model::Rule,
    output::diff,
};

pub fn run(args: &MergeArgs, context: &Context) -> Result<Output, Failure> {
    let path = context.path()?;
    let writer = args.write.writer(&path)?;
    let text = file::read(&path)?;
    let (versions, source) = versions_of(&path, &text, args.renumber)?;
    let merged = merged(context, &path, &versions, args.renumber)?;
    if source != ResolveSource::Markers {
        let plain = match args.renumber {
            Some(_) if source == ResolveSource::Index => {
                self::merged(context, &path, &versions, None)?.text
            }
            _ => String::new(),
        };
        nothing_is_lost(&path, &text, &versions, [&merged.text, &plain], source)?;
    }
    let Some(writer) = writer else {
        return Ok(Output { text: diff(&path, &text, &merged.text), ..output(&merged, &path) });
    };
    writer.replace(&text, &merged.text)?;
    let mut output = output(&merged, &path);
    output.notices.push_str(&next_step(&merged, &file::printable_path(&path), source));
    Ok(output)
}

/// The source from which the versions to merge are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ResolveSource {
    /// Git's index, in which git recorded a conflict.
    Index,
    /// The conflict markers in the plan file.
    Markers,
    /// The two parents of a merge commit that git made without a conflict.
    Parents,
}

/// Finds the versions to merge again (ours, theirs and their common base), and the source of these versions.
///
/// # Errors
/// Fails if there is nothing to repair, or if the versions are unknown.
fn versions_of(
    path: &Path,
    text: &str,
    renumber: Option<Side>,
) -> Result<(Versions, ResolveSource), Failure> {
    let repository = dunce::canonicalize(path).map_err(anyhow::Error::from).and_then(|path| {
        let repository = Repository::containing(&path).ok();
        repository.map(|git| Ok((git.path(&path)?, git))).transpose()
    })?;
    let stages = repository.as_ref().map(|(path, git)| git.stages(path)).transpose()?.flatten();
    match (stages, twins(text)) {
        (Some(stages), _) => Ok((versions_of_stages(stages, text)?, ResolveSource::Index)),
        (None, Some(twins)) => {
            let merge = repository.map(|(path, git)| git.merged(&path)).transpose()?.flatten();
            let Some(parents) = merge else {
                let message =
                    format!("{twins}, and the last commit is not a merge of two branches");
                let help = "in an editor, give the newer item the next free id";
                return Err(Failure::usage(message, Some(help.to_owned())));
            };
            if renumber.is_none() {
                let help = "give the items of the other side the next free ids: plan merge --resolve --renumber theirs";
                return Err(Failure::usage(twins, Some(help.to_owned())));
            }
            Ok((versions_of_stages(parents, text)?, ResolveSource::Parents))
        }
        (None, None) => Ok((versions_of_marks(text)?, ResolveSource::Markers)),
    }
}

/// Returns an error message if two items of the plan have the same id. A text with conflict markers is not examined.
fn twins(text: &str) -> Option<String> {
    let faults = Reader::default().decode(text).err().filter(|_| !is_marked(text))?;
    let twins = faults.into_iter().find(|fault| fault.rule == Rule::DuplicateId);
    twins.map(|fault| fault.title)
}

fn next_step(merged: &Merged, name: &str, source: ResolveSource) -> String {
    match (merged.conflicts.len(), source) {
        (0, ResolveSource::Index) => format!(
            "{name}: merged; continue with `git add {name}` and `git commit` (in a rebase: `git rebase --continue`)\n"
        ),
        (0, ResolveSource::Markers) => format!("{name}: merged\n"),
        (0, ResolveSource::Parents) => {
            format!("{name}: merged; continue with `git add {name}` and `git commit`\n")
        }
        (1, _) => {
            format!("{name}: one conflict remains between markers; resolve it in an editor\n")
        }
        (count, _) => {
            format!("{name}: {count} conflicts remain between markers; resolve them in an editor\n")
        }
    }
}

/// Decodes versions from git as text, and gives them the line endings of the file on disk.
fn versions_of_stages(stages: Stages, text: &str) -> Result<Versions, Failure> {
    let Stages { base, ours: Some(ours), theirs: Some(theirs) } = stages else {
        let help = "keep the plan with `git add`, or delete it with `git rm`".to_owned();
        return Err(Failure::usage("one side deleted the plan", Some(help)));
    };
    let read = |version| -> anyhow::Result<String> {
        let version = String::from_utf8(version)?;
        let is_returned = text.contains("\r\n") && !version.contains("\r\n");
        Ok(if is_returned { version.replace('\n', "\r\n") } else { version })
    };
    Ok(Versions { base: Some(read(base)?), ours: read(ours)?, theirs: read(theirs)? })
}

/// Returns the versions between the conflict markers of the file.
fn versions_of_marks(text: &str) -> Result<Versions, Failure> {
    if !is_marked(text) {
        let help = "there is nothing to resolve".to_owned();
        return Err(Failure::usage("there are no conflict markers in the plan", Some(help)));
    }
    versions(text).filter(|versions| versions.base.is_some()).ok_or_else(|| {
        let help =
            "merge again with `git -c merge.conflictStyle=diff3 merge`, to get this part too";
        let message = "the conflict has no `|||||||` part with the common earlier version";
        Failure::usage(message, Some(help.to_owned()))
    })
}

/// Merges the versions. If a version is not a valid plan, the failure has the errors of that version.
fn merged(
    context: &Context,
    path: &Path,
    versions: &Versions,
    renumber: Option<Side>,
) -> Result<Merged, Failure> {
    let Versions { ours, base, theirs } = versions;
    let base = base.as_deref().unwrap_or_default();
    merge(base, ours, theirs, renumber).map_err(|NotAPlan { version, faults }| {
        let text = match version {
            "base" => base,
            "ours" => ours,
            _ => theirs,
        };
        context.invalid(&path.with_extension(version), text, faults)
    })
}

/// Returns an error if the file was edited after the merge, because a new merge would lose the edits.
fn nothing_is_lost(
    path: &Path,
    text: &str,
    versions: &Versions,
    merges: [&str; 2],
    source: ResolveSource,
) -> Result<(), Failure> {
    let name = file::printable_path(path);
    let again = match source {
        ResolveSource::Parents => {
            format!("restore the last commit with `git checkout HEAD -- {name}`")
        }
        _ => format!("restore the conflict with `git checkout --merge -- {name}`"),
    };
    if source == ResolveSource::Index && text != versions.ours && !is_marked(text) {
        let help =
            format!("if the plan is right, continue with `git add {name}`; otherwise {again}");
        return Err(Failure::usage("there are no conflict markers in the plan", Some(help)));
    }
    let Versions { ours, base, theirs } = versions;
    let known = [ours, base.as_deref().unwrap_or_default(), theirs].into_iter().chain(merges);
    let known: HashSet<&str> = known.flat_map(str::lines).collect();
    match text.lines().position(|line| !known.contains(line) && !is_mark(line)) {
        None => Ok(()),
        Some(line) => {
            let message = format!("line {} was added after the merge and would be lost", line + 1);
            Err(Failure::usage(message, Some(format!("resolve the rest in an editor, or {again}"))))
        }
    }
}
