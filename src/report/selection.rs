//! The selections of recommendations that a report counts, names or lists.

use crate::{
    model::Id,
    query::{Happened, PeriodSummary},
};

/// A selection of recommendations, or of recommendations and actions, that a report counts or lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowSelection {
    Total,
    Open,
    Complete,
    /// The recommendations in progress that are not in the selection `Unreported`.
    InProgress,
    /// The recommendations whose work is ongoing (without an end) and for which no update was ever recorded.
    Unreported,
    NotStarted,
    Superseded,
    NotPursued,
    Rejected,
    Overdue,
    /// The complete recommendations that are not verified, or that were verified only by one of their own owners.
    NotVerified,
    /// Open recommendations that fall due between the as-of day and the next meeting.
    DueNext,
    /// Recommendations past their due date, but within the plan's days of grace.
    InGrace,
    /// Open recommendations for which no due date is agreed.
    Undated,
    /// Open recommendations with ongoing work, which has no end and no due date.
    Ongoing,
    /// Open recommendations whose review date has come or is near.
    ReviewDue,
    AtRisk,
    /// Recommendations to which management has not yet responded.
    Awaited,
    /// Recommendations that are escalated to the committee by the rule in the plan's policy.
    Escalated,
    Red,
    Amber,
    Green,
    /// Open recommendations that are neither red, amber nor green.
    Uncoloured,
    /// Complete recommendations that stay open until they are verified, because the policy requires a verification.
    Unverified,
    /// Recommendations and actions with a request for an extension that awaits a decision.
    Requested,
    Unowned,
    /// Ongoing recommendations without an update since the last meeting.
    Silent,
    OpenBefore,
    Added,
    Reopened,
    /// Recommendations that were closed in the period of the report.
    Closed,
    /// Recommendations that were completed in the period.
    Completed,
    /// Items whose due date was extended in the period.
    Extended,
    /// Items whose first due date was set in the period.
    Dated,
    /// Open items whose due date was extended without a decision, although the policy requires a decision.
    Undecided,
    /// Recommendations that were verified in the period.
    Verified,
    /// Recommendations whose verification failed in the period.
    VerificationRefused,
    /// Recommendations that became overdue in the period.
    NewlyOverdue,
    /// Open recommendations without an entry in the period.
    Untouched,
    /// Items whose requested extension was refused in the period.
    RequestRefused,
    /// Recommendations that were deleted from the plan in the period.
    Dropped,
    /// Items with an entry that is dated before the period but was recorded in the period.
    RecordedLate,
    /// Items with an entry from before the period that was changed or deleted in the period.
    Altered,
}

impl RowSelection {
    /// The number of values that [`RowSelection`] has.
    pub const COUNT: usize = Self::Altered as usize + 1;
}

/// Returns the ids that the summary of a period lists for a selection. Returns `None` if no single part of the summary
/// lists the selected items.
pub fn in_period(which: RowSelection, summary: &PeriodSummary) -> Option<Vec<&Id>> {
    let what = match which {
        RowSelection::OpenBefore => return Some(summary.open_before.iter().collect()),
        RowSelection::Closed => return Some(summary.closed.iter().collect()),
        RowSelection::Added => Happened::Added,
        RowSelection::Reopened => Happened::Reopened,
        RowSelection::Completed => Happened::Completed,
        RowSelection::Verified => Happened::Verified,
        RowSelection::VerificationRefused => Happened::Refused,
        RowSelection::NewlyOverdue => Happened::NewlyOverdue,
        RowSelection::Untouched => Happened::Untouched,
        RowSelection::RequestRefused => Happened::RequestRefused,
        RowSelection::Dropped => Happened::Dropped,
        RowSelection::RecordedLate => Happened::RecordedLate,
        RowSelection::Altered => Happened::Altered,
        _ => return None,
    };
    let events = summary.events.iter().filter(|event| event.what == what);
    Some(events.map(|event| &event.id).collect())
}
