//! Compares sections of the report, areas, owners and meetings in two versions of a plan.

use std::collections::{HashMap, VecDeque};

use super::{Both, ComparedPlans, Item, ItemChange, Places, differing};
use crate::{
    key_path::KeyPath,
    model::{Meeting, Plan, Record, Section},
};

/// The criteria by which a meeting is recognised in the other version, the most reliable first.
const WAYS: [fn(&Meeting, &Meeting) -> bool; 3] = [
    |old, new| new.date == old.date,
    // A meeting that was planned for a month may now have a day in this month.
    |old, new| old.date.contains(new.date),
    |old, new| new.title.is_some() && new.title == old.title,
];

/// A table of the plan file, such as an area, with its index in each version that has the table.
enum FoundTable<'p, T> {
    Both((usize, &'p T), (usize, &'p T)),
    Dropped(usize, &'p T),
    Added(usize, &'p T),
}

impl ComparedPlans {
    /// Compares the sections of the report. Sections are matched by their headings.
    pub(super) fn sections(&mut self, earlier: &Plan, present: &Plan) {
        let list = KeyPath::plan("section");
        let (old, new) = (&earlier.sections, &present.sections);
        for found in paired(old, new, by_name(old, new, |section| &section.heading)) {
            match found {
                FoundTable::Both((before, old), (now, new)) => {
                    let item = Item::Section(old.heading.clone());
                    let both = Both::new(item, list.index(before), list.index(now));
                    self.keys(&both, differing(old, new, &[]));
                }
                FoundTable::Dropped(before, old) => {
                    self.section(old, (list.index(before).key("text"), list.clone()), false);
                }
                FoundTable::Added(now, new) => {
                    self.section(new, (KeyPath::top(), list.index(now).key("text")), true);
                }
            }
        }
    }

    /// Adds the difference for a section that was added or deleted.
    fn section(&mut self, section: &Section, (earlier, present): Places, is_new: bool) {
        let both = Both::new(Item::Section(section.heading.clone()), earlier, present);
        for (key, value) in section.values().into_iter().filter(|(key, _)| key.name == "text") {
            let (old, new) = if is_new { (None, value) } else { (value, None) };
            self.key(&both, both.places.clone(), (key, old, new), None);
        }
    }

    pub(super) fn areas_owners_and_meetings(&mut self, earlier: &Plan, present: &Plan) {
        let (old, new) = (&earlier.areas, &present.areas);
        let found = paired(old, new, by_name(old, new, |area| &area.id));
        self.tables("area", found, |area| Item::Area(area.id.clone()));
        let (old, new) = (&earlier.owners, &present.owners);
        let found = paired(old, new, by_name(old, new, |owner| &owner.name));
        self.tables("owner", found, |owner| Item::Owner(owner.name.clone()));
        let (old, new) = (&earlier.meetings, &present.meetings);
        let found = paired(old, new, by_date(old, new));
        self.tables("meeting", found, |meeting| Item::Meeting(meeting.date));
    }

    fn tables<T: Record>(
        &mut self,
        list: &'static str,
        found: Vec<FoundTable<'_, T>>,
        item: fn(&T) -> Item,
    ) {
        let list = KeyPath::top().key(list);
        for found in found {
            match found {
                FoundTable::Both((before, old), (now, new)) => {
                    let both = Both::new(item(old), list.index(before), list.index(now));
                    for pair in differing(old, new, &[]) {
                        let key = pair.0.name;
                        let places =
                            if key == "date" { both.places.clone() } else { both.key(key) };
                        self.key(&both, places, pair, None);
                    }
                }
                FoundTable::Dropped(before, old) => {
                    let place = list.index(before);
                    let (place, name) = match item(old) {
                        Item::Meeting(_) | Item::Owner(_) => (place, None),
                        _ => (place.key("id"), title(old)),
                    };
                    let both = Both::new(item(old), place, list.clone());
                    self.whole(&both, ItemChange::Dropped { name });
                }
                FoundTable::Added(now, new) => {
                    let both = Both::new(item(new), KeyPath::top(), list.index(now));
                    let (name, timescale, date) = (title(new), None, None);
                    self.whole(&both, ItemChange::Added { name, timescale, date, reopens: false });
                }
            }
        }
    }
}

fn title(table: &impl Record) -> Option<String> {
    let (_, title) = table.values().into_iter().find(|(key, _)| key.name == "title")?;
    Some(title?.words())
}

/// Pairs each earlier table with its present version. For each earlier table, `positions` contains the index of the
/// present version, or `None` if the table was deleted.
fn paired<'p, T>(
    earlier: &'p [T],
    present: &'p [T],
    positions: Vec<Option<usize>>,
) -> Vec<FoundTable<'p, T>> {
    let mut is_new = vec![true; present.len()];
    let mut found = Vec::new();
    for ((before, old), now) in earlier.iter().enumerate().zip(positions) {
        found.push(match now {
            Some(now) => {
                is_new[now] = false;
                FoundTable::Both((before, old), (now, &present[now]))
            }
            None => FoundTable::Dropped(before, old),
        });
    }
    let added = present.iter().enumerate().filter(|(now, _)| is_new[*now]);
    found.extend(added.map(|(now, new)| FoundTable::Added(now, new)));
    found
}

/// For each earlier table, returns the index of the present table with the same name. The index is `None` if no present
/// table has this name.
fn by_name<'p, T>(
    earlier: &'p [T],
    present: &'p [T],
    name: fn(&T) -> &String,
) -> Vec<Option<usize>> {
    let mut positions: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (now, new) in present.iter().enumerate() {
        positions.entry(name(new)).or_default().push_back(now);
    }
    earlier.iter().map(|old| positions.get_mut(name(old).as_str())?.pop_front()).collect()
}

/// For each earlier meeting, returns the index of the matching present meeting. The index is `None` if no present
/// meeting matches.
fn by_date(earlier: &[Meeting], present: &[Meeting]) -> Vec<Option<usize>> {
    let mut found = vec![None; earlier.len()];
    let mut is_taken = vec![false; present.len()];
    for is_same in WAYS {
        for (index, old) in earlier.iter().enumerate() {
            if found[index].is_some() {
                continue;
            }
            let mut free = (0..present.len()).filter(|new| !is_taken[*new]);
            if let Some(new) = free.find(|new| is_same(old, &present[*new])) {
                found[index] = Some(new);
                is_taken[new] = true;
            }
        }
    }
    found
}
