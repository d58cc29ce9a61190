//! `plan undo`: takes back entries that are not committed.

use std::path::Path;

use anyhow::{Context as _, anyhow};

use super::{
    select::{Selection, agreed, meant},
    write::nothing_named,
};
use crate::{
    app::{Context, Failure, Output},
    cli::{ItemFilterArgs, UndoArgs},
    edit::{self, Wanted},
    file,
    git::{Repository, is_below_a_repository},
    output::{diff, printable},
};

pub fn run(args: UndoArgs, context: &Context) -> Result<Output, Failure> {
    let has_filters = args.change.select.items != ItemFilterArgs::default();
    if args.all && has_filters {
        let help = "leave out either `--all` or the filters".to_owned();
        return Err(Failure::usage("`--all` and filters cannot be combined", Some(help)));
    }
    let Selection { write, path, ids, filtered, mut notices } =
        match args.ids.is_empty() && !has_filters {
            true if args.only.is_some() => return Err(nothing_named()),
            true => Selection {
                write: args.change.write,
                path: context.path()?,
                ids: Vec::new(),
                filtered: None,
                notices: String::new(),
            },
            false => context.select(&args.ids, args.change, |_| true)?,
        };
    let wanted = match (ids.as_slice(), filtered) {
        _ if args.all => Wanted::Everything,
        ([], None) => Wanted::TheOnly,
        (names, _) => Wanted::Last { names, kind: args.only, is_lenient: filtered.is_some() },
    };
    let committed = committed(&path)?;
    let writer = write.writer(&path)?;
    let old = file::read(&path)?;
    let taken = edit::take_back(&old, &committed, &wanted)
        .map_err(|unchanged| context.unchanged(unchanged, &path, &old))?;
    if let Some(is_agreed) = filtered {
        if taken.things.is_empty() {
            notices.push_str("no uncommitted changes match the filters\n");
            return Ok(Output::notice(notices));
        }
        let meant = meant("change", taken.things.iter().map(|thing| thing.name.as_str()));
        if writer.is_none() {
            notices.push_str(&format!("{meant}\n"));
        } else if !(is_agreed || agreed(&meant)?) {
            return Ok(Output::unchanged());
        }
    }
    let Some(writer) = writer else {
        return Ok(Output { notices, ..Output::text(diff(&path, &old, &taken.text)) });
    };
    writer.replace(&old, &taken.text)?;
    let things = taken.things.iter();
    let lines = things.map(|thing| format!("undid {}:\n{}\n", thing.name, printable(&thing.text)));
    Ok(Output::notice(notices + &lines.collect::<String>()))
}

/// Returns the text of the plan in the present commit, and in the commits of a merge, cherry-pick or rebase in
/// progress.
pub fn committed(path: &Path) -> anyhow::Result<Vec<String>> {
    const HELP: &str =
        "`plan undo` cannot tell which entries are new; remove the entry with `plan edit`";
    let shown = path.display();
    let repository = Repository::containing(path).map_err(|error| {
        if is_below_a_repository(path) {
            return error;
        }
        anyhow!(
            "{shown} is not in a git repository, so {HELP}, or run `git init` and commit the plan first"
        )
    })?;
    let heads = repository.heads()?;
    let mut texts = Vec::new();
    for commit in &heads {
        let tree = repository.tree(commit)?;
        if let Some(content) = tree.content_at(&repository.path(path)?)? {
            let text = String::from_utf8(content);
            texts.push(
                text.with_context(|| format!("{shown}: the committed plan is not a text file"))?,
            );
        }
    }
    match (heads.is_empty(), texts.is_empty()) {
        (true, _) => Err(anyhow!(
            "{shown}: nothing is committed in this repository yet, so {HELP}, or commit the plan first"
        )),
        (false, true) => Err(anyhow!(
            "{shown} was never committed, so {HELP}, or commit it first: git add {shown}"
        )),
        (false, false) => Ok(texts),
    }
}
