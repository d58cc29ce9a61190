//! Parses the command line and finds all errors in it, because clap alone stops at the first error.

use std::ffi::{OsStr, OsString};

use clap::{
    Parser,
    error::{ContextKind, ErrorKind},
};

use super::{Cli, Command};

/// The maximum number of errors that are reported together.
const MOST: usize = 10;

/// The errors of a command line, and the command that remains without the wrong words.
#[derive(Debug)]
pub struct WrongWords {
    /// One error for each wrong word. A request for help or for the version is a single error too, because clap returns
    /// it as one.
    pub errors: Vec<clap::Error>,
    /// The command without the wrong words, as a dry run. A run of this command may find further errors.
    pub rest: Option<Box<Cli>>,
}

impl Cli {
    /// Parses a command line.
    ///
    /// # Errors
    /// Fails with one error for each wrong word. A request for help or the version is an error too.
    pub fn read(args: impl Iterator<Item = OsString>) -> Result<Self, WrongWords> {
        let mut args: Vec<OsString> = args.collect();
        let mut errors = Vec::new();
        let mut rest = None;
        let reads_input = |word: &OsString| {
            let word = word.to_string_lossy();
            word == "-" || word.ends_with("=-")
        };
        // Standard input is read only once, so a command that takes its note from there is not tried. `is_clear` also
        // becomes false if the word after an unknown flag is removed, because this word may be the value of the flag or
        // a word of the command.
        let mut is_clear = !args.iter().any(reads_input);
        while errors.len() < MOST {
            let error = match Self::try_parse_from(&args) {
                Ok(cli) if errors.is_empty() => return Ok(cli),
                Ok(cli) => {
                    rest = cli.rehearsal(is_clear).map(Box::new);
                    break;
                }
                Err(error) => error,
            };
            let is_of_a_word = matches!(
                error.kind(),
                ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::UnknownArgument
            );
            // An error of another kind, such as a missing argument, may result from the removal of wrong words, so it
            // is not reported.
            if !errors.is_empty() && !is_of_a_word {
                break;
            }
            let without = is_of_a_word.then(|| without(&args, &error)).flatten();
            let is_flag_alone = without.as_ref().is_some_and(|rest| args.len() - rest.len() == 1);
            is_clear &= error.kind() != ErrorKind::UnknownArgument || is_flag_alone;
            errors.push(error);
            match without {
                Some(without) => args = without,
                None => break,
            }
        }
        Err(WrongWords { errors, rest })
    }

    /// Returns a form of the command that writes nothing. A command that only reads is not changed, and a command that
    /// writes becomes a dry run. Returns `None` if there is no such form, or if an unknown flag makes the words of the
    /// command ambiguous.
    fn rehearsal(mut self, is_clear: bool) -> Option<Self> {
        let write = match self.command.as_mut()? {
            Command::Overdue(args) => {
                // With `--quiet`, nothing is added to the summary page of a GitHub workflow.
                args.quiet = true;
                return Some(self);
            }
            Command::List(_) | Command::Timeline(_) => return Some(self),
            Command::Show(_) => return is_clear.then_some(self),
            Command::Mark(args) => &mut args.change.write,
            Command::Note(args) => &mut args.change.write,
            Command::Extend(args) => &mut args.change.write,
            Command::Decide(args) => &mut args.change.write,
            Command::Respond(args) => &mut args.change.write,
            Command::Verify(args) => &mut args.change.write,
            Command::Amend(args) => &mut args.change.write,
            Command::Undo(args) => &mut args.change.write,
            _ => return None,
        };
        write.dry_run = true;
        is_clear.then_some(self)
    }
}

/// Returns the arguments without the wrong argument that `error` names. The value of a wrong flag is removed too.
fn without(args: &[OsString], error: &clap::Error) -> Option<Vec<OsString>> {
    let told = |kind| error.get(kind).map(ToString::to_string);
    let name = told(ContextKind::InvalidArg)?;
    let name = name.split(' ').next().unwrap_or_default();
    let is_unknown = error.kind() == ErrorKind::UnknownArgument;
    let value = told(ContextKind::InvalidValue).unwrap_or_default();
    let words = || args.iter().map(|word| word.to_string_lossy());
    let begin = words().position(|word| match word.strip_prefix(name) {
        Some("") => is_unknown || !name.starts_with('<') && !name.starts_with('['),
        Some(rest) => rest.starts_with('='),
        None => false,
    });
    let has_value = |word: &OsStr| word.to_string_lossy().split(',').any(|part| part == value);
    let begin = match begin {
        Some(begin) => begin,
        None if is_unknown => return None,
        // No argument has the name that `error` gives. The wrong value is then a positional argument, or it follows a
        // short flag such as `-d`.
        None => {
            let at = words().position(|word| has_value(OsStr::new(&*word)))?;
            let before = args.get(at.checked_sub(1)?)?.to_string_lossy();
            if before.starts_with('-') && before.len() == 2 { at - 1 } else { at }
        }
    };
    let first = args[begin].to_string_lossy();
    let is_flag = first.starts_with('-') && !first.contains('=');
    let follows = args.get(begin + 1).is_some_and(|next| {
        if is_unknown { !next.to_string_lossy().starts_with('-') } else { has_value(next) }
    });
    let end = begin + 1 + usize::from(is_flag && follows);
    Some([&args[..begin], &args[end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::Cli;

    fn faults(line: &str) -> Vec<String> {
        let words = line.split(' ').map(Into::into);
        let errors = Cli::read(words).err().map(|wrong| wrong.errors).unwrap_or_default();
        let first = |error: &clap::Error| error.to_string().lines().next().unwrap_or("").to_owned();
        errors.iter().map(first).collect()
    }

    #[test]
    fn every_wrong_word_of_a_command_line_is_told() {
        for (line, wrong) in [
            ("plan list --timing overdu --bogus x --format=xml", &["overdu", "--bogus", "xml"][..]),
            ("plan list --progress complete,complet --due-before soon", &["complet", "soon"]),
            ("plan mark 5.1 complete -d soon --outlook bad", &["soon", "bad"]),
            ("plan list --bogus --area a --timing overdu", &["--bogus", "overdu"]),
            ("plan add meeting soon --titel x", &["soon", "--titel"]),
            ("plan stauts --bogus", &["stauts"]),
            ("plan list --open", &[]),
        ] {
            let faults = faults(line);
            assert_eq!(faults.len(), wrong.len(), "{line}: {faults:?}");
            for wrong in wrong {
                let quoted = format!("'{wrong}'");
                assert!(faults.iter().any(|fault| fault.contains(&quoted)), "{line}: {faults:?}");
            }
        }
    }

    #[test]
    fn a_word_that_is_missing_is_told_alone() {
        assert_eq!(faults("plan amend --bogus").len(), 1);
        assert_eq!(faults("plan export").len(), 1);
    }
}
