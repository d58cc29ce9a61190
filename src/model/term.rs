//! The meaning of a timescale.

use super::{Period, Status};

/// The meaning of a timescale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// To be done by the last day of the period.
    By(Period),
    /// No end: never overdue, but it can go stale.
    Ongoing,
    /// No date yet.
    ToBeAgreed,
    /// Done when the plan was published.
    Complete,
    /// Done since then.
    InPlaceSince(Period),
}

impl Term {
    /// The deadline, where there is one.
    pub fn deadline(self) -> Option<Period> {
        match self {
            Self::By(period) => Some(period),
            Self::Ongoing | Self::ToBeAgreed | Self::Complete | Self::InPlaceSince(_) => None,
        }
    }

    /// The status when the plan is published, before any entry.
    pub fn first_status(self) -> Status {
        match self {
            Self::By(_) | Self::ToBeAgreed => Status::NotStarted,
            Self::Ongoing => Status::InProgress,
            Self::Complete | Self::InPlaceSince(_) => Status::Complete,
        }
    }

    /// Its kind, in the word that scripts read.
    pub fn word(self) -> &'static str {
        match self {
            Self::By(_) => "deadline",
            Self::Ongoing => "ongoing",
            Self::ToBeAgreed => "to-be-agreed",
            Self::Complete => "complete",
            Self::InPlaceSince(_) => "in-place",
        }
    }

    /// Words that are read as this.
    pub fn wording(self) -> String {
        match self {
            Self::By(period) => period.iso(),
            Self::Ongoing => "Ongoing".to_owned(),
            Self::ToBeAgreed => "To be agreed".to_owned(),
            Self::Complete => "Complete".to_owned(),
            Self::InPlaceSince(since) => format!("In place since {since}"),
        }
    }
}
