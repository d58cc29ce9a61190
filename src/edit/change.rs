//! A change to a plan as data: one thing appended to one list.

use std::sync::Arc;

use crate::model::{Action, Meeting, Plan, ProgressEntry, Recommendation, Revision, Verification};

/// One thing appended to one list of the plan. Positions are those of the plan it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Progress { target: (usize, usize), entry: ProgressEntry },
    Revision { target: Target, revision: Revision },
    Verification { target: usize, entry: Verification },
    Recommendation(Recommendation),
    Action { target: usize, action: Action },
    Meeting(Meeting),
}

/// What an id stands for: the position of a recommendation, or of an action in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Recommendation(usize),
    Action(usize, usize),
}

impl Target {
    /// The position of the recommendation it is, or belongs to.
    pub fn recommendation(self) -> usize {
        match self {
            Self::Recommendation(index) | Self::Action(index, _) => index,
        }
    }
}

impl Change {
    /// Makes the change in `plan`.
    pub fn apply(self, plan: &mut Plan) {
        let recommendations = &mut plan.recommendations;
        match self {
            Self::Progress { target: (index, number), entry } => {
                shared(recommendations, index).actions[number].progress.push(entry)
            }
            Self::Revision { target: Target::Recommendation(index), revision } => {
                shared(recommendations, index).revisions.push(revision)
            }
            Self::Revision { target: Target::Action(index, number), revision } => {
                shared(recommendations, index).actions[number].revisions.push(revision)
            }
            Self::Verification { target, entry } => {
                shared(recommendations, target).verification.push(entry);
            }
            Self::Action { target, action } => shared(recommendations, target).actions.push(action),
            Self::Recommendation(new) => recommendations.push(new.into()),
            Self::Meeting(meeting) => plan.meetings.push(meeting),
        }
    }
}

/// A recommendation to change, which other versions of the plan keep as it was.
fn shared(recommendations: &mut [Arc<Recommendation>], index: usize) -> &mut Recommendation {
    Arc::make_mut(&mut recommendations[index])
}
