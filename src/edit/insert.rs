//! Changes as insertions at known bytes of the original text: everything else stays as it is, to the byte.

use super::{
    Change,
    layout::{Addition, Insertion, Layout},
    value::{TomlKey, written},
};
use crate::{
    file::{Origin, Places, has_headers, table_at},
    key_path::KeyPath,
    model::{Plan, Recommendation, Record, Response},
};

/// The lists whose elements are written as tables of their own where the list does not exist yet.
const TABLES: [&str; 4] = ["recommendation", "action", "area", "meeting"];

/// Where and what to insert so that `change` is made to `plan`; `None` if its place is not in the text.
pub fn insertions(
    source: &str,
    places: &mut Places<'_>,
    plan: &Plan,
    change: &Change,
) -> Option<Vec<Insertion>> {
    let mut insertions = match change {
        // What the answer does not say stays as it is.
        Change::Response { target, answer } => {
            let said = answer.values().into_iter();
            let keys: Vec<TomlKey> =
                said.flat_map(|(key, value)| written(key, Some(&value), source)).collect();
            set(source, places, &KeyPath::recommendation(*target), &keys, "response")?
        }
        Change::Amendment { target, value, amendment } => {
            let keys = written(amendment.key.0, value.as_ref(), source);
            set(source, places, &target.place(), &keys, "id")?
        }
        _ => Vec::new(),
    };
    if let Some(addition) = addition(change, source) {
        insertions.extend(appended(source, places, plan, &addition)?);
    }
    Some(insertions)
}

/// Sets the keys of a table, new ones below the key `above`, and takes out those without a value.
fn set(
    source: &str,
    places: &mut Places<'_>,
    table: &KeyPath,
    keys: &[TomlKey],
    above: &str,
) -> Option<Vec<Insertion>> {
    let (tree, table) = places.table(table)?;
    let layout = Layout { source, tree };
    let set = keys.iter().filter_map(|(key, value)| match value {
        Some(value) => Some(layout.set(&table, key, value, above)),
        None => layout.unset(&table, key),
    });
    Some(set.collect())
}

/// What is appended to a list.
fn appended(
    source: &str,
    places: &mut Places<'_>,
    plan: &Plan,
    addition: &Addition,
) -> Option<Vec<Insertion>> {
    // Recommendations stand in pieces of their own: the last one has the layout for the next.
    if let ("recommendation", Some(last)) =
        (addition.list, plan.recommendations.len().checked_sub(1))
    {
        let (tree, table) = places.table(&KeyPath::recommendation(last))?;
        let layout = Layout { source, tree };
        if tree.origin(&table.span) == Origin::Header {
            return Some(vec![layout.after_tables(&table, addition)]);
        }
    }
    let (tree, owner) = places.table(&addition.owner)?;
    let layout = Layout { source, tree };
    match owner.keys.get(addition.list) {
        Some(value) => {
            let items = value.get_ref().as_array()?;
            if has_headers(tree, items) {
                let last = table_at(items.last()?)?;
                Some(vec![layout.after_tables(&last, addition)])
            } else {
                Some(layout.in_array(value, items, addition))
            }
        }
        None if tree.origin(&owner.span) == Origin::Braces => {
            let list = format!("[{}]", addition.inline(false));
            Some(vec![layout.in_braces(&owner, addition.list, &list)])
        }
        None if TABLES.contains(&addition.list) => Some(vec![layout.first_table(&owner, addition)]),
        None => Some(vec![layout.new_list(&owner, addition)]),
    }
}

/// What a change appends to the text `file`; `None` where it appends nothing.
fn addition(change: &Change, file: &str) -> Option<Addition> {
    let (owner, list, keys) = match change {
        Change::Response { .. } => return None,
        Change::Progress { target, entry } => (target.place(), "progress", keys_of(entry, file)),
        Change::Revision { target, revision } => {
            (target.place(), "revisions", keys_of(revision, file))
        }
        Change::Verification { target, entry } => {
            (KeyPath::recommendation(*target), "verification", keys_of(entry, file))
        }
        Change::Amendment { target, amendment, .. } => {
            (target.place(), "amendments", keys_of(amendment, file))
        }
        Change::Recommendation(new) => {
            (KeyPath::top(), "recommendation", recommendation_keys(new, file))
        }
        Change::Action { target, action } => {
            (KeyPath::recommendation(*target), "action", keys_of(action, file))
        }
        Change::Area(area) => (KeyPath::top(), "area", keys_of(area, file)),
        Change::Meeting(meeting) => (KeyPath::top(), "meeting", keys_of(meeting, file)),
    };
    let keys = keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    Some(Addition { owner, list, keys })
}

/// The keys of a record with their values as TOML.
fn keys_of(record: &impl Record, file: &str) -> Vec<TomlKey> {
    record
        .values()
        .into_iter()
        .flat_map(|(key, value)| written(key, value.as_ref(), file))
        .collect()
}

/// A new recommendation's keys. An answer that is as good as none is not written.
fn recommendation_keys(new: &Recommendation, file: &str) -> Vec<TomlKey> {
    let mut keys = keys_of(new, file);
    keys.retain(|(key, _)| *key != "response" || new.response != Response::default());
    keys
}
