//! Parses the command line, runs the command, prints its answer and returns the exit status.

use std::process::ExitCode;

use action_plan::{
    cli::{Cli, Command, WrongWords},
    commands,
    terminal::Terminal,
};

fn main() -> ExitCode {
    match commands::answer_shell() {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => {}
        Err(error) => return action_plan::terminal::command_line(&[error]),
    }
    let mut cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(WrongWords { errors, rest }) => {
            if let Some(rest) = rest {
                let terminal = Terminal::new(rest.global.color);
                let further = commands::further_faults(*rest, terminal.screen(false));
                further.iter().for_each(|failure| terminal.tell(failure));
            }
            return action_plan::terminal::command_line(&errors);
        }
    };
    let terminal = Terminal::new(cli.global.color);
    let output = cli.command.as_mut().and_then(Command::output);
    let is_for_file = output.is_some_and(|(output, _)| output.file().is_some());
    match commands::run(cli, terminal.screen(is_for_file)) {
        Ok(output) => terminal.answer(&output),
        Err(failure) => terminal.failure(&failure),
    }
}
