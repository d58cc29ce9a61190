//! Removes recorded entries and items from a plan, if they are not committed yet.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use super::{
    Unchanged, Wanted,
    change::{Lists, set, shared},
    insert::{self, place_of, removed, whole},
    layout::splice,
    recorded::{Recorded, answer_keys, recorded_since, table},
    refuse,
    value::{TomlKey, written},
};
use crate::{
    file::{Places, PlanText, Reader},
    key_path::KeyPath,
    model::{AmendKey, KeyValue, Plan, Position, to_single_line},
    plan_diff::Entry,
};

/// The result of `plan undo`: the new text of the plan, and the entries and items that were removed.
#[derive(Debug)]
pub struct TakenBack {
    pub text: String,
    pub things: Vec<Thing>,
}

/// A description of a removed entry or item, for messages.
#[derive(Debug)]
pub struct Thing {
    /// A description such as `the revision of 2003-07-10 on recommendation 5`.
    pub name: String,
    /// The text that the entry or item had in the file.
    pub text: String,
}

/// Removes the uncommitted entries and items that `wanted` selects from the plan `source`. `committed` contains one or
/// more committed texts of the plan; an entry or item is uncommitted if none of these texts has it.
///
/// # Errors
/// Fails if `wanted` selects nothing or is ambiguous, if a plan is invalid, or if another change depends on the
/// selected entries.
pub fn take_back(
    source: &str,
    committed: &[String],
    wanted: &Wanted<'_>,
) -> Result<TakenBack, Unchanged> {
    let committed: Vec<_> = committed.iter().map(|text| with_line_ends_of(source, text)).collect();
    let mut reader = Reader::default();
    let present = reader.decode(source).map_err(Unchanged::Invalid)?;
    let mut earlier = Vec::new();
    for text in &committed {
        let Ok(read) = reader.decode(&**text) else {
            let help = "correct the plan with `plan edit`, and commit it";
            return refuse("the committed plan is invalid", help).map_err(Unchanged::Refused);
        };
        earlier.push((&**text, read));
    }
    let mut since = earlier.iter().map(|(_, read)| recorded_since(&read.plan, &present.plan));
    let mut new = since.next().unwrap_or_default();
    for found in since {
        let found: HashSet<Recorded> = found.into_iter().collect();
        new.retain(|one| found.contains(one));
    }
    let gone = wanted.choose(&present.plan, &new).map_err(Unchanged::Refused)?;
    let name = gone.iter().map(|one| one.name(&present.plan)).collect::<Vec<_>>().join(", ");
    let undoing = Undoing { source, present: &present, earlier: &earlier, gone: &gone };
    let taken = undoing.values().and_then(|values| {
        let (text, things) = undoing.text(&values)?;
        Some((text, things, undoing.expected(values)?))
    });
    if let Some((text, things, expected)) = taken
        && reader.decode(text.clone()).is_ok_and(|read| read.plan == expected)
    {
        return Ok(TakenBack { text, things });
    }
    let message = format!("{name} cannot be undone, because another change depends on it");
    let help = "remove the entry with `plan edit`";
    refuse(message, help).map_err(Unchanged::Refused)
}

/// Returns the text `committed` with the same kind of line breaks as the text `present`, because git may have converted
/// the line breaks.
fn with_line_ends_of<'t>(present: &str, committed: &'t str) -> Cow<'t, str> {
    match (present.contains("\r\n"), committed.contains("\r\n")) {
        (true, false) => committed.replace('\n', "\r\n").into(),
        (false, true) => committed.replace("\r\n", "\n").into(),
        _ => committed.into(),
    }
}

/// The former values that are restored when amendments and responses are removed. The map has one value for each item
/// and key.
type Values = BTreeMap<(Position, String), (AmendKey, Option<KeyValue<'static>>)>;

/// The removal of entries and items from a plan.
struct Undoing<'u> {
    source: &'u str,
    present: &'u PlanText,
    /// The committed versions of the plan, each as a text and as a decoded plan.
    earlier: &'u [(&'u str, PlanText)],
    gone: &'u [Recorded],
}

