//! `plan edit`: opens a copy of the plan in the user's editor, again and again, until the copy is valid or the user
//! gives up. A valid copy replaces the plan.

use std::{
    env,
    io::{self, IsTerminal, Write},
    path::Path,
    process::Command,
};

use anyhow::{Context as _, bail};

use super::question::confirmed;
use crate::{
    app::{Context, Failure, Output},
    checks::Finding,
    cli::EditArgs,
    edit::line_of,
    file::{self, FileWriter, Lines, Reader, Scratch},
    model::Id,
    output,
};

pub fn run(args: &EditArgs, context: &Context) -> Result<Output, Failure> {
    let (path, id) = match &args.id {
        Some(id) => {
            let (path, ids) = context.target(std::slice::from_ref(id))?;
            (path, ids.into_iter().next())
        }
        None => (context.path()?, None),
    };
    let old = file::read(&path)?;
    let mut line = first_line(id.as_ref(), context, &path, &old)?;
    let copy = file::scratch(&old)?;
    loop {
        open_editor(&copy.path(), line)?;
        let new = file::read(&copy.path())?;
        if new == old {
            return Ok(Output::unchanged());
        }
        let faults = match Reader::default().decode(&new) {
            Ok(_) => return replace(&path, &old, &new, copy),
            Err(faults) => faults,
        };
        let line_of_fault = line_of_first(&new, &faults);
        let report = output::report(
            &[context.checked(&path, &new, faults)],
            false,
            &context.given,
            context.screen,
        );
        if !again(args, &report)? {
            let kept = copy.keep()?;
            let kept = file::printable_path(&kept);
            let report = format!("{report}nothing was written; the edited copy is {kept}\n");
            return Err(Failure::Invalid { report });
        }
        line = line_of_fault;
    }
}

/// Returns the number of the line to open in the editor: the line of the item `id`. Without an id, returns the line of
/// the first error, or 1.
fn first_line(
    id: Option<&Id>,
    context: &Context,
    path: &Path,
    text: &str,
) -> Result<usize, Failure> {
    let Some(id) = id else {
        let decoded = Reader::default().decode(text);
        return Ok(decoded.map_or_else(|faults| line_of_first(text, &faults), |_| 1));
    };
    line_of(text, id).map_err(|unchanged| context.unchanged(unchanged, path, text))
}

fn line_of_first(text: &str, faults: &[Finding]) -> usize {
    let lines = Lines::of(text);
    let first = faults.first();
    first.map_or(1, |fault| lines.line(fault.at.bytes().start).line)
}

fn replace(path: &Path, old: &str, new: &str, copy: Scratch) -> Result<Output, Failure> {
    let written = FileWriter::acquire(path).and_then(|writer| writer.replace(old, new));
    if let Err(error) = written {
        let kept = copy.keep()?;
        let kept = format!("the edited copy is {}", kept.display());
        return Err(error.context(kept).into());
    }
    let path = file::printable_path(path);
    Ok(Output::notice(format!("{path}: changed\n")))
}

/// Starts the user's editor: the value of `$VISUAL`, else of `$EDITOR`, else the default editor of the operating
/// system.
fn open_editor(file: &Path, line: usize) -> anyhow::Result<()> {
    let named = |name| env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    let editor = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| usual.to_owned());
    let line = takes_line(&editor).then(|| format!("+{line}"));
    let status = in_shell(&editor, line.as_deref(), file)
        .status()
        .with_context(|| format!("the editor `{editor}` cannot be started"))?;
    if !status.success() {
        bail!("the editor `{editor}` failed ({status}); nothing was written");
    }
    Ok(())
}

/// Builds the command that starts the editor. The shell splits `editor` into words, so `editor` may contain flags.
#[cfg(unix)]
fn in_shell(editor: &str, line: Option<&str>, file: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{editor} \"$@\""), "sh"]).args(line).arg(file);
    command
}

/// Builds the command that starts the editor. `cmd` removes the outermost quotes of the line, so the line has an extra
/// pair of quotes.
#[cfg(windows)]
fn in_shell(editor: &str, line: Option<&str>, file: &Path) -> Command {
    use std::os::windows::process::CommandExt as _;
    let mut command = Command::new("cmd");
    let line = line.unwrap_or_default();
    command.raw_arg(format!("/d /s /c \"{editor} {line} \"{}\"\"", file.display()));
    command
}

/// Checks whether an editor accepts `+LINE` to open a file at a line.
fn takes_line(editor: &str) -> bool {
    let program = editor.split_whitespace().next().unwrap_or("");
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy();
    ["vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "pico"]
        .contains(&name.as_ref())
}

/// Shows the errors and asks whether the user wants to edit again. Without a terminal, returns false and does not ask.
fn again(args: &EditArgs, report: &str) -> anyhow::Result<bool> {
    if args.once || !io::stdin().is_terminal() {
        return Ok(false);
    }
    let mut stderr = anstream::stderr();
    write!(stderr, "{report}")?;
    Ok(confirmed("Edit again? [Y/n] ", true, &mut io::stdin().lock(), &mut stderr)?)
}
