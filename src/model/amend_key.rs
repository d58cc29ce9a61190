//! Reads the written name of a key that an amendment changes, such as `owner` or `progress.2.note`.

use super::{AmendKey, Key, ProgressEntry, Recommendation, Record, Revision, Verification};

const LISTS: [(&str, &[Key]); 3] = [
    ("progress", ProgressEntry::KEYS),
    ("revisions", Revision::KEYS),
    ("verification", Verification::KEYS),
];

impl AmendKey {
    /// Returns the key with this written name: `owner`, or `progress.2.note` for the note of the second progress entry.
    /// Returns `None` if the text names no key that an amendment may change.
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

    /// Returns the names of the keys of a recommendation that an amendment may change. They include all keys of an
    /// action that an amendment may change.
    pub fn words() -> impl Iterator<Item = &'static str> + Clone {
        Recommendation::KEYS.iter().filter(|key| key.class.is_amended()).map(|key| key.name)
    }
}
