//! What is recorded of an action after publication: progress, verification, revised timescales.

use super::{Day, Decision, Timescale, keyword::vocabulary};

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

/// One line of an action's history: what was true of it on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressEntry {
    pub on: Day,
    pub status: Status,
    pub outlook: Option<Outlook>,
    pub by: Option<String>,
    pub note: Option<String>,
    pub evidence: Vec<String>,
}

/// A later timescale, agreed or asked for; the one before it stays beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// When it was agreed, asked for or refused.
    pub on: Day,
    /// Of a refusal, the timescale that was asked for.
    pub to: Timescale,
    pub reason: Option<String>,
    /// Who agreed, asked or decided.
    pub by: Option<String>,
    /// Without one it was agreed.
    pub decision: Option<Decision>,
}

/// An independent confirmation, or refusal, that a recommendation is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    pub on: Day,
    pub by: String,
    pub result: Verdict,
    pub note: Option<String>,
    pub evidence: Vec<String>,
}

vocabulary! {
    /// What an amendment may change of a recommendation or an action.
    AmendKey {
        Owner = "owner",
        Priority = "priority",
        Area = "area",
        Title = "title",
        Review = "review",
        Text = "text",
        Timescale = "timescale",
        Response = "response",
    }
}

/// A change of what an item says, with what it said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    pub on: Day,
    pub key: AmendKey,
    /// The value before, as it was written, of owners as [`owners_in_words`] has them. `None` where there was none.
    pub was: Option<String>,
    pub reason: String,
    pub by: Option<String>,
}

/// What parts the owners that an amendment keeps.
const BETWEEN_OWNERS: &str = "; ";

impl Amendment {
    /// The owners before, where they were amended.
    pub fn former_owners(&self) -> impl Iterator<Item = &str> {
        let was = self.was.as_deref().filter(|_| self.key == AmendKey::Owner);
        was.into_iter().flat_map(|was| was.split(BETWEEN_OWNERS))
    }
}

/// Owners as an amendment keeps them: several are parted by `; `. `None` where nobody is named.
pub fn owners_in_words(owners: &[String]) -> Option<String> {
    (!owners.is_empty()).then(|| owners.join(BETWEEN_OWNERS))
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
