//! Meetings in two versions.

use super::{Comparison, Item, What};
use crate::{
    checks::Place,
    model::{Meeting, Period, Plan},
};

impl Comparison {
    /// Meetings that are gone or have another date. One of a month may be given its day.
    pub(super) fn meetings(&mut self, earlier: &Plan, present: &Plan) {
        for (index, old) in earlier.meetings.iter().enumerate() {
            if present.meetings.iter().any(|new| is_within(new.date, old.date)) {
                continue;
            }
            let moved = present.meetings.iter().position(|new| {
                new.title.is_some() && new.title == old.title && is_new(new, earlier)
            });
            let place = moved.map_or(Place::top().key("meeting"), Place::meeting);
            let new = moved.map(|found| present.meetings[found].date);
            let item = Item::Meeting(old.date);
            self.add(&item, (Place::meeting(index), place), What::Meeting { old: old.date, new });
        }
    }
}

fn is_within(inner: Period, outer: Period) -> bool {
    inner.first_day() >= outer.first_day() && inner.last_day() <= outer.last_day()
}

/// Whether no meeting was held on this date before.
fn is_new(meeting: &Meeting, earlier: &Plan) -> bool {
    earlier.meetings.iter().all(|old| old.date != meeting.date)
}
