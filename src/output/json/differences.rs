//! Writes the differences between two versions of a plan as JSON, with one row per difference.

use serde_json::{Value, json};

use super::{extend, keyed_values};
use crate::{
    model::{KeyValue, Keyword},
    output::{Changed, PlanDiff, PlanLog, change_text::phrase, fact_value::FactValue},
    plan_diff::{ChangeKind, Difference, Entry, Item, ItemChange, KeyChange, PlanChange},
};

/// Returns the differences of a plan as JSON, one row per difference.
pub fn of_plan(plan: &PlanDiff<'_>) -> impl Iterator<Item = Value> {
    plan.differences.iter().map(|difference| {
        let mut row = json!({ "file": plan.path });
        extend(&mut row, changed(difference, phrase(difference, None).plain()));
        row["name"] = plan.name(difference).into();
        row
    })
}

/// Returns the changes in the log of a plan as JSON, one row per change.
pub fn of_log(plan: &PlanLog<'_>) -> impl Iterator<Item = Value> {
    plan.changes.iter().map(|change| {
        let commit = change.commit.as_ref();
        let mut row = json!({
            "file": plan.path,
            "day": commit.map(|commit| commit.day),
            "author": commit.map(|commit| &commit.author),
            "commit": commit.map(|commit| &commit.name),
            "days_later": change.days_later(),
            "late": change.is_late(),
            "unreadable": matches!(change.what, Changed::Unreadable(_)),
        });
        let words = change.phrase().plain();
        extend(
            &mut row,
            match &change.what {
                Changed::Difference(difference) => changed(difference, words),
                Changed::Unreadable(_) => json!({
                    "id": null, "item": null, "change": null, "key": null,
                    "old": null, "new": null, "before": null, "words": words,
                }),
            },
        );
        row
    })
}

/// Returns a difference as JSON. `words` describes the difference for people.
fn changed(difference: &Difference, words: String) -> Value {
    let (change, key, old, new) = values(difference);
    let before = match &difference.change {
        ChangeKind::Entry { before, .. } => value(before.as_ref()),
        _ => Value::Null,
    };
    json!({
        "id": id(&difference.item), "item": difference.item.kind(), "change": change, "key": key,
        "old": old, "new": new, "before": before,
        "words": words,
    })
}

fn id(item: &Item) -> Option<String> {
    match item {
        Item::Plan | Item::Policy => None,
        Item::Section(heading) => Some(heading.clone()),
        Item::Area(name) | Item::Owner(name) => Some(name.clone()),
        Item::Meeting(date) => Some(date.iso()),
        Item::Recommendation(id) | Item::Action(id) => Some(id.to_string()),
    }
}

/// Returns the kind of change, the changed key in the plan file, and the values before and after the change.
fn values(difference: &Difference) -> (&'static str, Option<String>, Value, Value) {
    let of_key = |key: String, old: Value, new: Value| {
        let change = match (&old, &new) {
            (Value::Null, _) => "added",
            (_, Value::Null) => "dropped",
            _ => "changed",
        };
        (change, Some(key), old, new)
    };
    match &difference.change {
        ChangeKind::Key(KeyChange { key, old, new, .. }) => {
            of_key(key.to_string(), value(old.as_ref()), value(new.as_ref()))
        }
        ChangeKind::Entry { old, new, .. } => {
            let key = old.as_ref().or(new.as_ref()).map_or("", |entry| entry.kind().word());
            let recorded = |entry: &Option<Entry>| {
                entry.as_ref().map_or(Value::Null, |entry| keyed_values(entry.values()))
            };
            of_key(key.to_owned(), recorded(old), recorded(new))
        }
        ChangeKind::Item(ItemChange::Added { name, .. }) => {
            ("added", None, Value::Null, json!(name))
        }
        ChangeKind::Item(ItemChange::Dropped { name }) => {
            let name = name.clone().or_else(|| id(&difference.item));
            ("dropped", None, json!(name), Value::Null)
        }
        ChangeKind::Item(ItemChange::Replaced { old, new }) => {
            ("replaced", None, json!(old), json!(new))
        }
        ChangeKind::Plan(PlanChange::Gone) => ("dropped", None, Value::Null, Value::Null),
        ChangeKind::Plan(_) => ("added", None, Value::Null, Value::Null),
    }
}

/// Returns the value of a key as JSON. Several owners become one text.
fn value(value: Option<&KeyValue<'_>>) -> Value {
    match value {
        None => Value::Null,
        Some(owners @ KeyValue::Owners(_)) => owners.words().into(),
        Some(value) => json!(FactValue::from(value.clone())),
    }
}
