//! Where in the plan file something stands, as a path of keys and positions: `recommendation[4].action[0].progress[1].note`.

use std::fmt;

/// One step of a [`Place`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Key(&'static str),
    Index(usize),
}

/// A path from the top of the file to a value. It names a place; whoever holds the text finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    steps: [Step; MOST_STEPS],
    count: usize,
}

/// `recommendation[4].action[0].progress[1].note` is seven.
const MOST_STEPS: usize = 8;

impl Default for Place {
    /// The top of the file.
    fn default() -> Self {
        Self {
            steps: [Step::Index(0); MOST_STEPS],
            count: 0,
        }
    }
}

impl Place {
    pub fn area(index: usize) -> Self {
        Self::default().key("area").index(index)
    }

    pub fn recommendation(index: usize) -> Self {
        Self::default().key("recommendation").index(index)
    }

    pub fn action(recommendation: usize, action: usize) -> Self {
        Self::recommendation(recommendation)
            .key("action")
            .index(action)
    }

    #[must_use]
    pub fn key(self, key: &'static str) -> Self {
        self.step(Step::Key(key))
    }

    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(mut self, step: Step) -> Self {
        self.steps[self.count] = step;
        self.count += 1;
        self
    }

    /// Where the timescale in force of the recommendation or action at this place stands, after
    /// so many `revisions`.
    #[must_use]
    pub fn timescale_in_force(self, revisions: usize) -> Self {
        match revisions.checked_sub(1) {
            Some(last) => self.key("revisions").index(last).key("to"),
            None => self.key("timescale"),
        }
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps[..self.count]
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps().iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
