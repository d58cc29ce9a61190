//! Reads the contents of files from git's object store. The filters of the repository are not applied.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
    process::{Child, ChildStdout, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
};

use anyhow::{Context as _, anyhow, bail};

use super::{
    File, Repository, Tree,
    command::{NOT_RUN, reason},
};

/// The contents of several git objects, which one run of git writes one after another.
pub struct Contents {
    git: Child,
    read: Receiver<anyhow::Result<Vec<u8>>>,
}

/// The number of contents that are read before the caller asks for them.
const AHEAD: usize = 2;
/// The maximum size of one object's content, in bytes.
const MOST: u64 = 256 * 1024 * 1024;

impl Tree {
    /// Returns the content of a file in this tree.
    pub fn content(&self, file: &File) -> anyhow::Result<Vec<u8>> {
        let mut contents = self.contents(std::iter::once(file))?;
        contents.next().context("git ended unexpectedly")?
    }

    /// Returns the contents of files in this tree, in the order of `files`.
    ///
    /// # Errors
    /// Fails if git cannot be run. If this clone lacks the content of a file, the iterator yields errors from this file
    /// on.
    pub fn contents<'f>(
        &self,
        files: impl Iterator<Item = &'f File> + Clone,
    ) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Vec<u8>>>> {
        let mut contents = self.repository.read(files.clone().map(|file| file.object.as_str()))?;
        Ok(files.map(move |file| {
            contents.next_content().with_context(|| unreadable(&file.path, &self.name))
        }))
    }
}

impl Repository {
    /// Starts git to read the contents of `objects`, which are full object names.
    pub(super) fn read<'o>(
        &self,
        objects: impl Iterator<Item = &'o str>,
    ) -> anyhow::Result<Contents> {
        let mut git = self.git(["cat-file", "--batch"]);
        git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = git.spawn().context(NOT_RUN)?;
        let mut words = git.stdin.take().context(NOT_RUN)?;
        let mut answer = BufReader::new(git.stdout.take().context(NOT_RUN)?);
        let mut stderr = git.stderr.take().context(NOT_RUN)?;
        let wanted: String = objects.flat_map(|object| [object, "\n"]).collect();
        // An error in writing is ignored: it means that git failed, and git's error output says why.
        thread::spawn(move || words.write_all(wanted.as_bytes()).ok());
        let remarks = thread::spawn(move || {
            let mut remarks = Vec::new();
            stderr.read_to_end(&mut remarks).ok();
            remarks
        });
        let (sender, read) = mpsc::sync_channel(AHEAD);
        thread::spawn(move || {
            while let Some(content) = next(&mut answer).transpose() {
                let is_last = content.is_err();
                if sender.send(content).is_err() || is_last {
                    return;
                }
            }
            // Git has ended. If the caller asks for another content, it gets this error, which says why the content is
            // missing.
            let remarks = remarks.join().unwrap_or_default();
            sender.send(Err(anyhow!("{}", reason(&remarks)))).ok();
        });
        Ok(Contents { git, read })
    }
}

impl Contents {
    /// Returns the content of the next object.
    pub fn next_content(&mut self) -> anyhow::Result<Vec<u8>> {
        self.read.recv().context("git ended unexpectedly")?
    }
}

/// Reads the content of the next object from git's output. Returns `None` if git has ended.
fn next(answer: &mut BufReader<ChildStdout>) -> anyhow::Result<Option<Vec<u8>>> {
    let mut header = String::new();
    if answer.read_line(&mut header)? == 0 {
        return Ok(None);
    }
    let size: u64 = match header.trim_end().split(' ').collect::<Vec<_>>()[..] {
        [_, "blob", size] => size.parse()?,
        _ => bail!("git does not have this file: {}", header.trim_end()),
    };
    if size > MOST {
        bail!("the file is larger than 256 MiB");
    }
    // In git's output, a line break follows each content.
    let whole = size + 1;
    let mut content = Vec::with_capacity(usize::try_from(whole)? + 1);
    answer.take(whole).read_to_end(&mut content)?;
    if content.len() as u64 != whole {
        return Ok(None);
    }
    content.pop();
    Ok(Some(content))
}

impl Drop for Contents {
    fn drop(&mut self) {
        self.git.kill().ok();
        self.git.wait().ok();
    }
}

/// Returns the error message which says that git lacks the content of a file at a revision.
pub(super) fn unreadable(file: &Path, revision: &str) -> String {
    let file = file.display();
    format!(
        "{file} at {revision} cannot be read: its content is missing from this partial clone; fetch the whole repository"
    )
}
