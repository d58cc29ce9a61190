//! Finds the entries that merges brought into a plan.

use std::path::Path;

use crate::{
    checks::history_rules::{self, Recorded},
    file::Reader,
    git::{Commit, Repository},
    history::plan_in,
};

/// The entries that stood in a parent of a merge since `base`, and that were in order when they were recorded there.
pub fn entries_of_merges(
    repository: &Repository,
    base: &Commit,
    paths: &[&Path],
) -> anyhow::Result<Vec<Recorded>> {
    let mut entries = Vec::new();
    let mut reader = Reader::default();
    let mut plan_at = |commit: &Commit| plan_in(&repository.tree(commit)?, paths, &mut reader);
    for parent in repository.parents_of_merges(base)? {
        // The fork is part of the history of `base`: a branch cannot make one up.
        let fork = plan_at(&parent.fork)?;
        let parent = plan_at(&parent.commit)?;
        if let Some((fork, parent)) = fork.zip(parent) {
            entries.extend(history_rules::recorded_in_order(&fork, &parent));
        }
    }
    Ok(entries)
}
