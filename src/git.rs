//! The one place that knows of git repositories and runs git. It knows nothing of plans.

use std::{
    env,
    ffi::{OsStr, OsString},
    os::unix::ffi::{OsStrExt, OsStringExt},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};

/// The path of `file` in the repository that it is in; `None` outside of one.
pub fn path_in_repository(file: &Path) -> Option<PathBuf> {
    let file = file.canonicalize().ok()?;
    let mut above = file.ancestors().skip(1);
    let root = above.find(|directory| directory.join(".git").exists())?;
    file.strip_prefix(root).ok().map(Path::to_path_buf)
}

/// A file that is in a repository.
pub struct Tracked {
    /// The directory that the file is in.
    directory: PathBuf,
    /// The file's path from the root of the repository.
    path: OsString,
}

/// A commit's full name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit(String);

/// The content of a file at a commit.
pub struct Version {
    /// The path it had then, and the commit.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A file where this branch left another branch, and the same file on that other branch now.
pub struct Before {
    /// `None` where the file was not there yet.
    pub base: Option<Version>,
    /// `None` where the other branch has not moved on.
    pub theirs: Option<Version>,
    /// The short name of the commit that is compared with.
    pub name: String,
}

impl Tracked {
    /// # Errors
    /// The file is in no repository, or git cannot be run.
    pub fn of(file: &Path) -> anyhow::Result<Self> {
        let real = file.canonicalize().with_context(|| format!("{}", file.display()))?;
        let directory = real.parent().unwrap_or(Path::new("/")).to_path_buf();
        let name = real.file_name().unwrap_or_default().to_owned();
        let mut path = OsString::from_vec(line(run(&directory, ["rev-parse", "--show-prefix"])?));
        path.push(name);
        Ok(Self { directory, path })
    }

    /// Reads the file at the commit where the histories of `revision` and of the present commit part, and at
    /// `revision` itself.
    ///
    /// # Errors
    /// The revision is not there, or the clone is too shallow to know, or the file is not tracked.
    pub fn before(&self, revision: &str) -> anyhow::Result<Before> {
        let other = self.resolve(revision)?;
        let base = self.merge_base(&other, revision)?;
        let path = self.path_at(&base)?;
        let theirs = if base == other {
            None
        } else {
            let theirs = self.version(&other, &self.path)?;
            match (theirs, &path) {
                (None, Some(path)) => self.version(&other, path)?,
                (theirs, _) => theirs,
            }
        };
        Ok(Before {
            base: match path {
                Some(path) => self.version(&base, &path)?,
                None => None,
            },
            theirs,
            name: base.short().to_owned(),
        })
    }

    fn resolve(&self, revision: &str) -> anyhow::Result<Commit> {
        let wanted = format!("{revision}^{{commit}}");
        let found = self.try_run(["rev-parse", "--verify", "--quiet", &wanted])?;
        match found {
            Some(found) => Ok(Commit(String::from_utf8_lossy(&line(found)).into_owned())),
            None if self.is_shallow()? => bail!("{}", too_shallow(revision)),
            None => bail!("git has no revision `{revision}`: see `git branch --all` and `git log`"),
        }
    }

    /// The commit where two histories part; `other` itself where they share no commit.
    fn merge_base(&self, other: &Commit, revision: &str) -> anyhow::Result<Commit> {
        match self.try_run(["merge-base", &other.0, "HEAD"])? {
            Some(base) => Ok(Commit(String::from_utf8_lossy(&line(base)).into_owned())),
            None if self.is_shallow()? => bail!("{}", too_shallow(revision)),
            None => Ok(other.clone()),
        }
    }

    fn is_shallow(&self) -> anyhow::Result<bool> {
        let answer = self.run(["rev-parse", "--is-shallow-repository"])?;
        Ok(line(answer) == b"true")
    }

