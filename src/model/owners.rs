//! The owners of a recommendation or an action.

use std::ops::Deref;

/// The separator between owners, or between other texts of a list, if an amendment stores them as one text.
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

/// Returns the owners as one text, in the form in which an amendment stores them; `None` if there are no owners.
pub fn owners_in_words(owners: &[String]) -> Option<String> {
    (!owners.is_empty()).then(|| owners.join(BETWEEN_OWNERS))
}
