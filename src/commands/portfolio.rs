//! The plans that a reading command is asked about: one, or several answered as one portfolio.

use std::path::Path;

use super::{Context, Failure, Output};
use crate::{
    model::{Day, Plan},
    parallel::in_parallel,
    query::{Portfolio, Survey, Tally, View, Wanted},
    store::{self, Document, FileError, PlanFile},
};

/// A plan file that was read.
pub struct Opened {
    pub file: PlanFile,
    pub text: String,
}

impl Opened {
    pub fn path(&self) -> &Path {
        &self.file.path
    }
}

/// A plan and how much of it there is.
type Surveyed<'o> = (&'o Opened, Plan<'o>, Tally);

impl Context {
    /// The files that are asked about.
    ///
    /// # Errors
    /// There is none.
    pub fn files(&self) -> Result<Vec<PlanFile>, FileError> {
        if self.file.is_empty() {
            let path = store::discover()?;
            return Ok(vec![PlanFile { path, name: None }]);
        }
        store::plan_files(&self.file)
    }

    /// Reads every file: those that could be read, and why others could not.
    ///
    /// # Errors
    /// There is none, or the only one could not be read.
    pub fn open(&self) -> Result<(Vec<Opened>, Vec<Failure>), Failure> {
        let files = self.files()?;
        let alone = is_alone(files.first());
        parted(alone, in_parallel(files, read))
    }

    /// Reads every file, and answers from those that are plans. Of several, one that is none is told
    /// of beside the answer and does not hide the others.
    pub fn answer(
        &self,
        wanted: Wanted,
        answer: impl FnOnce(&Portfolio<'_>) -> anyhow::Result<Output>,
    ) -> anyhow::Result<Output> {
        let as_of = self.as_of()?;
        let (opened, mut broken) = self.open()?;
        let alone = is_alone(opened.first().map(|opened| &opened.file));
        let surveyed = in_parallel(opened.iter().collect(), |opened| {
            self.survey(opened, as_of, wanted)
        });
        let (surveyed, more) = parted(alone, surveyed)?;
        broken.extend(more);
        if surveyed.is_empty() {
            return Err(Failure::All(broken).into());
        }
        let views = surveyed
            .iter()
            .enumerate()
            .map(|(position, (opened, plan, tally))| {
                View::surveyed(plan, as_of, tally.clone()).among(position, opened.file.name.clone())
            });
        let portfolio = Portfolio {
            as_of,
            views: views.collect(),
        };
        let output = answer(&portfolio)?;
        Ok(Output { broken, ..output })
    }

    /// The same of whole plans, with the places of everything.
    pub fn answer_with_places(
        &self,
        answer: impl FnOnce(&Portfolio<'_>, &[(&Opened, Document<'_>)]) -> anyhow::Result<Output>,
    ) -> anyhow::Result<Output> {
        let as_of = self.as_of()?;
        let (opened, mut broken) = self.open()?;
        let alone = is_alone(opened.first().map(|opened| &opened.file));
        let decoded = in_parallel(opened.iter().collect(), |opened| {
            let decoded = store::decode_with_document(&opened.text);
            let (plan, document) = decoded.map_err(|faults| self.broken(opened, &faults))?;
            Ok((plan, (opened, document)))
        });
        let (decoded, more) = parted(alone, decoded)?;
        broken.extend(more);
        if decoded.is_empty() {
            return Err(Failure::All(broken).into());
        }
        let (plans, places): (Vec<_>, Vec<_>) = decoded.into_iter().unzip();
        let views = plans.iter().zip(&places).enumerate();
        let views = views.map(|(position, (plan, (opened, _)))| {
            View::new(plan, as_of).among(position, opened.file.name.clone())
        });
        let portfolio = Portfolio {
            as_of,
            views: views.collect(),
        };
        let output = answer(&portfolio, &places)?;
        Ok(Output { broken, ..output })
    }

    fn survey<'o>(
        &self,
        opened: &'o Opened,
        as_of: Day,
        wanted: Wanted,
    ) -> Result<Surveyed<'o>, Failure> {
        let start = |head: &Plan<'_>| Survey::over(head, as_of, wanted);
        let (head, survey) = store::survey(&opened.text, start, Survey::see, Survey::join)
            .map_err(|faults| self.broken(opened, &faults))?;
        let (recommendations, tally) = survey.ended();
        let plan = Plan {
            recommendations,
            ..head
        };
        Ok((opened, plan, tally))
    }

    fn broken(&self, opened: &Opened, faults: &[store::Fault]) -> Failure {
        self.invalid(opened.path(), &opened.text, faults)
    }
}

fn read(file: PlanFile) -> Result<Opened, Failure> {
    let text = store::read(&file.path)?;
    Ok(Opened { file, text })
}

/// Whether it is the only plan that is asked: of several each has a name.
fn is_alone(first: Option<&PlanFile>) -> bool {
    first.is_some_and(|file| file.name.is_none())
}

/// What came of it, and what did not; a single plan's failure is the command's.
fn parted<T>(
    alone: bool,
    results: Vec<Result<T, Failure>>,
) -> Result<(Vec<T>, Vec<Failure>), Failure> {
    let (mut done, mut failed) = (Vec::with_capacity(results.len()), Vec::new());
    for result in results {
        match result {
            Ok(one) => done.push(one),
            Err(failure) if alone => return Err(failure),
            Err(failure) => failed.push(failure),
        }
    }
    Ok((done, failed))
}
