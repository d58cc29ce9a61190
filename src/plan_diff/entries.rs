//! Finds changed, deleted and added entries in two versions of a plan.

use std::{borrow::Cow, fmt};

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Both, ChangeKind, ComparedPlans, Item, words};
use crate::key_path::KeyPath;
use crate::model::{
    AmendKey, Amendment, Dated, Day, ItemRef, Key, KeyValue, Keyword, ProgressEntry, Record,
    Revision, Term, Values, Verification, numbered_on, paragraphs, to_single_line, vocabulary,
};

vocabulary! {
    /// The kind of an entry, written as the key under which the plan file stores such entries. The management response
    /// is one of the kinds, because it is recorded in a similar way.
    EntryKind {
        Progress = "progress",
        Revision = "revisions",
        Verification = "verification",
        Amendment = "amendments",
        /// The response to a recommendation. It is stored in keys of the recommendation, not in a list.
        Response = "response",
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Progress => "entry",
            Self::Revision => "revision",
            Self::Verification => "verification",
            Self::Amendment => "amendment",
            Self::Response => "answer",
        })
    }
}

/// An entry from one of the lists of a recommendation or an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    Progress(ProgressEntry),
    Revision(Revision),
    Verification(Verification),
    Amendment(Amendment),
}

impl Entry {
    pub fn kind(&self) -> EntryKind {
        match self {
            Self::Progress(_) => EntryKind::Progress,
            Self::Revision(_) => EntryKind::Revision,
            Self::Verification(_) => EntryKind::Verification,
            Self::Amendment(_) => EntryKind::Amendment,
        }
    }

    pub fn on(&self) -> Day {
        self.dated().on()
    }

    /// Returns the day on which the entry was recorded, or `None` if the entry does not name this day.
    pub fn recorded(&self) -> Option<Day> {
        self.dated().recorded()
    }

    fn dated(&self) -> &dyn Dated {
        match self {
            Self::Progress(entry) => entry,
            Self::Revision(entry) => entry,
            Self::Verification(entry) => entry,
            Self::Amendment(entry) => entry,
        }
    }

    /// Returns the keys of the entry, each with its value. A missing value is `None`.
    pub fn values(&self) -> Values<'_> {
        self.dated().key_values()
    }

    /// Checks whether both entries have the same content. Layout is ignored.
    pub fn says_same(&self, other: &Self) -> bool {
        self.kind() == other.kind() && content(self.values()) == content(other.values())
    }
}

/// Returns the values of an entry as texts, so that entries can be compared without their layout.
fn content(values: Values<'_>) -> Vec<String> {
    let texts = values.into_iter().flat_map(|(_, value)| match value {
        Some(KeyValue::Texts(texts)) => texts.into_owned(),
        value => vec![value.map_or_else(String::new, |value| value.words())],
    });
    texts.map(|text| paragraphs(&text).join("\n")).collect()
}

/// Returns the kind and the index of each entry that `present` has and `earlier` does not have.
pub fn new_entries(earlier: Option<ItemRef<'_>>, present: ItemRef<'_>) -> Vec<(EntryKind, usize)> {
    let mut comparison = ComparedPlans { differences: Vec::new() };
    let both = Both::new(Item::Plan, KeyPath::top(), KeyPath::top());
    comparison.lists(&both, earlier, present);
    let changes = comparison.differences.into_iter().map(|difference| difference.change);
    let new = changes.filter_map(|change| match change {
        ChangeKind::Entry { old: None, new: Some(entry), index, .. } => Some((entry.kind(), index)),
        _ => None,
    });
    // The comparison leaves out the amendments of a new item, so they are added here.
    let amendments = 0..earlier.map_or(present.amendments().len(), |_| 0);
    new.chain(amendments.map(|index| (EntryKind::Amendment, index))).collect()
}

/// Returns the changed keys of an entry, each with the new amendment that records the change. Returns `None` if a
/// change is not recorded in an amendment.
pub fn amended_words<'p>(
    (old, new): (&Entry, &Entry),
    index: usize,
    earlier: ItemRef<'_>,
    present: ItemRef<'p>,
) -> Option<Vec<(&'static Key, &'p Amendment)>> {
    let added = present.amendments().get(earlier.amendments().len()..)?;
    let pairs = old.values().into_iter().zip(new.values());
    let changed = pairs.filter(|((_, old), (_, new))| old != new);
    let kept = changed.map(|((key, was), _)| {
        let was = words(was);
        let amended = AmendKey(key, Some((old.kind().word(), index)));
        let is_it =
            |one: &&Amendment| one.key == amended && one.was.as_deref().map(to_single_line) == was;
        Some((key, added.iter().find(is_it)?))
    });
    kept.collect()
}

