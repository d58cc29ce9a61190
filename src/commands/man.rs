//! `plan man`: writes a manual page for each command.

use std::fs;

use anyhow::Context as _;
use clap::{Command, CommandFactory as _};
use clap_mangen::{
    Man,
    roff::{Roff, roman},
};

use super::help::EXIT_STATUSES;
use crate::{
    app::{Failure, Output},
    cli::{Cli, ManArgs},
    file,
};

/// Prints the main page, or writes all pages into a directory.
pub fn run(args: &ManArgs) -> Result<Output, Failure> {
    let mut program = Cli::command();
    program.build();
    let Some(directory) = &args.directory else {
        let page = page(&program).context("cannot write the page")?;
        return Ok(Output::text(String::from_utf8_lossy(&page).into_owned()));
    };
    let shown = file::printable_path(directory);
    fs::create_dir_all(directory).with_context(|| format!("{shown}: cannot be created"))?;
    let commands = with_below(&program);
    for command in &commands {
        let page = page(command).context("cannot write a page")?;
        file::replace(&directory.join(Man::new((*command).clone()).get_filename()), &page)?;
    }
    Ok(Output::notice(format!("{shown}: {} pages written\n", commands.len())))
}

/// Returns a command and all its subcommands at every depth.
fn with_below(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().flat_map(with_below);
    std::iter::once(command).chain(below).collect()
}

fn page(command: &Command) -> std::io::Result<Vec<u8>> {
    let man = Man::new(command.clone()).manual("plan");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let mut rest = Roff::new();
    let notes = command.get_before_help().into_iter().chain(command.get_after_help());
    let notes: Vec<String> = notes.map(ToString::to_string).collect();
    if !notes.is_empty() {
        rest.control("SH", ["NOTES"]);
        notes.iter().for_each(|notes| lines(&mut rest, notes));
    }
    rest.control("SH", ["EXIT STATUS"]);
    for (status, meaning) in EXIT_STATUSES {
        rest.control("TP", []).text([roman(status.to_string())]).text([roman(meaning)]);
    }
    rest.to_writer(&mut page)?;
    Ok(page)
}

/// Adds text as paragraphs. Indented lines keep their line breaks.
fn lines(roff: &mut Roff, text: &str) {
    let mut is_set_in = false;
    for line in text.lines() {
        if line.starts_with(' ') != is_set_in && !line.is_empty() {
            is_set_in = !is_set_in;
            roff.control(if is_set_in { "nf" } else { "fi" }, []);
        }
        match line {
            "" => roff.control("PP", []),
            line => roff.text([roman(line)]),
        };
    }
    roff.control("fi", []).control("PP", []);
}
