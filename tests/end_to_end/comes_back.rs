//! A plan that is exported, and imported by the mapping that `plan export` prints, is the same plan in everything that the
//! tables hold.

use std::{fs, path::Path};

use action_plan::{
    file::Reader,
    model::{Dated, Id, ItemRef, Key, KeyValue, Plan, Record, paragraphs, to_single_line},
};
use proptest::{
    prelude::{Strategy, any},
    prop_assert_eq, proptest,
    test_runner::Config,
};
use tempfile::TempDir;

use crate::support::{answer, plan};

/// Later than every entry.
const DAY: &str = "2028-01-01";
/// The keys that no table holds. An area keeps its id; its title, like meetings, owners and policy, is the plan's own.
const NOT_HELD: [&str; 2] = ["verification", "amendments"];

fn decode(text: &str) -> Plan {
    Reader::default().decode(text).map_err(|faults| faults[0].title.clone()).unwrap().plan
}

fn run(directory: &Path, words: &[&str]) -> String {
    let told = answer(plan(directory).args(words).env("PLAN_AS_OF", DAY));
    assert_eq!(told.status, 0, "{words:?}: {}{}", told.stdout, told.stderr);
    told.stdout
}

/// How much of a text a table holds.
#[derive(Clone, Copy, PartialEq)]
enum Held {
    Paragraphs,
    /// A cell of csv is one line, and a table that is imported later is recorded later.
    OneLine,
}

fn said(value: &KeyValue<'_>, held: Held) -> String {
    match held {
        Held::Paragraphs => paragraphs(&value.words()).join("\n\n"),
        Held::OneLine => to_single_line(&value.words()),
    }
}

fn values(record: &impl Record, held: Held) -> Vec<(&'static str, String)> {
    let is_held = |key: &Key| held == Held::Paragraphs || key.name != "recorded";
    let values = record.values().into_iter().filter(|(key, _)| is_held(key));
    values.filter_map(|(key, value)| Some((key.name, said(&value?, held)))).collect()
}

/// Everything that the tables hold of an item. Entries stand by their days.
fn held_of(item: ItemRef<'_>, held: Held) -> Vec<String> {
    fn entries<T: Record + Dated>(entries: &[T], held: Held) -> Vec<String> {
        let mut all: Vec<_> = entries.iter().collect();
        all.sort_by_key(|entry| entry.on());
        let mut all: Vec<String> =
            all.iter().map(|entry| format!("{:?}", values(*entry, held))).collect();
        all.sort();
        all
    }
    let own = match item.action {
        Some(action) => values(action, held),
        None => values(item.recommendation, held),
    };
    let own = own.into_iter().filter(|(key, _)| !NOT_HELD.contains(key));
    let extra = format!("extra {}", serde_json::to_string(item.extra()).unwrap());
    own.map(|(key, value)| format!("{key} {value}"))
        .chain([extra])
        .chain(entries(item.progress(), held))
        .chain(entries(item.revisions(), held))
        .collect()
}

fn held_in(plan: &Plan, held: Held) -> Vec<(Id, Vec<String>)> {
    plan.items().map(|item| (item.id().clone(), held_of(item, held))).collect()
}

/// The plan that comes back from its workbook, from where it was exported, and what is told of the import into itself.
fn through_workbook(text: &str) -> (Plan, String) {
    let directory = TempDir::new().unwrap();
    let path = directory.path();
    fs::write(path.join("plan.toml"), text).unwrap();
    run(path, &["export", "-o", "plan.xlsx"]);
    fs::write(path.join("map.toml"), run(path, &["export", "--mapping"])).unwrap();
    let import = ["import", "plan.xlsx", "--map", "map.toml", "--into"];
    let told = run(path, &[&import[..], &["plan.toml"]].concat());
    assert_eq!(fs::read_to_string(path.join("plan.toml")).unwrap(), text, "{told}");
    assert!(!told.contains("The file differs"), "{told}");
    let told = run(path, &[&import[..], &["back.toml"]].concat());
    (decode(&fs::read_to_string(path.join("back.toml")).unwrap()), told)
}

