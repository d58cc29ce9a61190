//! `plan import`: explains a spreadsheet, makes a plan from it, or updates a plan that was made from it.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::{init, write::writer};
use crate::{
    app::{Activity, Context, Failure, Output},
    cli::{ImportArgs, InitArgs},
    edit::{self, Change},
    file::{self, Reader},
    import::{
        account::{Account, RowPlace},
        build::{Built, build, fit, sound},
        explain::explain,
        mapping::Mapping,
        parts::Parts,
        source::{self, Reading, Source},
        suggest::{suggest, write},
        update::changes,
    },
    model::{Day, Plan, shell_word},
    output::{Answer, Import, diff, rest},
};

pub fn run(args: &ImportArgs, context: &Context) -> Result<Output, Failure> {
    let activity = Activity::begin("reading the file");
    let source = read(args, &activity)?;
    let day = context.as_of();
    if args.map.is_none() || args.suggest_map {
        activity.change("finding the columns");
    } else {
        activity.change("making the plan");
    }
    if args.suggest_map {
        return suggested(args, &source, day);
    }
    let (Some(map), Some(into)) = (&args.map, &args.into) else {
        let (explained, _) = explain(&source, day);
        let text =
            context.print(&args.output, &Answer::Import(&Import::Explained(day, explained)))?;
        return Ok(Output::text(text));
    };
    let mapping = mapping(map)?;
    let Some(parts) = Parts::of(&source, &mapping, file_name) else {
        let done = import(args, context, &mapping, &source, into, Account::default())?;
        keep_rest(args, &source, &done.left)?;
        return done.written();
    };
    several(args, context, &mapping, &source, &parts, into)
}

/// Prints a suggested mapping, or writes the mapping to the file of `--output`.
fn suggested(args: &ImportArgs, source: &Source, day: Day) -> Result<Output, Failure> {
    let given = args.map.as_deref().map(mapping).transpose()?;
    let suggested = suggest(source, given, day);
    if suggested.mapping.sheet.is_empty() {
        let help =
            format!("see what the file contains: plan import {}", file::printable_path(&args.path));
        return Err(Failure::usage(
            "no sheet in the file looks like a list of recommendations",
            Some(help),
        ));
    }
    let text = write(&suggested, &args.path.display().to_string());
    let Some(path) = args.output.file() else { return Ok(Output::text(text)) };
    file::create(path, &text)?;
    Ok(Output::notice(format!(
        "{}: mapping written; check and correct it\n",
        file::printable_path(path)
    )))
}

/// Imports a source that contains several plans. Each plan gets its own file in the directory `into`.
fn several(
    args: &ImportArgs,
    context: &Context,
    mapping: &Mapping,
    source: &Source,
    parts: &Parts<'_>,
    into: &Path,
) -> Result<Output, Failure> {
    if !into.is_dir() {
        let help =
            format!("create the directory: mkdir {}", shell_word(&file::printable_path(into)));
        return Err(Failure::usage(
            "the mapping makes several plans, so `--into` must name a directory",
            Some(help),
        ));
    }
    if parts.names.is_empty() {
        let help =
            "fill in the column that the mapping assigns to `plan`, or assign another column to it"
                .to_owned();
        return Err(Failure::usage("no row says which plan it belongs to", Some(help)));
    }
    let mut done = Vec::new();
    let mut left = Vec::new();
    let mut account = Account::default();
    for place in &parts.without {
        account.unplaced(*place, "", "", "nothing says which plan the row belongs to");
    }
    for (number, name) in parts.names.iter().enumerate() {
        let mapping = Mapping { title: Some(name.clone()), ..mapping.clone() };
        let (path, part) = (into.join(file_name(name)), parts.part(number));
        let account = std::mem::take(&mut account);
        let one = import(args, context, &mapping, &part, &path, account)?;
        left.extend_from_slice(&one.left);
        done.push(one);
    }
    left.sort_unstable();
    keep_rest(args, source, &left)?;
    let mut all = Output::default();
    for one in done {
        let one = one.written()?;
        for (all, one) in [(&mut all.text, one.text), (&mut all.notices, one.notices)] {
            if !all.is_empty() && !one.is_empty() {
                all.push('\n');
            }
            all.push_str(&one);
        }
        all.flagged |= one.flagged;
    }
    Ok(all)
}

fn mapping(path: &Path) -> Result<Mapping, Failure> {
    Ok(Mapping::parse(&file::read(path)?, &file::printable_path(path))?)
}

/// Makes the file name of a plan from its title.
fn file_name(title: &str) -> String {
    match edit::short_name(title).as_str() {
        "" => "plan.toml".to_owned(),
        short => format!("{short}.toml"),
    }
}

/// Writes the rows that could not be imported completely to the file of `--rest`, if this flag is given.
fn keep_rest(args: &ImportArgs, source: &Source, left: &[RowPlace]) -> Result<(), Failure> {
    match &args.rest {
        Some(path) if !args.write.dry_run => file::replace(path, rest(source, left)?.as_bytes())?,
        _ => {}
    }
    Ok(())
}

/// An import into one plan file that is not written yet.
struct Imported {
    into: PathBuf,
    /// The old text of the plan file, or `None` if the file does not exist.
    old: Option<String>,
    /// The new text of the plan file, or `None` in a dry run.
    new: Option<String>,
    output: Output,
    /// The rows that could not be imported completely.
    left: Vec<RowPlace>,
}

