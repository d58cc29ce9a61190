//! What is recorded of an action after publication: progress, verification, revised timescales.

use super::{
    Day, Decision, Key, Keyword, Recommendation, Shape, Timescale,
    keys::{Record, never, record},
    keyword::vocabulary,
    owners::BETWEEN_OWNERS,
};

vocabulary! {
    /// Is it done? A progress entry says so, and a recommendation's progress follows from its actions.
    Status {
        NotStarted = "not-started",
        InProgress = "in-progress",
        Complete = "complete",
        /// Something else has taken its place.
        Superseded = "superseded",
        /// Given up.
        NotPursued = "not-pursued",
    }
}

impl Status {
    /// Whether nothing more is to be done: complete, superseded or not pursued.
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Complete | Self::Superseded | Self::NotPursued)
    }

    /// How far along it is; a smaller one is a step back.
    pub fn stage(self) -> u8 {
        match self {
            Self::NotStarted => 0,
            Self::InProgress => 1,
            Self::Complete | Self::Superseded | Self::NotPursued => 2,
        }
    }

    /// Whether an entry with this status must say why.
    pub fn needs_note(self) -> bool {
        matches!(self, Self::Superseded | Self::NotPursued)
    }
}

vocabulary! {
    /// Will it be in time? Somebody's judgement before the deadline has passed; the worst is the last.
    Outlook {
        OnTrack = "on-track",
        AtRisk = "at-risk",
        OffTrack = "off-track",
    }
}

vocabulary! {
    /// What somebody independent found.
    Verdict {
        Verified = "verified",
        /// Not accepted as done: the recommendation is open again.
        Refused = "refused",
    }
}

record! {
    /// One line of an action's history: what was true of it on a day.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ProgressEntry as "a `progress` entry" {
        /// The day on which it was so.
        pub on: Day = never("On"),
        /// Says whether the work is done.
        pub status: Status = never("Status"),
        /// Says whether it will be in time, in somebody's judgement.
        pub outlook: Option<Outlook> = never("Outlook"),
        /// Who says so.
        pub by: Option<String> = never("By"),
        /// A note on it.
        pub note: Option<String> = never("Note").searched(),
        /// Paths or links that show it.
        pub evidence: Vec<String> = never("Evidence"),
    }
}

record! {
    /// A later timescale, agreed or asked for; the one before it stays beside it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Revision as "a `revisions` entry" {
        /// The day on which it was agreed, asked for or refused.
        pub on: Day = never("On"),
        /// The later timescale; of a refusal, the one that was asked for.
        pub to: Timescale [and due] [from on] = never("To"),
        /// Why it is later.
        pub reason: Option<String> = never("Reason"),
        /// Who agreed, asked or decided.
        pub by: Option<String> [needed if decision Decision::is_answer] = never("By"),
        /// Says whether it is a request, or the answer to one. Without it the timescale was agreed.
        pub decision: Option<Decision> = never("Decision"),
    }
}

record! {
    /// An independent confirmation, or refusal, that a recommendation is done.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Verification as "a `verification` entry" {
        /// The day on which it was looked at.
        pub on: Day = never("On"),
        /// Who looked at it.
        pub by: String = never("By"),
        /// Says whether it is done.
        pub result: Verdict = never("Result"),
        /// A note on it.
        pub note: Option<String> = never("Note"),
        /// Paths or links that show it.
        pub evidence: Vec<String> = never("Evidence"),
    }
}

/// A key of a recommendation or an action that an amendment may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmendKey(pub &'static Key);

impl Keyword for AmendKey {
    const ALL: &'static [Self] = &AMENDABLE;

    fn word(self) -> &'static str {
        self.0.name
    }
}

/// The keys that may be amended. Those of an action are among them.
const AMENDABLE: [AmendKey; count_amendable()] = {
    let keys = Recommendation::KEYS;
    let mut amendable = [AmendKey(&keys[0]); count_amendable()];
    let (mut at, mut count) = (0, 0);
    while at < keys.len() {
        if keys[at].class.is_amended() {
            amendable[count] = AmendKey(&keys[at]);
            count += 1;
        }
        at += 1;
    }
    amendable
};

const fn count_amendable() -> usize {
    let (mut at, mut count) = (0, 0);
    while at < Recommendation::KEYS.len() {
        count += Recommendation::KEYS[at].class.is_amended() as usize;
        at += 1;
    }
    count
}

record! {
    /// A change of what an item says, with what it said before.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Amendment as "an `amendments` entry" {
        /// The day on which it was changed.
        pub on: Day = never("On"),
        /// The key that was changed.
        pub key: AmendKey = never("Key"),
        /// The value before, as it was written; several owners are parted by `; `. Left out where there was none.
        pub was: Option<String> = never("Was"),
        /// Why it was changed.
        pub reason: String = never("Reason"),
        /// Who changed it.
        pub by: Option<String> = never("By"),
    }
}

impl Amendment {
    /// The owners before, where they were amended.
    pub fn former_owners(&self) -> impl Iterator<Item = &str> {
        let was = self.was.as_deref().filter(|_| matches!(self.key.0.shape, Shape::Owners));
        was.into_iter().flat_map(|was| was.split(BETWEEN_OWNERS))
    }
}

/// An entry of a list that is kept oldest first.
pub trait Dated {
    fn on(&self) -> Day;
}

impl Dated for ProgressEntry {
    fn on(&self) -> Day {
        self.on
    }
}

impl Dated for Revision {
    fn on(&self) -> Day {
        self.on
    }
}

impl Dated for Amendment {
    fn on(&self) -> Day {
        self.on
    }
}

impl Dated for Verification {
    fn on(&self) -> Day {
        self.on
    }
}

/// The entries known on `day`: later ones are not seen. The list is oldest first.
pub fn seen_on<T: Dated>(entries: &[T], day: Day) -> &[T] {
    let count = entries.partition_point(|entry| entry.on() <= day);
    &entries[..count]
}
