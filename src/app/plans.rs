//! Opens the plans that a command reads: one plan, or several plans as a portfolio.

use std::path::{Path, PathBuf};

use super::{Context, Failure, Output, store::present_plans};
use crate::{
    checks::Finding,
    edit::unknown_id,
    file::{self, FileError, FoundFiles, NamedFile, Pieces, PlanText, Reader},
    git::Commit,
    model::{Day, Plan, nearest, printable, readings},
    query::{Portfolio, Row, View},
};

/// A plan file and its text.
pub struct Opened {
    pub file: NamedFile,
    pub text: String,
    /// The commit from which the plan was read; `None` if the file was read from disk.
    pub at: Option<Written>,
}

/// The commit from which a plan was read, and the plan's path in this commit.
#[derive(Debug, Clone)]
pub struct Written {
    /// The path of the plan in this commit, relative to the current directory.
    pub path: PathBuf,
    pub commit: Commit,
}

/// The plan files that were read, and the errors about files that could not be read.
#[derive(Default)]
pub struct Files {
    pub opened: Vec<Opened>,
    pub broken: Vec<Failure>,
    /// Messages for the user. They say, for example, from which commit the plans were read.
    pub notices: String,
}

impl Opened {
    /// Returns a plan file that was read from disk, with its text.
    pub fn now(path: PathBuf, text: String) -> Self {
        Self { file: NamedFile { path, name: None }, text, at: None }
    }

    /// Returns the path of the plan file, as shown in messages.
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// Returns the path of the plan, and the commit from which it was read. The commit is `None` if the file was read
    /// from disk.
    pub fn place(&self) -> (&Path, Option<&Commit>) {
        match &self.at {
            Some(at) => (&at.path, Some(&at.commit)),
            None => (&self.file.path, None),
        }
    }
}

/// A plan file, and the result of decoding it.
pub struct DecodedFile {
    pub opened: Opened,
    /// The decoded plan, or the errors that make the file invalid.
    pub read: Result<PlanText, Vec<Finding>>,
}

impl From<Opened> for DecodedFile {
    fn from(opened: Opened) -> Self {
        Self { read: Reader::default().decode(&opened.text), opened }
    }
}

impl DecodedFile {
    pub fn path(&self) -> &Path {
        self.opened.path()
    }

    pub fn text(&self) -> &str {
        &self.opened.text
    }

    /// Returns the plan; `None` if the file is invalid.
    pub fn plan(&self) -> Option<&Plan> {
        self.read.as_ref().ok().map(|read| &read.plan)
    }

    /// Returns a reader for decoding another version of this plan. The reader does not decode unchanged recommendations
    /// again.
    pub fn reader(&self) -> Reader<'_> {
        match &self.read {
            Ok(read) => Reader::after(self.text(), read),
            Err(_) => Reader::default(),
        }
    }
}

/// The plans that could be read and decoded, and the errors about the other files.
pub struct Plans {
    pub portfolio: Portfolio,
    /// The file of each plan in the portfolio.
    pub opened: Vec<Opened>,
    /// The pieces of each plan's text: one piece for each recommendation, and one for the rest.
    pub pieces: Vec<Pieces>,
    pub broken: Vec<Failure>,
    /// Messages for the user. They say, for example, from which commit the plans were read.
    pub notices: String,
}

impl Plans {
    /// Creates an output with the answer `text`, the notices, and the errors about plans that could not be read.
    pub fn output(self, text: String) -> Output {
        Output { broken: self.broken, notices: self.notices, ..Output::text(text) }
    }

    /// Returns the row of the recommendation or action that the user means by the id or name `wanted`.
    pub fn find(&self, wanted: &str) -> Result<Row<'_>, Failure> {
        match self.portfolio.find(wanted).as_slice() {
            [row] => Ok(*row),
            [] => {
                let views = self.portfolio.views.iter();
                Err(unknown(wanted, views.map(|view| (view.name.as_deref(), Some(&view.plan)))))
            }
            several => {
                let ids = several.iter().map(|row| format!("`{}`", row.shown_id()));
                let help = format!("choose one: {}", ids.collect::<Vec<_>>().join(", "));
                let of_one = several.iter().all(|row| row.view.name == several[0].view.name);
                let what = if of_one { "items are called" } else { "plans have an item" };
                let message = format!("several {what} `{wanted}`");
                Err(Failure::usage(message, Some(help)))
            }
        }
    }
}

/// Returns the error for a typed id that is in none of the `plans`. `plans` yields the name and the plan of each file.
pub fn unknown<'p>(
    typed: &str,
    plans: impl Iterator<Item = (Option<&'p str>, Option<&'p Plan>)> + Clone,
) -> Failure {
    let names: Vec<&str> = plans.clone().filter_map(|(name, _)| name).collect();
    let (name, id) = readings(typed, &names).next().unwrap_or((None, typed));
    if let Some(failure) = unknown_plan(typed, &names).filter(|_| name.is_none()) {
        return failure;
    }
    let mut plans = plans.filter(|(known, _)| name.is_none() || *known == name);
    let Some((_, Some(plan))) = plans.next() else {
        return Failure::usage(format!("there is no `{}`", printable(typed)), None);
    };
    let mut refusal = unknown_id(plan, id);
    if let Some(name) = name {
        refusal.message.push_str(&format!(" in the plan `{name}`"));
    }
    refusal.into()
}

/// Returns the error for a typed id, such as `north/5`, in which the name of the plan is misspelled. Returns `None` if
/// no name in `names` is similar.
pub fn unknown_plan(typed: &str, names: &[&str]) -> Option<Failure> {
    let (name, _) = typed.split_once('/')?;
    let meant = nearest(name, names.iter().copied())?;
    let message = format!("none of the plans is called `{}`", printable(name));
    Some(Failure::usage(message, Some(format!("did you mean `{meant}`?"))))
}

impl Context {
    /// Returns the plan files to which the command line refers, and the paths that could not be read.
    pub fn files(&self) -> Result<FoundFiles, FileError> {
        if self.file.is_empty() {
            let path = file::discover()?;
            let files = vec![NamedFile { path, name: None }];
            return Ok(FoundFiles { files, unreadable: Vec::new() });
        }
        present_plans(&self.file)
    }

    /// Reads every plan file to which the command line refers, as the file is now or as it was at the requested time.
    pub fn open(&self) -> Result<Files, Failure> {
        if let Some(at) = &self.at {
            return self.open_at(at);
        }
        let FoundFiles { files, unreadable } = self.files()?;
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

    /// Reads and decodes every plan to which the command line refers. If there are several plans, leaves out and
    /// reports the invalid ones.
    pub fn plans(&self) -> Result<Plans, Failure> {
        self.plans_on(self.as_of())
    }

    /// Reads and decodes every plan to which the command line refers, and determines the state of the items on the day
    /// `as_of`.
    pub fn plans_on(&self, as_of: Day) -> Result<Plans, Failure> {
        let Files { opened: files, mut broken, notices } = self.open()?;
        let (mut opened, mut pieces, mut views) = (Vec::new(), Vec::new(), Vec::new());
        for DecodedFile { opened: file, read } in files.into_iter().map(DecodedFile::from) {
            match read {
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
