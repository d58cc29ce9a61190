//! `plan help`: on a command, or on a topic.

use clap::CommandFactory;

use crate::{
    app::{Failure, Output},
    cli::Cli,
    model::nearest,
};

const EXIT_STATUS: &str = "\
Exit status, the same for every --format:

  0  done, nothing to flag; an empty list too
  1  the command found what it looks for: `overdue` something overdue, `check` an error
  2  usage: a flag, word or id that is not known
  3  the plan is missing, does not parse or is invalid; one of several is enough
  4  it could not be carried out: reading or writing failed, or git

`check`, whose work is to find faults, answers 1 for an invalid plan, not 3.
`--exit-zero` turns 1 into 0.
";

/// Without a topic, the short help of the whole program.
pub fn run(topic: Option<&str>) -> Result<Output, Failure> {
    let mut program = Cli::command();
    let Some(topic) = topic else {
        return Ok(Output::text(program.render_help().ansi().to_string()));
    };
    if topic == "exit-status" {
        return Ok(Output::text(EXIT_STATUS.to_owned()));
    }
    program.build();
    if let Some(command) = program.find_subcommand_mut(topic) {
        return Ok(Output::text(command.render_help().ansi().to_string()));
    }
    let commands = program.get_subcommands().map(clap::Command::get_name);
    let topics: Vec<&str> = commands.chain(["exit-status"]).collect();
    let help = match nearest(topic, topics.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there is help on {}", topics.join(", ")),
    };
    Err(Failure::usage(format!("there is no help on `{topic}`"), Some(help)))
}
