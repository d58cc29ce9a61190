//! Converts changes of a plan to insertions at exact positions in the original text. All other bytes of the text stay
//! the same.

use std::ops::Range;

use super::{
    Change,
    layout::{Addition, Below, Insertion, Layout, inline},
    value::{TomlKey, key, own, written},
};
use crate::{
    file::{Origin, Places, TableAt, has_headers, table_at},
    key_path::KeyPath,
    model::{
        Action, AmendKey, Extra, ItemRef, Key, KeyValue, Plan, Position, Recommendation, Record,
        Response,
    },
    plan_diff::Entry,
};

/// The lists that are written as separate tables with headers, such as `[[action]]`, if a plan does not have the list
/// yet.
const TABLES: [&str; 4] = ["recommendation", "action", "area", "meeting"];

/// Returns the insertions into `source` that make `change` in `plan`. Returns `None` if the changed item is written as
/// an inline table, which cannot be extended.
pub fn insertions<'s>(
    source: &'s str,
    places: &mut Places<'s>,
    plan: &Plan,
    change: &Change,
) -> Option<Vec<Insertion>> {
    let mut insertions = match change {
        // The keys that the response does not set stay unchanged.
        Change::Response { recommendation, answer } => {
            let values = answer.values().into_iter().map(|(key, value)| (key, Some(value)));
            let keys = keys_of(values.collect(), source);
            let place = KeyPath::recommendation(*recommendation);
            let (_, table) = places.table(&place)?;
            let above = if table.keys.contains_key("response") { "response" } else { "text" };
            set(source, places, &place, &keys, above)?
        }
        Change::Entry { item, entry: Entry::Amendment(amendment), value } => {
            let keys = written(amendment.key.0, value.as_ref(), source);
            let (place, above) = place_of(*item, amendment.key);
            set(source, places, &place, &keys, above)?
        }
        _ => Vec::new(),
    };
    if let Some(addition) = addition(plan, change, source) {
        insertions.extend(appended(source, places, plan, &addition)?);
    }
    Some(insertions)
}

/// Returns the table at a path, if keys and lists can be added to it. Returns `None` for an inline table.
fn open_table<'t, 's>(
    source: &'s str,
    places: &'t mut Places<'s>,
    place: &KeyPath,
) -> Option<(Layout<'t, 's>, TableAt<'t, 's>)> {
    let (tree, table) = places.table(place)?;
    let is_open = tree.origin(&table.span) != Origin::Braces;
    is_open.then_some((Layout { source, tree }, table))
}

/// Returns the path of the table that contains the amended key: the table of the item, or of one of its entries. Also
/// returns the name of the key below which new keys are inserted.
pub fn place_of(item: Position, AmendKey(_, entry): AmendKey) -> (KeyPath, &'static str) {
    match entry {
        Some((list, index)) => (KeyPath::item(item).key(list).index(index), "on"),
        None => (KeyPath::item(item), "id"),
    }
}

/// Sets keys of the table at a path, and removes those keys that get no value. New keys are inserted below the key
/// `above`.
pub fn set<'s>(
    source: &'s str,
    places: &mut Places<'s>,
    table: &KeyPath,
    keys: &[TomlKey],
    above: &str,
) -> Option<Vec<Insertion>> {
    let (tree, table) = places.table(table)?;
    let layout = Layout { source, tree };
    if tree.origin(&table.span) == Origin::Braces {
        return Some(layout.set_in_braces(&table, keys));
    }
    let set = keys.iter().filter_map(|(key, value)| match value {
        Some(value) => layout.set(&table, key, value, above),
        None => layout.unset(&table, key),
    });
    Some(set.collect())
}

/// Returns the insertions that append an element to a list of the plan.
fn appended<'s>(
    source: &'s str,
    places: &mut Places<'s>,
    plan: &Plan,
    addition: &Addition,
) -> Option<Vec<Insertion>> {
    // Each recommendation is in a separate piece of the text. A new one gets the layout of the last one.
    if let ("recommendation", Some(last)) =
        (addition.list, plan.recommendations.len().checked_sub(1))
        && let Some((layout, last)) = open_table(source, places, &KeyPath::recommendation(last))
    {
        return Some(vec![layout.after_tables(&last, addition)]);
    }
    let (layout, owner) = open_table(source, places, &addition.owner)?;
    let Some(value) = owner.keys.get(addition.list) else {
        return Some(vec![match TABLES.contains(&addition.list) {
            true => layout.first_table(&owner, addition),
            false => layout.new_list(&owner, addition)?,
        }]);
    };
    let items = value.get_ref().as_array()?;
    Some(match has_headers(layout.tree, items) {
        true => vec![layout.after_tables(&table_at(items.last()?)?, addition)],
        false => layout.in_array(value, items, addition),
    })
}

