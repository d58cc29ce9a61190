//! `plan merge --resolve`: merges again by ids what git left in conflict.

use std::{collections::HashSet, path::Path};

use super::{output, shown};
use crate::{
    app::{Context, Failure, Output},
    cli::MergeArgs,
    commands::write::writer,
    file,
    git::{Repository, Stages},
    merge::{Merged, NotAPlan, Versions, is_marked, merge, versions},
    output::diff,
};

pub fn run(args: &MergeArgs, context: &Context) -> Result<Output, Failure> {
    let path = context.path()?;
    let writer = if args.write.dry_run { None } else { Some(writer(&path)?) };
    let text = file::read(&path)?;
    let (merged, is_in_index) = match stages(&path)? {
        Some(stages) => (from_index(args, context, &path, &text, stages)?, true),
        None => (from_marks(args, context, &path, &text)?, false),
    };
    let Some(writer) = writer else {
        return Ok(Output { text: diff(&path, &text, &merged.text), ..output(&merged, &path) });
    };
    writer.replace(&text, &merged.text)?;
    let mut output = output(&merged, &path);
    let name = shown(&path);
    output.notices.push_str(&match (merged.conflicts.len(), is_in_index) {
        (0, true) => format!("{name}: merged; go on with `git add {name}` and `git commit` (in a rebase `git rebase --continue`)\n"),
        (0, false) => format!("{name}: merged\n"),
        (1, _) => format!("{name}: one conflict is left between markers: decide it with `plan edit`, then `plan check`\n"),
        (count, _) => format!("{name}: {count} conflicts are left between markers: decide them with `plan edit`, then `plan check`\n"),
    });
    Ok(output)
}

/// The versions in git's index; `None` outside of git and where there is no conflict.
fn stages(path: &Path) -> anyhow::Result<Option<Stages>> {
    match Repository::containing(path) {
        Ok(repository) => repository.stages(&repository.path(path)?),
        Err(_) => Ok(None),
    }
}

/// Merges the versions of the index. What somebody wrote into the file since is not thrown away.
fn from_index(
    args: &MergeArgs,
    context: &Context,
    path: &Path,
    text: &str,
    stages: Stages,
) -> Result<Merged, Failure> {
    let Stages { base, ours: Some(ours), theirs: Some(theirs) } = stages else {
        let help = "keep it with `git add`, or let it go with `git rm`".to_owned();
        return Err(Failure::usage("one side deleted the plan", Some(help)));
    };
    let [base, ours, theirs] = [base, ours, theirs].map(|version| {
        let version = String::from_utf8_lossy(&version).into_owned();
        if text.contains("\r\n") && !version.contains("\r\n") {
            version.replace('\n', "\r\n")
        } else {
            version
        }
    });
    let merged = decoded(
        merge(&base, &ours, &theirs, args.renumber),
        [&base, &ours, &theirs],
        context,
        path,
    )?;
    let before =
        decoded(merge(&base, &ours, &theirs, None), [&base, &ours, &theirs], context, path)?;
    if text != ours && !is_marked(text) {
        let help = format!(
            "if it is right, go on with `git add {}`; else `git checkout --merge` brings the conflict back",
            shown(path)
        );
        return Err(Failure::usage("there are no conflict markers in the plan", Some(help)));
    }
    let known: HashSet<&str> = [&base, &ours, &theirs, &before.text]
        .into_iter()
        .flat_map(|version| version.lines())
        .collect();
    let is_mark = |line: &str| {
        ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
    };
    match text.lines().position(|line| !known.contains(line) && !is_mark(line)) {
        None => Ok(merged),
        Some(line) => {
            let help = "mend the rest by hand, or bring the conflict back as it was with `git checkout --merge`";
            let message =
                format!("line {} was written since the merge and would be lost", line + 1);
            Err(Failure::usage(message, Some(help.to_owned())))
        }
    }
}

/// Merges the versions between the markers of the file.
fn from_marks(
    args: &MergeArgs,
    context: &Context,
    path: &Path,
    text: &str,
) -> Result<Merged, Failure> {
    if !is_marked(text) {
        let help = "there is nothing to resolve".to_owned();
        return Err(Failure::usage("there are no conflict markers in the plan", Some(help)));
    }
    let Some(Versions { ours, base: Some(base), theirs }) = versions(text) else {
        let help = "merge again with `git -c merge.conflictStyle=diff3 merge`, which shows it";
        let message = "the markers do not show the version that both sides grew from (`|||||||`)";
        return Err(Failure::usage(message, Some(help.to_owned())));
    };
    decoded(merge(&base, &ours, &theirs, args.renumber), [&base, &ours, &theirs], context, path)
}

/// The merge, or the report on the version that is no valid plan.
fn decoded(
    merged: Result<Merged, NotAPlan>,
    [base, ours, theirs]: [&str; 3],
    context: &Context,
    path: &Path,
) -> Result<Merged, Failure> {
    merged.map_err(|NotAPlan { version, faults }| {
        let text = match version {
            "base" => base,
            "ours" => ours,
            _ => theirs,
        };
        context.invalid(&path.join(version), text, faults)
    })
}
