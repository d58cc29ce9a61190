//! Finds the entries of a plan that came from merged branches.

use std::path::Path;

use crate::{
    checks::history_rules::{self, RecordedEntry},
    file::Reader,
    git::{Commit, Repository},
    history::plan_in,
};

/// Returns the entries that came into the plan through merges made after the commit `base`. Leaves out backdated
/// entries.
pub fn entries_of_merges(
    repository: &Repository,
    base: &Commit,
    paths: &[&Path],
) -> anyhow::Result<Vec<RecordedEntry>> {
    let mut entries = Vec::new();
    let mut reader = Reader::default();
    let mut plan_at = |commit: &Commit| plan_in(&repository.tree(commit)?, paths, &mut reader);
    for parent in repository.parents_of_merges(base)? {
        // The merged branch cannot have altered the plan in the commit `fork`, because this commit is in the history of
        // `base`.
        let fork = plan_at(&parent.fork)?;
        let parent = plan_at(&parent.commit)?;
        if let Some((fork, parent)) = fork.zip(parent) {
            entries.extend(history_rules::recorded_in_order(&fork, &parent));
        }
    }
    Ok(entries)
}
