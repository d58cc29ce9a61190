//! `plan help`: prints help on a command, a topic, or a rule of `plan check`.

use clap::{Arg, Command, CommandFactory};
use serde_json::{Value, json};

use crate::{
    app::{Context, Failure, Output},
    cli::{Cli, HelpArgs, group, in_groups},
    doc::{Block, Doc, Screen},
    file::RECORDS,
    model::{Key, Keyword, Nested, Rule, Shape, nearest},
    output::{Answer, HELP_WIDTH, Help, help_page, section},
};

const README: &str = include_str!("../../README.md");
const CHECKS: &str = include_str!("../../docs/checks.md");

/// The exit statuses of the program and their meanings.
pub const EXIT_STATUSES: [(u8, &str); 5] = [
    (0, "success, and nothing to report; an empty list is not a failure"),
    (
        1,
        "the command found what it looks for: an overdue item (`overdue`), an error (`check`), a \
         difference (`diff`), a contradiction (`report --verify`)",
    ),
    (2, "the command line is wrong: an unknown flag, word or id"),
    (3, "the plan, or one of several plans, is missing or invalid"),
    (4, "the command failed: a file could not be read or written, or git failed"),
];

fn exit_status(screen: Screen) -> String {
    let mut doc = Doc::default();
    doc.say("Exit status, the same for every --format:");
    doc.gap();
    for (status, meaning) in EXIT_STATUSES {
        doc.0.push(Block::Hanging(format!("  {status}  ").into(), 5, meaning.into()));
    }
    doc.gap();
    doc.say(
        "If the plan is invalid, `plan check` exits with 1, not 3. `--exit-zero` turns 1 into 0.",
    );
    screen.at_most(HELP_WIDTH).print(&doc)
}

/// The help on entries, which follows the help on the keys of the plan file.
const ENTRIES: &str = include_str!("../../templates/entries.txt");

/// Returns the help on the keys of the plan file. The keys of the policy have a topic of their own.
fn plan_file(screen: Screen) -> String {
    let mut doc = Doc::default();
    doc.say("The keys of `plan.toml`. Keys marked with a star are required.");
    for Nested { name, keys } in RECORDS.iter() {
        let heading = match name.split('`').nth(1) {
            None => continue,
            Some(header) if header.starts_with("[policy") => continue,
            Some(header) if header.starts_with('[') => header.to_owned(),
            Some(list) => format!("{list} = [{{ … }}]"),
        };
        doc.gap();
        doc.heading(2, heading);
        doc.0.extend(keys.iter().map(key_line));
    }
    doc.gap();
    doc.0.push(Block::Drawing(ENTRIES.to_owned()));
    screen.at_most(HELP_WIDTH).print(&doc)
}

/// Formats the help on one key of the plan file. A star after the name marks a required key.
fn key_line(key: &Key) -> Block {
    /// The column at which the meanings of the keys begin.
    const MARGIN: usize = 18;
    let star = if key.is_needed { "*" } else { "" };
    let mut help = key.help.to_owned();
    if let Shape::Word(words) = key.shape {
        help.push_str(&format!(" One of `{}`.", (words.all)().join("`, `")));
    }
    let name = format!("  {:<1$}", format!("{}{star}", key.name), MARGIN - 2);
    Block::Hanging(name.into(), MARGIN, help.into())
}

const TOPICS: [Topic; 5] = [
    ("start", |screen| help_page(section(README, "## Start your own").unwrap_or_default(), screen)),
    ("dates", |screen| help_page(include_str!("../../docs/dates.md"), screen)),
    ("file", plan_file),
    ("policy", |screen| help_page(include_str!("../../docs/policy.md"), screen)),
    ("exit-status", exit_status),
];

