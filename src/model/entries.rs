//! The entries that are recorded after publication: progress entries, revisions, verifications and amendments.

use std::ops::Range;

use super::{
    Day, Key, Record, Shape, Timescale, Values,
    keys::{amended, never, published, record},
    keyword::vocabulary,
    owners::BETWEEN_OWNERS,
};

vocabulary! {
    /// The status of a recommendation or an action.
    Status {
        NotStarted = "not-started",
        InProgress = "in-progress",
        Complete = "complete",
        /// The work was replaced by another measure.
        Superseded = "superseded",
        /// The work was abandoned.
        NotPursued = "not-pursued",
    }
}

impl Status {
    /// Checks whether the status is complete, superseded or not pursued.
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Complete | Self::Superseded | Self::NotPursued)
    }

    /// Returns a number for the stage of the work: 0 for not started, 1 for in progress, 2 for ended.
    pub fn stage(self) -> u8 {
        match self {
            Self::NotStarted => 0,
            Self::InProgress => 1,
            Self::Complete | Self::Superseded | Self::NotPursued => 2,
        }
    }

    /// Checks whether an entry with this status must have a note that gives the reason.
    pub fn needs_note(self) -> bool {
        matches!(self, Self::Superseded | Self::NotPursued)
    }
}

vocabulary! {
    /// A judgement of whether an open recommendation or action will meet its due date. The variants go from best to
    /// worst.
    Outlook {
        OnTrack = "on-track",
        AtRisk = "at-risk",
        OffTrack = "off-track",
    }
}

vocabulary! {
    /// The result of an independent verification.
    Verdict {
        Verified = "verified",
        /// The verifier did not accept the work as done, so the recommendation is open again.
        Refused = "refused",
    }
}

record! {
    /// A progress entry of a recommendation or an action: a new status, or an update that keeps the status.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ProgressEntry as "a `progress` entry" {
        /// The day the entry tells about.
        pub on: Day = never("On"),
        /// The day of recording, if a later entry existed already.
        pub recorded: Option<Day> = never("Recorded"),
        /// The new status. An entry without one is an update and changes nothing.
        pub status: Option<Status> = never("Status"),
        /// The outlook for the due date.
        pub outlook: Option<Outlook> = never("Outlook"),
        /// The person or post that reports the update.
        pub by: Option<String> = published("By"),
        /// A note.
        pub note: Option<String> = amended("Note").searched(),
        /// Evidence: paths or links.
        pub evidence: Vec<String> = published("Evidence").searched(),
    }
}

vocabulary! {
    /// The kind of a revision that is part of a decision about an extension: a request, an agreement or a refusal.
    Decision {
        Requested = "requested",
        Agreed = "agreed",
        Refused = "refused",
    }
}

impl Decision {
    /// Checks whether this is an agreement or a refusal, not a request.
    pub fn is_answer(self) -> bool {
        self != Self::Requested
    }
}

record! {
    /// A new timescale that was requested, agreed or refused. The previous timescales stay in the plan.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Revision as "a `revisions` entry" {
        /// The day the timescale was agreed, requested or refused.
        pub on: Day = never("On"),
        /// The day of recording, if a later entry existed already.
        pub recorded: Option<Day> = never("Recorded"),
        /// The new timescale. A refusal repeats the requested timescale.
        pub to: Timescale [and due] [from on] = never("To"),
        /// The reason.
        pub reason: Option<String> = amended("Reason").searched(),
        /// The person or committee that agreed, requested or decided.
        pub by: Option<String> [needed if decision Decision::is_answer] = published("By"),
        /// Says that this entry is a request or a decision. Without this key, the timescale was agreed.
        pub decision: Option<Decision> = never("Decision"),
    }
}

record! {
    /// An independent verification, which confirms or denies that a recommendation is complete.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Verification as "a `verification` entry" {
        /// The day of the verification.
        pub on: Day = never("On"),
        /// The day of recording, if a later entry existed already.
        pub recorded: Option<Day> = never("Recorded"),
        /// The verifier, who may not be an owner.
        pub by: String = published("By"),
        /// The result.
        pub result: Verdict = never("Result"),
        /// A note.
        pub note: Option<String> = amended("Note").searched(),
        /// Evidence: paths or links.
        pub evidence: Vec<String> = published("Evidence").searched(),
    }
}

/// A key that an amendment may change. If the key belongs to an entry, the second field holds the name of the list,
/// such as `progress`, and the index of the entry in this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmendKey(pub &'static Key, pub Option<(&'static str, usize)>);

