//! `plan merge --install`: makes git merge the plan by its ids in this repository.

use std::path::Path;

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
const SETTINGS: [(&str, &str); 2] = [
    ("merge.plan.name", "action plans, merged by their ids"),
    (
        "merge.plan.driver",
        "plan merge %O %A %B %P || { test $? -gt 1 && git merge-file -L ours -L base -L theirs %A %O %B; }",
    ),
];
const DRIVER: &str = "plan";
const ATTRIBUTES: &str = ".gitattributes";

/// Writes what is not there yet.
pub fn run(args: &MergeArgs, context: &Context) -> Result<Output, Failure> {
    let path = context.path()?;
    file::read(&path)?;
    // A link has no versions to merge; the file that it leads to has.
    let path = path.canonicalize().map_err(anyhow::Error::from)?;
    let repository = Repository::containing(&path)?;
    let path = repository.path(&path)?;
    let mut done = String::new();
    for (key, value) in SETTINGS {
        if repository.setting(key)?.as_deref() == Some(value) {
            continue;
        }
        if !args.write.dry_run {
            repository.set(key, value)?;
        }
        done.push_str(&format!("git config {key} \"{value}\"\n"));
    }
    if repository.merge_driver(&path)? != DRIVER {
        let attributes = repository.at_top(ATTRIBUTES);
        let old = if attributes.exists() { file::read(&attributes)? } else { String::new() };
        let line = format!("{} merge={DRIVER}\n", pattern(&path)?);
        let addition =
            if old.is_empty() || old.ends_with('\n') { line } else { format!("\n{line}") };
        if args.write.dry_run {
            let change = diff(Path::new(ATTRIBUTES), &old, &format!("{old}{addition}"));
            return Ok(Output { text: change, ..Output::notice(done) });
        }
        append(&attributes, &addition)?;
        if repository.merge_driver(&path)? != DRIVER {
            let message = "another file of attributes gives the plan another way to merge";
            return Err(anyhow::anyhow!("{message}: see `git check-attr merge`").into());
        }
        done.push_str(&format!("{ATTRIBUTES}: {}", addition.trim_start()));
    }
    Ok(Output::notice(match (done.is_empty(), args.write.dry_run) {
        (true, _) => format!("git merges {} by its ids already\n", shown(&path)),
        (false, true) => done,
        (false, false) => format!(
            "{done}git now merges {} by its ids; commit {ATTRIBUTES}, and run `plan merge --install` in every clone\n",
            shown(&path)
        ),
    }))
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
