//! Who answers for an item.

use std::ops::Deref;

/// The sign between the owners that an amendment keeps.
pub const BETWEEN_OWNERS: &str = "; ";

/// The names of those who answer for an item.
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

/// Owners as an amendment keeps them. `None` where nobody is named.
pub fn owners_in_words(owners: &[String]) -> Option<String> {
    (!owners.is_empty()).then(|| owners.join(BETWEEN_OWNERS))
}
