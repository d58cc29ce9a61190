//! The steps of every command that writes: lock the file, change the text, check the result, write once, report.

use std::path::{Path, PathBuf};

use crate::{
    app::{Context, Failure, Output, unknown_plan},
    cli::{SourceArgs, WriteArgs},
    edit::{self, Change, Editor, Refusal, Remark},
    file::{self, FileWriter},
    model::{Day, Id, Keyword, When, one_of, printable, readings},
    output::{diff, outcome},
};

impl Context {
    /// Makes the changes that `decide` returns. Writes either all changes at once, or none.
    pub fn change(
        &self,
        path: &Path,
        args: &WriteArgs,
        decide: impl FnOnce(&Editor<'_>) -> Result<Vec<Change>, Refusal>,
    ) -> Result<Output, Failure> {
        let writer = args.writer(path)?;
        let old = file::read(path)?;
        let changed = edit::change(&old, |plan| decide(&Editor::new(plan, self.as_of())))
            .map_err(|unchanged| self.unchanged(unchanged, path, &old))?;
        if changed.changes.is_empty() {
            return Ok(Output::notice("nothing to change: the plan already says so\n".to_owned()));
        }
        let Some(writer) = writer else { return Ok(Output::text(diff(path, &old, &changed.text))) };
        writer.replace(&old, &changed.text)?;
        Ok(Output::notice(outcome(&changed, self.as_of(), &self.given.or(path))))
    }

    /// Returns the plan file to which the typed ids belong, and the ids without the plan's name. If there are several
    /// plans, every id must begin with the name of the same plan, as in `hospital/1.1`.
    pub fn target(&self, typed: &[String]) -> Result<(PathBuf, Vec<Id>), Failure> {
        let files = self.files()?.files;
        let names: Vec<&str> = files.iter().filter_map(|file| file.name.as_deref()).collect();
        let (mut plans, mut ids) = (Vec::new(), Vec::new());
        for typed in typed {
            let (plan, id) = readings(typed, &names).next().unwrap_or((None, typed));
            let refused = |refused| Failure::usage(format!("`{}`: {refused}", printable(id)), None);
            plans.push(plan);
            ids.push(Id::parse(id).map_err(refused)?);
        }
        if names.is_empty() {
            return Ok((self.path()?, ids));
        }
        if let [only] = files.as_slice() {
            return Ok((only.path.clone(), ids));
        }
        if let Some(bare) = plans.iter().position(Option::is_none) {
            let bare = &typed[bare];
            return Err(unknown_plan(bare, &names).unwrap_or_else(|| one_plan(names[0], bare)));
        }
        if let Some(other) = plans.iter().position(|plan| *plan != plans[0]) {
            let message = format!("`{}` and `{}` are in different plans", typed[0], typed[other]);
            let first = plans[0].unwrap_or_default();
            let help = format!("change one plan at a time, beginning with `{first}`");
            return Err(Failure::usage(message, Some(help)));
        }
        let named = files.iter().find(|file| plans.first() == Some(&file.name.as_deref()));
        named.map(|file| (file.path.clone(), ids)).ok_or_else(|| one_plan(names[0], "1"))
    }

    /// Returns the value that the word `typed` means.
    ///
    /// # Errors
    /// Fails if `typed` means none of `words`. The error also names the ids in `target` that the plan does not have.
    pub fn word<W: Keyword>(
        &self,
        what: &str,
        typed: &str,
        words: &[W],
        target: (&Path, &[Id]),
    ) -> Result<W, Failure> {
        W::meant(typed).filter(|word| words.contains(word)).ok_or_else(|| {
            let help = one_of(what, typed, words.iter().map(|word| word.word()));
            let failure = Failure::usage(format!("unknown {what} `{typed}`"), Some(help));
            self.with_unknown_ids(failure, target)
        })
    }

    /// Adds a message to the failure if the plan does not have all of the given ids.
    pub fn with_unknown_ids(&self, failure: Failure, (path, ids): (&Path, &[Id])) -> Failure {
        let nothing = WriteArgs { dry_run: true };
        match self.change(path, &nothing, |editor| editor.items(ids).map(|_| Vec::new())) {
            Err(unknown @ (Failure::Usage { .. } | Failure::All(_))) => {
                Failure::All(vec![unknown, failure])
            }
            _ => failure,
        }
    }

    /// Returns the date of a new entry: the value of `--on`, else the as-of day.
    pub fn on(&self, on: Option<When>) -> Result<Day, Failure> {
        let Some(when) = on else { return Ok(self.as_of()) };
        Ok(self.resolve(when)?.last_day())
    }

    /// Builds the remark: the details that the user gives with an entry, such as its date and a note. If the note is
    /// `-`, reads the note from standard input. Error messages use `note_flag` as the name of the flag for the note.
    pub fn remark(
        &self,
        source: SourceArgs,
        note_flag: &'static str,
        note: Option<String>,
    ) -> Result<Remark, Failure> {
        Ok(Remark {
            on: self.on(source.on)?,
            by: source.by,
            outlook: None,
            note_flag,
            note: note.map(words).transpose()?,
            evidence: Vec::new(),
        })
    }
}

/// Returns the failure for an id without a plan's name, if there are several plans.
fn one_plan(name: &str, id: &str) -> Failure {
    let help = format!("write the name of the plan before every id, as in `{name}/{id}`");
    Failure::usage(
        "there are several plans, and the ids do not say which plan is meant",
        Some(help),
    )
}

impl WriteArgs {
    /// Returns a writer for the new text of a file. Returns `None` in a dry run.
    pub fn writer(&self, path: &Path) -> Result<Option<FileWriter>, Failure> {
        (!self.dry_run).then(|| writer(path)).transpose()
    }
}

pub fn writer(path: &Path) -> Result<FileWriter, Failure> {
    FileWriter::acquire(path).or_else(|error| {
        // If the file cannot be read either, the error about reading is clearer, so return that error.
        file::read(path)?;
        Err(error.into())
    })
}

/// Returns the given text. If the text is `-`, returns all of standard input.
pub fn words(words: String) -> Result<String, Failure> {
    if words != "-" {
        return Ok(words);
    }
    let text = std::io::read_to_string(std::io::stdin()).map_err(anyhow::Error::from)?;
    Ok(text.trim_end().to_owned())
}

/// Splits the typed words into the ids and the last word, which is a value rather than an id.
pub fn ids_and_last(mut words: Vec<String>) -> (Vec<String>, String) {
    let last = words.pop().unwrap_or_default();
    (words, last)
}

/// Returns the failure for a command in which neither ids nor filters select items.
pub fn nothing_named() -> Failure {
    let help = "name ids, or use the filters of `plan list`, as in `--owner NAME`".to_owned();
    Failure::usage("no items are named", Some(help))
}
