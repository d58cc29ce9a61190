//! The contents of files, read from git's object store. No filter of a repository is applied.

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

/// Contents of one run of git, one after another. A few are read ahead while the ones before are looked at.
pub struct Contents {
    git: Child,
    read: Receiver<anyhow::Result<Vec<u8>>>,
}

/// How many contents are read ahead.
const AHEAD: usize = 2;
/// No content has more bytes than this.
const MOST: u64 = 256 * 1024 * 1024;

impl Tree {
    /// The content of a file.
    pub fn content(&self, file: &File) -> anyhow::Result<Vec<u8>> {
        let mut contents = self.contents(std::iter::once(file))?;
        contents.next().context("git has ended")?
    }

    /// The contents of files, read one after another.
    ///
    /// # Errors
    /// Git cannot be run. A content that is not in this clone is an error in its turn.
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
    /// Begins to read the contents of objects, by their full names.
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
        // Git that has failed reads no more; its answer says why.
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
            // Git has ended, and what was not sent yet it does not have.
            let remarks = remarks.join().unwrap_or_default();
            sender.send(Err(anyhow!("{}", reason(&remarks)))).ok();
        });
        Ok(Contents { git, read })
    }
}

impl Contents {
    /// The next content.
    pub fn next_content(&mut self) -> anyhow::Result<Vec<u8>> {
        self.read.recv().context("git has ended")?
    }
}

/// The next content of an answer; `None` where git has ended.
fn next(answer: &mut BufReader<ChildStdout>) -> anyhow::Result<Option<Vec<u8>>> {
    let mut header = String::new();
    if answer.read_line(&mut header)? == 0 {
        return Ok(None);
    }
    let size: u64 = match header.trim_end().split(' ').collect::<Vec<_>>()[..] {
        [_, "blob", size] => size.parse()?,
        _ => bail!("git has no such file: {}", header.trim_end()),
    };
    if size > MOST {
        bail!("the file is larger than 256 MiB");
    }
    // A line break follows the content.
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

/// The message for a content that git does not have, of a file at a revision.
pub(super) fn unreadable(file: &Path, revision: &str) -> String {
    let file = file.display();
    format!(
        "{file} at {revision} cannot be read: its content is not in this clone; a partial clone leaves \
         contents out, and then the whole is to be fetched"
    )
}
