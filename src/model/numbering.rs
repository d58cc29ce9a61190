//! Finds the id for a new action, in the pattern of the existing ids: `5.2` after `5.1`, `5b` after `5a`, `5(iii)`
//! after `5(ii)`.

use super::{Id, Plan, Recommendation};

/// The pattern of the part of an action's id that follows the recommendation's id. The part consists of a number or a
/// letter and the text on both sides of it. In `5(b)`, the part is `(b)`, with the letter `b` between `(` and `)`.
#[derive(Debug, Clone, Copy)]
struct Pattern<'i> {
    start: &'i str,
    count: CountKind,
    is_upper: bool,
    end: &'i str,
}

#[derive(Debug, Clone, Copy)]
enum CountKind {
    /// A decimal number, padded with zeros to this many digits.
    Number(usize),
    Letter,
    Roman,
}

const DEFAULT: Pattern<'_> =
    Pattern { start: ".", count: CountKind::Number(1), is_upper: false, end: "" };

impl Plan {
    /// Returns the id for a new action of `recommendation`: the next free id after the highest id of its actions. If
    /// the recommendation has no actions yet, the id follows the pattern of the last recommendation that has actions.
    pub fn next_action_id(
        &self,
        recommendation: &Recommendation,
        is_taken: impl Fn(&str) -> bool,
    ) -> Id {
        let own = action_parts(recommendation);
        let other = || {
            let others = self.recommendations.iter().rev();
            let pattern =
                others.map(|other| action_parts(other)).find_map(|parts| Pattern::of(&parts));
            // An id that ends in a letter gets no second letter, because the two letters would look like a word.
            let ends_in_letter = recommendation.id.as_str().ends_with(char::is_alphabetic);
            pattern.filter(|pattern| !(pattern.start.is_empty() && ends_in_letter))
        };
        let pattern = Pattern::of(&own).or_else(other);
        let free = |rest: &str| !is_taken(recommendation.id.followed_by(rest).as_str());
        let next = |pattern: Pattern<'_>| pattern.after(pattern.highest(&own), free);
        let next = pattern.and_then(next).or_else(|| next(DEFAULT));
        recommendation.id.followed_by(&next.unwrap_or_default())
    }
}

/// Returns the part of each action's id that follows the recommendation's id, such as `.1` in `5.1`.
fn action_parts(recommendation: &Recommendation) -> Vec<&str> {
    let whole = recommendation.id.as_str();
    recommendation.actions.iter().filter_map(|action| action.id.under(whole)).collect()
}

/// Splits the end of an action's id before and after its number or letter: `(b)` into `(`, `b` and `)`.
fn split(part: &str) -> Option<[&str; 3]> {
    let inner = part.strip_suffix(')').unwrap_or(part);
    let number = inner.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let start = match number.len() < inner.len() {
        true => number,
        false => inner.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()),
    };
    let counted = &inner[start.len()..];
    (!counted.is_empty()).then_some([start, counted, &part[inner.len()..]])
}

