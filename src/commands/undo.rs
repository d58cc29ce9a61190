//! `plan undo`: takes back what was last appended and is not committed.

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::{
    app::{Context, Failure, Output},
    cli::UndoArgs,
    edit, file,
    git::Repository,
    output::{diff, printable},
};

pub fn run(args: &UndoArgs, context: &Context) -> Result<Output, Failure> {
    let (path, ids) = context.target(args.id.as_slice())?;
    let committed = committed(&path)?;
    let writer = args.write.writer(&path)?;
    let old = file::read(&path)?;
    let taken = edit::take_back(&old, &committed, ids.first())
        .map_err(|unchanged| context.unchanged(unchanged, &path, &old))?;
    let Some(writer) = writer else {
        return Ok(Output::text(diff(&path, &old, &taken.text)));
    };
    writer.replace(&old, &taken.text)?;
    let entry = printable(&taken.entry);
    Ok(Output::notice(format!("took back {}:\n{entry}\n", taken.name)))
}

/// The plan as it was last committed.
///
/// # Errors
/// It is in no repository, or was never committed.
fn committed(path: &Path) -> anyhow::Result<String> {
    let repository = Repository::containing(path)?;
    let commit = repository.commit("HEAD")?;
    let tree = repository.tree(&commit)?;
    let Some(content) = tree.content_at(&repository.path(path)?)? else {
        bail!("{}: it was never committed, so nothing tells which entry is new", path.display());
    };
    String::from_utf8(content)
        .with_context(|| format!("{}: the committed plan is no text", path.display()))
}
