//! Opens the plans that a reading command answers from: one, or several as one portfolio.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Context, Failure, Output};
use crate::{
    edit::unknown_id,
    file::{self, FileError, Found, Pieces, PlanFile, Reader},
    git::Commit,
    model::{Day, PlanId, one_of},
    query::{Portfolio, Row, View},
};

/// A plan file that was read.
pub struct Opened {
    pub file: PlanFile,
    pub text: String,
    /// Where it was read from; `None` where it is the present file.
    pub at: Option<Written>,
}

/// Where a plan was written that is no present file.
#[derive(Debug, Clone)]
pub struct Written {
    /// The path that it had.
    pub path: PathBuf,
    pub commit: Commit,
}

/// The files that were read, and why others could not.
#[derive(Default)]
pub struct Files {
    pub opened: Vec<Opened>,
    pub broken: Vec<Failure>,
    /// When they were written, where that is not now.
    pub notices: String,
}

impl Opened {
    /// How it is called in messages.
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// Its path and the commit up to which its history is asked about: the present one where none is named.
    pub fn place(&self) -> (&Path, Option<&Commit>) {
        match &self.at {
            Some(at) => (&at.path, Some(&at.commit)),
            None => (&self.file.path, None),
        }
    }
}

/// The plans that could be read, and why others could not.
pub struct Plans {
    pub portfolio: Portfolio,
    /// The file of each plan of the portfolio.
    pub opened: Vec<Opened>,
    /// How the text of each is cut.
    pub pieces: Vec<Pieces>,
    pub broken: Vec<Failure>,
    /// When they were written, where that is not now.
    pub notices: String,
}

impl Plans {
    /// An answer from these plans; what could not be read of several goes beside it.
    pub fn output(self, text: String) -> Output {
        Output { broken: self.broken, notices: self.notices, ..Output::text(text) }
    }

    /// A plan is not overwritten by what is made from it.
    ///
    /// # Errors
    /// The path is a plan's own.
    pub fn spare(&self, path: &Path) -> Result<(), Failure> {
        let place = |path: &Path| fs::canonicalize(path).ok();
        let is_there = place(path).is_some();
        if is_there && self.opened.iter().any(|opened| place(opened.path()) == place(path)) {
            let message = format!("{} is the plan itself", path.display());
            return Err(Failure::usage(message, Some("name another file".to_owned())));
        }
        Ok(())
    }

    /// The row with this id.
    ///
    /// # Errors
    /// No plan has it, or several have.
    pub fn find(&self, wanted: &PlanId) -> Result<Row<'_>, Failure> {
        match self.portfolio.find(wanted).as_slice() {
            [row] => Ok(*row),
            [] => Err(unknown(&self.portfolio, wanted)),
            several => {
                let ids = several.iter().map(|row| format!("`{}`", row.shown_id()));
                let help = format!("say which: {}", ids.collect::<Vec<_>>().join(", "));
                let message = format!("several plans have `{}`", wanted.id);
                Err(Failure::usage(message, Some(help)))
            }
        }
    }
}

fn unknown(portfolio: &Portfolio, wanted: &PlanId) -> Failure {
    let names = portfolio.views.iter().filter_map(|view| view.name.as_deref());
    if let Err(failure) = must_be_asked(wanted, names) {
        return failure;
    }
    let named = portfolio.views.iter().find(|view| view.name == wanted.plan);
    named.or(portfolio.views.first()).map_or_else(
        || Failure::usage(format!("there is no `{}`", wanted.id), None),
        |view| unknown_id(&view.plan, &wanted.id).into(),
    )
}

/// Refuses an id of a plan that is not among those asked about, which have these names.
///
/// # Errors
/// None has the name that stands before the id.
pub fn must_be_asked<'n>(
    wanted: &PlanId,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Result<(), Failure> {
    match &wanted.plan {
        Some(plan) if !names.clone().any(|name| name == plan) => Err(Failure::usage(
            format!("there is no plan `{plan}` among those asked"),
            Some(one_of("plan", plan, names)),
        )),
        _ => Ok(()),
    }
}

impl Context {
    /// The plan files that the command line means, and what could not be looked at.
    ///
    /// # Errors
    /// There is none.
    pub fn files(&self) -> Result<Found, FileError> {
        if self.file.is_empty() {
            let path = file::discover()?;
            let files = vec![PlanFile { path, name: None }];
            return Ok(Found { files, unreadable: Vec::new() });
        }
        file::plan_files(&self.file)
    }

    /// Reads every file, as it is or as it was written at the time that is asked about.
    ///
    /// # Errors
    /// There is none, or the only one could not be read.
    pub fn open(&self) -> Result<Files, Failure> {
        if let Some(at) = &self.at {
            return self.open_at(at);
        }
        let Found { files, unreadable } = self.files()?;
        let mut broken: Vec<Failure> = unreadable.into_iter().map(Into::into).collect();
        let mut opened = Vec::new();
        for file in files {
            match file::read(&file.path) {
                Ok(text) => opened.push(Opened { file, text, at: None }),
                Err(error) if file.name.is_none() => return Err(error.into()),
                Err(error) => broken.push(error.into()),
            }
        }
        Ok(Files { opened, broken, notices: String::new() })
    }

    /// Reads and decodes every plan that the command line means. Where one of several is invalid, the others still
    /// answer, and the failure goes beside the answer.
    ///
    /// # Errors
    /// There is no valid plan among them.
    pub fn plans(&self) -> Result<Plans, Failure> {
        self.plans_on(self.as_of())
    }

    /// The same as they stand on a day.
    ///
    /// # Errors
    /// There is no valid plan among them.
    pub fn plans_on(&self, as_of: Day) -> Result<Plans, Failure> {
        let Files { opened: files, mut broken, notices } = self.open()?;
        let (mut opened, mut pieces, mut views) = (Vec::new(), Vec::new(), Vec::new());
        for file in files {
            match Reader::default().decode(&file.text) {
                Ok(read) => {
                    let name = file.file.name.clone();
                    views.push(View::new(read.plan, as_of, views.len(), name));
                    pieces.push(read.pieces);
                    opened.push(file);
                }
                Err(faults) => {
                    let failure = self.invalid(file.path(), &file.text, faults);
                    if file.file.name.is_none() {
                        return Err(failure);
                    }
                    broken.push(failure);
                }
            }
        }
        if views.is_empty() {
            return Err(Failure::All(broken));
        }
        let portfolio = Portfolio { as_of, views };
        Ok(Plans { portfolio, opened, pieces, broken, notices })
    }
}
