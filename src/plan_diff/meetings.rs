//! Meetings in two versions.

use super::{Both, ChangeKind, Comparison, Item};
use crate::{
    key_path::KeyPath,
    model::{Meeting, Plan},
};

/// How a meeting is found again, the surest way first.
const WAYS: [fn(&Meeting, &Meeting) -> bool; 3] = [
    |old, new| new.date == old.date,
    // A month may be given its day.
    |old, new| old.date.contains(new.date),
    |old, new| new.title.is_some() && new.title == old.title,
];

impl Comparison {
    /// Meetings that are gone or new, or have another date or title.
    pub(super) fn meetings(&mut self, earlier: &Plan, present: &Plan) {
        let found = counterparts(&earlier.meetings, &present.meetings);
        let mut added = vec![true; present.meetings.len()];
        for (index, old) in earlier.meetings.iter().enumerate() {
            let item = Item::Meeting(old.date);
            let place = KeyPath::meeting(index);
            let Some(found) = found[index] else {
                let what = ChangeKind::Meeting { old: old.date, new: None };
                self.add_whole(Both::new(item, place, KeyPath::top().key("meeting")), what);
                continue;
            };
            added[found] = false;
            let new = &present.meetings[found];
            let both = Both::new(item, place, KeyPath::meeting(found));
            if new.date != old.date {
                let what = ChangeKind::Meeting { old: old.date, new: Some(new.date) };
                self.add(&both, (both.earlier.clone(), both.present.clone()), what);
            }
            self.field(&both, "title", old.title.as_deref(), new.title.as_deref());
        }
        for (index, new) in present.meetings.iter().enumerate() {
            if added[index] {
                let what = ChangeKind::Added { name: new.title.clone(), timescale: None };
                let item = Item::Meeting(new.date);
                self.add_whole(Both::added(item, KeyPath::meeting(index)), what);
            }
        }
    }
}

/// The position of each earlier meeting in the present ones. None stands for two.
fn counterparts(earlier: &[Meeting], present: &[Meeting]) -> Vec<Option<usize>> {
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
