//! The recommendations that a report counts, names and lists.

use crate::{
    model::Id,
    query::{Happened, PeriodSummary},
};

/// The recommendations that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowSelection {
    Total,
    Open,
    Complete,
    /// Begun, without what is only ongoing.
    InProgress,
    /// Without an end, and nobody has reported on it.
    Unreported,
    NotStarted,
    Superseded,
    NotPursued,
    Rejected,
    Overdue,
    /// Complete by its owner's word alone.
    NotVerified,
    /// Open and due by the end of the next meeting.
    DueNext,
    /// Past its date by no more than the plan's days of grace.
    InGrace,
    /// No date is agreed yet.
    Undated,
    /// Without an end.
    Ongoing,
    /// To be looked at again by now, or soon.
    ReviewDue,
    AtRisk,
    /// Management has not answered yet.
    Awaited,
    /// Brought before the committee by the plan's rule.
    Escalated,
    Red,
    Amber,
    Green,
    /// Live, in a plan that does not say what colours mean.
    Uncoloured,
    /// Complete, and open until somebody verifies it.
    Unverified,
    /// A later date was asked for and nobody has decided, of the whole or of an action.
    Requested,
    Unowned,
    /// Nothing was heard since before the last meeting.
    Silent,
    OpenBefore,
    Added,
    Reopened,
    /// Closed in the period.
    Closed,
    /// Completed in the period.
    Completed,
    /// An extension was agreed in the period, of the whole or of an action.
    Extended,
    /// A first date was agreed in the period, of the whole or of an action.
    Dated,
    /// An extension in force of open work that nobody decided, where the plan asks for a decision.
    Undecided,
    /// Confirmed by somebody in the period.
    Verified,
    /// Somebody looked in the period and did not confirm it.
    VerificationRefused,
    /// The date passed in the period.
    NewlyOverdue,
    /// Open, and nothing was recorded in the period.
    Untouched,
    /// A later date that was asked for was refused.
    RequestRefused,
    /// No longer in the plan.
    Dropped,
    /// Something from before the period was recorded in it.
    RecordedLate,
    /// Something from before the period was changed or deleted in it.
    Altered,
}

impl RowSelection {
    /// How many selections there are.
    pub const COUNT: usize = Self::Altered as usize + 1;
}

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