impl AmendKey {
    /// Returns the written form of the key, such as `owner` or `progress.2.note`.
    pub fn word(self) -> String {
        match self.1 {
            Some((list, index)) => format!("{list}.{}.{}", index + 1, self.0),
            None => self.0.name.to_owned(),
        }
    }
}

record! {
    /// A change to the value of a key after publication. The amendment keeps the old value.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Amendment as "an `amendments` entry" {
        /// The day of the correction.
        pub on: Day = never("On"),
        /// The day of recording, if a later entry existed already.
        pub recorded: Option<Day> = never("Recorded"),
        /// The key that was changed.
        pub key: AmendKey = never("Key"),
        /// The old value, as it was written; `; ` separates owners. Left out if there was no value.
        pub was: Option<String> = never("Was"),
        /// The reason for the correction.
        pub reason: String = never("Reason").searched(),
        /// The person or post that made the correction.
        pub by: Option<String> = never("By"),
    }
}

impl Amendment {
    /// Returns the owners that this amendment replaced; nothing if the amendment did not change the owners.
    pub fn former_owners(&self) -> impl Iterator<Item = &str> {
        let was = self.was.as_deref().filter(|_| matches!(self.key.0.shape, Shape::Owners));
        was.into_iter().flat_map(|was| was.split(BETWEEN_OWNERS))
    }
}

/// An entry with a date: a progress entry, a revision, a verification or an amendment.
pub trait Dated {
    /// Returns the date of the entry.
    fn on(&self) -> Day;

    /// Returns the day on which the entry was recorded, if the plan states this day.
    fn recorded(&self) -> Option<Day>;

    /// Returns the keys of the entry, each with its value. A missing value is `None`.
    fn key_values(&self) -> Values<'_>;

    /// Returns the day on which the entry became known: its date or, if later, its day of recording.
    fn known_from(&self) -> Day {
        self.recorded().map_or(self.on(), |recorded| recorded.max(self.on()))
    }
}

macro_rules! dated {
    ($($entry:ident),+) => {
        $(impl Dated for $entry {
            fn on(&self) -> Day {
                self.on
            }

            fn recorded(&self) -> Option<Day> {
                self.recorded
            }

            fn key_values(&self) -> Values<'_> {
                self.values()
            }
        })+
    };
}

dated! { ProgressEntry, Revision, Verification, Amendment }

/// An iterator over entries in the order of their dates, oldest first. Each entry comes with its index in the list
/// `entries`.
#[derive(Debug, Clone)]
pub struct OldestFirst<'e, T> {
    entries: &'e [T],
    /// The indexes of the entries in the order of their dates; empty if `entries` is already sorted by date.
    order: Vec<usize>,
    left: Range<usize>,
}

impl<'e, T> OldestFirst<'e, T> {
    fn entry(&self, number: usize) -> (usize, &'e T) {
        let position = self.order.get(number).copied().unwrap_or(number);
        (position, &self.entries[position])
    }

    /// Keeps only the entries that come, in the order of dates, before the entry at index `position` of `entries`.
    pub fn before(mut self, position: usize) -> Self {
        let number = self.order.iter().position(|known| *known == position);
        let end = number.filter(|_| !self.order.is_empty()).unwrap_or(position);
        self.left.end = end.clamp(self.left.start, self.left.end);
        self
    }
}

impl<'e, T> Iterator for OldestFirst<'e, T> {
    type Item = (usize, &'e T);

    fn next(&mut self) -> Option<Self::Item> {
        self.left.next().map(|number| self.entry(number))
    }
}

impl<T> DoubleEndedIterator for OldestFirst<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left.next_back().map(|number| self.entry(number))
    }
}

/// Returns the entries dated on or before `day`, oldest first, each with its index in `entries`.
pub fn numbered_on<T: Dated>(entries: &[T], day: Day) -> OldestFirst<'_, T> {
    let mut order = Vec::new();
    if !entries.is_sorted_by_key(Dated::on) {
        order.extend(0..entries.len());
        order.sort_by_key(|position| entries[*position].on());
    }
    let count = entries.iter().filter(|entry| entry.on() <= day).count();
    OldestFirst { entries, order, left: 0..count }
}

/// Returns the entries dated on or before `day`, oldest first.
pub fn seen_on<T: Dated>(entries: &[T], day: Day) -> impl DoubleEndedIterator<Item = &T> {
    numbered_on(entries, day).map(|(_, entry)| entry)
}

/// Returns all entries, oldest first.
pub fn oldest_first<T: Dated>(entries: &[T]) -> impl DoubleEndedIterator<Item = &T> {
    seen_on(entries, Day::MAX)
}
