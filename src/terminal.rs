//! Standard output and standard error: their width, their colours, and the exit status of a run.

use std::{
    env,
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use anstream::{AutoStream, ColorChoice};

use crate::{
    app::{Failure, Output},
    cli::{Color, in_groups},
    doc::{
        Screen,
        style::{ERROR, HELP},
    },
    output::{printable, without_commands},
};

/// The smallest screen width, in characters, that is used to lay out tables.
const LEAST_WIDTH: usize = 40;

/// Standard output and standard error, with the user's choice of colours.
pub struct Terminal {
    choice: ColorChoice,
}

impl Terminal {
    pub fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { choice }
    }

    /// Returns the width of the screen, and whether the screen supports links. The environment variable `COLUMNS`
    /// overrides the width of the terminal.
    pub fn screen(&self, is_for_file: bool) -> Screen {
        let columns = env::var("COLUMNS").ok();
        let columns = columns.and_then(|columns| columns.parse().ok());
        let is_terminal = io::stdout().is_terminal() && !is_for_file;
        let of_terminal = || {
            let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
            is_terminal.then_some(usize::from(width.0))
        };
        let width: Option<usize> = columns.or_else(of_terminal);
        Screen {
            width: width.map(|width| width.clamp(LEAST_WIDTH, usize::from(u16::MAX))),
            has_links: is_terminal && supports_hyperlinks::supports_hyperlinks(),
        }
    }

    /// Prints the output of a command and returns the program's exit status. The status is 1 if the command reports a
    /// problem, such as an overdue item, and 2 or more after an error.
    pub fn answer(&self, output: &Output) -> ExitCode {
        if !output.bytes.is_empty() && io::stdout().is_terminal() {
            let help = "name a file with `--output FILE`";
            self.error("this kind of file cannot be shown in a terminal", Some(help));
            return ExitCode::from(2);
        }
        let written = self.print(output);
        self.write(&output.notices);
        for failure in &output.broken {
            self.tell(failure);
        }
        let worst = output.broken.iter().map(Failure::exit_status).max();
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.error(&format!("cannot write the output: {error}"), None);
                ExitCode::from(4)
            }
            _ => ExitCode::from(worst.unwrap_or(u8::from(output.flagged))),
        }
    }

    /// Writes the answer to standard output. Colours and other styles are removed if standard output does not support
    /// them.
    fn print(&self, Output { text, bytes, .. }: &Output) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes)?;
        if !text.contains('\x1b') {
            stdout.write_all(text.as_bytes())?;
            return stdout.flush();
        }
        let choice = match self.choice {
            ColorChoice::Auto => AutoStream::choice(&stdout),
            choice => choice,
        };
        let mut shown = AutoStream::new(Vec::with_capacity(text.len()), choice);
        shown.write_all(text.as_bytes())?;
        stdout.write_all(&shown.into_inner())?;
        stdout.flush()
    }

    /// Prints a failure and returns its exit status: 2, 3 or 4.
    pub fn failure(&self, failure: &Failure) -> ExitCode {
        self.tell(failure);
        ExitCode::from(failure.exit_status())
    }

    /// Prints a failure to standard error.
    pub fn tell(&self, failure: &Failure) {
        match failure {
            Failure::Invalid { report } => self.write(report),
            Failure::All(failures) => failures.iter().for_each(|failure| self.tell(failure)),
            failure => self.error(&failure.to_string(), failure.help().as_deref()),
        }
    }

    fn error(&self, message: &str, help: Option<&str>) {
        let mut text = format!("{ERROR}error{ERROR:#}: {}\n", printable(message));
        if let Some(help) = help {
            text.push_str(&format!("{HELP}help{HELP:#}: {}\n", printable(help)));
        }
        self.write(&text);
    }

    /// Writes a text to standard error. Changes the text so that a GitHub workflow does not find commands in it.
    /// Ignores errors in writing.
    fn write(&self, text: &str) {
        let mut stderr = AutoStream::new(io::stderr().lock(), self.choice);
        let _ = stderr.write_all(without_commands(text).as_bytes());
    }
}

/// Prints the help, the version or the errors of the command-line parser. Returns exit status 0 for help and version,
/// and 2 for errors.
pub fn command_line(errors: &[clap::Error]) -> ExitCode {
    const TAIL: &str = "\nFor more information, try";
    let Some((last, others)) = errors.split_last() else { return ExitCode::from(2) };
    for error in others {
        let text = error.render().ansi().to_string();
        let text = text.split(TAIL).next().unwrap_or_default();
        let _ = AutoStream::auto(io::stderr()).write_all(text.as_bytes());
    }
    let text = in_groups(&last.render().ansi().to_string());
    let _ = match last.use_stderr() {
        true => AutoStream::auto(io::stderr()).write_all(text.as_bytes()),
        false => AutoStream::auto(io::stdout()).write_all(text.as_bytes()),
    };
    ExitCode::from(if last.use_stderr() { 2 } else { 0 })
}
