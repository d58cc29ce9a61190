//! Tests of random sequences of commands in real repositories: every undo is exact to the byte, or is refused with
//! advice.

use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, TestRunner},
};

use crate::support::{PLAN, Repository};

/// Items whose lists have every layout, and a pending response.
const LAYOUTS: &str = r#"
[[meeting]]
date = 2003-11-20 # the first

[[recommendation]]
id = "7"
title = "Lists"
text = "Lay the lists out in every way."
timescale = "To be agreed"
revisions = [ ]
amendments = [
]

[[recommendation.action]]
id = "7.1"
text = "One line."
progress = [{ on = 2003-06-01, status = "in-progress" }]
revisions = [ { on = 2003-06-01, to = "July 2003", reason = "a ] b , # c" }, ] # after

[[recommendation.action]]
id = "7.2"
text = "Tables."
timescale = "Spring 2004" # as printed
due = "2004-05"

  [[recommendation.action.progress]]
  on = 2003-06-01
  status = "in-progress" # c

[[recommendation.action]]
id = "7.3"
owner = ["A", "B"]
text = "No comma."
progress = [
  { on = 2003-06-01, status = "in-progress" } # no comma, ]
]

[[recommendation]]
id = "9"
text = "Answer this."
response = "awaited" # since May
timescale = "TBC"
"#;

/// Returns the plans to change: with the usual layout, with CRLF line breaks, and without the last line break.
fn plans() -> [String; 3] {
    let plan = format!("{PLAN}{LAYOUTS}");
    [plan.replace('\n', "\r\n"), plan.trim_end().to_owned(), plan]
}

/// Generates a command without its day.
fn command() -> impl Strategy<Value = Vec<&'static str>> {
    let item = || select(vec!["1", "3", "7", "1.1", "1.2", "2.1", "3.1", "7.1", "7.2", "7.3"]);
    let status = select(vec!["in-progress", "complete", "not-started", "superseded"]);
    let date = select(vec!["May 2004", "2004-08-31", "Ongoing"]);
    let value = select(vec![
        ["owner", "Social Care"],
        ["owner", "Health"],
        ["text", "Something else entirely was meant here."],
        ["timescale", "June 2004"],
        ["title", "Indicators"],
        ["area", "reviews"],
        ["review", "2004-05"],
        ["progress.1.note", "Other words."],
        ["progress.1.evidence", "other.pdf"],
        ["progress.2.by", "Director"],
        ["revisions.1.reason", "Another reason"],
    ]);
    let added: Vec<Vec<&str>> = vec![
        vec!["add", "recommendation", "--text", "Look again.", "--timescale", "May 2004"],
        vec!["add", "recommendation", "--text", "Ask.", "--response", "awaited"],
        vec!["add", "action", "1", "--text", "Look again."],
        vec!["add", "action", "9", "--text", "Look for the first time."],
        vec!["add", "meeting", "2004-02", "--title", "Spring"],
        vec!["add", "area", "Another area"],
        vec!["respond", "9", "accepted", "--response-text", "Yes.", "--timescale", "May 2004"],
        vec!["respond", "9", "rejected"],
        vec!["respond", "3", "accepted", "--response-text", "Later words."],
        vec!["respond", "9", "accepted", "--response-text", "Later words."],
        vec!["verify", "2", "--by", "Internal Audit", "--refuse", "--note", "Not yet."],
        vec!["verify", "1", "--by", "Internal Audit"],
        vec!["amend", "7.2", "timescale", "Summer 2004", "--due", "2004-08", "--reason", "Slip"],
    ];
    prop_oneof![
        4 => (item(), status).prop_map(|(id, status)| vec!["mark", id, status, "--note", "Said."]),
        2 => item().prop_map(|id| vec!["note", id, "Heard # of ] it"]),
        2 => (item(), date.clone()).prop_map(|(id, to)| vec!["extend", id, to, "--reason", "Staff"]),
        1 => (item(), date).prop_map(|(id, to)| vec!["extend", id, to, "--reason", "S", "--request"]),
        1 => item().prop_map(|id| vec!["decide", id, "agree", "--by", "PPRC"]),
        3 => (item(), value).prop_map(|(id, [key, value])| vec!["amend", id, key, value, "--reason", "Slip"]),
        4 => select(added),
    ]
}

/// Returns the ids for undoing a command, from the command and its output.
fn names(words: &[&str], said: &str) -> String {
    match words {
        ["add", "meeting", date, ..] => (*date).to_owned(),
        ["add", ..] => said.split_whitespace().nth(2).unwrap().to_owned(),
        [_, id, ..] => (*id).to_owned(),
        _ => unreachable!(),
    }
}

