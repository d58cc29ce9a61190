//! What merges brought into a plan.

use std::path::PathBuf;

use crate::{
    checks::guard::{self, Recorded},
    file::Reader,
    git::{Commit, Found, Repository},
    model::Plan,
};

/// The entries that stood in a parent of a merge since `base`, and that were in order when they were recorded there.
///
/// # Errors
/// A version of the plan cannot be read.
pub fn entries_of_merges(
    repository: &Repository,
    base: &Commit,
    paths: &[&PathBuf],
) -> anyhow::Result<Vec<Recorded>> {
    let mut entries = Vec::new();
    let mut reader = Reader::default();
    for parent in repository.parents_of_merges(base)? {
        // The fork is part of the history of `base`: a branch cannot make one up.
        let fork = plan_at(repository, &parent.fork, paths, &mut reader)?;
        let parent = plan_at(repository, &parent.commit, paths, &mut reader)?;
        if let Some((fork, parent)) = fork.zip(parent) {
            entries.extend(guard::recorded_in_order(&fork, &parent));
        }
    }
    Ok(entries)
}

/// The plan at a commit, under the first of the paths that is there.
fn plan_at(
    repository: &Repository,
    commit: &Commit,
    paths: &[&PathBuf],
    reader: &mut Reader<'_>,
) -> anyhow::Result<Option<Plan>> {
    let tree = repository.tree(commit)?;
    for path in paths {
        if let Found::File(file) = repository.follow(&tree, path)? {
            let text = String::from_utf8(repository.content(&tree, &file)?).ok();
            let read = text.and_then(|text| reader.decode(text).ok());
            return Ok(read.map(|read| read.plan));
        }
    }
    Ok(None)
}