/// The name of a topic, and the function that renders its page.
type Topic = (&'static str, fn(Screen) -> String);

/// Prints the page of a topic. Without a topic, prints the short help of the whole program.
pub fn run(args: &HelpArgs, context: &Context) -> Result<Output, Failure> {
    let mut program = Cli::command();
    program.build();
    let page = page(&args.topic, &program, context.screen)?;
    let commands = json!({
        "exit_statuses": EXIT_STATUSES.map(|(status, meaning)| json!({ "status": status, "meaning": meaning })),
        "everywhere": program.get_arguments().filter(|arg| arg.is_global_set()).map(argument).collect::<Vec<_>>(),
        "rows": rows(&program, &args.topic.join(" ")),
    });
    let help = Help { page, as_of: context.as_of(), commands };
    Ok(Output::text(context.print(&args.output, &Answer::Help(&help))?))
}

/// Returns the help on a command, a topic or a rule.
fn page(words: &[String], program: &Command, screen: Screen) -> Result<String, Failure> {
    let topic = words.join(" ");
    let topic = topic.as_str();
    if let Some((_, page)) = TOPICS.iter().find(|(name, _)| *name == topic) {
        return Ok(page(screen));
    }
    let found = words
        .iter()
        .try_fold(program.clone(), |command, word| command.find_subcommand(word).cloned());
    if let Some(mut command) = found {
        return Ok(in_groups(&command.render_help().ansi().to_string()));
    }
    let rule = Rule::from_word(topic).and_then(|_| section(CHECKS, &format!("### {topic}")));
    if let Some(section) = rule {
        return Ok(help_page(section, screen));
    }
    let commands = program.get_subcommands().map(Command::get_name);
    let help = match nearest(topic, commands.chain(topics())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "`plan --help` lists the commands, and `plan check --list` the rules; the topics are {}",
            TOPICS.map(|(name, _)| name).join(", ")
        ),
    };
    Err(Failure::usage(format!("there is no help on `{topic}`"), Some(help)))
}

/// Returns the names of the help topics and of the rules.
pub fn topics() -> Vec<&'static str> {
    TOPICS.into_iter().map(|(name, _)| name).chain(Rule::words()).collect()
}

/// Returns a JSON description of each command that `topic` names, or of every command if `topic` is empty.
fn rows(program: &Command, topic: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut of_group = "";
    for command in program.get_subcommands() {
        of_group = group(command.get_name()).unwrap_or(of_group);
        let below: Vec<&Command> = command.get_subcommands().collect();
        let all = if below.is_empty() { vec![command] } else { below };
        for command in all {
            let name = command.get_bin_name().unwrap_or_default();
            let name = name.split_once(' ').map_or(name, |(_, name)| name);
            let is_named = name == topic || name.starts_with(&format!("{topic} "));
            if topic.is_empty() || is_named {
                rows.push(row(name, of_group, command));
            }
        }
    }
    rows
}

fn row(name: &str, group: &str, command: &Command) -> Value {
    let text = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
    let own = command.get_arguments().filter(|arg| !arg.is_global_set() && !arg.is_hide_set());
    json!({
        "id": name,
        "group": group,
        "about": text(command.get_about()),
        "usage": command.clone().render_usage().to_string().trim_start_matches("Usage: "),
        "arguments": own.map(argument).collect::<Vec<_>>(),
        "notes": text(command.get_after_help()),
    })
}

/// Returns a JSON description of a flag or a positional argument.
fn argument(arg: &Arg) -> Value {
    let long = arg.get_long().map(|long| format!("--{long}"));
    let short = arg.get_short().map(|short| format!("-{short}"));
    let takes_value = arg.get_action().takes_values();
    let names = arg.get_value_names().unwrap_or_default();
    let is_several =
        arg.get_num_args().is_some_and(|count| count.max_values() > names.len().max(1))
            || matches!(arg.get_action(), clap::ArgAction::Append);
    let words = arg.get_possible_values().into_iter().filter(|_| takes_value);
    json!({
        "flags": long.into_iter().chain(short).collect::<Vec<_>>(),
        "value": takes_value.then(|| names.join(" ")),
        "required": arg.is_required_set(),
        "several": takes_value && is_several,
        "one_of": words.map(|word| word.get_name().to_owned()).collect::<Vec<_>>(),
        "help": arg.get_help().map(ToString::to_string),
    })
}
