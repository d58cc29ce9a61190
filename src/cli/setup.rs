//! The flags of commands that set things up: a new plan, completions, manual pages, the schema.

use std::path::PathBuf;

use clap::Args;

use super::values::{parse_day, words};
use crate::model::{When, vocabulary};

#[derive(Debug, Default, Args)]
pub struct InitArgs {
    /// Title of the plan [default: Action plan]
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// Responsible organisation
    #[arg(long, value_name = "WHO")]
    pub body: Option<String>,

    /// Committee that receives the reports
    #[arg(long, value_name = "WHO")]
    pub committee: Option<String>,

    /// Day the plan was published [default: the as-of day]
    #[arg(short = 'd', long, value_name = "DATE", value_parser = parse_day, allow_hyphen_values = true)]
    pub date: Option<When>,

    /// Also write AGENTS.md, which explains the plan to coding agents; if a plan exists, write only AGENTS.md
    #[arg(long)]
    pub agents: bool,
}

vocabulary! {
    /// A shell for which completion is available.
    Shell {
        Bash = "bash",
        Zsh = "zsh",
        Fish = "fish",
        Powershell = "powershell",
        Elvish = "elvish",
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
The script asks `plan` for the ids, areas, owners and priorities of the plan.

Examples:
  echo 'source <(plan completions bash)' >> ~/.bashrc
  echo 'source <(plan completions zsh)' >> ~/.zshrc
  plan completions fish > ~/.config/fish/completions/plan.fish
  plan completions powershell >> $PROFILE")]
pub struct CompletionsArgs {
    /// Shell to write the script for
    #[arg(value_name = "SHELL", value_parser = words::<Shell>())]
    pub shell: Shell,

    /// Complete only commands and flags, without asking `plan`
    #[arg(long = "static")]
    pub is_static: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  plan man | man -l -             read the main page
  plan man ~/.local/share/man/man1")]
pub struct ManArgs {
    /// Write a page for each command into this directory [default: the main page, to standard output]
    #[arg(value_name = "DIR")]
    pub directory: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Editors that support TOML read the line `#:schema` at the top of a plan. They
complete and explain keys, and mark errors. Save the schema next to the plan:

  plan schema -o plan.schema.json")]
pub struct SchemaArgs {
    /// Write the schema to this file, replacing it
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
