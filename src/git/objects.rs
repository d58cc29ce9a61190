//! The contents of files, read from git's object store. No filter of a repository is applied.

use std::{io::Write as _, process::Stdio, thread};

use anyhow::{Context as _, bail};

use super::{
    File, Repository, Tree,
    command::{NOT_RUN, reason},
};

impl Repository {
    /// The content of a file of a tree.
    ///
    /// # Errors
    /// It is not in this clone.
    pub fn content(&self, tree: &Tree, file: &File) -> anyhow::Result<Vec<u8>> {
        let mut contents = self.contents(tree, std::slice::from_ref(file))?;
        contents.pop().with_context(|| unreadable(tree, file))
    }

    /// The contents of files of a tree, in their order.
    ///
    /// # Errors
    /// One of them is not in this clone.
    pub fn contents(&self, tree: &Tree, files: &[File]) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut git = self.git(["cat-file", "--batch"]);
        git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = git.spawn().context(NOT_RUN)?;
        let mut words = git.stdin.take().context(NOT_RUN)?;
        let wanted: String = files.iter().map(|file| format!("{}\n", file.object)).collect();
        let output = thread::scope(|scope| {
            // Git that has failed reads no more; its answer says why.
            scope.spawn(move || words.write_all(wanted.as_bytes()).ok());
            git.wait_with_output()
        })
        .context(NOT_RUN)?;
        let mut rest = output.stdout.as_slice();
        let mut contents = Vec::with_capacity(files.len());
        for file in files {
            let Some(content) = next(&mut rest) else {
                bail!("{} {}", unreadable(tree, file), reason(&output.stderr));
            };
            contents.push(content);
        }
        Ok(contents)
    }
}

fn unreadable(tree: &Tree, file: &File) -> String {
    format!(
        "{} at {} cannot be read: its content is not in this clone. A partial clone leaves contents out; \
         fetch the whole.",
        file.path.display(),
        tree.name
    )
}

/// The next content of an answer; `None` where git does not have it.
fn next(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = match header.split(' ').collect::<Vec<_>>()[..] {
        [_, "blob", size] => size.parse().ok()?,
        _ => return None,
    };
    let content = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + 1 + size + 1..)?;
    Some(content)
}
