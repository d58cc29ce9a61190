//! What differs between versions, in JSON: one row a difference, its values under the keys of the plan file.

use serde_json::{Value, json};

use super::{extend, said};
use crate::{
    model::{Keyword, Timescale},
    output::{
        Changed, PlanDiff, PlanLog,
        change_text::{phrase, plain_line},
    },
    plan_diff::{Before, ChangeKind, Difference, Entry, Item, Setting},
};

/// The differences of a plan.
pub fn of_plan(plan: &PlanDiff<'_>) -> impl Iterator<Item = Value> {
    plan.differences.iter().map(|difference| {
        let mut row = json!({ "file": plan.path });
        extend(&mut row, changed(difference, plain_line(&phrase(difference, None))));
        row["name"] = plan.name(difference).into();
        row
    })
}

/// The changes of a plan, each with its commit.
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
        let words = plain_line(&change.phrase());
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

/// A difference: what it is about, what was done to which key, and the same in words.
fn changed(difference: &Difference, words: String) -> Value {
    let (change, key, old, new) = values(difference);
    let before = match &difference.what {
        ChangeKind::EntryAdded { before: Before::Status(status), .. } => json!(status.word()),
        ChangeKind::EntryAdded { before: Before::Timescale(before), .. } => {
            wording(before.as_ref())
        }
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
        Item::Plan => None,
        Item::Section(heading) => Some(heading.clone()),
        Item::Area(id) => Some(id.clone()),
        Item::Meeting(date) => Some(date.iso()),
        Item::Recommendation(id) | Item::Action(id) => Some(id.to_string()),
    }
}

/// What was done, the key of the plan file that it was done to, and the value before and after.
fn values(difference: &Difference) -> (&'static str, Option<String>, Value, Value) {
    let of_key = |key: &str, old: Value, new: Value| {
        let change = match (&old, &new) {
            (Value::Null, _) => "added",
            (_, Value::Null) => "dropped",
            _ => "changed",
        };
        (change, Some(key.to_owned()), old, new)
    };
    match &difference.what {
        ChangeKind::Begun { .. } => ("added", None, Value::Null, Value::Null),
        ChangeKind::Back => ("added", None, Value::Null, Value::Null),
        ChangeKind::Gone => ("dropped", None, Value::Null, Value::Null),
        ChangeKind::Added { name, .. } => ("added", None, Value::Null, json!(name)),
        ChangeKind::Dropped { name, renamed: None } => ("dropped", None, json!(name), Value::Null),
        ChangeKind::Dropped { renamed: Some(id), .. } => {
            of_key("id", json!(self::id(&difference.item)), json!(id.as_str()))
        }
        ChangeKind::Replaced { old, new } => ("replaced", None, json!(old), json!(new)),
        ChangeKind::Text { key, old, new } | ChangeKind::Field { key, old, new } => {
            of_key(key, json!(old), json!(new))
        }
        ChangeKind::Published { old, new } => of_key("date", json!(old), json!(new)),
        ChangeKind::Response { old, new } => {
            of_key("response", json!(old.word()), json!(new.word()))
        }
        ChangeKind::Answered { response, .. } => {
            of_key("response", json!("awaited"), json!(response.word()))
        }
        ChangeKind::ResponseOn { old, new } => of_key("response_on", json!(old), json!(new)),
        ChangeKind::Made { old, new } => of_key("date", json!(old), json!(new)),
        ChangeKind::Timescale { old, new } => {
            of_key("timescale", wording(old.as_ref()), wording(new.as_ref()))
        }
        ChangeKind::Meeting { old, new: None } => ("dropped", None, json!(old.iso()), Value::Null),
        ChangeKind::Meeting { old, new: Some(new) } => {
            of_key("date", json!(old.iso()), json!(new.iso()))
        }
        ChangeKind::EntryAdded { entry, .. } => {
            of_key(entry.kind().key(), Value::Null, recorded(entry))
        }
        ChangeKind::EntryChanged { old, new } => {
            of_key(old.kind().key(), recorded(old), recorded(new))
        }
        ChangeKind::EntryDeleted { entry } => {
            of_key(entry.kind().key(), recorded(entry), Value::Null)
        }
        ChangeKind::Level { rule, old, new } => {
            of_key(rule.word(), json!(old.word()), json!(new.word()))
        }
        ChangeKind::Priorities { old, new } => of_key("priorities", json!(old), json!(new)),
        ChangeKind::Setting { key, old, new } => of_key(key, setting(*old), setting(*new)),
        ChangeKind::FailOn { old, new } => of_key("fail_on", json!(old), json!(new)),
        ChangeKind::Escalation { old, new } => of_key("escalate", shown(old), shown(new)),
        ChangeKind::Rag { old, new } => of_key("rag", shown(old), shown(new)),
        ChangeKind::Extra { key, old, new } => {
            of_key(&format!("extra.{key}"), json!(old), json!(new))
        }
    }
}

fn wording(timescale: Option<&Timescale>) -> Value {
    timescale.map(|timescale| timescale.wording.as_str()).into()
}

fn shown(rule: &Option<impl ToString>) -> Value {
    rule.as_ref().map(ToString::to_string).into()
}

fn setting(setting: Setting) -> Value {
    match setting {
        Setting::Truth(truth) => truth.into(),
        Setting::Number(number) => number.into(),
    }
}

fn recorded(recorded: &Entry) -> Value {
    match recorded {
        Entry::Progress(entry) => said(entry),
        Entry::Revision(entry) => said(entry),
        Entry::Verification(entry) => said(entry),
        Entry::Amendment(entry) => said(entry),
    }
}
