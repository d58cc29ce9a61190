//! The published plan: its identity, areas, meetings, recommendations and actions.

use std::fmt;

use super::{
    Day, Level, Period, Place, ProgressEntry, Revision, Rule, Step, Text, Timescale, Verdict,
    Verification, progress::seen_on, word::vocabulary,
};

/// A whole plan, as the file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<'s> {
    pub title: Text<'s>,
    /// The organisation that owns the plan.
    pub body: Option<Text<'s>>,
    pub committee: Option<Text<'s>>,
    /// The report's number.
    pub report: Option<Text<'s>>,
    /// The day the plan was published.
    pub date: Day,
    /// Who submitted the report.
    pub by: Option<Text<'s>>,
    pub author: Option<Text<'s>>,
    pub summary: Option<Text<'s>>,
    /// The rest of the report, in its order.
    pub sections: Vec<Section<'s>>,
    pub policy: Policy<'s>,
    pub areas: Vec<Area<'s>>,
    pub meetings: Vec<Meeting<'s>>,
    pub recommendations: Vec<Recommendation<'s>>,
}

/// A headed part of the report around the plan, kept in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'s> {
    pub heading: Text<'s>,
    pub text: Text<'s>,
}

/// The plan's own settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy<'s> {
    /// A deadline at most this many days ahead is due soon.
    pub due_soon_days: u32,
    /// Priorities a recommendation may have, highest first.
    pub priorities: Vec<Text<'s>>,
    /// An action may be marked complete only with evidence.
    pub completion_needs_evidence: bool,
    /// An entry may be dated later than the day it is written.
    pub future_entries: bool,
    /// A complete recommendation counts as closed only when somebody independent has verified it.
    pub closure_needs_verification: bool,
    /// The lowest priority of which overdue work makes `overdue` fail; `None` is any work.
    pub fail_on: Option<Text<'s>>,
    /// Work is overdue only when it is late by more than this many days.
    pub grace_days: u32,
    /// So many extensions of one deadline are serial.
    pub serial_extensions: u32,
    /// The levels that the plan sets itself.
    pub lints: Vec<(Rule, Level)>,
}

impl Default for Policy<'_> {
    fn default() -> Self {
        Self {
            due_soon_days: 30,
            priorities: ["high", "medium", "low"].map(Text::Borrowed).to_vec(),
            completion_needs_evidence: false,
            future_entries: false,
            closure_needs_verification: false,
            fail_on: None,
            grace_days: 0,
            serial_extensions: 3,
            lints: Vec::new(),
        }
    }
}

impl Policy<'_> {
    /// Where `priority` stands, 0 the highest; recommendations without one come last.
    pub fn rank(&self, priority: Option<&str>) -> usize {
        self.priorities
            .iter()
            .position(|known| Some(known.as_ref()) == priority)
            .unwrap_or(self.priorities.len())
    }

    /// How much `rule` weighs in this plan.
    pub fn level(&self, rule: Rule) -> Level {
        let set = self.lints.iter().find(|(known, _)| *known == rule);
        match (set, rule) {
            (Some((_, level)), _) => *level,
            (None, Rule::CompleteWithoutEvidence) if self.completion_needs_evidence => Level::Error,
            (None, rule) => rule.usual_level(),
        }
    }
}

/// A heading under which recommendations were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area<'s> {
    pub id: Text<'s>,
    pub title: Text<'s>,
}

/// When the committee looks at progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting<'s> {
    pub date: Period,
    pub title: Option<Text<'s>>,
}

vocabulary! {
    /// Did management agree?
    Response {
        Accepted = "accepted",
        PartiallyAccepted = "partially-accepted",
        Rejected = "rejected",
    }
}

/// What the auditors recommended and what management answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation<'s> {
    pub id: Id<'s>,
    /// The id of its [`Area`].
    pub area: Option<Text<'s>>,
    /// One of the policy's priorities.
    pub priority: Option<Text<'s>>,
    pub text: Text<'s>,
    pub response: Response,
    pub response_text: Option<Text<'s>>,
    /// The timescale first agreed; only a rejected recommendation may have none.
    pub timescale: Option<Timescale<'s>>,
    /// When work without a deadline is to be looked at again.
    pub review: Option<Period>,
    /// Every later agreed timescale, oldest first.
    pub revisions: Vec<Revision<'s>>,
    /// Oldest first.
    pub verification: Vec<Verification<'s>>,
    pub actions: Vec<Action<'s>>,
}

impl<'s> Recommendation<'s> {
    /// The verification in force on `day`: the latest one known by then.
    pub fn verification_on(&self, day: Day) -> Option<&Verification<'s>> {
        seen_on(&self.verification, day).last()
    }

    /// Whether the latest verification known on `day` refused it, which opens it again.
    pub fn is_refused_on(&self, day: Day) -> bool {
        self.verification_on(day)
            .is_some_and(|verification| verification.result == Verdict::Refused)
    }

    pub fn is_rejected(&self) -> bool {
        self.response == Response::Rejected
    }

    /// Who is named for its actions, each once, in the order of the actions.
    pub fn owners(&self) -> Vec<&str> {
        let mut owners: Vec<&str> = Vec::new();
        for owner in self
            .actions
            .iter()
            .filter_map(|action| action.owner.as_deref())
        {
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        owners
    }
}

