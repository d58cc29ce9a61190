//! The owners of a recommendation or an action.

use std::ops::Deref;

/// The text that separates owners, or the texts of another list, when an amendment stores the whole list as one text.
pub const BETWEEN_OWNERS: &str = "; ";

/// The names of the owners of a recommendation or an action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owners(Vec<String>);

impl Deref for Owners {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl From<Vec<String>> for Owners {
    fn from(names: Vec<String>) -> Self {
        Self(names)
    }
}
