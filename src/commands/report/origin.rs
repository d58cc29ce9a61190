//! Finds the commit of each plan in a report, and the version of the plan at the start of the reported period.

use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::{
    app::RevisionOrDay,
    file::{Reader, printable_path},
    git::{Commit, Repository},
    history::{History, known_on, plan_in, repository_at, snapshot_at},
    model::Plan,
    query::View,
    report::Origin,
};

/// A plan as it is in a commit.
struct CommittedPlan {
    path: PathBuf,
    commit: Commit,
    plan: Plan,
}

/// Finds the origin of a plan (its path and commit), and the version of the plan at the start of the reported period. The
/// origin has a commit only if the plan in that commit equals the plan of `view`.
pub fn trace(
    view: &View,
    (path, at): (&Path, Option<&Commit>),
    begin: &RevisionOrDay,
) -> anyhow::Result<(Origin, Option<Plan>)> {
    let present = present(path, at)?.filter(|found| found.plan == view.plan);
    let earlier = earlier(path, at, begin)?;
    if let (Some(present), RevisionOrDay::Revision(revision)) = (&present, begin) {
        must_be_before(path, revision, &present.commit)?;
    }
    let place =
        present.as_ref().and_then(|present| Some((present.path.to_str()?, &present.commit)));
    let (path, commit) = match place {
        Some((path, commit)) => (path.to_owned(), Some(commit.name().to_owned())),
        None => (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), None),
    };
    let name = view.name.clone();
    Ok((Origin { name, path, commit }, earlier))
}

/// Reads the plan from the commit `at`, by default the present commit. Returns `None` if there is no commit, or no
/// valid plan in the commit.
fn present(path: &Path, at: Option<&Commit>) -> anyhow::Result<Option<CommittedPlan>> {
    let Ok((repository, commit)) = repository_at(path, at)? else { return Ok(None) };
    let path = repository.path(path)?;
    let plan = plan_in(&repository.tree(&commit)?, &[&path], &mut Reader::default())?;
    Ok(plan.map(|plan| CommittedPlan { path, commit, plan }))
}

/// Reads the plan as it was at the start of the reported period. Returns `None` if the plan did not exist then.
fn earlier(
    path: &Path,
    last: Option<&Commit>,
    begin: &RevisionOrDay,
) -> anyhow::Result<Option<Plan>> {
    let known = match begin {
        RevisionOrDay::Revision(revision) => Some(snapshot_at(path, last, revision)?.0),
        RevisionOrDay::Day(day) => known_on(path, last, *day)?.ok(),
    };
    must_reach(path, last, known.as_ref().map(|known| &known.version.commit))?;
    Ok(known.map(|known| known.plan))
}

/// Returns an error if the history of a shallow clone ends at `known`. An older commit, which the clone lacks, may then
/// be the version from which the report was made.
fn must_reach(path: &Path, last: Option<&Commit>, known: Option<&Commit>) -> anyhow::Result<()> {
    let Ok((repository, last)) = repository_at(path, last)? else { return Ok(()) };
    if !repository.is_shallow()? {
        return Ok(());
    }
    // A plan that was never committed has no older versions, so the clone cannot lack any.
    let path_there = repository.path(path)?;
    let Some(history) = History::in_commit(&repository, &last, &path_there, None)? else {
        return Ok(());
    };
    let oldest = history.versions.last().map(|version| &version.commit);
    if history.is_cut && known.is_none_or(|known| Some(known) == oldest) {
        bail!("{}: {}", printable_path(path), history.begins());
    }
    Ok(())
}

fn must_be_before(path: &Path, revision: &str, last: &Commit) -> anyhow::Result<()> {
    let repository = Repository::containing(path)?;
    if !repository.is_in_history(&repository.commit(revision)?, last)? {
        bail!("the period begins at a commit that is not in the history of {}", last.short());
    }
    Ok(())
}
