//! A change to a plan as data: one thing appended to one list, or a value amended.

use std::sync::Arc;

use crate::{
    key_path::KeyPath,
    model::{
        Action, AmendKey, Amendment, Area, Day, Id, Keyword, Meeting, Period, Plan, ProgressEntry,
        Recommendation, Response, Revision, Timescale, Verification, owners_in_words,
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

/// A value that an amendment can change, with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amended {
    Owner(Vec<String>),
    Priority(Option<String>),
    Area(Option<String>),
    Title(Option<String>),
    Review(Option<Period>),
    Text(String),
    Timescale(Option<Timescale>),
    Response(Response),
}

/// What an id stands for: the position of a recommendation, or of an action in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Recommendation(usize),
    Action(usize, usize),
}

impl Amended {
    /// What a recommendation or an action says under a key; `None` where an action has no such key.
    pub fn read(recommendation: &Recommendation, target: Target, key: AmendKey) -> Option<Self> {
        let action = target.action().map(|number| &recommendation.actions[number]);
        Some(match (key, action) {
            (AmendKey::Owner, Some(action)) => Self::Owner(action.owner.to_vec()),
            (AmendKey::Text, Some(action)) => Self::Text(action.text.clone()),
            (AmendKey::Timescale, Some(action)) => Self::Timescale(action.timescale.clone()),
            (_, Some(_)) => return None,
            (AmendKey::Owner, None) => Self::Owner(recommendation.owner.to_vec()),
            (AmendKey::Priority, None) => Self::Priority(recommendation.priority.clone()),
            (AmendKey::Area, None) => Self::Area(recommendation.area.clone()),
            (AmendKey::Title, None) => Self::Title(recommendation.title.clone()),
            (AmendKey::Review, None) => Self::Review(recommendation.review),
            (AmendKey::Text, None) => Self::Text(recommendation.text.clone()),
            (AmendKey::Timescale, None) => Self::Timescale(recommendation.timescale.clone()),
            (AmendKey::Response, None) => Self::Response(recommendation.response),
        })
    }

    /// Gives the value to a recommendation or an action. An action has an owner, a text and a timescale of its own.
    pub fn set(self, recommendation: &mut Recommendation, target: Target) {
        let action = target.action().map(|number| &mut recommendation.actions[number]);
        match (self, action) {
            (Self::Owner(owner), Some(action)) => action.owner = owner.into(),
            (Self::Text(text), Some(action)) => action.text = text,
            (Self::Timescale(timescale), Some(action)) => action.timescale = timescale,
            (Self::Owner(owner), None) => recommendation.owner = owner.into(),
            (Self::Text(text), None) => recommendation.text = text,
            (Self::Timescale(timescale), None) => recommendation.timescale = timescale,
            (Self::Priority(priority), _) => recommendation.priority = priority,
            (Self::Area(area), _) => recommendation.area = area,
            (Self::Title(title), _) => recommendation.title = title,
            (Self::Review(review), _) => recommendation.review = review,
            (Self::Response(response), _) => recommendation.response = response,
        }
    }

    /// The value as one text; `None` where there is none.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Owner(owner) => owners_in_words(owner),
            Self::Priority(text) | Self::Area(text) | Self::Title(text) => text.clone(),
            Self::Text(text) => Some(text.clone()),
            Self::Review(review) => review.map(Period::iso),
            Self::Timescale(timescale) => timescale.as_ref().map(Timescale::words),
            Self::Response(response) => Some(response.word().to_owned()),
        }
    }
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
    fn action(self) -> Option<usize> {
        match self {
            Self::Recommendation(_) => None,
            Self::Action(_, number) => Some(number),
        }
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
                value.set(recommendation, target);
                target.entries(recommendation).amendments.push(amendment);
            }
        }
    }
}

/// A recommendation to change, which other versions of the plan keep as it was.
fn shared(recommendations: &mut [Arc<Recommendation>], index: usize) -> &mut Recommendation {
    Arc::make_mut(&mut recommendations[index])
}
