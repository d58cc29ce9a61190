//! The only module that runs git. It knows nothing about plans. Its functions fail if git cannot be run, or if a
//! shallow or partial clone lacks the content that they need.

mod command;
mod history;
mod merging;
mod objects;
mod revision;
mod tree;
mod versions;

use std::{
    env, io,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context as _, bail};

use crate::paths::slashed;
use command::{line, path_from};
pub use merging::{Stages, merge_lines};
pub use revision::{Commit, REMOTE_HEAD, is_nothing};
pub use tree::{File, Followed, Tree};
pub use versions::{FileVersions, Version};

/// Returns the user's e-mail address from the git configuration that applies in a directory.
pub fn user_email(directory: &Path) -> Option<String> {
    let answer = Repository::at(directory).run(["config", "user.email"]).ok()?;
    String::from_utf8(line(answer)).ok().filter(|address| !address.is_empty())
}

/// Returns the path of `file` relative to the top directory of its repository; `None` if no repository contains `file`.
pub fn path_in_repository(file: &Path) -> Option<PathBuf> {
    let file = dunce::canonicalize(file).ok()?;
    let mut above = file.ancestors().skip(1);
    let root = above.find(|directory| holds_repository(directory))?;
    file.strip_prefix(root).ok().map(slashed)
}

/// A repository with a working tree.
#[derive(Clone)]
pub struct Repository {
    /// The path of the top directory of the working tree. It may contain symbolic links.
    top: PathBuf,
}

fn holds_repository(directory: &Path) -> bool {
    directory.join(".git").exists()
}

/// Checks whether the path itself or a directory above it contains `.git`. Git is not run.
pub fn is_below_a_repository(path: &Path) -> bool {
    absolute(path).is_ok_and(|path| path.ancestors().any(holds_repository))
}

impl Repository {
    /// Returns a repository for running git in this directory, which need not be the top directory.
    fn at(directory: &Path) -> Self {
        Self { top: directory.to_path_buf() }
    }

    /// Returns the repository that contains a path. The path itself need not exist.
    ///
    /// # Errors
    /// Fails if the path is in no repository, or if git cannot be run.
    pub fn containing(path: &Path) -> anyhow::Result<Self> {
        let path = absolute(path)?;
        // If a symbolic link leads into another repository, the plan belongs to the repository that contains the link.
        let is_top = |directory: &&Path| holds_repository(directory) && !directory.is_symlink();
        let near = path.ancestors().find(is_top);
        let near = near.or_else(|| path.ancestors().find(|directory| directory.is_dir()));
        let near = near.unwrap_or(Path::new("/"));
        let top = path_from(line(Self::at(near).run(["rev-parse", "--show-toplevel"])?));
        let is_same = dunce::canonicalize(near).ok() == dunce::canonicalize(&top).ok();
        Ok(Self { top: if is_same { near.to_path_buf() } else { top } })
    }

    /// Converts a path to a path relative to the top directory of the repository. The file need not exist.
    ///
    /// # Errors
    /// Fails if the path is outside this repository.
    pub fn path(&self, named: &Path) -> anyhow::Result<PathBuf> {
        let named = absolute(named)?;
        if let Ok(path) = named.strip_prefix(&self.top) {
            return Ok(slashed(path));
        }
        let real = match (named.parent(), named.file_name()) {
            (Some(parent), Some(name)) => {
                dunce::canonicalize(parent).map(|parent| parent.join(name))
            }
            _ => Ok(named.clone()),
        };
        let top = dunce::canonicalize(&self.top)?;
        match real.ok().as_deref().and_then(|real| real.strip_prefix(top).ok()) {
            Some(path) => Ok(slashed(path)),
            None => bail!(
                "{} is not in the repository {}: check the plans of each repository separately",
                named.display(),
                self.top.display()
            ),
        }
    }

    /// Follows the symbolic links of a path in the working tree, and returns the path of the file to which they lead.
    ///
    /// # Errors
    /// Fails if the file is missing, or is outside the working tree.
    pub fn real_path(&self, path: &Path) -> anyhow::Result<PathBuf> {
        let real = dunce::canonicalize(self.top.join(path));
        let real = real.with_context(|| path.display().to_string())?;
        match real.strip_prefix(dunce::canonicalize(&self.top)?) {
            Ok(real) if !real.starts_with(".git") => Ok(slashed(real)),
            _ => bail!("{}: a link points outside the working tree", path.display()),
        }
    }

    /// Converts a path in the repository to a path relative to the current directory.
    pub fn shown(&self, path: &Path) -> PathBuf {
        let whole = self.top.join(path);
        let Some(here) = env::current_dir().ok() else { return whole };
        let up = here.ancestors().position(|above| whole.starts_with(above));
        let Some((up, above)) = up.zip(up.and_then(|up| here.ancestors().nth(up))) else {
            return whole;
        };
        let below = whole.strip_prefix(above).unwrap_or(&whole);
        slashed(&std::iter::repeat_n(Path::new(".."), up).chain([below]).collect::<PathBuf>())
    }
}

/// Returns the absolute form of a path, without `.` and `..`.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut whole = env::current_dir()?;
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if whole.is_symlink() {
                    whole = dunce::canonicalize(&whole)?;
                }
                whole.pop();
            }
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => whole.push(part),
        }
    }
    Ok(whole)
}