fn through_csv(text: &str) -> Plan {
    let directory = TempDir::new().unwrap();
    let path = directory.path();
    fs::write(path.join("plan.toml"), text).unwrap();
    for table in ["recommendations", "actions", "extensions", "updates"] {
        let (file, map) = (format!("{table}.csv"), format!("{table}.toml"));
        run(path, &["export", "--table", table, "-o", &file]);
        run(path, &["export", "--table", table, "--mapping", "-o", &map]);
    }
    for table in ["recommendations", "actions", "extensions", "updates"] {
        let (file, map) = (format!("{table}.csv"), format!("{table}.toml"));
        run(path, &["import", &file, "--map", &map, "--into", "back.toml"]);
    }
    decode(&fs::read_to_string(path.join("back.toml")).unwrap())
}

/// Keys that the generator does not write, each with its place: after the id of a recommendation, or instead of a line.
const MORE: [(&str, &str); 8] = [
    ("id", "ref = \"0{}/23\"\n"),
    ("id", "title = \"=Title {}\"\ndate = 2023-02-0{}\n"),
    ("id", "owner = [\"Director\", \"Board, the whole\"]\n"),
    ("id", "review = \"2026-05\"\n"),
    ("id", "extra = { \"Audit ref\" = \"a; b\", cost = 1200, is_new = true }\n"),
    (
        "timescale = \"Ongoing\"",
        "timescale = \"Spring 2026,\\nthen continuous\"\ndue = \"2026-05\"",
    ),
    (
        "by = \"Director\" },\n",
        "by = \"Director\" },\n  { on = 2025-04-01, to = \"in the third quarter\", due = \"December 2029\", by = \"Director\", decision = \"requested\" },\n  { on = 2025-05-01, to = 2029-11-30, by = \"PPRC\", decision = \"agreed\" },\n",
    ),
    (
        "  { on = 2024-02-0",
        "  { on = 2024-02-12, note = \"First.\\n\\nSecond.\", by = \"Clerk\" },\n  { on = 2024-02-01, recorded = 2024-02-13, note = \"Late news.\" },\n  { on = 2024-02-2",
    ),
];

/// A generated plan with some of these keys.
fn plans() -> impl Strategy<Value = String> {
    (1usize..6, any::<u64>(), any::<u8>()).prop_map(|(count, seed, more)| {
        let chosen = MORE.iter().enumerate().filter(|(bit, _)| more & (1 << bit) > 0);
        chosen.fold(generate_plan::plan(count, seed), |text, (_, (place, line))| match *place {
            "id" => (1..=count).fold(text, |text, number| {
                let id = format!("[[recommendation]]\nid = \"{number}\"\n");
                let line = line.replace("{}", &number.to_string());
                text.replacen(&id, &format!("{id}{line}"), 1)
            }),
            place => text.replace(place, line),
        })
    })
}

proptest! {
    #![proptest_config(Config { cases: 16, failure_persistence: None, ..Config::default() })]
    #[test]
    fn a_workbook_brings_back_all_that_its_sheets_hold(text in plans()) {
        let old = decode(&text);
        let (new, _) = through_workbook(&text);
        prop_assert_eq!(held_in(&new, Held::Paragraphs), held_in(&old, Held::Paragraphs));
        prop_assert_eq!((&new.title, new.date), (&old.title, old.date));
        prop_assert_eq!(&new.policy.priorities, &old.policy.priorities);
        let areas = |plan: &Plan| plan.recommendations.iter().map(|one| one.area.clone()).collect::<Vec<_>>();
        prop_assert_eq!(areas(&new), areas(&old));
    }

    #[test]
    fn csv_tables_bring_back_all_but_paragraphs_and_days_of_recording(text in plans()) {
        let (old, new) = (decode(&text), through_csv(&text));
        prop_assert_eq!(held_in(&new, Held::OneLine), held_in(&old, Held::OneLine));
    }
}

#[test]
fn plans_with_every_key_come_back() {
    for text in [
        include_str!("../../plan.toml"),
        include_str!("../paper/plan.toml"),
        include_str!("../cases/model/a_plan_of_every_feature.in/plan.toml"),
        include_str!("../rewritings/base.toml"),
        include_str!("../cases/everyday/priorities_may_be_numbers.in/plan.toml"),
        include_str!(
            "../cases/everyday/awaited_answers_late_recommendations_and_outlooks_are_recorded_and_told.in/plan.toml"
        ),
        include_str!("../cases/everyday/an_item_is_found_by_its_printed_number.in/plan.toml"),
    ] {
        let old = decode(text);
        let (new, told) = through_workbook(text);
        assert_eq!(held_in(&new, Held::Paragraphs), held_in(&old, Held::Paragraphs), "{told}");
    }
}
