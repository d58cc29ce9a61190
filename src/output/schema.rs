//! Builds the JSON Schema of the plan file. Editors use the schema to complete, explain and check keys.

use serde_json::{Map, Value, json};

use super::encoding::pretty_json;
use crate::{
    file::RECORDS,
    model::{Key, Keyword as _, Level, Nested, Rule, Shape, beside},
};

/// A pattern for text with at least one character that is not a space.
const SOME_TEXT: &str = "\\S";
/// A pattern for a date in words, such as `June 2004`. The text must have a digit and no colon.
const A_DATE: &str = "^[^:]*[0-9][^:]*$";
/// A pattern for an id: a letter or digit, followed by letters, digits or any of `. - _ : ( ) /`.
const ID: &str = "^[^\\s!-/:-@\\[-`{-~][^\\s!-'*-,;-@\\[-^`{-~]*$";
/// A pattern for the name of a value in an entry, such as `progress.2.status`.
const WORD_OF_ENTRY: &str = "^(progress|revisions|verification)\\.[1-9][0-9]*\\.[a-z]+$";

/// Returns the JSON Schema of the plan file. The schema uses draft 7 of JSON Schema, which every editor supports.
///
/// # Errors
/// Fails if the schema cannot be written as JSON.
pub fn plan_schema() -> anyhow::Result<String> {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Action plan",
        "description": "A plan file of the program `plan`, version 1 of the format.",
    });
    add(&mut schema, object(RECORDS[0]));
    schema["required"] = json!(["plan"]);
    pretty_json(&schema)
}

fn add(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}

/// Returns the JSON Schema of a table that allows only the given keys.
fn object(Nested { name, keys }: Nested) -> Value {
    let keys = keys.iter().filter(|key| **key != beside::green);
    let needed: Vec<&str> = keys.clone().filter(|key| key.is_needed).map(|key| key.name).collect();
    let properties: Map<_, _> = keys.map(|key| (key.name.to_owned(), property(key))).collect();
    let mut schema =
        json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !needed.is_empty() {
        schema["required"] = json!(needed);
    }
    add(&mut schema, together(name));
    schema
}

/// Returns the rules for combinations of keys in a table, written as JSON Schema.
fn together(table: &str) -> Value {
    match table {
        "a `revisions` entry" => json!({
            "if": {
                "properties": { "decision": { "enum": ["agreed", "refused"] } },
                "required": ["decision"],
                "additionalProperties": true,
            },
            "then": { "required": ["by"], "additionalProperties": true },
        }),
        "`[policy.escalate]`" => {
            json!({ "anyOf": [{ "required": ["days_late"] }, { "required": ["times_extended"] }] })
        }
        // The table of a RAG colour has an empty name. This table must have at least one key.
        "" => json!({ "minProperties": 1 }),
        _ => json!({}),
    }
}

/// Returns the JSON Schema of a key's value, with the title and the help text of the key.
fn property(key: &Key) -> Value {
    let mut property = json!({ "title": key.title, "description": key.help });
    add(&mut property, value(key));
    property
}

fn value(key: &Key) -> Value {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    // JSON Schema has no type for dates. It describes a TOML date as a string of the format `date`.
    let date_or =
        |pattern| json!({ "anyOf": [{ "type": "string", "format": "date" }, text(pattern)] });
    let list = |items: Value| json!({ "type": "array", "items": items });
    let (least, most) = key.range;
    let number = json!({ "type": "integer", "minimum": least, "maximum": most });
    match key.shape {
        Shape::Text => text(SOME_TEXT),
        Shape::Timescale => date_or(SOME_TEXT),
        Shape::Day | Shape::Period => date_or(A_DATE),
        Shape::Id => text(ID),
        Shape::AmendKey(words) => {
            json!({ "anyOf": [{ "type": "string", "enum": (words.all)() }, text(WORD_OF_ENTRY)] })
        }
        Shape::Word(words) => json!({ "type": "string", "enum": (words.all)() }),
        Shape::Owners => json!({ "anyOf": [text(SOME_TEXT), list(text(SOME_TEXT))] }),
        Shape::Texts => list(text(SOME_TEXT)),
        Shape::Number => number,
        Shape::Truth => json!({ "type": "boolean" }),
        Shape::Table(table) => object(table),
        Shape::Tables(table) => list(object(table)),
        Shape::Numbers => json!({ "type": "object", "additionalProperties": number }),
        Shape::Levels => levels(),
        Shape::Extra => json!({ "type": "object", "additionalProperties": true }),
    }
}

/// Returns the JSON Schema of the table in which a plan sets the levels of rules.
fn levels() -> Value {
    let rules = Rule::ALL.iter().filter(|rule| rule.can_be_set());
    let properties: Map<_, _> = rules
        .map(|rule| {
            let level = json!({
                "type": "string", "enum": Level::words(), "description": rule.about(),
                "default": rule.usual_level().word(),
            });
            (rule.word().to_owned(), level)
        })
        .collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}
