//! The meaning of a timescale.

use super::{Period, Status};

/// The meaning of a timescale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// The work is due by the last day of the period.
    By(Period),
    /// The work has no end. It is never overdue, but it can become stale.
    Ongoing,
    /// A date is not agreed yet.
    ToBeAgreed,
    /// The work was complete when the plan was published.
    Complete,
    /// The measure has been in place since this day, month or year.
    InPlaceSince(Period),
}

impl Term {
    /// Returns the due date, if there is one.
    pub fn deadline(self) -> Option<Period> {
        match self {
            Self::By(period) => Some(period),
            Self::Ongoing | Self::ToBeAgreed | Self::Complete | Self::InPlaceSince(_) => None,
        }
    }

    /// Returns the status at publication, before any entry.
    pub fn first_status(self) -> Status {
        match self {
            Self::By(_) | Self::ToBeAgreed => Status::NotStarted,
            Self::Ongoing => Status::InProgress,
            Self::Complete | Self::InPlaceSince(_) => Status::Complete,
        }
    }

    /// Returns the name of this kind of meaning in JSON and CSV.
    pub fn word(self) -> &'static str {
        match self {
            Self::By(_) => "deadline",
            Self::Ongoing => "ongoing",
            Self::ToBeAgreed => "to-be-agreed",
            Self::Complete => "complete",
            Self::InPlaceSince(_) => "in-place",
        }
    }

    /// Returns a wording that a timescale accepts and that has this meaning.
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
