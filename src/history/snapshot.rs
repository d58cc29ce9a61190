//! A plan as it was committed at an earlier time.

use std::path::Path;

use anyhow::bail;

use super::{Commit, History, Version, repository_at};
use crate::{
    git::Repository,
    model::{Day, Plan},
};

/// A plan as it was committed at an earlier time.
pub struct Snapshot {
    pub plan: Plan,
    /// The version of the plan file in git from which the plan was read.
    pub version: Version,
    /// Messages about the later versions that were skipped because they are invalid.
    pub skipped: Vec<String>,
}

/// Returns the plan as it was at a git revision, and the date of this revision. `path` is the plan's path in the commit
/// `last` or, if `last` is `None`, in git's index.
///
/// # Errors
/// Fails if there is no such revision, or if the revision has no valid version of the plan.
pub fn snapshot_at(
    path: &Path,
    last: Option<&Commit>,
    revision: &str,
) -> anyhow::Result<(Snapshot, Day)> {
    let repository = Repository::containing(path)?;
    let commit = repository.commit(revision)?;
    let day = repository.day(&commit)?;
    let history = History::in_commit(&repository, &commit, &repository.path(path)?, last)?;
    match history.map(|history| history.newest_valid()).transpose()?.flatten() {
        Some(known) => Ok((known, day)),
        None => bail!("{}: there was no valid plan at {revision}", path.display()),
    }
}

/// Returns the newest valid plan that was committed on or before `day`, or the reason why there is none. Searches only
/// the history of the commit `last` or, if `last` is `None`, of the present commit.
pub fn known_on(
    path: &Path,
    last: Option<&Commit>,
    day: Day,
) -> anyhow::Result<Result<Snapshot, String>> {
    let unknown = |why: &str| Ok(Err(why.to_owned()));
    let (repository, newest) = match repository_at(path, last)? {
        Ok(found) => found,
        Err(why) => return unknown(why),
    };
    let commit = repository.commit_by(&newest, day)?;
    let path = repository.path(path)?;
    let history = |commit: &Commit| History::in_commit(&repository, commit, &path, last);
    if let Some(history) = commit.as_ref().map(history).transpose()?.flatten() {
        return match history.newest_valid()? {
            Some(known) => Ok(Ok(known)),
            None => unknown(&format!("git has no valid version of the plan before {day}")),
        };
    }
    match history(&newest)? {
        None => unknown("the plan was never committed"),
        Some(history) => Ok(Err(history.begins())),
    }
}

impl History {
    /// Returns the newest version in the history that is a valid plan; `None` if there is no valid version.
    fn newest_valid(&self) -> anyhow::Result<Option<Snapshot>> {
        let mut skipped = Vec::new();
        for edition in self.plans(&self.versions)? {
            let edition = edition?;
            let version = edition.version;
            match edition.plan() {
                Ok(plan) => return Ok(Some(Snapshot { plan, version: version.clone(), skipped })),
                Err(why) => skipped.push(why),
            }
        }
        Ok(None)
    }

    /// Returns a text that says when the history begins, for messages about earlier days.
    pub fn begins(&self) -> String {
        let first =
            self.versions.last().map_or_else(String::new, |first| first.committed.to_string());
        if self.is_cut {
            format!(
                "this clone is shallow and reaches back only to {first}: run `git fetch --unshallow`"
            )
        } else {
            format!("git history starts on {first}")
        }
    }
}
