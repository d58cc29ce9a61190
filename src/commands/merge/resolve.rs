//! `plan merge --resolve`: merges again by ids what git left in conflict.

use std::{collections::HashSet, path::Path};

use super::{output, shown};
use crate::{
    app::{Context, Failure, Output},
    cli::MergeArgs,
    file,
    git::{Repository, Stages},
    merge::{Merged, NotAPlan, Side, Versions, is_mark, is_marked, merge, versions},
    output::diff,
};

pub fn run(args: &MergeArgs, context: &Context) -> Result<Output, Failure> {
    let path = context.path()?;
    let writer = args.write.writer(&path)?;
    let text = file::read(&path)?;
    let (versions, is_in_index) = match stages(&path)? {
        Some(stages) => (versions_of_index(stages, &text)?, true),
        None => (versions_of_marks(&text)?, false),
    };
    let merged = merged(context, &path, &versions, args.renumber)?;
    if is_in_index {
        let plain = match args.renumber {
            Some(_) => self::merged(context, &path, &versions, None)?.text,
            None => String::new(),
        };
        nothing_is_lost(&path, &text, &versions, [&merged.text, &plain])?;
    }
    let Some(writer) = writer else {
        return Ok(Output { text: diff(&path, &text, &merged.text), ..output(&merged, &path) });
    };
    writer.replace(&text, &merged.text)?;
    let mut output = output(&merged, &path);
    output.notices.push_str(&next_step(&merged, &shown(&path), is_in_index));
    Ok(output)
}

fn next_step(merged: &Merged, name: &str, is_in_index: bool) -> String {
    match (merged.conflicts.len(), is_in_index) {
        (0, true) => format!(
            "{name}: merged; go on with `git add {name}` and `git commit`, in a rebase `git rebase --continue`\n"
        ),
        (0, false) => format!("{name}: merged\n"),
        (1, _) => format!("{name}: one conflict is left between markers; decide it in an editor\n"),
        (count, _) => {
            format!(
                "{name}: {count} conflicts are left between markers; decide them in an editor\n"
            )
        }
    }
}

/// The versions in git's index; `None` outside of git and where there is no conflict.
fn stages(path: &Path) -> anyhow::Result<Option<Stages>> {
    let path = path.canonicalize()?;
    match Repository::containing(&path) {
        Ok(repository) => repository.stages(&repository.path(&path)?),
        Err(_) => Ok(None),
    }
}

/// The versions of the index, with the line ends of the file.
fn versions_of_index(stages: Stages, text: &str) -> Result<Versions, Failure> {
    let Stages { base, ours: Some(ours), theirs: Some(theirs) } = stages else {
        let help = "keep it with `git add`, or let it go with `git rm`".to_owned();
        return Err(Failure::usage("one side deleted the plan", Some(help)));
    };
    let read = |version| -> anyhow::Result<String> {
        let version = String::from_utf8(version)?;
        let is_returned = text.contains("\r\n") && !version.contains("\r\n");
        Ok(if is_returned { version.replace('\n', "\r\n") } else { version })
    };
    Ok(Versions { base: Some(read(base)?), ours: read(ours)?, theirs: read(theirs)? })
}

/// The versions between the markers of the file.
fn versions_of_marks(text: &str) -> Result<Versions, Failure> {
    if !is_marked(text) {
        let help = "there is nothing to resolve".to_owned();
        return Err(Failure::usage("there are no conflict markers in the plan", Some(help)));
    }
    versions(text).filter(|versions| versions.base.is_some()).ok_or_else(|| {
        let help = "merge again with `git -c merge.conflictStyle=diff3 merge`, which shows it";
        let message = "the markers do not show what both sides grew from, after `|||||||`";
        Failure::usage(message, Some(help.to_owned()))
    })
}

/// The merge, or the report on the version that is no valid plan.
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

/// Makes sure that nobody has worked on the file since the merge that left the conflict.
fn nothing_is_lost(
    path: &Path,
    text: &str,
    versions: &Versions,
    merges: [&str; 2],
) -> Result<(), Failure> {
    let name = shown(path);
    let again = format!("`git checkout --merge -- {name}` brings the conflict back");
    if text != versions.ours && !is_marked(text) {
        let help = format!("if it is right, go on with `git add {name}`; else {again}");
        return Err(Failure::usage("there are no conflict markers in the plan", Some(help)));
    }
    let Versions { ours, base, theirs } = versions;
    let known = [ours, base.as_deref().unwrap_or_default(), theirs].into_iter().chain(merges);
    let known: HashSet<&str> = known.flat_map(str::lines).collect();
    match text.lines().position(|line| !known.contains(line) && !is_mark(line)) {
        None => Ok(()),
        Some(line) => {
            let message =
                format!("line {} was written since the merge and would be lost", line + 1);
            Err(Failure::usage(message, Some(format!("mend the rest by hand; {again}"))))
        }
    }
}
