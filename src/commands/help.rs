//! `plan help`: on a command, a topic, or a rule of `plan check`.

use clap::{Command, CommandFactory};

use crate::{
    app::{Failure, Output},
    cli::Cli,
    doc::{Block, Doc, Screen},
    model::{
        Action, Amendment, Area, Key, Keyword, Meeting, Owner, Plan, ProgressEntry, Recommendation,
        Record, Revision, Rule, Section, Shape, Verification, nearest,
    },
    output::rule_page,
};

const EXIT_STATUS: &str = "\
Exit status, the same for every --format:

  0  done, nothing to flag; an empty list too
  1  the command found what it looks for: `overdue` something overdue, `check` an error, `diff` a difference,
     `report --verify` a paper that says something else
  2  usage: a flag, word or id that is not known
  3  the plan is missing, does not parse or is invalid; one of several is enough
  4  it could not be carried out: reading or writing failed, or git

`check`, whose work is to find faults, answers 1 for an invalid plan, not 3.
`--exit-zero` turns 1 into 0.
";

/// How entries are written, and what holds of them together; below the keys.
const ENTRIES: &str = "\
Entries are written so:

  progress = [{ on = 2003-06-02, status = \"in-progress\", note = \"…\" }]
  revisions = [
    { on = 2003-07-10, to = \"September 2003\", reason = \"…\", by = \"…\" },
    { on = 2003-09-20, to = \"December 2003\", decision = \"requested\" },
    { on = 2003-10-02, to = \"October 2003\", by = \"…\", decision = \"agreed\" },
  ]

A revision without `decision` is agreed. \"requested\" moves nothing; \"agreed\"
(to that date or another) or \"refused\" (with the date that was asked for)
answers it, with `by`. One request is open at a time, and it lapses when the
work ends.

Lists of entries stand in the order of recording and only grow. An entry older
than one above it has `recorded`, the day on which it was written down. An
entry of progress without a status is an update. A recommendation without
actions has progress of its own. A table named `extra` is yours; any other
unknown key is an error. See `plan help policy` for `[policy]`, and `plan help
timescale` for the words of a timescale.
";

/// The tables of the plan file with their keys, but for the policy, which is a topic of its own.
const TABLES: [(&str, &[Key]); 11] = [
    ("[plan]", Plan::KEYS),
    ("[[plan.section]]", Section::KEYS),
    ("[[area]]", Area::KEYS),
    ("[[owner]]", Owner::KEYS),
    ("[[meeting]]", Meeting::KEYS),
    ("[[recommendation]]", Recommendation::KEYS),
    ("[[recommendation.action]]", Action::KEYS),
    ("progress = [{ … }]", ProgressEntry::KEYS),
    ("revisions = [{ … }]", Revision::KEYS),
    ("verification = [{ … }]", Verification::KEYS),
    ("amendments = [{ … }]", Amendment::KEYS),
];

/// Every key of the plan file with its help.
fn plan_file(screen: Screen) -> String {
    let mut doc = Doc::default();
    doc.say("The plan file, `plan.toml`. A key with a star must be there.");
    for (table, keys) in TABLES {
        doc.gap();
        doc.heading(2, table);
        doc.0.extend(keys.iter().map(key_line));
    }
    doc.gap();
    doc.0.push(Block::Drawing(ENTRIES.to_owned()));
    screen.for_reading().print(&doc)
}

/// A key, a star where it must be there, its help, and the words that it may have.
fn key_line(key: &Key) -> Block {
    /// The help of every key begins at this column.
    const MARGIN: usize = 18;
    let star = if key.is_needed { "*" } else { "" };
    let mut help = key.help.to_owned();
    if let Shape::Word(words) = key.shape {
        help.push_str(&format!(" One of `{}`.", (words.all)().join("`, `")));
    }
    let name = format!("  {:<1$}", format!("{}{star}", key.name), MARGIN - 2);
    Block::Hanging(name.into(), MARGIN, help.into())
}

const TIMESCALE: &str = "\
A timescale is written as the report prints it, in any case:

  \"December 2003\", \"Dec. 2003\", \"2003-12\", \"by end of December 2003\"   a month: due by its last day
  2003-12-31, \"31st December 2003\", \"December 31, 2003\"                a day
  \"2003\", \"by the end of 2003\"                                         a year: due by its last day
  \"Ongoing\"                                                            no end: never overdue
  \"To be agreed\", \"TBA\", \"TBC\", \"TBD\", \"N/A\", or no timescale          no date yet
  \"Complete\"                                                           complete since the plan's date
  \"In place since January 2003\"                                        complete since then

Other words are kept, and `due` beside them says in one of these forms what was agreed that they mean:

  timescale = \"Spring 2025\"
  due = \"2025-05\"

`plan check` proposes the `due` where one reading is likely. The first timescale stays for ever; `plan extend` adds
later ones to `revisions`, each with a `due` of its own where its words need one. With `--request` it asks for one, and
the deadline stays until `plan decide` says what was decided.
";

const POLICY: &str = "\
What a plan asks of itself, under `[policy]`, with the values where nothing is set:

  due_soon_days = 30                       a deadline this near is due soon
  grace_days = 0                           overdue only after so many days more
  priorities = [\"high\", \"medium\", \"low\"]   highest first
  fail_on = \"low\"                          not set: any overdue work makes `overdue` fail
  serial_extensions = 3                    so many extensions of one deadline are remarked on
  completion_needs_evidence = false        `complete` only with evidence
  closure_needs_verification = false       complete is closed only when somebody independent has verified it
  future_entries = false                   entries may be dated ahead
  extensions_need_decision = false         an extension in force that nobody decided is remarked on

Under `[policy.escalate]`, what is brought before the committee: open recommendations past any of these limits.

  days_late = 90                           overdue by so many days or more
  times_extended = 2                       its deadline, or that of an open action, was moved so many times or more
  priority = \"high\"                        only this priority and higher ones; not set: every one

Under `[policy.rag]`, what the colours mean. Each of `red` and `amber` is any of its limits; green is the rest, and
what is complete.

  red = { days_late = 1, outlook = \"off-track\" }
                                           overdue by so many days or more; judged to be this or worse
  amber = { days_left = 30, percent_done_below = 50 }
                                           due within so many days; less of its actions complete, in percent

Under `[policy.max_days]`, how many days after a recommendation was made its due date may lie, by priority:

  high = 30                                a later due date is remarked on

Under `[policy.lints]` each lint is \"error\", \"warning\" or \"off\"; `plan check --list` explains them.
";

const DATES: &str = "\
Dates on the command line:

  2003-12-31, \"31 December 2003\"       a day
  2003-12, \"December 2003\"             a month, where a day is not needed: its last day
  today, yesterday, +30d, -2w          counted from the as-of day; d, w, m and y

`--as-of DATE` answers as the plan stood on that day: later entries do not count. Without it the day is PLAN_AS_OF,
or today. `--at REV|DATE` answers from the plan as it was written at a git revision, or by a day: the last commit of
the first parents that is not later. What has the form of a date is one; write a branch of such a name as
refs/heads/2003-12. `plan changes --since` takes and `last-meeting`.
";

/// The topics that are no commands.
const TOPICS: [Topic; 5] = [
    ("exit-status", |_| EXIT_STATUS.to_owned()),
    ("file", plan_file),
    ("timescale", |_| TIMESCALE.to_owned()),
    ("policy", |_| POLICY.to_owned()),
    ("dates", |_| DATES.to_owned()),
];

/// A name, and its page for a screen.
type Topic = (&'static str, fn(Screen) -> String);

/// Without a topic, the short help of the whole program.
pub fn run(topic: &[String], screen: Screen) -> Result<Output, Failure> {
    let mut program = Cli::command();
    if topic.is_empty() {
        return Ok(Output::text(program.render_help().ansi().to_string()));
    }
    let (words, topic) = (topic, topic.join(" "));
    let topic = topic.as_str();
    if let Some((_, page)) = TOPICS.iter().find(|(name, _)| *name == topic) {
        return Ok(Output::text(page(screen)));
    }
    program.build();
    let below = |command: Option<_>, word: &String| -> Option<&mut Command> {
        command.and_then(|command: &mut Command| command.find_subcommand_mut(word))
    };
    if let Some(command) = words.iter().fold(Some(&mut program), below) {
        return Ok(Output::text(command.render_help().ansi().to_string()));
    }
    if let Some(page) = Rule::from_word(topic).and_then(|rule| rule_page(rule, screen)) {
        return Ok(Output::text(page));
    }
    let commands = program.get_subcommands().map(Command::get_name);
    let topics: Vec<&str> = commands.chain(TOPICS.map(|(name, _)| name)).collect();
    let help = match nearest(topic, topics.iter().copied().chain(Rule::words())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "there is help on {}, and on the rules of `plan check --list`",
            topics.join(", ")
        ),
    };
    Err(Failure::usage(format!("there is no help on `{topic}`"), Some(help)))
}
