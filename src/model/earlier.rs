//! Computes an earlier state of a plan: either the state on a day according to the dates of the entries, or the state
//! that was known on a day.

use super::{Amendment, Dated, Day, ItemRef, Plan, Recommendation, Record, Response, Shape};

impl Recommendation {
    /// Returns the recommendation as it was on `day`: without later actions or a later response, and with the old
    /// values of keys that were amended later. All progress entries, revisions and verifications are kept, even the
    /// later ones. Returns `None` if nothing is to be removed or undone.
    pub fn as_of(&self, day: Day) -> Option<Self> {
        self.earlier(day, |entry| entry.on())
    }

    fn earlier(&self, day: Day, of: DayOf) -> Option<Self> {
        let is_answered_later = self.response_on.is_some_and(|on| on > day);
        let is_amended_later =
            |item: ItemRef<'_>| item.amendments().iter().any(|entry| of(entry) > day);
        if !is_answered_later
            && !self.items().any(is_amended_later)
            && self.actions_on(day).count() == self.actions.len()
        {
            return None;
        }
        let mut earlier = self.clone();
        unamended(&mut earlier, &self.amendments, day, of);
        if is_answered_later {
            earlier.response = Response::Awaited;
            earlier.response_on = None;
            earlier.response_text = None;
            earlier.timescale = None;
        }
        earlier.actions = self.actions_on(day).cloned().collect();
        for action in &mut earlier.actions {
            let amendments = action.amendments.clone();
            unamended(action, &amendments, day, of);
        }
        Some(earlier)
    }

    /// Returns the recommendation as it was on `day`. Unlike [`Self::as_of`], this also removes later progress entries,
    /// revisions, verifications and amendments. Returns `None` if nothing in the recommendation is later than `day`.
    /// The function `of` returns the day of an entry that is compared with `day`.
    fn without_later_than(&self, day: Day, of: DayOf) -> Option<Self> {
        let as_of = self.earlier(day, of);
        let mut is_shorter = as_of.is_some();
        let mut earlier = as_of.unwrap_or_else(|| self.clone());
        is_shorter |= cut(&mut earlier.revisions, day, of)
            | cut(&mut earlier.progress, day, of)
            | cut(&mut earlier.verification, day, of)
            | cut(&mut earlier.amendments, day, of);
        for action in &mut earlier.actions {
            is_shorter |= cut(&mut action.revisions, day, of)
                | cut(&mut action.progress, day, of)
                | cut(&mut action.amendments, day, of);
        }
        is_shorter.then_some(earlier)
    }
}

/// Undoes the amendments that are later than `day`: each amended key of the record gets its old value again. An
/// amendment of a date is not undone, because the corrected date also applies to earlier days.
fn unamended(record: &mut impl Record, amendments: &[Amendment], day: Day, of: DayOf) {
    let later = amendments.iter().rev().filter(|amendment| of(*amendment) > day);
    for Amendment { key, was, .. } in
        later.filter(|later| later.key.1.is_none() && !matches!(later.key.0.shape, Shape::Day))
    {
        let value = was.as_deref().map(|was| key.0.read(was));
        if value != Some(None) {
            record.set(key.0, value.flatten());
        }
    }
}

/// A function that returns one of the two days of an entry: its date, or the day on which it became known.
type DayOf = fn(&dyn Dated) -> Day;

/// Removes the entries for which the function `of` returns a day after `day`. Returns true if any entry was removed.
fn cut<T: Dated>(entries: &mut Vec<T>, day: Day, of: DayOf) -> bool {
    let before = entries.len();
    entries.retain(|entry| of(entry) <= day);
    entries.len() < before
}

impl Plan {
    /// Returns the plan as it was on `day`, without any entry that has a later date.
    pub fn without_later_than(&self, day: Day) -> Self {
        self.without(day, |entry| entry.on())
    }

    /// Returns the plan as it was known on `day`, without any entry that became known later.
    pub fn known_by(&self, day: Day) -> Self {
        self.without(day, |entry| entry.known_from())
    }

    fn without(&self, day: Day, of: DayOf) -> Self {
        let mut plan = self.clone();
        for recommendation in &mut plan.recommendations {
            if let Some(earlier) = recommendation.without_later_than(day, of) {
                *recommendation = earlier.into();
            }
        }
        plan
    }
}
