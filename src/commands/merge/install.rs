//! `plan merge --install`: makes git merge the plan by its ids in this repository.

use std::{fs, path::Path};

use anyhow::bail;

use super::shown;
use crate::{
    app::{Context, Failure, Output},
    cli::MergeArgs,
    file::{self, append},
    git::Repository,
    output::diff,
};

/// The driver as git's configuration has it. `plan` is found on the path. Where it is not there, or cannot merge, git
/// merges by lines: else the text of ours would stand there as if it were the merge.
const SETTINGS: [(&str, &str); 3] = [
    ("merge.plan.name", "action plans, merged by their ids"),
    (
        "merge.plan.driver",
        "plan merge %O %A %B %P || { test $? -gt 1 && git merge-file -L ours -L base -L theirs %A %O %B; }",
    ),
    // The heads of hunks name the item that they are in.
    ("diff.plan.xfuncname", r"^(id = .*|\[\[?(plan|policy|owner|meeting).*)$"),
];
const DRIVER: &str = "plan";
const ATTRIBUTES: &str = ".gitattributes";

/// Writes what is not there yet.
pub fn run(args: &MergeArgs, context: &Context) -> Result<Output, Failure> {
    let path = context.path()?;
    file::read(&path)?;
    // A link has no versions to merge; the file that it leads to has.
    let path = dunce::canonicalize(&path).map_err(anyhow::Error::from)?;
    let repository = Repository::containing(&path)?;
    let path = repository.path(&path)?;
    let mut output = Output::default();
    for (key, value) in SETTINGS {
        if repository.setting(key)?.as_deref() == Some(value) {
            continue;
        }
        if !args.write.dry_run {
            repository.set(key, value)?;
        }
        output.notices.push_str(&format!("git config {key} \"{value}\"\n"));
    }
    name_driver(&repository, &path, args.write.dry_run, &mut output)?;
    if args.write.dry_run {
        return Ok(output);
    }
    if repository.merge_driver(&path)? != DRIVER {
        let message = "another file of attributes gives the plan another way to merge";
        return Err(anyhow::anyhow!("{message}: see `git check-attr merge`").into());
    }
    let name = shown(&path);
    output.notices = match output.notices.as_str() {
        "" => format!("git merges {name} by its ids already\n"),
        done => format!(
            "{done}git now merges {name} by its ids; commit {ATTRIBUTES}, and run `plan merge --install` in every clone\n"
        ),
    };
    Ok(output)
}

/// Names the driver in the attributes that everybody has, and in git's own: it reads none else where the line is only
/// on the branch that is merged in.
fn name_driver(
    repository: &Repository,
    path: &Path,
    is_dry: bool,
    output: &mut Output,
) -> anyhow::Result<()> {
    let line = format!("{} merge={DRIVER} diff={DRIVER}\n", pattern(path)?);
    let has_driver = repository.merge_driver(path)? == DRIVER;
    for (name, attributes, is_there) in [
        (ATTRIBUTES, repository.at_top(ATTRIBUTES), has_driver),
        (".git/info/attributes", repository.own_file("info/attributes")?, false),
    ] {
        let old = if attributes.exists() { file::read(&attributes)? } else { String::new() };
        if is_there || old.lines().any(|known| known == line.trim_end()) {
            continue;
        }
        let end = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
        let addition = format!("{end}{line}");
        if is_dry {
            output.text.push_str(&diff(Path::new(name), &old, &format!("{old}{addition}")));
            continue;
        }
        if let Some(directory) = attributes.parent() {
            fs::create_dir_all(directory)?;
        }
        append(&attributes, &addition)?;
        output.notices.push_str(&format!("{name}: {line}"));
    }
    Ok(())
}

/// The pattern of attributes that means just this path.
fn pattern(path: &Path) -> anyhow::Result<String> {
    let is_plain = |path: &&str| !path.contains(['"', '\\', '\n']) && !path.starts_with(['#', '!']);
    let Some(path) = path.to_str().filter(is_plain) else {
        bail!("{}: {ATTRIBUTES} cannot name this file", shown(path));
    };
    let mut pattern = String::new();
    for character in path.chars() {
        if "*?[".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    Ok(match pattern.contains(char::is_whitespace) {
        true => format!("\"{}\"", pattern.replace('\\', "\\\\")),
        false => pattern,
    })
}
