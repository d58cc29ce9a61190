//! Parse the command line, run the command, print what it says, answer with the exit status.

mod cli;
mod clock;
mod commands;
mod git;
mod model;
mod parallel;
mod query;
mod render;
mod store;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return terminal::command_line(&error),
    };
    let terminal = terminal::Terminal::new(cli.global.color);
    match commands::run(cli, terminal.screen()) {
        Ok(output) => terminal.answer(&output),
        Err(error) => terminal.failure(&error),
    }
}
