//! The files of a commit or of the index, and where links among them lead.

use std::{
    collections::{BTreeMap, VecDeque},
    ffi::{OsStr, OsString},
    os::unix::ffi::OsStringExt,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{Commit, Repository, command::path_from};

/// The most links that are followed from one path.
const LINKS: usize = 40;

/// Every file of a commit or of the index, by its path.
pub struct Tree {
    /// The commit's short name, or `the index`.
    pub name: String,
    entries: BTreeMap<PathBuf, Entry>,
}

struct Entry {
    kind: Kind,
    object: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Link,
    /// Another repository.
    Submodule,
    /// In the index: a merge left a conflict in it.
    Conflict,
}

/// A file of a tree: its path after all links, and its content's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: PathBuf,
    pub(super) object: String,
}

/// What a path of a tree leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    File(File),
    /// A directory, by its path after all links.
    Directory(PathBuf),
    Nothing,
}

impl Tree {
    /// Every path of the tree, of links too.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.entries.keys().map(PathBuf::as_path)
    }

    /// Whether there is a file or link at this very path.
    pub fn has(&self, path: &Path) -> bool {
        self.entries.contains_key(path)
    }

    fn is_directory(&self, path: &Path) -> bool {
        let mut from = self.entries.range(path.to_path_buf()..);
        path.as_os_str().is_empty() || from.next().is_some_and(|(next, _)| next.starts_with(path))
    }

    fn parse(name: String, listed: &[u8], kind: fn(&[&str]) -> Kind) -> anyhow::Result<Self> {
        let mut entries = BTreeMap::new();
        for line in listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let tab = line.iter().position(|byte| *byte == b'\t').context("git lists no path")?;
            let fields = std::str::from_utf8(&line[..tab])?;
            let fields: Vec<&str> = fields.split(' ').collect();
            let object = fields.iter().find(|field| field.len() >= 40).context("no object")?;
            let entry = Entry { kind: kind(&fields), object: (*object).to_owned() };
            entries.insert(path_from(line[tab + 1..].to_vec()), entry);
        }
        Ok(Self { name, entries })
    }
}

fn kind(mode: &str) -> Kind {
    match mode {
        "120000" => Kind::Link,
        "160000" => Kind::Submodule,
        _ => Kind::File,
    }
}

impl Repository {
    /// The files of a commit.
    ///
    /// # Errors
    /// A part of it is not in this clone.
    pub fn tree(&self, commit: &Commit) -> anyhow::Result<Tree> {
        let listed = self.run(["ls-tree", "-r", "-z", "--full-tree", &commit.0])?;
        Tree::parse(commit.short().to_owned(), &listed, |fields| kind(fields[0]))
    }

    /// The files of the index: what git is about to commit.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn index(&self) -> anyhow::Result<Tree> {
        let listed = self.run(["ls-files", "--stage", "-z"])?;
        Tree::parse("the index".to_owned(), &listed, |fields| match fields.last() {
            Some(&"0") => kind(fields[0]),
            _ => Kind::Conflict,
        })
    }

    /// The file that a path of a tree leads to; `None` where there is none, or a directory.
    ///
    /// # Errors
    /// As for [`Repository::follow`].
    pub fn file(&self, tree: &Tree, path: &Path) -> anyhow::Result<Option<File>> {
        Ok(match self.follow(tree, path)? {
            Found::File(file) => Some(file),
            Found::Directory(_) | Found::Nothing => None,
        })
    }

    /// The content of the file that a path of a tree leads to; `None` where there is no file.
    ///
    /// # Errors
    /// As for [`Repository::follow`], or the content is not in this clone.
    pub fn content_at(&self, tree: &Tree, path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
        let file = self.file(tree, path)?;
        file.map(|file| self.content(tree, &file)).transpose()
    }

    /// What a path of a tree leads to. Links are followed inside the tree.
    ///
    /// # Errors
    /// A link leads out of the repository or to itself, or cannot be read; the way leads into a submodule; the
    /// file has a conflict.
    pub fn follow(&self, tree: &Tree, path: &Path) -> anyhow::Result<Found> {
        let shown = || format!("{} in {}", path.display(), tree.name);
        let mut ahead = parts(path).with_context(shown)?;
        let mut current = PathBuf::new();
        let mut links = 0;
        while let Some(part) = ahead.pop_front() {
            if part == OsStr::new("..") {
                if !current.pop() {
                    bail!("{}: a link leads out of the repository", shown());
                }
                continue;
            }
            current.push(part);
            match tree.entries.get(&current) {
                None if tree.is_directory(&current) => {}
                None => return Ok(Found::Nothing),
                Some(entry) => match entry.kind {
                    Kind::Submodule => bail!("{}: is in another repository", shown()),
                    Kind::Conflict => bail!("{}: a merge left a conflict", shown()),
                    Kind::File if ahead.is_empty() => {
                        return Ok(Found::File(File {
                            path: current,
                            object: entry.object.clone(),
                        }));
                    }
                    Kind::File => return Ok(Found::Nothing),
                    Kind::Link => {
                        links += 1;
                        if links > LINKS {
                            bail!("{}: a link leads to itself", shown());
                        }
                        let link = File { path: current.clone(), object: entry.object.clone() };
                        let target = self.content(tree, &link)?;
                        let target = PathBuf::from(OsString::from_vec(target));
                        let target = parts(&target).with_context(shown)?;
                        ahead = target.into_iter().chain(ahead).collect();
                        current.pop();
                    }
                },
            }
        }
        Ok(Found::Directory(current))
    }
}

/// The steps of a relative path.
fn parts(path: &Path) -> anyhow::Result<VecDeque<OsString>> {
    let mut parts = VecDeque::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(_) | Component::ParentDir => {
                parts.push_back(part.as_os_str().to_owned())
            }
            Component::RootDir | Component::Prefix(_) => {
                bail!("a link leads out of the repository")
            }
        }
    }
    Ok(parts)
}
