//! What every writing command shares: the lock, the change, the proof, one write, and what was done.

use std::path::Path;

use crate::{
    app::{Context, Failure, Output},
    cli::{SourceArgs, WriteArgs},
    edit::{self, Change, Editor, Refusal, Remark},
    file::{self, Writer},
    model::{Day, Id, Period, When},
    output::{diff, outcome},
};

impl Context {
    /// Makes the changes that `decide` asks for, all in one write or none.
    ///
    /// # Errors
    /// A change is refused, the plan is invalid, or it cannot be written.
    pub fn change(
        &self,
        args: &WriteArgs,
        decide: impl FnOnce(&Editor<'_>) -> Result<Vec<Change>, Refusal>,
    ) -> Result<Output, Failure> {
        let path = self.path()?;
        let writer = if args.dry_run { None } else { Some(writer(&path)?) };
        let old = file::read(&path)?;
        let changed = edit::change(&old, |plan| decide(&Editor::new(plan, self.as_of())))
            .map_err(|unchanged| self.unchanged(unchanged, &path, &old))?;
        if changed.changes.is_empty() {
            return Ok(Output::notice("nothing to change: it is so already\n".to_owned()));
        }
        let Some(writer) = writer else {
            return Ok(Output::text(diff(&path, &old, &changed.text)));
        };
        writer.replace(&old, &changed.text)?;
        Ok(Output::notice(outcome(&changed, self.as_of())))
    }

    /// The day an entry is dated: `--on`, else the as-of day.
    ///
    /// # Errors
    /// It is a whole month.
    fn on(&self, on: Option<When>) -> Result<Day, Failure> {
        let Some(when) = on else {
            return Ok(self.as_of());
        };
        match self.resolve(when)? {
            Period::Day(day) => Ok(day),
            Period::Month(_) => {
                let help = "say the day, as in 2003-12-31".to_owned();
                Err(Failure::usage("`--on` is a whole month", Some(help)))
            }
        }
    }

    /// What a user tells with an entry; `-` as the note is read from standard input.
    ///
    /// # Errors
    /// `--on` is no day, or standard input cannot be read.
    pub fn remark(
        &self,
        source: SourceArgs,
        note: Option<String>,
        evidence: Vec<String>,
    ) -> Result<Remark, Failure> {
        Ok(Remark {
            on: self.on(source.on)?,
            by: source.by,
            note: note.map(words).transpose()?,
            evidence,
        })
    }
}

fn writer(path: &Path) -> Result<Writer, Failure> {
    Writer::acquire(path).or_else(|error| {
        // A file that cannot even be read has a better explanation.
        file::read(path)?;
        Err(error.into())
    })
}

/// The words given, or all of standard input for `-`.
///
/// # Errors
/// Standard input cannot be read as text.
pub fn words(words: String) -> Result<String, Failure> {
    if words != "-" {
        return Ok(words);
    }
    let text = std::io::read_to_string(std::io::stdin()).map_err(anyhow::Error::from)?;
    Ok(text.trim_end().to_owned())
}

/// Several ids and, last, a word that is about them. `usage` names what is expected.
///
/// # Errors
/// There are too few words, or one before the last is no id.
pub fn ids_and_last(mut words: Vec<String>, usage: &str) -> Result<(Vec<Id>, String), Failure> {
    let last = words.pop().unwrap_or_default();
    if words.is_empty() {
        let help = format!("write {usage}");
        return Err(Failure::usage(format!("there is only `{last}`"), Some(help)));
    }
    let ids = words.into_iter().map(|word| {
        let refused = |refused| Failure::usage(format!("`{word}`: {refused}"), None);
        Id::parse(word.clone()).map_err(refused)
    });
    Ok((ids.collect::<Result<_, _>>()?, last))
}
