//! `plan completions`: prints shell scripts that complete words, and lists candidate words when such a script asks.

use std::{env, ffi::OsStr, path::PathBuf, str::FromStr as _};

use anyhow::Context as _;
use clap::{Arg, CommandFactory as _};
use clap_complete::{
    CompleteEnv, aot,
    engine::{ArgValueCompleter, CompletionCandidate},
    env::Shells,
};

use super::{decide::Decided, help::topics};
use crate::{
    app::{Context, Failure, Output, Plans},
    cli::{Cli, Color, CompletionsArgs, Global},
    doc::{Screen, text::cut},
    model::{AmendKey, Keyword, Response, Rule, Status, printable},
};

/// The environment variable that a completion script sets to ask for candidates.
const VARIABLE: &str = "PLAN_COMPLETE";
/// The last line of the zsh script. If zsh loads the script from a file named `_plan`, only this line makes the first
/// Tab list candidates.
const ZSH_AUTOLOAD: &[u8] = b"[[ $funcstack[1] != _plan ]] || _clap_dynamic_completer_plan\n";
/// The maximum width, in columns, of a title shown beside an id.
const TITLE: usize = 60;

/// Prints the completion script for a shell.
pub fn run(args: &CompletionsArgs) -> Result<Output, Failure> {
    let shell = args.shell.word();
    let mut script = Vec::new();
    if args.is_static {
        let shell = aot::Shell::from_str(shell).map_err(anyhow::Error::msg)?;
        aot::generate(shell, &mut Cli::command(), "plan", &mut script);
    } else {
        let shells = Shells::builtins();
        let shell = shells.completer(shell).context("there is no script for this shell")?;
        let written = shell.write_registration(VARIABLE, "plan", "plan", "plan", &mut script);
        written.context("cannot write the script")?;
        if args.shell.word() == "zsh" {
            script.extend_from_slice(ZSH_AUTOLOAD);
        }
    }
    Ok(Output::text(String::from_utf8_lossy(&script).into_owned()))
}

/// If a completion script started the program, prints candidate words and returns true. Otherwise, returns false.
///
/// # Errors
/// Fails if the script names an unknown shell.
pub fn answer_shell() -> clap::error::Result<bool> {
    let directory = env::current_dir().ok();
    let quote = quoting(&env::var(VARIABLE).unwrap_or_default());
    let shell = CompleteEnv::with_factory(|| command(quote)).var(VARIABLE);
    shell.try_complete(env::args_os(), directory.as_deref())
}

/// A function that quotes a word so that the shell does not split it.
type Quoting = fn(&str) -> String;

/// Returns the quoting function for a shell. If the shell quotes candidates itself, the function changes nothing.
fn quoting(shell: &str) -> Quoting {
    match shell {
        "bash" => |word| {
            let sign = |sign| if is_plain(sign) { sign.to_string() } else { format!("\\{sign}") };
            word.chars().map(sign).collect()
        },
        "powershell" => |word| match word.chars().all(is_plain) {
            true => word.to_owned(),
            false => format!("'{}'", word.replace('\'', "''")),
        },
        _ => str::to_owned,
    }
}

fn is_plain(sign: char) -> bool {
    sign.is_alphanumeric() || "._-/:,=@+".contains(sign)
}

/// Builds the command-line parser of the program, and gives its arguments the candidates from the plans.
fn command(quote: Quoting) -> clap::Command {
    let words = env::args_os().skip_while(|word| word != "--");
    let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    with_candidates(Cli::command(), &Candidates::of(&words), quote)
}

/// Returns the values of `--file` in the words of a command line.
fn files(words: &[String]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "-f" | "--file" => files.extend(words.next().map(PathBuf::from)),
            word => {
                let file = word.strip_prefix("--file=");
                files.extend(file.or_else(|| word.strip_prefix("-f")).map(PathBuf::from));
            }
        }
    }
    files
}