/// One thing management said it would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action<'s> {
    pub id: Id<'s>,
    pub owner: Option<Text<'s>>,
    pub text: Text<'s>,
    /// Its own timescale; without one it has its recommendation's.
    pub timescale: Option<Timescale<'s>>,
    pub revisions: Vec<Revision<'s>>,
    /// Oldest first.
    pub progress: Vec<ProgressEntry<'s>>,
}

impl<'s> Plan<'s> {
    pub fn area(&self, id: &str) -> Option<&Area<'s>> {
        self.areas.iter().find(|area| area.id == id)
    }

    /// The latest meeting that is over on `day`.
    pub fn last_meeting(&self, day: Day) -> Option<&Meeting<'s>> {
        self.meetings
            .iter()
            .filter(|meeting| meeting.date.has_passed(day))
            .max_by_key(|meeting| meeting.date.last_day())
    }

    /// The first meeting that is not over on `day`.
    pub fn next_meeting(&self, day: Day) -> Option<&Meeting<'s>> {
        self.meetings
            .iter()
            .filter(|meeting| !meeting.date.has_passed(day))
            .min_by_key(|meeting| meeting.date.last_day())
    }

    /// What stands at `place`, by ids instead of positions where there are ids: a name that stays when
    /// others are added before it.
    pub fn subject(&self, place: &Place) -> String {
        let mut names: Vec<String> = Vec::new();
        let mut recommendation = None;
        let mut steps = place.steps().iter().peekable();
        while let Some(step) = steps.next() {
            let next = steps.peek();
            match (step, next) {
                (Step::Key("recommendation"), Some(Step::Index(index))) => {
                    recommendation = self.recommendations.get(*index);
                    names.extend(recommendation.map(|of| of.id.to_string()));
                    steps.next();
                }
                (Step::Key("action"), Some(Step::Index(index))) => {
                    let action = recommendation.and_then(|of| of.actions.get(*index));
                    if let Some(action) = action {
                        names = vec![action.id.to_string()];
                    }
                    steps.next();
                }
                (Step::Key(key), _) => names.push((*key).to_owned()),
                (Step::Index(index), _) => names.push((index + 1).to_string()),
            }
        }
        names.join("/")
    }

    /// Every id of a recommendation or an action, in the file's order.
    pub fn ids(&self) -> impl Iterator<Item = &Id<'s>> {
        self.recommendations.iter().flat_map(|recommendation| {
            std::iter::once(&recommendation.id)
                .chain(recommendation.actions.iter().map(|action| &action.id))
        })
    }
}

/// The id of a recommendation or an action: text, never renumbered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Id<'s>(Text<'s>);

/// Why some text is not an [`Id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id begins with a letter or digit and goes on with letters, digits, `.`, `-`, `_` or `:`")
    }
}

impl std::error::Error for NotAnId {}

impl<'s> Id<'s> {
    /// # Errors
    /// An id is short and can be typed: it begins with a letter or digit, and goes on with
    /// letters, digits, `.`, `-`, `_` and `:`.
    pub fn parse(text: impl Into<Text<'s>>) -> Result<Self, NotAnId> {
        let text = text.into();
        let mut letters = text.chars();
        let begins = letters.next().is_some_and(char::is_alphanumeric);
        let goes_on = letters.all(|letter| letter.is_alphanumeric() || ".-_:".contains(letter));
        if begins && goes_on {
            Ok(Self(text))
        } else {
            Err(NotAnId)
        }
    }

    /// Stands in for an id that could not be read, so that the rest can still be judged.
    pub fn unreadable() -> Self {
        Self(Text::Borrowed(""))
    }

    pub fn is_unreadable(&self) -> bool {
        self.0.is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is an action's id under `recommendation`: its id, a dot, and a number.
    pub fn belongs_to(&self, recommendation: &Id<'_>) -> bool {
        self.0
            .strip_prefix(recommendation.as_str())
            .and_then(|rest| rest.strip_prefix('.'))
            .is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            })
    }
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// An id as it is typed where several plans are asked at once: `plan-name/5.1`, or `5.1` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanId {
    pub plan: Option<String>,
    pub id: Id<'static>,
}

impl PlanId {
    /// # Errors
    /// What stands after the plan's name is no id.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let (plan, id) = match text.rsplit_once('/') {
            Some((plan, id)) => (Some(plan.to_owned()), id),
            None => (None, text),
        };
        let id = Id::parse(id.to_owned())?;
        Ok(Self { plan, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_id_is_its_recommendation_a_dot_and_a_number() {
        let id = |text: &'static str| Id::parse(text).unwrap();
        assert!(id("5.1").belongs_to(&id("5")));
        assert!(id("2021-001.12").belongs_to(&id("2021-001")));
        for stranger in ["6.1", "5", "51", "5.a", "5.1.1", "5."] {
            assert!(!id(stranger).belongs_to(&id("5")), "{stranger}");
        }
    }

    #[test]
    fn ids_that_could_not_be_typed_are_refused() {
        for text in ["", " ", "5 1", "-f", ".5", "5/1", "5\u{1b}[0m", "5,6"] {
            assert_eq!(Id::parse(text), Err(NotAnId), "{text:?}");
        }
    }
}
