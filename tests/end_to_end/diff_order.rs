//! Tests of the order of differences: `plan diff` on two plans that differ in everything.

use crate::support::{Repository, answer, plan};
use serde_json::Value;

const EARLIER: &str = include_str!("../diff_order/earlier.toml");
const PRESENT: &str = include_str!("../diff_order/present.toml");

/// Returns the output of `plan diff` in a format. The output is not a screen.
fn diff(format: &str) -> String {
    let repository = Repository::new(EARLIER);
    repository.write("plan.toml", PRESENT);
    let mut program = plan(repository.path());
    let answer = answer(program.env_remove("COLUMNS").args(["diff", "--format", format]));
    assert_eq!(answer.status, 1, "{}", answer.stderr);
    answer.stdout
}

#[test]
fn the_differences_of_two_plans_are_told_in_one_order() {
    assert_eq!(diff("table"), include_str!("../diff_order/table.txt"));
}

/// Each line has the id, the change, the key, the values before and after, and the value before an entry.
#[test]
fn the_same_order_and_the_values_of_each_key_are_in_json() {
    let diff: Value = serde_json::from_str(&diff("json")).unwrap();
    let row = |row: &Value| {
        let values = ["id", "change", "key", "old", "new", "before"].map(|name| row[name].clone());
        format!("{}\n", Value::from(values.to_vec()))
    };
    let rows: String = diff["rows"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(rows, include_str!("../diff_order/rows.jsonl"));
}