impl ComparedPlans {
    /// Compares the lists of entries of an item. If there is no earlier version, all entries are new, and amendments
    /// are left out.
    pub(super) fn lists(
        &mut self,
        both: &Both,
        earlier: Option<ItemRef<'_>>,
        present: ItemRef<'_>,
    ) {
        let is_action = present.action.is_some();
        if is_action {
            self.progress(both, earlier, present);
        }
        let revisions = numbered_on(present.revisions(), Day::MAX);
        let timescale = |index: usize| {
            let mut before = revisions.clone().before(index).rev();
            let agreed = before.find(|(_, entry)| entry.is_agreed());
            let before = agreed.map(|(_, entry)| &entry.to).or(present.original_timescale())?;
            Some(KeyValue::Timescale(Cow::Owned(before.clone())))
        };
        let old = earlier.map_or(&[][..], ItemRef::revisions);
        self.list(both, old, present.revisions(), Entry::Revision, timescale);
        let old = earlier.map_or(&[][..], ItemRef::verification);
        self.list(both, old, present.verification(), Entry::Verification, |_| None);
        if !is_action {
            self.progress(both, earlier, present);
        }
        if let Some(earlier) = earlier {
            let (old, new) = (earlier.amendments(), present.amendments());
            self.list(both, old, new, Entry::Amendment, |_| None);
        }
    }

    fn progress(&mut self, both: &Both, earlier: Option<ItemRef<'_>>, present: ItemRef<'_>) {
        let entries = numbered_on(present.progress(), Day::MAX);
        let status = |index: usize| {
            let last = entries.clone().before(index).rev().find_map(|(_, entry)| entry.status);
            let first = || Term::of(present.original_timescale()).first_status();
            Some(KeyValue::Word(last.unwrap_or_else(first).word()))
        };
        let old = earlier.map_or(&[][..], ItemRef::progress);
        self.list(both, old, present.progress(), Entry::Progress, status);
    }

    /// Compares a list of entries in two versions, and adds the differences. The function `before` gets the index of an
    /// entry, and returns the status or the timescale that applied before this entry.
    fn list<T: Record + Clone + PartialEq>(
        &mut self,
        both: &Both,
        earlier: &[T],
        present: &[T],
        entry: fn(T) -> Entry,
        before: impl Fn(usize) -> Option<KeyValue<'static>>,
    ) {
        // Equal entries at the beginning are skipped, because entries are usually only appended.
        let same = earlier.iter().zip(present).take_while(|(old, new)| old == new).count();
        if same == earlier.len() && same == present.len() {
            return;
        }
        let contents = |entries: &[T]| {
            entries[same..].iter().map(|entry| content(entry.values())).collect::<Vec<_>>()
        };
        let (old, new) = (contents(earlier), contents(present));
        let entry = |entries: &[T], index: usize| entry(entries[index].clone());
        let operations = capture_diff_slices(Algorithm::Myers, &old, &new).into_iter();
        for gap in operations.filter(|operation| operation.tag() != DiffTag::Equal) {
            // An old and a new entry at the same position are treated as one changed entry. All other entries were
            // deleted or added.
            let mut added = gap.new_range().map(|index| same + index);
            for gone in gap.old_range().map(|index| same + index) {
                let (old, now) = (entry(earlier, gone), added.next());
                let (before, list) = both.key(old.kind().word());
                let place = now.map_or(list.clone(), |index| list.index(index));
                let new = now.map(|index| entry(present, index));
                let (old, index) = (Some(old), now.unwrap_or(gone));
                let change = ChangeKind::Entry { old, new, index, before: None };
                self.add(both, (before.index(gone), place), change);
            }
            for index in added {
                let new = entry(present, index);
                let place = both.places.1.key(new.kind().word()).index(index);
                let (new, before) = (Some(new), before(index));
                let change = ChangeKind::Entry { old: None, new, index, before };
                self.add(both, (KeyPath::top(), place), change);
            }
        }
    }
}
