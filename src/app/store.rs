//! Finds plan files on disk or in git. The user names them by a file, a directory or a pattern.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{
    file::{self, FILE_NAME, FileError, FoundFiles, NamedFile},
    git::{File, Followed, Tree},
    paths::slashed,
};

/// A source of plan files: the disk, or a tree of files in git.
pub trait PlanStore {
    type Error;

    /// Returns the files to which a path on the command line refers.
    fn list(&self, named: &Path) -> Result<Listed, Self::Error>;

    /// Returns the contents of the files at `paths`, in the same order.
    fn read(
        &self,
        paths: &[PathBuf],
    ) -> Result<impl Iterator<Item = Result<Vec<u8>, FileError>>, Self::Error>;

    /// Returns the plan files to which a path refers. If the path leads to a directory, leaves out its other files.
    fn plans(&self, named: &Path) -> Result<Listed, Self::Error> {
        let Listed { paths, unreadable, is_directory } = self.list(named)?;
        let paths = if is_directory { self.plans_among(paths)? } else { paths };
        Ok(Listed { paths, unreadable, is_directory })
    }

    /// Returns the paths whose files may be plans. A file may be a plan if its name is `plan.toml`, if it has a line
    /// `[plan]`, or if it is unreadable.
    fn plans_among(&self, mut paths: Vec<PathBuf>) -> Result<Vec<PathBuf>, Self::Error> {
        let is_certain = |path: &&PathBuf| path.ends_with(FILE_NAME);
        let possible: Vec<_> = paths.iter().filter(|path| !is_certain(path)).cloned().collect();
        let mut others = HashSet::new();
        for (path, content) in possible.iter().zip(self.read(&possible)?) {
            let may_be = match content {
                Ok(content) => content.split(|byte| *byte == b'\n').any(is_head),
                Err(error) => matches!(error, FileError::Unreadable(..)),
            };
            if !may_be {
                others.insert(path);
            }
        }
        paths.retain(|path| !others.contains(path));
        Ok(paths)
    }
}

/// Checks whether a line is the header of the `[plan]` table.
fn is_head(line: &[u8]) -> bool {
    line.trim_ascii_end() == b"[plan]"
}

/// The files to which a path on the command line refers.
#[derive(Default)]
pub struct Listed {
    /// The paths of the files. For a directory, these are all TOML files below it.
    pub paths: Vec<PathBuf>,
    pub unreadable: Vec<FileError>,
    pub is_directory: bool,
}

/// The files on disk.
pub struct Disk;

impl PlanStore for Disk {
    type Error = FileError;

    fn list(&self, named: &Path) -> Result<Listed, FileError> {
        let is_directory = named.is_dir();
        let (paths, unreadable) = match is_directory {
            true => file::toml_below(named),
            false if file::is_one_file(named) => (vec![named.to_path_buf()], Vec::new()),
            false => file::matching(named)?,
        };
        Ok(Listed { paths, unreadable, is_directory })
    }

    fn read(
        &self,
        paths: &[PathBuf],
    ) -> Result<impl Iterator<Item = Result<Vec<u8>, FileError>>, FileError> {
        Ok(paths.iter().map(|path| file::bytes(path)))
    }
}

impl PlanStore for Tree {
    type Error = anyhow::Error;

    fn list(&self, named: &Path) -> anyhow::Result<Listed> {
        let path = self.repository.path(named)?;
        let mut listed = Listed::default();
        match self.follow(&path)? {
            Followed::File(_) => listed.paths.push(path),
            Followed::Directory(real) => {
                let below = self.paths().filter_map(|path| path.strip_prefix(&real).ok());
                let visible = below.filter(|rest| is_toml(rest) && !is_hidden(rest));
                listed.paths = only_files(self, visible.map(|rest| path.join(rest)))?;
                listed.is_directory = true;
            }
            Followed::Nothing => {
                let options =
                    glob::MatchOptions { require_literal_separator: true, ..Default::default() };
                if let Ok(pattern) = glob::Pattern::new(&path.to_string_lossy()) {
                    let is_match = |path: &&Path| pattern.matches_path_with(path, options);
                    let matching = self.paths().filter(is_match);
                    listed.paths = only_files(self, matching.map(Path::to_path_buf))?;
                }
            }
        }
        Ok(listed)
    }

    fn read(
        &self,
        paths: &[PathBuf],
    ) -> anyhow::Result<impl Iterator<Item = Result<Vec<u8>, FileError>>> {
        let file = |path: &PathBuf| {
            self.file(path)?.with_context(|| {
                format!("{}: this file does not exist in {}", path.display(), self.name)
            })
        };
        let files = paths.iter().map(file).collect::<anyhow::Result<Vec<File>>>()?;
        let contents: Vec<_> = self.contents(files.iter())?.collect::<anyhow::Result<_>>()?;
        Ok(contents.into_iter().map(Ok))
    }
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
        let Listed { paths, unreadable, .. } = Disk.plans(&named)?;
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
        for path in tree.plans(named)?.paths {
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
    tree.plans_among(only_files(tree, paths)?)
}
