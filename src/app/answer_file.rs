//! Writes an answer to a file, in the format for the ending of the file's name.

use std::{
    io::{self, IsTerminal},
    path::Path,
};

use anstream::adapter::strip_str;

use super::{Context, Failure, Output};
use crate::{
    cli::OutputArgs,
    file,
    output::{AnswerKind, FORMATS, Format},
};

/// The name of a format, and the endings of files in this format.
pub type Endings = (&'static str, &'static [&'static str]);

/// Returns the name of the format for writing `file`: the given format, else the format for the file's ending.
///
/// # Errors
/// Fails if the file's ending contradicts the given format, or if no format is given and the ending is unknown.
pub fn format_of(
    given: Option<&'static str>,
    file: &Path,
    formats: &[Endings],
) -> Result<&'static str, Failure> {
    if file.is_dir() {
        // If the path leads to a directory, any format will do, because the attempt to write the file fails later with
        // a clear error.
        return Ok(given.unwrap_or(formats[0].0));
    }
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let has_ending = |(_, endings): &&Endings| endings.contains(&ending.as_str());
    let found: Vec<_> = formats.iter().filter(has_ending).map(|(name, _)| *name).collect();
    let shown = file::printable_path(file);
    match (given, found.first()) {
        (Some(given), Some(of_file)) if !found.contains(&given) => Err(Failure::usage(
            format!(
                "the ending of `{shown}` belongs to the format {of_file}, but `--format` says {given}"
            ),
            Some("leave out `--format`, or change the ending of the file name".to_owned()),
        )),
        (Some(given), _) => Ok(given),
        (None, Some(of_file)) => Ok(of_file),
        (None, None) => {
            let endings = formats.iter().filter_map(|(_, endings)| endings.first());
            let mut endings: Vec<_> = endings.map(|ending| format!(".{ending}")).collect();
            endings.dedup();
            let message = match ending.is_empty() {
                true => {
                    format!("`{shown}`: the format is unknown, because the file name has no ending")
                }
                false => format!("`{shown}`: this command cannot write .{ending} files"),
            };
            let names: Vec<_> = formats.iter().map(|(name, _)| *name).collect();
            let (endings, names) = (endings.join(", "), names.join(", "));
            let help = format!(
                "end the file name with {endings}, or choose a format with `--format`: {names}"
            );
            Err(Failure::usage(message, Some(help)))
        }
    }
}

impl Context {
    /// Chooses the format of the command's answer and stores the format in `output`. `kinds` are the kinds of answers
    /// that the command can give.
    ///
    /// # Errors
    /// Fails if no suitable format is given, or if the output file is a plan.
    pub fn settle(&self, output: &mut OutputArgs, kinds: &[AnswerKind]) -> Result<(), Failure> {
        if output.json {
            output.format = Format::find("json");
        }
        let Some(file) = output.file() else {
            let format = output.format();
            if !format.prints(kinds) {
                let help = format!("add `--format {}`", Format::names(kinds).join("|"));
                let message = "the output format is not given";
                return Err(Failure::usage(message, Some(help)));
            }
            if format.bytes.is_some() && io::stdout().is_terminal() {
                let name = format.name;
                let help = format!("write to a file: add `--output FILE.{name}`");
                let message = format!("{name} cannot be shown in a terminal");
                return Err(Failure::usage(message, Some(help)));
            }
            return Ok(());
        };
        let formats = FORMATS.into_iter().filter(|format| format.prints(kinds));
        let formats: Vec<Endings> = formats.map(|format| (format.name, format.endings)).collect();
        let given = output.format.map(|format| format.name);
        let name = format_of(given, file, &formats)?;
        self.spare(file)?;
        output.format = Format::find(name);
        Ok(())
    }

    /// Checks that an output file is not one of the plan files.
    ///
    /// # Errors
    /// Fails if `path` leads to a plan file that the command reads.
    pub fn spare(&self, path: &Path) -> Result<(), Failure> {
        let place = |path: &Path| dunce::canonicalize(path).ok();
        let files = self.files().unwrap_or_default().files;
        if place(path).is_some() && files.iter().any(|file| place(&file.path) == place(path)) {
            let message = format!("the output file {} is the plan itself", path.display());
            return Err(Failure::usage(message, Some("name another file".to_owned())));
        }
        Ok(())
    }
}

/// Writes the answer to the file that `args` names, and returns a notice about it. Without an output file, returns the
/// answer unchanged.
///
/// # Errors
/// Fails if the file cannot be written.
pub fn write_answer(args: &OutputArgs, mut output: Output) -> Result<Output, Failure> {
    let Some(path) = args.file() else { return Ok(output) };
    let format = args.format();
    if format.bytes.is_none() {
        let text = format!("{}{}", format.file_head, strip_str(&output.text));
        output.bytes = text.into_bytes();
    }
    file::replace(path, &output.bytes)?;
    (output.text, output.bytes) = (String::new(), Vec::new());
    output.notices.push_str(&format!("{}: written\n", file::printable_path(path)));
    Ok(output)
}
