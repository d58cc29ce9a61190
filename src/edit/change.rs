//! A change to a plan as data: one thing appended to one list, or a value amended.

use std::sync::Arc;

use crate::{
    model::{
        Action, AmendKey, Amendment, Area, Day, Key, KeyValue, Meeting, Plan, Position,
        ProgressEntry, Recommendation, Record, Response, Revision, Timescale, Verification,
    },
    plan_diff::Entry,
};

/// One change. Positions are those of the plan it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new entry of an item, and the value that the key has now which it amends.
    Entry {
        item: Position,
        entry: Entry,
        value: Option<KeyValue<'static>>,
    },
    /// The answer to a recommendation whose response was awaited.
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

/// The response of management and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub response: Response,
    /// `None` of words to a response that is there already.
    pub on: Option<Day>,
    pub text: Option<String>,
    /// The timescale agreed with it.
    pub timescale: Option<Timescale>,
}

impl Answer {
    /// Its values under the keys of the recommendation.
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

/// The lists that the entries of an item stand in.
pub struct Lists<'r> {
    pub progress: &'r mut Vec<ProgressEntry>,
    pub revisions: &'r mut Vec<Revision>,
    /// Those of the whole: an action is not verified by itself.
    pub verification: &'r mut Vec<Verification>,
    pub amendments: &'r mut Vec<Amendment>,
}

impl<'r> Lists<'r> {
    /// Those of a recommendation, or of its action at a position.
    pub fn of(recommendation: &'r mut Recommendation, action: Option<usize>) -> Self {
        let Recommendation { progress, revisions, verification, amendments, actions, .. } =
            recommendation;
        let Some(action) = action else {
            return Self { progress, revisions, verification, amendments };
        };
        let Action { progress, revisions, amendments, .. } = &mut actions[action];
        Self { progress, revisions, verification, amendments }
    }

    /// Takes an entry out of the list of a name.
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

/// Gives a recommendation, or its action at a position, or one of its entries a value under a key. `None` where there
/// is no such key or entry.
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
    /// An entry that changes no value.
    pub fn entry(item: Position, entry: Entry) -> Self {
        Self::Entry { item, entry, value: None }
    }

    /// The recommendation or action that is changed.
    pub fn item(&self) -> Option<Position> {
        match self {
            Self::Entry { item, .. } => Some(*item),
            Self::Response { recommendation, .. } | Self::Action { recommendation, .. } => {
                Some((*recommendation, None))
            }
            Self::Recommendation(_) | Self::Area(_) | Self::Meeting(_) => None,
        }
    }

    /// Makes the change in `plan`.
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

/// A recommendation to change, which other versions of the plan keep as it was.
pub fn shared(recommendations: &mut [Arc<Recommendation>], index: usize) -> &mut Recommendation {
    Arc::make_mut(&mut recommendations[index])
}
