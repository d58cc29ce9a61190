//! Finds plan files on disk or in git. The user gives the path of a file or directory, or a pattern.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::{
    file::{self, FILE_NAME, FileError, FoundFiles, NamedFile},
    git::{File, Followed, Tree},
    paths::slashed,
};

/// Checks whether a file has the usual name of a plan.
fn is_named_plan(path: &Path) -> bool {
    path.ends_with(FILE_NAME)
}

/// Checks whether the content of a file may be a plan. A plan has a line with the header `[plan]`.
fn may_be_plan(content: &[u8]) -> bool {
    content.split(|byte| *byte == b'\n').any(|line| line.trim_ascii_end() == b"[plan]")
}

/// Returns the plan files on disk to which a path refers, and the errors about paths that could not be read. If the
/// path leads to a directory, an unreadable file in it is treated as a plan.
fn plans_on_disk(named: &Path) -> Result<(Vec<PathBuf>, Vec<FileError>), FileError> {
    if file::is_one_file(named) {
        return Ok((vec![named.to_path_buf()], Vec::new()));
    }
    if !named.is_dir() {
        return file::matching(named);
    }
    let (mut paths, unreadable) = file::toml_below(named);
    paths.retain(|path| {
        is_named_plan(path)
            || match file::bytes(path) {
                Ok(content) => may_be_plan(&content),
                Err(error) => matches!(error, FileError::Unreadable(..)),
            }
    });
    Ok((paths, unreadable))
}

/// Returns the plan files in a git tree to which a path refers. If the path leads to a directory, leaves out the files
/// in it that are not plans.
pub fn plans_under(tree: &Tree, named: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let path = tree.repository.path(named)?;
    match tree.follow(&path)? {
        Followed::File(_) => Ok(vec![path]),
        Followed::Directory(real) => {
            let below = tree.paths().filter_map(|path| path.strip_prefix(&real).ok());
            let visible = below.filter(|rest| is_toml(rest) && !is_hidden(rest));
            plans_among(tree, only_files(tree, visible.map(|rest| path.join(rest)))?)
        }
        Followed::Nothing => {
            let options =
                glob::MatchOptions { require_literal_separator: true, ..Default::default() };
            let Ok(pattern) = glob::Pattern::new(&path.to_string_lossy()) else {
                return Ok(Vec::new());
            };
            let is_match = |path: &&Path| pattern.matches_path_with(path, options);
            only_files(tree, tree.paths().filter(is_match).map(Path::to_path_buf))
        }
    }
}

/// Returns those of the paths in a git tree that lead to a plan.
fn plans_among(tree: &Tree, mut paths: Vec<PathBuf>) -> anyhow::Result<Vec<PathBuf>> {
    let possible: Vec<_> = paths.iter().filter(|path| !is_named_plan(path)).cloned().collect();
    let mut contents = contents_in(tree, &possible)?.into_iter();
    paths.retain(|path| {
        is_named_plan(path) || contents.next().is_some_and(|content| may_be_plan(&content))
    });
    Ok(paths)
}

/// Returns the contents of the files at `paths` in a git tree, in the same order.
pub fn contents_in(tree: &Tree, paths: &[PathBuf]) -> anyhow::Result<Vec<Vec<u8>>> {
    let file = |path: &PathBuf| {
        tree.file(path)?.with_context(|| {
            format!("{}: this file does not exist in {}", path.display(), tree.name)
        })
    };
    let files = paths.iter().map(file).collect::<anyhow::Result<Vec<File>>>()?;
    tree.contents(files.iter())?.collect()
}

/// Returns the plan files on disk to which the user's paths refer. Returns each file once, even if several paths lead
/// to it.
pub fn present_plans(named: &[PathBuf]) -> Result<FoundFiles, FileError> {
    let named = file::once_each(named.to_vec());
    if let [path] = named.as_slice()
        && file::is_one_file(path)
    {
        let file = NamedFile { path: path.clone(), name: None };
        return Ok(FoundFiles { files: vec![file], unreadable: Vec::new() });
    }
    let (mut all, mut all_unreadable) = (Vec::new(), Vec::new());
    for named in named {
        let (paths, unreadable) = plans_on_disk(&named)?;
        if paths.is_empty() && unreadable.is_empty() {
            return Err(FileError::NoPlans(named));
        }
        all.extend(paths);
        all_unreadable.extend(unreadable);
    }
    let files = file::name_apart(file::once_each(all));
    Ok(FoundFiles { files, unreadable: all_unreadable })
}

/// Returns the plans in a git tree to which the user's paths `named` refer. If `named` is empty, returns the nearest
/// `plan.toml` in the current directory or above.
pub fn plans_in(tree: &Tree, named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut plans: Vec<PathBuf> = Vec::new();
    if named.is_empty() {
        let here = tree.repository.path(Path::new("."))?;
        let near = here.ancestors().map(|directory| directory.join(FILE_NAME));
        plans.extend(only_files(tree, near)?.into_iter().next());
    }
    for named in named {
        for path in plans_under(tree, named)? {
            if !plans.contains(&path) {
                plans.push(path);
            }
        }
    }
    Ok(plans)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn is_hidden(path: &Path) -> bool {
    path.iter().any(|part| part.as_encoded_bytes().starts_with(b"."))
}

fn only_files(tree: &Tree, paths: impl Iterator<Item = PathBuf>) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if tree.file(&path)?.is_some() {
            files.push(slashed(&path));
        }
    }
    Ok(files)
}

/// Returns the paths of all plans in a git tree.
pub fn every_plan(tree: &Tree) -> anyhow::Result<Vec<PathBuf>> {
    let paths = tree.paths().filter(|path| is_toml(path)).map(Path::to_path_buf);
    plans_among(tree, only_files(tree, paths)?)
}
