//! A place in a plan, as a path of keys and indexes: `recommendation[4].action[0].progress[1].note`.

use std::fmt;

use crate::model::{Plan, Position};

/// A step of a [`KeyPath`]: a key of a table or an index of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Key(&'static str),
    Index(usize),
}

/// A path of keys and indexes from the top of a plan file to a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyPath(Vec<Step>);

impl KeyPath {
    /// Returns the empty path, which means the whole file.
    pub fn top() -> Self {
        Self::default()
    }

    pub fn plan(key: &'static str) -> Self {
        Self::top().key("plan").key(key)
    }

    pub fn policy(key: &'static str) -> Self {
        Self::top().key("policy").key(key)
    }

    pub fn area(index: usize) -> Self {
        Self::top().key("area").index(index)
    }

    pub fn owner(index: usize) -> Self {
        Self::top().key("owner").index(index)
    }

    pub fn meeting(index: usize) -> Self {
        Self::top().key("meeting").index(index)
    }

    pub fn recommendation(index: usize) -> Self {
        Self::top().key("recommendation").index(index)
    }

    /// Returns the path of the recommendation or action at a position in the plan.
    pub fn item((index, number): Position) -> Self {
        let whole = Self::recommendation(index);
        number.map_or_else(|| whole.clone(), |number| whole.action(number))
    }

    /// Returns the path of an action of this recommendation.
    #[must_use]
    pub fn action(&self, index: usize) -> Self {
        self.key("action").index(index)
    }

    #[must_use]
    pub fn key(&self, key: &'static str) -> Self {
        self.step(Step::Key(key))
    }

    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(&self, step: Step) -> Self {
        Self(self.0.iter().copied().chain([step]).collect())
    }

    /// Returns the path of the timescale that applies now to this recommendation or action. `revision` is the index of
    /// the revision that contains the timescale; `None` means the original timescale.
    #[must_use]
    pub fn timescale_in_force(&self, revision: Option<usize>) -> Self {
        match revision {
            Some(revision) => self.key("revisions").index(revision).key("to"),
            None => self.key("timescale"),
        }
    }

    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns the path as text, with ids instead of the indexes of recommendations and actions, such as
    /// `5.1/progress/2`.
    pub fn subject(&self, plan: &Plan) -> String {
        let mut names: Vec<String> = Vec::new();
        let mut recommendation = None;
        let mut steps = self.0.iter().peekable();
        while let Some(step) = steps.next() {
            match (step, steps.peek()) {
                (Step::Key("recommendation"), Some(Step::Index(index))) => {
                    recommendation = plan.recommendations.get(*index);
                    names.extend(recommendation.map(|found| found.id.to_string()));
                    steps.next();
                }
                (Step::Key("action"), Some(Step::Index(index))) => {
                    let action = recommendation.and_then(|found| found.actions.get(*index));
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
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
