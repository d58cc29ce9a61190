//! The contents of files, read from git's object store. No filter of a repository is applied.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{Child, ChildStdout, Stdio},
    thread::{self, JoinHandle},
};

use anyhow::{Context as _, bail};

use super::{
    File, Repository, Tree,
    command::{NOT_RUN, reason},
};

/// Contents of one run of git, each read when it is wanted.
pub struct Contents {
    git: Child,
    answer: BufReader<ChildStdout>,
    /// Reads what git says beside its answer.
    remarks: Option<JoinHandle<Vec<u8>>>,
}

/// No content has more bytes than this.
const MOST: u64 = 256 * 1024 * 1024;

impl Repository {
    /// The content of a file of a tree.
    ///
    /// # Errors
    /// It is not in this clone.
    pub fn content(&self, tree: &Tree, file: &File) -> anyhow::Result<Vec<u8>> {
        let mut contents = self.contents(tree, std::slice::from_ref(file))?;
        contents.pop().with_context(|| unreadable(&file.path.display().to_string(), &tree.name))
    }

    /// The contents of files of a tree, in their order.
    ///
    /// # Errors
    /// One of them is not in this clone.
    pub fn contents(&self, tree: &Tree, files: &[File]) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut contents = self.read(files.iter().map(|file| file.object.as_str()))?;
        let read = files.iter().map(|file| {
            contents
                .next_content()
                .with_context(|| unreadable(&file.path.display().to_string(), &tree.name))
        });
        read.collect()
    }

    /// Begins to read the contents of objects, by their full names.
    pub(super) fn read<'o>(
        &self,
        objects: impl Iterator<Item = &'o str>,
    ) -> anyhow::Result<Contents> {
        let mut git = self.git(["cat-file", "--batch"]);
        git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = git.spawn().context(NOT_RUN)?;
        let mut words = git.stdin.take().context(NOT_RUN)?;
        let answer = BufReader::new(git.stdout.take().context(NOT_RUN)?);
        let mut stderr = git.stderr.take().context(NOT_RUN)?;
        let wanted: String = objects.flat_map(|object| [object, "\n"]).collect();
        // Git that has failed reads no more; its answer says why.
        thread::spawn(move || words.write_all(wanted.as_bytes()).ok());
        let remarks = thread::spawn(move || {
            let mut remarks = Vec::new();
            stderr.read_to_end(&mut remarks).ok();
            remarks
        });
        Ok(Contents { git, answer, remarks: Some(remarks) })
    }
}

impl Contents {
    /// The next content.
    ///
    /// # Errors
    /// Git does not have it.
    pub fn next_content(&mut self) -> anyhow::Result<Vec<u8>> {
        let mut header = String::new();
        self.answer.read_line(&mut header)?;
        let size: u64 = match header.trim_end().split(' ').collect::<Vec<_>>()[..] {
            [_, "blob", size] => size.parse()?,
            _ => bail!("{}", self.reason()),
        };
        if size > MOST {
            bail!("the file is larger than 256 MiB");
        }
        let mut content = vec![0; usize::try_from(size)? + 1];
        self.answer.read_exact(&mut content)?;
        content.pop();
        Ok(content)
    }

    /// Why git answers no more.
    fn reason(&mut self) -> String {
        self.git.kill().ok();
        let remarks = self.remarks.take().and_then(|remarks| remarks.join().ok());
        match reason(&remarks.unwrap_or_default()) {
            nothing if nothing.is_empty() => "git has no such object".to_owned(),
            reason => reason,
        }
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        self.git.kill().ok();
        self.git.wait().ok();
    }
}

/// The message for a content that git does not have, of a file at a revision.
pub(super) fn unreadable(file: &str, revision: &str) -> String {
    format!(
        "{file} at {revision} cannot be read: its content is not in this clone; a partial clone leaves \
         contents out, and then the whole is to be fetched"
    )
}
