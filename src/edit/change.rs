//! A change to a plan as data: one thing appended to one list, or a value amended.

use std::sync::Arc;

use crate::{
    key_path::KeyPath,
    model::{
        Action, Amendment, Area, Day, Id, ItemRef, Key, KeyValue, Meeting, Plan, ProgressEntry,
        Recommendation, Record, Response, Revision, Timescale, Verification,
    },
};

/// One change. Positions are those of the plan it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Progress {
        target: Target,
        entry: ProgressEntry,
    },
    Revision {
        target: Target,
        revision: Revision,
    },
    Verification {
        target: usize,
        entry: Verification,
    },
    Recommendation(Recommendation),
    /// The answer to a recommendation whose response was awaited.
    Response {
        target: usize,
        answer: Answer,
    },
    Action {
        target: usize,
        action: Action,
    },
    Area(Area),
    Meeting(Meeting),
    /// A changed value of an item, and the entry that keeps what it was.
    Amendment {
        target: Target,
        /// The value that the key has now.
        value: Option<KeyValue<'static>>,
        amendment: Amendment,
    },
}

/// What management answered, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub response: Response,
    pub on: Day,
    pub text: Option<String>,
    /// The timescale agreed with it.
    pub timescale: Option<Timescale>,
}

impl Answer {
    /// What it says under the keys of the recommendation.
    pub fn values(&self) -> Vec<(&'static Key, KeyValue<'static>)> {
        let said = Recommendation {
            response: self.response,
            response_on: Some(self.on),
            response_text: self.text.clone(),
            timescale: self.timescale.clone(),
            ..Recommendation::default()
        };
        let values = said.values().into_iter().filter(|(key, _)| key.is_answer);
        values.filter_map(|(key, value)| Some((key, value?.into_owned()))).collect()
    }
}

/// What an id stands for: the position of a recommendation, or of an action in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Recommendation(usize),
    Action(usize, usize),
}

/// The lists that a recommendation and an action both have.
pub struct Entries<'r> {
    pub progress: &'r mut Vec<ProgressEntry>,
    pub revisions: &'r mut Vec<Revision>,
    pub amendments: &'r mut Vec<Amendment>,
}

impl Target {
    /// The position of the recommendation it is, or belongs to.
    pub fn recommendation(self) -> usize {
        match self {
            Self::Recommendation(index) | Self::Action(index, _) => index,
        }
    }

    /// The position of the action that it is.
    pub fn action(self) -> Option<usize> {
        match self {
            Self::Recommendation(_) => None,
            Self::Action(_, number) => Some(number),
        }
    }

    /// The recommendation or action that it is.
    pub fn item(self, plan: &Plan) -> ItemRef<'_> {
        plan.item((self.recommendation(), self.action()))
    }

    /// Where it stands in the plan.
    pub fn place(self) -> KeyPath {
        match self {
            Self::Recommendation(index) => KeyPath::recommendation(index),
            Self::Action(index, number) => KeyPath::recommendation(index).action(number),
        }
    }

    /// Its lists of entries, in the recommendation that it is or belongs to.
    pub fn entries(self, recommendation: &mut Recommendation) -> Entries<'_> {
        let (progress, revisions, amendments) = match self.action() {
            None => {
                let Recommendation { progress, revisions, amendments, .. } = recommendation;
                (progress, revisions, amendments)
            }
            Some(number) => {
                let Action { progress, revisions, amendments, .. } =
                    &mut recommendation.actions[number];
                (progress, revisions, amendments)
            }
        };
        Entries { progress, revisions, amendments }
    }

    /// Gives it a value under a key. `None` where it has no such key.
    pub fn set(
        self,
        recommendation: &mut Recommendation,
        key: &Key,
        value: Option<KeyValue<'_>>,
    ) -> Option<()> {
        match self.action() {
            None => recommendation.set(key, value),
            Some(number) => recommendation.actions[number].set(key, value),
        }
    }

    /// Its id in the plan.
    pub fn id(self, plan: &Plan) -> &Id {
        let recommendation = &plan.recommendations[self.recommendation()];
        match self {
            Self::Recommendation(_) => &recommendation.id,
            Self::Action(_, number) => &recommendation.actions[number].id,
        }
    }
}

impl Change {
    /// Makes the change in `plan`.
    pub fn apply(self, plan: &mut Plan) {
        let recommendations = &mut plan.recommendations;
        match self {
            Self::Progress { target, entry } => {
                let recommendation = shared(recommendations, target.recommendation());
                target.entries(recommendation).progress.push(entry);
            }
            Self::Revision { target, revision } => {
                let recommendation = shared(recommendations, target.recommendation());
                target.entries(recommendation).revisions.push(revision);
            }
            Self::Verification { target, entry } => {
                shared(recommendations, target).verification.push(entry);
            }
            Self::Response { target, answer } => {
                let recommendation = shared(recommendations, target);
                for (key, value) in answer.values() {
                    recommendation.set(key, Some(value));
                }
            }
            Self::Action { target, action } => shared(recommendations, target).actions.push(action),
            Self::Recommendation(new) => recommendations.push(new.into()),
            Self::Area(area) => plan.areas.push(area),
            Self::Meeting(meeting) => plan.meetings.push(meeting),
            Self::Amendment { target, value, amendment } => {
                let recommendation = shared(recommendations, target.recommendation());
                target.set(recommendation, amendment.key.0, value);
                target.entries(recommendation).amendments.push(amendment);
            }
        }
    }
}

/// A recommendation to change, which other versions of the plan keep as it was.
fn shared(recommendations: &mut [Arc<Recommendation>], index: usize) -> &mut Recommendation {
    Arc::make_mut(&mut recommendations[index])
}
