//! Closed vocabularies. Each word has one spelling in the file and in all output. The user may also type a synonym.

/// Words of the vocabularies, each with the synonyms that the user may type instead.
const SYNONYMS: [(&str, &[&str]); 9] = [
    ("not-started", &["todo", "to-do"]),
    ("in-progress", &["started", "ongoing", "on-going", "underway", "under-way", "wip"]),
    ("complete", &["done", "completed", "finished", "implemented"]),
    ("not-pursued", &["abandoned", "dropped", "cancelled", "canceled"]),
    ("accepted", &["accept", "agreed"]),
    ("partially-accepted", &["partly-accepted", "partially-agreed", "partly-agreed"]),
    ("rejected", &["reject", "not-accepted", "not-agreed"]),
    ("agree", &["agreed", "approve", "approved"]),
    ("refuse", &["refused", "reject", "rejected"]),
];

/// Returns the word in `words` that the user means by the text `typed`; `None` if no word or more than one word fits.
/// Case is ignored, spaces count as hyphens, and synonyms are accepted.
pub fn word_meant<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '_'], "-");
    let wanted = plain(typed);
    let is_meant = |word: &&str| {
        let mut others = SYNONYMS.iter().filter(|(known, _)| known == word);
        plain(word) == wanted || others.any(|(_, others)| others.contains(&wanted.as_str()))
    };
    let mut meant: Vec<&str> = words.into_iter().filter(is_meant).collect();
    if meant.len() > 1 {
        meant.retain(|word| *word == typed);
    }
    if let [only] = meant[..] { Some(only) } else { None }
}

/// A value of a closed vocabulary, with exactly one written form.
pub trait Keyword: Copy + PartialEq + 'static {
    /// All values of the vocabulary, in the order in which messages list them.
    const ALL: &'static [Self];

    /// Returns the written form of the value.
    fn word(self) -> &'static str;

    /// Returns the value with exactly this written form; `None` if no value has this form.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }

    /// Returns the value that the user means by the text `typed`; see [`word_meant`].
    fn meant(typed: &str) -> Option<Self> {
        word_meant(typed, Self::words()).and_then(Self::from_word)
    }

    /// Returns the written forms of all values of the vocabulary.
    fn words() -> Vec<&'static str> {
        Self::ALL.iter().map(|value| value.word()).collect()
    }
}

/// Returns a value in the words that are shown to people, such as `in progress` for `in-progress`.
pub fn spoken(word: impl Keyword) -> String {
    match word.word() {
        "rejected" => "not accepted".to_owned(),
        word => word.replace('-', " "),
    }
}

/// Declares a vocabulary: an enum that implements [`Keyword`].
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $crate::model::Keyword for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}
pub(crate) use vocabulary;

/// Returns the candidate that is most similar to `word`; `None` if no candidate is similar enough.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    const LONGEST: usize = 100;
    if word.len() > LONGEST {
        return None;
    }
    let wanted = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| {
            let likeness = strsim::jaro_winkler(&wanted, &candidate.to_lowercase());
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// Returns a help line about the unknown `word`. The line suggests the most similar known word or, if no known word is
/// similar, lists the known words.
pub fn one_of<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    const MOST: usize = 200;
    const LISTED: usize = 40;
    let known = known.take(MOST);
    if let Some(meant) = nearest(word, known.clone()) {
        return format!("did you mean `{meant}`?");
    }
    let mut words: Vec<String> =
        known.clone().take(LISTED).map(|known| format!("`{known}`")).collect();
    if words.is_empty() {
        return format!("the plan has no {what} yet");
    }
    if known.count() > LISTED {
        words.push("…".to_owned());
    }
    format!("write one of {}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{nearest, word_meant};

    #[test]
    fn a_word_is_taken_in_any_case_and_by_a_synonym_where_only_one_is_meant() {
        let statuses = ["not-started", "in-progress", "complete", "superseded", "not-pursued"];
        for (typed, meant) in [
            ("Complete", Some("complete")),
            ("Not started", Some("not-started")),
            ("implemented", Some("complete")),
            ("Under way", Some("in-progress")),
            ("closed", None),
            ("open", None),
            ("", None),
        ] {
            assert_eq!(word_meant(typed, statuses), meant, "{typed}");
        }
        assert_eq!(word_meant("HIGH", ["High", "high"]), None);
        assert_eq!(word_meant("High", ["High", "high"]), Some("High"));
        assert_eq!(word_meant("a", ["a", "a"]), None);
    }

    #[test]
    fn a_slip_of_the_fingers_finds_the_word_meant() {
        let keys = ["timescale", "text", "response"];
        assert_eq!(nearest("timscale", keys), Some("timescale"));
        assert_eq!(nearest("Timescale", keys), Some("timescale"));
    }

    #[test]
    fn an_unrelated_word_finds_nothing() {
        assert_eq!(nearest("colour", ["timescale", "text"]), None);
    }
}