impl<'i> Pattern<'i> {
    /// Returns the pattern of the id with the shortest text before its number or letter. For example, this is `5.1` if
    /// the ids are `5.1` and `5.1a`.
    fn of(parts: &[&'i str]) -> Option<Self> {
        let all = || parts.iter().filter_map(|part| split(part));
        let [start, last, end] = all().rev().min_by_key(|[start, ..]| start.len())?;
        let mut alike = all().filter(|other| other[0] == start && other[2] == end);
        let is_roman = alike.next().is_some_and(|[_, first, _]| first.eq_ignore_ascii_case("i"));
        let count = match last.as_bytes() {
            [b'0', ..] => CountKind::Number(last.len()),
            [b'1'..=b'9', ..] => CountKind::Number(1),
            _ if is_roman => CountKind::Roman,
            [_] => CountKind::Letter,
            // Several letters are a pattern only if they are a Roman number, so `5.audit` gives no pattern.
            _ => return None,
        };
        Some(Self {
            start,
            count,
            is_upper: last.starts_with(|letter: char| letter.is_ascii_uppercase()),
            end,
        })
    }

    fn highest(self, parts: &[&str]) -> u64 {
        let parts = parts.iter().filter_map(|part| split(part));
        let alike = parts.filter(|[start, _, end]| *start == self.start && *end == self.end);
        alike.filter_map(|[_, counted, _]| self.count.read(counted)).max().unwrap_or(0)
    }

    /// Returns the end of the first free id that has this pattern and a number above `number`, such as `.3` if `number`
    /// is 2.
    fn after(self, number: u64, is_free: impl Fn(&str) -> bool) -> Option<String> {
        let numbers = number.checked_add(1)?..=u64::MAX;
        let mut parts = numbers.map_while(|number| {
            let counted = self.count.write(number)?;
            let counted = if self.is_upper { counted.to_uppercase() } else { counted };
            Some(format!("{}{counted}{}", self.start, self.end))
        });
        parts.find(|part| is_free(part))
    }
}

impl CountKind {
    fn read(self, counted: &str) -> Option<u64> {
        match self {
            Self::Number(_) => counted.parse().ok(),
            Self::Letter | Self::Roman => {
                let lower = counted.to_lowercase();
                (1..40).find(|number| self.write(*number).as_ref() == Some(&lower))
            }
        }
    }

    fn write(self, number: u64) -> Option<String> {
        const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
        match (self, number) {
            (Self::Number(width), _) => Some(format!("{number:0width$}")),
            (Self::Letter, 1..=26) => Some(char::from(b'a' + (number - 1) as u8).to_string()),
            (Self::Roman, 1..=39) => {
                Some("x".repeat(number as usize / 10) + ONES[number as usize % 10])
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Action;

    fn with(id: &str, actions: &[&str]) -> Recommendation {
        let action = |text: &&str| Action::new(Id::parse(*text).unwrap(), "Do a part.".to_owned());
        let actions = actions.iter().map(action).collect();
        let whole = Recommendation::new(Id::parse(id).unwrap(), "Do.".to_owned());
        Recommendation { actions, ..whole }
    }

    /// Returns the id for a new action of the last recommendation in the list.
    fn next(recommendations: Vec<Recommendation>) -> String {
        let recommendations = recommendations.into_iter().map(Into::into).collect();
        let plan = Plan { recommendations, ..Plan::default() };
        let is_taken = |id: &str| plan.ids().any(|known| known.as_str() == id);
        plan.next_action_id(plan.recommendations.last().unwrap(), is_taken).to_string()
    }

    #[test]
    fn the_next_action_goes_on_in_the_pattern_of_the_others() {
        for (known, expected) in [
            (&[][..], "5.1"),
            (&["5.1"], "5.2"),
            (&["5.3", "5.1"], "5.4"),
            (&["5.9"], "5.10"),
            (&["5.01"], "5.02"),
            (&["5a"], "5b"),
            (&["5A", "5B"], "5C"),
            (&["5(a)", "5(b)"], "5(c)"),
            (&["5.b"], "5.c"),
            (&["5(1)"], "5(2)"),
            (&["5(i)", "5(ii)", "5(iii)"], "5(iv)"),
            (&["5(h)", "5(i)"], "5(j)"),
            (&["5.1.2"], "5.1.3"),
            (&["5.1", "5.2", "5.2a"], "5.3"),
            (&["5.1.1", "5.1.2", "5.2.1"], "5.2.2"),
            (&["5z"], "5.1"),
            (&["5.audit"], "5.1"),
        ] {
            assert_eq!(next(vec![with("5", known)]), expected, "{known:?}");
        }
    }

    #[test]
    fn the_first_action_has_the_pattern_of_the_plan_and_no_id_that_is_taken() {
        assert_eq!(next(vec![with("4", &["4(a)", "4(b)"]), with("5", &[])]), "5(a)");
        assert_eq!(next(vec![with("4", &["4i", "4ii"]), with("5", &[])]), "5i");
        assert_eq!(next(vec![with("4", &["4a"]), with("5a", &[])]), "5a.1");
        assert_eq!(next(vec![with("5b", &[]), with("5", &["5a"])]), "5c");
        assert_eq!(next(vec![with("5.1", &[]), with("5", &[])]), "5.2");
    }
}
