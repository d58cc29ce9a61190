//! `plan import DIR --updates`: records the updates that owners returned in workbooks.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    app::{Context, Failure, Output},
    cli::ImportArgs,
    edit::{self, Changed, Editor, OwnerUpdate},
    file,
    import::updates::{FilledForm, read},
    model::{Day, Plan, printable, same_person},
    output::{diff, outcome, words::counted},
    query::{Portfolio, View},
};

const WORKBOOKS: [&str; 4] = ["xlsx", "xlsm", "xls", "ods"];

/// Reads one workbook, or all workbooks of a directory, and appends the new updates to the plan.
///
/// # Errors
/// Fails if there is no workbook, or if the plan cannot be read or written.
pub fn import(args: &ImportArgs, context: &Context) -> Result<Output, Failure> {
    let path = context.path()?;
    let writer = args.write.writer(&path)?;
    let old = file::read(&path)?;
    let plan = edit::change(&old, |_| Ok(Vec::new()))
        .map_err(|unchanged| context.unchanged(unchanged, &path, &old))?
        .before;
    let mut round = Recording::read(&workbooks(&args.path)?, &plan);
    let changed = round.record(&old, args.by.as_deref(), context.as_of());
    let changed = changed.map_err(|unchanged| context.unchanged(unchanged, &path, &old))?;
    let mut notices = round.account(&plan, context.as_of());
    let mut text = String::new();
    if changed.changes.is_empty() {
        notices.push_str("nothing to change: every update is already recorded\n");
    } else if let Some(writer) = writer {
        writer.replace(&old, &changed.text)?;
        notices.insert_str(0, &outcome(&changed, context.as_of(), &context.given.or(&path)));
    } else {
        text = diff(&path, &old, &changed.text);
    }
    Ok(Output { flagged: round.has_faults() && !args.exit_zero, notices, ..Output::text(text) })
}

/// Returns the paths of the workbooks in the directory `place`, sorted by name. If `place` is a file, returns only
/// `place`.
fn workbooks(place: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| anyhow::Error::new(error).context(place.display().to_string());
    if !fs::metadata(place).map_err(failed)?.is_dir() {
        return Ok(vec![place.to_path_buf()]);
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(place).map_err(failed)?.collect();
    let mut paths: Vec<PathBuf> =
        entries.map_err(failed)?.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        // Spreadsheet programs put lock files beside open workbooks.
        let is_lock = name.starts_with(['~', '.']);
        !is_lock && WORKBOOKS.contains(&ending.as_str()) && path.is_file()
    });
    paths.sort();
    if paths.is_empty() {
        let message = format!("{}: there is no workbook here", file::printable_path(place));
        let help = "name the directory that holds the returned workbooks";
        return Err(Failure::usage(message, Some(help.to_owned())));
    }
    Ok(paths)
}

/// The workbooks that owners returned, and the outcome of each row in them.
struct Recording {
    /// The readable workbooks, each with the outcome of its rows.
    forms: Vec<(FilledForm, Vec<Fate>)>,
    /// Messages about files that could not be read.
    unread: Vec<String>,
}

/// The outcome of a row in an owner's workbook.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Blank,
    Recorded,
    /// The plan already has this update.
    Known,
    Refused(String),
}

