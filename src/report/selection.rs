//! The selections of recommendations that a report counts, names and lists.

use crate::{
    model::Id,
    query::{Happened, PeriodSummary},
};

/// A selection of recommendations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowSelection {
    Total,
    Open,
    Complete,
    /// The recommendations in progress, without ongoing ones that have no update.
    InProgress,
    /// Ongoing recommendations on which no update was ever recorded.
    Unreported,
    NotStarted,
    Superseded,
    NotPursued,
    Rejected,
    Overdue,
    /// Complete recommendations that only an owner has verified, or that no person has verified.
    NotVerified,
    /// Open recommendations that are due by the next meeting.
    DueNext,
    /// Recommendations past their due date, but within the plan's days of grace.
    InGrace,
    /// Open recommendations without an agreed date.
    Undated,
    /// Open recommendations whose work has no end.
    Ongoing,
    /// Recommendations whose review day has come or is near.
    ReviewDue,
    AtRisk,
    /// Recommendations on which the management response is pending.
    Awaited,
    /// Recommendations that the plan's rule escalates to the committee.
    Escalated,
    Red,
    Amber,
    Green,
    /// Open recommendations without a RAG colour.
    Uncoloured,
    /// Complete recommendations that stay open until they are verified.
    Unverified,
    /// Recommendations with a requested extension that awaits a decision, for the recommendation or an action.
    Requested,
    Unowned,
    /// Ongoing recommendations without an update since the last meeting.
    Silent,
    OpenBefore,
    Added,
    Reopened,
    /// Recommendations closed in the period.
    Closed,
    /// Recommendations completed in the period.
    Completed,
    /// Items whose due date was extended in the period.
    Extended,
    /// Items that got their first due date in the period.
    Dated,
    /// Open items whose due date was extended without the decision that the policy requires.
    Undecided,
    /// Recommendations verified in the period.
    Verified,
    /// Recommendations whose verification failed in the period.
    VerificationRefused,
    /// Recommendations that became overdue in the period.
    NewlyOverdue,
    /// Open recommendations without an entry in the period.
    Untouched,
    /// Items whose requested extension was refused in the period.
    RequestRefused,
    /// Recommendations that are no longer in the plan.
    Dropped,
    /// Items with an entry that was recorded in the period but is dated earlier.
    RecordedLate,
    /// Items with an earlier entry that was changed or deleted in the period.
    Altered,
}

impl RowSelection {
    /// The number of selections.
    pub const COUNT: usize = Self::Altered as usize + 1;
}

/// A part of the summary of a period.
pub enum PeriodPart {
    OpenBefore,
    Closed,
    Event(Happened),
}

impl PeriodPart {
    /// Returns the part of the summary for a selection; `None` if the present plan is enough to compute the selection.
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
