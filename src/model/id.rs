//! The ids of recommendations and actions.

use std::fmt;

/// The id of a recommendation or an action: text, never renumbered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Id(String);

/// Why some text is not an [`Id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id begins with a letter or digit and goes on with letters, digits, `.`, `-`, `_` or `:`")
    }
}

impl std::error::Error for NotAnId {}

impl Id {
    /// # Errors
    /// An id is short and can be typed: it begins with a letter or digit, and goes on with
    /// letters, digits, `.`, `-`, `_` and `:`.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotAnId> {
        let text = text.into();
        let mut letters = text.chars();
        let begins = letters.next().is_some_and(char::is_alphanumeric);
        let goes_on = letters.all(|letter| letter.is_alphanumeric() || ".-_:".contains(letter));
        if begins && goes_on { Ok(Self(text)) } else { Err(NotAnId) }
    }

    /// Stands in for an id that could not be read, so that the rest can still be judged.
    pub fn unreadable() -> Self {
        Self(String::new())
    }

    pub fn is_unreadable(&self) -> bool {
        self.0.is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of an action under this recommendation's.
    pub fn action(&self, number: u64) -> Self {
        Self(format!("{self}.{number}"))
    }

    /// The number of an action of `recommendation`; `None` for any other id.
    pub fn number_under(&self, recommendation: &Id) -> Option<u64> {
        let number = self.belongs_to(recommendation).then(|| self.0.rsplit('.').next())??;
        number.parse().ok()
    }

    /// Whether this is an action's id under `recommendation`: its id, a dot, and a number.
    pub fn belongs_to(&self, recommendation: &Id) -> bool {
        self.0
            .strip_prefix(recommendation.as_str())
            .and_then(|rest| rest.strip_prefix('.'))
            .is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// An id as it is typed where several plans are asked at once: `plan-name/5.1`, or `5.1` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanId {
    pub plan: Option<String>,
    pub id: Id,
}

impl PlanId {
    /// # Errors
    /// What stands after the plan's name is no id.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let (plan, id) = match text.rsplit_once('/') {
            Some((plan, id)) => (Some(plan.to_owned()), id),
            None => (None, text),
        };
        let id = Id::parse(id.to_owned())?;
        Ok(Self { plan, id })
    }
}

impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.plan {
            Some(plan) => write!(f, "{plan}/{}", self.id),
            None => self.id.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_id_is_its_recommendation_a_dot_and_a_number() {
        let id = |text: &'static str| Id::parse(text).unwrap();
        assert!(id("5.1").belongs_to(&id("5")));
        assert!(id("2021-001.12").belongs_to(&id("2021-001")));
        for stranger in ["6.1", "5", "51", "5.a", "5.1.1", "5."] {
            assert!(!id(stranger).belongs_to(&id("5")), "{stranger}");
        }
    }

    #[test]
    fn ids_that_could_not_be_typed_are_refused() {
        for text in ["", " ", "5 1", "-f", ".5", "5/1", "5\u{1b}[0m", "5,6"] {
            assert_eq!(Id::parse(text), Err(NotAnId), "{text:?}");
        }
    }
}
