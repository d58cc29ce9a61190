//! Lists of entries in two versions: which were changed, deleted or added.

use std::{borrow::Cow, fmt};

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::{Both, ChangeKind, Comparison};
use crate::key_path::KeyPath;
use crate::model::{
    Amendment, Day, ItemRef, KeyValue, Keyword, ProgressEntry, Record, Revision, Term,
    Verification, paragraphs,
};

/// The kinds of entries, and the response, which is recorded as an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    Progress,
    Revision,
    Verification,
    Amendment,
    /// The one response to a recommendation, in keys of its own.
    Response,
}

impl EntryKind {
    /// The key of the list that such entries stand in.
    pub fn key(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Revision => "revisions",
            Self::Verification => "verification",
            Self::Amendment => "amendments",
            Self::Response => "response",
        }
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

/// An entry of any of the lists.
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
        match self {
            Self::Progress(entry) => entry.on,
            Self::Revision(entry) => entry.on,
            Self::Verification(entry) => entry.on,
            Self::Amendment(entry) => entry.on,
        }
    }

    /// Whether both say the same, however they are laid out.
    pub fn says_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Progress(one), Self::Progress(other)) => content(one) == content(other),
            (Self::Revision(one), Self::Revision(other)) => content(one) == content(other),
            (Self::Verification(one), Self::Verification(other)) => content(one) == content(other),
            (Self::Amendment(one), Self::Amendment(other)) => content(one) == content(other),
            _ => false,
        }
    }
}

/// All that an entry says, however it is laid out.
fn content(entry: &impl Record) -> Vec<String> {
    let texts = entry.values().into_iter().flat_map(|(_, value)| match value {
        Some(KeyValue::Texts(texts)) => texts.into_owned(),
        value => vec![value.map_or_else(String::new, |value| value.words())],
    });
    texts.map(|text| paragraphs(&text).join("\n")).collect()
}

/// One list of entries in both versions.
struct List<'p, T> {
    earlier: &'p [T],
    present: &'p [T],
    entry: fn(T) -> Entry,
    /// What was so before the present entry at a position.
    before: &'p dyn Fn(usize) -> Option<KeyValue<'static>>,
}

impl Comparison {
    /// The lists of entries of an item. Without an earlier version of it they are all new, and its amendments say
    /// nothing.
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
        let timescale = |index: usize| {
            let agreed = present.revisions()[..index].iter().rev().find(|entry| entry.is_agreed());
            let before = agreed.map(|entry| &entry.to).or(present.original_timescale())?;
            Some(KeyValue::Timescale(Cow::Owned(before.clone())))
        };
        let old = earlier.map_or(&[][..], ItemRef::revisions);
        self.list(both, old, present.revisions(), Entry::Revision, &timescale);
        let old = earlier.map_or(&[][..], ItemRef::verification);
        self.list(both, old, present.verification(), Entry::Verification, &|_| None);
        if !is_action {
            self.progress(both, earlier, present);
        }
        if let Some(earlier) = earlier {
            let (old, new) = (earlier.amendments(), present.amendments());
            self.list(both, old, new, Entry::Amendment, &|_| None);
        }
    }

    fn progress(&mut self, both: &Both, earlier: Option<ItemRef<'_>>, present: ItemRef<'_>) {
        let status = |index: usize| {
            let last = index.checked_sub(1).map(|last| present.progress()[last].status);
            let first = || Term::of(present.original_timescale()).first_status();
            Some(KeyValue::Word(last.unwrap_or_else(first).word()))
        };
        let old = earlier.map_or(&[][..], ItemRef::progress);
        self.list(both, old, present.progress(), Entry::Progress, &status);
    }

    /// Past entries stay as they are; new ones come after them.
    fn list<T: Record + Clone + PartialEq>(
        &mut self,
        both: &Both,
        earlier: &[T],
        present: &[T],
        entry: fn(T) -> Entry,
        before: &dyn Fn(usize) -> Option<KeyValue<'static>>,
    ) {
        // Mostly nothing changed or entries were appended.
        let same = earlier.iter().zip(present).take_while(|(old, new)| old == new).count();
        if same == earlier.len() && same == present.len() {
            return;
        }
        let list = List { earlier, present, entry, before };
        let contents = |entries: &[T]| entries[same..].iter().map(content).collect::<Vec<_>>();
        let (old, new) = (contents(earlier), contents(present));
        let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
        let changes = operations.iter().flat_map(|operation| operation.iter_changes(&old, &new));
        let mut gone = Vec::new();
        let mut added = Vec::new();
        for change in changes {
            match change.tag() {
                ChangeTag::Equal => self.gap(both, &list, &mut gone, &mut added),
                ChangeTag::Delete => gone.extend(change.old_index().map(|index| same + index)),
                ChangeTag::Insert => added.extend(change.new_index().map(|index| same + index)),
            }
        }
        self.gap(both, &list, &mut gone, &mut added);
    }

    /// The entries between two that stayed: as many as are gone were changed, the others deleted or added.
    fn gap<T: Clone>(
        &mut self,
        both: &Both,
        list: &List<'_, T>,
        gone: &mut Vec<usize>,
        added: &mut Vec<usize>,
    ) {
        let entry = |entries: &[T], index: usize| (list.entry)(entries[index].clone());
        let mut added = std::mem::take(added).into_iter();
        for old_index in std::mem::take(gone) {
            let old = entry(list.earlier, old_index);
            let (earlier, present) = both.key(old.kind().key());
            let now = added.next();
            let new = now.map(|index| entry(list.present, index));
            let present = now.map_or(present.clone(), |index| present.index(index));
            let (old, index) = (Some(old), now.unwrap_or(old_index));
            let change = ChangeKind::Entry { old, new, index, before: None };
            self.add(both, (earlier.index(old_index), present), change);
        }
        for index in added {
            let new = entry(list.present, index);
            let place = both.present.key(new.kind().key()).index(index);
            let change = ChangeKind::Entry {
                old: None,
                new: Some(new),
                index,
                before: (list.before)(index),
            };
            self.add(both, (KeyPath::top(), place), change);
        }
    }
}
