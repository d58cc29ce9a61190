//! Lists of entries in two versions: which were changed, deleted or added.

use std::fmt;

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::{Both, ChangeKind, Comparison};
use crate::{
    key_path::KeyPath,
    model::{
        Amendment, Day, ItemRef, Keyword, ProgressEntry, Revision, Status, Term, Timescale,
        Verification, paragraphs,
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

    /// The entries of this kind that an item has. An answer is no entry of a list.
    pub fn entries(self, work: ItemRef<'_>) -> Vec<Entry> {
        match self {
            Self::Progress => work.progress().iter().cloned().map(Entry::Progress).collect(),
            Self::Revision => work.revisions().iter().cloned().map(Entry::Revision).collect(),
            Self::Verification => {
                work.verification().iter().cloned().map(Entry::Verification).collect()
            }
            Self::Amendment => work.amendments().iter().cloned().map(Entry::Amendment).collect(),
            Self::Answer => Vec::new(),
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
        let to;
        let (parts, evidence): (Vec<Option<&str>>, &[String]) = match self {
            Self::Progress(entry) => {
                let outlook = entry.outlook.map(Keyword::word);
                let (by, note) = (entry.by.as_deref(), entry.note.as_deref());
                (vec![Some(entry.status.word()), outlook, by, note], &entry.evidence)
            }
            Self::Revision(entry) => {
                to = entry.to.line();
                let decision = entry.decision.map(Keyword::word);
                (vec![Some(&to), entry.reason.as_deref(), entry.by.as_deref(), decision], &[])
            }
            Self::Verification(entry) => {
                let result = Some(entry.result.word());
                (vec![Some(&entry.by), result, entry.note.as_deref()], &entry.evidence)
            }
            Self::Amendment(entry) => {
                let (was, by) = (entry.was.as_deref(), entry.by.as_deref());
                (vec![Some(entry.key.word()), was, Some(&entry.reason), by], &[])
            }
        };
        let evidence = evidence.iter().map(|evidence| Some(evidence.as_str()));
        let texts = parts.into_iter().chain(evidence);
        let words = texts.map(|text| paragraphs(text.unwrap_or_default()).join("\n"));
        std::iter::once(self.on().to_string()).chain(words).collect()
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
pub(super) struct Lists<'a> {
    pub both: &'a Both,
    pub earlier: Vec<Entry>,
    pub present: Vec<Entry>,
    /// The place of the list in the earlier version and in the present one.
    pub places: (KeyPath, KeyPath),
    /// The timescale that held before any of the present entries.
    pub timescale: Option<&'a Timescale>,
    /// The newest entry of the same item in the earlier version.
    pub newest: Option<Day>,
}

impl Lists<'_> {
    /// What was so before the present entry at a position.
    fn before(&self, index: usize) -> Before {
        let mut before = self.present[..index].iter().rev();
        match self.present[index] {
            Entry::Progress(_) => {
                let last = before.find_map(|entry| match entry {
                    Entry::Progress(entry) => Some(entry.status),
                    _ => None,
                });
                Before::Status(last.unwrap_or_else(|| Term::of(self.timescale).first_status()))
            }
            Entry::Revision(_) => {
                let agreed = before.find_map(|entry| match entry {
                    Entry::Revision(entry) if entry.is_agreed() => Some(&entry.to),
                    _ => None,
                });
                Before::Timescale(agreed.or(self.timescale).cloned())
            }
            Entry::Verification(_) | Entry::Amendment(_) => Before::Nothing,
        }
    }
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
                    (lists.places.1.index(index), ChangeKind::EntryChanged { old, new })
                }
                None => (lists.places.1.clone(), ChangeKind::EntryDeleted { entry: old }),
            };
            self.add(lists.both, (earlier, present), what);
        }
        for index in added {
            let what = ChangeKind::EntryAdded {
                entry: lists.present[index].clone(),
                before: lists.before(index),
                index,
                newest: lists.newest,
            };
            self.add(lists.both, (KeyPath::top(), lists.places.1.index(index)), what);
        }
    }
}
