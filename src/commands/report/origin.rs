//! Where the plans of a paper come from: their commits, and how they were known when the period began.

use std::path::{Path, PathBuf};

use crate::{
    app::{At, Opened},
    file::Reader,
    git::{Commit, Repository},
    history::{known_at, known_on, last_or_head, plan_in},
    model::Plan,
    paper::Origin,
    query::View,
};

/// Where a plan comes from, and how it was known when the period began.
pub struct Trace {
    pub origin: Origin,
    pub earlier: Option<Plan>,
}

/// A plan at a commit.
struct Committed {
    path: PathBuf,
    commit: Commit,
    plan: Plan,
}

impl Committed {
    /// The path and the commit's full name; `None` where the path is no text.
    fn place(&self) -> Option<(String, String)> {
        Some((self.path.to_str()?.to_owned(), self.commit.name().to_owned()))
    }
}

/// Traces a plan. It has a commit where the one that it was read from, or the present one, has it just so.
///
/// # Errors
/// The period begins at a revision that git does not have.
pub fn trace(view: &View, opened: &Opened, begin: &At) -> anyhow::Result<Trace> {
    let (path, at) = opened.place();
    // What git does not tell makes it a draft.
    let present = present(path, at).ok().flatten().filter(|found| found.plan == view.plan);
    let earlier = earlier(path, at, begin)?;
    let (path, commit) = match present.as_ref().and_then(Committed::place) {
        Some((path, commit)) => (path, Some(commit)),
        None => (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), None),
    };
    let name = view.name.clone();
    let place = earlier.as_ref().and_then(Committed::place);
    let origin = Origin { name, path, commit, earlier: place };
    Ok(Trace { origin, earlier: earlier.map(|found| found.plan) })
}

/// The plan as a commit has it, without one as the present commit has it.
fn present(path: &Path, at: Option<&Commit>) -> anyhow::Result<Option<Committed>> {
    let repository = Repository::containing(path)?;
    let Some(commit) = last_or_head(&repository, at)? else {
        return Ok(None);
    };
    let path = repository.path(path)?;
    let plan = plan_in(&repository, &repository.tree(&commit)?, &[&path], &mut Reader::default())?;
    Ok(plan.map(|plan| Committed { path, commit, plan }))
}

/// The plan as it was known when the period began; `None` where git does not know.
fn earlier(path: &Path, at: Option<&Commit>, begin: &At) -> anyhow::Result<Option<Committed>> {
    let known = match begin {
        At::Revision(revision) => Some(known_at(path, at, revision)?.0),
        At::Day(day) => known_on(path, at, *day)?.ok(),
    };
    Ok(known.map(|known| Committed {
        path: known.version.path,
        commit: known.version.commit,
        plan: known.plan,
    }))
}
