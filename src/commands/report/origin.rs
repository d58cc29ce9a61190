//! Where the plans of a paper come from: their commits, and how they were known when the period began.

use std::path::{Path, PathBuf};

use crate::{
    app::Opened,
    file::Reader,
    git::{Commit, Found, Repository},
    history::{Content, History},
    model::{Day, Plan},
    paper::Origin,
    query::View,
};

/// When a period begins: with a day, which may be that of a revision.
pub struct Begin {
    pub day: Day,
    pub revision: Option<String>,
}

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

/// Traces a plan. It has a commit where the present one has it just so. What git does not tell makes it a draft.
pub fn trace(view: &View, opened: &Opened, begin: &Begin) -> Trace {
    let path = opened.path();
    let present = present(path).ok().flatten();
    let present = present.filter(|found| found.plan == view.plan && found.path.to_str().is_some());
    let earlier = earlier(path, begin).ok().flatten();
    let name = view.name.clone();
    let known =
        |found: &Committed| Some((found.path.to_str()?.to_owned(), found.commit.name().to_owned()));
    let origin = match present.as_ref().and_then(known) {
        Some((path, commit)) => {
            Origin { name, path, commit: Some(commit), earlier: earlier.as_ref().and_then(known) }
        }
        None => {
            let path = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Origin { name, path, commit: None, earlier: earlier.as_ref().and_then(known) }
        }
    };
    Trace { origin, earlier: earlier.map(|found| found.plan) }
}

/// The plan as the present commit has it.
fn present(path: &Path) -> anyhow::Result<Option<Committed>> {
    let repository = Repository::containing(path)?;
    match repository.find_commit("HEAD")? {
        Some(commit) => committed(&repository, commit, repository.path(path)?),
        None => Ok(None),
    }
}

/// The plan as it was known when the period began.
fn earlier(path: &Path, begin: &Begin) -> anyhow::Result<Option<Committed>> {
    let repository = Repository::containing(path)?;
    let history = History::of(path)?;
    let Some(revision) = &begin.revision else {
        let version = history.versions.into_iter().find(|known| known.committed <= begin.day);
        return version.map_or(Ok(None), |known| committed(&repository, known.commit, known.path));
    };
    let commit = repository.commit(revision)?;
    let mut paths: Vec<PathBuf> = history.versions.into_iter().map(|known| known.path).collect();
    paths.dedup();
    for path in paths {
        if let Some(found) = committed(&repository, commit.clone(), path)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn committed(
    repository: &Repository,
    commit: Commit,
    path: PathBuf,
) -> anyhow::Result<Option<Committed>> {
    let plan = plan_at(repository, &commit, &path)?;
    Ok(plan.map(|plan| Committed { path, commit, plan }))
}

/// The plan at a path of a commit; `None` where there is no valid one.
///
/// # Errors
/// Git cannot read it.
pub fn plan_at(
    repository: &Repository,
    commit: &Commit,
    path: &Path,
) -> anyhow::Result<Option<Plan>> {
    let tree = repository.tree(commit)?;
    let Found::File(file) = repository.follow(&tree, path)? else {
        return Ok(None);
    };
    let content = repository.content(&tree, &file)?;
    Ok(match Content::of(&mut Reader::default(), content) {
        Content::Plan(plan) => Some(plan),
        Content::Invalid(_) | Content::Gone => None,
    })
}
