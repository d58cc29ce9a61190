//! Tests of all known ways to rewrite a published plan, with the expected findings of the history rules.
//! `tests/rewritings/list.txt` has a line for each; `TRYCMD=overwrite` replaces the findings.

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use action_plan::{
    checks::{history_rules, lints},
    file::{RECORDS, Reader},
    model::{Day, Keyword, Nested, Plan, Rule, Severity, Shape},
    plan_diff::between,
};

/// The separator between the parts of a line.
const BETWEEN: &str = " | ";
/// The result if no finding needs attention.
const PASSES: &str = "passes";

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rewritings").join(name)
}

/// Returns the published plan, and the list of rewritings.
fn files() -> (String, String) {
    let [base, list] =
        ["base.toml", "list.txt"].map(|name| fs::read_to_string(path(name)).unwrap());
    (base, list)
}

fn is_row(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('#')
}

/// Two versions of a plan, and the as-of day of the comparison.
struct Rewriting {
    earlier: String,
    present: String,
    day: Day,
}

impl Rewriting {
    /// Returns the severity and the rule of each finding.
    fn found(&self) -> String {
        let Some(earlier) = decoded(&self.earlier).ok() else {
            return "not compared".to_owned();
        };
        let present = match decoded(&self.present) {
            Ok(present) => present,
            Err(rules) => return format!("no plan: {rules}"),
        };
        let lints = |plan: &Plan| {
            let found = lints(plan, self.day, self.day, |_| true).into_iter();
            found.filter(|finding| finding.rule.is_history_rule()).collect::<Vec<_>>()
        };
        let known: Vec<String> = lints(&earlier).into_iter().map(|known| known.title).collect();
        let differences = between(&earlier, &present);
        let mut found = history_rules::judge(&differences, &earlier, &present, self.day, &[]);
        found.extend(lints(&present).into_iter().filter(|new| !known.contains(&new.title)));
        let found = found.iter().map(|finding| shown(finding.severity, finding.rule));
        let found: Vec<String> = found.collect::<BTreeSet<String>>().into_iter().collect();
        if found.is_empty() { PASSES.to_owned() } else { found.join(", ") }
    }
}

fn shown(severity: Severity, rule: Rule) -> String {
    format!("{} {}", severity.word(), rule.word())
}

/// Returns the plan, or the rules that it breaks.
fn decoded(text: &str) -> Result<Plan, String> {
    Reader::default().decode(text).map(|read| read.plan).map_err(|faults| {
        let rules: BTreeSet<&str> = faults.iter().map(|fault| fault.rule.word()).collect();
        rules.into_iter().collect::<Vec<_>>().join(", ")
    })
}

/// Returns the text after the edits, each written as `X => Y`.
fn edited(base: &str, edits: &str) -> String {
    edits.split(" && ").fold(base.to_owned(), |text, edit| {
        let (old, new) = edit.split_once(" => ").unwrap_or_else(|| panic!("no edit: {edit}"));
        replaced(&text, old, new)
    })
}

/// Returns the text with the first `old` replaced. `\n` stands for a line break.
fn replaced(text: &str, old: &str, new: &str) -> String {
    let [old, new] = [old, new].map(|words| words.replace("\\n", "\n"));
    assert!(text.contains(&old), "the plan has no {old}");
    text.replacen(&old, &new, 1)
}

/// Returns the text without a value. If the value fills whole lines, these lines are removed.
fn without(text: &str, value: &str) -> String {
    let value = value.trim_end_matches("\\n");
    let lines = format!("\n{value}\n").replace("\\n", "\n");
    if text.contains(&lines) { text.replacen(&lines, "\n", 1) } else { replaced(text, value, "") }
}

/// Returns the line with the present findings in place of the recorded ones.
fn looked_at(base: &str, line: &str) -> String {
    let parts: Vec<&str> = line.split(BETWEEN).collect();
    let today: Day = "2003-08-01".parse().unwrap();
    let found = |earlier: String, present: String, day: Day| {
        assert_ne!(earlier, present, "{line}");
        Rewriting { earlier, present, day }.found()
    };
    match parts[..] {
        [name, _, edits] => {
            let (day, edits_then) = match edits.strip_prefix('@').and_then(|at| at.split_once(' '))
            {
                Some((day, rest)) => (day.parse().unwrap(), rest),
                None => (today, edits),
            };
            let found = found(base.to_owned(), edited(base, edits_then), day);
            [name, &found, edits].join(BETWEEN)
        }
        [key, changed, gone, new, edit] => {
            let value = edit.split_once(" => ").map_or(edit, |(value, _)| value);
            let wanted = |said: &str, found: &dyn Fn() -> String| {
                if said == "-" { said.to_owned() } else { found() }
            };
            let bare = || without(base, value);
            let changed = wanted(changed, &|| found(base.to_owned(), edited(base, edit), today));
            let gone = wanted(gone, &|| found(base.to_owned(), bare(), today));
            let new = wanted(new, &|| found(bare(), base.to_owned(), today));
            [key, &changed, &gone, &new, edit].join(BETWEEN)
        }
        _ => panic!("neither three parts nor five: {line}"),
    }
}

#[test]
fn every_rewriting_on_the_list_is_found_at_its_level() {
    let (base, list) = files();
    let now: Vec<String> = list
        .lines()
        .map(|line| if is_row(line) { looked_at(&base, line) } else { line.to_owned() })
        .collect();
    if env::var_os("TRYCMD").is_some_and(|wish| wish == "overwrite") {
        fs::write(path("list.txt"), now.join("\n") + "\n").unwrap();
    }
    let wrong: Vec<String> = list
        .lines()
        .zip(&now)
        .filter(|(said, now)| said != now)
        .map(|(said, now)| format!("said:  {said}\nfound: {now}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let said = list.lines().filter(|line| is_row(line)).flat_map(|line| {
        let parts: Vec<&str> = line.split(BETWEEN).collect();
        parts[1..parts.len() - 1].iter().map(ToString::to_string).collect::<Vec<_>>()
    });
    println!("{} rewritings", said.filter(|said| said != "-").count());
}

#[test]
fn every_key_of_the_format_is_on_the_list() {
    let (_, list) = files();
    let listed: Vec<Vec<&str>> = list.lines().map(|line| line.split(BETWEEN).collect()).collect();
    let mut missing = Vec::new();
    for Nested { name: record, keys } in &RECORDS[1..] {
        let record = record.split('`').nth(1).unwrap_or("signal").trim_matches(['[', ']']);
        for key in *keys {
            let name = format!("{record}.{}", key.name);
            let row = listed.iter().find(|parts| parts.len() == 5 && parts[0] == name);
            // A list and the user's own table have keys of their own.
            let is_outer = matches!(key.shape, Shape::Tables(_) | Shape::Levels | Shape::Extra);
            if row.is_none_or(|parts| !is_outer && !parts[4].contains(key.name)) {
                missing.push(name);
            }
        }
    }
    assert!(missing.is_empty(), "tests/rewritings/list.txt has no line for {missing:?}");
}
