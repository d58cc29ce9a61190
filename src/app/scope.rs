//! The plans of a tree of git that a command line means.

use std::path::{Path, PathBuf};

use crate::{
    file::FILE_NAME,
    git::{File, Found, Repository, Tree},
};

/// The files, directories and patterns that a user names; none means the nearest plan.
pub struct Scope {
    named: Vec<PathBuf>,
}

/// A plan in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTree {
    /// Its path from the top of the repository, links not followed.
    pub path: PathBuf,
    pub file: File,
}

impl Scope {
    pub fn new(named: Vec<PathBuf>) -> Self {
        Self { named }
    }

    /// A path in the repository that is meant.
    pub fn first(&self) -> &Path {
        self.named.first().map_or(Path::new("."), PathBuf::as_path)
    }

    /// The plans of a tree that are asked for.
    ///
    /// # Errors
    /// A path is outside of the repository; a link or a content cannot be read.
    pub fn plans(&self, repository: &Repository, tree: &Tree) -> anyhow::Result<Vec<InTree>> {
        if self.named.is_empty() {
            return Ok(nearest(repository, tree)?.into_iter().collect());
        }
        let mut plans: Vec<InTree> = Vec::new();
        for named in &self.named {
            for plan in plans_named(repository, tree, named)? {
                if plans.iter().all(|known| known.path != plan.path) {
                    plans.push(plan);
                }
            }
        }
        Ok(plans)
    }

    /// The first path of the user's that stands for no plan in any of the trees.
    ///
    /// # Errors
    /// As for [`Scope::plans`].
    pub fn first_unknown(
        &self,
        repository: &Repository,
        trees: &[&Tree],
    ) -> anyhow::Result<Option<PathBuf>> {
        let is_known = |scope: &Self| -> anyhow::Result<bool> {
            let plans = trees.iter().map(|tree| scope.plans(repository, tree));
            Ok(plans.collect::<anyhow::Result<Vec<_>>>()?.iter().any(|plans| !plans.is_empty()))
        };
        if self.named.is_empty() {
            return Ok((!is_known(self)?).then(|| PathBuf::from(FILE_NAME)));
        }
        for path in &self.named {
            if !is_known(&Self::new(vec![path.clone()]))? {
                return Ok(Some(path.clone()));
            }
        }
        Ok(None)
    }
}

/// The plans of a tree that one file, directory or pattern stands for.
fn plans_named(repository: &Repository, tree: &Tree, named: &Path) -> anyhow::Result<Vec<InTree>> {
    let path = repository.path(named)?;
    match repository.follow(tree, &path)? {
        Found::File(file) => Ok(vec![InTree { path, file }]),
        Found::Directory(real) => {
            let visible = below(tree, &real).filter(|rest| !is_hidden(rest));
            plans_among(repository, tree, visible.map(|rest| path.join(rest)))
        }
        Found::Nothing => matching(repository, tree, &path),
    }
}

/// Every plan of a tree.
///
/// # Errors
/// A link or a content cannot be read.
pub fn every_plan(repository: &Repository, tree: &Tree) -> anyhow::Result<Vec<InTree>> {
    plans_among(repository, tree, tree.paths().map(Path::to_path_buf))
}

/// The plan that a user in the current directory means.
fn nearest(repository: &Repository, tree: &Tree) -> anyhow::Result<Option<InTree>> {
    let here = repository.path(Path::new("."))?;
    for directory in here.ancestors() {
        let path = directory.join(FILE_NAME);
        if let Some(file) = repository.file(tree, &path)? {
            return Ok(Some(InTree { path, file }));
        }
    }
    Ok(None)
}

fn is_hidden(path: &Path) -> bool {
    path.iter().any(|part| part.as_encoded_bytes().starts_with(b"."))
}

/// The paths below a directory, from there.
fn below<'t>(tree: &'t Tree, directory: &Path) -> impl Iterator<Item = &'t Path> {
    tree.paths().filter_map(move |path| path.strip_prefix(directory).ok())
}

/// Those of the paths that hold a plan: files named `plan.toml`, and other TOML files with a line `[plan]`.
fn plans_among(
    repository: &Repository,
    tree: &Tree,
    paths: impl Iterator<Item = PathBuf>,
) -> anyhow::Result<Vec<InTree>> {
    let mut plans = Vec::new();
    for path in paths {
        let is_toml = path.extension().is_some_and(|ending| ending == "toml");
        if is_toml && let Some(file) = repository.file(tree, &path)? {
            plans.push(InTree { path, file });
        }
    }
    let is_certain = |plan: &InTree| plan.path.ends_with(FILE_NAME);
    let (mut certain, possible): (Vec<_>, Vec<_>) = plans.into_iter().partition(is_certain);
    let contents = repository.contents(tree, possible.iter().map(|plan| &plan.file))?;
    let with_plan = possible.into_iter().zip(contents).filter(|(_, content)| holds_a_plan(content));
    certain.extend(with_plan.map(|(plan, _)| plan));
    certain.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(certain)
}

fn holds_a_plan(content: &[u8]) -> bool {
    let text = String::from_utf8_lossy(content);
    text.lines().any(|line| line.trim_end() == "[plan]")
}

/// The files of a tree that match a pattern.
fn matching(repository: &Repository, tree: &Tree, pattern: &Path) -> anyhow::Result<Vec<InTree>> {
    let Ok(pattern) = glob::Pattern::new(&pattern.to_string_lossy()) else {
        return Ok(Vec::new());
    };
    let options = glob::MatchOptions { require_literal_separator: true, ..Default::default() };
    let mut plans = Vec::new();
    for path in tree.paths().filter(|path| pattern.matches_path_with(path, options)) {
        if let Some(file) = repository.file(tree, path)? {
            plans.push(InTree { path: path.to_path_buf(), file });
        }
    }
    Ok(plans)
}
