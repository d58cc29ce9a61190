//! Where in the plan file something stands, as a path of keys and positions: `recommendation[4].action[0].progress[1].note`.

use std::fmt;

/// One step of a [`Place`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Key(&'static str),
    Index(usize),
}

/// A path from the top of the file to a value. It names a place; whoever holds the text finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place(Vec<Step>);

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
    pub fn key(mut self, key: &'static str) -> Self {
        self.0.push(Step::Key(key));
        self
    }

    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
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
        &self.0
    }
}

impl fmt::Display for Place {
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
