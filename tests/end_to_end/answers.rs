//! Compares the answers of `--json` with their schemas in docs/json, for all plans of the cases.

use std::{fs, path::Path};

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::{PLAN, Repository, answer, files, plan, quiet};

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json");

fn file(kind: &str) -> String {
    let path = Path::new(DIRECTORY).join(format!("{kind}.schema.json"));
    fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()))
}

/// Returns the schema for a kind of answer. The published schema permits additional keys; here, every key must be
/// listed in the schema.
fn schema(kind: &str) -> Validator {
    let text = file(kind).replace("\"row.schema.json\"", "\"#/$defs/row\"");
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    schema["$defs"] = json!({ "row": serde_json::from_str::<Value>(&file("row")).unwrap() });
    schema["unevaluatedProperties"] = false.into();
    if kind != "status" {
        schema["properties"]["rows"]["items"]["unevaluatedProperties"] = false.into();
    }
    jsonschema::validator_for(&schema).unwrap()
}

/// Requests an answer as JSON and compares it with the schema of its kind. An invalid plan has no answer.
fn compare(directory: &Path, words: &[&str], known: &mut Vec<(String, Validator)>) {
    let told = answer(plan(directory).args(words).arg("--json")).stdout;
    let Ok(value) = serde_json::from_str::<Value>(&told) else {
        assert_eq!(told, "", "{words:?}");
        return;
    };
    let kind = value["kind"].as_str().unwrap().to_owned();
    if !known.iter().any(|(name, _)| *name == kind) {
        known.push((kind.clone(), schema(&kind)));
    }
    let (_, schema) = known.iter().find(|(name, _)| *name == kind).unwrap();
    let faults =
        schema.iter_errors(&value).map(|error| format!("{} {error}", error.instance_path()));
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{words:?} of {}: {}", directory.display(), faults.join("\n"));
}

#[test]
fn every_answer_is_as_its_schema_says() {
    let mut known = Vec::new();
    for path in files("cases", "plan.toml") {
        let directory = path.parent().unwrap();
        for words in [
            &["status", "--by", "owner"][..],
            &["list", "--actions"],
            &["overdue", "--within", "60d"],
            &["check"],
        ] {
            compare(directory, &[words, &["--as-of", "2004-06-30"]].concat(), &mut known);
        }
    }
    let every_key = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema/valid/every_key.toml");
    let repository = Repository::new(&fs::read_to_string(every_key).unwrap());
    for (message, text) in [("Replace the plan", PLAN.to_owned()), ("Change it quietly", quiet())] {
        repository.write("plan.toml", &text);
        repository.commit(message);
    }
    for words in [
        &["show", "1", "1.1"][..],
        &["show", "R1", "R1(a)", "R2", "--at", "HEAD~2"],
        &["timeline", "--actions"],
        &["changes", "--since", "2003-05-08"],
        &["burnup", "--by-entry"],
        &["burnup"],
        &["log"],
        &["diff", "HEAD~2", "HEAD~1"],
        &["diff", "HEAD~1"],
        &["check", "--against", "HEAD~1"],
        &["check", "--list"],
        &["help"],
    ] {
        compare(repository.path(), words, &mut known);
    }
    let mut kinds: Vec<String> = known.into_iter().map(|(kind, _)| kind).collect();
    kinds.extend(["plan", "row"].map(str::to_owned));
    kinds.sort();
    let schemas = fs::read_dir(DIRECTORY).unwrap().map(|entry| entry.unwrap().file_name());
    let mut schemas: Vec<String> = schemas
        .map(|name| name.to_str().unwrap().trim_end_matches(".schema.json").to_owned())
        .collect();
    schemas.sort();
    assert_eq!(kinds, schemas);
}
