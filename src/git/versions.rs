//! The versions of a file in the git history, with dates. Renames of the file are followed.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context as _, bail};

use super::{
    Commit, Repository,
    command::{NOT_RUN, line, path_from},
    objects::unreadable,
};
use crate::model::Day;

/// A version of a file: a commit that changed the file, and the file after this commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub commit: Commit,
    /// The first parent of the commit; `None` if the commit has no parent, or if this clone does not contain the
    /// parent.
    pub parent: Option<Commit>,
    pub is_merge: bool,
    pub author: String,
    /// The author's date of the commit, in the author's time zone.
    pub authored: Day,
    /// The committer's date of the commit, in the committer's time zone.
    pub committed: Day,
    /// The path that the file has in this commit.
    pub path: PathBuf,
    /// The name of the git object with the file's content; `None` if the commit deleted the file.
    object: Option<String>,
}

/// All versions of a file.
pub struct FileVersions {
    /// The versions, newest first.
    pub all: Vec<Version>,
    /// True if the list is incomplete, because a shallow clone lacks the older versions.
    pub is_cut: bool,
}

/// A version of a file, and its content. The content is `None` if the commit deleted the file.
type VersionContent<'v> = (&'v Version, Option<Vec<u8>>);

/// A version of a file that `git log` lists, with the version before it.
struct ListedVersion {
    version: Version,
    /// The file as it was in the parent commit.
    before: Version,
    is_new: bool,
    is_link: bool,
}

const FORMAT: &str = "--format=%x01%H%x00%P%x00%cs%x00%as%x00%an%x00";

impl Repository {
    /// Returns the versions of a file up to the commit `last`, without versions on merged branches. Renames of the file
    /// are followed.
    pub fn versions(&self, last: &Commit, path: &Path) -> anyhow::Result<FileVersions> {
        let mut all = Vec::new();
        let mut next = Some((last.clone(), path.to_path_buf()));
        while let Some((commit, path)) = next.take() {
            let flags = ["--first-parent", "--diff-merges=first-parent"];
            let listed = self.listed(flags, &commit, &[&path])?;
            for ListedVersion { version, is_new, is_link, .. } in listed {
                let Version { commit, parent, path, .. } = &version;
                if is_link {
                    let file = self.tree(commit)?.file(path)?;
                    next = file.map(|file| (commit.clone(), file.path));
                    break;
                }
                if let Some(parent) = parent.as_ref().filter(|_| is_new) {
                    let old = self.renamed_from(path, parent, Some(commit))?;
                    next = old.map(|old| (parent.clone(), old));
                }
                all.push(version);
                if next.is_some() {
                    break;
                }
            }
        }
        let is_cut = match all.last() {
            Some(oldest) if oldest.parent.is_none() => self.shallow()?.contains(&oldest.commit),
            _ => false,
        };
        Ok(FileVersions { all, is_cut })
    }

    /// Returns the versions before and after each commit that changed a file at one of `paths`, the oldest commit
    /// first. Only commits up to `last` that are not merges are considered.
    pub fn steps(&self, last: &Commit, paths: &[&Path]) -> anyhow::Result<Vec<[Version; 2]>> {
        let steps = self.listed(["--full-history", "--no-merges", "--reverse"], last, paths)?;
        Ok(steps
            .into_iter()
            .map(|ListedVersion { before, version, .. }| [before, version])
            .collect())
    }

    /// Returns the versions of the file at one of `paths`, up to the commit `last`. `which` are the flags of `git log`
    /// that select the commits.
    fn listed<const N: usize>(
        &self,
        which: [&str; N],
        last: &Commit,
        paths: &[&Path],
    ) -> anyhow::Result<Vec<ListedVersion>> {
        let raw = ["--raw", "--no-abbrev", "--no-renames", "-z", FORMAT];
        let words = ["log"].into_iter().chain(which).chain(raw).chain([last.0.as_str(), "--"]);
        let paths_in_words = paths.iter().map(|path| path.as_os_str());
        parse(&self.run(words.map(OsStr::new).chain(paths_in_words))?, paths)
    }

    /// Returns the commits at which the history of a shallow clone ends.
    fn shallow(&self) -> anyhow::Result<Vec<Commit>> {
        if !self.is_shallow()? {
            return Ok(Vec::new());
        }
        let names = fs::read_to_string(self.own_file("shallow")?)?;
        Ok(names.lines().map(|name| Commit(name.to_owned())).collect())
    }

