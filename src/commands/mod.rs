//! The commands, with one module for each. This file chooses the command that runs.

mod add;
mod against;
mod amend;
mod burnup;
mod changes;
mod check;
mod check_levels;
mod completions;
mod decide;
mod diff;
mod edit;
mod export;
mod extend;
mod help;
mod import;
mod init;
mod list;
mod log;
mod man;
mod mark;
mod merge;
mod overdue;
mod question;
mod remind;
mod report;
mod respond;
mod schema;
mod select;
mod show;
mod status;
mod timeline;
mod undo;
mod updates;
mod verify;
mod write;

use std::{env, path::Path};

pub use completions::answer_shell;

use crate::{
    app::{Context, Failure, Output, write_answer},
    cli::{Cli, Command, HelpArgs, OutputArgs, StatusArgs},
    doc::Screen,
    file, git,
    output::{Answer, Findings},
};

/// Runs the command that the user gave. Without a command, shows the status if there is a plan, else prints a short
/// help.
pub fn run(mut cli: Cli, screen: Screen) -> Result<Output, Failure> {
    as_of_must_count(&cli)?;
    let at = cli.command.as_mut().and_then(Command::at);
    let context = Context::new(cli.global, screen)?.at(at)?;
    written(cli.command, &context).map_err(|failure| failure.repeating(&context.given))
}

/// Tries a command after the parser refused some of its words and these were removed. Returns the failure if more words
/// are wrong, such as an id that no plan has.
pub fn further_faults(mut cli: Cli, screen: Screen) -> Option<Failure> {
    let at = cli.command.as_mut().and_then(Command::at);
    let context = Context::new(cli.global, screen).ok()?.at(at).ok()?;
    let failure = answer(cli.command, &context).err()?.repeating(&context.given);
    matches!(failure, Failure::Usage { .. } | Failure::All(_)).then_some(failure)
}

/// Runs a command. If `--output FILE` is given, writes the answer to FILE.
fn written(mut command: Option<Command>, context: &Context) -> Result<Output, Failure> {
    let Some((args, kinds)) = command.as_mut().and_then(Command::output) else {
        return answer(command, context);
    };
    context.settle(args, kinds)?;
    let args = args.clone();
    write_answer(&args, answer(command, context)?)
}

/// Returns an error if `--as-of` is given to a command whose answer is the same on every day, such as `log`.
fn as_of_must_count(cli: &Cli) -> Result<(), Failure> {
    let (name, help) = match &cli.command {
        _ if cli.global.as_of.is_none() => return Ok(()),
        Some(Command::Diff(_)) => ("diff", "name the two versions: `plan diff REV REV`"),
        Some(Command::Log(args)) if args.read.at.at.is_none() => {
            ("log", "to end the log on a certain day, use `plan log --at DATE`")
        }
        _ => return Ok(()),
    };
    let message = format!("`--as-of` has no effect on a {name}, which shows what was committed");
    Err(Failure::usage(message, Some(help.to_owned())))
}

fn answer(command: Option<Command>, context: &Context) -> Result<Output, Failure> {
    match command {
        Some(Command::Status(args)) => status::run(&args, context),
        Some(Command::List(args)) => list::run(args, context),
        Some(Command::Show(args)) => show::run(&args, context),
        Some(Command::Overdue(args)) => overdue::run(args, context),
        Some(Command::Timeline(args)) => timeline::run(args, context),
        Some(Command::Diff(args)) => diff::run(&args, context),
        Some(Command::Log(args)) => log::run(&args, context),
        Some(Command::Changes(args)) => changes::run(args, context),
        Some(Command::Burnup(args)) => burnup::run(&args, context),
        Some(Command::Export(args)) => export::run(args, context),
        Some(Command::Import(args)) if args.updates => updates::import(&args, context),
        Some(Command::Import(args)) => import::run(&args, context),
        Some(Command::Remind(args)) => remind::run(args, context),
        Some(Command::Check(args)) => check::run(&args, context),
        Some(Command::Report(args)) => report::run(args, context),
        Some(Command::Mark(args)) => mark::mark(args, context),
        Some(Command::Note(args)) => mark::note(args, context),
        Some(Command::Extend(args)) => extend::run(args, context),
        Some(Command::Decide(args)) => decide::run(args, context),
        Some(Command::Verify(args)) => verify::run(args, context),
        Some(Command::Respond(args)) => respond::run(args, context),
        Some(Command::Amend(args)) => amend::run(args, context),
        Some(Command::Add(args)) => add::run(args, context),
        Some(Command::Undo(args)) => undo::run(args, context),
        Some(Command::Edit(args)) => edit::run(&args, context),
        Some(Command::Merge(args)) => merge::run(&args, context),
        Some(Command::Init(args)) => init::run(&args, context),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => man::run(&args),
        Some(Command::Schema(args)) => schema::run(args),
        Some(Command::Help(args)) => help::run(&args, context),
        None if has_plan(context) => status::run(&StatusArgs::default(), context),
        None => {
            let help = help::run(&HelpArgs::default(), context)?;
            let start = "There is no plan here. Start one with `plan init`.";
            Ok(Output::text(format!("{start}\n\n{}", help.text)))
        }
    }
}

/// Checks whether there is a plan to show.
fn has_plan(context: &Context) -> bool {
    !context.file.is_empty() || file::discover().is_ok()
}

/// Formats findings. With the format `github`, also appends `summary` to the summary page of the GitHub workflow.
fn print_findings(
    args: &OutputArgs,
    findings: &Findings<'_>,
    context: &Context,
    summary: impl FnOnce() -> String,
) -> Result<String, Failure> {
    let page = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
    if let Some(page) = page.filter(|_| args.format().name == "github") {
        file::append(Path::new(&page), &summary())?;
    }
    context.print(args, &Answer::Findings(findings))
}

/// Returns the path of a file relative to the top of its repository, as CI systems expect it.
fn name_in_repository(path: &Path) -> String {
    let path = git::path_in_repository(path).unwrap_or_else(|| path.to_path_buf());
    path.display().to_string()
}
