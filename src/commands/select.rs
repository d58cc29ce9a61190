//! Selects the items to change: the items with the given ids, or all items that match the filters.

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use super::{list::filter, question::confirmed, write::nothing_named};
use crate::{
    app::{Context, Failure, Output},
    cli::{ChangeArgs, FilterArgs, ItemFilterArgs, WriteArgs},
    edit::{Change, Editor, Refusal},
    model::Id,
    query::Row,
};

/// The items of one plan file that a command changes.
pub struct Selection {
    pub write: WriteArgs,
    pub path: PathBuf,
    pub ids: Vec<Id>,
    /// `Some` if filters selected the items. The value is true if `--yes` skips the confirmation.
    pub filtered: Option<bool>,
    pub notices: String,
}

impl Selection {
    /// Returns the path of the plan file and the ids of the items.
    pub fn target(&self) -> (&Path, &[Id]) {
        (&self.path, &self.ids)
    }
}

impl Context {
    /// Selects the items with the ids `ids`. Without ids, selects the items that match the filters and for which
    /// `takes` is true.
    ///
    /// # Errors
    /// Fails if ids and filters are both given or both missing, or if the items are in different plans.
    pub fn select(
        &self,
        ids: &[String],
        args: ChangeArgs,
        takes: impl Fn(&Row<'_>) -> bool,
    ) -> Result<Selection, Failure> {
        let ChangeArgs { write, select: args } = args;
        let has_filters = args.items != ItemFilterArgs::default();
        match (ids.is_empty(), has_filters) {
            (true, false) => return Err(nothing_named()),
            (false, true) => {
                let help = "leave out the ids or the filters".to_owned();
                return Err(Failure::usage("ids and filters cannot be combined", Some(help)));
            }
            (false, false) => {
                let (path, ids) = self.target(ids)?;
                return Ok(Selection { write, path, ids, filtered: None, notices: String::new() });
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
        Ok(Selection { write, path, ids, filtered: Some(args.yes), notices: plans.notices })
    }

    /// Changes the selected items. If filters selected them, lists the items and asks for confirmation, unless `--yes`
    /// is given.
    ///
    /// # Errors
    /// Fails as [`Context::change`] does, or if there is no terminal to ask on.
    pub fn change_selected(
        &self,
        selection: &Selection,
        decide: impl FnOnce(&Editor<'_>) -> Result<Vec<Change>, Refusal>,
    ) -> Result<Output, Failure> {
        let Selection { write, path, ids, filtered, notices } = selection;
        let Some(is_agreed) = *filtered else { return self.change(path, write, decide) };
        if ids.is_empty() {
            return Ok(Output::notice(format!("{notices}no item matches the filters\n")));
        }
        let meant = meant("item", ids.iter().map(Id::as_str));
        if !(is_agreed || write.dry_run || agreed(&meant)?) {
            return Ok(Output::unchanged());
        }
        let done = self.change(path, write, decide)?;
        Ok(Output { notices: format!("{notices}{meant}\n{}", done.notices), ..done })
    }
}

/// Asks the user whether to change everything that the filters match.
///
/// # Errors
/// Fails if standard input is not a terminal.
pub fn agreed(meant: &str) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        let help = "add `--yes` to change them, or `--dry-run` to preview the change".to_owned();
        return Err(Failure::usage(meant, Some(help)));
    }
    let question = format!("{meant}. Change them? [y/N] ");
    let is_yes = confirmed(&question, false, &mut io::stdin().lock(), &mut anstream::stderr());
    Ok(is_yes.map_err(anyhow::Error::from)?)
}

/// Returns a text with the number and the names of the things that the filters match.
pub fn meant<'n>(what: &str, names: impl ExactSizeIterator<Item = &'n str>) -> String {
    const LISTED: usize = 20;
    let count = names.len();
    let plural = if count == 1 { "" } else { "s" };
    let mut names: Vec<&str> = names.take(LISTED).collect();
    if count > LISTED {
        names.push("…");
    }
    format!("the filters match {count} {what}{plural}: {}", names.join(", "))
}