    /// Returns each version with its content, which is `None` if the commit deleted the file.
    pub fn contents_of<'v>(
        &self,
        versions: &'v [Version],
    ) -> anyhow::Result<impl Iterator<Item = anyhow::Result<VersionContent<'v>>> + use<'v>> {
        let mut contents = self.read(versions.iter().filter_map(|one| one.object.as_deref()))?;
        Ok(versions.iter().map(move |version| {
            let content = version.object.as_ref().map(|_| contents.next_content()).transpose();
            let content =
                content.with_context(|| unreadable(&version.path, version.commit.short()))?;
            Ok((version, content))
        }))
    }

    /// Returns the newest commit in the history of `last` that was made on `day` or earlier. Commits of merged branches
    /// are not considered.
    pub fn commit_by(&self, last: &Commit, day: Day) -> anyhow::Result<Option<Commit>> {
        let mut git = self.git(["log", "--first-parent", "--format=%H %cs", &last.0]);
        git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut git = git.spawn().context(NOT_RUN)?;
        let answer = BufReader::new(git.stdout.take().context(NOT_RUN)?);
        let found = answer.lines().map_while(Result::ok).find_map(|line| {
            let (commit, made) = line.split_once(' ')?;
            let made: Day = made.parse().ok()?;
            (made <= day).then(|| Commit(commit.to_owned()))
        });
        if found.is_some() {
            // The rest of the list is not needed, so git is stopped.
            git.kill().ok();
        }
        let ended = git.wait().context(NOT_RUN)?;
        if found.is_none() && !ended.success() {
            bail!("git cannot list the commits up to {}", last.short());
        }
        Ok(found)
    }

    /// Returns the date of the oldest commit in the history of `last`. Commits of merged branches are not considered.
    pub fn first_day(&self, last: &Commit) -> anyhow::Result<Day> {
        let words = ["log", "--first-parent", "--max-parents=0", "--format=%cs", &last.0];
        parse_day(self.run(words)?)
    }

    /// Returns the committer's date of a commit.
    pub fn day(&self, commit: &Commit) -> anyhow::Result<Day> {
        parse_day(self.run(["log", "--max-count=1", "--format=%cs", &commit.0])?)
    }
}

fn parse_day(answer: Vec<u8>) -> anyhow::Result<Day> {
    Ok(String::from_utf8(line(answer))?.parse()?)
}

/// Parses the output of `git log --raw -z` for the files at these paths.
fn parse(listed: &[u8], paths: &[&Path]) -> anyhow::Result<Vec<ListedVersion>> {
    let mut fields = listed.split(|byte| *byte == 0).peekable();
    let mut found = Vec::new();
    while let Some(commit) = fields.next() {
        let Some(commit) = commit.strip_prefix(b"\x01") else { continue };
        let version = parse_commit(commit, &mut fields)?;
        while let Some(change) = fields.next_if(|field| !field.starts_with(b"\x01")) {
            let Some(change) = change.trim_ascii_start().strip_prefix(b":") else { continue };
            let path = path_from(fields.next().unwrap_or_default().to_vec());
            let path = paths.iter().find(|known| **known == path);
            found.extend(path.and_then(|path| ListedVersion::parse(&version, change, path)));
        }
    }
    Ok(found)
}

/// Parses the fields of one commit in the output of `git log`, which has the format [`FORMAT`].
fn parse_commit<'f>(
    name: &[u8],
    fields: &mut impl Iterator<Item = &'f [u8]>,
) -> anyhow::Result<Version> {
    let mut field = || fields.next().map(|field| String::from_utf8_lossy(field).into_owned());
    let (Some(parents), Some(committed), Some(authored), Some(author)) =
        (field(), field(), field(), field())
    else {
        bail!("git listed a commit without dates");
    };
    let mut parents = parents.split(' ').filter(|parent| !parent.is_empty());
    Ok(Version {
        commit: Commit(String::from_utf8_lossy(name).into_owned()),
        parent: parents.next().map(|parent| Commit(parent.to_owned())),
        is_merge: parents.next().is_some(),
        author,
        authored: authored.parse()?,
        committed: committed.parse()?,
        path: PathBuf::new(),
        object: None,
    })
}

impl ListedVersion {
    /// Parses `change`, a line of `git log --raw`. The line says how the commit changed the file at `path`.
    fn parse(commit: &Version, change: &[u8], path: &Path) -> Option<Self> {
        let change = String::from_utf8_lossy(change);
        let [old_mode, mode, old_object, object, status] =
            change.split(' ').collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let with = |mode: &str, object: &str| Version {
            path: path.to_path_buf(),
            object: mode.starts_with("100").then(|| object.to_owned()),
            ..commit.clone()
        };
        Some(Self {
            version: with(mode, object),
            before: with(old_mode, old_object),
            is_new: status.starts_with('A'),
            is_link: mode == "120000",
        })
    }
}
