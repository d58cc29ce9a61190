//! The keys that an amendment may change, found by their written names.

use super::{AmendKey, Key, ProgressEntry, Recommendation, Record, Revision, Verification};

/// The names of the lists whose entries may be amended, each with the keys that its entries have.
const LISTS: [(&str, &[Key]); 3] = [
    ("progress", ProgressEntry::KEYS),
    ("revisions", Revision::KEYS),
    ("verification", Verification::KEYS),
];

impl AmendKey {
    /// Returns the key that has this written form: `owner`, or `progress.2.note` for the note of the second progress
    /// entry.
    pub fn from_word(word: &str) -> Option<Self> {
        let find = |keys: &'static [Key], name: &str| {
            keys.iter().find(|key| key.name == name && key.class.is_amended())
        };
        let [list, number, name] = word.split('.').collect::<Vec<_>>()[..] else {
            return Some(Self(find(Recommendation::KEYS, word)?, None));
        };
        let (list, keys) = LISTS.into_iter().find(|(known, _)| *known == list)?;
        let index = number.parse::<usize>().ok()?.checked_sub(1)?;
        Some(Self(find(keys, name)?, Some((list, index))))
    }

    /// Returns the names of the keys of a recommendation that may be amended. An action has only some of these keys,
    /// and no others.
    pub fn words() -> impl Iterator<Item = &'static str> + Clone {
        Recommendation::KEYS.iter().filter(|key| key.class.is_amended()).map(|key| key.name)
    }
}
