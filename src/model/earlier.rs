//! The plan as it was on an earlier day. Entries that were recorded late count either from their date or from the day
//! on which they became known.

use super::{Amendment, Dated, Day, ItemRef, Plan, Recommendation, Record, Response, Shape};

impl Recommendation {
    /// Returns the recommendation as of `day`: without later actions and a later response, and with the values before
    /// later amendments. All entries stay, even later ones. Returns `None` if no action, response or amendment is later
    /// than `day`.
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

    /// Returns the recommendation as of `day`, also without later entries; `None` if it has nothing later than `day`.
    /// `of` is the function that returns the day that counts for an entry.
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

/// Gives each key that was amended after `day` its earlier value again. Only an amended date keeps the new value,
/// because the correction of a date holds for every day.
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

/// A function that returns the day that counts for an entry: its date, or the day on which it became known.
type DayOf = fn(&dyn Dated) -> Day;

/// Removes the entries for which `of` returns a day later than `day`. Returns true if at least one entry was removed.
fn cut<T: Dated>(entries: &mut Vec<T>, day: Day, of: DayOf) -> bool {
    let before = entries.len();
    entries.retain(|entry| of(entry) <= day);
    entries.len() < before
}

impl Plan {
    /// Returns the plan as it was on `day`, without later entries. Each entry counts from its date.
    pub fn without_later_than(&self, day: Day) -> Self {
        self.without(day, |entry| entry.on())
    }

    /// Returns the plan as it was known on `day`, without later entries. An entry that was recorded late counts only
    /// from the day on which it became known.
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
