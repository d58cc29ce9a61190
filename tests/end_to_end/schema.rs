//! Tests of `plan schema`: every plan satisfies the schema, and the schema finds all errors that a schema can find.

use std::{env, fs, path::Path};

use action_plan::file::Reader;
use jsonschema::Validator;
use serde_json::Value;

use crate::support::{answer, files, plan};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    let told = answer(plan(root()).arg("schema"));
    assert_eq!(told.status, 0, "{}", told.stderr);
    serde_json::from_str(&told.stdout).unwrap()
}

/// Converts a TOML value for a schema as editors do: dates become strings.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, item)| (key, json(item))).collect()
        }
    }
}

/// Returns the errors that the schema finds in a plan file.
fn faults(validator: &Validator, text: &str) -> Vec<String> {
    let value = json(toml::Value::Table(toml::from_str(text).unwrap()));
    validator
        .iter_errors(&value)
        .map(|error| format!("{} {error}", error.instance_path()))
        .collect()
}

fn is_plan(text: &str) -> bool {
    Reader::default().decode(text).is_ok()
}

#[test]
fn every_plan_is_as_the_schema_says() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    let mut count = 0;
    for path in files("", ".toml").into_iter().chain([root().join("plan.toml")]) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if is_plan(&text) {
            count += 1;
            let faults = faults(&validator, &text);
            assert!(faults.is_empty(), "{}: {}", path.display(), faults.join("\n"));
        }
    }
    assert!(count > 50, "only {count} plans were found");
}

#[test]
fn the_examples_of_valid_and_invalid_plans_are_told_apart() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    for path in files("schema/valid", ".toml") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(is_plan(&text), "{} is no plan", path.display());
    }
    for path in files("schema/invalid", ".toml") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!is_plan(&text), "{} is a plan", path.display());
        assert!(!faults(&validator, &text).is_empty(), "the schema lets {} pass", path.display());
    }
}

#[test]
fn a_plan_with_every_key_is_among_the_valid_ones_and_every_key_has_a_sentence() {
    fn keys(schema: &Value, value: &Value, at: &str) {
        if let (Some(known), Some(table)) = (schema["properties"].as_object(), value.as_object()) {
            for (key, property) in known {
                let help = property["description"].as_str().unwrap_or_default();
                assert!(help.ends_with(['.', '?']), "{at}.{key}: {help:?}");
                // All rules have the same kind of level.
                if let Some(value) = table.get(key) {
                    keys(property, value, &format!("{at}.{key}"));
                }
            }
        }
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        for key in schema["items"]["properties"].as_object().into_iter().flatten().map(|it| it.0) {
            assert!(items.iter().any(|item| item.get(key).is_some()), "no {at}.{key}");
        }
        items.iter().for_each(|item| keys(&schema["items"], item, at));
    }
    let text = fs::read_to_string(root().join("tests/schema/valid/every_key.toml")).unwrap();
    keys(&schema(), &json(toml::Value::Table(toml::from_str(&text).unwrap())), "");
}

#[test]
fn the_schema_in_the_documents_is_the_present_one() {
    let path = root().join("docs/json/plan.schema.json");
    let told = answer(plan(root()).arg("schema")).stdout;
    // `DOCUMENTS=overwrite cargo test --test end_to_end schema` writes the present schema.
    if env::var("DOCUMENTS").is_ok_and(|what| what == "overwrite") {
        fs::write(&path, &told).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == told, "docs/json/plan.schema.json is stale");
}