/// Returns the action in a line of the output of `mark`.
fn marked_action(line: &str) -> Option<&str> {
    let (id, said) = line.split_once(": ")?;
    (id.contains('.') && !id.contains(' ') && said.contains(" → ")).then_some(id)
}

/// Returns the list in which a command records.
fn list(words: &[&str]) -> &'static str {
    match words[0] {
        "mark" | "note" => "progress",
        "extend" | "decide" => "revisions",
        "verify" => "verification",
        "amend" => "amendments",
        _ => "response",
    }
}

#[derive(Default)]
struct Counts {
    commands: usize,
    exact: usize,
    after_naming: usize,
    refused: usize,
    all: usize,
}

/// Undoes the last entry, and names the list if this is required. Returns `None` if the undo is refused.
fn undone(
    repository: &Repository,
    words: &[&str],
    (name, actions): (&str, &[&str]),
    counts: &mut Counts,
) -> Option<()> {
    let before = repository.text();
    let answer = repository.plan(&["undo", name]);
    if answer.status == 0 {
        counts.exact += 1;
        return Some(());
    }
    assert_eq!(answer.status, 2, "{words:?}: {}", answer.stderr);
    assert!(answer.stderr.contains("help: "), "{words:?}: {}", answer.stderr);
    assert_eq!(repository.text(), before);
    let answer = match (words[0], name.contains('.')) {
        ("mark", false) if !actions.is_empty() => {
            // This is the command that the help proposes for the marked actions.
            let ids = actions.join(" ");
            assert!(answer.stderr.contains(&format!("plan undo {ids}")), "{}", answer.stderr);
            repository.plan(&[&["undo"], actions].concat())
        }
        _ => repository.plan(&["undo", name, "--only", list(words)]),
    };
    if answer.status == 0 {
        counts.after_naming += 1;
        return Some(());
    }
    assert_eq!(answer.status, 2, "{words:?}: {}", answer.stderr);
    assert_eq!(repository.text(), before);
    counts.refused += 1;
    None
}

/// Runs a sequence of commands, each on the same day as the previous one or later, then undoes all of them.
fn try_sequence(plan: &str, commands: &[(Vec<&'static str>, u8)], cut: Index, counts: &mut Counts) {
    let repository = Repository::new(plan);
    let mut committed = plan.to_owned();
    let mut recorded = Vec::new();
    let mut day = 1;
    let cut = cut.index(commands.len() * 2);
    for (position, (words, later)) in commands.iter().enumerate() {
        if position == cut {
            repository.commit("Record");
            committed = repository.text();
            recorded.clear();
        }
        day += u32::from(*later);
        let before = repository.text();
        let on = format!("2003-08-{day:02}");
        // Equal notes of several actions come from one command.
        let note = format!("Said {position}.");
        let told = words.iter().map(|word| if *word == "Said." { &note } else { *word });
        let told: Vec<&str> = told.chain(["--as-of", on.as_str()]).collect();
        let answer = repository.plan(&told);
        if answer.status == 0 && repository.text() != before {
            counts.commands += 1;
            let name = names(words, &answer.stderr);
            recorded.push((words, name, answer.stderr, before));
        }
    }
    let last = repository.text();
    while let Some((words, name, said, before)) = recorded.pop() {
        let actions: Vec<&str> = said.lines().filter_map(marked_action).collect();
        if undone(&repository, words, (&name, &actions), counts).is_none() {
            repository.write("plan.toml", &before);
        }
        assert_eq!(repository.text(), before, "{words:?} on {commands:?}");
    }
    repository.write("plan.toml", &last);
    if last != committed {
        let answer = repository.plan(&["undo", "--all"]);
        assert_eq!(answer.status, 0, "{commands:?}: {}", answer.stderr);
        counts.all += 1;
    }
    assert_eq!(repository.text(), committed, "{commands:?}");
}

#[test]
fn every_undo_is_exact_to_the_byte_or_refused_with_what_to_do() {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config =
        Config { cases: cases.unwrap_or(24), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let commands = prop::collection::vec((command(), 0..3_u8), 1..9);
    let sequence = (0..3_usize, commands, any::<Index>());
    let counts = std::cell::RefCell::new(Counts::default());
    let run = runner.run(&sequence, |(layout, commands, cut)| {
        try_sequence(&plans()[layout], &commands, cut, &mut counts.borrow_mut());
        Ok(())
    });
    let Counts { commands, exact, after_naming, refused, all } = counts.into_inner();
    println!(
        "{commands} commands: {exact} taken back at once, {after_naming} after naming the list, {refused} refused; {all} times all"
    );
    if let Err(failure) = run {
        panic!("{failure}");
    }
    assert!(refused * 20 <= commands, "{refused} of {commands} are refused");
}
