//! Converts changes of a plan to insertions into the text of the plan. All other bytes of the text stay the same.

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
        Action, AmendKey, Dated, Extra, ItemRef, Keyword, Plan, Position, Recommendation, Record,
        Response, Values,
    },
    plan_diff::Entry,
};

/// The lists whose first element is written as a table with a `[[…]]` header. Any other list is begun as an array:
/// `key = [ … ]`.
const TABLES: [&str; 4] = ["recommendation", "action", "area", "meeting"];

/// The insertions into a text, or `None` if they are impossible, for example in an inline table.
type Insertions = Option<Vec<Insertion>>;

/// Returns the insertions that make the change in the text of `places`. Returns `None` if the changed item is an inline
/// table, to which nothing can be added.
pub fn insertions(places: &mut Places<'_>, plan: &Plan, change: &Change) -> Insertions {
    let source = places.source;
    let mut insertions = match change {
        Change::Response { recommendation, answer } => {
            let values = answer.values().into_iter().map(|(key, value)| (key, Some(value)));
            let keys = keys_of(values.collect(), source);
            let place = KeyPath::recommendation(*recommendation);
            let (_, table) = places.table(&place)?;
            let above = if table.keys.contains_key("response") { "response" } else { "text" };
            set(places, &place, &keys, above)?
        }
        Change::Entry { item, entry: Entry::Amendment(amendment), value } => {
            let keys = written(amendment.key.0, value.as_ref(), source);
            let (place, above) = place_of(*item, amendment.key);
            set(places, &place, &keys, above)?
        }
        _ => Vec::new(),
    };
    if let Some(addition) = addition(plan, change, source) {
        insertions.extend(appended(places, plan, &addition)?);
    }
    Some(insertions)
}

/// A table, and the layout of the text around it.
type InLayout<'t, 's> = (Layout<'t, 's>, TableAt<'t, 's>);

/// Returns the table at the path `place`, if there is one.
fn table_in<'t, 's>(places: &'t mut Places<'s>, place: &KeyPath) -> Option<InLayout<'t, 's>> {
    let source = places.source;
    let (tree, table) = places.table(place)?;
    Some((Layout { source, tree }, table))
}

/// Returns the table at the path `place`. Returns `None` for an inline table, to which lines cannot be added.
fn open_table<'t, 's>(places: &'t mut Places<'s>, place: &KeyPath) -> Option<InLayout<'t, 's>> {
    table_in(places, place).filter(|(layout, table)| !layout.is_in_braces(table))
}

/// Returns the path of the table that contains the amended key. Also returns the key below which the amended key is
/// inserted if the table does not have it yet.
pub fn place_of(item: Position, AmendKey(_, entry): AmendKey) -> (KeyPath, &'static str) {
    match entry {
        Some((list, index)) => (KeyPath::item(item).key(list).index(index), "on"),
        None => (KeyPath::item(item), "id"),
    }
}

/// Returns the changes of the text that set the keys `keys` of the table at the path `table`. Keys without a value are
/// removed, and new keys are inserted below the key `above`.
pub fn set(places: &mut Places<'_>, table: &KeyPath, keys: &[TomlKey], above: &str) -> Insertions {
    let (layout, table) = table_in(places, table)?;
    if layout.is_in_braces(&table) {
        return Some(layout.set_in_braces(&table, keys));
    }
    let set = keys.iter().filter_map(|(key, value)| match value {
        Some(value) => layout.set(&table, key, value, above),
        None => layout.unset(&table, key),
    });
    Some(set.collect())
}

