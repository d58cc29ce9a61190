//! Lists of entries in two versions: which were changed, deleted or added.

use std::fmt;

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::{Both, Comparison, Item, What};
use crate::{
    checks::Place,
    model::{
        Amendment, Day, ProgressEntry, Revision, Status, Term, Timescale, Verification, Word, fold,
        paragraphs,
    },
};

/// What is recorded of an item: the lists of entries, and the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    Progress,
    Revision,
    Verification,
    Amendment,
    /// The one answer to a recommendation, in keys of its own.
    Answer,
}

impl EntryKind {
    /// The key of the list that such entries stand in.
    pub fn key(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Revision => "revisions",
            Self::Verification => "verification",
            Self::Amendment => "amendments",
            Self::Answer => "response",
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
            Self::Answer => "answer",
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

    /// All that it says, however it is laid out.
    pub fn content(&self) -> Vec<String> {
        let (parts, evidence): (Vec<String>, &[String]) = match self {
            Self::Progress(entry) => {
                let by = words(entry.by.as_ref());
                let outlook = entry.outlook.map_or("", Word::word).to_owned();
                let note = words(entry.note.as_ref());
                let parts = vec![entry.status.word().to_owned(), outlook, by, note];
                (parts, &entry.evidence)
            }
            Self::Revision(entry) => {
                let reason = words(entry.reason.as_ref());
                let decision = entry.decision.map_or("", Word::word).to_owned();
                let by = words(entry.by.as_ref());
                (vec![fold(&entry.to.words()), reason, by, decision], &[])
            }
            Self::Verification(entry) => {
                let (by, result) = (words(Some(&entry.by)), entry.result.word().to_owned());
                (vec![by, result, words(entry.note.as_ref())], &entry.evidence)
            }
            Self::Amendment(entry) => {
                let (was, reason) = (words(entry.was.as_ref()), words(Some(&entry.reason)));
                let by = words(entry.by.as_ref());
                (vec![entry.key.word().to_owned(), was, reason, by], &[])
            }
        };
        let evidence = evidence.iter().map(|evidence| words(Some(evidence)));
        std::iter::once(self.on().to_string()).chain(parts).chain(evidence).collect()
    }
}

fn words(text: Option<&String>) -> String {
    text.map_or_else(String::new, |text| paragraphs(text).join("\n"))
}

impl From<ProgressEntry> for Entry {
    fn from(entry: ProgressEntry) -> Self {
        Self::Progress(entry)
    }
}

impl From<Revision> for Entry {
    fn from(entry: Revision) -> Self {
        Self::Revision(entry)
    }
}

impl From<Verification> for Entry {
    fn from(entry: Verification) -> Self {
        Self::Verification(entry)
    }
}

impl From<Amendment> for Entry {
    fn from(entry: Amendment) -> Self {
        Self::Amendment(entry)
    }
}

/// What was so before a new entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    Status(Status),
    Timescale(Option<Timescale>),
    /// The entry says nothing that another one could have said before.
    Nothing,
}

/// The same list of entries in both versions, and the item that it belongs to.
pub struct Lists<'a> {
    pub item: &'a Item,
    pub kind: EntryKind,
    pub earlier: Vec<Entry>,
    pub present: Vec<Entry>,
    /// Where the list stands in the earlier version and in the present one.
    pub places: (Place, Place),
    /// The timescale that held before any of the present entries.
    pub timescale: Option<&'a Timescale>,
    /// The newest entry of the same item in the earlier version.
    pub newest: Option<Day>,
}

impl<'a> Lists<'a> {
    /// A list that was not there before.
    pub fn new_list<T: Clone + Into<Entry>>(
        item: &'a Item,
        kind: EntryKind,
        present: &[T],
        timescale: Option<&'a Timescale>,
        place: &Place,
    ) -> Self {
        let places = (Place::top(), place.key(kind.key()));
        let present = entries(present);
        Self { item, kind, earlier: Vec::new(), present, places, timescale, newest: None }
    }

    /// The list of this kind in both versions of an item.
    pub fn both<T: Clone + Into<Entry>>(
        both: &Both<'a>,
        kind: EntryKind,
        (earlier, present): (&[T], &[T]),
        timescale: Option<&'a Timescale>,
        newest: Option<Day>,
    ) -> Self {
        let (earlier, present) = (entries(earlier), entries(present));
        let places = both.key(kind.key());
        Self { item: both.item, kind, earlier, present, places, timescale, newest }
    }

    /// What was so before the present entry at a position.
    fn before(&self, index: usize) -> Before {
        let before = || self.present[..index].iter().rev();
        match self.kind {
            EntryKind::Progress => {
                let last = before().find_map(|entry| match entry {
                    Entry::Progress(entry) => Some(entry.status),
                    _ => None,
                });
                Before::Status(last.unwrap_or_else(|| Term::of(self.timescale).first_status()))
            }
            EntryKind::Revision => {
                let agreed = before().find_map(|entry| match entry {
                    Entry::Revision(entry) if entry.is_agreed() => Some(&entry.to),
                    _ => None,
                });
                Before::Timescale(agreed.or(self.timescale).cloned())
            }
            EntryKind::Verification | EntryKind::Amendment | EntryKind::Answer => Before::Nothing,
        }
    }
}

fn entries<T: Clone + Into<Entry>>(list: &[T]) -> Vec<Entry> {
    list.iter().cloned().map(Into::into).collect()
}

impl Comparison {
    /// Past entries stay as they are; new ones come after them.
    pub(super) fn entries(&mut self, lists: &Lists<'_>) {
        let contents = |entries: &[Entry]| entries.iter().map(Entry::content).collect::<Vec<_>>();
        let (old, new) = (contents(&lists.earlier), contents(&lists.present));
        let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
        let changes = operations.iter().flat_map(|operation| operation.iter_changes(&old, &new));
        let mut gone = Vec::new();
        let mut added = Vec::new();
        for change in changes {
            match change.tag() {
                ChangeTag::Equal => self.gap(lists, &mut gone, &mut added),
                ChangeTag::Delete => gone.extend(change.old_index()),
                ChangeTag::Insert => added.extend(change.new_index()),
            }
        }
        self.gap(lists, &mut gone, &mut added);
    }

    /// What stands between two entries that stayed: as many as are gone were changed, the others
    /// deleted or added.
    fn gap(&mut self, lists: &Lists<'_>, gone: &mut Vec<usize>, added: &mut Vec<usize>) {
        let mut added = std::mem::take(added).into_iter();
        for index in std::mem::take(gone) {
            let old = lists.earlier[index].clone();
            let earlier = lists.places.0.index(index);
            let (present, what) = match added.next() {
                Some(index) => {
                    let new = lists.present[index].clone();
                    (lists.places.1.index(index), What::EntryChanged { old, new })
                }
                None => (lists.places.1.clone(), What::EntryDeleted { entry: old }),
            };
            self.add(lists.item, (earlier, present), what);
        }
        for index in added {
            let what = What::EntryAdded {
                entry: lists.present[index].clone(),
                before: lists.before(index),
                index,
                newest: lists.newest,
            };
            self.add(lists.item, (Place::top(), lists.places.1.index(index)), what);
        }
    }
}
