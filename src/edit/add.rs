//! Decides which recommendations, actions, areas and meetings may be added to a plan.

use super::{Change, Changes, Editor, Refusal, each, readable, refuse};
use crate::model::{Action, Area, Day, Id, ItemRef, Meeting, Period, Recommendation};

impl Editor<'_> {
    /// Returns the change that adds a recommendation. Without an `id`, the recommendation gets the next free id.
    ///
    /// # Errors
    /// Fails if the id is already used, if a text is empty, or if the plan does not have the area or priority of the
    /// recommendation.
    pub fn add_recommendation(
        &self,
        id: Option<Id>,
        new: Recommendation,
    ) -> Result<Change, Refusal> {
        let id = id.map_or_else(|| self.next_recommendation_id(), Ok)?;
        let known = |key: &str, value: &Option<String>| {
            value.as_ref().map(|value| self.known(key, value)).transpose()
        };
        let (area, priority) = (known("area", &new.area), known("priority", &new.priority));
        each([
            readable("--text", [&new.text]),
            readable("--title", &new.title),
            readable("--response-text", &new.response_text),
            readable("--owner", new.owner.iter()),
            self.free(&id),
            area.clone().map(drop),
            priority.clone().map(drop),
        ])?;
        let (area, priority) = (area?, priority?);
        let date = self.later_than(&id, new.date, self.plan.date)?;
        Ok(Change::Recommendation(Recommendation { id, date, area, priority, ..new }))
    }

    /// Returns the date to write for a new item. Returns `None` if `date` is not later than `made`, because an item
    /// without a written date has the date `made`.
    fn later_than(&self, id: &Id, date: Option<Day>, made: Day) -> Result<Option<Day>, Refusal> {
        let date = date.filter(|date| *date > made);
        date.map_or(Ok(()), |date| self.dated(id.as_str(), date))?;
        Ok(date)
    }

    /// Checks whether any item of the plan has an entry.
    pub fn has_entries(&self) -> bool {
        self.plan.items().flat_map(ItemRef::lists).any(|(_, entries)| !entries.is_empty())
    }

    /// Returns `value`, which was given for the key `key`. An area or a priority is returned in the spelling that the
    /// plan uses.
    ///
    /// # Errors
    /// Fails if `value` is an area or a priority that the plan does not have.
    pub(super) fn known(&self, key: &str, value: &str) -> Result<String, Refusal> {
        let policy = &self.plan.policy;
        let (known, help) = match key {
            "area" => (self.plan.area_meant(value), self.plan.unknown_area(value)),
            "priority" => (policy.priority_meant(value), policy.unknown_priority(value)),
            _ => (Some(value), None),
        };
        match known {
            Some(known) => Ok(known.to_owned()),
            None => refuse(format!("the plan has no {key} `{value}`"), help.unwrap_or_default()),
        }
    }

    /// Returns the change that adds an area. Without an `id`, the area gets an id made from its title.
    ///
    /// # Errors
    /// Fails if the plan already has an area with this id, or if a text is empty.
    pub fn add_area(&self, id: Option<String>, title: String) -> Result<Change, Refusal> {
        readable("--title", [&title])?;
        let id = id.unwrap_or_else(|| short_name(&title));
        readable("--id", [&id])?;
        if self.plan.area(&id).is_some() {
            return refuse(
                format!("the plan already has an area `{id}`"),
                "choose another id with `--id ID`",
            );
        }
        Ok(Change::Area(Area { id, title }))
    }

    fn free(&self, id: &Id) -> Result<(), Refusal> {
        if self.items.contains_key(id.as_str()) {
            return refuse(
                format!("the id `{id}` is already used"),
                "leave out `--id` to get the next free id",
            );
        }
        if let Some(action) = self.plan.ids().find(|known| known.under(id.as_str()).is_some()) {
            return refuse(
                format!("the existing action `{action}` would look like part of `{id}`"),
                "choose another id, or leave out `--id` to get the next free id",
            );
        }
        Ok(())
    }

    /// Returns the next free recommendation id in the pattern of the plan's ids, such as `R13` after `R12`.
    ///
    /// # Errors
    /// Fails if no id of the plan ends with a number.
    pub fn next_recommendation_id(&self) -> Result<Id, Refusal> {
        let mut known = self.plan.recommendations.iter().rev().peekable();
        let next = match known.peek() {
            Some(_) => known.find_map(|last| self.id_after(&last.id)),
            None => Some("1".to_owned()),
        };
        next.and_then(|id| Id::parse(id).ok()).ok_or_else(|| {
            let message = "the ids of the plan do not end in a number, so the next id is unknown";
            Refusal::new(message, "give an id with `--id ID`")
        })
    }

    fn id_after(&self, last: &Id) -> Option<String> {
        let (pattern, width, _) = number_at_end(last.as_str())?;
        let numbers = self.plan.recommendations.iter().filter_map(|known| {
            let (start, _, number) = number_at_end(known.id.as_str())?;
            (start == pattern).then_some(number)
        });
        let next = numbers.max().unwrap_or(0).saturating_add(1);
        Some(format!("{pattern}{next:0width$}"))
    }

    /// Returns the change that adds an action to the recommendation `id`. The action gets the next free id.
    ///
    /// # Errors
    /// Fails if the plan has no such recommendation, or if a text is empty.
    pub fn add_action(&self, id: &Id, new: Action) -> Result<Change, Refusal> {
        readable("--text", [&new.text])?;
        readable("--owner", new.owner.iter())?;
        let why = ", and an action cannot have actions of its own";
        let recommendation = self.whole(self.item(id)?, why, "name the recommendation:")?;
        let found = &self.plan.recommendations[recommendation];
        let id = self.plan.next_action_id(found, |id| self.items.contains_key(id));
        let date = self.later_than(&id, new.date, found.item().made_on(self.plan.date))?;
        let action = Action { id, date, ..new };
        Ok(Change::Action { recommendation, action })
    }

    /// Returns the changes that add a meeting on each of the dates.
    ///
    /// # Errors
    /// Fails if the plan already has a meeting on one of the dates, or if a date is given twice.
    pub fn add_meetings(&self, dates: &[Period], title: Option<&String>) -> Changes {
        readable("--title", title)?;
        let known = self.plan.meetings.iter().map(|meeting| meeting.date);
        each(dates.iter().enumerate().map(|(index, date)| {
            if known.clone().chain(dates[..index].iter().copied()).any(|known| known == *date) {
                return refuse(
                    format!("the plan already has a meeting on {date}"),
                    "meeting dates must be unique",
                );
            }
            Ok(Change::Meeting(Meeting { date: *date, title: title.cloned() }))
        }))
    }
}

/// Finds the last number in an id such as `R12` or `9a`. Letters after the number, or a part in parentheses, are
/// ignored. Returns the text before the number, the minimum number of digits, and the number.
fn number_at_end(id: &str) -> Option<(&str, usize, u64)> {
    let id = match id.strip_suffix(')').and_then(|id| id.rsplit_once('(')) {
        Some((whole, _)) => whole,
        None => id.trim_end_matches(char::is_alphabetic),
    };
    let pattern = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = &id[pattern.len()..];
    let width = if digits.starts_with('0') || pattern.ends_with('-') { digits.len() } else { 1 };
    Some((pattern, width, digits.parse().ok()?))
}

/// Returns an id made from a title: the words of the title in lower case, joined by hyphens.
pub fn short_name(title: &str) -> String {
    let letters = title.to_lowercase();
    let words = letters.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
