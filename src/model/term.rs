//! The meaning of a timescale: a due date, or the reason why there is no due date.

use super::{Period, Status};

/// The meaning of a timescale: a due date, or the reason why there is no due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// The work is due by the last day of the period.
    By(Period),
    /// The work has no end, so it is never overdue.
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

    /// Returns the status that work with this timescale has at publication.
    pub fn first_status(self) -> Status {
        match self {
            Self::By(_) | Self::ToBeAgreed => Status::NotStarted,
            Self::Ongoing => Status::InProgress,
            Self::Complete | Self::InPlaceSince(_) => Status::Complete,
        }
    }

    /// Returns the name of this meaning in JSON and CSV, such as `deadline`.
    pub fn word(self) -> &'static str {
        match self {
            Self::By(_) => "deadline",
            Self::Ongoing => "ongoing",
            Self::ToBeAgreed => "to-be-agreed",
            Self::Complete => "complete",
            Self::InPlaceSince(_) => "in-place",
        }
    }

    /// Returns an accepted wording of a timescale with this meaning.
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
