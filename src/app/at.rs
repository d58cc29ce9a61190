//! Opens plans as they were at a git revision or on a day.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::{
    Context, Failure, Files, Opened, RevisionOrDay, Written,
    store::{contents_in, plans_under, present_plans},
};
use crate::{
    cli::DATES,
    file::{self, FILE_NAME, FileError, NamedFile},
    git::{Commit, Repository, Tree},
    history::{History, nearest_gone},
    model::{Day, printable},
};

/// An earlier commit of a repository, and the tree of files in this commit.
struct RepositoryThen {
    commit: Commit,
    tree: Tree,
}

impl RepositoryThen {
    fn new(path: &Path, at: &RevisionOrDay) -> anyhow::Result<Self> {
        let repository = Repository::containing(path)?;
        let commit = match at {
            RevisionOrDay::Revision(revision) => repository
                .commit(revision)
                .map_err(|error| anyhow!("{error:#}; for a date, {DATES}"))?,
            RevisionOrDay::Day(day) => commit_by(&repository, *day)?,
        };
        let tree = repository.tree(&commit)?;
        Ok(Self { commit, tree })
    }

    /// Returns the path that a plan had in this commit. `named` is the path that the plan has now. Returns `None` if
    /// the commit does not have the plan.
    fn former_path(&self, named: &Path) -> anyhow::Result<Option<PathBuf>> {
        let repository = &self.tree.repository;
        let Some(last) = repository.find_commit("HEAD")?.filter(|_| named.is_file()) else {
            return Ok(None);
        };
        let history = History::in_commit(repository, &last, &repository.path(named)?, None)?;
        for version in history.into_iter().flat_map(|history| history.versions) {
            if self.tree.file(&version.path)?.is_some() {
                return Ok(Some(version.path));
            }
        }
        Ok(None)
    }

    /// Reads the plans to which the path `named` refers, as they were in this commit. Also finds plans that were
    /// renamed after this commit.
    fn open_named(&self, named: &Path, files: &mut Files) -> anyhow::Result<()> {
        let mut paths = plans_under(&self.tree, named)?;
        let is_one = file::is_one_file(named);
        let present = present_plans(&[named.to_path_buf()]).unwrap_or_default().files;
        for NamedFile { path: present, .. } in present {
            if paths.contains(&self.tree.repository.path(&present)?) {
                continue;
            }
            match self.former_path(&present)? {
                Some(path) => paths.push(path),
                None => {
                    let missing = FileError::NotThen(present, self.when());
                    if is_one {
                        files.broken.push(missing.into());
                    } else {
                        files.notices.push_str(&format!("{}\n", printable(&missing.to_string())));
                    }
                }
            }
        }
        let contents = contents_in(&self.tree, &paths)?;
        for (path, content) in paths.iter().zip(contents) {
            let path = self.tree.repository.shown(path);
            if files.opened.iter().any(|opened| opened.file.path == path) {
                continue;
            }
            let named = format!("{} {}", path.display(), self.when());
            match file::text(Path::new(&named), content) {
                Ok(text) => {
                    let at = Some(Written { path: path.clone(), commit: self.commit.clone() });
                    files.opened.push(Opened { file: NamedFile { path, name: None }, text, at });
                }
                Err(error) => files.broken.push(error.into()),
            }
        }
        Ok(())
    }

    fn when(&self) -> String {
        format!("at {}", self.commit.short())
    }
}

/// Returns the last commit that was made on or before `day`. Ignores commits on merged branches.
fn commit_by(repository: &Repository, day: Day) -> anyhow::Result<Commit> {
    let Some(last) = repository.find_commit("HEAD")? else {
        bail!("nothing is committed yet");
    };
    if let Some(commit) = repository.commit_by(&last, day)? {
        return Ok(commit);
    }
    let (shallow, help) = if repository.is_shallow()? {
        (" in this shallow clone", "; fetch the whole history with `git fetch --unshallow`")
    } else {
        ("", "")
    };
    let first = repository.first_day(&last)?;
    bail!(
        "nothing had been committed by {day}; the first commit{shallow} was made on {first}{help}"
    )
}

impl Context {
    /// Reads the plans to which the command line refers, as they were at the time `at`.
    pub(super) fn open_at(&self, at: &RevisionOrDay) -> Result<Files, Failure> {
        let named = match (self.file.as_slice(), file::discover()) {
            ([], Ok(path)) => vec![path],
            ([], Err(_)) => {
                let gone = nearest_gone().ok().flatten();
                vec![gone.unwrap_or_else(|| PathBuf::from(FILE_NAME))]
            }
            (named, _) => named.to_vec(),
        };
        let mut files = Files::default();
        for path in &named {
            let snapshot = RepositoryThen::new(path, at)?;
            let (commit, day) = (&snapshot.commit, snapshot.tree.repository.day(&snapshot.commit)?);
            let notice = format!("the plan as it was in commit {} of {day}\n", commit.short());
            if !files.notices.ends_with(&notice) {
                files.notices.push_str(&notice);
            }
            snapshot.open_named(path, &mut files)?;
        }
        let is_single = matches!(named.as_slice(), [path] if file::is_one_file(path));
        if is_single && let Some(failure) = files.broken.pop() {
            return Err(failure);
        }
        if !is_single || files.opened.len() > 1 {
            let paths = files.opened.iter().map(|opened| opened.file.path.clone()).collect();
            for (opened, named) in files.opened.iter_mut().zip(file::name_apart(paths)) {
                opened.file = named;
            }
        }
        for opened in &mut files.opened {
            if let Some(at) = &opened.at {
                let name = format!("{} at {}", at.path.display(), at.commit.short());
                opened.file.path = name.into();
            }
        }
        Ok(files)
    }
}
