//! Resolves revisions to commits, and finds the commits at which branches separated.

use anyhow::bail;

use super::{Repository, command::line};

/// A git commit, given by its full hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Commit(pub(super) String);

impl Commit {
    /// Returns the full hash of the commit.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Returns the first ten characters of the commit's hash, for messages.
    pub fn short(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }

    pub(super) fn from_answer(answer: Vec<u8>) -> Self {
        Self(String::from_utf8_lossy(&line(answer)).into_owned())
    }
}

/// Checks whether a revision is a hash of zeros. Hosting sites give this hash instead of an earlier commit if there was
/// none.
pub fn is_nothing(revision: &str) -> bool {
    is_full_name(revision) && revision.bytes().all(|digit| digit == b'0')
}

fn is_full_name(name: &str) -> bool {
    matches!(name.len(), 40 | 64) && name.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The revision that means the main branch of the remote repository `origin`.
pub const REMOTE_HEAD: &str = "origin/HEAD";

impl Repository {
    /// Returns the commit that a revision means.
    ///
    /// # Errors
    /// Fails if there is no such commit, or if a shallow clone may lack it.
    pub fn commit(&self, revision: &str) -> anyhow::Result<Commit> {
        if let Some(commit) = self.find_commit(revision)? {
            return Ok(commit);
        }
        if self.is_shallow()? {
            bail!("{}", too_shallow(revision));
        }
        if revision == REMOTE_HEAD && self.is_remote("origin")? {
            bail!(
                "git does not know which branch `{REMOTE_HEAD}` stands for: run `git remote set-head origin --auto`, \
                 or name a revision, as in `plan check --against HEAD`"
            );
        }
        if revision == REMOTE_HEAD {
            bail!(
                "git has no revision `{REMOTE_HEAD}`, because there is no remote `origin`: name a revision, as in `plan check --against HEAD`"
            );
        }
        bail!("git has no revision `{revision}`: see `git branch --all` and `git log`")
    }

    /// Returns the commit that a revision means, or `None` if there is no such commit.
    pub fn find_commit(&self, revision: &str) -> anyhow::Result<Option<Commit>> {
        let wanted = format!("{}^{{commit}}", self.meaning(revision)?);
        let found = self.try_run(["rev-parse", "--verify", "--quiet", &wanted])?;
        Ok(found.map(Commit::from_answer))
    }

    /// Replaces the name of a branch or tag in a revision by its full name, such as `refs/heads/main`. If a branch and
    /// a tag have the same name, the branch is meant.
    fn meaning(&self, revision: &str) -> anyhow::Result<String> {
        let end = ["~", "^", ":", "@{"].iter().filter_map(|mark| revision.find(mark)).min();
        let (name, rest) = revision.split_at(end.unwrap_or(revision.len()));
        let is_special = name.is_empty()
            || name == "@"
            || name.ends_with("HEAD") && !name.contains('/')
            || name.starts_with("refs/")
            || is_full_name(name);
        if is_special {
            return Ok(revision.to_owned());
        }
        let remote_branch = format!("refs/remotes/{name}");
        let is_of_remote = match name.split_once('/') {
            Some((remote, _)) => self.is_ref(&remote_branch)? || self.is_remote(remote)?,
            None => false,
        };
        if is_of_remote {
            return Ok(remote_branch + rest);
        }
        for kind in ["heads", "tags"] {
            let full = format!("refs/{kind}/{name}");
            if self.is_ref(&full)? {
                return Ok(full + rest);
            }
        }
        Ok(revision.to_owned())
    }

    fn is_ref(&self, name: &str) -> anyhow::Result<bool> {
        Ok(self.try_run(["show-ref", "--verify", "--quiet", "--", name])?.is_some())
    }

    fn is_remote(&self, name: &str) -> anyhow::Result<bool> {
        let remotes = self.run(["remote"])?;
        Ok(String::from_utf8_lossy(&remotes).lines().any(|remote| remote == name))
    }

    /// Returns the merge base of the commit `other` and the present commit. If they have no common ancestor, returns
    /// `other`.
    ///
    /// # Errors
    /// Fails if the clone is too shallow, or if there are several merge bases.
    pub fn parting(&self, other: &Commit, revision: &str) -> anyhow::Result<Commit> {
        let Some(bases) = self.try_run(["merge-base", "--all", &other.0, "HEAD"])? else {
            if self.is_shallow()? {
                bail!("{}", too_shallow(revision));
            }
            return Ok(other.clone());
        };
        let bases = String::from_utf8_lossy(&bases).into_owned();
        match bases.lines().collect::<Vec<_>>()[..] {
            [base] => Ok(Commit(base.to_owned())),
            // The merge bases may contain different versions of the plan. None of them is chosen, because a branch
            // could influence the choice.
            _ => bail!(
                "`{revision}` and this branch have several merge bases: merge `{revision}` into this branch first"
            ),
        }
    }

    /// Checks whether `commit` is the commit `last` or an ancestor of `last`.
    pub fn is_in_history(&self, commit: &Commit, last: &Commit) -> anyhow::Result<bool> {
        let words = ["merge-base", "--is-ancestor", &commit.0, &last.0];
        Ok(self.try_run(words)?.is_some())
    }

    /// Checks whether a remote has a branch that differs from the present commit.
    pub fn has_other_branches(&self) -> anyhow::Result<bool> {
        let head = self.find_commit("HEAD")?;
        let listed = self.run(["for-each-ref", "--format=%(objectname)", "refs/remotes"])?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        Ok(listed.lines().any(|name| head.as_ref().is_none_or(|head| head.0 != name)))
    }

    /// Checks whether this clone is shallow, which means that its history is incomplete.
    pub fn is_shallow(&self) -> anyhow::Result<bool> {
        let answer = self.run(["rev-parse", "--is-shallow-repository"])?;
        Ok(line(answer) == b"true")
    }
}

fn too_shallow(revision: &str) -> String {
    format!(
        "this clone is shallow and does not reach `{revision}`: fetch the whole history \
         (`fetch-depth: 0` for GitHub's checkout, `GIT_DEPTH: 0` in GitLab, `git fetch --unshallow` elsewhere)"
    )
}
