//! The part of the account of a period that a selection of recommendations means.

use super::question::RowSelection;
use crate::{
    model::Id,
    query::{Happened, PeriodSummary},
};

/// A part of the account of a period.
pub enum PeriodPart {
    OpenBefore,
    Closed,
    Event(Happened),
}

impl PeriodPart {
    /// The part that is meant; `None` where the present plan tells.
    pub fn find(which: RowSelection) -> Option<Self> {
        Some(match which {
            RowSelection::OpenBefore => Self::OpenBefore,
            RowSelection::Closed => Self::Closed,
            RowSelection::Added => Self::Event(Happened::Added),
            RowSelection::Reopened => Self::Event(Happened::Reopened),
            RowSelection::Completed => Self::Event(Happened::Completed),
            RowSelection::Verified => Self::Event(Happened::Verified),
            RowSelection::VerificationRefused => Self::Event(Happened::Refused),
            RowSelection::NewlyOverdue => Self::Event(Happened::NewlyOverdue),
            RowSelection::Untouched => Self::Event(Happened::Untouched),
            RowSelection::RequestRefused => Self::Event(Happened::RequestRefused),
            RowSelection::Dropped => Self::Event(Happened::Dropped),
            RowSelection::RecordedLate => Self::Event(Happened::RecordedLate),
            RowSelection::Altered => Self::Event(Happened::Altered),
            _ => return None,
        })
    }

    pub fn ids<'a>(&self, summary: &'a PeriodSummary) -> Vec<&'a Id> {
        match self {
            Self::OpenBefore => summary.open_before.iter().collect(),
            Self::Closed => summary.closed.iter().collect(),
            Self::Event(what) => {
                let events = summary.events.iter().filter(|event| event.what == *what);
                events.map(|event| &event.id).collect()
            }
        }
    }
}
