//! `plan merge --install`: configures git to merge the plan of this repository by the ids of items.

use std::{fs, path::Path};

use anyhow::bail;

use crate::{
    app::{Context, Failure, Output},
    cli::MergeArgs,
    file::{self, append},
    git::Repository,
    output::diff,
};

/// The settings of the merge driver in git's configuration. If the program `plan` fails or is missing, the driver
/// merges by lines, because otherwise git would keep only our version.
const SETTINGS: [(&str, &str); 3] = [
    ("merge.plan.name", "action plans, merged by their ids"),
    (
        "merge.plan.driver",
        "plan merge %O %A %B %P || { test $? -gt 1 && git merge-file -L ours -L base -L theirs %A %O %B; }",
    ),
    // With this pattern, the heading of each hunk in `git diff` shows the item that changed.
    ("diff.plan.xfuncname", r"^(id = .*|\[\[?(plan|policy|owner|meeting).*)$"),
];
const DRIVER: &str = "plan";
const ATTRIBUTES: &str = ".gitattributes";

/// Writes the git settings and attributes that are still missing.
pub fn run(args: &MergeArgs, context: &Context) -> Result<Output, Failure> {
    let path = context.path()?;
    file::read(&path)?;
    // Git does not merge the content behind a symbolic link, so follow the link to the file.
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
        let message = "another attributes file sets a different merge driver for the plan";
        return Err(anyhow::anyhow!("{message}: see `git check-attr merge`").into());
    }
    let name = file::printable_path(&path);
    output.notices = match output.notices.as_str() {
        "" => format!("git already merges {name} by the ids of items\n"),
        done => format!(
            "{done}git now merges {name} by the ids of items; commit {ATTRIBUTES}, and run `plan merge --install` in every clone\n"
        ),
    };
    Ok(output)
}

/// Adds a line for the merge driver to `.gitattributes`. Adds the line to `.git/info/attributes` too, for branches
/// whose `.gitattributes` lacks the line.
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

/// Returns the pattern that matches exactly this path in an attributes file.
fn pattern(path: &Path) -> anyhow::Result<String> {
    let is_plain = |path: &&str| !path.contains(['"', '\\', '\n']) && !path.starts_with(['#', '!']);
    let Some(path) = path.to_str().filter(is_plain) else {
        bail!("{}: this file's name cannot be written in {ATTRIBUTES}", file::printable_path(path));
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
