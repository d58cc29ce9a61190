//! The items that a change is made to: those of ids, or all that filters mean, of which it says how many.

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use super::{list::filter, question::confirmed, write::nothing_named};
use crate::{
    app::{Context, Failure, Output},
    cli::{FilterArgs, ItemFilterArgs, SelectArgs, WriteArgs},
    edit::{Change, Editor, Refusal},
    model::Id,
    query::Row,
};

/// The items of one plan file that a change is made to.
pub struct Selection {
    pub path: PathBuf,
    pub ids: Vec<Id>,
    /// They were named by filters, and whether nobody is asked about it.
    filtered: Option<bool>,
    notices: String,
}

impl Selection {
    /// The file and the ids.
    pub fn target(&self) -> (&Path, &[Id]) {
        (&self.path, &self.ids)
    }
}

impl Context {
    /// The items of `ids` or, where there are none, those of the filters that the command `takes`.
    ///
    /// # Errors
    /// There are neither ids nor filters, or both; or it is not clear which plan is meant.
    pub fn select(
        &self,
        ids: &[String],
        args: SelectArgs,
        takes: impl Fn(&Row<'_>) -> bool,
    ) -> Result<Selection, Failure> {
        let has_filters = args.items != ItemFilterArgs::default();
        match (ids.is_empty(), has_filters) {
            (true, false) => return Err(nothing_named()),
            (false, true) => {
                let help = "leave the ids out, or the filters".to_owned();
                return Err(Failure::usage("ids and filters cannot be combined", Some(help)));
            }
            (false, false) => {
                let (path, ids) = self.target(ids)?;
                return Ok(Selection { path, ids, filtered: None, notices: String::new() });
            }
            (true, true) => {}
        }
        let mut plans = self.plans()?;
        let args_of_list = FilterArgs { items: args.items, outlook: Vec::new() };
        let filter = filter(args_of_list, self, &mut plans)?;
        let rows = plans.portfolio.recommendations().flat_map(Row::all);
        let meant = rows.filter(|row| takes(row) && filter.keeps(row));
        let meant: Vec<String> = meant.map(|row| row.shown_id()).collect();
        let (path, ids) = match (meant.as_slice(), plans.opened.as_slice()) {
            ([], [first, ..]) => (first.path().to_path_buf(), Vec::new()),
            (meant, _) => self.target(meant)?,
        };
        Ok(Selection { path, ids, filtered: Some(args.yes), notices: plans.notices })
    }

    /// Makes the changes to what was selected. What filters mean is told and, unless the user said `--yes`, asked about.
    ///
    /// # Errors
    /// See [`Context::change`]; or nobody is there to be asked.
    pub fn change_selected(
        &self,
        selection: &Selection,
        args: &WriteArgs,
        decide: impl FnOnce(&Editor<'_>) -> Result<Vec<Change>, Refusal>,
    ) -> Result<Output, Failure> {
        let Selection { path, ids, filtered, notices } = selection;
        let Some(is_agreed) = *filtered else {
            return self.change(path, args, decide);
        };
        if ids.is_empty() {
            return Ok(Output::notice(format!("{notices}no item matches the filters\n")));
        }
        let meant = meant(ids);
        if !is_agreed && !args.dry_run {
            if !io::stdin().is_terminal() {
                let help = "add `--yes` to change them, or `--dry-run` to see how".to_owned();
                return Err(Failure::usage(meant, Some(help)));
            }
            let question = format!("{meant}. Change them? [y/N] ");
            let is_yes =
                confirmed(&question, false, &mut io::stdin().lock(), &mut anstream::stderr());
            if !is_yes.map_err(anyhow::Error::from)? {
                return Ok(Output::notice("nothing was changed\n".to_owned()));
            }
        }
        let done = self.change(path, args, decide)?;
        Ok(Output { notices: format!("{notices}{meant}\n{}", done.notices), ..done })
    }
}

/// How many items filters mean, and which.
fn meant(ids: &[Id]) -> String {
    const LISTED: usize = 20;
    let mut names: Vec<&str> = ids.iter().take(LISTED).map(Id::as_str).collect();
    if ids.len() > LISTED {
        names.push("…");
    }
    let what = if ids.len() == 1 { "item" } else { "items" };
    format!("the filters match {} {what}: {}", ids.len(), names.join(", "))
}