fn with_candidates(command: clap::Command, all: &Candidates, quote: Quoting) -> clap::Command {
    let taught = command.mut_args(|arg| match all.of_word(&arg) {
        Some(words) => arg.add(ArgValueCompleter::new(move |begun: &OsStr| {
            // The candidates are compared without quotes, so remove the quotes and backslashes that the user typed.
            let begun = begun.to_string_lossy().replace(['\\', '\'', '"'], "");
            let fitting = words.iter().filter(|(word, _)| word.starts_with(&begun));
            let shown = fitting.map(|(word, help)| {
                CompletionCandidate::new(quote(word)).help(help.clone().map(Into::into))
            });
            shown.collect()
        })),
        None => arg,
    });
    taught.mut_subcommands(|below| with_candidates(below, all, quote))
}

/// A candidate word, and its description if it has one.
type Candidate = (String, Option<String>);

/// The candidates that come from the plans, one list for each kind of word.
#[derive(Default)]
struct Candidates {
    /// True if the command line already names an item, so that the next word may be a value, such as a status.
    has_item: bool,
    items: Vec<Candidate>,
    areas: Vec<Candidate>,
    owners: Vec<Candidate>,
    priorities: Vec<Candidate>,
}

impl Candidates {
    /// Reads the candidates from the plans that a command line names. The lists are empty if no plan can be read.
    fn of(words: &[String]) -> Self {
        let global = Global { file: files(words), as_of: None, color: Color::Never };
        let screen = Screen { width: None, has_links: false };
        let plans = Context::new(global, screen).and_then(|context| context.plans());
        let all = plans.map(|plans| Self::in_plans(&plans)).unwrap_or_default();
        let has_item = all.items.iter().any(|(id, _)| words.contains(id));
        Self { has_item, ..all }
    }

    fn in_plans(plans: &Plans) -> Self {
        let mut all = Self::default();
        let portfolio = &plans.portfolio;
        for row in
            portfolio.rows(false).iter().flat_map(|row| [*row].into_iter().chain(row.actions()))
        {
            all.items.push(explained(&row.shown_id(), row.title().unwrap_or(row.item().text())));
        }
        for view in &portfolio.views {
            let plan = &view.plan;
            all.areas.extend(plan.areas.iter().map(|area| explained(&area.id, &area.title)));
            let named = plan.owners.iter().map(|owner| owner.name.as_str());
            let of_items = plan.recommendations.iter().flat_map(|whole| whole.owners());
            let mut owners: Vec<&str> = named.chain(of_items).collect();
            owners.sort_unstable();
            owners.dedup();
            all.owners.extend(owners.into_iter().map(plain));
            all.priorities.extend(plan.policy.priorities.iter().map(|word| plain(word)));
        }
        all
    }

    /// Returns the candidates of an argument, or `None` if there are no candidates for this argument.
    fn of_word(&self, arg: &Arg) -> Option<Vec<Candidate>> {
        let rules = || Rule::ALL.iter().filter(|rule| rule.can_be_set()).map(|rule| rule.word());
        let items_and = |last: Vec<&str>| {
            let last = words(last.into_iter().filter(|_| self.has_item));
            last.into_iter().chain(self.items.clone()).collect()
        };
        Some(match (arg.get_id().as_str(), arg.is_positional()) {
            ("ids" | "id" | "recommendation" | "ids_and_text" | "ids_and_timescale", true) => {
                self.items.clone()
            }
            ("ids_and_status", _) => items_and(Status::words()),
            ("ids_and_response", _) => items_and(Response::words()),
            ("ids_and_answer", _) => items_and(Decided::words()),
            ("words", _) => items_and(AmendKey::words().collect()),
            ("area", _) => self.areas.clone(),
            ("owner" | "more", _) => self.owners.clone(),
            ("priority" | "fail_on", _) => self.priorities.clone(),
            ("deny", _) => words(rules().chain(["warnings"])),
            ("warn" | "allow", _) => words(rules()),
            ("topic", _) => words(topics()),
            _ => return None,
        })
    }
}

fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<Candidate> {
    words.into_iter().map(plain).collect()
}

fn plain(word: &str) -> Candidate {
    (printable(word), None)
}

fn explained(word: &str, words: &str) -> Candidate {
    (printable(word), Some(printable(&cut(words, TITLE, "…"))))
}
