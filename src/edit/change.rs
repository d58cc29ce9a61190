//! Changes to a plan as data, such as a new entry or a new recommendation.

use std::sync::Arc;

use super::Refusal;
use crate::{
    model::{
        Action, AmendKey, Amendment, Area, Day, Key, KeyValue, Meeting, Plan, Position,
        ProgressEntry, Recommendation, Record, Response, Revision, Timescale, Verification,
    },
    plan_diff::Entry,
};

/// A change to a plan. All positions refer to the plan before the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new entry of an item. If the entry is an amendment, `value` is the new value of the amended key.
    Entry {
        item: Position,
        entry: Entry,
        value: Option<KeyValue<'static>>,
    },
    /// A management response to a recommendation, or a text that is added to an existing response.
    Response {
        recommendation: usize,
        answer: Answer,
    },
    Recommendation(Recommendation),
    Action {
        recommendation: usize,
        action: Action,
    },
    Area(Area),
    Meeting(Meeting),
}

/// The changes that a user wants, or the reason why the rules do not allow them.
pub type Changes = Result<Vec<Change>, Refusal>;

/// The management response to a recommendation, with its date, text and timescale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub response: Response,
    /// The date of the response. `None` if only a text is added to an existing response.
    pub on: Option<Day>,
    pub text: Option<String>,
    /// The timescale that the response gives.
    pub timescale: Option<Timescale>,
}

impl Answer {
    /// Returns the values of the response, each with the key that gets this value in the recommendation.
    pub fn values(&self) -> Vec<(&'static Key, KeyValue<'static>)> {
        let said = Recommendation {
            response: self.response,
            response_on: self.on,
            response_text: self.text.clone(),
            timescale: self.timescale.clone(),
            ..Recommendation::default()
        };
        let is_said = |key: &Key| key.is_answer && (self.on.is_some() || key.name != "response");
        let values = said.values().into_iter().filter(|(key, _)| is_said(key));
        values.filter_map(|(key, value)| Some((key, value?.into_owned()))).collect()
    }
}

/// The lists of entries of a recommendation or action.
pub struct Lists<'r> {
    pub progress: &'r mut Vec<ProgressEntry>,
    pub revisions: &'r mut Vec<Revision>,
    /// The verifications of the recommendation. Actions have no verifications of their own.
    pub verification: &'r mut Vec<Verification>,
    pub amendments: &'r mut Vec<Amendment>,
}

impl<'r> Lists<'r> {
    /// Returns the lists of a recommendation, or of its action with the index `action`.
    pub fn of(recommendation: &'r mut Recommendation, action: Option<usize>) -> Self {
        let Recommendation { progress, revisions, verification, amendments, actions, .. } =
            recommendation;
        let Some(action) = action else {
            return Self { progress, revisions, verification, amendments };
        };
        let Action { progress, revisions, amendments, .. } = &mut actions[action];
        Self { progress, revisions, verification, amendments }
    }

    /// Removes the entry with the index `index` from the list with the name `list`.
    pub fn remove(self, list: &str, index: usize) {
        match list {
            "progress" => drop(self.progress.remove(index)),
            "revisions" => drop(self.revisions.remove(index)),
            "verification" => drop(self.verification.remove(index)),
            _ => drop(self.amendments.remove(index)),
        }
    }

    fn push(self, entry: Entry) {
        match entry {
            Entry::Progress(entry) => self.progress.push(entry),
            Entry::Revision(entry) => self.revisions.push(entry),
            Entry::Verification(entry) => self.verification.push(entry),
            Entry::Amendment(entry) => self.amendments.push(entry),
        }
    }
}

/// Sets or removes the value of a key in a recommendation, an action or an entry. Returns `None` if the key or entry
/// does not exist.
pub fn set(
    recommendation: &mut Recommendation,
    action: Option<usize>,
    AmendKey(key, entry): AmendKey,
    value: Option<KeyValue<'_>>,
) -> Option<()> {
    let Some((list, index)) = entry else {
        return match action {
            None => recommendation.set(key, value),
            Some(number) => recommendation.actions[number].set(key, value),
        };
    };
    let lists = Lists::of(recommendation, action);
    match list {
        "progress" => lists.progress.get_mut(index)?.set(key, value),
        "revisions" => lists.revisions.get_mut(index)?.set(key, value),
        _ => lists.verification.get_mut(index)?.set(key, value),
    }
}

impl Change {
    /// Creates a change that appends an entry. The entry must not be an amendment.
    pub fn entry(item: Position, entry: Entry) -> Self {
        Self::Entry { item, entry, value: None }
    }

    /// Returns the position of the recommendation or action that is changed. Returns `None` if the change adds a
    /// recommendation, an area or a meeting.
    pub fn item(&self) -> Option<Position> {
        match self {
            Self::Entry { item, .. } => Some(*item),
            Self::Response { recommendation, .. } | Self::Action { recommendation, .. } => {
                Some((*recommendation, None))
            }
            Self::Recommendation(_) | Self::Area(_) | Self::Meeting(_) => None,
        }
    }

    /// Applies the change to `plan`.
    pub fn apply(self, plan: &mut Plan) {
        let recommendations = &mut plan.recommendations;
        match self {
            Self::Entry { item: (index, action), entry, value } => {
                let recommendation = shared(recommendations, index);
                if let Entry::Amendment(amendment) = &entry {
                    set(recommendation, action, amendment.key, value);
                }
                Lists::of(recommendation, action).push(entry);
            }
            Self::Response { recommendation, answer } => {
                let recommendation = shared(recommendations, recommendation);
                for (key, value) in answer.values() {
                    recommendation.set(key, Some(value));
                }
            }
            Self::Action { recommendation, action } => {
                shared(recommendations, recommendation).actions.push(action)
            }
            Self::Recommendation(new) => recommendations.push(new.into()),
            Self::Area(area) => plan.areas.push(area),
            Self::Meeting(meeting) => plan.meetings.push(meeting),
        }
    }
}

/// Returns the recommendation with the index `index` for modification. A recommendation that is shared with another
/// version of the plan is copied first.
pub fn shared(recommendations: &mut [Arc<Recommendation>], index: usize) -> &mut Recommendation {
    Arc::make_mut(&mut recommendations[index])
}
