//! What every writing command shares: the lock, the change, the proof, one write, and what was done.

use super::{Context, Failure, Output};
use crate::{
    cli::EntryArgs,
    model::{Change, Day, Desk, Id, Period, Plan, Refusal, Said, When},
    render,
    store::{self, Unchanged, Writer},
};

impl Context {
    /// Makes the changes that `decide` asks for, all in one write or none.
    pub fn change(
        &self,
        dry_run: bool,
        decide: impl FnOnce(&Desk<'_>) -> Result<Vec<Change<'static>>, Refusal>,
    ) -> anyhow::Result<Output> {
        let today = self.as_of()?;
        let path = self.path()?;
        let writer = if dry_run {
            None
        } else {
            Some(self.writer(&path)?)
        };
        let old = store::read(&path).map_err(Failure::from)?;
        let decide = |plan: &Plan<'_>| decide(&Desk::new(plan, today));
        let tell = |plan: &Plan<'_>, changes: &[Change<'_>]| {
            let telling = render::changes::Telling::of(plan, changes, today);
            move |plan: &Plan<'_>| telling.told(plan)
        };
        let changed = store::change(&old, decide, tell)
            .map_err(|unchanged| self.unchanged(unchanged, &path, &old))?;
        if changed.is_same {
            return Ok(Output::said(
                "nothing to change: it is so already\n".to_owned(),
            ));
        }
        let Some(writer) = writer else {
            return Ok(Output::plain(render::changes::diff(
                &path,
                &old,
                &changed.text,
            )));
        };
        writer.replace(&old, &changed.text)?;
        Ok(Output::said(changed.told))
    }

    fn writer(&self, path: &std::path::Path) -> anyhow::Result<Writer> {
        Writer::acquire(path).or_else(|error| {
            // A file that cannot even be read has a better explanation.
            store::read(path).map_err(Failure::from)?;
            Err(error)
        })
    }

    pub fn unchanged(
        &self,
        unchanged: Unchanged,
        path: &std::path::Path,
        text: &str,
    ) -> anyhow::Error {
        match unchanged {
            Unchanged::Invalid(faults) => self.invalid(path, text, &faults).into(),
            Unchanged::Refused(refusal) => Failure::from(refusal).into(),
            Unchanged::Internal(error) => error,
        }
    }

    /// The day an entry is dated: `--on`, else today.
    pub fn on(&self, on: Option<When>) -> anyhow::Result<Day> {
        let Some(when) = on else {
            return Ok(self.as_of()?);
        };
        match super::resolve(when)? {
            Period::Day(day) => Ok(day),
            Period::Month(_) => {
                let help = "say the day, as in 2003-12-31".to_owned();
                Err(Failure::usage("`--on` is a whole month", Some(help)).into())
            }
        }
    }

    /// What the flags of an entry say; `--note -` is read from standard input.
    pub fn said(&self, args: EntryArgs) -> anyhow::Result<Said> {
        Ok(Said {
            on: self.on(args.on)?,
            by: args.by,
            note: args.note.map(words).transpose()?,
            evidence: args.evidence,
        })
    }
}

/// The words given, or all of standard input for `-`.
pub fn words(words: String) -> anyhow::Result<String> {
    if words == "-" {
        Ok(std::io::read_to_string(std::io::stdin())?
            .trim_end()
            .to_owned())
    } else {
        Ok(words)
    }
}

/// Several ids and, last, what is to be said of them.
pub fn ids_and_last(mut words: Vec<String>) -> Result<(Vec<Id<'static>>, String), Failure> {
    let last = words.pop().unwrap_or_default();
    let ids = words.into_iter().map(|word| {
        let refused = |refused| Failure::usage(format!("`{word}`: {refused}"), None);
        Id::parse(word.clone()).map_err(refused)
    });
    Ok((ids.collect::<Result<_, _>>()?, last))
}
