//! A change to a plan as data: one thing appended to one list, or a value amended.

use std::sync::Arc;

use crate::model::{
    Action, Amendment, Area, Day, Id, Meeting, Period, Plan, ProgressEntry, Recommendation,
    Response, Revision, Timescale, Verification, Word, owners_in_words,
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
        value: Amended,
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

/// The new value of an amended key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amended {
    Owner(Vec<String>),
    Priority(String),
    Area(String),
    Title(String),
    Review(Period),
    Text(String),
    Timescale(Timescale),
    Response(Response),
}

/// What an id stands for: the position of a recommendation, or of an action in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Recommendation(usize),
    Action(usize, usize),
}

impl Amended {
    /// The value as one text.
    pub fn words(&self) -> String {
        match self {
            Self::Owner(owner) => owners_in_words(owner).unwrap_or_default(),
            Self::Priority(text) | Self::Area(text) | Self::Title(text) | Self::Text(text) => {
                text.clone()
            }
            Self::Review(review) => review.iso(),
            Self::Timescale(timescale) => timescale.words(),
            Self::Response(response) => response.word().to_owned(),
        }
    }
}

impl Target {
    /// The position of the recommendation it is, or belongs to.
    pub fn recommendation(self) -> usize {
        match self {
            Self::Recommendation(index) | Self::Action(index, _) => index,
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
                match target {
                    Target::Recommendation(_) => recommendation.progress.push(entry),
                    Target::Action(_, number) => {
                        recommendation.actions[number].progress.push(entry)
                    }
                }
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
            Self::Response { target, answer } => {
                let recommendation = shared(recommendations, target);
                recommendation.response = answer.response;
                recommendation.response_on = Some(answer.on);
                recommendation.response_text = answer.text.or(recommendation.response_text.take());
                recommendation.timescale = answer.timescale.or(recommendation.timescale.take());
            }
            Self::Action { target, action } => shared(recommendations, target).actions.push(action),
            Self::Recommendation(new) => recommendations.push(new.into()),
            Self::Area(area) => plan.areas.push(area),
            Self::Meeting(meeting) => plan.meetings.push(meeting),
            Self::Amendment { target, value, amendment } => {
                let recommendation = shared(recommendations, target.recommendation());
                amend(recommendation, target, value);
                match target {
                    Target::Recommendation(_) => recommendation.amendments.push(amendment),
                    Target::Action(_, number) => {
                        recommendation.actions[number].amendments.push(amendment);
                    }
                }
            }
        }
    }
}

/// A recommendation to change, which other versions of the plan keep as it was.
fn shared(recommendations: &mut [Arc<Recommendation>], index: usize) -> &mut Recommendation {
    Arc::make_mut(&mut recommendations[index])
}

/// Sets the new value. An action has an owner, a text and a timescale of its own; the rest belongs to the whole.
fn amend(recommendation: &mut Recommendation, target: Target, value: Amended) {
    let action = match target {
        Target::Action(_, number) => recommendation.actions.get_mut(number),
        Target::Recommendation(_) => None,
    };
    match (value, action) {
        (Amended::Owner(owner), Some(action)) => action.owner = owner,
        (Amended::Text(text), Some(action)) => action.text = text,
        (Amended::Timescale(timescale), Some(action)) => action.timescale = Some(timescale),
        (Amended::Owner(owner), None) => recommendation.owner = owner,
        (Amended::Text(text), None) => recommendation.text = text,
        (Amended::Timescale(timescale), None) => recommendation.timescale = Some(timescale),
        (Amended::Priority(priority), _) => recommendation.priority = Some(priority),
        (Amended::Area(area), _) => recommendation.area = Some(area),
        (Amended::Title(title), _) => recommendation.title = Some(title),
        (Amended::Review(review), _) => recommendation.review = Some(review),
        (Amended::Response(response), _) => recommendation.response = response,
    }
}