/// Removes elements from the list `list` of the table at the path `owner`. If no element is left, the list itself is
/// removed too, unless `stays` is true.
pub fn removed<'s>(
    source: &'s str,
    places: &mut Places<'s>,
    (owner, list): (KeyPath, &'static str),
    gone: &[usize],
    stays: bool,
) -> Option<Vec<Insertion>> {
    let element = |index: &usize| owner.key(list).index(*index);
    if gone.first().is_some_and(|first| is_under_header(places, &element(first))) {
        // Each element may be in a separate piece of the text, so its piece is looked up first.
        let mut table = |index: &usize| {
            let (tree, table) = places.table(&element(index))?;
            Some(Layout { source, tree }.without_table(&table))
        };
        return gone.iter().map(&mut table).collect();
    }
    let (tree, owner) = places.table(&owner)?;
    let layout = Layout { source, tree };
    let value = owner.keys.get(list)?;
    let items = value.get_ref().as_array()?;
    let stays = stays
        || items.len() > gone.len()
        || tree.origin(&owner.span) == Origin::Braces
        || layout.has_comments(value, items);
    Some(match stays {
        true => layout.without_elements(value, items, gone),
        false => vec![layout.unset(&owner, list)?],
    })
}

fn is_under_header(places: &mut Places<'_>, place: &KeyPath) -> bool {
    let table = places.table(place);
    table.is_some_and(|(tree, table)| tree.origin(&table.span) == Origin::Header)
}

/// Returns the position of the value at a path, in bytes. For a table with a header, this includes everything that
/// belongs to the table.
pub fn whole<'s>(source: &'s str, places: &mut Places<'s>, place: &KeyPath) -> Range<usize> {
    match places.table(place).filter(|(tree, table)| tree.origin(&table.span) == Origin::Header) {
        Some((tree, table)) => Layout { source, tree }.table_bytes(&table),
        None => places.locate(place),
    }
}

/// Returns the element that a change appends to a list of the plan. `None` if the change appends nothing. `file` is the
/// text of the plan.
fn addition(plan: &Plan, change: &Change, file: &str) -> Option<Addition> {
    let (owner, list, keys) = match change {
        Change::Response { .. } => return None,
        Change::Entry { item, entry, .. } => {
            (KeyPath::item(*item), entry.kind().key(), entry.values())
        }
        Change::Action { recommendation, action } => {
            (KeyPath::recommendation(*recommendation), "action", action.values())
        }
        Change::Recommendation(new) => (KeyPath::top(), "recommendation", new.values()),
        Change::Area(area) => (KeyPath::top(), "area", area.values()),
        Change::Meeting(meeting) => (KeyPath::top(), "meeting", meeting.values()),
    };
    let mut keys = said(keys, file);
    if let Change::Recommendation(Recommendation { response: Response::Accepted, .. }) = change {
        // `accepted` is the default response, so the key is not written.
        keys.retain(|(key, _)| *key != "response");
    }
    let (mut lists, mut below) = (Vec::new(), Vec::new());
    match change {
        Change::Recommendation(new) => {
            lists = lists_of(new.item(), file);
            below.extend(extra("[recommendation.extra]", &new.extra));
            for action in &new.actions {
                below.extend(whole_action(new, action, file));
            }
        }
        Change::Action { recommendation, action } => {
            let whole = plan.recommendations.get(*recommendation)?;
            lists = lists_of(whole.item_of(action), file);
            below.extend(extra("[recommendation.action.extra]", &action.extra));
        }
        _ => {}
    }
    Some(Addition { owner, list, keys, lists, below })
}

/// Returns the TOML table of an action, which is written below the table of its new recommendation.
fn whole_action(new: &Recommendation, action: &Action, file: &str) -> impl Iterator<Item = Below> {
    let keys = said(action.values(), file).into_iter();
    let table = Below {
        header: "[[recommendation.action]]",
        keys: keys.map(|(key, value)| (key.to_owned(), value)).collect(),
        lists: lists_of(new.item_of(action), file),
    };
    std::iter::once(table).chain(extra("[recommendation.action.extra]", &action.extra))
}

/// Returns the entries of a new item as TOML, grouped by the list that they belong to.
fn lists_of(item: ItemRef<'_>, file: &str) -> Vec<(&'static str, Vec<String>)> {
    let lists = [
        ("revisions", inline_all(item.revisions(), file)),
        ("progress", inline_all(item.progress(), file)),
        ("verification", inline_all(item.verification(), file)),
        ("amendments", inline_all(item.amendments(), file)),
    ];
    lists.into_iter().filter(|(_, elements)| !elements.is_empty()).collect()
}

fn inline_all<T: Record>(entries: &[T], file: &str) -> Vec<String> {
    entries.iter().map(|entry| inline(&said(entry.values(), file), false)).collect()
}

/// Returns the keys that the users defined themselves as a TOML table with the header `header`. `None` if there are
/// none.
fn extra(header: &'static str, extra: &Extra) -> Option<Below> {
    let keys = extra.iter().map(|(name, value)| (key(name), own(value)));
    (!extra.is_empty()).then(|| Below { header, keys: keys.collect(), lists: Vec::new() })
}

/// Returns those keys that have a value, each with its value as TOML.
fn said(
    values: Vec<(&'static Key, Option<KeyValue<'_>>)>,
    file: &str,
) -> Vec<(&'static str, String)> {
    keys_of(values, file).into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// Returns the keys as TOML, each with its value. A key without a value is kept, with the value `None`.
fn keys_of(values: Vec<(&'static Key, Option<KeyValue<'_>>)>, file: &str) -> Vec<TomlKey> {
    values.into_iter().flat_map(|(key, value)| written(key, value.as_ref(), file)).collect()
}