impl Recording {
    fn read(paths: &[PathBuf], plan: &Plan) -> Self {
        let (mut forms, mut unread) = (Vec::new(), Vec::new());
        for path in paths {
            match read(path, plan) {
                Ok(form) => forms.push((form, Vec::new())),
                Err(error) => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    unread.push(printable(&format!("{name}: {error:#}")));
                }
            }
        }
        Self { forms, unread }
    }

    /// Returns the readable updates, each with the index of its workbook and of its row. Notes the outcome of the other
    /// rows, which are blank or unreadable.
    fn answers(&mut self, by: Option<&str>) -> Vec<(usize, usize, OwnerUpdate)> {
        let mut answers = Vec::new();
        for (at, (form, fates)) in self.forms.iter_mut().enumerate() {
            for (row, filled) in form.rows.iter().enumerate() {
                let by = by.unwrap_or(&form.owner);
                fates.push(match filled.update(by, form.asked) {
                    Err(refused) if !filled.is_blank() => Fate::Refused(refused.message),
                    Ok(update) if !filled.is_blank() => {
                        answers.push((at, row, update));
                        Fate::Known
                    }
                    _ => Fate::Blank,
                });
            }
        }
        answers
    }

    /// Adds the new updates to the text of the plan. If an item has two updates, the first is already in the plan when
    /// the second is checked.
    fn record(
        &mut self,
        old: &str,
        by: Option<&str>,
        today: Day,
    ) -> Result<Changed, edit::Unchanged> {
        let mut left = self.answers(by);
        let mut all = edit::change(old, |_| Ok(Vec::new()))?;
        while !left.is_empty() {
            let mut items = HashSet::new();
            let (now, later): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|(.., update)| items.insert(update.id.clone()));
            let next = edit::change(&all.text, |plan| {
                let editor = Editor::new(plan, today);
                let mut changes = Vec::new();
                for (at, row, update) in &now {
                    self.forms[*at].1[*row] = match editor.update(update) {
                        Ok(new) if new.is_empty() => Fate::Known,
                        Ok(new) => {
                            changes.extend(new);
                            Fate::Recorded
                        }
                        Err(refused) => Fate::Refused(refused.message),
                    };
                }
                Ok(changes)
            })?;
            all.changes.extend(next.changes);
            (all.after, all.text) = (next.after, next.text);
            left = later;
        }
        Ok(all)
    }

    /// Checks whether a row was refused or a workbook could not be read.
    fn has_faults(&self) -> bool {
        let mut fates = self.forms.iter().flat_map(|(_, fates)| fates);
        !self.unread.is_empty() || fates.any(|fate| matches!(fate, Fate::Refused(_)))
    }

    /// Returns the summary: the outcome of each workbook, and the owners who have not answered.
    fn account(&self, plan: &Plan, as_of: Day) -> String {
        let mut told = String::new();
        for (form, fates) in &self.forms {
            let with = |wanted: Fate| fates.iter().filter(|fate| **fate == wanted).count();
            let (mut blank, mut refused) = (Vec::new(), Vec::new());
            for (row, fate) in form.rows.iter().zip(fates) {
                match fate {
                    Fate::Blank => blank.push(printable(&row.id)),
                    Fate::Refused(why) => refused.push(format!("row {}: {why}", row.number)),
                    Fate::Recorded | Fate::Known => {}
                }
            }
            let counts = [
                (with(Fate::Recorded), "recorded".to_owned()),
                (with(Fate::Known), "already recorded".to_owned()),
                (refused.len(), "refused".to_owned()),
                (blank.len(), format!("left blank ({})", blank.join(", "))),
            ];
            let counts = counts.iter().filter(|(count, _)| *count > 0);
            let counts: Vec<String> =
                counts.map(|(count, what)| format!("{count} {what}")).collect();
            let (name, owner) = (printable(&form.name), printable(&form.owner));
            told.push_str(&format!("{name}, {owner}: {}\n", counts.join(", ")));
            told.extend(
                refused.iter().map(|refused| format!("error: {name}, {}\n", printable(refused))),
            );
        }
        told.extend(self.unread.iter().map(|unread| format!("error: {unread}\n")));
        if self.has_faults() {
            told.push_str(
                "help: correct the workbook and import it again; no entry will be recorded twice\n",
            );
        }
        told + &self.missing(plan, as_of)
    }

    /// Returns a line about the owners who have open items but returned no update. The line is empty if all owners
    /// answered.
    fn missing(&self, plan: &Plan, as_of: Day) -> String {
        let portfolio = Portfolio { as_of, views: vec![View::new(plan.clone(), as_of, 0, None)] };
        let view = &portfolio.views[0];
        let has_answered = |name: &str| {
            self.forms.iter().any(|(form, fates)| {
                fates.iter().any(|fate| *fate != Fate::Blank)
                    && same_person(view.owner_called(&form.owner), name)
            })
        };
        let owners = portfolio.work_by_owner();
        let missing: Vec<String> = owners
            .iter()
            .filter(|work| !has_answered(work.name))
            .map(|work| format!("{} ({} open)", printable(work.name), work.rows.len()))
            .collect();
        match missing.len() {
            0 => String::new(),
            count => format!(
                "no answer yet from {}: {}\n",
                counted(count, "owner", "owners"),
                missing.join(", ")
            ),
        }
    }
}
