//! Lists of entries in two versions: which were changed, deleted or added.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::{Both, Comparison, EntryKind, Item, What};
use crate::{
    checks::Place,
    model::{Amendment, Dated, Day, ProgressEntry, Revision, Verification, Word, fold, paragraphs},
};

/// The same list of entries in both versions, and the item that it belongs to.
pub struct Lists<'a, T> {
    pub item: &'a Item,
    pub kind: EntryKind,
    pub earlier: &'a [T],
    pub present: &'a [T],
    /// Where the list stands in the earlier version and in the present one.
    pub places: (Place, Place),
    /// The newest entry of the same item in the earlier version.
    pub newest: Option<Day>,
}

impl<'a, T> Lists<'a, T> {
    /// A list that was not there before.
    pub fn new_list(item: &'a Item, kind: EntryKind, present: &'a [T], place: &Place) -> Self {
        let places = (Place::top(), place.key(kind.key()));
        Self { item, kind, earlier: &[], present, places, newest: None }
    }

    /// The list of this kind in both versions of an item.
    pub fn both(
        both: &Both<'a>,
        kind: EntryKind,
        (earlier, present): (&'a [T], &'a [T]),
        newest: Option<Day>,
    ) -> Self {
        Self { item: both.item, kind, earlier, present, places: both.key(kind.key()), newest }
    }
}

impl Comparison {
    /// Past entries stay as they are; new ones come after them.
    pub(super) fn entries<T: Entry>(&mut self, lists: &Lists<'_, T>) {
        let (old, new) = (contents(lists.earlier), contents(lists.present));
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
    fn gap<T: Entry>(
        &mut self,
        lists: &Lists<'_, T>,
        gone: &mut Vec<usize>,
        added: &mut Vec<usize>,
    ) {
        let kind = lists.kind;
        let mut added = std::mem::take(added).into_iter();
        for old in std::mem::take(gone) {
            let on = lists.earlier[old].on();
            let earlier = lists.places.0.index(old);
            let (present, what) = match added.next() {
                Some(new) => (lists.places.1.index(new), What::EntryChanged { kind, on }),
                None => (lists.places.1.clone(), What::EntryDeleted { kind, on }),
            };
            self.add(lists.item, (earlier, present), what);
        }
        for new in added {
            let entry = &lists.present[new];
            let what = What::EntryAdded {
                kind,
                on: entry.on(),
                index: new,
                content: entry.content(),
                newest: lists.newest,
            };
            self.add(lists.item, (Place::top(), lists.places.1.index(new)), what);
        }
    }
}

/// An entry that is compared by its content.
pub trait Entry: Dated {
    /// All that it says, however it is laid out.
    fn content(&self) -> Vec<String>;
}

fn contents<T: Entry>(entries: &[T]) -> Vec<Vec<String>> {
    entries.iter().map(Entry::content).collect()
}

fn words(text: Option<&String>) -> String {
    text.map_or_else(String::new, |text| paragraphs(text).join("\n"))
}

impl Entry for ProgressEntry {
    fn content(&self) -> Vec<String> {
        let fixed = [
            self.on.to_string(),
            self.status.word().to_owned(),
            self.outlook.map_or_else(String::new, |outlook| outlook.word().to_owned()),
            words(self.by.as_ref()),
            words(self.note.as_ref()),
        ];
        let evidence = self.evidence.iter().map(|evidence| words(Some(evidence)));
        fixed.into_iter().chain(evidence).collect()
    }
}

impl Entry for Revision {
    fn content(&self) -> Vec<String> {
        vec![
            self.on.to_string(),
            fold(&self.to.words()),
            words(self.reason.as_ref()),
            words(self.by.as_ref()),
            self.decision.map_or("", Word::word).to_owned(),
        ]
    }
}

impl Entry for Verification {
    fn content(&self) -> Vec<String> {
        let fixed = [
            self.on.to_string(),
            words(Some(&self.by)),
            self.result.word().to_owned(),
            words(self.note.as_ref()),
        ];
        let evidence = self.evidence.iter().map(|evidence| words(Some(evidence)));
        fixed.into_iter().chain(evidence).collect()
    }
}

impl Entry for Amendment {
    fn content(&self) -> Vec<String> {
        vec![
            self.on.to_string(),
            self.key.word().to_owned(),
            words(self.was.as_ref()),
            words(Some(&self.reason)),
            words(self.by.as_ref()),
        ]
    }
}