impl Imported {
    /// Writes the plan file and returns the output.
    fn written(self) -> Result<Output, Failure> {
        let Some(new) = self.new else { return Ok(self.output) };
        match self.old {
            Some(old) if old != new => writer(&self.into)?.replace(&old, &new)?,
            Some(_) => {}
            None if new.is_empty() => {}
            None => {
                file::create(&self.into, &new)?;
                init::write_schema(&self.into)?;
            }
        }
        Ok(self.output)
    }
}

/// Imports a source into the text of one plan file. Nothing is written yet.
fn import(
    args: &ImportArgs,
    context: &Context,
    mapping: &Mapping,
    source: &Source,
    into: &Path,
    account: Account,
) -> Result<Imported, Failure> {
    let day = context.as_of();
    let mut account = Account { file: file::printable_path(&args.path), ..account };
    let old = into.exists().then(|| file::read(into)).transpose()?;
    let plan = match &old {
        Some(old) => {
            let read = Reader::default().decode(old.as_str());
            Some(read.map_err(|faults| context.invalid(into, old, faults))?.plan)
        }
        None => None,
    };
    let built = build(source, mapping, day, plan.as_ref(), &mut account);
    let new = match (&old, &plan) {
        (Some(old), Some(plan)) => updated(old, plan, built, day, &mut account)?,
        _ => made(mapping, built, day, &mut account)?,
    };
    let flagged = !account.is_complete() && !args.exit_zero;
    let left = account.rows_left();
    let answer =
        Import::Account { day, account, plan: file::printable_path(into), is_new: old.is_none() };
    let told = context.print(&args.output, &Answer::Import(&answer))?;
    let (new, output) = match args.write.dry_run {
        true => {
            let text = diff(into, old.as_deref().unwrap_or_default(), &new);
            (None, Output { text, notices: told, flagged, ..Output::default() })
        }
        false => (Some(new), Output { text: told, flagged, ..Output::default() }),
    };
    Ok(Imported { into: into.to_path_buf(), old, new, output, left })
}

fn read(args: &ImportArgs, activity: &Activity) -> Result<Source, Failure> {
    let how = Reading { encoding: args.encoding.as_deref(), path: args.path_in_json.as_deref() };
    let bytes = file::bytes(&args.path)?;
    let source = source::read(&args.path, bytes, how, &|done, all| activity.at(done, all));
    source
        .map_err(|error| Failure::Other(anyhow!("{}: {error:#}", file::printable_path(&args.path))))
}

/// Returns the text of a new plan that has the imported items. The text is empty if there are no items.
fn made(
    mapping: &Mapping,
    mut built: Built,
    day: Day,
    account: &mut Account,
) -> Result<String, Failure> {
    if built.drafts.is_empty() {
        return Ok(String::new());
    }
    let first = built.days().min().map_or(day, |first| first.min(day));
    let date = mapping.day().unwrap_or(first);
    let args = InitArgs { title: mapping.title.clone(), ..InitArgs::default() };
    let start = init::starter(&args, date, &mapping.priorities);
    let base = decoded(&start)?;
    fit(&mut built.drafts, &base, account);
    let places: Vec<_> = built.drafts.iter().map(|draft| draft.place).collect();
    let recommendations = built.drafts.into_iter().map(crate::import::Draft::finished).collect();
    let recommendations = sound(&base, &built.areas, recommendations, &places, account);
    account.actions = recommendations.iter().map(|new| new.actions.len()).sum();
    account.made = recommendations
        .iter()
        .flat_map(|new| std::iter::once(&new.id).chain(new.actions.iter().map(|action| &action.id)))
        .cloned()
        .collect();
    let areas = built.areas.into_iter().map(Change::Area);
    let changes: Vec<Change> =
        areas.chain(recommendations.into_iter().map(Change::Recommendation)).collect();
    let changed = edit::change(&start, |_| Ok(changes));
    let changed = changed.map_err(|unchanged| Failure::Other(anyhow!("{unchanged:?}")))?;
    Ok(changed.text)
}

fn decoded(text: &str) -> Result<Plan, Failure> {
    let read = Reader::default().decode(text);
    let read =
        read.map_err(|faults| anyhow!("{}", faults.first().map_or("", |fault| &fault.title)))?;
    Ok(read.plan)
}

/// Returns the text of an existing plan with the imported items and entries added.
fn updated(
    old: &str,
    plan: &Plan,
    mut built: Built,
    day: Day,
    account: &mut Account,
) -> Result<String, Failure> {
    fit(&mut built.drafts, plan, account);
    let mut text = old.to_owned();
    for pass in changes(plan, built, day, account) {
        text = applied(text, pass, account)?;
    }
    Ok(text)
}

/// Applies a batch of changes to the text of a plan. If one of the changes is not possible, reports it in `account` and
/// makes the others.
fn applied(text: String, mut pass: Vec<Change>, account: &mut Account) -> Result<String, Failure> {
    if pass.is_empty() {
        return Ok(text);
    }
    let changed = edit::change(&text, |_| Ok(pass.clone()));
    match changed {
        Ok(changed) => Ok(changed.text),
        Err(_) if pass.len() > 1 => {
            let rest = pass.split_off(pass.len() / 2);
            let text = applied(text, pass, account)?;
            applied(text, rest, account)
        }
        Err(edit::Unchanged::Refused(refusal)) => {
            account.unplaced(Default::default(), "", "", refusal.message);
            Ok(text)
        }
        Err(_) => {
            let what = format!("{:?}", pass.first()).chars().take(80).collect::<String>();
            account.unplaced(Default::default(), "", &what, "this would make the plan invalid");
            Ok(text)
        }
    }
}
