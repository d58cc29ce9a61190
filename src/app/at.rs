//! Opens plans as they were written at a git revision or by a day.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::{At, Context, Failure, Files, InTree, Opened, Scope, Written};
use crate::{
    cli::DATES,
    file::{self, FILE_NAME, FileError, PlanFile},
    git::{Commit, Repository, Tree},
    history::{History, nearest_gone},
    model::{Day, printable},
};

/// A repository as it was at a commit.
struct Snapshot {
    repository: Repository,
    commit: Commit,
    tree: Tree,
}

impl Snapshot {
    /// The repository that a path is in, as it was then.
    ///
    /// # Errors
    /// It is in no repository, or there is no commit of that name or as old as that.
    fn new(path: &Path, at: &At) -> anyhow::Result<Self> {
        let repository = Repository::containing(path)?;
        let commit = match at {
            At::Revision(revision) => repository
                .commit(revision)
                .map_err(|error| anyhow!("{error:#}; it is no date either: {DATES}"))?,
            At::Day(day) => commit_by(&repository, *day)?,
        };
        let tree = repository.tree(&commit)?;
        Ok(Self { repository, commit, tree })
    }

    /// The plans that are named, as they were then. A plan that had another path then is found by its history.
    fn plans(&self, named: &Path) -> anyhow::Result<Vec<InTree>> {
        let scope = Scope::new(vec![named.to_path_buf()]);
        let mut found = scope.plans(&self.repository, &self.tree)?;
        if found.is_empty() && named.is_file() {
            for path in self.former_paths(named)? {
                if let Some(file) = self.repository.file(&self.tree, &path)? {
                    found.push(InTree { path, file });
                    break;
                }
            }
        }
        Ok(found)
    }

    /// The paths that a plan has had, newest first.
    fn former_paths(&self, named: &Path) -> anyhow::Result<Vec<PathBuf>> {
        let Some(last) = self.repository.find_commit("HEAD")? else {
            return Ok(Vec::new());
        };
        let path = self.repository.path(named)?;
        let history = History::in_commit(&self.repository, &last, &path, None)?;
        let versions = history.map_or_else(Vec::new, |history| history.versions);
        let mut paths: Vec<PathBuf> = versions.into_iter().map(|version| version.path).collect();
        paths.dedup();
        Ok(paths)
    }

    /// Reads the plans that a file, directory or pattern stands for, then or now.
    fn open_named(&self, named: &Path, files: &mut Files) -> anyhow::Result<()> {
        let mut plans = self.plans(named)?;
        let is_one = file::is_one_file(named);
        if plans.is_empty() && is_one {
            let missing = FileError::NotThen { path: named.into(), when: self.when() };
            files.broken.push(missing.into());
        }
        let present = file::plan_files(&[named.to_path_buf()]).unwrap_or_default().files;
        for file in present.into_iter().filter(|_| !is_one) {
            let path = self.repository.path(&file.path)?;
            if plans.iter().any(|plan| plan.path == path) {
                continue;
            }
            let found = self.plans(&file.path)?;
            if found.is_empty() {
                let missing = FileError::NotThen { path: file.path, when: self.when() };
                files.notices.push_str(&format!("{}\n", printable(&missing.to_string())));
            }
            plans.extend(found);
        }
        for plan in plans {
            let path = self.repository.shown(&plan.path);
            if files.opened.iter().any(|opened| opened.file.path == path) {
                continue;
            }
            match self.open(&plan, path)? {
                Ok(opened) => files.opened.push(opened),
                Err(error) => files.broken.push(error.into()),
            }
        }
        Ok(())
    }

    fn when(&self) -> String {
        format!("at {}", self.commit.short())
    }

    /// The commit and its day: `1a2b3c4d5e of 2003-07-01`.
    fn name(&self) -> anyhow::Result<String> {
        let day = self.repository.day(&self.commit)?;
        Ok(format!("{} of {day}", self.commit.short()))
    }

    fn open(&self, plan: &InTree, path: PathBuf) -> anyhow::Result<Result<Opened, FileError>> {
        let content = self.repository.content(&self.tree, &plan.file)?;
        let named = format!("{} {}", path.display(), self.when());
        let text = file::text(Path::new(&named), content);
        let at = Some(Written { path: path.clone(), commit: self.commit.clone() });
        let file = PlanFile { path, name: None };
        Ok(text.map(|text| Opened { file, text, at }))
    }
}

/// The last commit on the first-parent line that was made by `day`.
fn commit_by(repository: &Repository, day: Day) -> anyhow::Result<Commit> {
    let Some(last) = repository.find_commit("HEAD")? else {
        bail!("nothing is committed yet");
    };
    if let Some(commit) = repository.commit_by(&last, day)? {
        return Ok(commit);
    }
    let shallow = if repository.is_shallow()? {
        " here; this clone is shallow: fetch the whole history with `git fetch --unshallow`"
    } else {
        ""
    };
    let first = repository.first_day(&last)?;
    bail!("nothing was committed by {day}: the first commit is of {first}{shallow}")
}

impl Context {
    /// Reads the plans that the command line means, as they were written then.
    ///
    /// # Errors
    /// There was none, or git cannot tell.
    pub(super) fn open_at(&self, at: &At) -> Result<Files, Failure> {
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
            let snapshot = Snapshot::new(path, at)?;
            let notice = format!("as written at {}\n", snapshot.name()?);
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