    /// The path that the file had at `commit`, past renames; `None` where it was not there.
    fn path_at(&self, commit: &Commit) -> anyhow::Result<Option<OsString>> {
        if self.is_file_at(commit, &self.path)? {
            return Ok(Some(self.path.clone()));
        }
        let changed = ["diff", "--name-status", "-z", "--find-renames", "--diff-filter=R"];
        let changed = self.run(changed.into_iter().chain([commit.0.as_str()]))?;
        if let Some(old) = renames(&changed).find(|(_, new)| *new == self.path.as_bytes()) {
            return Ok(Some(OsStr::from_bytes(old.0).to_owned()));
        }
        let range = format!("{}..HEAD", commit.0);
        let root = OsString::from_vec(line(self.run(["rev-parse", "--show-toplevel"])?));
        let full = PathBuf::from(root).join(&self.path);
        let history = [
            "log".as_ref(),
            "--follow".as_ref(),
            "--format=".as_ref(),
            "--name-status".as_ref(),
            "-z".as_ref(),
            "--diff-filter=R".as_ref(),
            OsStr::new(&range),
            "--".as_ref(),
            full.as_os_str(),
        ];
        let history = self.run(history)?;
        let oldest = renames(&history).last();
        let oldest = oldest.map(|(old, _)| OsStr::from_bytes(old).to_owned());
        match oldest {
            Some(old) if self.is_file_at(commit, &old)? => Ok(Some(old)),
            _ => {
                self.must_be_tracked(&full)?;
                Ok(None)
            }
        }
    }

    /// An untracked file may be a renamed one, which git cannot tell.
    fn must_be_tracked(&self, full: &Path) -> anyhow::Result<()> {
        let listed =
            [OsStr::new("ls-files"), "--error-unmatch".as_ref(), "--".as_ref(), full.as_os_str()];
        if self.try_run(listed)?.is_none() {
            let path = self.path.display();
            bail!(
                "{path}: git does not track this file; `git add` it, so that what it was can be found"
            );
        }
        Ok(())
    }

    fn is_file_at(&self, commit: &Commit, path: &OsStr) -> anyhow::Result<bool> {
        let object = object(commit, path);
        let answer = self.try_run([OsStr::new("cat-file"), "-e".as_ref(), object.as_os_str()])?;
        Ok(answer.is_some())
    }

    fn version(&self, commit: &Commit, path: &OsStr) -> anyhow::Result<Option<Version>> {
        if !self.is_file_at(commit, path)? {
            return Ok(None);
        }
        let object = object(commit, path);
        let bytes = self.run([OsStr::new("cat-file"), "blob".as_ref(), object.as_os_str()])?;
        let name = format!("{} at {}", path.display(), commit.short());
        Ok(Some(Version { name, bytes }))
    }

    fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> anyhow::Result<Vec<u8>> {
        run(&self.directory, words)
    }

    /// The answer of git, or `None` where it fails.
    fn try_run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let output = git(&self.directory, words).output().context(NOT_RUN)?;
        Ok(output.status.success().then_some(output.stdout))
    }
}

impl Commit {
    fn short(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

const NOT_RUN: &str = "git cannot be run";

fn too_shallow(revision: &str) -> String {
    format!(
        "this clone is shallow and does not reach `{revision}`: fetch the whole history \
         (`fetch-depth: 0` for GitHub's checkout, `GIT_DEPTH: 0` in GitLab, `git fetch --unshallow` elsewhere)"
    )
}

fn object(commit: &Commit, path: &OsStr) -> OsString {
    let mut object = OsString::from(format!("{}:", commit.0));
    object.push(path);
    object
}

/// The old and new paths of `--name-status -z`, where only renames are listed.
fn renames(listed: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut fields = listed.split(|byte| *byte == 0);
    std::iter::from_fn(move || {
        let _score = fields.next()?;
        Some((fields.next()?, fields.next()?))
    })
}

fn line(mut answer: Vec<u8>) -> Vec<u8> {
    if answer.last() == Some(&b'\n') {
        answer.pop();
    }
    answer
}

fn run<S: AsRef<OsStr>>(
    directory: &Path,
    words: impl IntoIterator<Item = S>,
) -> anyhow::Result<Vec<u8>> {
    let output = git(directory, words).output().context(NOT_RUN)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    bail!("git: {}", message.trim().trim_start_matches("fatal: "))
}

fn git<S: AsRef<OsStr>>(directory: &Path, words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(directory)
        .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
        .args(words)
        .env("LC_ALL", "C");
    // Git gives a hook relative paths, which are wrong in any other directory.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        if env::var_os(name).is_some_and(|path| Path::new(&path).is_relative()) {
            command.env_remove(name);
        }
    }
    command
}