/// Returns the insertions that append an element to a list of the plan.
fn appended(places: &mut Places<'_>, plan: &Plan, addition: &Addition) -> Insertions {
    // A new recommendation is inserted below the last one. For this, only the text of the last one is parsed.
    if let ("recommendation", Some(last)) =
        (addition.list, plan.recommendations.len().checked_sub(1))
        && let Some((layout, last)) = open_table(places, &KeyPath::recommendation(last))
    {
        return Some(vec![layout.after_tables(&last, addition)]);
    }
    let (layout, owner) = open_table(places, &addition.owner)?;
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

/// Returns the changes of the text that remove the elements with the indexes `gone` from the list. The list belongs to
/// the table at the path `owner`. If `stays` is false, a list that becomes empty is removed too, unless it contains
/// comments or belongs to an inline table.
pub fn removed(
    places: &mut Places<'_>,
    (owner, list): (KeyPath, &'static str),
    gone: &[usize],
    stays: bool,
) -> Insertions {
    let element = |index: &usize| owner.key(list).index(*index);
    if gone.first().is_some_and(|first| is_under_header(places, &element(first))) {
        // The elements may be in different pieces of the text, so the piece is looked up for each element.
        let mut table = |index: &usize| {
            let (layout, table) = table_in(places, &element(index))?;
            Some(layout.without_table(&table))
        };
        return gone.iter().map(&mut table).collect();
    }
    let (layout, owner) = table_in(places, &owner)?;
    let value = owner.keys.get(list)?;
    let items = value.get_ref().as_array()?;
    let spans = layout.spans(value, items);
    let stays = stays
        || items.len() > gone.len()
        || layout.is_in_braces(&owner)
        || layout.has_comments(&spans);
    Some(match stays {
        true => layout.fewer(&spans, gone),
        false => vec![layout.unset(&owner, list)?],
    })
}

fn is_under_header(places: &mut Places<'_>, place: &KeyPath) -> bool {
    let table = places.table(place);
    table.is_some_and(|(tree, table)| tree.origin(&table.span) == Origin::Header)
}

/// Returns the byte range of the value at the path `place`. The range of a table with a header includes its keys and
/// subtables.
pub fn whole(places: &mut Places<'_>, place: &KeyPath) -> Range<usize> {
    let is_under_header =
        |(layout, table): &InLayout<'_, '_>| layout.tree.origin(&table.span) == Origin::Header;
    match table_in(places, place).filter(is_under_header) {
        Some((layout, table)) => {
            layout.tree.bytes(table.span.clone()).start..layout.table_end(&table)
        }
        None => places.locate(place),
    }
}

/// Returns the element that a change appends to a list of the plan. Returns `None` if the change appends no element.
fn addition(plan: &Plan, change: &Change, file: &str) -> Option<Addition> {
    let (owner, list, keys) = match change {
        Change::Response { .. } => return None,
        Change::Entry { item, entry, .. } => {
            (KeyPath::item(*item), entry.kind().word(), entry.values())
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
        // `accepted` is the default response, so the key `response` is not written.
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

/// Returns the TOML tables of an action of a new recommendation: the action itself, and its table of user-defined keys.
fn whole_action(new: &Recommendation, action: &Action, file: &str) -> impl Iterator<Item = Below> {
    let keys = said(action.values(), file).into_iter();
    let table = Below {
        header: "[[recommendation.action]]",
        keys: keys.map(|(key, value)| (key.to_owned(), value)).collect(),
        lists: lists_of(new.item_of(action), file),
    };
    std::iter::once(table).chain(extra("[recommendation.action.extra]", &action.extra))
}

/// Returns the entries of a new item as TOML, grouped by the names of the lists that contain them.
fn lists_of(item: ItemRef<'_>, file: &str) -> Vec<(&'static str, Vec<String>)> {
    let element = |entry: &dyn Dated| inline(&said(entry.key_values(), file), false);
    let lists = item.lists().into_iter().filter(|(_, entries)| !entries.is_empty());
    lists.map(|(list, entries)| (list, entries.into_iter().map(element).collect())).collect()
}

/// Returns the user-defined keys `extra` as a TOML table with the header `header`. Returns `None` if there are no such
/// keys.
fn extra(header: &'static str, extra: &Extra) -> Option<Below> {
    let keys = extra.iter().map(|(name, value)| (key(name), own(value)));
    (!extra.is_empty()).then(|| Below { header, keys: keys.collect(), lists: Vec::new() })
}

/// Returns the keys that have a value, each with the value as TOML.
fn said(values: Values<'_>, file: &str) -> Vec<(&'static str, String)> {
    keys_of(values, file).into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// Returns all keys, each with its value as TOML or with `None` if the key has no value.
fn keys_of(values: Values<'_>, file: &str) -> Vec<TomlKey> {
    values.into_iter().flat_map(|(key, value)| written(key, value.as_ref(), file)).collect()
}
