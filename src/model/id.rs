//! The ids of recommendations and actions.

use std::{
    collections::{BTreeSet, HashSet},
    fmt,
};

/// The id of a recommendation or an action, such as `5` or `5(a)`. An id is text, and a published id never changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Id(String);

/// The error for a text that is not an [`Id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id begins with a letter or digit; the rest may be letters, digits and `. - _ : ( ) /`")
    }
}

impl std::error::Error for NotAnId {}

impl Id {
    /// Reads an id: a letter or digit, followed by letters, digits and `. - _ : ( ) /`.
    ///
    /// # Errors
    /// Fails if the text has another form.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotAnId> {
        let text = text.into();
        let mut letters = text.chars();
        let begins = letters.next().is_some_and(char::is_alphanumeric);
        let goes_on = letters.all(|letter| letter.is_alphanumeric() || ".-_:()/".contains(letter));
        if begins && goes_on { Ok(Self(text)) } else { Err(NotAnId) }
    }

    /// Returns a placeholder for an id that could not be read, so that the rest of the plan can still be checked.
    pub fn unreadable() -> Self {
        Self(String::new())
    }

    pub fn is_unreadable(&self) -> bool {
        self.0.is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the id of an action. It consists of `self`, which is the id of the recommendation, and the text `rest`.
    pub(super) fn followed_by(&self, rest: &str) -> Self {
        Self(format!("{self}{rest}"))
    }

    /// Returns the new id of an action if the id of its recommendation changes from `from` to `to`. `self` is the old
    /// id of the action.
    #[must_use]
    pub fn moved(&self, from: &Id, to: &Id) -> Self {
        to.followed_by(self.0.strip_prefix(&from.0).unwrap_or(&self.0))
    }

    /// Returns the part of an action's id that follows the id `recommendation`, such as `.1` in `5.1`. Returns `None`
    /// if the action cannot belong to this recommendation.
    pub fn under(&self, recommendation: &str) -> Option<&str> {
        let rest = self.0.strip_prefix(recommendation)?;
        let goes_on = |letter: char| ".(".contains(letter) || letter.is_alphabetic();
        (rest.starts_with(goes_on) && rest.contains(char::is_alphanumeric)).then_some(rest)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The ids of all recommendations. They are used to find the recommendation to which an action belongs.
pub struct Recommendations<'p> {
    ids: HashSet<&'p str>,
    lengths: BTreeSet<usize>,
}

impl<'p> FromIterator<&'p Id> for Recommendations<'p> {
    fn from_iter<I: IntoIterator<Item = &'p Id>>(ids: I) -> Self {
        let readable = ids.into_iter().filter(|id| !id.is_unreadable());
        let ids: HashSet<&str> = readable.map(Id::as_str).collect();
        Self { lengths: ids.iter().map(|id| id.len()).collect(), ids }
    }
}

impl Recommendations<'_> {
    /// Returns the id of the recommendation to which the action belongs; `None` if no recommendation fits. If both `5`
    /// and `5a` exist, the action `5a.1` belongs to `5a`.
    pub fn of<'i>(&self, action: &'i Id) -> Option<&'i str> {
        let lengths = self.lengths.range(..action.0.len()).rev();
        let mut beginnings = lengths.filter_map(|length| action.0.get(..*length));
        beginnings.find(|whole| self.ids.contains(whole) && action.under(whole).is_some())
    }
}

/// Returns the possible meanings of a text that the user typed: the name of a plan and an id, as in `hospital/5.1`, or
/// only an id. `names` holds the names of the plans.
pub fn readings<'t>(
    typed: &'t str,
    names: &[impl AsRef<str>],
) -> impl Iterator<Item = (Option<&'t str>, &'t str)> {
    let slashes = typed.match_indices('/').rev();
    let split = slashes.map(|(at, _)| (&typed[..at], &typed[at + 1..]));
    let named = split.filter(|(plan, _)| names.iter().any(|name| name.as_ref() == *plan));
    named.map(|(plan, id)| (Some(plan), id)).chain([(None, typed)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn an_action_id_is_its_recommendation_and_a_dot_a_letter_or_a_bracket() {
        for (action, rest) in [
            ("5.1", ".1"),
            ("5a", "a"),
            ("5(b)", "(b)"),
            ("5.b", ".b"),
            ("5.1.2", ".1.2"),
            ("5.1a", ".1a"),
            ("5é", "é"),
        ] {
            assert_eq!(id(action).under("5"), Some(rest), "{action}");
        }
        assert_eq!(id("2021-001.12").under("2021-001"), Some(".12"));
        assert_eq!(id("037/23(a)").under("037/23"), Some("(a)"));
        for stranger in ["6.1", "5", "51", "5-1", "5/1", "5_a", "5)", "5.", "5(", "5()"] {
            assert_eq!(id(stranger).under("5"), None, "{stranger}");
        }
    }

    #[test]
    fn the_longest_recommendation_that_an_action_begins_with_is_its_own() {
        let known = ["5", "5a", "5.1", "R", "é"].map(id);
        let known: Recommendations<'_> = known.iter().collect();
        for (action, whole) in [
            ("5.2", Some("5")),
            ("5b", Some("5")),
            ("5a.1", Some("5a")),
            ("5a(i)", Some("5a")),
            ("5.1.2", Some("5.1")),
            ("5.12", Some("5")),
            ("5aa", Some("5a")),
            ("éa", Some("é")),
            ("6.1", None),
            ("5", None),
            ("R1", None),
        ] {
            assert_eq!(known.of(&id(action)), whole, "{action}");
        }
        assert_eq!(known.of(&Id::unreadable()), None);
    }

    #[test]
    fn a_name_before_a_slash_is_a_plan_only_where_one_is_called_so() {
        let read = |typed| readings(typed, &["trust", "trust/east"]).collect::<Vec<_>>();
        assert_eq!(read("037/23"), [(None, "037/23")]);
        assert_eq!(read("trust/037/23"), [(Some("trust"), "037/23"), (None, "trust/037/23")]);
        assert_eq!(
            read("trust/east/1"),
            [(Some("trust/east"), "1"), (Some("trust"), "east/1"), (None, "trust/east/1"),]
        );
    }

    #[test]
    fn ids_that_could_not_be_typed_are_refused() {
        for text in ["", " ", "5 1", "-f", ".5", "(5)", "/5", "5\u{1b}[0m", "5,6", "5[1]"] {
            assert_eq!(Id::parse(text), Err(NotAnId), "{text:?}");
        }
        for text in ["5", "R5", "2021-001", "AC-2(1)", "037/23", "A_1", "é", "5:1"] {
            assert!(Id::parse(text).is_ok(), "{text:?}");
        }
    }
}