impl Undoing<'_> {
    /// Returns the entries and items that must be removed separately, because they are not inside another removed item.
    fn alone(&self) -> impl Iterator<Item = Recorded> {
        let with = |one: Recorded| {
            let (index, action) = one.position()?;
            let whole = Recorded::Item((index, None));
            let is_inside = |outer: Recorded| outer != one && self.gone.contains(&outer);
            Some(is_inside(whole) || is_inside(Recorded::Item((index, action))))
        };
        self.gone.iter().copied().filter(move |one| !with(*one).unwrap_or(false))
    }

    /// Returns each committed version that contains the item: the text of the version, its decoded plan, and the
    /// position of the item in this plan.
    fn committed(&self, item: Position) -> impl Iterator<Item = (&str, &PlanText, Position)> {
        let id = self.present.plan.item(item).id();
        self.earlier.iter().filter_map(move |(text, read)| {
            let mut positions = read.plan.positions();
            let found = positions.find(|position| read.plan.item(*position).id() == id)?;
            Some((*text, read, found))
        })
    }

    /// Returns the former values of the keys that the removed amendments and responses changed. Returns `None` if a
    /// former value is unknown.
    fn values(&self) -> Option<Values> {
        let mut values = Values::new();
        let mut entries: Vec<_> = self.alone().collect();
        // The earliest amendment of a key has the original value, so the entries are processed in the order of their
        // indexes.
        entries.sort_by_key(|one| if let Recorded::Entry { index, .. } = one { *index } else { 0 });
        for one in entries {
            let Some(item) = one.position() else { continue };
            if let Some(Entry::Amendment(amendment)) = one.entry(&self.present.plan) {
                let key = amendment.key;
                let entry = key.1.map(|(list, index)| ((Some(item), list), index));
                if entry.is_some_and(|entry| self.gone.iter().any(|one| one.slot() == Some(entry)))
                {
                    continue;
                }
                let was = amendment.was.as_deref();
                let committed = self.committed(item).map(|(_, read, at)| read.plan.item(at));
                let mut committed = committed.map(|item| item.amendable(key));
                let is_it = |value: &Option<KeyValue<'_>>| {
                    value.as_ref().map(KeyValue::words).as_deref() == was
                };
                let value = match (committed.find(is_it), was) {
                    (Some(value), _) => value.map(KeyValue::into_owned),
                    (None, Some(was)) => Some(key.0.read(was)?),
                    (None, None) => None,
                };
                values.entry((item, key.word())).or_insert((key, value));
            }
            if let Recorded::Answer(index) = one {
                let now = &self.present.plan.recommendations[index];
                let (_, read, at) = self.committed(item).next()?;
                let before = &read.plan.recommendations[at.0];
                for key in answer_keys(before, now) {
                    let value = before.item().value(key).map(KeyValue::into_owned);
                    let key = AmendKey(key, None);
                    values.insert((item, key.word()), (key, value));
                }
            }
        }
        Some(values)
    }

    /// Returns the sorted indexes of the elements to remove, for each list.
    fn lists(&self) -> BTreeMap<(Option<Position>, &'static str), Vec<usize>> {
        let mut lists: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (list, index) in self.alone().filter_map(Recorded::slot) {
            lists.entry(list).or_default().push(index);
        }
        lists.values_mut().for_each(|indices| indices.sort_unstable());
        lists
    }

    /// Returns the plan without the removed entries and items, and with the restored values. Decoding the new text must
    /// give exactly this plan.
    fn expected(&self, values: Values) -> Option<Plan> {
        let mut plan = self.present.plan.clone();
        for ((item, _), (key, value)) in values {
            set(shared(&mut plan.recommendations, item.0), item.1, key, value)?;
        }
        // Elements are removed from the end of a list, so that the smaller indexes stay valid.
        for ((owner, list), indices) in self.lists().into_iter().rev() {
            for at in indices.into_iter().rev() {
                match (owner, list) {
                    (None, "area") => drop(plan.areas.remove(at)),
                    (None, "meeting") => drop(plan.meetings.remove(at)),
                    (None, _) => drop(plan.recommendations.remove(at)),
                    (Some((index, action)), list) => {
                        let recommendation = shared(&mut plan.recommendations, index);
                        match list {
                            "action" => drop(recommendation.actions.remove(at)),
                            _ => Lists::of(recommendation, action).remove(list, at),
                        }
                    }
                }
            }
        }
        Some(plan)
    }

    /// Returns the text of the plan without the removed entries and items. Also returns a description of each removed
    /// entry or item.
    fn text(&self, values: &Values) -> Option<(String, Vec<Thing>)> {
        let source = self.source;
        let mut places = Places::new(source, &self.present.pieces);
        let mut changes = Vec::new();
        for ((owner, list), indices) in self.lists() {
            let stays = self.was_there(owner, list);
            let list = (table(owner), list);
            changes.extend(removed(&mut places, list, &indices, stays)?);
        }
        for ((item, _), (key, value)) in values {
            let keys = self.toml_keys(*item, *key, value.as_ref());
            let (place, above) = place_of(*item, *key);
            changes.extend(insert::set(&mut places, &place, &keys, above)?);
        }
        let things = self.gone.iter().map(|one| Thing {
            name: one.name(&self.present.plan),
            text: to_single_line(&source[whole(&mut places, &one.place())]),
        });
        let things = things.collect();
        Some((splice(source, changes), things))
    }

    /// Checks whether a committed version of the item `owner` has the list `list`, even if the list is empty there.
    /// Without an item, the list is at the top level of the file, and the result is always true.
    fn was_there(&self, owner: Option<Position>, list: &str) -> bool {
        let Some(item) = owner else { return true };
        self.committed(item).any(|(text, read, at)| {
            let mut places = Places::new(text, &read.pieces);
            places.table(&KeyPath::item(at)).is_some_and(|(_, table)| table.keys.contains_key(list))
        })
    }

    /// Returns the value `value` of the key `key` as TOML. If a committed version has the same value, the TOML is
    /// copied from this version.
    fn toml_keys(
        &self,
        item: Position,
        key: AmendKey,
        value: Option<&KeyValue<'_>>,
    ) -> Vec<TomlKey> {
        for (text, read, at) in self.committed(item) {
            if read.plan.item(at).amendable(key).as_ref() == value {
                let mut places = Places::new(text, &read.pieces);
                let (place, _) = place_of(at, key);
                let there = |name| {
                    let (tree, table) = places.table(&place)?;
                    Some(text[tree.bytes(table.keys.get(name)?.span())].replace("\r\n", "\n"))
                };
                return key.0.names().zip(key.0.names().map(there)).collect();
            }
        }
        written(key.0, value, self.source)
    }
}
