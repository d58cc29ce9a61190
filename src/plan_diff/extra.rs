//! The user's own tables in two versions.

use serde_json::Value;

use super::{Both, ChangeKind, Comparison, same_words};
use crate::model::Extra;

impl Comparison {
    pub(super) fn extra(&mut self, both: &Both, old: &Extra, new: &Extra) {
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let (old, new) = (old.get(key), new.get(key));
            if !old.zip(new).is_some_and(|(old, new)| is_same(old, new)) {
                let what =
                    ChangeKind::Extra { key: key.clone(), old: old.cloned(), new: new.cloned() };
                self.add(both, both.key("extra"), what);
            }
        }
    }
}

/// Whether two values say the same: texts in the same words, tables in any order.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => same_words(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(key, value): (&String, &Value)| {
                other.get(key).is_some_and(|other| is_same(value, other))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        (one, other) => one == other,
    }
}
