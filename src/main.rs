//! Parses the command line, runs the command, prints its answer and returns the exit status.

use std::process::ExitCode;

use action_plan::{cli::Cli, commands, terminal::Terminal};
use clap::Parser;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return action_plan::terminal::command_line(&error),
    };
    let terminal = Terminal::new(cli.global.color);
    match commands::run(cli, terminal.screen()) {
        Ok(output) => terminal.answer(&output),
        Err(failure) => terminal.failure(&failure),
    }
}
