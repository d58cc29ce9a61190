//! Lists of entries in two versions: past ones stay as they are, new ones come after them.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::Guard;
use crate::model::{
    Day, Finding, Place, ProgressEntry, Revision, Rule, Text, Verification, Word, fold, paragraphs,
    progress::Dated,
};

/// The same list of entries in both versions, and whose it is.
pub struct Lists<'a, T> {
    pub what: &'a str,
    pub earlier: &'a [T],
    pub present: &'a [T],
    /// Where the list stands in the earlier version and in the present one.
    pub places: (Place, Place),
    /// The newest entry of the same item in the earlier version.
    pub newest: Option<Day>,
}

impl<'a, T> Lists<'a, T> {
    /// A list that was not there before.
    pub fn of_new(what: &'a str, present: &'a [T], place: Place) -> Self {
        Self {
            what,
            earlier: &[],
            present,
            places: (Place::default(), place),
            newest: None,
        }
    }
}

impl Guard {
    /// Past entries stay as they are; new ones come after them.
    pub fn entries<T: Entry>(&mut self, lists: &Lists<'_, T>) {
        let (old, new) = (keys(lists.earlier), keys(lists.present));
        let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
        let changes = ops.iter().flat_map(|op| op.iter_changes(&old, &new));
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

    /// What stands between two entries that stayed: as many as have gone were changed, the others
    /// deleted or added.
    fn gap<T: Entry>(
        &mut self,
        lists: &Lists<'_, T>,
        gone: &mut Vec<usize>,
        added: &mut Vec<usize>,
    ) {
        let mut added = std::mem::take(added).into_iter();
        for old in std::mem::take(gone) {
            let on = lists.earlier[old].on();
            let earlier = lists.places.0.index(old);
            let (place, done) = match added.next() {
                Some(new) => (lists.places.1.index(new), "was changed"),
                None => (lists.places.1, "was deleted"),
            };
            let what = lists.what;
            self.found.push(
                Finding::new(
                    Rule::EntryAltered,
                    place,
                    format!("the {} of {on} on {what} {done}", T::NAME),
                )
                .label("is not what was recorded")
                .earlier(earlier, "was recorded")
                .help("put it back as it was, and record the correction as an entry of its own"),
            );
        }
        for new in added {
            self.dated(lists, new);
        }
    }

    fn dated<T: Entry>(&mut self, lists: &Lists<'_, T>, index: usize) {
        let on = lists.present[index].on();
        let place = lists.places.1.index(index).key("on");
        let (name, what) = (T::NAME, lists.what);
        if let Some(newest) = lists.newest.filter(|newest| on < *newest) {
            self.found.push(
                Finding::new(
                    Rule::Backdated,
                    place,
                    format!(
                        "a new {name} on {what} is dated {on}, before what was recorded on {newest}"
                    ),
                )
                .label("backdated")
                .help(format!(
                    "date it {newest} or later, and say in its words when it was true"
                )),
            );
        } else if let Some(newest) = self.newest.filter(|newest| on < *newest) {
            self.found.push(
                Finding::new(
                    Rule::RecordedLate,
                    place,
                    format!(
                        "a new {name} on {what} is dated {on}; the plan already knew of {newest}"
                    ),
                )
                .label("recorded late")
                .help("make sure that the day is right"),
            );
        }
    }
}

/// An entry that can be told from every other by what it says.
pub trait Entry: Dated {
    const NAME: &'static str;

    /// All that it says, however it is laid out.
    fn essence(&self) -> Vec<String>;
}

fn keys<T: Entry>(entries: &[T]) -> Vec<Vec<String>> {
    entries.iter().map(Entry::essence).collect()
}

fn told(text: Option<&Text<'_>>) -> String {
    text.map_or_else(String::new, |text| paragraphs(text).join("\n"))
}

impl Entry for ProgressEntry<'_> {
    const NAME: &'static str = "entry";

    fn essence(&self) -> Vec<String> {
        let fixed = [
            self.on.to_string(),
            self.status.word().to_owned(),
            told(self.by.as_ref()),
            told(self.note.as_ref()),
        ];
        let evidence = self.evidence.iter().map(|evidence| told(Some(evidence)));
        fixed.into_iter().chain(evidence).collect()
    }
}

impl Entry for Revision<'_> {
    const NAME: &'static str = "revision";

    fn essence(&self) -> Vec<String> {
        vec![
            self.on.to_string(),
            fold(&self.to.wording),
            told(self.reason.as_ref()),
            told(self.by.as_ref()),
        ]
    }
}

impl Entry for Verification<'_> {
    const NAME: &'static str = "verification";

    fn essence(&self) -> Vec<String> {
        let fixed = [
            self.on.to_string(),
            told(Some(&self.by)),
            self.result.word().to_owned(),
            told(self.note.as_ref()),
        ];
        let evidence = self.evidence.iter().map(|evidence| told(Some(evidence)));
        fixed.into_iter().chain(evidence).collect()
    }
}
