//! The files of a commit or of the index. Symbolic links between these files can be followed.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ffi::{OsStr, OsString},
    path::{Component, Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{Commit, Repository, command::path_from};

/// The maximum number of symbolic links that are followed from one path.
const LINKS: usize = 40;

/// All files of a commit or of the index, found by their paths.
pub struct Tree {
    pub repository: Repository,
    /// The short name of the commit, or the words `the index`.
    pub name: String,
    entries: BTreeMap<PathBuf, TreeEntry>,
    /// The paths in the index that a sparse checkout leaves out of the working tree.
    left_out: BTreeSet<PathBuf>,
}

/// An entry of a tree. The `String` is the name of the git object that contains the file or link.
enum TreeEntry {
    File(String),
    Link(String),
    /// A submodule, which is another repository inside this one.
    Submodule,
    /// A file in the index that a merge left in conflict.
    Conflict,
}

/// A file of a tree. `path` contains no symbolic links, and `object` is the name of the git object with the content.
pub struct File {
    pub path: PathBuf,
    pub(super) object: String,
}

/// The result of following a path in a tree: a file, a directory or nothing.
pub enum Followed {
    File(File),
    /// A directory, given by its path after symbolic links are followed.
    Directory(PathBuf),
    Nothing,
}

impl Tree {
    /// Returns the paths of all files in the tree, including symbolic links.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.entries.keys().map(PathBuf::as_path)
    }

    /// Checks whether the tree has a file or a symbolic link at exactly this path.
    pub fn has(&self, path: &Path) -> bool {
        self.entries.contains_key(path)
    }

    /// Checks whether a sparse checkout leaves exactly this path out of the working tree.
    pub fn leaves_out(&self, path: &Path) -> bool {
        self.left_out.contains(path) && !self.repository.top.join(path).exists()
    }

    fn is_directory(&self, path: &Path) -> bool {
        let mut from = self.entries.range(path.to_path_buf()..);
        path.as_os_str().is_empty() || from.next().is_some_and(|(next, _)| next.starts_with(path))
    }

    /// Returns the file to which a path leads, or `None` if the path leads nowhere or to a directory.
    pub fn file(&self, path: &Path) -> anyhow::Result<Option<File>> {
        Ok(if let Followed::File(file) = self.follow(path)? { Some(file) } else { None })
    }

    /// Returns the content of the file to which a path leads, or `None` if the path leads to no file.
    pub fn content_at(&self, path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
        self.file(path)?.map(|file| self.content(&file)).transpose()
    }

    /// Follows a path and its symbolic links within the tree, and returns the file or directory at the end.
    ///
    /// # Errors
    /// Fails if a symbolic link points outside the repository or to itself, or cannot be read. Also fails if the path
    /// leads into a submodule, or to a file that a merge left in conflict.
    pub fn follow(&self, path: &Path) -> anyhow::Result<Followed> {
        let shown = || format!("{} in {}", path.display(), self.name);
        let mut ahead = parts(path).with_context(shown)?;
        let mut current = PathBuf::new();
        let mut links = 0;
        while let Some(part) = ahead.pop_front() {
            if part == OsStr::new("..") {
                if !current.pop() {
                    bail!("{}: a link points outside the repository", shown());
                }
                continue;
            }
            current.push(part);
            match self.entries.get(&current) {
                None if self.is_directory(&current) => {}
                None => return Ok(Followed::Nothing),
                Some(TreeEntry::Submodule) => bail!("{}: is in another repository", shown()),
                Some(TreeEntry::Conflict) => bail!("{}: a merge left a conflict", shown()),
                Some(TreeEntry::File(object)) if ahead.is_empty() => {
                    return Ok(Followed::File(File { path: current, object: object.clone() }));
                }
                Some(TreeEntry::File(_)) => return Ok(Followed::Nothing),
                Some(TreeEntry::Link(object)) => {
                    links += 1;
                    if links > LINKS {
                        bail!("{}: a link points to itself", shown());
                    }
                    let link = File { path: current.clone(), object: object.clone() };
                    let target = path_from(self.content(&link)?);
                    let target = parts(&target).with_context(shown)?;
                    ahead = target.into_iter().chain(ahead).collect();
                    current.pop();
                }
            }
        }
        Ok(Followed::Directory(current))
    }
}

impl Repository {
    /// Returns the tree of all files in a commit.
    pub fn tree(&self, commit: &Commit) -> anyhow::Result<Tree> {
        let listed = self.run(["ls-tree", "-r", "-z", "--full-tree", &commit.0])?;
        self.listed_tree(commit.short(), &listed)
    }

    /// Returns the tree of all files in the index, which are the files of the next commit.
    pub fn index(&self) -> anyhow::Result<Tree> {
        let listed = self.run(["ls-files", "--stage", "-t", "-z"])?;
        self.listed_tree("the index", &listed)
    }

    /// Parses the list of files that `git ls-tree` or `git ls-files` writes.
    fn listed_tree(&self, name: &str, listed: &[u8]) -> anyhow::Result<Tree> {
        const LEFT_OUT: &str = "S";
        let (mut entries, mut left_out) = (BTreeMap::new(), BTreeSet::new());
        for line in listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let tab = line
                .iter()
                .position(|byte| *byte == b'\t')
                .context("git listed an entry without a path")?;
            let path = path_from(line[tab + 1..].to_vec());
            let mut fields: Vec<&str> = std::str::from_utf8(&line[..tab])?.split(' ').collect();
            // `git ls-files -t` writes a letter before the mode. The letter `S` marks a file that is left out of the
            // working tree.
            if fields[0].len() == 1 && fields.remove(0) == LEFT_OUT {
                left_out.insert(path.clone());
            }
            let object = fields
                .iter()
                .find(|field| field.len() >= 40)
                .context("git listed an entry without an object")?;
            let entry = match (fields[0], fields.last()) {
                (_, Some(&("1" | "2" | "3"))) => TreeEntry::Conflict,
                ("120000", _) => TreeEntry::Link((*object).to_owned()),
                ("160000", _) => TreeEntry::Submodule,
                _ => TreeEntry::File((*object).to_owned()),
            };
            entries.insert(path, entry);
        }
        Ok(Tree { repository: self.clone(), name: name.to_owned(), entries, left_out })
    }
}

/// Returns the parts of a relative path. Fails if the path is absolute.
fn parts(path: &Path) -> anyhow::Result<VecDeque<OsString>> {
    let mut parts = VecDeque::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(_) | Component::ParentDir => {
                parts.push_back(part.as_os_str().to_owned())
            }
            Component::RootDir | Component::Prefix(_) => {
                bail!("a link points outside the repository")
            }
        }
    }
    Ok(parts)
}
